# SPDX-License-Identifier: MIT
"""The words of the Files panel: states, verdicts, reasons, sizes, times."""

from PySide6.QtCore import QLocale

from bldr_desktop.services.preflight import Candidate, Verdict
from bldr_desktop.services.reconcile import Difference, Folder
from bldr_desktop.services.transfer_state import Transfer, TransferState
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.reasons import reason
from bldr_desktop.ui.sizes import size


def state(row: Transfer) -> str:
    """What a row is doing, in a word or two."""
    if row.state is TransferState.UPLOADED:
        return tr("files", "In the queue") if row.job_id or row.train else tr("files", "Uploaded")
    if row.state is TransferState.TRAINING:
        return {
            "chunk": tr("files", "Chunking"),
            "index": tr("files", "Indexing"),
        }.get(row.stage, tr("files", "Reading"))
    return {
        TransferState.CHECKING: tr("files", "Checking"),
        TransferState.WAITING: tr("files", "Waiting"),
        TransferState.SENDING: tr("files", "Uploading"),
        TransferState.PAUSED: tr("files", "Paused"),
        TransferState.TRAINED: tr("files", "Searchable"),
        TransferState.EMPTY: tr("files", "No text"),
        TransferState.FAILED: tr("files", "Failed"),
        TransferState.CANCELLED: tr("files", "Cancelled"),
    }[row.state]


def details(row: Transfer) -> str:
    """What else there is to say: a reason, a speed, what came out of it."""
    if row.state is TransferState.SENDING and row.speed > 0:
        return speed(row.speed)
    if row.state in {TransferState.FAILED, TransferState.EMPTY, TransferState.PAUSED}:
        return reason(row.error_code, row.error)
    parts = []
    if row.pages:
        parts.append(tr("files", "%n page(s)", row.pages))
    if row.chunks:
        parts.append(tr("files", "%n chunk(s)", row.chunks))
    if row.times_found:
        parts.append(tr("files", "found %n time(s)", row.times_found))
    return " · ".join(parts)


def verdict(value: Verdict) -> str:
    """What would become of a file."""
    return {
        Verdict.NEW: tr("files", "New"),
        Verdict.CHANGED: tr("files", "Changed"),
        Verdict.UNCHANGED: tr("files", "Unchanged"),
        Verdict.DUPLICATE: tr("files", "Duplicate"),
        Verdict.UNSUPPORTED: tr("files", "Not supported"),
        Verdict.TOO_BIG: tr("files", "Too big"),
        Verdict.EMPTY: tr("files", "Empty"),
        Verdict.UNREADABLE: tr("files", "Cannot be read"),
    }[value]


def candidate(item: Candidate) -> str:
    """What else there is to say about a file before it is sent."""
    if item.verdict is Verdict.DUPLICATE:
        return tr("files", "Same content as {name}", name=item.reason or "")
    if item.verdict is Verdict.UNCHANGED and item.reason:
        return reason(item.code, item.reason)
    if item.verdict is Verdict.UNCHANGED:
        return tr("files", "Already searchable")
    if item.verdict is Verdict.CHANGED:
        return tr("files", "Other content is known under this name")
    if item.verdict is Verdict.UNREADABLE:
        return reason(item.code, item.reason)
    return ""


def speed(amount: float) -> str:
    """Bytes a second."""
    return tr("files", "{size}/s", size=size(int(amount)))


def time_left(span: tuple[float, float] | None) -> str:
    """An honest remaining time as a range; empty while it is not known."""
    if span is None:
        return ""
    low, high = (max(int(value), 1) for value in span)
    if high < 60:
        text = (
            tr("files", "{low}–{high} s", low=low, high=high) if low < high else tr("files", "{n} s", n=high)
        )
    elif high < 3600:
        a, b = max(low // 60, 1), -(-high // 60)
        text = tr("files", "{low}–{high} min", low=a, high=b) if a < b else tr("files", "{n} min", n=b)
    else:
        from_, to = (QLocale().toString(value / 3600, "f", 1) for value in (low, high))
        text = tr("files", "{low}–{high} h", low=from_, high=to)
    return tr("files", "{time} left", time=text)


def number(value: int) -> str:
    """A whole number with the language's digit groups."""
    return QLocale().toString(value)


def difference(value: Difference) -> tuple[str, str, str]:
    """Name of a difference, what it means, and the one thing to do about it (may be empty)."""
    return {
        Difference.NOT_TRAINED: (
            tr("files", "Not searchable"),
            tr("files", "In the folder, not uploaded or not trained yet"),
            tr("files", "Make searchable"),
        ),
        Difference.CHANGED: (
            tr("files", "Changed"),
            tr("files", "Other content than what was trained"),
            tr("files", "Update"),
        ),
        Difference.GONE: (
            tr("files", "Gone"),
            tr("files", "Trained, but no longer in the folder"),
            tr("files", "Remove from search"),
        ),
        Difference.FAILED: (
            tr("files", "Failed"),
            tr("files", "Could not be read"),
            tr("files", "Try again"),
        ),
        Difference.EMPTY: (tr("files", "Empty"), tr("files", "No bytes, or no text in them"), ""),
        Difference.DUPLICATE: (tr("files", "Duplicates"), tr("files", "Same content as another file"), ""),
        Difference.TRAINED: (tr("files", "Searchable"), "", ""),
    }[value]


def folder_badge(folder: Folder) -> str:
    """How a folder stands, in a few words for the list."""
    if folder.missing_since:
        return tr("files", "not there")
    if folder.checking:
        return tr("files", "comparing…")
    if folder.files is None:
        return tr("files", "not compared yet")
    changed = folder.open_differences
    if changed:
        return tr("files", "%n difference(s)", changed)
    return tr("files", "all searchable")
