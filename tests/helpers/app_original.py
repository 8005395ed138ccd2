# SPDX-License-Identifier: MIT
"""The real application opening an original with whatever program the system has for it.

``python app_original.py DATA_DIR NAME SIGN``: says ``done`` when *Open the original* was chosen for the
document of that name and the file SIGN is there, or the window said something; with what it said.
"""

import asyncio
import json
import sys
from pathlib import Path

from bldr_desktop.app import lifecycle
from bldr_desktop.app.first_window import open_first_window
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options
from bldr_desktop.ui.panels.rag.controller import RagController
from bldr_desktop.ui.widgets.viewer.target import Target


async def choose(desktop: Desktop) -> None:
    """Open the document and choose the menu's entry, as a person does."""
    await desktop.ready(60)
    desktop.window.go("rag")
    rag = desktop.container.controllers["rag"]
    assert isinstance(rag, RagController)
    found = next(item for item in await rag.services.facets.named("") if item.name == sys.argv[2])
    rag.viewer.open(Target(found.id))
    await rag.viewer.settled()
    rag.viewer.view.title_bar.original.trigger()
    for _ in range(100):
        await asyncio.sleep(0.05)
        if desktop.window.toasts.texts() or Path(sys.argv[3]).exists():
            break
    sys.stdout.write(json.dumps({"event": "done", "toasts": desktop.window.toasts.texts()}) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Run until it was chosen."""
    options = Options(data_dir=Path(sys.argv[1]), lang="en", theme="light")
    lifecycle.Desktop.left = choose  # type: ignore[method-assign]
    return lifecycle.run_desktop(open_first_window(options), options)


if __name__ == "__main__":
    sys.exit(main())
