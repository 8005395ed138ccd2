# SPDX-License-Identifier: MIT
"""One page, two pages."""

from bldr_desktop.common.words import counted


def test_one_and_many() -> None:
    assert [counted(n, "page") for n in (0, 1, 2)] == ["0 pages", "1 page", "2 pages"]
