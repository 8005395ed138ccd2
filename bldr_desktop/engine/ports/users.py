# SPDX-License-Identifier: MIT
"""Who may sign in, and what they did."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bldr_desktop.protocol.auth import Role


@dataclass(slots=True, frozen=True)
class User:
    """A user. ``password_hash`` None means: no sign-in by password (the desktop's local user).
    Tokens made before ``token_version`` grew are void."""

    name: str
    role: Role
    password_hash: str | None = None
    disabled: bool = False
    token_version: int = 0
    created_at: str = ""


@dataclass(slots=True, frozen=True)
class RefreshToken:
    """A refresh token by the SHA-256 of its text. All that came from one sign-in share ``family``."""

    token_hash: str
    family: str
    user_name: str
    expires_at: str
    used_at: str | None = None


class UserStore(Protocol):
    """Synchronous and thread-safe; each call is one transaction."""

    def get(self, name: str) -> User | None:
        """One user."""
        ...

    def everyone(self) -> list[User]:
        """All users by name."""
        ...

    def add(self, name: str, role: Role, password_hash: str | None) -> User | None:
        """A new user; None when the name is taken."""
        ...

    def set_password(self, name: str, password_hash: str) -> User | None:
        """Change a password and void all tokens; None when there is no such user."""
        ...

    def bump_token_version(self, name: str) -> User | None:
        """Void all tokens of a user; None when there is no such user."""
        ...

    def remove(self, name: str) -> bool:
        """Delete a user with its refresh tokens; False when there is none."""
        ...

    def put_refresh(self, token: RefreshToken) -> None:
        """Record a refresh token; expired ones of the user may go."""
        ...

    def use_refresh(self, token_hash: str, now: str) -> RefreshToken | None:
        """Mark a token as used and return it *as it was before*: ``used_at`` set means that it was
        used already. None when it is unknown. Atomic: of two calls at once one sees it unused."""
        ...

    def has_family(self, family: str) -> bool:
        """True while a sign-in is not ended; access tokens live as long as their family."""
        ...

    def drop_family(self, family: str) -> None:
        """Void every refresh token of one sign-in."""
        ...

    def audit(
        self, action: str, outcome: str, actor: str | None = None, details: Mapping[str, Any] | None = None
    ) -> None:
        """Write one audit line."""
        ...

    def audit_lines(self, limit: int = 100) -> list[dict[str, Any]]:
        """The newest audit lines first: ``ts``, ``actor``, ``action``, ``outcome``, ``details``."""
        ...
