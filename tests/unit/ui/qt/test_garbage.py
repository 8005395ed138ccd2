# SPDX-License-Identifier: MIT
"""Qt objects in reference cycles are destroyed in the window's thread, whoever allocates."""

import subprocess
import sys

PROGRAM = """
import gc, sys, threading, time
from PySide6.QtCore import QCoreApplication, QTimer
from bldr_desktop.ui.qt.garbage import Garbage

application = QCoreApplication([])
if sys.argv[1] == "kept":
    garbage = Garbage()
gc.collect()

freed = []
class Ticking:
    def __init__(self):
        self.me = self  # only the collector can free it, and its timer with it
        self.timer = QTimer(interval=5)
        self.timer.timeout.connect(lambda: None)
        self.timer.start()
    def __del__(self):
        freed.append(threading.current_thread() is threading.main_thread())

kept = []
def allocate():
    for _ in range(50):
        kept.append([[] for _ in range(2_000)])
        time.sleep(0.001)

for _ in range(20):
    Ticking()
thread = threading.Thread(target=allocate)
thread.start()
thread.join()
end = time.monotonic() + 10
while time.monotonic() < end and len(freed) < 20:
    application.processEvents()
application.processEvents()
print(len(freed), all(freed))
"""


def _run(how: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, timeout=60, check=False
    )


def test_threads_that_allocate_destroy_nothing_of_qt() -> None:
    done = _run("kept")
    assert (done.returncode, done.stdout) == (0, "20 True\n"), done.stderr


def test_python_by_itself_would() -> None:
    """What the collector of ours is for: were this to pass, it could go."""
    done = _run("automatic")
    assert done.returncode < 0 or "True" not in done.stdout, done.stdout
