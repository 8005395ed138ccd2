# SPDX-License-Identifier: MIT
"""Only citations that resolve are shown."""

import pytest

from bldr_desktop.engine.ai.citations import check_citations


@pytest.mark.parametrize(
    ("answer", "text", "cited", "removed"),
    [
        ("Не менее 40 мм [1].", "Не менее 40 мм [1].", [1], []),
        ("Так [1, 3] и так [2][3].", "Так [1][3] и так [2][3].", [1, 3, 2], []),
        ("Выдумано [7].", "Выдумано.", [], [7]),
        ("Частью [2, 9].", "Частью [2].", [2], [9]),
        ("Диапазон [1-3].", "Диапазон [1][2][3].", [1, 2, 3], []),
        ("Скобки【2】иные.", "Скобки[2]иные.", [2], []),
        ("Ссылка [1](http://x) остаётся.", "Ссылка [1](http://x) остаётся.", [], []),
        ("Код `a[9]` и ```\nb[8]\n``` не тронут.", "Код `a[9]` и ```\nb[8]\n``` не тронут.", [], []),
        ("Ноль [0].", "Ноль.", [], [0]),
    ],
)
def test_references(answer: str, text: str, cited: list[int], removed: list[int]) -> None:
    checked = check_citations(answer, 3)
    assert (checked.text, checked.cited, checked.removed) == (text, cited, removed)
