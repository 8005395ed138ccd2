# SPDX-License-Identifier: MIT
"""The pages of simple settings: appearance, uploads, this computer."""

from bldr_desktop.services.settings import Settings
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.settings.rows import SettingsPage
from bldr_desktop.ui.theme.theme import Theme


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


def computer(theme: Theme, settings: Settings, *, tray: bool) -> SettingsPage:
    """Notifications and what the desktop does for us; no row for what this system has not."""
    page = SettingsPage(theme, settings, "computer", lambda: tr("shell", "Notifications"))
    page.flag("notifications.enabled", lambda: tr("shell", "Tell me when a training has ended"))
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
