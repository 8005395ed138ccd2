# SPDX-License-Identifier: MIT
"""Which Host headers name this engine."""

import pytest

from bldr_desktop.engine.hosts import header, host_allowed

NAMES = frozenset({"localhost", "127.0.0.1", "::1", "bldr.example"})


@pytest.mark.parametrize(
    "value", ["localhost", "LOCALHOST:80", "127.0.0.1:9", "[::1]:8000", "bldr.example:1"]
)
def test_ours(value: str) -> None:
    assert host_allowed(value, NAMES)


@pytest.mark.parametrize(
    "value",
    [None, "", "evil", "localhost.", "127.0.0.1.evil", "a@localhost", "localhost,evil", "localhost:x",
     "localhost:99999", "::1", "[::1", "localhost/", "localhost?x", " localhost", "%6c%6f"],
)  # fmt: skip
def test_not_ours(value: str | None) -> None:
    assert not host_allowed(value, NAMES)


def test_two_headers_are_read_as_one_that_fits_nothing() -> None:
    scope = {"headers": [(b"host", b"localhost"), (b"host", b"evil")]}
    assert header(scope, b"host") == "localhost,evil"
    assert header(scope, b"origin") is None
    assert not host_allowed(header(scope, b"host"), NAMES)
