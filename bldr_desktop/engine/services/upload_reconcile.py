# SPDX-License-Identifier: MIT
"""What the engine has of the files a person has: by hash, and by folder."""

from collections import Counter
from typing import Literal

from bldr_desktop.engine.ports.blobs import BlobStore
from bldr_desktop.engine.ports.uploads import KnownFile, UploadStore
from bldr_desktop.engine.services.upload_names import path_key
from bldr_desktop.protocol.base import DocumentState
from bldr_desktop.protocol.files import (
    HashAnswer,
    ReconcileAnswer,
    ReconcileItem,
    ReconcileRequest,
    ReconcileRow,
)

Kind = Literal["trained", "not_trained", "gone", "changed", "failed", "empty", "duplicate"]

_BY_STATE: dict[DocumentState, Kind] = {
    DocumentState.TRAINED: "trained",
    DocumentState.EMPTY: "empty",
    DocumentState.FAILED: "failed",
}


class FileComparer:
    """Answers what is there already. Synchronous: call in a thread."""

    def __init__(self, store: UploadStore, blobs: BlobStore) -> None:
        self._store = store
        self._blobs = blobs

    def by_hash(self, digests: list[str]) -> list[HashAnswer]:
        """For each SHA-256: are its bytes stored, and is there a document of it; in the order asked."""
        known = self._store.known_by_hash(digests)
        return [self._hash_answer(digest, known.get(digest)) for digest in digests]

    def reconcile(self, owner: str, request: ReconcileRequest) -> ReconcileAnswer:
        """Compare a folder with the documents that came from it.

        *changed*: another content is known under this path. *duplicate*: a file earlier in the list
        has the same content. *gone*: known under this folder, not in the list.
        """
        prefix = path_key(owner, request.root, "")
        here = {known.path_key or "": known for known in self._store.known_under(prefix)}
        contents = self._store.known_by_hash([item.sha256 for item in request.items if item.sha256])
        seen: dict[str, str] = {}
        rows = []
        keys = set()
        for item in request.items:
            key = path_key(owner, request.root, item.path)
            keys.add(key)
            rows.append(_row(item, here.get(key), contents.get(item.sha256), seen))
        listed = {item.sha256 for item in request.items}
        rows += [
            ReconcileRow(path=key.removeprefix(prefix), kind="gone", document_id=known.document_id)
            for key, known in here.items()
            if key not in keys and known.sha256 not in listed
        ]
        return ReconcileAnswer(rows=rows, counts=dict(Counter(row.kind for row in rows)))

    def _hash_answer(self, digest: str, known: KnownFile | None) -> HashAnswer:
        stored = self._blobs.has(digest)
        if known is None:
            return HashAnswer(sha256=digest, stored=stored)
        return HashAnswer(
            sha256=digest,
            stored=stored,
            document_id=known.document_id,
            state=known.state.value,
            name=known.name,
            pages=known.pages,
            characters=known.characters,
            chunks=known.chunks,
            times_found=known.times_found,
            reason=known.reason,
            reason_code=known.reason_code,
        )


def _row(
    item: ReconcileItem, at_path: KnownFile | None, same: KnownFile | None, seen: dict[str, str]
) -> ReconcileRow:
    first = seen.setdefault(item.sha256, item.path) if item.sha256 else item.path
    if item.size == 0:
        return ReconcileRow(path=item.path, kind="empty")
    if first != item.path:
        return ReconcileRow(
            path=item.path, kind="duplicate", document_id=same.document_id if same else None, reason=first
        )
    if same is not None:
        return ReconcileRow(
            path=item.path,
            kind=_BY_STATE.get(same.state, "not_trained"),
            document_id=same.document_id,
            reason=same.reason,
            reason_code=same.reason_code,
        )
    if at_path is not None:
        return ReconcileRow(path=item.path, kind="changed", document_id=at_path.document_id)
    return ReconcileRow(path=item.path, kind="not_trained")
