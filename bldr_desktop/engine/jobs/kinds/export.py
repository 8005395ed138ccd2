# SPDX-License-Identifier: MIT
"""``export``: the list of documents as CSV, or everything that was extracted as a ZIP of texts."""

import csv
import io
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bldr_desktop.engine.jobs.context import JobContext, finish_in_thread
from bldr_desktop.engine.jobs.kinds import Lane
from bldr_desktop.engine.ports.documents import DocumentQuery, DocumentStore
from bldr_desktop.engine.ports.jobs import JobEnd, Progress
from bldr_desktop.protocol.base import JobStatus, JobType
from bldr_desktop.protocol.documents import Document
from bldr_desktop.protocol.errors import ErrorCode

_COLUMNS = (
    "name", "designation", "title", "category", "edition_year", "edition_status", "state", "reason", "kind",
    "pages", "chunks", "characters", "size", "sha256", "path", "owner", "added_at", "trained_at",
)  # fmt: skip
_PAGE = 200
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ExportKind:
    """Params: ``what`` (``documents``, ``texts``). The file stays in ``results`` until the job is removed."""

    type = JobType.EXPORT
    lane: Lane = "light"

    def __init__(self, documents: DocumentStore, results: Path) -> None:
        self._documents = documents
        self._results = results

    async def run(self, context: JobContext) -> JobEnd:
        """Write the file whole, then give it its name."""
        texts = context.job.params.get("what") == "texts"
        name = "documents-text.zip" if texts else "documents.csv"
        place = self._results / f"{context.job.id}{Path(name).suffix}"
        partial = place.with_name(f".{place.name}.part")
        try:
            await finish_in_thread(self._write, context, partial, texts)
            if context.stopping.is_set():
                return JobEnd(JobStatus.CANCELLED)
            partial.replace(place)
        except OSError as error:
            sentence = f"The result cannot be written: {error.strerror or error}."
            return JobEnd(JobStatus.FAILED, error=sentence, error_code=ErrorCode.DISK_FULL)
        finally:
            partial.unlink(missing_ok=True)
        return JobEnd(JobStatus.COMPLETED, f"{name} is ready.", result_path=place, result_name=name)

    def _write(self, context: JobContext, place: Path, texts: bool) -> None:
        self._results.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as stream:
            if texts:
                self._write_texts(context, stream)
            else:
                self._write_table(context, stream)
            stream.flush()
            os.fsync(stream.fileno())

    def _write_table(self, context: JobContext, stream: io.BufferedWriter) -> None:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
        table = csv.writer(text)
        table.writerow(_COLUMNS)
        for document in self._each(context):
            table.writerow([_cell(getattr(document, column)) for column in _COLUMNS])
        text.detach()

    def _write_texts(self, context: JobContext, stream: io.BufferedWriter) -> None:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for document in self._each(context):
                pages = self._documents.pages(document.id)
                if pages:
                    text = "\n\f\n".join(page.text for page in pages)
                    archive.writestr(f"{_UNSAFE.sub('_', document.name)[:120]}-{document.id[:8]}.txt", text)

    def _each(self, context: JobContext) -> Iterator[Document]:
        page = done = 0
        while not context.stopping.is_set():
            page += 1
            query = DocumentQuery(page=page, limit=_PAGE, sort="name", descending=False)
            rows, total = self._documents.find(query)
            for document in rows:
                if context.stopping.is_set():
                    return
                yield document
                done += 1
            share = 100 * done / total if total else 100.0
            context.report(
                Progress(progress=min(share, 99.9), stage="write", message=f"{done} of {total} documents.")
            )
            if page * _PAGE >= total:
                return


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
