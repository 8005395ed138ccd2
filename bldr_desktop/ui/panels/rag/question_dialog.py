# SPDX-License-Identifier: MIT
"""Making a control question of a hit."""

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from bldr_desktop.protocol.rag import ControlQuestion, Passage
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets import words
from bldr_desktop.ui.widgets.basics import button, label


class QuestionDialog(QDialog):
    """The question, and how exactly it must be found."""

    def __init__(self, theme: Theme, question: str, passage: Passage, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rag.questionDialog")
        self.setWindowTitle(tr("rag", "Control question"))
        self._passage = passage
        self.text = QPlainTextEdit(question)
        self.text.setObjectName("rag.questionText")
        self.text.setProperty("look", "field")
        self.text.setAccessibleName(tr("rag", "Question"))
        self.text.setFixedHeight(72)
        self.text.setTabChangesFocus(True)
        name = passage.designation or passage.document_name
        self.clause = QCheckBox(words.clause(passage.clause) if passage.clause else "")
        self.page = QCheckBox(tr("rag", "p. {page}", page=passage.page) if passage.page else "")
        self.clause.setVisible(bool(passage.clause))
        self.clause.setChecked(bool(passage.clause))
        self.page.setVisible(bool(passage.page) and (passage.page_count or 0) != 1)
        self.accept_button = button(theme, "rag.questionSave", look="primary")
        self.accept_button.setText(tr("rag", "Keep the question"))
        cancel = button(theme, "rag.questionCancel")
        cancel.setText(tr("rag", "Cancel"))
        self.accept_button.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.text.textChanged.connect(self._on_text)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        column.setSpacing(Space.S)
        column.addWidget(label(tr("rag", "This question is asked after every training:"), wrap=True))
        column.addWidget(self.text)
        column.addWidget(label(tr("rag", "It must find {name}", name=name), wrap=True))
        column.addWidget(self.clause)
        column.addWidget(self.page)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.accept_button)
        column.addSpacing(Space.S)
        column.addLayout(row)
        self.setMinimumWidth(440)
        self._on_text()

    def question(self) -> ControlQuestion:
        """What was made."""
        return ControlQuestion(
            question=" ".join(self.text.toPlainText().split()),
            document_id=self._passage.document_id,
            designation=self._passage.designation,
            clause=self._passage.clause if self.clause.isChecked() else None,
            page=self._passage.page if self.page.isChecked() else None,
        )

    def _on_text(self) -> None:
        self.accept_button.setEnabled(bool(self.text.toPlainText().strip()))
