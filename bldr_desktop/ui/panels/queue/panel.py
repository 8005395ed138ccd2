# SPDX-License-Identifier: MIT
"""The queue: one live table of all jobs. A double click opens the monitor of a training."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout

from bldr_desktop.ui.models.jobs import ID, PROGRESS, TONE, JobsModel
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import label
from bldr_desktop.ui.widgets.delegates import ProgressDelegate, StateDelegate, dress_table
from bldr_desktop.ui.widgets.state_view import StateView

_WIDTHS = (320, 130, 160, 0, 90, 110)


class QueuePanel(Translated):
    """Shows what the model says; tells ``opened(job_id)``."""

    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("queue.panel")
        self.model = JobsModel(self)
        self.title = label()
        self.title.setFont(theme.font("title"))
        self.summary = label(look="muted")
        self.table = QTableView()
        self.table.setObjectName("queue.active")
        self.table.setModel(self.model)
        dress_table(self.table)
        self.table.setItemDelegateForColumn(1, StateDelegate(theme, TONE, self.table))
        self.table.setItemDelegateForColumn(2, ProgressDelegate(theme, PROGRESS, self.table))
        head = self.table.horizontalHeader()
        for place, width in enumerate(_WIDTHS):
            if width:
                self.table.setColumnWidth(place, width)
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.table.doubleClicked.connect(lambda index: self.opened.emit(index.data(ID)))
        self.view = StateView(theme, self.table)
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addStretch(1)
        top.addWidget(self.summary)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        column.setSpacing(Space.M)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts of the panel."""
        self.setAccessibleName(tr("queue", "Queue"))
        self.title.setText(tr("queue", "Queue"))
        self.table.setAccessibleName(tr("queue", "Jobs"))
        self.table.setToolTip(tr("queue", "Double click a job to open its monitor"))
        self.model.headerDataChanged.emit(
            self.table.horizontalHeader().orientation(), 0, self.model.columnCount() - 1
        )
