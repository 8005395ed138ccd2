# SPDX-License-Identifier: MIT
"""Chores done now and then while the engine runs: sweeping, pruning, optimising."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.engine.ports import StoreUnavailable

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Chore:
    """Something to do every so many seconds, in a thread; ``when`` says whether now is a good time."""

    name: str
    every: float
    run: Callable[[], object]
    when: Callable[[], bool] = lambda: True
    due: float = field(default=0.0)


class Upkeep:
    """Does chores, one at a time. A chore that fails is tried again at its next time.

    Args:
        chores: What to do.
        pause: Seconds between looks.
    """

    def __init__(self, chores: Sequence[Chore], pause: float = 5.0) -> None:
        self._chores = tuple(chores)
        self._pause = pause
        self._scope = TaskScope("upkeep")

    def start(self) -> None:
        """Begin; the first round comes after one interval of each."""
        now = time.monotonic()
        for chore in self._chores:
            chore.due = now + chore.every
        self._scope.spawn("chores", self._work())

    def do(self, name: str) -> bool:
        """Do one chore now, in this thread, if it is a good time; False if not or unknown."""
        chore = next((one for one in self._chores if one.name == name), None)
        if chore is None or not chore.when():
            return False
        chore.run()
        return True

    async def close(self) -> None:
        """Stop; a chore under way is waited for a few seconds."""
        await self._scope.close()

    async def _work(self) -> None:
        while True:
            await asyncio.sleep(self._pause)
            for chore in self._chores:
                if time.monotonic() < chore.due or not chore.when():
                    continue
                try:
                    await asyncio.to_thread(chore.run)
                except StoreUnavailable as outage:
                    _log.warning("%s waits for the database: %s", chore.name, outage)
                except Exception:  # noqa: BLE001 - one chore must not stop the others
                    _log.exception("%s failed", chore.name)
                chore.due = time.monotonic() + chore.every
