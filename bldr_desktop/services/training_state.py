# SPDX-License-Identifier: MIT
"""What is known about one training run, and how frames change it: pure, without clock or connection.

One :class:`RunState` feeds the monitor, the Files rows and the small bar of the status line.
Rules of folding: numbers are taken as they come (they are absolute); a run that has ended stays ended
unless the server starts a higher attempt; a file that has ended stays ended within an attempt.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bldr_desktop.client.frames import Frame
from bldr_desktop.protocol.base import FileStage, FileState, JobStatus
from bldr_desktop.protocol.events import FrameKind, classify, training_ended
from bldr_desktop.protocol.jobs import CancelReceipt, Job, JobFile
from bldr_desktop.services.log_lines import LogEntry, Say, line_text

FINAL_FILES = frozenset(
    {
        FileState.DONE,
        FileState.UNCHANGED,
        FileState.EMPTY,
        FileState.FAILED,
        FileState.SKIPPED,
        FileState.NOT_FOUND,
        FileState.CANCELLED,
        FileState.QUARANTINED,
    }
)
TROUBLED_FILES = frozenset(
    {FileState.FAILED, FileState.EMPTY, FileState.NOT_FOUND, FileState.QUARANTINED, FileState.SKIPPED}
)
RETRYABLE_FILES = frozenset({FileState.FAILED, FileState.NOT_FOUND, FileState.QUARANTINED})

_ENDED = {
    "completed": JobStatus.COMPLETED,
    "failed": JobStatus.FAILED,
    "cancelled": JobStatus.CANCELLED,
}
_STATUS_WORDS = {
    "pending": JobStatus.QUEUED,
    "queued": JobStatus.QUEUED,
    "processing": JobStatus.RUNNING,
    "running": JobStatus.RUNNING,
    "started": JobStatus.RUNNING,
    "cancelling": JobStatus.CANCELLING,
    "completed": JobStatus.COMPLETED,
    "success": JobStatus.COMPLETED,
    "error": JobStatus.FAILED,
    "failed": JobStatus.FAILED,
    "timeout": JobStatus.FAILED,
    "cancelled": JobStatus.CANCELLED,
    "interrupted": JobStatus.INTERRUPTED,
}


@dataclass(slots=True)
class RunState:
    """One run. Times are the engine's RFC 3339 words; ``*_mono`` are our monotonic seconds.

    ``status`` None: not known yet. ``unknown_since`` is set while the engine cannot be asked. ``synthetic``:
    a field server gave no id, the id is ours. ``log_from_frames``: log lines come as frames of their own,
    so the ``log`` of progress frames is a mere status text.
    """

    job_id: str
    synthetic: bool = False
    type: str = "training"
    name: str = ""
    owner: str | None = None
    status: JobStatus | None = None
    stage: str = ""
    message: str = ""
    progress: float = 0.0
    files_total: int = 0
    files_done: int = 0
    files_failed: int = 0
    files_empty: int = 0
    """Of the done ones, those known to have no text."""
    chunks: int = 0
    bytes_total: int = 0
    bytes_done: int = 0
    current_file: str | None = None
    engine_time_left: tuple[float, float] | None = None
    created_at: str = ""
    started_at: str | None = None
    finished_at: str | None = None
    attempt: int = 1
    retry_of: str | None = None
    retried_by: str | None = None
    position: int | None = None
    waiting_code: str | None = None
    waiting_behind: str | None = None
    error: str | None = None
    error_code: str | None = None
    error_details: str | None = None
    receipt: CancelReceipt | None = None
    params: dict[str, Any] = field(default_factory=dict)
    stage_seconds: dict[str, float] = field(default_factory=dict)
    files: dict[str, JobFile] = field(default_factory=dict)
    log_from_frames: bool = False
    last_seq: int = 0
    last_ts: str = ""
    heartbeat_at: str | None = None
    heard_mono: float | None = None
    """When the last sign of life came."""
    moved_mono: float | None = None
    """When a number last changed."""
    left_mono: float | None = None
    """When ``engine_time_left`` was said."""
    first_mono: float | None = None
    """When we first saw it running."""
    seconds_before: float = 0.0
    """How long it had been running then."""
    unknown_since: str | None = None
    complete: bool = False
    """True once the part before we listened was read too."""
    last_line: str = ""
    """The text of the last log line that came in a progress frame; what is *read* of it is no line."""

    @property
    def is_final(self) -> bool:
        """True when it has ended."""
        return self.status is not None and self.status.is_final

    @property
    def is_active(self) -> bool:
        """True while something is to be expected of it."""
        return self.status in {JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.CANCELLING}

    @property
    def files_left(self) -> int:
        """Files that have not ended yet."""
        return max(0, self.files_total - self.files_done - self.files_failed)

    @property
    def searchable(self) -> int:
        """Files whose text can be found: of those that are done, not those without text."""
        return max(0, self.files_done - self.files_empty)

    def pace(self) -> tuple[object, ...]:
        """What changes when the run gets on; for telling *slow* from *working*."""
        return (
            self.files_done,
            self.files_failed,
            self.chunks,
            self.bytes_done,
            self.progress,
            self.stage,
            self.current_file,
        )

    def troubled(self) -> list[JobFile]:
        """Files that gave nothing, with their reasons, in the order they were met."""
        return [row for row in self.files.values() if row.state in TROUBLED_FILES]

    def retryable(self) -> list[str]:
        """Paths that *retry these* would take."""
        return [row.path for row in self.files.values() if row.state in RETRYABLE_FILES]


def fold_training(run: RunState, frames: Sequence[Frame]) -> list[LogEntry]:
    """Fold progress frames of one run, oldest first; the log lines that are in them.

    Only the last frame's numbers matter; texts and stages are taken from each.
    """
    entries: list[LogEntry] = []
    if not run.log_from_frames:
        entries = [
            (frame.get("ts") or "", "info", str(frame["log"]), frame.get("seq") or 0)
            for frame in frames
            if frame.get("log")
        ]
        entries = _without_repeats(entries, run.last_line)
        run.last_line = entries[-1][2] if entries else run.last_line
    for frame in frames:
        over = frame.get("stage") in _LAST_STAGES or frame.get("status") in _LAST_WORDS
        if over and not run.is_final:
            _take_numbers(run, frame)
            _end(run, training_ended(frame), frame)
    if not run.is_final:
        _take_numbers(run, frames[-1])
        if run.status in {None, JobStatus.QUEUED}:
            run.status = JobStatus.RUNNING
    run.message = str(frames[-1].get("log") or run.message)
    if entries and run.status is JobStatus.FAILED:
        ts, _, text, seq = entries[-1]
        entries[-1] = (ts, "error", text, seq)
    return entries


def _without_repeats(entries: list[LogEntry], before: str) -> list[LogEntry]:
    """Leave out lines that say what the line before them said."""
    texts = [before, *(entry[2] for entry in entries)]
    if len(set(texts)) == len(texts):
        return entries
    return [entry for entry, last in zip(entries, texts, strict=False) if entry[2] != last]


_LAST_STAGES = frozenset({"complete", "error"})
_LAST_WORDS = frozenset({"completed", "error", "timeout", "failed", "cancelled"})


def _take_numbers(run: RunState, frame: Frame) -> None:
    get = frame.get
    run.stage = str(get("stage") or run.stage)
    progress = get("progress")
    if isinstance(progress, int | float):
        run.progress = min(100.0, max(0.0, float(progress)))
    if "files_total" in frame:
        run.files_total = get("files_total") or 0
        run.files_done = get("files_done") or 0
        run.files_failed = get("files_failed") or 0
        run.chunks = get("chunks") or 0
        run.bytes_total = get("bytes_total") or 0
        run.bytes_done = get("bytes_done") or 0
        run.current_file = get("current_file")
        left = get("time_left")
        run.engine_time_left = (float(left[0]), float(left[1])) if left else None
    run.last_ts = get("ts") or run.last_ts


def _end(run: RunState, outcome: str | None, frame: Frame) -> None:
    run.status = _ENDED.get(outcome or "", JobStatus.FAILED)
    run.finished_at = run.finished_at or frame.get("ts") or None
    run.engine_time_left = None
    run.current_file = None
    if run.status is JobStatus.COMPLETED:
        run.progress = 100.0
    elif run.status is JobStatus.FAILED:
        run.error = run.error or str(frame.get("error") or frame.get("log") or "")


def fold_file(run: RunState, raw: dict[str, Any]) -> JobFile | None:
    """Fold the state of one file; None for what is older than what we have or no file at all."""
    try:
        row = JobFile.model_validate(raw)
    except ValueError:
        return None
    return row if take_file(run, row) else None


def take_file(run: RunState, row: JobFile) -> bool:
    """Take the state of one file; False for what is older than what we have."""
    before = run.files.get(row.path)
    if before is not None and before.state in FINAL_FILES:
        if row.state not in FINAL_FILES and row.attempts <= before.attempts:
            return False
        if row.attempts < before.attempts:
            return False
    was_empty = before is not None and before.state is FileState.EMPTY
    run.files_empty += (row.state is FileState.EMPTY) - was_empty
    run.files[row.path] = row
    return True


def fold_job(run: RunState, job: Job) -> None:
    """Take the engine's own row; an end is never taken back by the same attempt."""
    if run.is_final and not job.status.is_final and job.attempt <= run.attempt and not _resumed(run, job):
        return
    run.status = job.status
    run.type, run.name, run.owner = job.type, job.name or run.name, job.owner
    run.stage, run.progress = job.stage or run.stage, job.progress
    run.message = job.message or run.message
    run.files_total, run.files_done, run.files_failed = job.files_total, job.files_done, job.files_failed
    run.chunks, run.bytes_total, run.bytes_done = job.chunks, job.bytes_total, job.bytes_done
    run.created_at, run.started_at, run.finished_at = job.created_at, job.started_at, job.finished_at
    run.attempt, run.retry_of, run.retried_by = job.attempt, job.retry_of, job.retried_by
    run.position = job.position
    run.waiting_code = job.waiting.code if job.waiting else None
    run.waiting_behind = job.waiting.behind if job.waiting else None
    run.error, run.error_code, run.error_details = job.error, job.error_code, job.error_details
    run.receipt, run.params = job.receipt, job.params
    run.stage_seconds = job.stage_seconds or run.stage_seconds
    run.engine_time_left = (job.time_left.low, job.time_left.high) if job.time_left else None
    run.heartbeat_at = job.heartbeat_at
    run.unknown_since = None
    if run.is_final:
        run.current_file = None


