# SPDX-License-Identifier: MIT
"""A wire that can be cut: a TCP proxy on loopback that drops, swallows or refuses on command.

async with TcpProxy(target_port) as wire:      # wire.port, wire.accepted
    wire.cut()          # every connection reset; new ones are taken again
    wire.black_hole()   # bytes vanish both ways, connections stay open; so do new ones
    wire.heal()
"""

import asyncio
import time
from contextlib import suppress
from types import TracebackType


class TcpProxy:
    """Forwards to ``target`` (a port on loopback, which may change)."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = 0
        self.accepted: list[float] = []
        """Monotonic seconds of each connection taken."""
        self._swallow = False
        self._refuse = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> "TcpProxy":
        """Begin to listen."""
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop everything."""
        assert self._server is not None
        self._server.close()
        self.cut()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def url(self) -> str:
        """Where a client connects."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Reset every connection."""
        for writer in tuple(self._writers):
            writer.transport.abort()

    def refuse(self, refuse: bool = True) -> None:
        """Reset new connections at once, or take them again."""
        self._refuse = refuse

    def black_hole(self) -> None:
        """Swallow every byte from now on."""
        self._swallow = True

    def heal(self) -> None:
        """Forward again what is sent from now on over new connections; the old ones stay dead."""
        self._swallow = False

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if self._refuse:
            writer.transport.abort()
            return
        self.accepted.append(time.monotonic())
        self._writers.add(writer)
        try:
            if self._swallow:
                await self._sink(reader)
                return
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
            self._writers.add(far_writer)
            try:
                await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))
            finally:
                self._writers.discard(far_writer)
                far_writer.close()
        except OSError:
            writer.transport.abort()
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        dead = False
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                dead = dead or self._swallow
                if not dead:
                    writer.write(data)
                    await writer.drain()
        if not dead:
            with suppress(ConnectionError, RuntimeError):
                writer.close()

    async def _sink(self, reader: asyncio.StreamReader) -> None:
        with suppress(ConnectionError):
            while await reader.read(65536):
                pass
