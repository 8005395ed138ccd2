# SPDX-License-Identifier: MIT
"""A question is edited and asked again."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from bldr_desktop.ui.qt.glue import finished
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import label


async def edited(parent: QWidget, question: str, later: int) -> str:
    """The new text; empty when the person did not want to.

    Args:
        parent: Window below.
        question: What was asked.
        later: How many questions after it go, which is said.
    """
    dialog = QDialog(parent)
    dialog.setObjectName("ai.editDialog")
    dialog.setWindowTitle(tr("ai", "Edit the question"))
    text = QPlainTextEdit(question)
    text.setObjectName("ai.editText")
    text.setProperty("look", "field")
    text.setAccessibleName(tr("ai", "Question"))
    text.setTabChangesFocus(True)
    note = label(tr("ai", "%n later question(s) go with their answers.", later), look="warn", wrap=True)
    note.setVisible(later > 0)
    buttons = QDialogButtonBox()
    ask = buttons.addButton(tr("ai", "Ask"), QDialogButtonBox.ButtonRole.AcceptRole)
    ask.setProperty("look", "primary")
    no = buttons.addButton(tr("ai", "Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    for made in (ask, no):
        made.setAccessibleName(made.text())
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
    column.setSpacing(Space.M)
    for part in (text, note, buttons):
        column.addWidget(part)
    dialog.resize(560, 240)
    said = question

    def take() -> None:
        nonlocal said
        said = text.toPlainText().strip()

    text.textChanged.connect(take)
    return said if await finished(dialog) == QDialog.DialogCode.Accepted else ""
