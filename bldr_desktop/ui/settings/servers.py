# SPDX-License-Identifier: MIT
"""The page of servers: add, change, test, use, remove."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from bldr_desktop.services.profiles import EMBEDDED, Probe, Profile
from bldr_desktop.services.settings import Settings
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.settings.rows import SettingsPage
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import button, label, set_look

_FIELDS = ("name", "url", "user", "ca_file", "proxy")


class ServersPage(SettingsPage):
    """Dumb: shows profiles, tells what the person wants with them."""

    use_asked = Signal(str)
    test_asked = Signal(object)
    saved = Signal(object)
    removed = Signal(str)
    sign_out_asked = Signal()
    ca_asked = Signal()
    """Somebody wants to choose the company's certificate."""

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__(theme, settings, "servers", lambda: tr("shell", "Servers"))
        self._profiles: list[Profile] = []
        self._current = EMBEDDED
        self.list = QListWidget()
        self.list.setObjectName("settings.servers.list")
        self.list.setProperty("look", "rows")
        self.list.setFixedHeight(132)
        self.fields = {name: QLineEdit() for name in _FIELDS}
        for name, field in self.fields.items():
            field.setObjectName(f"settings.servers.{name}")
        self._choose = self.fields["ca_file"].addAction(
            theme.icon("folder"), QLineEdit.ActionPosition.TrailingPosition
        )
        theme.changed.connect(self._paint_choose)
        self.result = label(wrap=True)
        self.buttons = {
            name: button(theme, f"settings.servers.{name}Button", look=look)
            for name, look in (("use", "primary"), ("add", ""), ("remove", "quiet"), ("signOut", "quiet"))
        }
        self.test = button(theme, "settings.servers.test")
        self.keep = button(theme, "settings.servers.save")
        self.body.insertWidget(2, self.list)
        self.body.insertLayout(3, self._buttons_row())
        self.body.insertWidget(4, self._editor())
        self._connect()
        self.retranslate()

    def _buttons_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for name in ("use", "add", "remove"):
            row.addWidget(self.buttons[name])
        row.addStretch(1)
        row.addWidget(self.buttons["signOut"])
        return row

    def _editor(self) -> QFrame:
        self.editor = QFrame()
        self.editor.setProperty("look", "card")
        form = QFormLayout()
        form.setVerticalSpacing(Space.S)
        form.setHorizontalSpacing(Space.L)
        self._labels = {name: label() for name in _FIELDS}
        for name, field in self.fields.items():
            self._labels[name].setBuddy(field)
            form.addRow(self._labels[name], field)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.result, 1)
        row.addWidget(self.test)
        row.addWidget(self.keep)
        column = QVBoxLayout(self.editor)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        column.setSpacing(Space.M)
        column.addLayout(form)
        column.addLayout(row)
        return self.editor

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._on_chosen)
        self.buttons["use"].clicked.connect(lambda: self.use_asked.emit(self.chosen.id))
        self.buttons["add"].clicked.connect(self._on_add)
        self.buttons["remove"].clicked.connect(lambda: self.removed.emit(self.chosen.id))
        self.buttons["signOut"].clicked.connect(lambda: self.sign_out_asked.emit())
        self._choose.triggered.connect(lambda: self.ca_asked.emit())
        self.test.clicked.connect(lambda: self.test_asked.emit(self.typed()))
        self.keep.clicked.connect(lambda: self.saved.emit(self.typed()))
        self.fields["url"].textChanged.connect(lambda _text: self._on_typed())

    def _paint_choose(self) -> None:
        self._choose.setIcon(self.theme.icon("folder"))

    @property
    def chosen(self) -> Profile:
        """The profile that is marked in the list; a new one while it is being added."""
        row = self.list.currentRow()
        return self._profiles[row] if 0 <= row < len(self._profiles) else Profile("", "")

    def typed(self) -> Profile:
        """The profile as it stands in the fields."""
        texts = {name: field.text().strip() for name, field in self.fields.items()}
        return Profile(id=self.chosen.id, **texts)

    def show_profiles(self, profiles: list[Profile], current: str, *, signed_in: bool) -> None:
        """Show the list; the one in use is marked by a word."""
        marked = self.chosen.id if self.list.currentRow() >= 0 else current
        self._profiles, self._current = profiles, current
        self._signed_in = signed_in
        self.list.blockSignals(True)
        self.list.clear()
        for profile in profiles:
            self.list.addItem(QListWidgetItem(self._line(profile)))
        self.list.blockSignals(False)
        places = [number for number, profile in enumerate(profiles) if profile.id == marked]
        self.list.setCurrentRow(places[0] if places else 0)
        self._on_chosen(self.list.currentRow())

    def _line(self, profile: Profile) -> str:
        name = tr("shell", "This computer") if profile.is_embedded else f"{profile.name}  ·  {profile.url}"
        return f"{name}  —  {tr('shell', 'in use')}" if profile.id == self._current else name

    def _on_chosen(self, _row: int) -> None:
        profile = self.chosen
        for name, field in self.fields.items():
            field.setText(getattr(profile, name))
        self.editor.setVisible(not profile.is_embedded)
        self.buttons["use"].setEnabled(bool(profile.id) and profile.id != self._current)
        self.buttons["remove"].setEnabled(
            bool(profile.id) and not profile.is_embedded and profile.id != self._current
        )
        self.buttons["signOut"].setVisible(self._current != EMBEDDED and self._signed_in)
        self.say_result("", "")
        self._on_typed()

    def _on_add(self) -> None:
        self.list.setCurrentRow(-1)
        self._on_chosen(-1)
        self.fields["url"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_typed(self) -> None:
        typed = bool(self.fields["url"].text().strip())
        self.test.setEnabled(typed)
        self.keep.setEnabled(typed)

    def say_result(self, text: str, look: str) -> None:
        """What a test or a save came to; ``look``: ``ok``, ``error``, ``muted``."""
        self.result.setText(text)
        set_look(self.result, "look", look)

    def retranslate(self) -> None:
        """Say all texts again."""
        super().retranslate()
        texts = {
            "name": tr("shell", "Name"),
            "url": tr("shell", "Address"),
            "user": tr("shell", "Your name there"),
            "ca_file": tr("shell", "Company certificate (file)"),
            "proxy": tr("shell", "Proxy"),
        }
        for name, text in texts.items():
            self._labels[name].setText(text)
            self.fields[name].setAccessibleName(text)
        self.fields["url"].setPlaceholderText("https://bldr.example:8000")
        self.fields["proxy"].setPlaceholderText(tr("shell", "empty: as the system; none: without"))
        self.list.setAccessibleName(tr("shell", "Servers"))
        self._choose.setText(tr("shell", "Choose the file…"))
        self._choose.setToolTip(self._choose.text())
        for part, text in (
            (self.buttons["use"], tr("shell", "Use this server")),
            (self.buttons["add"], tr("shell", "Add a server")),
            (self.buttons["remove"], tr("shell", "Remove")),
            (self.buttons["signOut"], tr("shell", "Sign out")),
            (self.test, tr("shell", "Test")),
            (self.keep, tr("shell", "Save")),
        ):
            part.setText(text)
            part.setAccessibleName(text)
        if self._profiles:
            self.show_profiles(self._profiles, self._current, signed_in=self._signed_in)


def probe_words(found: Probe) -> tuple[str, str]:
    """What a test found, in the person's language, and its look."""
    texts = {
        "ok": tr("shell", "A Bldr server answers here."),
        "dns": tr("shell", "No server of this name was found. Check the spelling and the network."),
        "refused": tr("shell", "Nothing answers at this address. Is the server running, is the port right?"),
        "timeout": tr("shell", "The server did not answer in time. A firewall may be in the way."),
        "network": tr("shell", "The connection to the server was cut."),
        "tls": tr("shell", "The server's certificate is not trusted."),
        "ca_file": tr("shell", "The company certificate cannot be used."),
        "not_bldr": tr("shell", "Something answers here, but it is not a Bldr server."),
        "too_old": tr("shell", "This Bldr server is of a version that lacks what is needed."),
    }
    said = texts.get(found.code, found.detail)
    if found.ok:
        version = tr("shell", "Version {version}.", version=found.version) if found.version else ""
        return f"{said} {version}".strip(), "ok"
    return f"{said}\n{found.detail}" if found.code in {"tls", "ca_file", "too_old"} else said, "error"
