# SPDX-License-Identifier: MIT
"""Hits and documents as files (D14)."""

from collections.abc import Iterator
from dataclasses import replace

from bldr_desktop.engine.ports.documents import DocumentQuery, DocumentStore
from bldr_desktop.engine.services.office_files import Cell, Paragraph, csv_bytes, docx_bytes, xlsx_bytes
from bldr_desktop.engine.services.search import SearchService
from bldr_desktop.protocol.base import utc_now
from bldr_desktop.protocol.documents import Document
from bldr_desktop.protocol.rag import ExportHitsRequest, QueryHit

_PAGE = 1000
_HIT_HEADS = {
    "en": ("No.", "Score", "Document", "Title", "Edition", "Clause", "Page", "Sheet", "Cells", "Text",
           "File"),
    "ru": ("№", "Оценка", "Документ", "Название", "Редакция", "Пункт", "Страница", "Лист", "Ячейки", "Текст",
           "Файл"),
}  # fmt: skip
_DOCUMENT_HEADS = {
    "en": ("Designation", "Title", "File", "Folder", "State", "Reason", "Edition", "Category", "Type",
           "Pages",
           "Chunks", "Size, bytes", "Issued", "Added", "Trained", "Times found", "Owner", "SHA-256"),
    "ru": ("Обозначение", "Название", "Файл", "Папка", "Состояние", "Причина", "Редакция", "Категория", "Тип",
           "Страниц", "Фрагментов", "Размер, байт", "Дата введения", "Добавлен", "Обучен", "Найден раз",
           "Владелец", "SHA-256"),
}  # fmt: skip
_WIDTHS = (22, 48, 24, 32, 12, 32, 12, 14, 8, 8, 10, 12, 12, 24, 24, 10, 14, 66)
_WORDS = {
    "en": {"query": "Query", "clause": "clause", "page": "page", "replaced": "replaced edition",
           "documents": "Documents", "actual": "current", "outdated": "replaced", "pending": "unknown"},
    "ru": {"query": "Запрос", "clause": "п.", "page": "с.", "replaced": "заменённая редакция",
           "documents": "Документы", "actual": "действует", "outdated": "заменена", "pending": "неизвестна"},
}  # fmt: skip


class ExportService:
    """Synchronous; call it through a thread.

    Args:
        documents: The store.
        search: The one search.
    """

    def __init__(self, documents: DocumentStore, search: SearchService) -> None:
        self._documents = documents
        self._search = search

    def hits(self, request: ExportHitsRequest) -> bytes:
        """The hits of a query with document, edition, clause and page of each."""
        request = request.model_copy(update={"preview": True})  # an export finds nothing anew
        found = self._search.search(request).results
        if request.format == "docx":
            return docx_bytes(_report(request, found))
        rows = [_HIT_HEADS[request.language], *(_hit_row(n, hit) for n, hit in enumerate(found, 1))]
        return csv_bytes(rows, separator=_separator(request.language))

    def documents(self, query: DocumentQuery, kind: str, language: str) -> bytes:
        """All documents that a query of the table leaves, in its order."""
        rows = self._document_rows(query, language)
        if kind == "xlsx":
            return xlsx_bytes(_WORDS[language]["documents"], rows, _WIDTHS)
        return csv_bytes(rows, separator=_separator(language))

    def _document_rows(self, query: DocumentQuery, language: str) -> Iterator[tuple[Cell, ...]]:
        yield _DOCUMENT_HEADS[language]
        page = 1
        while True:
            found, total = self._documents.find(replace(query, page=page, limit=_PAGE))
            yield from (_document_row(document, language) for document in found)
            if not found or page * _PAGE >= total:
                return
            page += 1


def _separator(language: str) -> str:
    """Spreadsheets of a Russian system split at semicolons: the comma is the decimal point there."""
    return ";" if language == "ru" else ","


def _hit_row(number: int, hit: QueryHit) -> tuple[Cell, ...]:
    return (
        number,
        round(hit.score, 3),
        hit.designation or hit.document_name,
        hit.title,
        str(hit.edition_status or ""),
        hit.clause,
        hit.page,
        hit.sheet,
        hit.cell_range,
        hit.chunk,
        hit.document_name,
    )


def _document_row(document: Document, language: str) -> tuple[Cell, ...]:
    folder = (document.path or "").removesuffix(document.name).rstrip("/\\")
    return (
        document.designation,
        document.title,
        document.name,
        folder,
        str(document.state),
        document.reason,
        _WORDS[language].get(str(document.edition_status), ""),
        document.category,
        document.kind,
        document.pages,
        document.chunks,
        document.size,
        document.issue_date,
        document.added_at,
        document.trained_at,
        document.times_found,
        document.owner,
        document.sha256,
    )


def _report(request: ExportHitsRequest, hits: list[QueryHit]) -> Iterator[Paragraph]:
    words = _WORDS[request.language]
    yield Paragraph(f"{words['query']}: {request.query}", "heading")
    yield Paragraph(utc_now()[:16].replace("T", " ") + " UTC")
    for number, hit in enumerate(hits, 1):
        yield Paragraph(f"{number}. {_source(hit, words)}", "source")
        yield Paragraph(hit.chunk)


def _source(hit: QueryHit, words: dict[str, str]) -> str:
    name = f"{hit.designation} «{hit.title}»" if hit.designation and hit.title else ""
    parts = [name or hit.designation or hit.document_name]
    if hit.clause:
        parts.append(f"{words['clause']} {hit.clause}")
    if hit.sheet:
        parts.append(f"{hit.sheet}!{hit.cell_range}" if hit.cell_range else hit.sheet)
    elif hit.page:
        parts.append(f"{words['page']} {hit.page}")
    if hit.edition_status == "outdated":
        parts.append(words["replaced"])
    return ", ".join(parts)
