# SPDX-License-Identifier: MIT
"""CPU, memory and disk of the engine while somebody looks: asked for every two seconds, never else."""

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from bldr_desktop.client.api import ApiError
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.status import StatusAnswer, StatusData
from bldr_desktop.services.series import Series

if TYPE_CHECKING:
    from bldr_desktop.client.api import Api

_log = logging.getLogger(__name__)
EVERY = 2.0
LOAD_CURVES = ("cpu", "memory", "busy", "queued")


class EngineLoad:
    """Samples ``GET /status``. ``curves``: seconds since the first sample; percent, bytes, counts.

    Args:
        api: The server.
    """

    def __init__(self, api: "Api") -> None:
        self.changed: Notice[StatusData] = Notice()
        self.curves = Series(LOAD_CURVES, gap=EVERY / 2)
        self.latest: StatusData | None = None
        self._api = api
        self._scope = TaskScope("engine-load")
        self._task: asyncio.Task[None] | None = None
        self._began: float | None = None

    def watch(self, wanted: bool) -> None:
        """Begin or stop to sample."""
        if wanted and self._task is None:
            self._task = self._scope.spawn("sample", self._run())
        elif not wanted and self._task is not None:
            self._task.cancel()
            self._task = None

    async def aclose(self) -> None:
        """Stop."""
        await self._scope.close()

    async def _run(self) -> None:
        while True:
            await self._sample()
            await asyncio.sleep(EVERY)

    async def _sample(self) -> None:
        try:
            data = (await self._api.get(routes.STATUS, StatusAnswer)).data
        except ApiError as error:
            _log.debug("no status: %s", error.sentence)
            return
        self.latest = data
        if data.cpu_percent is not None or data.memory_bytes is not None:
            now = time.monotonic()
            self._began = now if self._began is None else self._began
            self.curves.add(
                now - self._began,
                data.cpu_percent or 0.0,
                data.memory_bytes or 0,
                data.workers_busy or 0,
                data.jobs_queued or 0,
            )
        self.changed.emit(data)
