# SPDX-License-Identifier: MIT
"""How to connect a model in two steps, with a test that says what is wrong."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from bldr_desktop.protocol.ai import AiModels
from bldr_desktop.ui.panels.ai_shell import words
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import button, label, set_look

PLACES = {
    "LM Studio": "http://127.0.0.1:1234/v1",
    "Ollama": "http://127.0.0.1:11434/v1",
    "llama.cpp": "http://127.0.0.1:8080/v1",
}


class ConnectCard(Translated):
    """Tells ``test_asked(address, key)``, ``use_asked(address, key)``, ``look_asked`` and ``closed``."""

    test_asked = Signal(str, str)
    use_asked = Signal(str, str)
    look_asked = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("ai.connect")
        self.title, self.first, self.second = label(), label(wrap=True), label(wrap=True)
        self.title.setFont(theme.font("heading"))
        for step in (self.first, self.second):
            step.setFont(theme.font("strong"))
        self.hint = label(look="muted", wrap=True)
        self.address = QComboBox()
        self.address.setObjectName("ai.connectAddress")
        self.address.setEditable(True)
        for name, address in PLACES.items():
            self.address.addItem(f"{name} — {address}", address)
        self.address.setEditText(PLACES["LM Studio"])
        self.address.activated.connect(lambda place: self.address.setEditText(self.address.itemData(place)))
        self.key = QLineEdit()
        self.key.setObjectName("ai.connectKey")
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.look = button(theme, "ai.connectLook", icon="search")
        self.test = button(theme, "ai.connectTest", icon="link")
        self.use = button(theme, "ai.connectUse", look="primary")
        self.later = button(theme, "ai.connectLater", look="quiet")
        self.result = label(wrap=True)
        self.result.setObjectName("ai.connectResult")
        self._lay_out()
        self.look.clicked.connect(self.look_asked)
        self.later.clicked.connect(self.closed)
        self.test.clicked.connect(lambda: self.test_asked.emit(*self._given()))
        self.use.clicked.connect(lambda: self.use_asked.emit(*self._given()))
        self.retranslate()

    def _given(self) -> tuple[str, str]:
        text = self.address.currentText().strip()
        return text.rpartition(" — ")[2], self.key.text().strip()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("look", "card")
        form = QFormLayout()
        form.setHorizontalSpacing(Space.M)
        form.setVerticalSpacing(Space.S)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._labels = (QLabel(), QLabel())
        form.addRow(self._labels[0], self.address)
        form.addRow(self._labels[1], self.key)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        for part in (self.use, self.test, self.look):
            foot.addWidget(part)
        foot.addStretch(1)
        foot.addWidget(self.later)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        inside.setSpacing(Space.S)
        for text in (self.title, self.first, self.hint, self.second):
            inside.addWidget(text)
        inside.addLayout(form)
        inside.addWidget(self.result)
        inside.addLayout(foot)
        card.setMaximumWidth(820)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook: wrapped words get their lines, however little room there is."""
        super().resizeEvent(event)
        self._hold_height()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's hook: only now the parts know their sizes."""
        super().showEvent(event)
        self._hold_height()

    def _hold_height(self) -> None:
        inside = self.layout()
        if inside is not None and self.isVisible():
            inside.activate()
            self.setMinimumHeight(inside.totalHeightForWidth(self.width()))

    def show_busy(self) -> None:
        """Somebody is being asked."""
        self._enable(False)
        self._say("muted", tr("ai", "Asking the model server…"))

    def show_result(self, models: AiModels | None, sentence: str = "", *, kept: bool = False) -> None:
        """What came of it: models, or what is wrong in words."""
        self._enable(True)
        if models is None:
            self._say("error", sentence)
        elif models.state == "ready":
            names = ", ".join(model.id for model in models.models[:4])
            said = tr("ai", "✓ It answers, %n model(s): {names}", len(models.models), names=names)
            self._say("ok", said)
        elif models.state == "unreachable":
            self._say("error", words.model_problem(models.reason or ""))
        elif kept:
            self._say("warn", tr("ai", "The server answers, but no model is loaded in it. Load one."))
        else:
            self._say("warn", tr("ai", "No model was found. Start one, or enter its address."))

    def show_allowed(self, allowed: bool) -> None:
        """Only an administrator of the engine may connect a model server."""
        self._enable(allowed)
        if not allowed:
            self._say(
                "warn", tr("ai", "Only an administrator of this server can connect a model. Ask yours.")
            )

    def _enable(self, on: bool) -> None:
        for part in (self.address, self.key, self.test, self.use, self.look):
            part.setEnabled(on)

    def _say(self, tone: str, text: str) -> None:
        set_look(self.result, "look", tone)
        self.result.setText(text)
        self.result.setVisible(bool(text))
        self._hold_height()

    def retranslate(self) -> None:
        """Texts."""
        self.title.setText(tr("ai", "Connect a language model in two steps"))
        self.first.setText(tr("ai", "1. Start a model server"))
        self.hint.setText(
            tr(
                "ai",
                "LM Studio, Ollama and llama.cpp on the engine's computer are found by themselves. Any "
                "OpenAI-compatible server works, also one in the cloud.",
            )
        )
        self.second.setText(tr("ai", "2. Test the connection and use it"))
        self._labels[0].setText(tr("ai", "Address"))
        self._labels[1].setText(tr("ai", "Key, if it wants one"))
        self.address.setAccessibleName(tr("ai", "Address of the model server"))
        self.key.setAccessibleName(tr("ai", "Key of the model server"))
        self.key.setPlaceholderText(tr("ai", "Kept by the engine, never shown again"))
        for part, text in (
            (self.look, tr("ai", "Look for one")),
            (self.test, tr("ai", "Test connection")),
            (self.use, tr("ai", "Use this server")),
            (self.later, tr("ai", "Later")),
        ):
            part.setText(text)
            part.setAccessibleName(text)
        self.result.setVisible(bool(self.result.text()))
        self._hold_height()
