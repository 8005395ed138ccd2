# SPDX-License-Identifier: MIT
"""Users, their refresh tokens and the audit trail, in the database."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError

from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.adapters.sql.schema import audit, refresh_tokens, users
from bldr_desktop.engine.ports.users import RefreshToken, User
from bldr_desktop.protocol.auth import Role
from bldr_desktop.protocol.base import utc_now


class SqlUsers:
    """The :class:`~bldr_desktop.engine.ports.users.UserStore` of SQLite and Postgres."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> User | None:
        """One user."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(users).where(users.c.name == name)).first()
        return _user(row) if row is not None else None

    def everyone(self) -> list[User]:
        """All users by name."""
        with self._database.read() as connection:
            return [_user(row) for row in connection.execute(sa.select(users).order_by(users.c.name))]

    def add(self, name: str, role: Role, password_hash: str | None) -> User | None:
        """A new user; None when the name is taken."""
        values = {
            "name": name,
            "role": role,
            "password_hash": password_hash,
            "disabled": False,
            "token_version": 0,
            "created_at": utc_now(),
        }
        try:
            with self._database.write() as connection:
                connection.execute(sa.insert(users).values(**values))
        except IntegrityError:
            return None
        return self.get(name)

    def set_password(self, name: str, password_hash: str) -> User | None:
        """Change a password, void all tokens."""
        return self._change(name, password_hash=password_hash)

    def bump_token_version(self, name: str) -> User | None:
        """Void all tokens of a user."""
        return self._change(name)

    def _change(self, name: str, **values: Any) -> User | None:
        with self._database.write() as connection:
            connection.execute(sa.delete(refresh_tokens).where(refresh_tokens.c.user_name == name))
            changed = connection.execute(
                sa.update(users)
                .where(users.c.name == name)
                .values(token_version=users.c.token_version + 1, **values)
            )
        return self.get(name) if changed.rowcount else None

    def remove(self, name: str) -> bool:
        """Delete a user with its refresh tokens."""
        with self._database.write() as connection:
            connection.execute(sa.delete(refresh_tokens).where(refresh_tokens.c.user_name == name))
            return bool(connection.execute(sa.delete(users).where(users.c.name == name)).rowcount)

    def put_refresh(self, token: RefreshToken) -> None:
        """Record a refresh token; the user's expired ones go."""
        old = refresh_tokens.c
        with self._database.write() as connection:
            connection.execute(
                sa.delete(refresh_tokens).where(old.user_name == token.user_name, old.expires_at <= utc_now())
            )
            connection.execute(
                sa.insert(refresh_tokens).values(
                    token_hash=token.token_hash,
                    family=token.family,
                    user_name=token.user_name,
                    expires_at=token.expires_at,
                    used_at=token.used_at,
                )
            )

    def use_refresh(self, token_hash: str, now: str) -> RefreshToken | None:
        """Mark a token as used, return it as it was before."""
        mine = refresh_tokens.c.token_hash == token_hash
        with self._database.write() as connection:
            row = connection.execute(sa.select(refresh_tokens).where(mine).with_for_update()).first()
            if row is None:
                return None
            if row.used_at is None:
                connection.execute(sa.update(refresh_tokens).where(mine).values(used_at=now))
        return RefreshToken(row.token_hash, row.family, row.user_name, row.expires_at, row.used_at)

    def has_family(self, family: str) -> bool:
        """True while a sign-in is not ended."""
        query = sa.select(refresh_tokens.c.token_hash).where(refresh_tokens.c.family == family).limit(1)
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def drop_family(self, family: str) -> None:
        """Void every refresh token of one sign-in."""
        with self._database.write() as connection:
            connection.execute(sa.delete(refresh_tokens).where(refresh_tokens.c.family == family))

    def audit(
        self, action: str, outcome: str, actor: str | None = None, details: Mapping[str, Any] | None = None
    ) -> None:
        """Write one audit line."""
        values = {
            "ts": utc_now(),
            "actor": actor[:100] if actor else None,
            "action": action,
            "outcome": outcome,
            "details": dict(details or {}),
        }
        with self._database.write() as connection:
            connection.execute(sa.insert(audit).values(**values))

    def audit_lines(self, limit: int = 100) -> list[dict[str, Any]]:
        """The newest audit lines first."""
        query = sa.select(audit).order_by(audit.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [
            {
                "ts": row.ts,
                "actor": row.actor,
                "action": row.action,
                "outcome": row.outcome,
                "details": dict(row.details),
            }
            for row in rows
        ]


def _user(row: Row[Any]) -> User:
    return User(row.name, row.role, row.password_hash, row.disabled, row.token_version, row.created_at)
