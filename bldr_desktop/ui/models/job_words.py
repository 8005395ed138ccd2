# SPDX-License-Identifier: MIT
"""A job in the person's words: state, type, why it waits, how long it took and will take."""

from datetime import UTC, datetime

from bldr_desktop.protocol.base import TRAINING_JOBS, JobStatus
from bldr_desktop.protocol.jobs import UPLOADED_FILES, Job
from bldr_desktop.ui.models.job_explain import cause_in_own_words
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.widgets import words


def status_word(status: JobStatus) -> str:
    """A job's state."""
    return {
        JobStatus.QUEUED: tr("queue", "Waiting"),
        JobStatus.RUNNING: tr("queue", "Running"),
        JobStatus.CANCELLING: tr("queue", "Cancelling"),
        JobStatus.COMPLETED: tr("queue", "Completed"),
        JobStatus.FAILED: tr("queue", "Failed"),
        JobStatus.CANCELLED: tr("queue", "Cancelled"),
        JobStatus.INTERRUPTED: tr("queue", "Interrupted"),
    }[status]


def type_word(kind: str) -> str:
    """A job's type; an unknown one as it is."""
    return {
        "training": tr("queue", "Training"),
        "document_retrain": tr("queue", "Retraining"),
        "ai_task": tr("queue", "AI answer"),
        "question_list": tr("queue", "Question list"),
        "export": tr("queue", "Export"),
        "evaluation": tr("queue", "Control questions"),
    }.get(kind, kind)


def given_name(name: str) -> str:
    """A job's name; the one that the engine itself gives, in the person's language."""
    return tr("queue", "Uploaded files") if name == UPLOADED_FILES else name


def title_words(job: Job) -> str:
    """Type and name of a job."""
    kind = type_word(job.type)
    return f"{kind}: {given_name(job.name)}" if job.name else kind


def waiting_words(job: Job) -> str:
    """Why a queued job does not run yet; empty when it does, or nobody said why."""
    reason = job.waiting
    if job.status is not JobStatus.QUEUED or reason is None:
        return ""
    place = reason.position or job.position or 1
    if reason.code == "no_worker":
        return tr("queue", "No worker is there to take it")
    if reason.code == "busy":
        if reason.behind:
            return tr("queue", "Next; waits for «{job}»", job=reason.behind)
        return tr("queue", "Next; all workers are busy")
    if reason.code == "lease":
        return tr("queue", "Waits until the worker that had it is given up")
    if place > 1 and reason.behind:
        return tr("queue", "Place {place}, behind «{job}»", place=place, job=reason.behind)
    if place > 1:
        return tr("queue", "Place {place} in line", place=place)
    return tr("queue", "Next in line")


def outcome_words(job: Job) -> str:
    """How a training stands or ended, from its counts; empty for other jobs."""
    if job.type not in TRAINING_JOBS or not job.files_total:
        return ""
    done = tr("queue", "{done} of {total} files", done=job.files_done, total=job.files_total)
    if not job.files_failed:
        return done
    return done + ", " + tr("queue", "{n} failed", n=job.files_failed)


def read_words(job: Job) -> str:
    """How many files of a training were read, short for a column; of how many where some failed."""
    done = words.number(job.files_done)
    if not job.files_failed:
        return done
    return tr("queue", "{done} of {total}", done=done, total=words.number(job.files_done + job.files_failed))


def trouble_words(job: Job) -> str:
    """Why it failed, or what of it did; empty when all is well."""
    if not job.error:
        return ""
    if job.status is JobStatus.COMPLETED and (counted := outcome_words(job)):
        return counted
    return cause_in_own_words(job.error_code) or job.error


def kept_words(job: Job) -> str:
    """What a cancelled job left; empty for others."""
    receipt = job.receipt
    if job.status is not JobStatus.CANCELLED:
        return ""
    if receipt is None or not receipt.total:
        return status_word(job.status)
    return tr("queue", "Cancelled: {kept} of {total} files are kept and searchable.",
              kept=receipt.kept, total=receipt.total)  # fmt: skip


def left_words(job: Job) -> str:
    """The honest range, empty until it is known."""
    left = job.time_left
    if left is None or job.status is not JobStatus.RUNNING:
        return ""
    if left.high < 5:
        return tr("queue", "a few seconds")
    low, high = length(left.low), length(left.high)
    return low if low == high else tr("queue", "{low} – {high}", low=low, high=high)


def duration_words(job: Job) -> str:
    """How long it ran, or runs by now; empty before it began."""
    began = _moment(job.started_at)
    if began is None:
        return ""
    ended = _moment(job.finished_at) or datetime.now(UTC)
    return length(max(0.0, (ended - began).total_seconds()))


def length(seconds: float) -> str:
    """A length of time, short: «5 s», «2 min», «1 h 04 min»."""
    whole = round(seconds)
    if whole < 60:
        return tr("queue", "{n} s", n=whole)
    if whole < 3600:
        return tr("queue", "{n} min", n=round(whole / 60))
    return tr("queue", "{h} h {m} min", h=whole // 3600, m=f"{whole % 3600 // 60:02d}")


def _moment(stamp: str | None) -> datetime | None:
    if not stamp:
        return None
    try:
        return datetime.fromisoformat(stamp)
    except ValueError:
        return None
