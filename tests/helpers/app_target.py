# SPDX-License-Identifier: MIT
"""The real application at 0,0, telling what is dropped on it. ``python app_target.py DATA_DIR``"""

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


async def watch(desktop: Desktop) -> None:
    """Say where the zone is, then what the pre-flight of a drop found."""
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QTableView

    from bldr_desktop.ui.models import preflight_model

    desktop.window.setGeometry(0, 0, 1000, 700)
    desktop.window.go("files")
    await desktop.ready(60)
    zone = desktop.find("files.dropZone")
    await asyncio.sleep(0.5)
    middle = zone.mapToGlobal(QPoint(zone.width() // 2, zone.height() // 2))
    say(event="ready", x=middle.x(), y=middle.y())
    preflight = desktop.find("files.preflight")
    while not preflight.isVisible() or preflight.property("state") != "ready":
        await asyncio.sleep(0.05)
    table = desktop.find("files.preflight.table")
    assert isinstance(table, QTableView)
    model = table.model()
    names = [model.index(row, 0).data(preflight_model.RELATIVE) for row in range(model.rowCount())]
    say(event="dropped", names=sorted(names))


def main() -> int:
    """Run until something was dropped."""
    options = Options(data_dir=Path(sys.argv[1]), lang="en", theme="light")
    lifecycle.Desktop.left = watch  # type: ignore[method-assign]
    return lifecycle.run_desktop(open_first_window(options), options)


if __name__ == "__main__":
    sys.exit(main())
