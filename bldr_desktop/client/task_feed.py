# SPDX-License-Identifier: MIT
"""The queue's live list over Socket.IO, for servers whose ``/ws`` has no job frames.

``task_update`` events become job frames like those of ``/ws``. Handlers take whatever a server
appends (one with connection-state recovery adds an offset). Every command has a time limit. The
library is imported at the first start.
"""

import asyncio
import logging
import ssl
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bldr_desktop.client.frames import Frame
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.events import FrameType

if TYPE_CHECKING:
    import aiohttp
    import socketio

    from bldr_desktop.client.api import Api

_log = logging.getLogger(__name__)
_FIELD_WORDS = {
    "pending": JobStatus.QUEUED,
    "waiting": JobStatus.QUEUED,
    "processing": JobStatus.RUNNING,
    "in_progress": JobStatus.RUNNING,
    "success": JobStatus.COMPLETED,
    "done": JobStatus.COMPLETED,
    "error": JobStatus.FAILED,
    "timeout": JobStatus.FAILED,
}
_STATUSES = frozenset(JobStatus)
_FLUSH = 1 / 30
_BACKLOG = 10_000


class TaskFeedError(Exception):
    """A command was not carried out; the text is a sentence."""


class TaskFeed:
    """One Socket.IO connection to the server of ``api``.

    Args:
        api: Whose address and token are used.
        ssl_context: For ``https`` with a company's own CA.
        proxy: As ``Api`` takes it: None for the system's, empty for none, else its address.
        command_seconds: Limit on each command.
        connect_seconds: Limit on connecting.
    """

    def __init__(
        self,
        api: "Api",
        *,
        ssl_context: ssl.SSLContext | None = None,
        proxy: str | None = None,
        command_seconds: float = 5.0,
        connect_seconds: float = 5.0,
    ) -> None:
        self.frames: Notice[list[Frame]] = Notice()
        """Job frames, newest state of each job, at most 30 times a second."""
        self.connected_changed: Notice[bool] = Notice()
        self.refusal: str | None = None
        """Why the server let nobody in, None when it did or was not asked."""
        self._api, self._ssl, self._proxy = api, ssl_context, proxy
        self._command_seconds, self._connect_seconds = command_seconds, connect_seconds
        self._scope = TaskScope("task-feed")
        self._client: socketio.AsyncClient | None = None
        self._pending: dict[str, Frame] = {}
        self._handle: asyncio.TimerHandle | None = None

    @property
    def connected(self) -> bool:
        """True while updates come."""
        return self._client is not None and bool(self._client.connected)

    async def start(self) -> bool:
        """Connect; False when the server has no Socket.IO or lets us not in (``refusal`` says why).

        A connection that is lost later comes back by itself.
        """
        import socketio

        if self._client is not None:
            return self.connected
        client = socketio.AsyncClient(
            logger=False, engineio_logger=False, handle_sigint=False, http_session=self._session()
        )
        self._client = client
        client.on("connect", self._on_connect)
        client.on("disconnect", self._on_disconnect)
        client.on("task_update", self._on_task)
        client.on("job_completed", self._on_completed)
        try:
            await client.connect(
                self._api.base_url,
                auth=lambda: {"token": self._api.access_token() or ""},
                socketio_path=routes.SOCKET_IO.strip("/"),
                wait_timeout=self._connect_seconds,
            )
        except socketio.exceptions.ConnectionError as error:
            self.refusal = str(error)
            _log.info("no task feed over Socket.IO: %s", error)
            await self._drop()
            return False
        self.refusal = None
        return True

    async def aclose(self) -> None:
        """Disconnect."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        await self._drop()
        await self._scope.close()

    async def command(self, name: str, job_id: str, **more: Any) -> dict[str, Any]:
        """``cancel``, ``retry`` or ``priority``; the server's acknowledgement.

        Raises:
            TaskFeedError: Not connected, no acknowledgement in time, or refused.
        """
        import socketio

        client = self._client
        if client is None or not client.connected:
            raise TaskFeedError("The task feed is not connected.")
        try:
            answer = await client.call(name, {"id": job_id, **more}, timeout=self._command_seconds)
        except socketio.exceptions.TimeoutError as error:
            raise TaskFeedError("The server did not acknowledge the command in time.") from error
        except socketio.exceptions.SocketIOError as error:
            raise TaskFeedError("The command could not be sent.") from error
        said = answer[0] if isinstance(answer, (list, tuple)) and answer else answer
        if not isinstance(said, dict):
            return {"success": True}
        if said.get("success") is False:
            raise TaskFeedError(str(said.get("message") or "The server refused the command."))
        return said

    def _session(self) -> "aiohttp.ClientSession":
        """The way there: the same trust and the same proxy as for REST."""
        import aiohttp

        loopback = urlsplit(self._api.base_url).hostname in {"127.0.0.1", "localhost", "::1"}
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=self._ssl or True),
            proxy=self._proxy or None,
            trust_env=self._proxy is None and not loopback,
        )

    async def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.shutdown()
            session = client.eio.http  # ours to close
            if session is not None and not session.closed:
                await session.close()

    def _on_connect(self, *_args: Any) -> None:
        self.connected_changed.emit(True)

    def _on_disconnect(self, *_args: Any) -> None:
        self.connected_changed.emit(False)

    def _on_task(self, *args: Any) -> None:
        task = args[0] if args else None
        if isinstance(task, dict) and task.get("id") is not None:
            frame = job_frame(task)
            self._pending[str(frame["job_id"])] = frame
            self._flush_soon()

    def _on_completed(self, *args: Any) -> None:
        frame = args[0] if args else None
        job = frame.get("data") if isinstance(frame, dict) else None
        if isinstance(job, dict):
            self._on_task(job)

    def _flush_soon(self) -> None:
        if len(self._pending) > _BACKLOG:
            self._flush()
        elif self._handle is None:
            self._handle = asyncio.get_running_loop().call_later(_FLUSH, self._flush)

    def _flush(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        frames, self._pending = list(self._pending.values()), {}
        if frames:
            self.frames.emit(frames)


def job_frame(task: dict[str, Any]) -> Frame:
    """A ``task_update`` of the specification as a job frame of ours; the field's words for states too."""
    status = str(task.get("status", ""))
    if status not in _STATUSES:
        status = _FIELD_WORDS.get(status, JobStatus.RUNNING)
    job = {**task, "id": str(task["id"]), "type": str(task.get("type") or ""), "status": str(status)}
    job["progress"] = min(100.0, max(0.0, float(task.get("progress") or 0)))
    return {"type": FrameType.TASK, "job_id": job["id"], "status": job["status"], "data": job}
