# SPDX-License-Identifier: MIT
"""What a job is called."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from bldr_desktop.app.frame import make_application
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.ui.models.job_words import given_name, title_words
from bldr_desktop.ui.qt.i18n import Language


@pytest.fixture(autouse=True)
def russian() -> Iterator[None]:
    application = make_application()
    assert isinstance(application, QApplication)
    before = QLocale()
    language = Language(application, "ru")
    yield
    language.close()
    QLocale.setDefault(before)


def test_the_engines_own_name_is_said_in_the_persons_language() -> None:
    assert given_name("Uploaded files") == "Загруженные файлы"
    assert given_name("Полевая 7") == "Полевая 7"


def test_a_job_is_called_by_its_type_and_name() -> None:
    job = Job(
        id="1", type="training", status="running", name="Uploaded files", created_at="2026-01-01T00:00:00Z"
    )
    assert title_words(job) == "Обучение: Загруженные файлы"
    assert title_words(job.model_copy(update={"name": ""})) == "Обучение"
