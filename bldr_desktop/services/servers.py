# SPDX-License-Identifier: MIT
"""The server in use: signing in and out, keeping and forgetting its tokens, what it offers."""

import json
import logging
from dataclasses import asdict

from bldr_desktop.client.api import Api, ApiError, NotOffered
from bldr_desktop.client.engine_process import EngineProcess
from bldr_desktop.client.secrets import Secrets
from bldr_desktop.client.session import Session, SessionState, Tokens
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.services.profiles import Profile, described

_log = logging.getLogger(__name__)


class ServerService:
    """The server in use: its sign-in, and what it offers.

    Args:
        profile: Which one; changing it means new objects (``app.lifecycle.Desktop.use_server``).
        api: Points there.
        session: Its tokens.
        secrets: Where they are kept between starts, if the person wants it.
        engine: The embedded engine when that is the one.
    """

    def __init__(
        self, profile: Profile, api: Api, session: Session, secrets: Secrets, engine: EngineProcess | None
    ) -> None:
        self.offers_changed: Notice[frozenset[str]] = Notice()
        self.current = profile
        self.remember = False
        """Whether tokens are kept beyond this session."""
        self.offers: frozenset[str] = frozenset()
        """Paths the server describes; empty while not known."""
        self.tried = False
        """Whether kept tokens were looked for: from then on a missing sign-in is the person's turn."""
        self.secrets = secrets
        self._api, self._session, self._engine = api, session, engine
        self._scope = TaskScope("server")
        self._leave = [
            session.tokens_changed.connect(self._on_tokens),
            session.changed.connect(self._on_session),
        ]

    def start(self) -> None:
        """Start the engine, or try the kept sign-in."""
        if self._engine is not None:
            self._engine.start()
        else:
            self._scope.spawn("resume", self._resume())

    async def aclose(self) -> None:
        """Stop; tokens that are just being kept are waited for."""
        for leave in self._leave:
            leave()
        await self._scope.close(deadline=4.0)

    def offered(self, route: str) -> bool:
        """Whether the server has this call; unknown counts as yes, the call itself will tell."""
        return not self.offers or route in self.offers

    async def sign_in(self, user: str, password: str, *, remember: bool) -> None:
        """Sign in to the server in use.

        Raises:
            ApiError: It did not work; its sentence says why.
        """
        self.remember = remember
        await self._session.sign_in(user, password)

    async def sign_out(self) -> None:
        """Sign out there and forget here."""
        await self._session.sign_out()
        await self.secrets.forget(_name(self.current))

    async def _resume(self) -> None:
        try:
            kept = await self.secrets.get(_name(self.current))
            if kept:
                self.remember = True
                await self._session.resume(Tokens(**json.loads(kept)))
        except (ValueError, TypeError):
            await self.secrets.forget(_name(self.current))
        except ApiError as error:
            _log.info("the kept sign-in could not be tried: %s", error.sentence)
        finally:
            self.tried = True
            if self._session.state is SessionState.SIGNED_OUT:
                self._session.changed.emit(SessionState.SIGNED_OUT)

    def _on_tokens(self, tokens: Tokens | None) -> None:
        if tokens is not None and self.remember and self._engine is None:
            self._scope.spawn("keep", self.secrets.keep(_name(self.current), json.dumps(asdict(tokens))))

    def _on_session(self, state: SessionState) -> None:
        if state is SessionState.SIGNED_IN:
            self._scope.spawn("describe", self._describe())

    async def _describe(self) -> None:
        try:
            self.offers = described(await self._api.get(routes.OPENAPI))[0]
        except NotOffered:
            self.offers = frozenset()
        except ApiError as error:
            _log.info("the server's description could not be read: %s", error.sentence)
            return
        self.offers_changed.emit(self.offers)


def _name(profile: Profile) -> str:
    return f"tokens:{profile.id}:{profile.url}"
