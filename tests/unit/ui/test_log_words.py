# SPDX-License-Identifier: MIT
"""Every coded line has words in Russian, with the numbers in them; what does not fit stays the server's."""

from typing import Any

import pytest
from PySide6.QtCore import QLocale

from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.logs import LogCode
from bldr_desktop.ui.log_words import log_words

VALUES: dict[str, Any] = {
    "name": "СП 63.pdf",
    "n": 21,
    "pages": 2,
    "chunks": 5,
    "seconds": 1.5,
    "reason": ErrorCode.FILE_DAMAGED,
    "sentence": "The file is damaged.",
    "attempt": 2,
    "done": 20,
    "kept": 20,
    "failed": 1,
    "total": 21,
}


@pytest.mark.usefixtures("russian")
def test_every_code_has_russian_words() -> None:
    for code in LogCode:
        said = log_words(code, VALUES)
        assert said and any("а" <= letter <= "я" for letter in said.lower()), code
        assert "{" not in said and "%n" not in said
    assert log_words(LogCode.FILES_FOUND, {"n": 21}) == "Найден 21 файл."
    done = log_words(LogCode.FILE_DONE, VALUES)
    assert done == "СП 63.pdf: 2 страницы, 5 фрагментов, 1,50 с."
    failed = log_words(LogCode.FILE_FAILED, VALUES)
    assert failed == "СП 63.pdf: файл повреждён."


@pytest.mark.usefixtures("russian")
def test_what_is_not_understood_stays_the_servers() -> None:
    assert log_words("of_a_newer_server", {}) is None
    assert log_words(LogCode.FILES_FOUND, {}) is None
    assert log_words(LogCode.FILES_FOUND, {"n": "many"}) is None
    assert log_words(LogCode.FILE_FAILED, {"name": "a", "reason": "newer", "sentence": "Odd."}) == "a: odd."


def test_english_is_the_lines_own_text() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("en"))
    assert log_words(LogCode.FILES_FOUND, {"n": 3}) is None
    QLocale.setDefault(before)
