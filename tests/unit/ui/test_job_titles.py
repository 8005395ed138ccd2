# SPDX-License-Identifier: MIT
"""What a job is called."""

import pytest

from bldr_desktop.protocol.jobs import Job
from bldr_desktop.ui.models.job_words import given_name, title_words

pytestmark = pytest.mark.usefixtures("russian")


def test_the_engines_own_name_is_said_in_the_persons_language() -> None:
    assert given_name("Uploaded files") == "Загруженные файлы"
    assert given_name("Полевая 7") == "Полевая 7"


def test_a_job_is_called_by_its_type_and_name() -> None:
    job = Job(
        id="1", type="training", status="running", name="Uploaded files", created_at="2026-01-01T00:00:00Z"
    )
    assert title_words(job) == "Обучение: Загруженные файлы"
    assert title_words(job.model_copy(update={"name": ""})) == "Обучение"
