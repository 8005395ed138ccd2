# SPDX-License-Identifier: MIT
"""The pages that do something: models, data folder, about."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from bldr_desktop.services.models import ModelsState
from bldr_desktop.services.settings import Settings
from bldr_desktop.services.updates import Update
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.settings.rows import Say, SettingsPage
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets.basics import button, hairline, label, set_look


class ModelsPage(SettingsPage):
    """Tells ``kept(address, key, model)``; an empty address looks on this computer."""

    kept = Signal(str, str, str)

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__(theme, settings, "models", lambda: tr("shell", "Models"))
        self.address, self.key, self.model = QLineEdit(), QLineEdit(), QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.hint(
            lambda: tr(
                "shell",
                "LM Studio and Ollama on the engine's computer are found by themselves. Any other "
                "OpenAI-compatible server is connected here. Without a model, answers are passages.",
            )
        )
        rows: tuple[tuple[str, QLineEdit, Say], ...] = (
            ("address", self.address, lambda: tr("shell", "Address")),
            ("key", self.key, lambda: tr("shell", "Key")),
            ("model", self.model, lambda: tr("shell", "Model")),
        )
        for name, field, says in rows:
            field.setObjectName(f"settings.models.{name}")
            field.setMinimumWidth(360)
            field.setAccessibleName(says())
            self.form.addRow(self._label(says, field), field)
        self.save = button(theme, "settings.models.save", look="primary")
        self.save.clicked.connect(
            lambda: self.kept.emit(
                self.address.text().strip(), self.key.text().strip(), self.model.text().strip()
            )
        )
        self.result = label(wrap=True)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self.save)
        row.addWidget(self.result, 1)
        self.body.insertLayout(2, row)
        self.say(self.save, lambda: tr("shell", "Connect"))
        self.retranslate()

    def retranslate(self) -> None:
        """Say all texts again."""
        super().retranslate()
        self.address.setPlaceholderText("http://127.0.0.1:1234/v1")
        self.key.setPlaceholderText(tr("shell", "only where the server wants one"))
        self.model.setPlaceholderText(tr("shell", "empty: the server's first"))
        for field, text in (
            (self.address, tr("shell", "Address")),
            (self.key, tr("shell", "Key")),
            (self.model, tr("shell", "Model")),
        ):
            field.setAccessibleName(text)

    def show_state(self, state: ModelsState) -> None:
        """Show what is connected, and what went wrong."""
        for field, text in ((self.address, state.address), (self.model, state.model)):
            if not field.hasFocus():
                field.setText(text)
        usable = state.note not in {"not_offered", "forbidden"}
        for part in (self.address, self.key, self.model):
            part.setEnabled(usable)
        self.save.setEnabled(usable and not state.busy)
        text, look = models_words(state)
        self.result.setText(text)
        set_look(self.result, "look", look)


def models_words(state: ModelsState) -> tuple[str, str]:
    """What is connected, and the look of the sentence."""
    if state.busy:
        return tr("shell", "Asking the server…"), "muted"
    if state.note:
        known = {
            "not_offered": tr("shell", "Not offered by this server"),
            "forbidden": tr("shell", "Only an administrator can change this."),
        }
        return known.get(state.note, state.note), "muted" if state.note in known else "error"
    models = state.models
    if models is None:
        return "", "muted"
    if models.state == "ready":
        return tr("shell", "Connected: %n model(s).", len(models.models)), "ok"
    if models.state == "unreachable":
        return models.reason or tr("shell", "The model server does not answer."), "error"
    return tr("shell", "No model is connected."), "muted"


class DataPage(SettingsPage):
    """Where everything lies."""

    folder_opened = Signal(str)

    def __init__(self, theme: Theme, settings: Settings, folders: dict[str, Path]) -> None:
        super().__init__(theme, settings, "data", lambda: tr("shell", "Data folder"))
        names: dict[str, Say] = {
            "data": lambda: tr("shell", "Documents and index"),
            "config": lambda: tr("shell", "Settings"),
            "logs": lambda: tr("shell", "Logs"),
        }
        for name, says in names.items():
            place = QLineEdit(str(folders[name]), readOnly=True)
            place.setObjectName(f"settings.data.{name}")
            place.setMinimumWidth(280)
            place.setAccessibleName(says())
            opens = button(theme, f"settings.data.{name}Open", icon="open")
            opens.clicked.connect(
                lambda _checked=False, name=name: self.folder_opened.emit(str(folders[name]))
            )
            self.say(opens, lambda: tr("shell", "Open"))
            row = QHBoxLayout()
            row.setSpacing(Space.S)
            row.addWidget(place, 1)
            row.addWidget(opens)
            self.form.addRow(self._label(says, place), row)
        self.hint(lambda: tr("shell", "Start with --data-dir FOLDER to keep everything elsewhere."))
        self.retranslate()


class AboutPage(SettingsPage):
    """Versions, logs, diagnostics, and whether there is a newer one."""

    logs_asked = Signal()
    diagnostics_asked = Signal()
    look_asked = Signal()
    page_asked = Signal(str)

    def __init__(self, theme: Theme, settings: Settings, versions: dict[str, str]) -> None:
        super().__init__(theme, settings, "about", lambda: tr("shell", "About"))
        for name, version in versions.items():
            self.form.addRow(label(name, look="muted"), label(version))
        self.logs = button(theme, "settings.about.logs", icon="log")
        self.diagnostics = button(theme, "settings.about.diagnostics", icon="copy")
        self.logs.clicked.connect(lambda: self.logs_asked.emit())
        self.diagnostics.clicked.connect(lambda: self.diagnostics_asked.emit())
        self.say(self.logs, lambda: tr("shell", "Open log folder"))
        self.say(self.diagnostics, lambda: tr("shell", "Copy diagnostics"))
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.logs)
        row.addWidget(self.diagnostics)
        row.addStretch(1)
        self.body.insertLayout(2, row)
        self.notes = label(look="warn", wrap=True)
        self.notes.setText("\n".join(settings.notes))
        self.notes.setVisible(bool(settings.notes))
        self.body.insertWidget(3, self.notes)
        self._updates()
        self.retranslate()

    def _updates(self) -> None:
        """Below the versions: where to look for a newer one, and whether to do so by itself."""
        self.form.addRow(hairline())
        self.flag("updates.check", lambda: tr("shell", "Look for a newer version once a day"))
        self.address = self.text(
            "updates.url", lambda: tr("shell", "Where to look"), example="https://bldr.example/latest.json"
        )
        self.hint(
            lambda: tr(
                "shell",
                "Nothing is asked before you turn it on. Only the address is read: nothing about you or your "
                "documents is sent, and nothing is installed by itself.",
            )
        )
        self.look = button(self.theme, "settings.about.look")
        self.page = button(self.theme, "settings.about.page", look="link")
        self.page.hide()
        self.result = label(wrap=True)
        self._page = ""
        self.look.clicked.connect(lambda: self.look_asked.emit())
        self.page.clicked.connect(lambda: self.page_asked.emit(self._page))
        self.address.textChanged.connect(lambda text: self.look.setEnabled(bool(text.strip())))
        self.look.setEnabled(bool(self.address.text()))
        self.say(self.look, lambda: tr("shell", "Look now"))
        self.say(self.page, lambda: tr("shell", "Open its page"))
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self.look)
        row.addWidget(self.result, 1)
        row.addWidget(self.page)
        self.form.addRow(row)

    def show_update(self, found: Update | None) -> None:
        """What the last look came to; None while it is under way."""
        text, look = (tr("shell", "Looking…"), "muted") if found is None else update_words(found)
        self._page = found.page if found is not None and found.code == "newer" else ""
        self.page.setVisible(bool(self._page))
        self.result.setText(text)
        set_look(self.result, "look", look)


def update_words(found: Update) -> tuple[str, str]:
    """What a look for a newer version came to, and the look of the sentence."""
    if found.code == "newer":
        return tr("shell", "Version {version} is there.", version=found.version), "accent"
    if found.code == "current":
        return tr("shell", "This is the newest version."), "ok"
    texts = {
        "address": tr("shell", "This is not an address that can be read."),
        "unreachable": tr("shell", "Nothing answers at this address."),
    }
    return texts.get(found.code, tr("shell", "What answers there does not say a version.")), "error"
