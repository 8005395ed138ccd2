# SPDX-License-Identifier: MIT
"""The window's words in Russian."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from bldr_desktop.app.frame import make_application
from bldr_desktop.ui.qt.i18n import Language


@pytest.fixture
def russian() -> Iterator[None]:
    """Texts and numbers as a Russian reads them."""
    application = make_application()
    assert isinstance(application, QApplication)
    before = QLocale()
    language = Language(application, "ru")
    yield
    language.close()
    QLocale.setDefault(before)
