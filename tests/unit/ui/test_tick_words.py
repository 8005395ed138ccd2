# SPDX-License-Identifier: MIT
"""Numbers at the axes of curves."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from bldr_desktop.ui.monitor.curves import tick_words


@pytest.fixture(autouse=True)
def locale() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(("language", "said"), [("en_US", ["0.0", "2.5"]), ("ru_RU", ["0,0", "2,5"])])
def test_the_decimal_sign_is_the_languages(language: str, said: list[str]) -> None:
    QLocale.setDefault(QLocale(language))
    assert tick_words([0.0, 2.5], 1.0, 0.5) == said
    assert tick_words([2.0, 4.0], 1.0, 2.0) == ["2", "4"]