def _resumed(run: RunState, job: Job) -> bool:
    """An interrupted run that the engine took up again is the one end that is no end."""
    return run.status is JobStatus.INTERRUPTED and job.status is not JobStatus.INTERRUPTED


def fold_field_job(run: RunState, frame: Frame) -> None:
    """A ``job_update`` of the field: flat fields, or the same inside ``data``."""
    inner = frame.get("data")
    fields = {**frame, **inner} if isinstance(inner, dict) else frame
    status = _STATUS_WORDS.get(str(fields.get("status") or ""))
    if fields.get("success") is not None and status is None:
        status = JobStatus.COMPLETED if fields["success"] else JobStatus.FAILED
    if run.is_final and (status is None or not status.is_final):
        return
    if status is not None:
        run.status = status
    progress = fields.get("progress")
    if isinstance(progress, int | float):
        run.progress = min(100.0, max(0.0, float(progress)))
    run.message = str(fields.get("message") or run.message)
    run.error = str(fields["error"]) if fields.get("error") else run.error


def fold_log(run: RunState, frames: Iterable[Frame], say: Say | None = None) -> list[LogEntry]:
    """Log frames of a run as entries of its log."""
    run.log_from_frames = True
    return [
        (
            frame.get("ts") or "",
            str(frame.get("level") or "info"),
            line_text(str(frame.get("text") or ""), frame.get("code"), frame.get("values"), say),
            frame.get("seq") or 0,
        )
        for frame in frames
    ]


