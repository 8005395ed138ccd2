# SPDX-License-Identifier: MIT
"""Shows the sign-in sheet when a session is missing or over, and signs in."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from bldr_desktop.client.api import ApiError, Unauthorized
from bldr_desktop.client.secrets import KeptIn
from bldr_desktop.client.session import Session, SessionState
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.services.servers import ServerService
from bldr_desktop.ui.qt.i18n import tr

if TYPE_CHECKING:
    from bldr_desktop.ui.sign_in import SignInSheet


class SignInController:
    """Between session and sheet. The embedded engine signs itself in: no sheet for it.

    Args:
        sheet: The sheet; None for the embedded engine.
        servers: Signs in.
        session: Tells when it is missing or over.
        open_servers: Shows the list of servers.
    """

    def __init__(
        self,
        sheet: "SignInSheet | None",
        servers: ServerService,
        session: Session,
        open_servers: Callable[[], None],
    ) -> None:
        self._sheet, self._servers, self._session = sheet, servers, session
        self._scope = TaskScope("sign_in")
        self._last_user = servers.current.user
        self._leave = [
            session.changed.connect(self._on_session),
            servers.secrets.changed.connect(lambda _where: self._show_if_needed()),
        ]
        if sheet is not None:
            sheet.submitted.connect(self._on_submitted)
            sheet.put_off.connect(sheet.close_sheet)
            sheet.servers_asked.connect(open_servers)
        self._show_if_needed()

    async def aclose(self) -> None:
        """Stop; the sheet goes away."""
        for leave in self._leave:
            leave()
        if self._sheet is not None:
            self._sheet.close_sheet()
            self._sheet.deleteLater()
        await self._scope.close()

    def open(self) -> None:
        """Show it again after *not now*."""
        self._show_if_needed()

    def _on_session(self, state: SessionState) -> None:
        if state is SessionState.SIGNED_IN:
            self._last_user = self._session.user or self._last_user
            if self._sheet is not None:
                self._sheet.close_sheet()
        else:
            self._show_if_needed()

    def _show_if_needed(self) -> None:
        state, profile = self._session.state, self._servers.current
        if self._sheet is None or state is SessionState.SIGNED_IN:
            return
        if state is SessionState.SIGNED_OUT and not self._servers.tried:
            return
        server = profile.url if not profile.name else f"{profile.name} · {profile.url}"
        self._sheet.open(
            server, self._last_user, again=state is SessionState.OVER, note=kept_note(self._servers)
        )

    def _on_submitted(self, user: str, password: str, remember: bool) -> None:
        if self._sheet is not None:
            self._sheet.set_busy(True)
        self._scope.spawn("submit", self._sign_in(user, password, remember))

    async def _sign_in(self, user: str, password: str, remember: bool) -> None:
        try:
            await self._servers.sign_in(user, password, remember=remember)
        except Unauthorized:
            self._fail(tr("shell", "Name or password is wrong."))
        except ApiError as error:
            self._fail(error.sentence)

    def _fail(self, sentence: str) -> None:
        if self._sheet is not None:
            self._sheet.set_busy(False)
            self._sheet.show_error(sentence)


def kept_note(servers: ServerService) -> str:
    """What *stay signed in* means here when there is no keyring; empty when there is one."""
    if servers.secrets.kept_in is KeptIn.MEMORY:
        return tr("shell", "The system's keyring cannot be used: you stay signed in until you quit.")
    if servers.secrets.kept_in is KeptIn.FILE:
        return tr(
            "shell", "The system's keyring cannot be used: the sign-in is kept in a file only you can read."
        )
    return ""
