# SPDX-License-Identifier: MIT
"""The real application, driven from inside, as a process that can be killed.

    python app_upload.py DATA_DIR [FOLDER]

With FOLDER it looks at it, presses *Upload* and says on stdout, one JSON line each time, how far the
upload is; without, it only starts and says so, until everything is uploaded, then ends by itself.
"""

import asyncio
import json
import sys
from pathlib import Path

from bldr_desktop.app import lifecycle
from bldr_desktop.app.first_window import open_first_window
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options


def say(**values: object) -> None:
    """One line for the parent."""
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


async def drive(desktop: Desktop, folder: Path | None, limit: int) -> None:
    """Press the buttons a person would press."""
    from PySide6.QtWidgets import QAbstractButton

    from bldr_desktop.ui.models import transfers_model as m

    await desktop.ready(60)
    desktop.container.settings.set("uploads.speed_limit_kib", limit)
    if folder is not None:
        desktop.window.add_paths([str(folder)])
        preflight = desktop.find("files.preflight")
        while preflight.property("state") != "ready":
            await asyncio.sleep(0.02)
        start = desktop.find("files.start")
        assert isinstance(start, QAbstractButton)
        start.click()
    table = desktop.find("files.table").model()  # type: ignore[attr-defined]
    while True:
        rows = [table.index(row, 0) for row in range(table.rowCount())]
        states = [row.data(m.STATE) for row in rows]
        say(states=states, sent=sum(row.data(m.SENT) for row in rows), rows=len(rows))
        if rows and set(states) <= {"trained", "failed", "empty"}:
            return
        await asyncio.sleep(0.05)


def main() -> int:
    """Run the application with ``drive`` in the place of a person."""
    data_dir = Path(sys.argv[1])
    limit = int(sys.argv[2])
    folder = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    options = Options(data_dir=data_dir, lang="en", theme="light")

    async def left(desktop: Desktop) -> None:
        await drive(desktop, folder, limit)

    lifecycle.Desktop.left = left  # type: ignore[method-assign]
    return lifecycle.run_desktop(open_first_window(options), options)


if __name__ == "__main__":
    sys.exit(main())
