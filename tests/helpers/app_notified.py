# SPDX-License-Identifier: MIT
"""The real application trains a folder while nobody looks, on a session bus with a stand-in for the desktop.

    dbus-run-session -- xvfb-run -a python app_notified.py DATA_DIR FOLDER LANGUAGE

Says on stdout, a JSON line each: what the desktop was asked to show, and ``{"run": …}`` as the engine has it.
"""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from bldr_desktop.app import lifecycle
from bldr_desktop.app.first_window import open_first_window
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.protocol.training import TrainRequest


async def drive(desktop: Desktop, folder: Path) -> None:
    """Start a training, look away, wait for its end."""
    await desktop.ready(60)
    desktop.window.hide()
    while QApplication.activeWindow() is not None:
        await asyncio.sleep(0.02)
    run = await desktop.container.runs.start(TrainRequest(custom_dir=str(folder)))
    while not run.is_final:
        await asyncio.sleep(0.02)
    await asyncio.sleep(2.0)  # the desktop is told
    job = await desktop.container.api.get(routes.path(routes.JOB, job_id=run.job_id), Job)
    said = {
        "status": job.status,
        "done": job.files_done,
        "failed": job.files_failed,
        "total": job.files_total,
    }
    sys.stdout.write(json.dumps({"run": said}) + "\n")
    sys.stdout.flush()


def main() -> int:
    """The stand-in, then the application."""
    data_dir, folder, language = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    daemon = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("notification_daemon.py"))], stdout=subprocess.PIPE
    )
    assert daemon.stdout is not None
    assert daemon.stdout.readline() == b'"ready"\n'

    async def left(desktop: Desktop) -> None:
        await drive(desktop, folder)

    lifecycle.Desktop.left = left  # type: ignore[method-assign]
    options = Options(data_dir=data_dir, lang=language, theme="light")
    try:
        return lifecycle.run_desktop(open_first_window(options), options)
    finally:
        daemon.kill()
        sys.stdout.write(daemon.stdout.read().decode())
        daemon.wait()


if __name__ == "__main__":
    sys.exit(main())
