# SPDX-License-Identifier: MIT
"""Names of uploaded files: what is shown, and which file of whose folder it is."""

import base64
import binascii
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.protocol.errors import ErrorCode

_MAX_METADATA = 16 * 1024
_MAX_NAME = 1024


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """``name`` and ``path`` are shown; ``path_key`` tells a changed file from another one."""

    name: str
    path: str
    path_key: str | None


def parse_metadata(header: str) -> dict[str, str]:
    """Read a tus ``Upload-Metadata`` header: ``key base64,key base64``; values are UTF-8.

    Raises:
        EngineError: 400, it is not of that form, or too long.
    """
    if len(header) > _MAX_METADATA:
        raise _bad("Upload-Metadata is too long.")
    pairs: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in header.split(","))):
        key, _, value = part.partition(" ")
        try:
            pairs[key] = base64.b64decode(value.strip(), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            raise _bad(f"Upload-Metadata: the value of {key!r} is not base64 of UTF-8.") from None
    return pairs


def identity(owner: str, metadata: Mapping[str, str]) -> FileIdentity:
    """What an upload is called and which file it is.

    ``relativePath`` (below the dropped folder's ``root``) beats ``filename``. A file without ``root``
    has no identity beyond its bytes. Nothing of it ever becomes a path on this machine.
    """
    relative = clean_path(metadata.get("relativePath") or metadata.get("filename") or "")
    relative = relative or "file"
    name = clean_path(metadata.get("filename") or "").rpartition("/")[2] or relative.rpartition("/")[2]
    root = metadata.get("root", "")
    key = path_key(owner, root, metadata.get("relativePath") or relative) if root else None
    shown = "/".join(filter(None, (root_label(root), relative)))
    return FileIdentity(name=name, path=shown, path_key=key)


def path_key(owner: str, root: str, relative: str) -> str:
    """Owner, folder and relative path as one text, in one normal form."""
    joined = f"{root.rstrip('/')}/{relative.lstrip('/')}"
    return f"{owner}|{unicodedata.normalize('NFC', joined)}"


def root_label(root: str) -> str:
    """The last part of a root such as ``host:/home/x/norms``: «norms»."""
    return clean_path(root.replace("\\", "/").rstrip("/").rpartition("/")[2].rpartition(":")[2])


def clean_path(text: str) -> str:
    """A relative path fit to be shown: ``/`` only, no empty, ``.`` or ``..`` parts, no control marks."""
    parts = text.replace("\\", "/").split("/")
    kept = (_clean_name(part) for part in parts if part not in {"", ".", ".."})
    return "/".join(filter(None, kept))[-_MAX_NAME:]


def _clean_name(part: str) -> str:
    if part.isascii() and part.isprintable():
        return part.strip()
    normal = unicodedata.normalize("NFC", part)
    # Cc: control, Cs: lone surrogate; the marks that turn the direction of text can forge an extension
    return "".join(
        char
        for char in normal
        if unicodedata.category(char) not in {"Cc", "Cs"}
        and char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    ).strip()


def _bad(sentence: str) -> EngineError:
    return EngineError(400, ErrorCode.BAD_REQUEST, sentence)
