# SPDX-License-Identifier: MIT
"""Icons and the collector: a window that becomes garbage with icons in it must not take the process along."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]

WINDOWS = """
import gc
from PySide6.QtWidgets import QApplication, QPushButton
from bldr_desktop.ui.theme.icons import NAMES, Icons

class Button(QPushButton):
    pass

def window():
    made = Button()
    made.icons = Icons()
    made.itself = made  # garbage that only the collector finds
    made.buttons = [Button(made) for _ in NAMES]  # each of them: the family has every one
    for button, name in zip(made.buttons, NAMES):
        button.pair = tuple(made.icons.icon(name, color, "#888888") for color in ("#000000", "#ff0000"))
        button.setIcon(button.pair[0])
        button.grab()

application = QApplication([])
window()
Icons().forget()
gc.collect()
window()
gc.collect()
print("through")
"""


def test_a_window_and_its_icons_become_garbage_together() -> None:
    # glibc overwrites freed memory with this: a second deletion does not go unnoticed
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "MALLOC_PERTURB_": "165"}
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", WINDOWS],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "through\n"
