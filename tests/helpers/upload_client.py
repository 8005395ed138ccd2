# SPDX-License-Identifier: MIT
"""The desktop's transfer services without a window, as a program: for benchmarks and kill tests.

    python upload_client.py '{"url": …, "token": …, "journal": …, "paths": […], …}'

Prints one JSON line an event on stdout: ``looked`` (pre-flight over), ``started``, ``progress`` (bytes
sent so far), ``done``. Runs on the application's own loop, qasync, unless ``plain`` is set.
"""

import asyncio
import json
import resource
import sys
import threading
import time
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from bldr_desktop.client.api import Api
from bldr_desktop.client.uploads import UploadClient
from bldr_desktop.services.preflight import PreflightService, SameName, Verdict
from bldr_desktop.services.transfer_journal import Journal
from bldr_desktop.services.transfer_state import TransferState
from bldr_desktop.services.transfers import TransferService


class FixedToken:
    """A token that nobody renews; a test may set another one."""

    def __init__(self, token: str) -> None:
        self.token = token

    def access_token(self) -> str | None:
        """The token."""
        return self.token

    async def renewed(self, stale: str | None) -> str | None:
        """No other one."""
        return None


class Watch:
    """How late the loop is, and how much memory the process takes, while something runs."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self.peak = 0
        self.running = True
        threading.Thread(target=self._memory, daemon=True).start()

    def _memory(self) -> None:
        while self.running:
            self.peak = max(self.peak, rss())
            time.sleep(0.01)

    async def loop(self) -> None:
        """Note by how much each 5 ms nap was too long."""
        while self.running:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            self.late.append(time.perf_counter() - before - 0.005)

    def p99_ms(self) -> float:
        """99th percentile of lateness."""
        ordered = sorted(self.late)
        return 1000 * ordered[int(len(ordered) * 0.99)] if ordered else 0.0


def rss() -> int:
    """Bytes this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def say(event: str, **values: Any) -> None:
    """One line for the parent."""
    sys.stdout.write(json.dumps({"event": event, **values}) + "\n")
    sys.stdout.flush()


async def run(order: dict[str, Any]) -> None:
    """Do one job as told."""
    api = Api(order["url"], FixedToken(order["token"]))
    client = UploadClient(api)
    journal = Journal(Path(order["journal"]))
    service = TransferService(api, client, journal, server="test")
    looker = PreflightService(client, journal)
    service.set_parallel(order.get("parallel", 4))
    service.pack_files = order.get("pack", service.pack_files)
    service.set_speed_limit(order.get("limit"))
    await service.start()
    await client.offer()
    await client.by_hash(["0" * 64])  # an idle client is connected: its sockets and libraries are loaded
    before = rss()
    watch = Watch()
    lateness = asyncio.get_running_loop().create_task(watch.loop())
    started = time.perf_counter()
    if order.get("paths"):
        result = await looker.look([Path(path) for path in order["paths"]])
        counts = {verdict.value: result.count(verdict)[0] for verdict in Verdict}
        say("looked", seconds=time.perf_counter() - started, counts=counts)
        watch.late.clear()
        service.add(result.sources(SameName.REPLACE), train=False)
    begun = time.perf_counter()
    say("started", rows=len(service.rows))
    while any(row.state.is_before_upload for row in service.rows.values()):
        await asyncio.sleep(0.02)
        if order.get("progress"):
            say("progress", sent=sum(row.sent for row in service.rows.values()))
    seconds = time.perf_counter() - begun
    watch.running = False
    await lateness
    states: dict[str, int] = {}
    for row in service.rows.values():
        states[row.state.value] = states.get(row.state.value, 0) + 1
    say(
        "done",
        seconds=seconds,
        memory=watch.peak - before,
        late_ms=watch.p99_ms(),
        bytes=service.bytes_sent,
        states=states,
        errors=[row.error for row in service.rows.values() if row.state is TransferState.FAILED][:5],
        hashes=[row.sha256 for row in service.rows.values()][:5],
    )
    await service.close()
    looker.close()
    await api.aclose()


def main() -> None:
    """Run on the loop that was asked for."""
    order = json.loads(sys.argv[1])
    if order.get("plain"):
        asyncio.run(run(order))
        return
    from PySide6.QtCore import QCoreApplication

    from bldr_desktop.ui.qt.loop import QtLoop

    loop: Any = QtLoop(QCoreApplication([]))
    asyncio.set_event_loop(loop)
    work: Awaitable[None] = run(order)
    with loop:
        loop.run_until_complete(work)


if __name__ == "__main__":
    main()
