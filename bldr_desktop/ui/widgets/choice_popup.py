# SPDX-License-Identifier: MIT
"""A small window under a button: a line to narrow, and values to tick."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from bldr_desktop.ui.theme.tokens import Size, Space

WIDTH = 280
ROWS = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """A value, its words, and how many there are of it (None: not counted)."""

    value: str
    text: str
    count: int | None = None


class ChoicePopup(QFrame):
    """``changed(values)`` whenever a tick is set or taken. Type to narrow, arrows, Space or Enter."""

    changed = Signal(list)
    searched = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName(name)
        self.setProperty("look", "card")
        self.words = QLineEdit()
        self.words.setObjectName(f"{name}.words")
        self.words.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setObjectName(f"{name}.list")
        self.list.setProperty("look", "bare")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._chosen: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        column.setSpacing(Space.XS)
        column.addWidget(self.words)
        column.addWidget(self.list)
        self.words.textEdited.connect(self._on_words)
        self.list.itemChanged.connect(self._on_ticked)
        self.list.itemActivated.connect(_turn)

    def offer(self, choices: list[Choice], chosen: list[str]) -> None:
        """Values to choose from; chosen ones that are not among them stay in front."""
        self._chosen = list(chosen)
        known = {choice.value for choice in choices}
        first = [Choice(value, value) for value in chosen if value not in known]
        self.list.blockSignals(True)
        self.list.clear()
        for choice in (*first, *choices):
            count = f"   {choice.count}" if choice.count is not None else ""
            item = QListWidgetItem(choice.text + count)
            item.setToolTip(choice.text)
            item.setData(Qt.ItemDataRole.UserRole, choice.value)
            item.setFlags(
                Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            )
            on = choice.value in chosen
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, Size.ROW))
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._narrow(self.words.text())
        if self.isVisible():
            self._fit()  # values that come late would stand in the room of none

    def show_under(self, widget: QWidget) -> None:
        """Open below a button."""
        self._fit()
        self.move(widget.mapToGlobal(QPoint(0, widget.height() + 2)))
        self.words.clear()
        self._narrow("")
        self.show()
        self.words.setFocus()

    def _fit(self) -> None:
        rows = min(max(self.list.count(), 2), ROWS)
        self.setFixedSize(WIDTH, rows * Size.ROW + Size.CONTROL + Space.S * 3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows from the line go into the list; Enter there ticks."""
        if event.key() == Qt.Key.Key_Down and self.words.hasFocus():
            self.list.setFocus()
            self.list.setCurrentRow(
                next((r for r in range(self.list.count()) if not self.list.isRowHidden(r)), 0)
            )
            return
        super().keyPressEvent(event)

    def _on_words(self, text: str) -> None:
        self._narrow(text)
        self.searched.emit(text)

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().strip()
        for row in range(self.list.count()):
            self.list.setRowHidden(row, wanted not in self.list.item(row).text().casefold())

    def _on_ticked(self, item: QListWidgetItem) -> None:
        value = str(item.data(Qt.ItemDataRole.UserRole))
        on = item.checkState() is Qt.CheckState.Checked
        rest = [chosen for chosen in self._chosen if chosen != value]
        self._chosen = [*rest, value] if on else rest
        self.changed.emit(list(self._chosen))


def _turn(item: QListWidgetItem) -> None:
    on = item.checkState() is Qt.CheckState.Checked
    item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
