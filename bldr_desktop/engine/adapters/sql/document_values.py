# SPDX-License-Identifier: MIT
"""What is written into the ``documents`` table, and the retiring of older states of a file."""

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bldr_desktop.engine.adapters.sql.schema import documents
from bldr_desktop.engine.ports.documents import NewDocument
from bldr_desktop.engine.ports.domain import Parsed
from bldr_desktop.protocol.base import DocumentState, utc_now
from bldr_desktop.protocol.errors import ErrorCode

PARSER_VERSION = 1
_c = documents.c


def new_row(new: NewDocument) -> dict[str, Any]:
    """A document that was not there before."""
    return {
        "id": str(uuid.uuid4()),
        "sha256": new.sha256,
        "name": new.name,
        "path": new.path,
        "path_key": new.path_key,
        "stored": new.stored,
        "size": new.size,
        "owner": new.owner,
        "state": new.state,
        "added_at": utc_now(),
    }


def retire_older(connection: Connection, rows: Sequence[Any], now: str) -> set[str]:
    """Soft-delete other contents of the same files; the families whose editions change by it."""
    families = set()
    for row in rows:
        if row.path_key is None:
            continue
        older = sa.and_(_c.path_key == row.path_key, _c.id != row.id, _c.state != DocumentState.DELETED)
        found = connection.execute(sa.select(_c.base_key).where(older)).scalars().all()
        if found:
            families |= {key for key in found if key}
            connection.execute(
                documents.update()
                .where(older)
                .values(
                    state_before=_c.state,
                    state=DocumentState.DELETED,
                    deleted_at=now,
                    reason="Replaced by a newer state of the same file.",
                    reason_code=ErrorCode.FILE_CHANGED,
                )
            )
    return families


def parsed_values(parsed: Parsed) -> dict[str, Any]:
    """What a reader found out about a document."""
    extracted, structure = parsed.extracted, parsed.structure
    title = structure.title or extracted.title_hint
    return {
        "kind": extracted.kind[:16],
        "mime": extracted.mime[:120],
        "reader": extracted.reader[:40],
        "language": extracted.language,
        "encoding": extracted.encoding,
        "paged": extracted.paged,
        "pages": len(extracted.pages),
        "characters": extracted.characters,
        "chunks": len(parsed.chunks),
        "warnings": extracted.warnings,
        "designation": structure.designation,
        "designation_key": structure.designation_key,
        "base_key": structure.base_key,
        "family": structure.family,
        "title": title,
        "title_folded": title.lower().replace("ё", "е") if title else None,
        "category": structure.category,
        "edition_year": structure.edition_year,
        "issue_date": structure.issue_date,
        "replaces": structure.replaces,
        "replaced_by_stated": structure.replaced_by,
        "mentioned": structure.mentioned,
        "reason": None,
        "reason_code": None,
        "parser_version": PARSER_VERSION,
    }


_PARSED = (
    "kind", "mime", "reader", "language", "encoding", "paged", "pages", "characters", "chunks", "warnings",
    "designation", "designation_key", "base_key", "family", "title", "title_folded", "category",
    "edition_year", "issue_date", "replaces", "replaced_by_stated", "mentioned", "reason", "reason_code",
    "parser_version", "state", "indexed",
)  # fmt: skip
SAVE_PARSED = (
    documents.update()
    .where(_c.id == sa.bindparam("key"))
    .values({_c[name]: sa.bindparam(f"new_{name}") for name in _PARSED})
)
"""Built once: making an UPDATE of so many columns anew costs as much as running it."""


def parsed_row(document_id: str, parsed: Parsed) -> dict[str, Any]:
    """The parameters of :data:`SAVE_PARSED`; the state is *processing* until the index has the chunks."""
    values = parsed_values(parsed) | {"state": DocumentState.PROCESSING, "indexed": True}
    return {"key": document_id, **{f"new_{name}": values[name] for name in _PARSED}}
