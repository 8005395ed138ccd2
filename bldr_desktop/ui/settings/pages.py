# SPDX-License-Identifier: MIT
"""The pages of simple settings: appearance, uploads, this computer."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from bldr_desktop.services.settings import Settings
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.settings.rows import SettingsPage
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.widgets.basics import label

if TYPE_CHECKING:
    from bldr_desktop.services.autostart import Autostart


def appearance(theme: Theme, settings: Settings) -> SettingsPage:
    """Colours, language, motion."""
    page = SettingsPage(theme, settings, "appearance", lambda: tr("shell", "Appearance"))
    page.choice(
        "appearance.theme",
        lambda: tr("shell", "Colours"),
        lambda: {
            "system": tr("shell", "As the system"),
            "light": tr("shell", "Light"),
            "dark": tr("shell", "Dark"),
        },
    )
    page.choice(
        "appearance.language",
        lambda: tr("shell", "Language"),
        lambda: {"system": tr("shell", "As the system"), "en": "English", "ru": "Русский"},
    )
    page.flag("appearance.reduced_motion", lambda: tr("shell", "Less motion"))
    page.retranslate()
    return page


def uploads(theme: Theme, settings: Settings) -> SettingsPage:
    """How files are sent."""
    page = SettingsPage(theme, settings, "uploads", lambda: tr("shell", "Uploads"))
    page.number("uploads.parallel", lambda: tr("shell", "Files at the same time"), most=16)
    page.number(
        "uploads.speed_limit_kib",
        lambda: tr("shell", "Speed limit, KiB/s"),
        most=1_000_000,
        step=256,
        none=lambda: tr("shell", "No limit"),
    )
    page.hint(lambda: tr("shell", "Both take effect at once, also for what is being sent."))
    page.retranslate()
    return page


def computer(theme: Theme, settings: Settings, autostart: "Autostart", *, tray: bool) -> SettingsPage:
    """Notifications and what the desktop does for us; no row for what this system has not."""
    page = SettingsPage(theme, settings, "computer", lambda: tr("shell", "Notifications and start"))
    page.flag("notifications.enabled", lambda: tr("shell", "Tell me when a training has ended"))
    _start_row(page, autostart)
    page.flag("desktop.keep_awake", lambda: tr("shell", "Keep the computer awake while training"))
    if tray:
        page.flag(
            "desktop.close_to_tray", lambda: tr("shell", "Closing the window keeps it running in the tray")
        )
    page.flag(
        "secrets.allow_file",
        lambda: tr("shell", "Without a keyring, keep sign-ins in a file"),
        lambda: tr("shell", "The file can be read by you alone, but it is not encrypted."),
    )
    page.retranslate()
    return page


def _start_row(page: SettingsPage, autostart: "Autostart") -> None:
    """Not a setting of ours: the system keeps it, and may have been told otherwise meanwhile."""
    box = QCheckBox()
    box.setObjectName("settings.desktop.autostart")
    box.setChecked(autostart.is_on())
    page.say(box, lambda: tr("shell", "Start when I sign in to this computer"))
    page.form.addRow(box)
    trouble = label(look="error", wrap=True)
    trouble.hide()
    page.form.addRow(trouble)

    def on_toggled(on: bool) -> None:
        try:
            autostart.switch(on)
        except OSError as error:
            trouble.setText(tr("shell", "The system does not let us change this: {why}", why=error.strerror))
        really = autostart.is_on()
        trouble.setVisible(really is not on)
        box.blockSignals(True)
        box.setChecked(really)
        box.blockSignals(False)

    box.toggled.connect(on_toggled)
