# SPDX-License-Identifier: MIT
"""What a finished run comes to, what two runs differ in, and both as files."""

import csv
import io
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bldr_desktop.protocol import routes
from bldr_desktop.protocol.base import FileState
from bldr_desktop.protocol.jobs import Job
from bldr_desktop.services.series import Series, seconds_between
from bldr_desktop.services.training_state import RunState

if TYPE_CHECKING:
    from bldr_desktop.client.api import Api


@dataclass(slots=True)
class Problem:
    """A file that gave nothing."""

    path: str
    state: str
    stage: str
    reason: str


@dataclass(slots=True)
class RunReport:
    """A run in numbers: seconds, bytes, counts. ``None`` where the server said nothing."""

    job_id: str
    name: str
    status: str
    started_at: str | None
    finished_at: str | None
    seconds: float | None
    files_total: int
    files_done: int
    files_failed: int
    unchanged: int
    pages: int
    chunks: int
    bytes: int
    files_a_second: float | None
    bytes_a_second: float | None
    stage_seconds: dict[str, float] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    slowest: list[tuple[str, float]] = field(default_factory=list)


def report_of(run: RunState, seconds: float | None) -> RunReport:
    """Add a run up; ``seconds`` it took."""
    rows = list(run.files.values())
    spent = sorted(((row.path, sum(row.stage_seconds.values())) for row in rows), key=lambda item: -item[1])
    done = run.files_done + run.files_failed
    return RunReport(
        job_id=run.job_id,
        name=run.name,
        status=run.status.value if run.status else "unknown",
        started_at=run.started_at,
        finished_at=run.finished_at,
        seconds=seconds,
        files_total=run.files_total,
        files_done=run.files_done,
        files_failed=run.files_failed,
        unchanged=sum(row.state is FileState.UNCHANGED for row in rows),
        pages=sum(row.pages for row in rows),
        chunks=run.chunks,
        bytes=run.bytes_done,
        files_a_second=done / seconds if seconds else None,
        bytes_a_second=run.bytes_done / seconds if seconds else None,
        stage_seconds=dict(run.stage_seconds),
        problems=[
            Problem(row.path, row.state.value, row.stage.value, row.error or "; ".join(row.warnings))
            for row in run.troubled()
        ],
        slowest=[item for item in spent[:5] if item[1] > 0],
    )


def report_of_job(job: Job) -> RunReport:
    """The same from the engine's row alone, for runs of long ago."""
    run = RunState(job.id)
    run.name, run.status = job.name, job.status
    run.started_at, run.finished_at = job.started_at, job.finished_at
    run.files_total, run.files_done, run.files_failed = job.files_total, job.files_done, job.files_failed
    run.chunks, run.bytes_done, run.stage_seconds = job.chunks, job.bytes_done, job.stage_seconds
    return report_of(run, seconds_between(job.started_at, job.finished_at))


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One figure of two runs. ``kind``: ``count``, ``seconds``, ``bytes`` or ``rate``; ``better`` is 1 when
    more is better, -1 when less is, 0 when neither."""

    key: str
    kind: str
    left: float | None
    right: float | None
    better: int

    @property
    def change(self) -> float | None:
        """Relative change from left to right: 0.1 is ten percent more."""
        if self.left is None or self.right is None or self.left == 0:
            return None
        return self.right / self.left - 1.0


def compare(left: RunReport, right: RunReport) -> list[CompareRow]:
    """The figures of two runs side by side, stages last."""
    rows = [
        CompareRow("seconds", "seconds", left.seconds, right.seconds, -1),
        CompareRow("files_done", "count", left.files_done, right.files_done, 1),
        CompareRow("files_failed", "count", left.files_failed, right.files_failed, -1),
        CompareRow("chunks", "count", left.chunks, right.chunks, 0),
        CompareRow("bytes", "bytes", left.bytes, right.bytes, 0),
        CompareRow("files_a_second", "rate", left.files_a_second, right.files_a_second, 1),
        CompareRow("bytes_a_second", "bytes", left.bytes_a_second, right.bytes_a_second, 1),
    ]
    stages = dict.fromkeys([*left.stage_seconds, *right.stage_seconds])
    rows += [
        CompareRow(
            f"stage:{stage}", "seconds", left.stage_seconds.get(stage), right.stage_seconds.get(stage), -1
        )
        for stage in stages
    ]
    return rows


async def past_runs(api: "Api", limit: int = 100) -> list[Job]:
    """The newest runs first.

    Raises:
        ApiError: It could not be asked, or this server keeps no history.
    """
    return await api.get_list(routes.TRAINING_RUNS, Job, params={"limit": limit})


def save_report(report: RunReport, target: Path) -> None:
    """Write a report; the ending says how: ``.json``, ``.csv`` or text.

    Raises:
        OSError: It could not be written.
    """
    suffix = target.suffix.lower()
    if suffix == ".json":
        text = json.dumps(asdict(report), ensure_ascii=False, indent=2)
    elif suffix == ".csv":
        text = _csv(_flat(report))
    else:
        text = _text(report)
    target.write_text(text, encoding="utf-8-sig" if suffix == ".csv" else "utf-8")


def save_curves(curves: Series, target: Path) -> None:
    """Write curves as CSV: seconds, then a column a curve.

    Raises:
        OSError: It could not be written.
    """
    columns = [curves.values(name) for name in curves.names]
    rows: list[list[Any]] = [["seconds", *curves.names]]
    rows += [[f"{x:.2f}", *(column[i] for column in columns)] for i, x in enumerate(curves.x)]
    target.write_text(_csv(rows), encoding="utf-8-sig")


def _csv(rows: list[list[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _flat(report: RunReport) -> list[list[Any]]:
    rows: list[list[Any]] = [["figure", "value"]]
    for key, value in asdict(report).items():
        if not isinstance(value, dict | list):
            rows.append([key, "" if value is None else value])
    rows += [[f"stage {stage}, s", round(seconds, 3)] for stage, seconds in report.stage_seconds.items()]
    rows += [[], ["file", "state", "stage", "reason"]]
    rows += [[p.path, p.state, p.stage, p.reason] for p in report.problems]
    return rows


def _text(report: RunReport) -> str:
    lines = [f"{key}: {value}" for key, value, *_ in (row for row in _flat(report)[1:] if len(row) == 2)]
    lines += ["", f"problems: {len(report.problems)}"]
    lines += [f"- {p.path} [{p.state}, {p.stage}] {p.reason}" for p in report.problems]
    lines += ["", "slowest files:"]
    lines += [f"- {path}: {seconds:.2f} s" for path, seconds in report.slowest]
    return "\n".join(lines) + "\n"
