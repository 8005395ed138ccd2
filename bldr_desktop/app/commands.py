# SPDX-License-Identifier: MIT
"""Gives the window's actions what they do."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QWidget

from bldr_desktop.services.updates import Update
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.settings.controller import SettingsController, SettingsServices
from bldr_desktop.ui.sign_in_controller import SignInController
from bldr_desktop.ui.theme.theme import ThemeChoice
from bldr_desktop.ui.window_controller import WindowController

if TYPE_CHECKING:
    from bldr_desktop.app.lifecycle import Desktop
    from bldr_desktop.services.local_services import LocalServices
    from bldr_desktop.services.models import ModelsService


def dress(desktop: "Desktop") -> None:
    """The window's own controllers for a container: status line, sign-in sheet, settings."""
    container, window = desktop.container, desktop.window
    settings = SettingsController(container.theme, _settings_services(desktop), window)
    sheet = None
    if not container.profile.is_embedded:  # the embedded engine signs itself in
        from bldr_desktop.ui.sign_in import SignInSheet

        sheet = SignInSheet(container.theme, window)
    sign_in = SignInController(sheet, container.servers, container.session, lambda: settings.open("servers"))
    line = WindowController(window, container.connection, container.queue, container.runs, sign_in.open)
    desktop.window_controller = line
    container.controllers.update(settings=settings, sign_in=sign_in)
    container.on_close += [line.aclose, sign_in.aclose, settings.aclose]


def _settings_services(desktop: "Desktop") -> SettingsServices:
    from bldr_desktop.services.autostart import system_autostart

    container = desktop.container
    return SettingsServices(
        settings=container.settings,
        profiles=container.profiles,
        servers=container.servers,
        session=container.session,
        make_models=partial(_models, desktop),
        make_local=partial(_local_services, desktop),
        use=desktop.use_server,
        copy_diagnostics=partial(copy_diagnostics, desktop),
        folders={"data": container.data_dir, "config": container.config_dir, "logs": container.log_dir},
        versions=_versions,
        updates=container.updates,
        autostart=system_autostart(),
    )


def show_tour(desktop: "Desktop") -> None:
    """The four cards over the window; seen or skipped they do not come by themselves again."""
    from bldr_desktop.ui.tour import Tour

    window, settings = desktop.window, desktop.container.settings
    if window.findChild(Tour) is not None:
        return
    made = Tour(window.theme, window, lambda name: window.findChild(QWidget, name))
    made.ended.connect(lambda: settings.set("tour.done", True))


def _say_update(desktop: "Desktop", found: Update) -> None:
    """A newer version: once a run, with the way to its page."""
    from bldr_desktop.ui.settings.controller import open_page

    if found.code != "newer" or found.version == desktop.told_version:
        return
    desktop.told_version = found.version
    opens = partial(open_page, found.page) if found.page else None
    said = tr("shell", "Version {version} is there.", version=found.version)
    desktop.window.toast(said, opens, kind="info", action=tr("shell", "Open its page"))


def _local_services(desktop: "Desktop") -> "LocalServices":
    from bldr_desktop.services.local_services import LocalServices

    return LocalServices(desktop.container.api, desktop.container.data_dir / "office")


def _models(desktop: "Desktop") -> "ModelsService":
    from bldr_desktop.services.models import ModelsService

    return ModelsService(desktop.container.api)


def _versions() -> dict[str, str]:
    from bldr_desktop.app.diagnostics import versions

    return versions()


def copy_diagnostics(desktop: "Desktop") -> None:
    """Put the diagnostics on the clipboard and say so."""
    from bldr_desktop.app.diagnostics import diagnostics

    QGuiApplication.clipboard().setText(diagnostics(desktop.container))
    desktop.window.toast(tr("shell", "Diagnostics are on the clipboard, without secrets."))


