# SPDX-License-Identifier: MIT
"""Coded lines of a job's log in the person's language."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QLocale

from bldr_desktop.protocol.logs import LogCode
from bldr_desktop.ui.models.job_explain import explain
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.reasons import reason

Values = Mapping[str, Any]


def log_words(code: str, values: Values) -> str | None:
    """What a coded line says; None in English, which the line brings itself, and for what is not known."""
    words = _WORDS.get(code)
    if words is None or QLocale().language() is QLocale.Language.English:
        return None
    try:
        return words(values)
    except (KeyError, TypeError, ValueError):
        return None  # a newer server's values: its own text is right


def _file_done(values: Values) -> str:
    return tr(
        "monitor",
        "{name}: {pages}, {chunks}, {seconds} s.",
        name=values["name"],
        pages=tr("monitor", "%n page(s)", int(values["pages"])),
        chunks=tr("monitor", "%n chunk(s)", int(values["chunks"])),
        seconds=QLocale().toString(float(values["seconds"]), "f", 2),
    )


def _file_failed(values: Values) -> str:
    why = reason(values["reason"], values["sentence"]).rstrip(".")
    return tr("monitor", "{name}: {reason}.", name=values["name"], reason=_inside(why))


def _file_again(values: Values) -> str:
    why = reason(values["reason"], values["sentence"]).rstrip(".")
    return tr(
        "monitor",
        "{name}: {reason}. Attempt {n} follows.",
        name=values["name"],
        reason=_inside(why),
        n=int(values["attempt"]),
    )


def _file_unchanged(values: Values) -> str:
    chunks = tr("monitor", "%n chunk(s)", int(values["chunks"]))
    return tr("monitor", "{name}: unchanged, searchable: {chunks}.", name=values["name"], chunks=chunks)


def _training_done(values: Values) -> str:
    return tr(
        "monitor",
        "Finished: {n} of {m} files, new: {chunks}.",
        n=int(values["done"]),
        m=int(values["total"]),
        chunks=tr("monitor", "%n chunk(s)", int(values["chunks"])),
    )


def _training_stopped(values: Values) -> str:
    return tr("monitor", "Stopped: {n} of {m} files are kept.", n=int(values["kept"]), m=int(values["total"]))


def _files_failed(values: Values) -> str:
    return tr(
        "monitor",
        "{n} of {m} files failed. The list of files says why for each.",
        n=int(values["failed"]),
        m=int(values["total"]),
    )


def _inside(sentence: str) -> str:
    """A sentence after a colon; an abbreviation at its beginning stays as it is."""
    return (
        sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() or sentence[1:2] == " " else sentence
    )


_WORDS: dict[str, Callable[[Values], str]] = {
    LogCode.FILES_FOUND: lambda values: tr("monitor", "Found: %n file(s).", int(values["n"])),
    LogCode.GOES_ON: lambda _values: tr("monitor", "Goes on from the last finished file."),
    LogCode.FILE_DONE: _file_done,
    LogCode.FILE_FAILED: _file_failed,
    LogCode.FILE_AGAIN: _file_again,
    LogCode.FILE_DISABLED: lambda values: tr(
        "monitor", "{name}: left out, it is disabled.", name=values["name"]
    ),
    LogCode.FILE_SET_ASIDE: lambda values: tr(
        "monitor", "{name}: left out, it made its reader die before.", name=values["name"]
    ),
    LogCode.FILE_UNCHANGED: _file_unchanged,
    LogCode.TRAINING_DONE: _training_done,
    LogCode.TRAINING_STOPPED: _training_stopped,
    LogCode.FILES_FAILED: _files_failed,
    LogCode.FILES_LEFT: lambda values: tr("monitor", "Left undone: %n file(s).", int(values["n"])),
    LogCode.JOB_ENDED: lambda values: (
        explain(values["reason"])[0] if values["reason"] else values["sentence"]
    ),
    LogCode.LINES_BEFORE: lambda _values: tr(
        "monitor", "The training had begun before; this server does not tell what was before."
    ),
    LogCode.LINES_MISSED: lambda _values: tr(
        "monitor", "The connection was away; this server does not tell what was said meanwhile."
    ),
}
