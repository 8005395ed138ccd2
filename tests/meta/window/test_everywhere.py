# SPDX-License-Identifier: MIT
"""Rules for the whole window, every panel, page, dialog and sheet of it, filled with real documents.

A screen reader can name everything that can be used; no text is cut when it is 40 % longer, in English and in
Russian, at 1280 x 800 and at 1024 x 640.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, QTranslator
from PySide6.QtWidgets import QApplication, QWidget
from whole_window import cut, cut_headings, fill, nameless, settle, walk
from window import desktop, desktop_options, first_window, until

from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.common.paths import resource
from bldr_desktop.ui.qt.i18n import AREAS

__all__ = ["desktop", "desktop_options", "first_window"]
SIZES = (QSize(1280, 800), QSize(1024, 640))
STRETCH = 0.4

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


class Stretched(QTranslator):
    """Every text of a language, 40 % longer, from where all texts come: the translator."""

    def __init__(self, language: str, parent: QApplication) -> None:
        super().__init__(parent)
        self._under: list[QTranslator] = []
        for area in AREAS:
            translator = QTranslator(self)
            if translator.load(f"{area}_{language}", str(resource("translations"))):
                self._under.append(translator)

    def translate(self, context: str, text: str, comment: str | None = None, n: int = -1) -> str:
        """The text with more at its end: one longer word, or words of seven letters where it has several."""
        said = next((t for under in self._under if (t := under.translate(context, text, comment, n))), text)
        words = said.replace("(s)", "s")
        more = max(round(len(words) * STRETCH), 2)
        letters = [" " if " " in words and place % 8 == 0 else "м" for place in range(more)]
        return words + "".join(letters)

    def isEmpty(self) -> bool:
        """Never: it has something to say of everything."""
        return False


@contextmanager
def stretched(language: str) -> Iterator[None]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    translator = Stretched(language, application)
    application.installTranslator(translator)
    try:
        yield
    finally:
        application.removeTranslator(translator)


async def test_everything_has_a_name_and_no_text_is_cut(desktop: Desktop, samples: Path) -> None:
    window = desktop.window
    wrong: dict[str, set[str]] = {}
    for language in ("en", "ru"):
        with stretched(language):
            await until(lambda: window.rail.buttons["queue"].text().endswith("мм"), 5, "texts are longer")
            async for place, top in walk_empty(desktop):
                assert nameless(top) == set(), place
                wrong[f"{language} empty {place}"] = cut(top)
    await fill(desktop, samples)
    unnamed: dict[str, set[str]] = {}
    places: set[str] = set()
    for language in ("ru", "en"):
        window.actions_by_name.by_name[f"language.{language}"].trigger()
        async for place, top in walk(desktop):
            places.add(place)
            if found := nameless(top) | cut_headings(top) | cut(top):
                unnamed[f"{language} {place}"] = found
    assert not unnamed, report(unnamed)
    assert {"settings/about", "monitor", "sign-in", "tour/3", "trouble", "help", "palette"} <= places
    for language in ("en", "ru"):
        with stretched(language):
            await until(lambda: window.rail.buttons["queue"].text().endswith("мм"), 5, "texts are longer")
            for size in SIZES:
                window.resize(size)
                async for place, top in walk(desktop):
                    wrong[f"{language} {size.width()} {place}"] = cut(top)
    assert not any(wrong.values()), report(wrong)


def report(found: dict[str, set[str]]) -> str:
    """One line each."""
    return "\n".join(f"{place}: {line}" for place, lines in found.items() for line in sorted(lines))


async def walk_empty(desktop: Desktop) -> AsyncIterator[tuple[str, QWidget]]:
    """The four panels before anything is there."""
    for name in desktop.window.panels:
        desktop.window.go(name)
        await settle()
        yield name, desktop.window