def show_trouble(desktop: "Desktop", summary: str) -> None:
    """Something escaped: a sentence, the next steps; the log has the rest. Never blocks."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(desktop.window)
    box.setObjectName("trouble")
    box.setAccessibleName(tr("shell", "Something went wrong"))
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(tr("shell", "Something went wrong"))
    box.setInformativeText(
        tr(
            "shell",
            "Your work is safe and the application goes on. What happened: {what}",
            what=summary[:300],
        )
    )
    role = QMessageBox.ButtonRole.ActionRole
    copy = box.addButton(tr("shell", "Copy diagnostics"), role)
    logs = box.addButton(tr("shell", "Open log folder"), role)
    box.addButton(QMessageBox.StandardButton.Close)
    copy.clicked.connect(partial(copy_diagnostics, desktop))
    logs.clicked.connect(partial(_open_logs, desktop))
    box.finished.connect(box.deleteLater)
    box.open()


def _open_logs(desktop: "Desktop") -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(desktop.container.log_dir)))


def connect_commands(desktop: "Desktop") -> None:
    """Connect everything that needs the container."""
    container, window = desktop.container, desktop.window
    actions = window.actions_by_name
    for choice in ThemeChoice:
        actions.connect(f"theme.{choice}", partial(choose_theme, desktop, choice))
    for code in ("en", "ru"):
        actions.connect(f"language.{code}", partial(choose_language, desktop, code))
    settings = container.controllers["settings"]
    assert isinstance(settings, SettingsController)
    actions.connect("palette", partial(_open_palette, desktop))
    actions.connect("help", partial(_show_help, desktop))
    actions.connect("tour", partial(show_tour, desktop))
    container.on_close.append(_leaver(container.updates.changed.connect(partial(_say_update, desktop))))
    actions.connect("files.add", partial(_press, desktop, "files.addFiles"))
    actions.connect("files.add_folder", partial(_press, desktop, "files.addFolder"))
    actions.connect("quit", desktop.leave)
    actions.connect("settings", settings.open)
    actions.connect("about", lambda: settings.open("about"))
    actions.connect("diagnostics", partial(copy_diagnostics, desktop))
    container.on_close.append(_leaver(container.settings.changed.connect(partial(_on_setting, desktop))))
    actions.connect("logs", partial(_open_logs, desktop))
    window.refreshed.connect(lambda name: _refresh(container.controllers.get(name)))
    actions.check("theme", container.theme.choice)
    actions.check("language", container.language.code)


def _open_palette(desktop: "Desktop") -> None:
    """One palette, made when it is first asked for."""
    from bldr_desktop.ui.command_palette import CommandPalette

    window = desktop.window
    palette = window.findChild(CommandPalette)
    if palette is None:
        palette = CommandPalette(window)
        palette.chosen.connect(lambda action: action.trigger())
    palette.open(list(window.actions_by_name.by_name.values()))


def _press(desktop: "Desktop", name: str) -> None:
    """Press a button of the Files panel, from the menu."""
    desktop.window.go("files")
    button = desktop.find(name)
    if isinstance(button, QAbstractButton):
        button.click()


def _show_help(desktop: "Desktop") -> None:
    """One help window, made when it is first asked for."""
    from bldr_desktop.ui.help import HelpWindow

    window = desktop.window.findChild(HelpWindow)
    if window is None:
        actions = list(desktop.window.actions_by_name.by_name.values())
        window = HelpWindow(desktop.container.theme, actions, desktop.window)
    window.show()
    window.raise_()
    window.activateWindow()


def _refresh(controller: object) -> None:
    """F5: a controller that can read again has ``refresh``."""
    refresh = getattr(controller, "refresh", None)
    if callable(refresh):
        refresh()


def _leaver(leave: Callable[[], None]) -> Callable[[], Awaitable[None]]:
    async def end() -> None:
        leave()

    return end


def choose_theme(desktop: "Desktop", choice: ThemeChoice) -> None:
    """Other colours, now and next time."""
    desktop.container.settings.set("appearance.theme", str(choice))


def choose_language(desktop: "Desktop", code: str) -> None:
    """Another language, now and next time."""
    desktop.container.settings.set("appearance.language", code)


def _on_setting(desktop: "Desktop", key: str) -> None:
    """A setting changed, wherever: let it take effect."""
    container, actions = desktop.container, desktop.window.actions_by_name
    if key == "appearance.theme":
        choice = ThemeChoice(container.settings.text(key))
        container.theme.choose(choice)
        actions.check("theme", choice)
    elif key == "appearance.language":
        container.language.choose(container.settings.text(key))
        actions.check("language", container.language.code)
        desktop.window_controller.retranslate()
    elif key == "appearance.reduced_motion":
        container.theme.reduced_motion = container.settings.flag(key)
    elif key == "secrets.allow_file":
        container.secrets.allow_file(container.settings.flag(key))
