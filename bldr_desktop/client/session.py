# SPDX-License-Identifier: MIT
"""Who is signed in: tokens, their renewal, their end.

One renewal runs at a time, whoever asks. When the refresh token is refused too, the session is
*over*: callers that were waiting for a token go on waiting until somebody signs in again, so
that nothing typed, sent or streamed is lost (C4).
"""

import asyncio
import base64
import json
import logging
import time
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bldr_desktop.client.api import ApiError, Forbidden, NotOffered, Rejected, Unauthorized
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.auth import LaunchRequest, RefreshRequest, TokenAnswer, ValidateAnswer

if TYPE_CHECKING:
    from bldr_desktop.client.api import Api

_log = logging.getLogger(__name__)
EARLY = 60.0
"""Seconds before its end at which a token is renewed on its own."""


class SessionState(StrEnum):
    """Whether anybody is signed in."""

    SIGNED_OUT = "signed_out"
    SIGNED_IN = "signed_in"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a sign-in gave. ``expires_at`` is unix seconds, None when the token does not say."""

    access: str
    refresh: str | None = None
    expires_at: float | None = None
    role: str | None = None
    user: str | None = None


def tokens_of(answer: TokenAnswer, *, now: float) -> Tokens:
    """Read the end, the role and the name out of the answer, else out of the token's own claims."""
    claims = _claims(answer.access_token)
    expires = now + answer.expires_in if answer.expires_in else claims.get("exp")
    return Tokens(
        access=answer.access_token,
        refresh=answer.refresh_token,
        expires_at=float(expires) if isinstance(expires, int | float) else None,
        role=answer.role or _text(claims.get("role")),
        user=_text(claims.get("name")) or _text(claims.get("sub")),
    )


def _bearer(tokens: Tokens) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens.access}"}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _claims(token: str) -> dict[str, object]:
    """The claims of a JWT, unverified: the server verifies, we only want to know when it ends."""
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (IndexError, ValueError):
        return {}
    return claims if isinstance(claims, dict) else {}


