# SPDX-License-Identifier: MIT
"""Sign-in: passwords, access tokens, refresh tokens that rotate, the desktop's launch token."""

import asyncio
import hashlib
import hmac
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bldr_desktop.common.observe import Notice
from bldr_desktop.engine.ports.users import RefreshToken, User, UserStore
from bldr_desktop.engine.services import tokens
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.throttle import Throttle
from bldr_desktop.protocol.auth import Role, TokenAnswer
from bldr_desktop.protocol.base import rfc3339
from bldr_desktop.protocol.errors import ErrorCode

LOCAL_USER = "local"
"""Whom a desktop that started the engine itself is signed in as."""

_log = logging.getLogger(__name__)
_ISSUER = "bldr-engine"
_AUDIENCE = "bldr-api"
_CLAIMS = frozenset({"exp", "iat", "sub", "iss", "aud", "jti"})
_CHALLENGE = {"WWW-Authenticate": "Bearer"}
_TRUST_SECONDS = 2.0
_SIGN_IN_REFUSED = "The user name or the password is wrong."
_TOKEN_REFUSED = "The sign-in is missing or no longer valid. Sign in again."  # noqa: S105 - a sentence


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is calling. ``session`` is one sign-in; ``expires`` unix seconds."""

    name: str
    role: Role
    session: str
    expires: float

    @property
    def is_admin(self) -> bool:
        """True for role admin."""
        return self.role == "admin"


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """A sign-in ended before its time; ``session`` None means all of the user's."""

    user: str
    session: str | None


