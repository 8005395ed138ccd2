# SPDX-License-Identifier: MIT
"""Between the settings window and what it changes."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from bldr_desktop.client.session import Session, SessionState
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.services.profiles import BadAddress, Profile, Profiles, clean_address, probe
from bldr_desktop.services.servers import ServerService
from bldr_desktop.services.settings import Settings
from bldr_desktop.services.updates import Updates
from bldr_desktop.ui.qt.glue import pick_files
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme

if TYPE_CHECKING:
    from bldr_desktop.services.autostart import Autostart
    from bldr_desktop.services.local_services import LocalServices
    from bldr_desktop.services.models import ModelsService
    from bldr_desktop.ui.settings.more_pages import AboutPage
    from bldr_desktop.ui.settings.servers import ServersPage
    from bldr_desktop.ui.settings.services_page import ServicesPage
    from bldr_desktop.ui.settings.window import SettingsWindow

_LOOK_SECONDS = 3.0


@dataclass(frozen=True)
class SettingsServices:
    """What the settings change. ``use`` switches the server; it may raise ``OSError`` for a CA file."""

    settings: Settings
    profiles: Profiles
    servers: ServerService
    session: Session
    make_models: "Callable[[], ModelsService]"
    make_local: "Callable[[], LocalServices]"
    use: Callable[[Profile], Awaitable[None]]
    copy_diagnostics: Callable[[], None]
    folders: dict[str, Path]
    versions: Callable[[], dict[str, str]]
    updates: Updates
    autostart: "Autostart"


class SettingsController:
    """Builds the window when it is first asked for."""

    def __init__(self, theme: Theme, services: SettingsServices, parent: QWidget) -> None:
        self._theme, self._services, self._parent = theme, services, parent
        self._scope = TaskScope("settings")
        self._leave: list[Callable[[], None]] = []
        self.window: SettingsWindow | None = None
        self._watching: asyncio.Task[None] | None = None
        self._models: ModelsService
        self._servers: ServersPage

    async def aclose(self) -> None:
        """Stop; the window goes."""
        for leave in self._leave:
            leave()
        await self._scope.close()
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None

    def open(self, page: str = "") -> None:
        """Show the window, at a page when one is named."""
        if self.window is None:
            self.window = self._build()
        self._scope.spawn("models", self._models.read())
        self.window.open(page)

    def _build(self) -> "SettingsWindow":
        from bldr_desktop.ui.settings import pages
        from bldr_desktop.ui.settings.more_pages import AboutPage, DataPage, ModelsPage
        from bldr_desktop.ui.settings.servers import ServersPage
        from bldr_desktop.ui.settings.services_page import ServicesPage
        from bldr_desktop.ui.settings.window import SettingsWindow

        services, theme = self._services, self._theme
        self._models = provider = services.make_models()
        self._servers = servers = ServersPage(theme, services.settings)
        models = ModelsPage(theme, services.settings)
        running = ServicesPage(theme, services.settings)
        data = DataPage(theme, services.settings, services.folders)
        about = AboutPage(theme, services.settings, services.versions())
        made = SettingsWindow(
            theme,
            {
                "servers": servers,
                "appearance": pages.appearance(theme, services.settings),
                "uploads": pages.uploads(theme, services.settings),
                "models": models,
                "computer": pages.computer(
                    theme,
                    services.settings,
                    services.autostart,
                    tray=QSystemTrayIcon.isSystemTrayAvailable(),
                ),
                "services": running,
                "data": data,
                "about": about,
            },
            self._parent,
        )
        self._connect_servers(servers)
        models.kept.connect(lambda *typed: self._scope.spawn("provider", provider.keep(*typed)))
        data.folder_opened.connect(open_folder)
        self._leave = [
            services.profiles.changed.connect(lambda _none: self._show_profiles()),
            services.session.changed.connect(lambda _state: self._show_profiles()),
            provider.changed.connect(models.show_state),
        ]
        self._connect_about(about)
        self._connect_local(running)
        self._show_profiles()
        models.show_state(provider.state)
        return made

    def _connect_servers(self, page: "ServersPage") -> None:
        services = self._services
        page.use_asked.connect(self._on_use)
        page.test_asked.connect(self._on_test)
        page.saved.connect(self._on_saved)
        page.ca_asked.connect(lambda: self._scope.spawn("pick_ca", self._pick_ca()))
        page.removed.connect(services.profiles.remove)
        page.sign_out_asked.connect(lambda: self._scope.spawn("sign_out", services.servers.sign_out()))

    def _connect_about(self, page: "AboutPage") -> None:
        services = self._services
        page.logs_asked.connect(lambda: open_folder(str(services.folders["logs"])))
        page.diagnostics_asked.connect(services.copy_diagnostics)
        page.look_asked.connect(lambda: self._on_look(page))
        page.page_asked.connect(open_page)
        self._leave.append(services.updates.changed.connect(page.show_update))

    def _connect_local(self, page: "ServicesPage") -> None:
        local = self._services.make_local()
        page.start_asked.connect(lambda profile: self._scope.spawn("start", local.start(profile)))
        page.stop_asked.connect(lambda: self._scope.spawn("stop", local.stop()))
        page.watched.connect(lambda on: self._watch(local, on))
        self._leave.append(local.changed.connect(page.show_state))
        page.show_state(local.state)

    def _watch(self, local: "LocalServices", on: bool) -> None:
        """Look every few seconds for as long as the page is seen."""
        if self._watching is not None:
            self._watching.cancel()
            self._watching = None
        if on:
            self._watching = self._scope.spawn("look at services", _look_again_and_again(local))

    def _on_look(self, page: "AboutPage") -> None:
        page.show_update(None)
        self._scope.spawn("look", self._services.updates.look_now())

    def _show_profiles(self) -> None:
        services = self._services
        signed_in = services.session.state is SessionState.SIGNED_IN
        self._servers.show_profiles(services.profiles.all(), services.servers.current.id, signed_in=signed_in)

    def _on_use(self, profile_id: str) -> None:
        found = [row for row in self._services.profiles.all() if row.id == profile_id]
        if found:
            self._scope.spawn("use", self._use(found[0]))

    async def _use(self, profile: Profile) -> None:
        try:
            await self._services.use(profile)
        except OSError as error:
            self._servers.say_result(
                tr("shell", "The company certificate cannot be used.") + f"\n{error}", "error"
            )

    def _on_test(self, profile: Profile) -> None:
        self._scope.spawn("test", self._test(profile))

    async def _test(self, profile: Profile) -> None:
        page = self._servers
        try:
            address = clean_address(profile.url)
        except BadAddress:
            page.say_result(address_words(), "error")
            return
        page.say_result(tr("shell", "Asking the server…"), "muted")
        from bldr_desktop.ui.settings.servers import probe_words

        found = await probe(Profile(**{**_fields(profile), "url": address}))
        page.say_result(*probe_words(found))

    async def _pick_ca(self) -> None:
        title, page = tr("shell", "Company certificate (file)"), self._servers
        chosen = await pick_files(page, title, "*.pem *.crt *.cer")
        if chosen:
            page.fields["ca_file"].setText(str(chosen[0]))

    def _on_saved(self, profile: Profile) -> None:
        try:
            self._services.profiles.save(profile)
        except BadAddress:
            self._servers.say_result(address_words(), "error")
        else:
            self._servers.say_result(tr("shell", "Saved."), "ok")


async def _look_again_and_again(local: "LocalServices") -> None:
    while True:
        await local.look()
        await asyncio.sleep(_LOOK_SECONDS)


def _fields(profile: Profile) -> dict[str, str]:
    return {name: getattr(profile, name) for name in Profile.__dataclass_fields__}


def address_words() -> str:
    """What is wrong with an address that cannot be one."""
    return tr("shell", "This is not an address. It looks like https://bldr.example:8000.")


def open_folder(path: str) -> None:
    """Show a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def open_page(address: str) -> None:
    """Show a page of the web in the person's browser, because they asked for it."""
    if address.startswith(("https://", "http://")):
        QDesktopServices.openUrl(QUrl(address))
