# SPDX-License-Identifier: MIT
"""The real application, ended in one of the ways a person or the system has.

python app_ending.py WAY DATA_DIR FOLDER      WAY: close, sigterm, quit, at_once, training
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from bldr_desktop.app import lifecycle
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.main import main
from bldr_desktop.protocol.training import TrainRequest

WAYS = ("close", "sigterm", "quit", "at_once", "training")


async def end(desktop: Desktop, way: str, folder: Path) -> None:
    """End it, when it is ready or while it trains."""
    if way == "at_once":
        desktop.window.close()
        return
    await desktop.ready(60)
    if way == "training":
        run = await desktop.container.runs.start(TrainRequest(custom_dir=str(folder)))
        desktop.window.open_monitor(run.job_id)
        while not (run.files_done or run.is_final):
            await asyncio.sleep(0.01)
    if way == "sigterm":
        os.kill(os.getpid(), signal.SIGTERM)
    elif way == "quit":
        desktop.window.actions_by_name.by_name["quit"].trigger()
    else:
        desktop.window.close()


def run() -> int:
    """The application as its command starts it; only its waiting for the end begins with ending it."""
    way, data_dir, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    left = lifecycle.Desktop.left

    async def ended(desktop: Desktop) -> None:
        await end(desktop, way, folder)
        await left(desktop)

    lifecycle.Desktop.left = ended  # type: ignore[method-assign]
    return main(["--data-dir", data_dir, "--lang", "en"])


if __name__ == "__main__":
    sys.exit(run())
