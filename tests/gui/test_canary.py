# SPDX-License-Identifier: MIT
"""Canary for PySide6: releases are known that abort after some hundred signal emits (docs/adr/001)."""

import subprocess
import sys

CODE = """
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
class Sender(QObject):
    said = Signal(object, bool)
application = QCoreApplication([])
sender, heard, fired = Sender(), [], []
sender.said.connect(lambda value, flag: heard.append((value, flag)))
for number in range(5000):
    sender.said.emit(None if number % 2 else number, number % 3 == 0)
    QTimer.singleShot(0, lambda: fired.append(True))
QTimer.singleShot(50, application.quit)
application.exec()
assert heard[4999] == (None, False), heard[4999]
print(len(heard), len(fired))
"""


def test_five_thousand_emits_and_timers() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.split()) == (0, ["5000", "5000"]), done.stderr