def fold_frames(
    run: RunState, frames: Sequence[Frame], say: Say | None = None
) -> tuple[list[LogEntry], list[JobFile]]:
    """Fold any frames of one run, in order; its new log lines and the files that moved on."""
    entries: list[LogEntry] = []
    rows: list[JobFile] = []
    start, count = 0, len(frames)
    while start < count:
        kind, word = classify(frames[start]), frames[start].get("type")
        end = start + 1
        while end < count and frames[end].get("type") == word and (word or classify(frames[end]) is kind):
            end += 1
        same = frames[start:end]
        start = end
        if kind is FrameKind.TRAINING:
            entries += fold_training(run, same)
        elif kind is FrameKind.LOG:
            entries += fold_log(run, same, say)
        elif kind is FrameKind.FILE:
            rows += [row for frame in same if (row := fold_file(run, frame.get("file") or {}))]
        elif kind is FrameKind.JOB:
            fold_job_frames(run, same)
    seq = frames[-1].get("seq")
    if seq:
        run.last_seq = seq
    return entries, rows


def fold_job_frames(run: RunState, frames: Sequence[Frame]) -> None:
    """Fold frames about the job itself: ours carry the whole row, the field's some flat fields."""
    for frame in frames:
        data = frame.get("data")
        if isinstance(data, dict) and frame.get("seq") and "type" in data:
            try:
                fold_job(run, Job.model_validate(data))
                run.log_from_frames = True
                continue
            except ValueError:
                pass  # another shape under the same name: the flat fields say enough
        fold_field_job(run, frame)


def stage_order() -> tuple[FileStage, ...]:
    """The stages of a run in order, as shown."""
    return (
        FileStage.SCAN,
        FileStage.IDENTIFY,
        FileStage.EXTRACT,
        FileStage.STRUCTURE,
        FileStage.CHUNK,
        FileStage.INDEX,
        FileStage.VERIFY,
    )
