# SPDX-License-Identifier: MIT
"""One contract, both user stores."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bldr_desktop.engine.adapters.memory_users import MemoryUsers
from bldr_desktop.engine.adapters.sql.database import sqlite_url
from bldr_desktop.engine.adapters.sql.opening import open_database
from bldr_desktop.engine.adapters.sql.users import SqlUsers
from bldr_desktop.engine.ports.users import RefreshToken, UserStore

LATER, BEFORE = "2999-01-01T00:00:00.000Z", "2000-01-01T00:00:00.000Z"


@pytest.fixture(params=["memory", "sql"])
def users(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UserStore]:
    if request.param == "memory":
        yield MemoryUsers()
        return
    database = open_database(sqlite_url(tmp_path / "store.sqlite3")).database
    yield SqlUsers(database)
    database.close()


def test_users_are_added_once_listed_and_removed(users: UserStore) -> None:
    added = users.add("boris", "user", "hash")
    assert added is not None and (added.role, added.token_version, added.disabled) == ("user", 0, False)
    assert users.add("boris", "admin", "other") is None
    users.add("anna", "admin", None)
    assert [user.name for user in users.everyone()] == ["anna", "boris"]
    assert users.get("boris") == added
    assert users.remove("boris") is True
    assert users.remove("boris") is False
    assert users.get("boris") is None


def test_a_new_password_voids_what_was_signed_in(users: UserStore) -> None:
    users.add("anna", "user", "old")
    users.put_refresh(RefreshToken("t", "family", "anna", LATER))
    changed = users.set_password("anna", "new")
    assert changed is not None and (changed.password_hash, changed.token_version) == ("new", 1)
    assert users.has_family("family") is False
    assert users.set_password("nobody", "x") is None
    bumped = users.bump_token_version("anna")
    assert bumped is not None and bumped.token_version == 2
    assert users.bump_token_version("nobody") is None


def test_a_refresh_token_is_unused_once_even_for_many_at_once(users: UserStore) -> None:
    users.add("anna", "user", "x")
    users.put_refresh(RefreshToken("t", "family", "anna", LATER))
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda _: users.use_refresh("t", LATER), range(8)))
    assert sum(1 for token in seen if token is not None and token.used_at is None) == 1
    assert users.use_refresh("unknown", LATER) is None


def test_families_end_and_expired_tokens_go(users: UserStore) -> None:
    users.add("anna", "user", "x")
    users.put_refresh(RefreshToken("old", "first", "anna", BEFORE))
    assert users.has_family("first")
    users.put_refresh(RefreshToken("new", "second", "anna", LATER))
    assert not users.has_family("first")
    users.drop_family("second")
    assert not users.has_family("second")
    users.put_refresh(RefreshToken("third", "third", "anna", LATER))
    users.remove("anna")
    assert not users.has_family("third")


def test_audit_lines_come_newest_first(users: UserStore) -> None:
    users.audit("sign_in", "refused", "anna", {"address": "127.0.0.1"})
    users.audit("launch", "ok")
    first, second = users.audit_lines(10)
    assert (first["action"], first["actor"], first["details"]) == ("launch", None, {})
    assert (second["outcome"], second["details"]) == ("refused", {"address": "127.0.0.1"})
    assert len(users.audit_lines(1)) == 1
