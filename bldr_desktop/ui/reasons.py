# SPDX-License-Identifier: MIT
"""Why a file gave nothing, in the person's language: one table for whoever shows files.

The texts belong to the area ``files``; the Files panel's words are the same ones.
"""

from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.ui.qt.i18n import tr


def reason(code: str | None, sentence: str | None) -> str:
    """Why a file did not make it, with the next step where there is one."""
    known = {
        ErrorCode.FILE_EMPTY: tr("files", "The file is empty"),
        ErrorCode.FILE_UNSUPPORTED: tr("files", "Not a document that can be read"),
        ErrorCode.FILE_DWG: tr("files", "DWG drawings cannot be read; save it as DXF or PDF"),
        ErrorCode.FILE_PASSWORD: tr("files", "Protected by a password; save it without one"),
        ErrorCode.FILE_DAMAGED: tr("files", "The file is damaged"),
        ErrorCode.FILE_NO_TEXT: tr("files", "There is no text in it"),
        ErrorCode.FILE_NEEDS_OCR: tr("files", "A scan without text; needs OCR"),
        ErrorCode.FILE_UNREADABLE_TEXT: tr("files", "The text's encoding was not recognised"),
        ErrorCode.FILE_LOCKED: tr("files", "Cannot be opened: in use by another program, or not yours"),
        ErrorCode.FILE_NOT_FOUND: tr("files", "The file is no longer there"),
        ErrorCode.FILE_PATH_TOO_LONG: tr("files", "The path is too long for this system"),
        ErrorCode.FILE_TOO_LARGE: tr("files", "Larger than the server takes"),
        ErrorCode.TOO_LARGE: tr("files", "Larger than the server takes"),
        ErrorCode.FILE_BOMB: tr("files", "Unpacks to far too much; not read"),
        ErrorCode.FILE_CRASHED_READER: tr("files", "The file makes its reader crash"),
        ErrorCode.FILE_TIME_LIMIT: tr("files", "Reading it took too long"),
        ErrorCode.FILE_MEMORY_LIMIT: tr("files", "Reading it took too much memory"),
        ErrorCode.FILE_QUARANTINED: tr("files", "Crashed its reader several times; set aside"),
        ErrorCode.FILE_CHANGED: tr("files", "Is being written to by another program; try again later"),
        ErrorCode.DISK_FULL: tr("files", "The server's disk is full"),
        "gone": tr("files", "The document was deleted on the server"),
    }
    return known.get(code or "", sentence or "")
