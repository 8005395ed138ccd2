# SPDX-License-Identifier: MIT
"""Control questions with how they did the last time."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QByteArray, QModelIndex, QPersistentModelIndex, Qt

from bldr_desktop.protocol.rag import ControlQuestion, ControlResult
from bldr_desktop.services.control_questions import ControlState
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.widgets import words

Index = QModelIndex | QPersistentModelIndex


class ControlQuestionsModel(QAbstractTableModel):
    """Columns: the question, what it should find, found or not, what changed."""

    ID = Qt.ItemDataRole.UserRole + 1
    TONE = Qt.ItemDataRole.UserRole + 2
    OK = Qt.ItemDataRole.UserRole + 3
    WAS_OK = Qt.ItemDataRole.UserRole + 4
    RANK = Qt.ItemDataRole.UserRole + 5

    def __init__(self) -> None:
        super().__init__()
        self._state = ControlState()

    def show(self, state: ControlState) -> None:
        """Show these questions."""
        self.beginResetModel()
        self._state = state
        self.endResetModel()

    def question(self, row: int) -> ControlQuestion | None:
        """The question of a row."""
        return self._state.questions[row] if 0 <= row < len(self._state.questions) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Questions."""
        return 0 if parent.isValid() else len(self._state.questions)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Columns."""
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Values by role."""
        question = self.question(index.row()) if index.isValid() else None
        if question is None:
            return None
        result = self._state.result_of(question.id)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            texts = (question.question, _expected(question), _outcome(result), _change(result))
            return texts[index.column()]
        values = {
            self.ID: question.id,
            self.TONE: "neutral" if result is None else "ok" if result.ok else "error",
            self.OK: result.ok if result else None,
            self.WAS_OK: result.was_ok if result else None,
            self.RANK: result.rank if result else None,
        }
        return values.get(role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Column names."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (
            tr("rag", "Question"),
            tr("rag", "Should find"),
            tr("rag", "Last time"),
            tr("rag", "Changed"),
        )
        return names[section]

    def roleNames(self) -> dict[int, QByteArray]:
        """Raw roles by name."""
        names = {
            self.ID: b"id",
            self.TONE: b"tone",
            self.OK: b"ok",
            self.WAS_OK: b"was_ok",
            self.RANK: b"rank",
        }
        return {role: QByteArray(name) for role, name in names.items()}


def _expected(question: ControlQuestion) -> str:
    parts = [question.designation or tr("rag", "the document")]
    if question.clause:
        parts.append(words.clause(question.clause))
    if question.page:
        parts.append(tr("rag", "p. {page}", page=question.page))
    return ", ".join(parts)


def _outcome(result: ControlResult | None) -> str:
    if result is None:
        return tr("rag", "not asked")
    if result.ok:
        return tr("rag", "✓ place {rank}", rank=result.rank or 1)
    return tr("rag", "✗ place {rank}", rank=result.rank) if result.rank else tr("rag", "✗ not found")


def _change(result: ControlResult | None) -> str:
    if result is None or result.was_ok is None or result.was_ok == result.ok:
        return ""
    return tr("rag", "found now") if result.ok else tr("rag", "lost")
