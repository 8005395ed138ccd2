# SPDX-License-Identifier: MIT
"""Texts: English in the source, Russian (and English plurals) from ``resources/translations``.

A context is an area and a file: ``shell``, ``files``, ``monitor``, ``rag``, ``queue``, ``ai``,
``errors``. ``packaging/translations.py`` collects them.
"""

import logging
from typing import Any

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from bldr_desktop.common.paths import resource

_log = logging.getLogger(__name__)
AREAS = ("shell", "files", "monitor", "rag", "queue", "ai", "errors", "services")
LANGUAGES = ("en", "ru")


def tr(context: str, text: str, n: int = -1, /, **parts: Any) -> str:
    """A text in the person's language.

    Args:
        context: The area, a literal.
        text: The English text, a literal; ``%n`` is the count, ``{name}`` a part.
        n: Count that picks the plural form.
        parts: Values for ``{name}`` in the text.
    """
    said = QCoreApplication.translate(context, text, None, n)
    return said.format(**parts) if parts else said


def mark(context: str, text: str) -> str:
    """Mark a text for translation where it is written; ``tr(context, variable)`` says it later."""
    return text


class Language(QObject):
    """Installs translators; a change reaches every widget as ``LanguageChange``."""

    changed = Signal(str)

    def __init__(self, application: QCoreApplication, choice: str = "system") -> None:
        super().__init__(application)
        self._application = application
        self._translators: list[QTranslator] = []
        self._code = ""
        self.choose(choice)

    @property
    def code(self) -> str:
        """``en`` or ``ru``."""
        return self._code

    def choose(self, choice: str) -> None:
        """Switch to ``en``, ``ru`` or what the ``system`` speaks (English when it is neither)."""
        code = choice if choice in LANGUAGES else system_language()
        if code == self._code:
            return
        self._code = code
        QLocale.setDefault(QLocale(code))
        old, self._translators = self._translators, []
        for name in (*(f"{area}_{code}" for area in AREAS), f"qtbase_{code}"):
            self._install(name)
        for translator in old:
            self._application.removeTranslator(translator)
        self.changed.emit(code)

    def close(self) -> None:
        """Take the translators away."""
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators = []

    def _install(self, name: str) -> None:
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if not name.startswith("qtbase"):
            try:
                folder = str(resource("translations"))
            except FileNotFoundError:
                _log.warning("no translations are installed")
                return
        translator = QTranslator(self)
        if translator.load(name, folder):
            self._translators.append(translator)
            self._application.installTranslator(translator)


def system_language() -> str:
    """``ru`` where the system speaks Russian, else ``en``."""
    return "ru" if QLocale.system().language() is QLocale.Language.Russian else "en"
