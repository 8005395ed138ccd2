# SPDX-License-Identifier: MIT
"""Users in memory: the twin of the SQL store, for tests and trials."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bldr_desktop.engine.ports.users import RefreshToken, User
from bldr_desktop.protocol.auth import Role
from bldr_desktop.protocol.base import utc_now


class MemoryUsers:
    """A :class:`UserStore` that forgets everything when it goes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users: dict[str, User] = {}
        self._tokens: dict[str, RefreshToken] = {}
        self._audit: list[dict[str, Any]] = []

    def get(self, name: str) -> User | None:
        """One user."""
        return self._users.get(name)

    def everyone(self) -> list[User]:
        """All users by name."""
        with self._lock:
            return sorted(self._users.values(), key=lambda user: user.name)

    def add(self, name: str, role: Role, password_hash: str | None) -> User | None:
        """A new user; None when the name is taken."""
        with self._lock:
            if name in self._users:
                return None
            self._users[name] = User(name, role, password_hash, created_at=utc_now())
            return self._users[name]

    def set_password(self, name: str, password_hash: str) -> User | None:
        """Change a password, void all tokens."""
        with self._lock:
            user = self._users.get(name)
            if user is None:
                return None
            self._end_all(name)
            self._users[name] = replace(
                user, password_hash=password_hash, token_version=user.token_version + 1
            )
            return self._users[name]

    def bump_token_version(self, name: str) -> User | None:
        """Void all tokens of a user."""
        with self._lock:
            user = self._users.get(name)
            if user is None:
                return None
            self._end_all(name)
            self._users[name] = replace(user, token_version=user.token_version + 1)
            return self._users[name]

    def _end_all(self, name: str) -> None:
        self._tokens = {key: token for key, token in self._tokens.items() if token.user_name != name}

    def remove(self, name: str) -> bool:
        """Delete a user with its refresh tokens."""
        with self._lock:
            self._end_all(name)
            return self._users.pop(name, None) is not None

    def put_refresh(self, token: RefreshToken) -> None:
        """Record a refresh token."""
        with self._lock:
            now = utc_now()
            self._tokens = {
                key: kept
                for key, kept in self._tokens.items()
                if kept.user_name != token.user_name or kept.expires_at > now
            }
            self._tokens[token.token_hash] = token

    def use_refresh(self, token_hash: str, now: str) -> RefreshToken | None:
        """Mark a token as used, return it as it was before."""
        with self._lock:
            before = self._tokens.get(token_hash)
            if before is not None and before.used_at is None:
                self._tokens[token_hash] = replace(before, used_at=now)
            return before

    def has_family(self, family: str) -> bool:
        """True while a sign-in is not ended."""
        with self._lock:
            return any(token.family == family for token in self._tokens.values())

    def drop_family(self, family: str) -> None:
        """Void every refresh token of one sign-in."""
        with self._lock:
            self._tokens = {key: token for key, token in self._tokens.items() if token.family != family}

    def audit(
        self, action: str, outcome: str, actor: str | None = None, details: Mapping[str, Any] | None = None
    ) -> None:
        """Write one audit line."""
        with self._lock:
            self._audit.append(
                {
                    "ts": utc_now(),
                    "actor": actor,
                    "action": action,
                    "outcome": outcome,
                    "details": dict(details or {}),
                }
            )

    def audit_lines(self, limit: int = 100) -> list[dict[str, Any]]:
        """The newest audit lines first."""
        with self._lock:
            return list(reversed(self._audit[-limit:]))
