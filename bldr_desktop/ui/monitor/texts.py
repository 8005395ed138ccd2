# SPDX-License-Identifier: MIT
"""Words of the monitor in the person's language: states, stages, durations, sizes."""

from datetime import datetime

from PySide6.QtCore import QLocale

from bldr_desktop.client.link import Link, LinkReason, LinkState
from bldr_desktop.protocol.base import FileStage, FileState, JobStatus
from bldr_desktop.services.run_view import Alive, Liveness
from bldr_desktop.services.training_state import RunState
from bldr_desktop.ui.models.job_words import given_name
from bldr_desktop.ui.qt.i18n import tr

STATUS_TONES = {
    None: "neutral",
    JobStatus.QUEUED: "neutral",
    JobStatus.RUNNING: "accent",
    JobStatus.CANCELLING: "warn",
    JobStatus.COMPLETED: "ok",
    JobStatus.FAILED: "error",
    JobStatus.CANCELLED: "warn",
    JobStatus.INTERRUPTED: "warn",
}


def status_text(run: RunState) -> str:
    """The state of a run as a word or two."""
    if run.unknown_since is not None:
        return tr("monitor", "Unknown since {time}", time=clock_text(run.unknown_since))
    if run.status is JobStatus.COMPLETED and run.files_failed:
        return tr("monitor", "Finished, %n failed", run.files_failed)
    texts = {
        None: tr("monitor", "Unknown"),
        JobStatus.QUEUED: tr("monitor", "Waiting"),
        JobStatus.RUNNING: tr("monitor", "Running"),
        JobStatus.CANCELLING: tr("monitor", "Stopping…"),
        JobStatus.COMPLETED: tr("monitor", "Finished"),
        JobStatus.FAILED: tr("monitor", "Failed"),
        JobStatus.CANCELLED: tr("monitor", "Stopped"),
        JobStatus.INTERRUPTED: tr("monitor", "Interrupted"),
    }
    return texts[run.status]


def status_tone(run: RunState) -> str:
    """The tone that goes with it."""
    if run.unknown_since is not None:
        return "warn"
    if run.status is JobStatus.COMPLETED and run.files_failed:
        return "warn"
    return STATUS_TONES[run.status]


def stage_text(stage: str) -> str:
    """A stage by its name; a field server's own words stay as they are."""
    texts = {
        FileStage.SCAN: tr("monitor", "Finding files"),
        FileStage.IDENTIFY: tr("monitor", "Recognising type"),
        FileStage.EXTRACT: tr("monitor", "Reading text"),
        FileStage.STRUCTURE: tr("monitor", "Finding clauses"),
        FileStage.CHUNK: tr("monitor", "Chunking"),
        FileStage.INDEX: tr("monitor", "Indexing"),
        FileStage.VERIFY: tr("monitor", "Verifying"),
        FileStage.DONE: tr("monitor", "Done"),
        "complete": tr("monitor", "Done"),
        "error": tr("monitor", "Error"),
    }
    return texts.get(stage, stage)


def file_state_text(state: FileState) -> str:
    """The state of one file."""
    texts = {
        FileState.WAITING: tr("monitor", "Waiting"),
        FileState.ACTIVE: tr("monitor", "In work"),
        FileState.DONE: tr("monitor", "Searchable"),
        FileState.UNCHANGED: tr("monitor", "Unchanged"),
        FileState.EMPTY: tr("monitor", "No text"),
        FileState.FAILED: tr("monitor", "Failed"),
        FileState.SKIPPED: tr("monitor", "Skipped"),
        FileState.NOT_FOUND: tr("monitor", "Not found"),
        FileState.CANCELLED: tr("monitor", "Stopped"),
        FileState.QUARANTINED: tr("monitor", "Set aside"),
    }
    return texts[state]


def alive_text(run: RunState, alive: Alive) -> str:
    """The heartbeat in words: *working, waiting behind n, slow, no heartbeat n s*."""
    seconds = int(alive.seconds or 0)
    match alive.word:
        case Liveness.WAITING:
            return waiting_text(run)
        case Liveness.WORKING:
            if alive.seconds is None or seconds < 2:
                return tr("monitor", "Working")
            return tr("monitor", "Working · last event {ago} ago", ago=duration(seconds))
        case Liveness.SLOW:
            return tr("monitor", "Slow: no progress for {ago}, but it is alive", ago=duration(seconds))
        case Liveness.SILENT:
            return tr("monitor", "No heartbeat for {ago}", ago=duration(seconds))
        case Liveness.UNKNOWN:
            return tr("monitor", "Not known now: the server is not heard")
        case _:
            return ""


def waiting_text(run: RunState) -> str:
    """Why a run is not running yet."""
    if run.waiting_code == "no_worker":
        return tr("monitor", "Waiting: no worker is running")
    if run.waiting_code == "busy" and run.waiting_behind:
        return tr("monitor", "Waiting: the worker is busy with “{name}”", name=run.waiting_behind)
    if run.position:
        return tr("monitor", "Waiting behind %n job(s)", run.position)
    return tr("monitor", "Waiting for its turn")


def link_text(link: Link, now: float) -> str:
    """The connection as one word, with the countdown while there is one."""
    if link.state is LinkState.RECONNECTING and link.retry_at is not None:
        left = round(link.retry_at - now)
        if left > 0:
            return tr("monitor", "Reconnecting in {n} s", n=left)
    texts = {
        LinkState.OFFLINE: tr("monitor", "Offline"),
        LinkState.CONNECTING: tr("monitor", "Connecting…"),
        LinkState.CONNECTED: tr("monitor", "Connected"),
        LinkState.RECONNECTING: tr("monitor", "Reconnecting…"),
        LinkState.UNAUTHORIZED: tr("monitor", "Sign-in needed"),
    }
    return texts[link.state]


