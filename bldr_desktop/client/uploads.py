# SPDX-License-Identifier: MIT
"""Sending files: tus with resume, batches of small ones, multipart for servers that know no better."""

import asyncio
import base64
import uuid
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING

import httpx

from bldr_desktop.client import direct
from bldr_desktop.client.api import ApiError, BadAnswer, NotFound, Unreachable, error_of, unreachable
from bldr_desktop.client.direct_small import Answer, DirectPosts, whole
from bldr_desktop.client.sources import RateGate, Source, SourceFault, pack, pieces
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.files import (
    TUS_VERSION,
    BatchAnswer,
    BatchEntryAnswer,
    FileUploadResponse,
    HashAnswer,
    HashListAnswer,
    HashListRequest,
    ReconcileAnswer,
    ReconcileItem,
    ReconcileRequest,
    ScanAnswer,
)
from bldr_desktop.protocol.status import StatusAnswer

if TYPE_CHECKING:
    from bldr_desktop.client.api import Api
    from bldr_desktop.common.observe import Notice

_TIMEOUT = httpx.Timeout(60.0, connect=5.0, write=20.0, pool=None)
"""Write: a link that takes nothing for so long is taken for dead. Read: the engine's last fsync."""
_VERSION = {"Tus-Resumable": TUS_VERSION}
_BYTES = "application/offset+octet-stream"
FIRST_CHUNK = 8 << 20
LARGEST_CHUNK = 4 << 30
SECONDS_A_CHUNK = 4.0
DIRECT_FROM = 1 << 20
"""Bytes from which a request of its own connection pays, on this machine."""
_HASHES_AT_ONCE = 5_000
OnBytes = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a server takes. ``limit`` is its largest file in bytes, None when it does not say;
    ``file_types`` are endings such as ``.pdf``, empty when it does not say."""

    tus: bool
    limit: int | None = None
    file_types: frozenset[str] = frozenset()


@dataclass(slots=True)
class RemoteUpload:
    """An upload on the server. ``path`` is its URL without the host, which may change."""

    path: str
    offset: int
    document_id: str | None = None


class UploadClient:
    """The wire of uploads. Knows no queue: one call sends one thing.

    Args:
        api: The server.
        gate: Pace of everything that is sent.
        threads: Threads that read files.
    """

    def __init__(self, api: "Api", gate: RateGate | None = None, *, threads: int = 6) -> None:
        self._api = api
        self.gate = gate or RateGate()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="upload")
        self._offers: dict[str, Offer] = {}
        self._posts: tuple[str, DirectPosts] | None = None

    @property
    def server(self) -> str:
        """Address of the server."""
        return self._api.base_url

    @property
    def answered(self) -> "Notice[str]":
        """The server answered something, whoever asked."""
        return self._api.answered

    def close(self) -> None:
        """Let the reading threads end."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self._posts is not None:
            self._posts[1].close()

    async def offer(self) -> Offer:
        """What the server takes, asked once an address.

        Raises:
            Unreachable: It does not answer.
        """
        known = self._offers.get(self.server)
        if known is None:
            response = await self._send("OPTIONS", routes.FILES, ok=None)
            tus = TUS_VERSION in response.headers.get("Tus-Version", "")
            limit = _int(response.headers.get("Tus-Max-Size"))
            known = Offer(tus, limit, await self._file_types())
            self._offers[self.server] = known
        return known

    async def _file_types(self) -> frozenset[str]:
        try:
            data = (await self._api.get(routes.STATUS, StatusAnswer)).data
        except ApiError:
            return frozenset()
        return frozenset(f".{kind.lower().lstrip('.')}" for kind in data.file_types)

    async def by_hash(self, digests: Sequence[str]) -> dict[str, HashAnswer]:
        """What the engine has of these contents."""
        found: dict[str, HashAnswer] = {}
        for start in range(0, len(digests), _HASHES_AT_ONCE):
            body = HashListRequest(sha256=list(digests[start : start + _HASHES_AT_ONCE]))
            answer = await self._api.post(routes.FILES_BY_HASH, HashListAnswer, json=body)
            found |= {item.sha256: item for item in answer.items}
        return found

    async def reconcile(self, root: str, items: Sequence[ReconcileItem]) -> ReconcileAnswer:
        """Compare a folder with what the engine has of it."""
        body = ReconcileRequest(root=root, items=list(items))
        return await self._api.post(routes.FILES_RECONCILE, ReconcileAnswer, json=body)

    async def scan(self, folder: str) -> ScanAnswer:
        """What a folder that the engine sees holds."""
        return await self._api.post(routes.FILES_SCAN, ScanAnswer, json={"path": folder})

    # -- tus --------------------------------------------------------------------------------------

    async def create(self, source: Source) -> RemoteUpload:
        """Announce a file; finished at once (``document_id`` is set) when its bytes are there.

        Raises:
            ApiError: 413, 507 and the usual ones.
        """
        headers = _VERSION | {"Upload-Length": str(source.size), "Upload-Metadata": _metadata(source)}
        response = await self._send("POST", routes.FILES, headers=headers)
        return _remote(response.status_code, response.headers)

    async def create_with(self, source: Source, on_bytes: OnBytes) -> RemoteUpload:
        """Announce a small file and send it in the same request."""
        headers = _VERSION | {
            "Upload-Length": str(source.size),
            "Upload-Metadata": _metadata(source),
            "Content-Type": _BYTES,
        }
        if self._is_direct():
            answer, sent = await self._post_direct(routes.FILES, headers, lambda: whole(source))
            on_bytes(sent)
            return _remote(answer.status, answer.headers)
        headers["Content-Length"] = str(source.size)
        body = self._pieces(source, 0, source.size, on_bytes)
        response = await self._send("POST", routes.FILES, headers=headers, content=body)
        return _remote(response.status_code, response.headers)

    async def status(self, path: str) -> RemoteUpload:
        """Where an upload stands.

        Raises:
            NotFound: The server has forgotten it: announce the file again.
        """
        response = await self._send("HEAD", path, headers=_VERSION, ok=None)
        if response.status_code in {403, 404, 410}:
            raise NotFound(response.status_code, "not_found", "The upload is no longer known.", path)
        if response.status_code >= 400:
            raise error_of(response, path)
        return RemoteUpload(
            path, _offset(response.status_code, response.headers, path), response.headers.get("Bldr-Document")
        )

    async def send(
        self,
        source: Source,
        upload: RemoteUpload,
        *,
        on_bytes: OnBytes,
        on_offset: Callable[[int], None],
    ) -> RemoteUpload:
        """Send the rest of a file, in requests of some seconds each.

        Args:
            source: The file as it was looked at.
            upload: Where the server stands.
            on_bytes: Told of bytes on their way.
            on_offset: Told of offsets that the server confirmed.

        Raises:
            SourceFault: The file is gone or another one now.
            ApiError: ``code`` says which; ``offset_mismatch``: ask :meth:`status` and go on.
        """
        # The direct way sees a refusal at once; elsewhere a request is as long as may be sent in vain.
        chunk = LARGEST_CHUNK if self._is_direct() else FIRST_CHUNK
        loop = asyncio.get_running_loop()
        while upload.offset < source.size:
            end = min(source.size, upload.offset + chunk)
            started = loop.time()
            upload = await self._patch(source, upload, end, on_bytes)
            on_offset(upload.offset)
            took = max(loop.time() - started, 0.001)
            chunk = int(min(max(chunk * SECONDS_A_CHUNK / took, FIRST_CHUNK), chunk * 8, LARGEST_CHUNK))
        return upload

    async def _patch(self, source: Source, upload: RemoteUpload, end: int, on_bytes: OnBytes) -> RemoteUpload:
        headers = _VERSION | {
            "Upload-Offset": str(upload.offset),
            "Content-Type": _BYTES,
            "Content-Length": str(end - upload.offset),
        }
        if end - upload.offset >= DIRECT_FROM and self._is_direct():
            response = await self._direct(source, upload, end, headers, on_bytes)
            if response is None:
                return await self.status(upload.path)
        else:
            body = self._pieces(source, upload.offset, end, on_bytes)
            response = await self._send("PATCH", upload.path, headers=headers, content=body)
        return RemoteUpload(
            upload.path,
            _offset(response.status_code, response.headers, upload.path),
            response.headers.get("Bldr-Document"),
        )

    def _is_direct(self) -> bool:
        return self.gate.limit is None and direct.possible(self.server)

    async def _direct(
        self, source: Source, upload: RemoteUpload, end: int, headers: Mapping[str, str], on_bytes: OnBytes
    ) -> httpx.Response | None:
        """The short way on this machine; None when a speed limit was set meanwhile."""
        token = self._api.access_token()
        bearer = {"Authorization": f"Bearer {token}"} if token else {}
        patch = direct.DirectPatch(
            self.server, upload.path, {**headers, **bearer}, source, upload.offset, end
        )
        try:
            response = await patch.send(self._pool, on_bytes, lambda: self.gate.limit is None)
        except direct.Interrupted:
            return None
        except httpx.HTTPError as error:
            raise self._no_answer(error, upload.path) from error
        self._api.answered.emit(upload.path)
        if response.status_code >= 400:
            raise error_of(response, upload.path, signed_in=token is not None)
        return response

    async def _post_direct(
        self, path: str, headers: Mapping[str, str], body: Callable[[], bytes]
    ) -> tuple[Answer, int]:
        """The short way of what is small, on this machine."""
        token = self._api.access_token()
        bearer = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            answer, sent = await self._direct_posts().send(self._pool, path, {**headers, **bearer}, body)
        except httpx.HTTPError as error:
            raise self._no_answer(error, path) from error
        self._api.answered.emit(path)
        if answer.status >= 400:
            response = answer.as_response(self.server + path)
            raise error_of(response, path, signed_in=token is not None)
        return answer, sent

    def _direct_posts(self) -> DirectPosts:
        if self._posts is None or self._posts[0] != self.server:
            if self._posts is not None:
                self._posts[1].close()
            self._posts = (self.server, DirectPosts(self.server))
        return self._posts[1]

    def _no_answer(self, error: httpx.HTTPError, path: str) -> Unreachable:
        failure = unreachable(error, path)
        self._api.unreachable.emit(failure)
        return failure

    async def forget(self, path: str) -> None:
        """Tell the server that an upload is not wanted any more."""
        await self._send("DELETE", path, headers=_VERSION, ok=None)

    # -- other ways -------------------------------------------------------------------------------

    async def send_batch(
        self, sources: Sequence[Source]
    ) -> tuple[list[tuple[Source, BatchEntryAnswer]], list[tuple[Source, SourceFault]]]:
        """Send small files in one request.

        Returns:
            The server's answer to each that was sent, and the faults of those that could not be.
        """
        loop = asyncio.get_running_loop()
        data, packed, faults = await loop.run_in_executor(self._pool, pack, sources)
        if not packed:
            return [], faults
        headers = {"Content-Type": "application/x-tar"}
        if self._is_direct():
            direct_answer, _ = await self._post_direct(routes.FILES_BATCH, headers, lambda: data)
            status, content = direct_answer.status, direct_answer.content
        else:
            await self.gate.take(len(data))
            response = await self._send("POST", routes.FILES_BATCH, headers=headers, content=data)
            status, content = response.status_code, response.content
        answer = BatchAnswer.model_validate_json(content)
        if len(answer.items) != len(packed):
            raise BadAnswer(status, "bad_answer", "The server answered for other files.", routes.FILES_BATCH)
        return list(zip(packed, answer.items, strict=True)), faults

    async def send_multipart(self, source: Source, on_bytes: OnBytes) -> FileUploadResponse:
        """Send a file to a server that knows only ``/upload-file``; streamed from disk.

        Raises:
            TooLarge, Rejected: With the server's own words for its limits.
        """
        boundary = f"bldr-{uuid.uuid4().hex}"
        name = source.name.replace("\\", "_").replace('"', "%22").replace("\r", "").replace("\n", "")
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        tail = f"\r\n--{boundary}--\r\n".encode()

        async def body() -> AsyncGenerator[bytes, None]:
            yield head
            async for piece in self._pieces(source, 0, source.size, on_bytes):
                yield piece
            yield tail

        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(len(head) + source.size + len(tail)),
        }
        response = await self._send("POST", routes.UPLOAD_FILE, headers=headers, content=body())
        return FileUploadResponse.model_validate_json(response.content)

    # -- inside -----------------------------------------------------------------------------------

    def _pieces(self, source: Source, start: int, end: int, on_bytes: OnBytes) -> AsyncGenerator[bytes, None]:
        return pieces(source, start, end, self.gate, self._pool, on_bytes)

    async def _send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | AsyncGenerator[bytes, None] | None = None,
        ok: bool | None = True,
    ) -> httpx.Response:
        """One request; with ``ok=None`` any status is an answer."""
        try:
            response = await self._api.http.request(
                method, path, headers=dict(headers or {}), content=content, timeout=_TIMEOUT
            )
        except httpx.HTTPError as error:
            raise self._no_answer(error, path) from error
        finally:
            if isinstance(content, AsyncGenerator):
                await content.aclose()  # httpx leaves it open when a request is cut short
        self._api.answered.emit(path)
        if ok and response.status_code >= 400:
            raise error_of(response, path, signed_in=self._api.access_token() is not None)
        return response


def _metadata(source: Source) -> str:
    values = {
        "filename": source.name,
        "relativePath": source.relative,
        "root": source.root,
        "sha256": source.sha256,
    }
    return ",".join(
        f"{key} {base64.b64encode(value.encode('utf-8', 'replace')).decode()}"
        for key, value in values.items()
        if value
    )


def _remote(status: int, headers: httpx.Headers | Message) -> RemoteUpload:
    location = headers.get("Location")
    if not location:
        raise BadAnswer(status, "bad_answer", "The server gave no place for the upload.", routes.FILES)
    path = httpx.URL(location).raw_path.decode("ascii") if "//" in location else location
    return RemoteUpload(path, _offset(status, headers, path), headers.get("Bldr-Document"))


def _offset(status: int, headers: httpx.Headers | Message, path: str) -> int:
    offset = _int(headers.get("Upload-Offset"))
    if offset is None:
        raise BadAnswer(status, "bad_answer", "The server did not say how much it has.", path)
    return offset


def _int(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def is_transient(error: ApiError) -> bool:
    """Whether the same request may well succeed later without anybody doing anything."""
    return error.status == 0 or error.status in {423, 425, 429, 500, 502, 503, 504}
