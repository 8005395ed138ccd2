# SPDX-License-Identifier: MIT
"""What the engine says of its parts, in the person's language; each sentence it has is known."""

import ast
from pathlib import Path

import pytest

from bldr_desktop.ui.part_words import part_name, part_words

ENGINE = Path(__file__).resolve().parents[3] / "bldr_desktop" / "engine"
SAID = {
    "open": "открыта",
    "being opened": "открывается",
    "2 processes": "2 процесса",
    "1 of 2 processes busy": "занято 1 из 2",
    "1 passages": "1 фрагмент",
    "5 models": "5 моделей",
    "answers in 0.4 ms": "отвечает за 0,4 мс",
    "20.5 GiB free": "свободно 20,5 ГБ",
    "jobs run in the engine itself": "задания выполняет сам движок",
    "no language model is connected": "языковая модель не подключена",
}


@pytest.mark.usefixtures("russian")
@pytest.mark.parametrize("text", SAID)
def test_known_sentences(text: str) -> None:
    assert part_words(text) == SAID[text]


@pytest.mark.usefixtures("russian")
def test_names_and_what_is_not_known() -> None:
    assert (part_name("workers"), part_name("redis")) == ("Читатели файлов", "redis")
    assert part_words("cannot be read: disk I/O error") == "cannot be read: disk I/O error"


@pytest.mark.usefixtures("russian")
def test_all_that_the_watch_reports_is_known() -> None:
    tree = ast.parse((ENGINE / "services" / "watch.py").read_text("utf-8"))
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "report"
    ]
    plain = [call.args[2].value for call in calls if isinstance(call.args[2], ast.Constant)]
    assert len(plain) >= 4
    assert [text for text in plain if part_words(str(text)) == text] == []
