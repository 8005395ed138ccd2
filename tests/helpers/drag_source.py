# SPDX-License-Identifier: MIT
"""Another program whose files are dragged: a small window at 1040,80 that starts a drag of PATH…

python drag_source.py PATH…
"""

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Handle(QLabel):
    """What is grabbed."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's hook."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(path) for path in sys.argv[1:]])
            drag = QDrag(self)
            drag.setMimeData(data)
            action = drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)
            print(f"dropped {action.name}", flush=True)


application = QApplication(sys.argv[:1])
handle = Handle("drag me")
handle.setGeometry(1040, 80, 200, 200)
handle.show()
print("ready", flush=True)
application.exec()
