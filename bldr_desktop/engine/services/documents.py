# SPDX-License-Identifier: MIT
"""The library: listing, reading and commanding documents."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from bldr_desktop.engine.ports.blobs import BlobStore
from bldr_desktop.engine.ports.documents import DocumentQuery, DocumentStore
from bldr_desktop.engine.ports.domain import ParseFailure
from bldr_desktop.engine.ports.parser import Parser
from bldr_desktop.engine.retrieval.analysis import Analyzer
from bldr_desktop.engine.retrieval.find import find_in_pages
from bldr_desktop.engine.services.document_files import DocumentFiles
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.index_care import IndexCare
from bldr_desktop.protocol.base import DocumentState
from bldr_desktop.protocol.documents import (
    BulkAnswer,
    BulkDocumentsRequest,
    BulkItemAnswer,
    ChunkList,
    ChunkView,
    Document,
    DocumentList,
    DocumentText,
    FindAnswer,
    Norm,
    NormsList,
    Outline,
    OutlineEntry,
    PageBoxes,
    Pagination,
)
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.status import MetricsAnswer, NormsSummary

Retrain = Callable[[Sequence[str], str], Awaitable[str | None]]
"""(document ids, who asks) → the job's id, None when there was nothing to do."""


class DocumentService:
    """What a person does with documents.

    Args:
        documents: The store.
        blobs: Uploaded bytes.
        parser: Draws pages in a process that can be killed.
        analyzer: Text to terms, for finding inside a document.
        care: Puts points back of documents that are enabled again.
        retrain: Queues training; None while the engine cannot train.
    """

    def __init__(
        self,
        documents: DocumentStore,
        blobs: BlobStore,
        parser: Parser,
        analyzer: Analyzer,
        care: IndexCare,
        retrain: Retrain | None = None,
    ) -> None:
        self._documents = documents
        self._files = DocumentFiles(blobs)
        self._parser = parser
        self._analyzer = analyzer
        self._care = care
        self.retrain_with = retrain
        self.changed: Callable[[], None] = _nobody
        """Called after a document was deleted, restored, disabled or enabled."""

    def page(self, query: DocumentQuery) -> DocumentList:
        """A page of the documents table."""
        rows, total = self._documents.find(query)
        return DocumentList(data=rows, pagination=pagination(query.page, query.limit, total))

    def norms(self, query: DocumentQuery) -> NormsList:
        """The same as the field's ``/norms-list``."""
        rows, total = self._documents.find(query)
        return NormsList(
            data=[_norm(row) for row in rows], pagination=pagination(query.page, query.limit, total)
        )

    def norms_summary(self) -> NormsSummary:
        """Editions, counted."""
        editions = self._documents.totals().by_edition
        actual, outdated = editions.get("actual", 0), editions.get("outdated", 0)
        pending = editions.get("pending", 0)
        return NormsSummary(
            total=actual + outdated + pending, actual=actual, outdated=outdated, pending=pending
        )

    def metrics(self, ndcg: float | None, index_bytes: int) -> MetricsAnswer:
        """Totals; ``coverage`` is the share of known documents that can be searched, ``conf`` and
        ``viol`` are null because nothing here measures them."""
        totals = self._documents.totals()
        coverage = totals.searchable / totals.documents if totals.documents else 0.0
        return MetricsAnswer(
            total_chunks=totals.chunks,
            avg_ndcg=ndcg,
            coverage=round(coverage, 4),
            entities=totals.entities,
            total_documents=totals.documents,
            index_bytes=index_bytes,
        )

    def get(self, document_id: str) -> Document:
        """One document.

        Raises:
            EngineError: 404.
        """
        document = self._documents.get(document_id)
        if document is None:
            raise EngineError(404, ErrorCode.NOT_FOUND, f"There is no document {document_id}.")
        return document

    def chunks(self, document_id: str, page: int, limit: int) -> ChunkList:
        """A page of a document's chunks, in order."""
        document = self.get(document_id)
        rows = self._documents.chunks(document_id, (page - 1) * limit, limit)
        data = [
            ChunkView(
                id=f"{document_id}:{chunk.ordinal}",
                ordinal=chunk.ordinal,
                text=chunk.text,
                kind=chunk.kind,
                page=chunk.page,
                clause=chunk.clause,
                clause_path=chunk.clause_path,
                sheet=chunk.sheet,
                cell_range=chunk.cell_range,
                char_start=chunk.char_start,
                char_end=chunk.char_end,
            )
            for chunk in rows
        ]
        return ChunkList(data=data, pagination=pagination(page, limit, document.chunks))

    def outline(self, document_id: str) -> Outline:
        """The tree of clauses, flat with depths."""
        self.get(document_id)
        return Outline(
            entries=[
                OutlineEntry(
                    clause=clause.number,
                    title=clause.title,
                    level=clause.level,
                    page=clause.page,
                    char_start=clause.char_start,
                )
                for clause in self._documents.clauses(document_id)
            ]
        )

    def text(self, document_id: str, page: int | None) -> DocumentText:
        """The extracted text, of one page or of all.

        Raises:
            EngineError: 404, no such document or page.
        """
        self.get(document_id)
        pages = self._documents.pages(document_id, page)
        if page is not None and not pages:
            raise EngineError(404, ErrorCode.NOT_FOUND, f"The document has no page {page}.")
        return DocumentText(document_id=document_id, pages=pages)

    def find(self, document_id: str, words: str, limit: int) -> FindAnswer:
        """Places of words inside one document."""
        self.get(document_id)
        return find_in_pages(self._analyzer, self._documents.pages(document_id), words, limit)

    def content(self, document_id: str) -> tuple[Document, Path]:
        """The document and where its bytes are.

        Raises:
            EngineError: 404 or 409.
        """
        document = self.get(document_id)
        return document, self._files.path(document)

    def page_place(self, document_id: str, page: int) -> tuple[Document, Path]:
        """The document of a page and where its bytes are.

        Raises:
            EngineError: No such page, no pages to draw, or the file is not there any more.
        """
        document = self.get(document_id)
        return document, self._page_source(document, page)

    async def page_image(self, place: Path, page: int, width: int) -> bytes:
        """A page as PNG.

        Raises:
            EngineError: The file cannot be read.
        """
        image = await self._parser.render_page(place, page, width)
        if isinstance(image, ParseFailure):
            raise _refused(image)
        return image

    async def page_boxes(self, document_id: str, page: int, start: int, end: int) -> PageBoxes:
        """Rectangles of characters of a page.

        Raises:
            EngineError: As :meth:`page_place`, or the file cannot be read.
        """
        _, place = await asyncio.to_thread(self.page_place, document_id, page)
        boxes = await self._parser.page_boxes(place, page, start, max(start, end))
        if isinstance(boxes, ParseFailure):
            raise _refused(boxes)
        return boxes

    def delete(self, document_id: str, user: str, is_admin: bool) -> Document:
        """Soft delete: not found any more from this moment, undone by :meth:`restore`.

        Raises:
            EngineError: 404 or 403.
        """
        document = self._owned(document_id, user, is_admin)
        self._documents.delete(document_id)
        self.changed()
        return self._documents.get(document_id) or document

    def restore(self, document_id: str, user: str, is_admin: bool) -> Document:
        """Undo a soft delete.

        Raises:
            EngineError: 404, 403, or 409 when it is not deleted.
        """
        self._owned(document_id, user, is_admin)
        document = self._documents.restore(document_id)
        self.changed()
        if document is None:
            raise EngineError(409, ErrorCode.CONFLICT, "The document is not deleted.")
        return document

    async def retrain(self, document_ids: Sequence[str], user: str) -> str | None:
        """Queue documents to be read again; the job's id.

        Raises:
            EngineError: 503 while the engine cannot train.
        """
        if self.retrain_with is None:
            raise EngineError(503, ErrorCode.UNAVAILABLE, "This engine cannot train now.")
        return await self.retrain_with(document_ids, user)

    async def bulk(self, request: BulkDocumentsRequest, user: str, is_admin: bool) -> BulkAnswer:
        """One action on many documents; each answers for itself."""
        ids = list(dict.fromkeys(request.ids))
        items = await asyncio.to_thread(self._each, request.action, ids, user, is_admin)
        job_id: str | None = None
        ready = [item.id for item in items if item.ok]
        if request.action == "retrain" and ready:
            job_id = await self.retrain(ready, user)
        return BulkAnswer(action=request.action, done=len(ready), items=items, job_id=job_id)

    def _each(self, action: str, ids: Sequence[str], user: str, is_admin: bool) -> list[BulkItemAnswer]:
        items: list[BulkItemAnswer] = []
        for document_id in ids:
            try:
                self._act(action, document_id, user, is_admin)
                items.append(BulkItemAnswer(id=document_id, ok=True))
            except EngineError as error:
                items.append(BulkItemAnswer(id=document_id, ok=False, error=error.sentence))
        return items

    def _act(self, action: str, document_id: str, user: str, is_admin: bool) -> None:
        if action == "delete":
            self.delete(document_id, user, is_admin)
        elif action == "restore":
            self.restore(document_id, user, is_admin)
        elif action == "disable":
            self._switch(document_id, user, is_admin, DocumentState.TRAINED, DocumentState.DISABLED)
        elif action == "enable":
            self._switch(document_id, user, is_admin, DocumentState.DISABLED, DocumentState.TRAINED)
        else:
            self._owned(document_id, user, is_admin)

    def _switch(
        self, document_id: str, user: str, is_admin: bool, before: DocumentState, after: DocumentState
    ) -> None:
        document = self._owned(document_id, user, is_admin)
        if document.state is after:
            return
        if document.state is not before:
            raise EngineError(
                409,
                ErrorCode.CONFLICT,
                f"The document is {document.state}; only {before} ones can be changed.",
            )
        if after is DocumentState.TRAINED:
            self._care.ensure(document_id)
        self._documents.set_state(document_id, after)
        self.changed()

    def _owned(self, document_id: str, user: str, is_admin: bool) -> Document:
        document = self.get(document_id)
        if not is_admin and document.owner != user:
            raise EngineError(403, ErrorCode.FORBIDDEN, "Only its owner or an admin may do this.")
        return document

    def _page_source(self, document: Document, page: int) -> Path:
        if not document.paged:
            raise EngineError(
                409, ErrorCode.CONFLICT, f"«{document.name}» has no pages to draw; read its text instead."
            )
        if not 1 <= page <= document.pages:
            raise EngineError(
                404, ErrorCode.NOT_FOUND, f"The document has {document.pages} pages; there is no page {page}."
            )
        return self._files.path(document)


def _nobody() -> None:
    """Nobody asked to be told."""


def pagination(page: int, limit: int, total: int) -> Pagination:
    """Where a page of a listing stands."""
    return Pagination(page=page, limit=limit, total=total, pages=max(1, -(-total // limit)))


def _refused(failure: ParseFailure) -> EngineError:
    status = 404 if failure.code is ErrorCode.NOT_FOUND else 422
    return EngineError(status, failure.code, failure.sentence)


def _norm(document: Document) -> Norm:
    return Norm(
        id=document.id,
        name=document.designation or document.name,
        category=document.category or "",
        type=document.kind,
        status=document.edition_status.value if document.edition_status else document.state.value,
        issue_date=document.issue_date,
        check_date=document.trained_at,
        source=document.path or document.name,
        description=document.title or "",
    )
