# SPDX-License-Identifier: MIT
"""The life of a row: events of a run and of documents folded into it; totals."""

import pytest

from bldr_desktop.protocol.base import FileStage, FileState
from bldr_desktop.protocol.files import HashAnswer
from bldr_desktop.protocol.jobs import JobFile
from bldr_desktop.services.transfer_state import (
    Transfer,
    TransferState,
    document_of_frame,
    fold_document,
    fold_file,
    totals,
)


def row(**values: object) -> Transfer:
    made = Transfer(1, "/x/а.pdf", "pc:/x", "б/а.pdf", 1000, 5, "ab" * 32)
    for name, value in values.items():
        setattr(made, name, value)
    return made


def file(state: FileState, stage: FileStage = FileStage.EXTRACT, **values: object) -> JobFile:
    return JobFile.model_validate({"path": "x", "name": "а.pdf", "state": state, "stage": stage, **values})


def known(state: str | None, **values: object) -> HashAnswer:
    return HashAnswer.model_validate({"sha256": "ab" * 32, "stored": True, "state": state, **values})


def test_the_way_to_searchable() -> None:
    one = row(state=TransferState.SENDING, sent=400)
    assert (one.name, one.progress) == ("а.pdf", 40.0)
    one.uploaded("doc")
    assert (one.state, one.progress, one.upload_path) == (TransferState.UPLOADED, 100.0, None)
    seen = []
    for stage in (FileStage.SCAN, FileStage.EXTRACT, FileStage.CHUNK, FileStage.INDEX):
        fold_file(one, file(FileState.ACTIVE, stage, chunks=3, pages=2), "job")
        seen.append((one.state, one.stage))
    assert [stage for _, stage in seen] == ["extract", "extract", "chunk", "index"]
    assert {state for state, _ in seen} == {TransferState.TRAINING}
    fold_file(one, file(FileState.DONE, FileStage.DONE, chunks=7, pages=2), "job")
    assert (one.state, one.stage, one.chunks, one.job_id) == (TransferState.TRAINED, "searchable", 7, "job")


def test_trained_means_more_than_no_chunks() -> None:
    one = row(state=TransferState.UPLOADED)
    fold_file(one, file(FileState.DONE, FileStage.DONE, chunks=0), "job")
    assert one.state is TransferState.EMPTY


@pytest.mark.parametrize("state", [FileState.FAILED, FileState.QUARANTINED, FileState.NOT_FOUND])
def test_a_failure_keeps_its_stage_and_reason(state: FileState) -> None:
    one = row(state=TransferState.TRAINING)
    fold_file(one, file(state, FileStage.CHUNK, error="broken", error_code="file_damaged"), "job")
    assert (one.state, one.stage, one.error, one.error_code) == (
        TransferState.FAILED,
        "chunk",
        "broken",
        "file_damaged",
    )


def test_a_cancelled_run_leaves_the_file_uploaded() -> None:
    one = row(state=TransferState.TRAINING, document_id="doc")
    fold_file(one, file(FileState.CANCELLED), "job")
    assert one.state is TransferState.UPLOADED


def test_the_database_has_the_last_word() -> None:
    one = row(state=TransferState.TRAINING, document_id="doc")
    fold_document(one, known("trained", chunks=4, pages=2, characters=900, times_found=3))
    assert (one.state, one.chunks, one.characters, one.times_found) == (TransferState.TRAINED, 4, 900, 3)
    fold_document(one, known("failed", reason="no", reason_code="file_password"))
    assert (one.state, one.stage, one.error_code) == (TransferState.FAILED, "searchable", "file_password")
    fold_document(one, known("uploaded"))
    assert (one.state, one.error) == (TransferState.UPLOADED, None)
    fold_document(one, known(None))
    assert (one.state, one.error_code) == (TransferState.FAILED, "gone")


@pytest.mark.parametrize("state", [TransferState.WAITING, TransferState.SENDING, TransferState.PAUSED])
def test_nothing_is_guessed_before_the_upload_ends(state: TransferState) -> None:
    one = row(state=state)
    fold_document(one, known("trained", chunks=4))
    fold_document(one, known(None))
    assert one.state is state


def test_a_document_frame_says_the_same() -> None:
    frame = {
        "type": "document_update",
        "document_id": "d",
        "state": "trained",
        "sha256": "ab" * 32,
        "chunks": 2,
    }
    answer = document_of_frame(frame)
    assert (answer.document_id, answer.state, answer.chunks) == ("d", "trained", 2)


def test_totals_count_what_is_to_be_sent() -> None:
    rows = [
        row(state=TransferState.SENDING, sent=250),
        row(state=TransferState.UPLOADED),
        row(state=TransferState.CANCELLED, sent=100),
        row(state=TransferState.FAILED, stage="upload", sent=10),
        row(state=TransferState.FAILED, stage="extract"),
    ]
    sums = totals(rows, 5.0, (1.0, 2.0))
    assert (sums.count, sums.to_send, sums.sent) == (5, 3000, 2250)
    assert sums.of(TransferState.FAILED, TransferState.CANCELLED) == 3
