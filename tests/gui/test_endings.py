# SPDX-License-Identifier: MIT
"""However the application is ended, its process ends by itself, with 0 and without a word of trouble."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from app_ending import WAYS

HELPERS = Path(__file__).resolve().parents[1] / "helpers"


@pytest.mark.slow
@pytest.mark.parametrize("platform", ["offscreen", "xcb"])
@pytest.mark.parametrize("way", WAYS)
def test_the_process_ends_with_zero(way: str, platform: str, tmp_path: Path) -> None:
    if platform == "xcb" and shutil.which("xvfb-run") is None:
        pytest.skip("needs xvfb-run")
    folder = tmp_path / "norms"
    folder.mkdir()
    for number in range(200):
        (folder / f"{number}.txt").write_text(f"Защитный слой {number} мм.\n" * 200, encoding="utf-8")
    screen = ["xvfb-run", "-a"] if platform == "xcb" else []
    script = [sys.executable, "-X", "faulthandler", str(HELPERS / "app_ending.py")]
    # glibc overwrites freed memory with this: what is used after its end is not overlooked
    environment = os.environ | {"QT_QPA_PLATFORM": platform, "MALLOC_PERTURB_": "165"}
    done = subprocess.run(
        [*screen, *script, way, str(tmp_path / "data"), str(folder)],
        cwd=HELPERS.parents[1],
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr and "Fatal" not in done.stderr
