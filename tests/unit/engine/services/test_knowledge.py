# SPDX-License-Identifier: MIT
"""What a model and a person without one are told of norms that are not among the documents."""

from collections.abc import Iterator

import pytest
from library import Part, Shelf

from bldr_desktop.engine.services.knowledge import DocumentKnowledge
from bldr_desktop.engine.services.passages import PassageService


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    made = Shelf()
    made.add(
        "sp.pdf",
        "СП 63.13330.2018",
        "Бетонные конструкции",
        [Part("8.1.3", "Расчёт выполняют по предельным усилиям. Толщина защитного слоя 20 мм", 3)],
    )
    yield made
    made.close()


async def test_a_model_is_never_given_the_clause_of_another_norm(shelf: Shelf) -> None:
    knowledge = DocumentKnowledge(shelf.search, shelf.documents)
    (found, *_) = await knowledge.read_clause("СП 63.13330", "8.1.3")
    assert found.passage.designation == "СП 63.13330.2018" and found.passage.clause == "8.1.3"
    assert await knowledge.read_clause("СП 20.13330", "8.1.3") == []
    assert await knowledge.read_clause("", "") == [] == await knowledge.search(" ", 4)


async def test_without_a_model_what_is_not_there_is_said_in_the_questions_language(shelf: Shelf) -> None:
    service = PassageService(shelf.search)
    nothing = await service.answer("СП 20 п. 8.1.3")
    assert nothing.passages == [] and nothing.text.endswith("СП 20 нет среди документов.")
    beside = await service.answer("СП 20.13330 толщина защитного слоя")
    assert beside.passages and beside.text.startswith("СП 20.13330 нет среди документов. Модель")
    assert (await service.answer("ISO 9001")).text.endswith("ISO 9001 is not among the documents.")
    assert "среди" not in (await service.answer("СП 63 толщина слоя")).text