class Session:
    """The tokens of one server."""

    def __init__(self) -> None:
        self.changed: Notice[SessionState] = Notice()
        self.tokens_changed: Notice[Tokens | None] = Notice()
        """New tokens, or None after a sign-out: what a keeper of secrets listens to."""
        self._api: Api | None = None
        self._tokens: Tokens | None = None
        self._state = SessionState.SIGNED_OUT
        self._signed_in = asyncio.Event()
        self._renewing: asyncio.Future[str | None] | None = None

    def attach(self, api: "Api") -> None:
        """The server that tokens are asked from; once, by the composition root."""
        self._api = api

    @property
    def state(self) -> SessionState:
        """Signed in, out, or over."""
        return self._state

    @property
    def user(self) -> str | None:
        """The name the server knows, where it says so."""
        return self._tokens.user if self._tokens else None

    @property
    def role(self) -> str | None:
        """``admin`` or ``user``, where the server says so."""
        return self._tokens.role if self._tokens else None

    async def signed_in(self) -> None:
        """Wait until somebody is."""
        while self._state is not SessionState.SIGNED_IN:
            turned: asyncio.Future[None] = asyncio.get_running_loop().create_future()

            def on_changed(_state: SessionState, turned: asyncio.Future[None] = turned) -> None:
                if not turned.done():
                    turned.set_result(None)

            leave = self.changed.connect(on_changed)
            try:
                await turned
            finally:
                leave()

    def access_token(self) -> str | None:
        """The token to send now."""
        return self._tokens.access if self._tokens and self._state is SessionState.SIGNED_IN else None

    def ends_in(self) -> float | None:
        """Seconds until the token ends (negative: it has), None when unknown."""
        if self._tokens is None or self._tokens.expires_at is None:
            return None
        return self._tokens.expires_at - time.time()

    def adopt(self, tokens: Tokens) -> None:
        """Be signed in with these."""
        self._tokens = tokens
        self._signed_in.set()
        self.tokens_changed.emit(tokens)
        self._become(SessionState.SIGNED_IN)

    async def sign_in(self, user: str, password: str) -> None:
        """Sign in with a password.

        Raises:
            Unauthorized: The server does not take them.
            ApiError: It could not be asked.
        """
        answer = await self._server().request(
            "POST",
            routes.TOKEN,
            data={"grant_type": "password", "username": user, "password": password},
            signed=False,
        )
        tokens = tokens_of(TokenAnswer.model_validate_json(answer.content), now=time.time())
        self.adopt(replace(tokens, user=tokens.user or user))

    async def sign_in_launched(self, launch_token: str) -> None:
        """Exchange the one-time token that the embedded engine was started with."""
        answer = await self._server().request(
            "POST", routes.LAUNCH_TOKEN, json=LaunchRequest(launch_token=launch_token), signed=False
        )
        self.adopt(tokens_of(TokenAnswer.model_validate_json(answer.content), now=time.time()))

    async def resume(self, tokens: Tokens) -> bool:
        """Try kept tokens; True when the server still takes them or renews them.

        Raises:
            Unreachable: It could not be asked; the tokens may still be good.
        """
        try:
            response = await self._server().request(
                "GET", routes.AUTH_VALIDATE, headers=_bearer(tokens), signed=False
            )
            answer = ValidateAnswer.model_validate_json(response.content)
        except Unauthorized:
            answer = ValidateAnswer(valid=False)
        if answer.valid:
            self.adopt(replace(tokens, user=answer.user or tokens.user, role=answer.role or tokens.role))
            return True
        self._tokens = tokens
        await self._renew(failed=SessionState.SIGNED_OUT)
        return self._state is SessionState.SIGNED_IN

    async def renewed(self, stale: str | None) -> str | None:
        """A token newer than ``stale``, waiting for a new sign-in when the session is over."""
        current = self.access_token()
        if current is not None and current != stale:
            return current
        if self._state is SessionState.SIGNED_OUT:
            return None
        if self._renewing is None:
            self._renewing = asyncio.get_running_loop().create_future()
            try:
                await self._renew()
            finally:
                self._renewing.set_result(None)
                self._renewing = None
        else:
            await asyncio.shield(self._renewing)
        await self._signed_in.wait()
        return self.access_token()

    async def _renew(self, failed: SessionState = SessionState.OVER) -> None:
        tokens = self._tokens
        if tokens is None or tokens.refresh is None:
            self._forget(failed)
            return
        try:
            answer = await self._server().post(
                routes.TOKEN_REFRESH,
                TokenAnswer,
                json=RefreshRequest(refresh_token=tokens.refresh),
                signed=False,
            )
        except (Unauthorized, Rejected, Forbidden, NotOffered):
            self._forget(failed)
            return
        fresh = tokens_of(answer, now=time.time())
        self.adopt(replace(fresh, refresh=fresh.refresh or tokens.refresh, user=fresh.user or tokens.user))

    async def keep_fresh(self) -> None:
        """Renew ahead of the end, for ever; cancel to stop."""
        while True:
            left = self.ends_in()
            if self._state is not SessionState.SIGNED_IN or left is None or self._tokens is None:
                await asyncio.sleep(5.0)
            elif left > EARLY:
                await asyncio.sleep(min(left - EARLY, 30.0))
            else:
                await self._renew_or_wait()

    async def _renew_or_wait(self) -> None:
        try:
            if self._tokens is not None and self._tokens.refresh is not None:
                await self.renewed(self.access_token())
        except ApiError as error:
            _log.info("the token could not be renewed yet: %s", error.sentence)
        await asyncio.sleep(5.0)

    async def sign_out(self) -> None:
        """Tell the server, as far as it listens, and forget."""
        if self._tokens is not None:
            try:
                await self._server().request(
                    "POST", routes.LOGOUT, headers=_bearer(self._tokens), signed=False, timeout=3.0
                )
            except ApiError as error:
                _log.info("the server was not told of the sign-out: %s", error.sentence)
        self._forget(SessionState.SIGNED_OUT)

    def forget(self) -> None:
        """Be signed out here without telling the server (another server is used from now on)."""
        self._forget(SessionState.SIGNED_OUT)

    def end(self) -> None:
        """The server closed the session (a WebSocket's 1008): ask for a new sign-in."""
        if self._state is SessionState.SIGNED_IN:
            self._forget(SessionState.OVER)

    def _forget(self, state: SessionState) -> None:
        self._tokens = None
        if state is SessionState.OVER:
            self._signed_in.clear()
        else:
            self._signed_in.set()  # whoever waits for a token learns that there is none
        self.tokens_changed.emit(None)
        self._become(state)

    def _become(self, state: SessionState) -> None:
        if state is not self._state:
            self._state = state
            self.changed.emit(state)

    def _server(self) -> "Api":
        if self._api is None:
            raise RuntimeError("Session.attach was not called")
        return self._api
