# SPDX-License-Identifier: MIT
"""Explain this failure: a cause and a next step for every code that the engine can give."""

from functools import lru_cache

from PySide6.QtCore import QLocale

from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.reasons import reason


def cause_in_own_words(code: str | None) -> str:
    """Why a job failed, in the person's language; empty where the server's own sentence says it best:
    in English, and for codes that are not known."""
    if QLocale().language() is QLocale.Language.English or not code:
        return ""
    if code in _known(QLocale().name()) or code.startswith("file_"):
        return explain(code)[0]
    return ""


def explain(code: str | None) -> tuple[str, str]:
    """(cause, next step) in the person's language; a general word for an unknown code."""
    known = _known(QLocale().name())
    if code in known:
        return known[ErrorCode(code)]
    if code and code.startswith("file_"):
        retry = tr("queue", "The other files are not affected. Mend or replace this file and train it again.")
        return reason(code, ""), retry
    return (
        tr("queue", "The engine gave no code for this failure."),
        tr(
            "queue",
            "Look at the log of the job; the details can be copied for whoever looks after the server.",
        ),
    )


@lru_cache(maxsize=4)
def _known(_language: str) -> dict[ErrorCode, tuple[str, str]]:
    """All codes; put together once a language, since a table's cells ask with every paint."""
    return _jobs() | _model() | _requests()


def _jobs() -> dict[ErrorCode, tuple[str, str]]:
    return {
        ErrorCode.FOLDER_NOT_FOUND: (
            tr("queue", "The folder was not there when the job looked for it."),
            tr("queue", "Connect the drive or correct the path, then retry."),
        ),
        ErrorCode.NOTHING_TO_DO: (
            tr("queue", "There was nothing new to do: all files were trained already, or none is supported."),
            tr("queue", "Add files, or train again with all files if you changed the settings."),
        ),
        ErrorCode.SOME_FILES_FAILED: (
            tr("queue", "Some files could not be read; the others are searchable."),
            tr("queue", "Open the monitor to see each file with its reason, and retry only these."),
        ),
        ErrorCode.ALL_FILES_FAILED: (
            tr("queue", "None of the files could be read."),
            tr(
                "queue",
                "Open the monitor to see the reasons; often it is one cause, such as a missing drive.",
            ),
        ),
        ErrorCode.WORKER_LOST: (
            tr("queue", "The process that did the work ended, again and again."),
            tr("queue", "Retry; if it happens again, look at the last file in the log and leave it out."),
        ),
        ErrorCode.CANCELLED: (
            tr("queue", "Somebody cancelled the job."),
            tr("queue", "What was finished is kept. «Continue» does the rest."),
        ),
        ErrorCode.JOB_CRASHED: (
            tr("queue", "The engine made a mistake; the job's work so far is kept."),
            tr("queue", "Retry. Copy the details for the developers if it happens again."),
        ),
        ErrorCode.INDEX_UNAVAILABLE: (
            tr("queue", "The search index could not be reached or is being rebuilt."),
            tr("queue", "Wait until the status line says that all is well, then retry."),
        ),
        ErrorCode.DISK_FULL: (
            tr("queue", "The disk of the engine is full."),
            tr("queue", "Make room, then retry: nothing that was finished is lost."),
        ),
        ErrorCode.UNAVAILABLE: (
            tr("queue", "A service that the engine needs does not answer."),
            tr("queue", "Look at the status line; the engine goes on by itself when the service is back."),
        ),
    }


def _model() -> dict[ErrorCode, tuple[str, str]]:
    return {
        ErrorCode.NO_MODEL: (
            tr("queue", "No language model is connected."),
            tr("queue", "Connect one in the AI Shell; until then answers are passages of your documents."),
        ),
        ErrorCode.MODEL_UNREACHABLE: (
            tr("queue", "The model server does not answer."),
            tr("queue", "Start LM Studio, Ollama or your server, then retry."),
        ),
        ErrorCode.MODEL_REFUSED_KEY: (
            tr("queue", "The model server refused the key."),
            tr("queue", "Enter the key again in the AI Shell."),
        ),
        ErrorCode.MODEL_BUSY: (
            tr("queue", "The model server is busy, or its quota is used up."),
            tr("queue", "Wait a little and retry, or choose another model."),
        ),
        ErrorCode.MODEL_FAILED: (
            tr("queue", "The model's answer broke off."),
            tr("queue", "Retry; choose another model if it happens again."),
        ),
        ErrorCode.MODEL_TIMEOUT: (
            tr("queue", "The model took too long."),
            tr("queue", "Retry with fewer attachments, or with a smaller or faster model."),
        ),
    }


def _requests() -> dict[ErrorCode, tuple[str, str]]:
    return {
        ErrorCode.NOT_FOUND: (
            tr("queue", "What the job works on is no longer there."),
            tr("queue", "It was deleted meanwhile; nothing needs to be done."),
        ),
        ErrorCode.FORBIDDEN: (
            tr("queue", "You may not do this with your role."),
            tr("queue", "Ask an administrator of the server."),
        ),
        ErrorCode.UNAUTHORIZED: (
            tr("queue", "The sign-in was over."),
            tr("queue", "Sign in and retry."),
        ),
        ErrorCode.INTERNAL: (
            tr("queue", "The engine made a mistake."),
            tr("queue", "Retry. Copy the details for the developers if it happens again."),
        ),
    }
