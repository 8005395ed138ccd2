# SPDX-License-Identifier: MIT
"""A growing text as pieces: the same whether it came at once or letter by letter, and nothing is lost."""

import pytest

from bldr_desktop.ui.panels.ai_shell.segments import HARD, Segments

_PARAGRAPH = "Слово и ещё слово. " * 20
TEXTS = {
    "paragraphs": "\n\n".join([_PARAGRAPH] * 8),
    "code": f"Вот код:\n\n```python\nprint('x')\n\n# {'y' * 900}\n```\nи дальше\n",
    "table": "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 200,
    "list": "\n".join(f"- пункт {n} {'слово ' * 9}" for n in range(80)),
    "open fence": "до\n```\nбез конца\nещё",
}


@pytest.mark.parametrize("name", TEXTS)
def test_letter_by_letter_is_as_at_once(name: str) -> None:
    text = TEXTS[name]
    whole, slowly = Segments(), Segments()
    whole.feed(text, final=True)
    for end in range(0, len(text), 7):
        slowly.feed(text[:end])
    slowly.feed(text, final=True)
    assert slowly.closed == whole.closed
    for piece in whole.closed:
        assert text[piece.start : piece.start + len(piece.source)] == piece.source


def test_code_is_a_piece_of_its_own() -> None:
    pieces = Segments()
    pieces.feed(TEXTS["code"], final=True)
    assert [(piece.kind, piece.language) for piece in pieces.closed] == [
        ("text", ""),
        ("code", "python"),
        ("text", ""),
    ]


def test_the_growing_piece_stays_small_without_any_line_break() -> None:
    pieces, text = Segments(), ""
    for number in range(4000):
        text += f"слово{number}. "
        growing = pieces.feed(text)
        assert growing is not None and len(growing.source) <= 2 * HARD + 20
    assert len(pieces.closed) > 10
