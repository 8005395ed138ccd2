# SPDX-License-Identifier: MIT
"""How frames change a run."""

from typing import Any

from bldr_desktop.protocol.base import FileState, JobStatus
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.services.training_state import RunState, fold_file, fold_frames, fold_job


def progress(seq: int, value: float, **more: Any) -> dict[str, Any]:
    """A progress frame of ours."""
    base = {"type": "training_progress", "seq": seq, "job_id": "j", "ts": "2026-11-22T09:30:00.000Z"}
    base |= {"stage": "extract", "log": f"line {seq}", "progress": value, "status": "processing"}
    return base | {"files_total": 10, "files_done": int(value / 10), "files_failed": 0, **more}


def test_numbers_and_lines_are_taken() -> None:
    run = RunState("j")
    entries, _ = fold_frames(run, [progress(1, 10), progress(2, 20), progress(3, 20, log="line 2")])
    assert (run.progress, run.files_done, run.status) == (20.0, 2, JobStatus.RUNNING)
    assert [entry[2] for entry in entries] == ["line 1", "line 2"]  # a repeated text is one line


def test_the_fields_last_frame_ends_a_run_although_it_says_processing() -> None:
    run = RunState("j")
    last = {"stage": "complete", "log": "готово", "progress": 100, "data": "", "status": "processing"}
    fold_frames(run, [{"stage": "1/2", "log": "a", "progress": 5, "data": "", "status": "processing"}, last])
    assert (run.status, run.progress) == (JobStatus.COMPLETED, 100.0)


def test_an_end_is_never_taken_back() -> None:
    run = RunState("j")
    fold_frames(run, [progress(1, 50), progress(2, 100, stage="complete", status="completed")])
    fold_frames(run, [progress(3, 60)])
    assert (run.status, run.progress) == (JobStatus.COMPLETED, 100.0)
    fold_job(run, Job(id="j", type="training", status=JobStatus.RUNNING, progress=3))
    assert run.status is JobStatus.COMPLETED
    fold_job(run, Job(id="j", type="training", status=JobStatus.RUNNING, progress=3, attempt=2))
    assert run.status is JobStatus.RUNNING  # a higher attempt is another matter


def test_a_failure_keeps_its_reason() -> None:
    run = RunState("j")
    entries, _ = fold_frames(run, [progress(1, 50, stage="error", status="error", log="Disk full")])
    assert (run.status, run.error) == (JobStatus.FAILED, "Disk full")
    assert entries[-1][1] == "error"


def test_cancelled_is_no_failure() -> None:
    run = RunState("j")
    fold_frames(run, [progress(1, 50, stage="error", status="cancelled")])
    assert run.status is JobStatus.CANCELLED


def test_a_finished_file_stays_finished_within_an_attempt() -> None:
    run = RunState("j")
    file = {"path": "/a", "name": "a", "state": "done", "stage": "done", "attempts": 1, "chunks": 3}
    assert fold_file(run, file) is not None
    assert fold_file(run, file | {"state": "active", "stage": "extract"}) is None
    assert run.files["/a"].state is FileState.DONE
    assert fold_file(run, file | {"state": "active", "stage": "extract", "attempts": 2}) is not None
    assert fold_file(run, {"nonsense": 1}) is None


def test_log_frames_take_over_from_progress_texts() -> None:
    run = RunState("j")
    log = {"type": "job_log", "seq": 2, "job_id": "j", "ts": "", "level": "warning", "text": "careful"}
    entries, _ = fold_frames(run, [progress(1, 10), log, progress(3, 20)])
    assert [(entry[1], entry[2]) for entry in entries] == [("info", "line 1"), ("warning", "careful")]
    assert run.message == "line 3"


def test_a_field_job_with_its_fields_inside_data() -> None:
    run = RunState("j")
    inner = {"id": "j", "status": "running", "progress": 30, "message": "…"}
    fold_frames(run, [{"type": "task_update", "data": inner}])
    assert (run.status, run.progress) == (JobStatus.RUNNING, 30.0)
    fold_frames(run, [{"type": "job_completed", "job_id": "j", "success": False}])
    assert run.status is JobStatus.FAILED


def test_trouble_and_what_can_be_retried() -> None:
    run = RunState("j")
    for path, state in (("/a", "failed"), ("/b", "empty"), ("/c", "done"), ("/d", "quarantined")):
        fold_file(run, {"path": path, "name": path, "state": state, "stage": "extract"})
    assert [row.path for row in run.troubled()] == ["/a", "/b", "/d"]
    assert run.retryable() == ["/a", "/d"]


def test_a_file_without_text_is_done_and_not_searchable() -> None:
    run = RunState("j", files_done=3)
    file = {"path": "/a", "name": "a", "state": "active", "stage": "extract", "attempts": 1}
    for state in ("active", "empty", "empty"):
        fold_file(run, file | {"state": state})
    assert (run.files_done, run.searchable) == (3, 2)
    fold_file(run, file | {"state": "done", "attempts": 2})  # it has some by now
    assert run.searchable == 3
