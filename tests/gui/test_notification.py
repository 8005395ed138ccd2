# SPDX-License-Identifier: MIT
"""The end of a training, told by the desktop to somebody who is not looking: on a real session bus."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HELPERS = Path(__file__).resolve().parents[1] / "helpers"
TOOLS = ("dbus-run-session", "xvfb-run")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        any(shutil.which(tool) is None for tool in TOOLS), reason=f"needs {' and '.join(TOOLS)}"
    ),
]


def notified(tmp_path: Path, folder: Path, language: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What the desktop was asked to show, and the run by the engine's word."""
    environment = os.environ | {"QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run(
        [
            *("dbus-run-session", "--", "xvfb-run", "-a", sys.executable, str(HELPERS / "app_notified.py")),
            *(str(tmp_path / "data"), str(folder), language),
        ],
        cwd=HELPERS.parents[1],
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
    )
    assert done.returncode == 0, done.stderr
    said = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return [one for one in said if "run" not in one], next(one["run"] for one in said if "run" in one)


def test_the_desktop_tells_how_a_training_ended(tmp_path: Path) -> None:
    folder = tmp_path / "Нормы & <проект>"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"good-{number}.txt").write_text(f"Защитный слой {number}.\n" * 40, encoding="utf-8")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing of the kind")
    shown, run = notified(tmp_path, folder, "ru")
    assert run == {"status": "completed", "done": 2, "failed": 1, "total": 3}
    assert len(shown) == 1, shown
    notice = shown[0]
    assert notice["name"] == "Bldr Desktop" and notice["entry"] == "bldr-desktop"
    assert notice["title"].startswith("Обучение завершено") and "Нормы & <проект>" in notice["title"]
    assert (
        "2 из 3" in notice["text"] and "1" in notice["text"].split(",")[1]
    )  # the failed one is not hushed up
