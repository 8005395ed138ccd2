# SPDX-License-Identifier: MIT
"""A real drag between two processes on a real X server, by xdotool: the whole way of XDND."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bldr_desktop.app.virtual_screen import virtual_screen

HELPERS = Path(__file__).resolve().parent.parent / "helpers"


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """The environment of programs on a virtual X screen."""
    if shutil.which("xdotool") is None or shutil.which("Xvfb") is None:
        pytest.skip("needs xdotool and Xvfb")
    before = dict(os.environ)
    with virtual_screen() as kind:
        if kind != "xvfb":
            pytest.skip("Xvfb does not start here")
        environment = {**os.environ, "QT_QPA_PLATFORM": "xcb"}
        yield environment
    os.environ.clear()
    os.environ.update(before)


def start(environment: dict[str, str], helper: str, *arguments: str) -> "subprocess.Popen[str]":
    """A helper as a process."""
    command = [sys.executable, str(HELPERS / helper), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.mark.slow
def test_drag_from_another_program(screen: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "папка 📐"
    (folder / "а" / "б").mkdir(parents=True)
    (folder / "а" / "б" / "в.txt").write_text("Бетон класса В25.")
    (tmp_path / "смета №1.txt").write_text("Кирпич М150.")
    target = start(screen, "app_target.py", str(tmp_path / "data"))
    source = start(screen, "drag_source.py", str(folder), str(tmp_path / "смета №1.txt"))
    try:
        assert target.stdout is not None and source.stdout is not None
        assert source.stdout.readline().strip() == "ready"
        place = json.loads(target.stdout.readline())
        steps = ["mousemove", "1140", "180", "sleep", "0.3", "mousedown", "1", "sleep", "0.2"]
        for step in range(1, 21):
            x = 1140 + (place["x"] - 1140) * step // 20
            y = 180 + (place["y"] - 180) * step // 20
            steps += ["mousemove", str(x), str(y), "sleep", "0.05"]
        steps += ["sleep", "0.5", "mouseup", "1"]
        subprocess.run(["xdotool", *steps], env=screen, check=True, timeout=60)
        dropped = json.loads(target.stdout.readline())
        assert dropped == {"event": "dropped", "names": ["а/б/в.txt", "смета №1.txt"]}
        assert source.stdout.readline().strip() == "dropped CopyAction"
        assert target.wait(30) == 0
        assert (folder / "а" / "б" / "в.txt").exists(), "a drop copies, it never moves"
    finally:
        for process in (target, source):
            if process.poll() is None:
                process.kill()
            process.communicate(timeout=10)