class AuthService:
    """Everything about tokens. All methods are coroutines of one event loop.

    Args:
        users: Where users are kept.
        secret: The key that signs access tokens, 32 bytes or more.
        access_seconds: Life of an access token.
        refresh_seconds: Life of a refresh token.
        attempts_per_minute: Wrong passwords allowed from one address.
        launch_token: What the desktop handed over by pipe; good for one exchange.
        clock: Unix seconds.
    """

    def __init__(
        self,
        users: UserStore,
        secret: bytes,
        *,
        access_seconds: float = 1800.0,
        refresh_seconds: float = 30 * 86400.0,
        attempts_per_minute: int = 10,
        launch_token: str | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._users = users
        self._secret = secret
        self._access_seconds = access_seconds
        self._refresh_seconds = refresh_seconds
        self._launch_token = launch_token or None
        self._clock = clock
        self._throttle = Throttle(attempts_per_minute, 60.0)
        self._trusted: dict[str, tuple[float, Principal]] = {}
        self._hashing = asyncio.Semaphore(2)
        self.session_ended: Notice[SessionEnded] = Notice()

    async def sign_in(self, name: str, password: str, address: str) -> TokenAnswer:
        """Exchange a password for tokens.

        Raises:
            EngineError: 401 for a wrong name or password, 429 after too many of them.
        """
        wait = self._throttle.wait(address)
        if wait > 0:
            await self._audit("sign_in", "throttled", name, address)
            raise EngineError(
                429,
                ErrorCode.RATE_LIMITED,
                "Too many failed sign-ins. Wait a minute and try again.",
                headers={"Retry-After": str(int(wait) + 1)},
            )
        user = await asyncio.to_thread(self._users.get, name)
        async with self._hashing:
            good = await asyncio.to_thread(_password_matches, user, password)
        if user is None or not good or user.disabled:
            self._throttle.count(address)
            _log.warning("sign-in refused for %r from %s", name, address)
            await self._audit("sign_in", "refused", name, address)
            raise EngineError(401, ErrorCode.UNAUTHORIZED, _SIGN_IN_REFUSED, headers=_CHALLENGE)
        self._throttle.forget(address)
        await self._audit("sign_in", "ok", name, address)
        return await self._open_session(user)

    async def launch(self, token: str, address: str) -> TokenAnswer:
        """Exchange the one-time launch token for an admin session of the local user.

        Raises:
            EngineError: 401; the same whether it was wrong, used, or never given.
        """
        expected, good = self._launch_token, False
        if expected is not None:
            good = hmac.compare_digest(expected.encode(), token.encode())
        if not good:
            self._throttle.count(address)
            await self._audit("launch", "refused", None, address)
            raise EngineError(
                401, ErrorCode.UNAUTHORIZED, "The launch token is not valid.", headers=_CHALLENGE
            )
        self._launch_token = None
        user = await asyncio.to_thread(self._local_user)
        await self._audit("launch", "ok", user.name, address)
        return await self._open_session(user)

    async def refresh(self, token: str) -> TokenAnswer:
        """Exchange a refresh token for new tokens; the old one is spent.

        A spent one that comes back was stolen, or its thief was first: the whole sign-in ends.

        Raises:
            EngineError: 401.
        """
        now = datetime.fromtimestamp(self._clock(), UTC)
        known = await asyncio.to_thread(self._users.use_refresh, _digest(token), rfc3339(now))
        if known is not None and known.used_at is not None:
            _log.warning("a spent refresh token of %r came back: its session is ended", known.user_name)
            await self._audit("refresh", "reused", known.user_name)
            await self._end(known.user_name, known.family)
            known = None
        user = await asyncio.to_thread(self._users.get, known.user_name) if known is not None else None
        if known is None or user is None or user.disabled or known.expires_at <= rfc3339(now):
            raise EngineError(401, ErrorCode.UNAUTHORIZED, _TOKEN_REFUSED, headers=_CHALLENGE)
        return await self._issue(user, known.family)

    def find(self, name: str) -> Principal | None:
        """A user without a sign-in of their own, for work done in their name; None if gone or disabled."""
        user = self._users.get(name)
        if user is None or user.disabled:
            return None
        return Principal(user.name, user.role, session="", expires=0.0)

    async def logout(self, principal: Principal) -> None:
        """End one sign-in: its tokens are void, its sockets close."""
        await self._audit("logout", "ok", principal.name)
        await self._end(principal.name, principal.session)

    async def verify(self, token: str | None) -> Principal:
        """Who an access token belongs to.

        Raises:
            EngineError: 401, always with the same sentence.
        """
        now = self._clock()
        known = self._trusted.get(token) if token else None
        if known is not None and known[0] > now and known[1].expires > now:
            return known[1]
        principal = await asyncio.to_thread(self._check, token) if token else None
        if principal is None or token is None:
            raise EngineError(401, ErrorCode.UNAUTHORIZED, _TOKEN_REFUSED, headers=_CHALLENGE)
        if len(self._trusted) > 1000:
            self._trusted.clear()
        self._trusted[token] = (now + _TRUST_SECONDS, principal)
        return principal

    def _check(self, token: str) -> Principal | None:
        claims = self._decode(token)
        if claims is None:
            return None
        user = self._users.get(str(claims["sub"]))
        session = str(claims.get("sid", ""))
        if user is None or user.disabled or claims.get("tv") != user.token_version:
            return None
        if not session or not self._users.has_family(session):
            return None
        return Principal(user.name, user.role, session, float(claims["exp"]))

    def _decode(self, token: str) -> dict[str, Any] | None:
        claims = tokens.decode(token, self._secret)
        if claims is None or not claims.keys() >= _CLAIMS:
            return None
        if (claims["iss"], claims["aud"], claims.get("typ")) != (_ISSUER, _AUDIENCE, "access"):
            return None
        if isinstance(claims["exp"], bool) or not isinstance(claims["exp"], int | float):
            return None
        return claims if claims["exp"] > self._clock() else None

    async def _open_session(self, user: User) -> TokenAnswer:
        return await self._issue(user, secrets.token_hex(16))

    async def _issue(self, user: User, session: str) -> TokenAnswer:
        refresh = secrets.token_urlsafe(32)
        expires = datetime.fromtimestamp(self._clock(), UTC) + timedelta(seconds=self._refresh_seconds)
        await asyncio.to_thread(
            self._users.put_refresh, RefreshToken(_digest(refresh), session, user.name, rfc3339(expires))
        )
        return TokenAnswer(
            access_token=self._sign(user, session),
            refresh_token=refresh,
            expires_in=int(self._access_seconds),
            role=user.role,
        )

    def _sign(self, user: User, session: str) -> str:
        now = self._clock()
        claims = {
            "sub": user.name,
            "role": user.role,
            "iat": int(now),
            "exp": int(now + self._access_seconds),
            "iss": _ISSUER,
            "aud": _AUDIENCE,
            "typ": "access",
            "jti": secrets.token_hex(8),
            "sid": session,
            "tv": user.token_version,
        }
        return tokens.encode(claims, self._secret)

    async def _end(self, user: str, session: str) -> None:
        await asyncio.to_thread(self._users.drop_family, session)
        self._trusted.clear()
        self.session_ended.emit(SessionEnded(user, session))

    def _local_user(self) -> User:
        user = self._users.get(LOCAL_USER) or self._users.add(LOCAL_USER, "admin", None)
        if user is None:
            user = self._users.get(LOCAL_USER)
        if user is None or user.disabled:
            raise EngineError(401, ErrorCode.UNAUTHORIZED, "The local user is disabled.", headers=_CHALLENGE)
        return user

    async def _audit(
        self, action: str, outcome: str, actor: str | None = None, address: str | None = None
    ) -> None:
        details = {"address": address} if address else {}
        await asyncio.to_thread(self._users.audit, action, outcome, actor, details)


def hash_password(password: str) -> str:
    """The argon2id hash of a password (19 MiB, 2 passes: the OWASP baseline)."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1).hash(password)


_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$ZsEMKvLRgS4NpYovVU5eag$k73CL0nDvu2h9/m+RCESIg9WC1m2BaU/fYV6SAQb+6k"
"""The hash of no one's password: an unknown name takes as long as a wrong password."""


def _password_matches(user: User | None, password: str) -> bool:
    """Takes the same time whether the user exists or not."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    known = user.password_hash if user is not None else None
    try:
        PasswordHasher().verify(known or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return known is not None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
