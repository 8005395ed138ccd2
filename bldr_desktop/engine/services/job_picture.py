# SPDX-License-Identifier: MIT
"""A run as a monitor shows it, in one answer that does not grow with the run's length."""

import json
from collections.abc import Sequence

from bldr_desktop.engine.ports.events import Event, EventLog
from bldr_desktop.engine.ports.jobs import FAILED, JobStore
from bldr_desktop.protocol.base import FileState
from bldr_desktop.protocol.events import FrameType
from bldr_desktop.protocol.jobs import Job, JobPicture, JobPoint, LogLine
from bldr_desktop.protocol.logs import CODED

_POINTS = 600
_LINES = 500
_FILES = 2000
_TOLD = (*FAILED, FileState.EMPTY, FileState.SKIPPED, FileState.ACTIVE)
_LETTERS = {"debug": "D", "warning": "W", "error": "E"}


def picture_of(job: Job, store: JobStore, events: EventLog) -> JobPicture:
    """Everything there is to see of a job; what happens meanwhile has numbers above ``last_seq``."""
    last_seq = events.last_seq
    points = [_point(event) for event in events.spread(job.id, FrameType.TRAINING.value, _POINTS)]
    tail = events.newest_of(job.id, FrameType.LOG.value, _LINES)
    before = 0
    if len(tail) == _LINES:
        before = events.count(job_id=job.id, types=[FrameType.LOG.value], before=tail[0].seq)
    files, _ = store.files(job.id, _TOLD, 0, _FILES)
    return JobPicture(
        job=job,
        points=points,
        files=[row.file for row in files],
        lines=log_lines(tail),
        lines_before=before,
        last_seq=last_seq,
        epoch=events.epoch,
    )


def log_lines(found: Sequence[Event]) -> list[LogLine]:
    """Log events as lines."""
    lines = []
    for event in found:
        frame = event.frame
        level, text = frame.get("level", "info"), frame.get("text", "")
        line = LogLine(seq=event.seq, ts=event.ts, level=level, text=text, file=frame.get("file"))
        line.code, line.values = frame.get("code"), frame.get("values") or {}
        lines.append(line)
    return lines


def log_records(found: Sequence[Event], *, coded: bool = False) -> bytes:
    """Log events as records, one a line: instant, tab, level letter, tab, text with line feeds as ``\\v``;
    ``coded``: where a line has code and values (JSON), they follow the text, each after a :data:`CODED`."""
    records = []
    for event in found:
        frame = event.frame
        text = str(frame.get("text", "")).replace("\r\n", "\v").replace("\n", "\v").replace("\r", "\v")
        if coded:
            text = text.replace(CODED, " ")
            if frame.get("code"):
                values = json.dumps(frame.get("values") or {}, ensure_ascii=False)
                text += f"{CODED}{frame['code']}{CODED}{values}"
        records.append(f"{event.ts}\t{_LETTERS.get(frame.get('level', ''), 'I')}\t{text}\n")
    return "".join(records).encode()


def _point(event: Event) -> JobPoint:
    frame = event.frame
    names = ("files_total", "files_done", "files_failed", "chunks", "bytes_done")
    return JobPoint(ts=event.ts, **{name: frame.get(name) or 0 for name in names})
