# SPDX-License-Identifier: MIT
"""Sheets of a workbook in the viewer: which is shown, their names, cells that were found."""

from dataclasses import replace
from typing import TYPE_CHECKING

from bldr_desktop.client.api import ApiError
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.protocol.documents import Document, PageText
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.widgets.viewer.sheet import column_name
from bldr_desktop.ui.widgets.viewer.target import Target

if TYPE_CHECKING:
    from bldr_desktop.ui.widgets.viewer.controller import ViewerController

NAMED = 50
"""Sheets whose names are looked up; a workbook of hundreds has numbers instead."""


class Sheets:
    """The tabs under the table, and the table."""

    def __init__(self, viewer: "ViewerController", scope: TaskScope) -> None:
        self._viewer, self._view, self._scope = viewer, viewer.view, scope
        self._number = 0
        self._document_id = ""
        self._view.sheet_asked.connect(self._on_asked)

    def show(self, target: Target, document: Document, page: PageText) -> None:
        """Show a sheet, the target's cells marked when it is the target's sheet."""
        tabs = self._view.sheet_tabs
        if self._document_id != document.id:
            self._document_id = document.id
            self._rebuild(document)
        tabs.setCurrentIndex(page.number - 1)
        if page.label:
            tabs.setTabText(page.number - 1, page.label)
        self._number = page.number
        cells = target.cell_range if page.number == target.page else None
        self._view.sheet.show_sheet(page.rows or [], cells)
        self._view.show_part(self._view.sheet_page)

    async def show_cells(self, sheet: int, text: str, nth: int) -> None:
        """Mark the ``nth`` cell of a sheet that contains a text."""
        reader, target = self._viewer.reader, self._viewer.target
        page = await reader.page(sheet) if reader else None
        if reader is None or target is None or page is None or page.rows is None:
            return
        if reader is not self._viewer.reader:
            return
        wanted = text.casefold()
        cells = [
            f"{column_name(column)}{row + 1}"
            for row, values in enumerate(page.rows)
            for column, value in enumerate(values)
            if wanted in value.casefold()
        ]
        if cells:
            place = replace(target, page=sheet, cell_range=cells[min(nth, len(cells) - 1)])
            self.show(place, reader.document, page)

    def _rebuild(self, document: Document) -> None:
        tabs = self._view.sheet_tabs
        while tabs.count():
            tabs.removeTab(0)
        for number in range(1, document.pages + 1):
            tabs.addTab(tr("rag", "Sheet {number}", number=number))
        self._scope.spawn("sheets", self._name(document))

    async def _name(self, document: Document) -> None:
        """Names one after the other: the texts they come with may be large."""
        reader = self._viewer.reader
        for number in range(1, min(document.pages, NAMED) + 1):
            try:
                page = await reader.page(number) if reader else None
            except ApiError:
                return
            if self._document_id != document.id:
                return
            if page is not None and page.label:
                self._view.sheet_tabs.setTabText(number - 1, page.label)

    def _on_asked(self, index: int) -> None:
        if index + 1 != self._number and index >= 0:
            self._scope.spawn("sheet", self._change(index + 1))

    async def _change(self, number: int) -> None:
        reader, target = self._viewer.reader, self._viewer.target
        if reader is None or target is None:
            return
        try:
            page = await reader.page(number)
        except ApiError as error:
            self._view.show_nothing(error.sentence, error.path, icon="warn")
            return
        if page is not None and page.rows is not None and reader is self._viewer.reader:
            self.show(target, reader.document, page)
