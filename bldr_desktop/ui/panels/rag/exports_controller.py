# SPDX-License-Identifier: MIT
"""Saving hits and the documents list as files."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QLocale

from bldr_desktop.client.api import ApiError, NotOffered
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.services.document_table import DocumentTable
from bldr_desktop.services.exports import ExportService, Language
from bldr_desktop.services.search import SearchService
from bldr_desktop.ui.qt.glue import pick_save
from bldr_desktop.ui.qt.i18n import tr

if TYPE_CHECKING:
    from bldr_desktop.ui.panels.rag.panel import RagPanel
    from bldr_desktop.ui.shell import Shell


class ExportsController:
    """Asks where, has the engine make the file, says what became of it."""

    def __init__(
        self,
        panel: "RagPanel",
        exports: ExportService,
        search: SearchService,
        table: DocumentTable,
        shell: "Shell",
    ) -> None:
        self._panel, self._exports, self._search = panel, exports, search
        self._table, self._shell = table, shell
        self._scope = TaskScope("exports")
        query, documents = panel.query, panel.documents
        query.export_csv.triggered.connect(lambda: self._scope.spawn("hits", self._ask_hits("csv")))
        query.export_docx.triggered.connect(lambda: self._scope.spawn("hits", self._ask_hits("docx")))
        documents.export_csv.triggered.connect(lambda: self._scope.spawn("list", self._ask_list("csv")))
        documents.export_xlsx.triggered.connect(lambda: self._scope.spawn("list", self._ask_list("xlsx")))

    async def close(self) -> None:
        """End."""
        await self._scope.close()

    async def save_hits(self, kind: Literal["csv", "docx"], target: Path) -> bool:
        """Save the hits of the last question; False when that failed (and was said)."""
        state = self._search.state
        return await self._saved(
            target,
            lambda: self._exports.hits(state.query, state.filters, kind, _language(), target),
        )

    async def save_list(self, kind: Literal["csv", "xlsx"], target: Path) -> bool:
        """Save what the documents table shows; False when that failed (and was said)."""
        return await self._saved(
            target, lambda: self._exports.documents(self._table.query, kind, _language(), target)
        )

    async def _ask_hits(self, kind: Literal["csv", "docx"]) -> None:
        name = tr("rag", "hits") + f".{kind}"
        target = await pick_save(self._panel, tr("rag", "Save the hits"), name)
        if target is not None:
            await self.save_hits(kind, target)

    async def _ask_list(self, kind: Literal["csv", "xlsx"]) -> None:
        name = tr("rag", "documents") + f".{kind}"
        target = await pick_save(self._panel, tr("rag", "Save the list of documents"), name)
        if target is not None:
            await self.save_list(kind, target)

    async def _saved(self, target: Path, save: Callable[[], Awaitable[None]]) -> bool:
        try:
            await save()
        except NotOffered:
            self._shell.toast(tr("rag", "This server offers no export"), kind="warn")
        except ApiError as error:
            self._shell.toast(error.sentence, kind="error")
        except OSError as error:
            said = tr("rag", "It cannot be saved: {reason}", reason=error.strerror or str(error))
            self._shell.toast(said, kind="error")
        else:
            self._shell.toast(tr("rag", "Saved: {name}", name=target.name))
            return True
        return False


def _language() -> Language:
    return "ru" if QLocale().language() == QLocale.Language.Russian else "en"
