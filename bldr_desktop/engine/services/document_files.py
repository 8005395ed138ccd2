# SPDX-License-Identifier: MIT
"""The bytes of a document: in the blob store, else where they were read from, if unchanged since."""

import hashlib
import os
from pathlib import Path

from bldr_desktop.engine.ports.blobs import BlobStore
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.protocol.documents import Document
from bldr_desktop.protocol.errors import ErrorCode

_PIECE = 1 << 20
_REMEMBERED = 5_000


class DocumentFiles:
    """Finds the file of a document and makes sure it still is what was read.

    Args:
        blobs: Uploaded bytes.
    """

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._digests: dict[tuple[str, int, int], str] = {}

    def path(self, document: Document) -> Path:
        """Where the document's bytes are.

        Raises:
            EngineError: 404 when they are not on this machine any more, 409 when the file at that
                place has other content now.
        """
        stored = self._blobs.path(document.sha256)
        if stored is not None:
            return stored
        place = Path(document.path) if document.path else None
        if place is None or not place.is_absolute() or not place.is_file():
            raise EngineError(
                404,
                ErrorCode.FILE_NOT_FOUND,
                f"The file of «{document.name}» is not where it was read from any more; "
                "its text can still be searched.",
            )
        if self._digest(place) != document.sha256:
            raise EngineError(
                409,
                ErrorCode.FILE_CHANGED,
                f"«{document.name}» was changed after it was trained. Train it again to see it as it is now.",
            )
        return place

    def _digest(self, place: Path) -> str:
        try:
            status = place.stat()
            key = (os.fspath(place), status.st_mtime_ns, status.st_size)
            known = self._digests.get(key)
            if known is None:
                known = _sha256(place)
                if len(self._digests) >= _REMEMBERED:
                    self._digests.clear()
                self._digests[key] = known
        except OSError as error:
            raise EngineError(
                404, ErrorCode.FILE_NOT_FOUND, f"The file cannot be read: {error.strerror}."
            ) from error
        return known


def _sha256(place: Path) -> str:
    digest = hashlib.sha256()
    with place.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