def link_reason(link: Link) -> str:
    """Why the connection is, or was, away; empty when there is nothing to say."""
    texts = {
        LinkReason.DNS: tr("monitor", "No server of this name was found."),
        LinkReason.REFUSED: tr("monitor", "Nothing answers at the server's address."),
        LinkReason.TLS: tr("monitor", "The server's certificate is not trusted."),
        LinkReason.TIMEOUT: tr("monitor", "The server did not answer in time."),
        LinkReason.SILENT: tr("monitor", "The server fell silent."),
        LinkReason.CLOSED: tr("monitor", "The server closed the connection."),
        LinkReason.TOKEN: tr("monitor", "The server does not accept the sign-in any more."),
        LinkReason.POLICY: tr("monitor", "The server refuses this connection."),
        LinkReason.TRY_LATER: tr("monitor", "The server has too many connections now."),
        LinkReason.NOT_BLDR: tr("monitor", "What answers there is no Bldr server."),
        LinkReason.WOKE: tr("monitor", "The computer was asleep."),
        LinkReason.NETWORK_CHANGED: tr("monitor", "The network has changed."),
        LinkReason.LOST: tr("monitor", "The connection was lost."),
    }
    return texts.get(link.reason, "")


def link_tone(link: Link) -> str:
    """The tone of the connection's word."""
    return {
        LinkState.CONNECTED: "ok",
        LinkState.CONNECTING: "neutral",
        LinkState.OFFLINE: "neutral",
        LinkState.RECONNECTING: "warn",
        LinkState.UNAUTHORIZED: "error",
    }[link.state]


def duration(seconds: float) -> str:
    """A length of time as a person says it: ``5 s``, ``2 min 5 s``, ``1 h 4 min``."""
    whole = max(0, round(seconds))
    if whole < 60:
        return tr("monitor", "{n} s", n=whole)
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        if minutes >= 10 or not rest:
            return tr("monitor", "{n} min", n=minutes)
        return tr("monitor", "{m} min {s} s", m=minutes, s=rest)
    hours, minutes = divmod(minutes, 60)
    return tr("monitor", "{h} h {m} min", h=hours, m=minutes)


def short_duration(seconds: float) -> str:
    """A measured time with as many digits as it deserves."""
    if seconds < 0.0005:
        return tr("monitor", "{n} s", n=0)
    if seconds < 1:
        return tr("monitor", "{n} ms", n=round(seconds * 1000))
    if seconds < 10:
        return tr("monitor", "{n} s", n=number(seconds, 1))
    return duration(seconds)


def time_left_text(low: float, high: float) -> str:
    """A range that does not pretend to be exact."""
    if high < 5:
        return tr("monitor", "a few seconds left")
    low, high = _rounded(low), _rounded(high)
    if low == high:
        return tr("monitor", "about {time} left", time=duration(high))
    if low < 1:
        return tr("monitor", "up to {time} left", time=duration(high))
    if high < 60:
        return tr("monitor", "{low}–{high} s left", low=round(low), high=round(high))
    if low >= 60 and high < 3600:
        return tr("monitor", "{low}–{high} min left", low=round(low / 60), high=round(high / 60))
    return tr("monitor", "{low} – {high} left", low=duration(low), high=duration(high))


def _rounded(seconds: float) -> float:
    step = (
        1 if seconds < 10 else 5 if seconds < 60 else 15 if seconds < 120 else 60 if seconds < 3600 else 600
    )
    return round(seconds / step) * step


def number(value: float, digits: int = 0) -> str:
    """A number with the language's own separators."""
    locale = QLocale()
    if digits == 0:
        return locale.toString(round(value))
    return locale.toString(float(value), "f", digits)


def end_text(run: RunState) -> str:
    """One sentence under the bar of a run that has ended."""
    if run.status is JobStatus.FAILED:
        return run.error or run.message
    if not run.files_total:
        return run.message
    done, total = number(run.searchable), number(run.files_total)
    return tr("monitor", "{n} of {m} files are searchable", n=done, m=total)


def clock_text(ts: str | None) -> str:
    """The local time of day of an instant, hours and minutes."""
    try:
        return datetime.fromisoformat(ts or "").astimezone().strftime("%H:%M")
    except ValueError:
        return ""


def second_text(ts: str | None) -> str:
    """The local time of day of an instant with seconds."""
    try:
        return datetime.fromisoformat(ts or "").astimezone().strftime("%H:%M:%S")
    except ValueError:
        return ""


def moment_text(ts: str | None) -> str:
    """Day and time of an instant, local."""
    try:
        moment = datetime.fromisoformat(ts or "").astimezone()
    except ValueError:
        return ""
    return (
        moment.strftime("%d.%m.%Y %H:%M")
        if QLocale().language() == QLocale.Language.Russian
        else (moment.strftime("%Y-%m-%d %H:%M"))
    )


def run_name(run: RunState) -> str:
    """What a run is called: its own name, its folder, or the time it began."""
    if run.name:
        return given_name(run.name)
    folder = run.params.get("custom_dir") or run.params.get("base_dir")
    if folder:
        return str(folder).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    started = clock_text(run.started_at or run.created_at)
    return tr("monitor", "Training of {time}", time=started) if started else tr("monitor", "Training")
