# SPDX-License-Identifier: MIT
"""The AI Shell's panel: whom to ask, the conversation, the question, the history."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QToolButton, QVBoxLayout

from bldr_desktop.protocol.ai import AiModel, AiRole
from bldr_desktop.ui.panels.ai_shell.connect_card import ConnectCard
from bldr_desktop.ui.panels.ai_shell.history_view import HistoryView
from bldr_desktop.ui.panels.ai_shell.question_box import DropTarget, QuestionBox
from bldr_desktop.ui.panels.ai_shell.thread_view import ThreadView
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import button, keep_icon, label, name_tool, tool_button
from bldr_desktop.ui.widgets.state_view import Banner, StateView


class AiPanel(DropTarget):
    """Puts the parts together; ``choice_changed`` when role, model or thinking was chosen."""

    choice_changed = Signal()
    export_asked = Signal(str)
    list_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("ai.panel")
        self._theme = theme
        self.title = label()
        self.title.setFont(theme.font("title"))
        self.role, self.model = QComboBox(), QComboBox()
        self.thinking = QToolButton()
        self.history_button = tool_button(theme, "ai.history", "history")
        self.more = tool_button(theme, "ai.more", "menu")
        self.clear = button(theme, "ai.clear", look="quiet", icon="add")
        self.banner = Banner(theme)
        self.connect_card = ConnectCard(theme)
        self.thread_view = ThreadView(theme)
        self.view = StateView(theme, self.thread_view)
        self.box = QuestionBox(theme)
        self.input, self.send, self.messages = self.box.text, self.box.send, self.thread_view
        self.history = HistoryView(theme)
        self.menu = QMenu(self)
        self.menu_actions = {what: QAction(self) for what in ("md", "docx", "list")}
        self._set_up()
        self._lay_out()
        self.retranslate()

    def _set_up(self) -> None:
        for combo, name in ((self.role, "ai.role"), (self.model, "ai.model")):
            combo.setObjectName(name)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            combo.setMaximumWidth(260)
            combo.activated.connect(lambda _row: self.choice_changed.emit())
        self.thinking.setObjectName("ai.thinking")
        self.thinking.setProperty("look", "chip")
        self.thinking.setCheckable(True)
        self.thinking.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.thinking.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        keep_icon(self._theme, self.thinking, "thinking")
        self.thinking.clicked.connect(lambda: self.choice_changed.emit())
        self.history_button.setCheckable(True)
        self.history_button.toggled.connect(self.history.setVisible)
        self.history.hide()
        self.connect_card.hide()
        for what, action in self.menu_actions.items():
            self.menu.addAction(action)
            if what == "list":
                action.triggered.connect(lambda: self.list_asked.emit())
            else:
                action.triggered.connect(lambda _checked=False, what=what: self.export_asked.emit(what))
        self.more.clicked.connect(
            lambda: self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self.title)
        head.addSpacing(Space.M)
        for chooser in (self.role, self.model, self.thinking):
            head.addWidget(chooser)
        head.addStretch(1)
        for tool in (self.clear, self.history_button, self.more):
            head.addWidget(tool)
        talk = QVBoxLayout()
        talk.setSpacing(Space.M)
        talk.addWidget(self.banner)
        talk.addWidget(self.connect_card)
        talk.addWidget(self.view, 1)
        talk.addWidget(self.box)
        row = QHBoxLayout()
        row.setSpacing(Space.L)
        row.addLayout(talk, 1)
        row.addWidget(self.history)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        column.setSpacing(Space.M)
        column.addLayout(head)
        column.addLayout(row, 1)

    def offer_roles(self, roles: tuple[AiRole, ...], chosen: str | None, language: str) -> None:
        """Set the roles that can be chosen."""
        self.role.clear()
        for role in roles:
            russian = language == "ru"
            self.role.addItem(role.name_ru if russian else role.name_en, role.id)
            tip = role.description_ru if russian else role.description_en
            self.role.setItemData(self.role.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.role.setCurrentIndex(max(self.role.findData(chosen), 0))
        self.role.setVisible(bool(roles))

    def offer_models(self, models: list[AiModel], chosen: str | None) -> None:
        """Set the models that can be chosen; none: the choice is not there."""
        self.model.clear()
        for model in models:
            self.model.addItem(model.id, model.id)
            self.model.setItemData(self.model.count() - 1, self._about(model), Qt.ItemDataRole.ToolTipRole)
        self.model.setCurrentIndex(max(self.model.findData(chosen), 0))
        self.model.setVisible(bool(models))
        self.thinking.setVisible(bool(models))

    def _about(self, model: AiModel) -> str:
        said = [model.provider]
        if model.context:
            said.append(tr("ai", "{n} tokens of context", n=model.context))
        if model.vision:
            said.append(tr("ai", "sees images"))
        if model.thinking:
            said.append(tr("ai", "can think first"))
        return " · ".join(said)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's hook."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Texts of the panel."""
        self.setAccessibleName(tr("ai", "AI Shell"))
        self.title.setText(tr("ai", "AI Shell"))
        name_tool(self.role, tr("ai", "Role: who answers"))
        name_tool(self.model, tr("ai", "Model"))
        self.thinking.setText(tr("ai", "Thinking"))
        self.thinking.setAccessibleName(tr("ai", "Thinking"))
        self.thinking.setToolTip(tr("ai", "Let the model think first, where it can: slower, often better"))
        self.clear.setText(tr("ai", "New"))
        self.clear.setAccessibleName(tr("ai", "New conversation"))
        self.clear.setToolTip(tr("ai", "New conversation; this one stays in the history (Ctrl+Shift+N)"))
        self.clear.setShortcut("Ctrl+Shift+N")
        name_tool(self.history_button, tr("ai", "History"))
        name_tool(self.more, tr("ai", "More"))
        self.menu_actions["md"].setText(tr("ai", "Export the conversation as Markdown…"))
        self.menu_actions["docx"].setText(tr("ai", "Export the conversation as DOCX with footnotes…"))
        self.menu_actions["list"].setText(tr("ai", "Answer a list of questions from XLSX…"))
        self.thread_view.retranslate()
