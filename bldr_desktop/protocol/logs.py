# SPDX-License-Identifier: MIT
"""Lines of a job's log by a stable code, so that a client can say them in its own language.

A coded line carries ``text`` in English as every line does, and beside it ``code`` and ``values``. A client
that does not know the code, or knows no codes at all, shows the text.
"""

from enum import StrEnum

CODED = "\x1f"
"""Between text, code and values (JSON) of a line in ``format=records&coded=1``."""


class LogCode(StrEnum):
    """What a line says; its ``values`` in brackets."""

    FILES_FOUND = "files_found"
    """(n)"""
    GOES_ON = "goes_on"
    FILE_DONE = "file_done"
    """(name, pages, chunks, seconds)"""
    FILE_FAILED = "file_failed"
    """(name, reason, sentence): also one that gave nothing."""
    FILE_AGAIN = "file_again"
    """(name, reason, sentence, attempt)"""
    FILE_DISABLED = "file_disabled"
    """(name)"""
    FILE_SET_ASIDE = "file_set_aside"
    """(name)"""
    FILE_UNCHANGED = "file_unchanged"
    """(name, chunks)"""
    TRAINING_DONE = "training_done"
    """(done, total, chunks)"""
    TRAINING_STOPPED = "training_stopped"
    """(kept, total)"""
    FILES_FAILED = "files_failed"
    """(failed, total)"""
    FILES_LEFT = "files_left"
    """(n)"""
    JOB_ENDED = "job_ended"
    """(reason, sentence): a failure, or nothing to do."""
    # said by a client itself, where a server without numbering cannot tell what it missed
    LINES_BEFORE = "lines_before"
    LINES_MISSED = "lines_missed"
