# SPDX-License-Identifier: MIT
"""What is said of the engine's parts is looked at again soon while something opens."""

import asyncio
from pathlib import Path
from typing import Any, cast

from bldr_desktop.engine.services.health import Health
from bldr_desktop.engine.services.watch import Watch


class Parts:
    """Stands for store, index and parser; the index opens while it is looked at."""

    size, busy = 2, 0

    def __init__(self) -> None:
        self.open = False

    def version(self) -> int:
        """The store's; asked for first in each look."""
        return 1

    def count(self) -> int:
        """The index's."""
        return 7

    def opens_after_it_was_asked(self) -> bool:
        """False once, and open from then on."""
        was, self.open = self.open, True
        return was


async def test_an_index_that_opens_during_a_look_is_no_news_of_five_seconds_ago(tmp_path: Path) -> None:
    parts = Parts()
    known: Any = cast("Any", parts)
    health = Health()
    watch = Watch(
        health, known, known, known, tmp_path, index_open=parts.opens_after_it_was_asked, every=3_600.0
    )
    watch.start()
    try:
        for _ in range(100):
            await asyncio.sleep(0.05)
            if health.state("index") == "healthy":
                break
        assert health.state("index") == "healthy"
    finally:
        await watch.close()
