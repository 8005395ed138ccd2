# SPDX-License-Identifier: MIT
"""Folders compared with what is trained: six kinds of differences, a count and one button each."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from bldr_desktop.services.reconcile import Difference, Folder
from bldr_desktop.ui.models import folder_model as fm
from bldr_desktop.ui.models.folder_model import FolderModel
from bldr_desktop.ui.panels.file_manager import words
from bldr_desktop.ui.panels.file_manager.delegates import BADGE, FolderDelegate, TextDelegate
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.reasons import reason
from bldr_desktop.ui.sizes import size
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import button, label, name_tool, set_look
from bldr_desktop.ui.widgets.delegates import dress_table
from bldr_desktop.ui.widgets.state_view import StateView
from bldr_desktop.ui.widgets.text_line import TextLine

SHOWN = (
    Difference.NOT_TRAINED,
    Difference.CHANGED,
    Difference.GONE,
    Difference.FAILED,
    Difference.EMPTY,
    Difference.DUPLICATE,
)
_TONES = {
    Difference.NOT_TRAINED: "accent",
    Difference.CHANGED: "accent",
    Difference.GONE: "warn",
    Difference.FAILED: "error",
}


class DifferenceCard(QFrame):
    """One kind of difference: how many, what it means, and the one thing to do about it."""

    acted = Signal()
    shown = Signal()

    def __init__(self, theme: Theme, difference: Difference) -> None:
        super().__init__()
        self.setObjectName(f"files.folder.{difference.value}")
        self.setProperty("look", "card")
        self._difference = difference
        self._count = label()
        self._count.setFont(theme.font("title"))
        self._name = label()
        self._name.setFont(theme.font("strong"))
        self._what = label(look="muted", wrap=True)
        self.act = button(theme, f"files.folder.{difference.value}.act")
        self.see = button(theme, f"files.folder.{difference.value}.show", look="link")
        self.act.clicked.connect(self.acted)
        self.see.clicked.connect(self.shown)
        top = QHBoxLayout()
        top.setSpacing(Space.S)
        top.addWidget(self._count)
        top.addWidget(self._name, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.act)
        foot.addStretch(1)
        foot.addWidget(self.see)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.M)
        column.setSpacing(Space.XS)
        column.addLayout(top)
        column.addWidget(self._what, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(foot)

    def show_count(self, count: int) -> None:
        """Show how many there are."""
        name, what, act = words.difference(self._difference)
        self._count.setText(words.number(count))
        set_look(self._count, "look", _TONES.get(self._difference, "") if count else "muted")
        self._name.setText(name)
        self._what.setText(what)
        self.act.setText(act)
        self.act.setAccessibleName(act)
        self.act.setVisible(bool(act) and count > 0)
        self.see.setText(tr("files", "Show"))
        name_tool(self.see, tr("files", "Show: {name}", name=name))
        self.see.setVisible(count > 0)
        self.setAccessibleName(f"{name}: {count}")


class FoldersView(QWidget):
    """The list of folders at the left, the comparison of the chosen one at the right."""

    add_wanted = Signal()
    check_wanted = Signal(object)
    watch_wanted = Signal(object, bool)
    remove_wanted = Signal(object)
    act_wanted = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("files.folders")
        self._folder: Folder | None = None
        self._kind = Difference.NOT_TRAINED
        self.list = QListWidget()
        self.list.setObjectName("files.folders.list")
        self.list.setFixedWidth(260)
        self.list.setItemDelegate(FolderDelegate(theme, self.list))
        self.add = button(theme, "files.folders.add", icon="add_folder")
        self.model = FolderModel(reason, size, self)
        self._title = TextLine(theme, font="heading", elide=Qt.TextElideMode.ElideMiddle)
        self._state = label(look="muted", wrap=True)
        self.check = button(theme, "files.folders.check", look="quiet", icon="refresh")
        self.watch = QCheckBox()
        self.watch.setObjectName("files.folders.watch")
        self.remove = button(theme, "files.folders.remove", look="quiet", icon="close")
        self.cards = {difference: DifferenceCard(theme, difference) for difference in SHOWN}
        self._shown = label()
        self._shown.setFont(theme.font("strong"))
        self.table = QTableView()
        self.table.setObjectName("files.folders.table")
        self.table.setModel(self.model)
        content = QWidget()
        self._lay_out(content, theme)
        self.state_view = StateView(theme, content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.M, 0, 0)
        column.addWidget(self.state_view)
        self._connect()

    def _lay_out(self, content: QWidget, theme: Theme) -> None:
        dress_table(self.table, stretch=fm.COLUMN_NAME)
        for place in (fm.COLUMN_NAME, fm.COLUMN_SIZE, fm.COLUMN_DETAILS):
            self.table.setItemDelegateForColumn(place, TextDelegate(theme, self.table))
        self.table.horizontalHeader().setSectionResizeMode(fm.COLUMN_SIZE, QHeaderView.ResizeMode.Fixed)
        self.table.setColumnWidth(fm.COLUMN_SIZE, 96)
        self.table.setColumnWidth(fm.COLUMN_DETAILS, 260)
        left = QVBoxLayout()
        left.setSpacing(Space.S)
        left.addWidget(self.list, 1)
        left.addWidget(self.add)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self._title, 1)
        head.addWidget(self.watch)
        head.addWidget(self.check)
        head.addWidget(self.remove)
        grid = QGridLayout()
        grid.setSpacing(Space.S)
        for place, card in enumerate(self.cards.values()):
            grid.addWidget(card, place // 3, place % 3)
            grid.setColumnStretch(place % 3, 1)
            grid.setColumnMinimumWidth(place % 3, 160)
        right = QVBoxLayout()
        right.setSpacing(Space.S)
        right.addLayout(head)
        right.addWidget(self._state)
        right.addLayout(grid)
        right.addWidget(self._shown)
        right.addWidget(self.table, 1)
        self._right = QWidget()
        self._right.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        self._none = QStackedWidget()
        self._none.addWidget(self._right)
        self._none.addWidget(QWidget())
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.L)
        row.addLayout(left)
        row.addWidget(self._none, 1)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda *_: self._on_chosen())
        self.add.clicked.connect(self.add_wanted)
        self.check.clicked.connect(lambda: self._tell(self.check_wanted))
        self.remove.clicked.connect(lambda: self._tell(self.remove_wanted))
        self.watch.clicked.connect(self._on_watch)
        for difference, card in self.cards.items():
            card.acted.connect(partial(self._on_act, difference))
            card.shown.connect(partial(self._show_kind, difference))

    def _on_watch(self, on: bool) -> None:
        if self._folder is not None:
            self.watch_wanted.emit(self._folder.path, on)

    def _on_act(self, difference: Difference) -> None:
        if self._folder is not None:
            self.act_wanted.emit(self._folder.path, difference)

    def _tell(self, signal: SignalInstance) -> None:
        if self._folder is not None:
            signal.emit(self._folder.path)

    # -- what the controller says -----------------------------------------------------------------

    def show_folders(self, folders: Mapping[Path, Folder]) -> None:
        """Show this list and what is known of the chosen one."""
        if not folders:
            self._folder = None
            self.list.clear()
            self.state_view.show_empty(
                tr("files", "No folders yet"),
                tr(
                    "files",
                    "Add a folder to see what in it is not searchable, what has changed and what is gone. "
                    "A watched folder is compared again whenever something in it changes.",
                ),
                icon="folder",
                action_text=tr("files", "Add folder…"),
                action=self.add_wanted.emit,
            )
            return
        self.state_view.show_content()
        self._fill(list(folders.values()))
        self._show_folder()

    def _fill(self, folders: Sequence[Folder]) -> None:
        chosen = self._folder.path if self._folder else None
        self.list.blockSignals(True)
        while self.list.count() > len(folders):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(folders):
            self.list.addItem(QListWidgetItem())
        current = 0
        for place, folder in enumerate(folders):
            item = self.list.item(place)
            item.setData(Qt.ItemDataRole.UserRole, folder)
            item.setText(folder.path.name or str(folder.path))
            item.setData(BADGE, words.folder_badge(folder))
            item.setToolTip(str(folder.path))
            if folder.path == chosen:
                current = place
        self.list.setCurrentRow(current)
        self.list.blockSignals(False)
        self._folder = folders[current]

    def _on_chosen(self) -> None:
        item = self.list.currentItem()
        self._folder = item.data(Qt.ItemDataRole.UserRole) if item else None
        self._show_folder()

    def _show_folder(self) -> None:
        folder = self._folder
        self._none.setCurrentIndex(1 if folder is None else 0)
        if folder is None:
            return
        self._title.set_text(str(folder.path))
        self._state.setText(self._state_text(folder))
        set_look(self._state, "look", "warn" if folder.missing_since else "muted")
        self.watch.setChecked(folder.watched)
        self.check.setEnabled(not folder.checking)
        for difference, card in self.cards.items():
            card.show_count(folder.count(difference))
        if not folder.count(self._kind) or self._kind is Difference.TRAINED:
            self._kind = next((d for d in SHOWN if folder.count(d)), Difference.TRAINED)
        self._show_kind(self._kind)

    def _show_kind(self, difference: Difference) -> None:
        self._kind = difference
        folder = self._folder
        files = folder.of(difference) if folder else []
        self.model.show(files)
        self._shown.setText(f"{words.difference(difference)[0]} · {words.number(len(files))}")

    def _state_text(self, folder: Folder) -> str:
        if folder.missing_since:
            when = folder.missing_since.astimezone().strftime("%H:%M")
            return tr(
                "files", "The folder has not been there since {time}. What was trained stays.", time=when
            )
        if folder.checking:
            return tr("files", "Comparing…")
        if folder.files is None or folder.checked_at is None:
            return tr("files", "Not compared yet")
        when = folder.checked_at.astimezone().strftime("%H:%M")
        parts = [
            tr("files", "%n searchable", folder.count(Difference.TRAINED)),
            tr("files", "%n skipped", folder.skipped) if folder.skipped else "",
            tr("files", "compared at {time}", time=when),
        ]
        if not folder.engine_asked:
            parts.append(tr("files", "the server could not be asked"))
        return " · ".join(filter(None, parts))

    def retranslate(self) -> None:
        """All words."""
        self.add.setText(tr("files", "Add folder…"))
        self.check.setText(tr("files", "Compare now"))
        self.watch.setText(tr("files", "Watch"))
        self.watch.setToolTip(tr("files", "Compare again whenever something in the folder changes"))
        self.remove.setText(tr("files", "Off the list"))
        for made in (self.add, self.check, self.watch, self.remove):
            _name(made)
        self.list.setAccessibleName(tr("files", "Folders"))
        self.table.setAccessibleName(tr("files", "Files of this kind"))
        self.model.retranslate()


def _name(made: QPushButton | QCheckBox) -> None:
    made.setAccessibleName(made.text())
