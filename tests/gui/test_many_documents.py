# SPDX-License-Identifier: MIT
"""The documents table with more rows than anybody wants to load: 50,000 generated ones."""

import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QEvent, QObject
from rag_window import controller
from window import desktop, first_window, until

from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options
from bldr_desktop.engine.adapters.sql.opening import open_database
from bldr_desktop.engine.adapters.sql.schema import documents
from bldr_desktop.engine.settings import Settings
from bldr_desktop.services.document_table import PAGE_ROWS, PAGES_KEPT

__all__ = ["desktop", "first_window"]


def generate(data_dir: Path, count: int) -> None:
    """Write so many rows into a new store, as a training would have left them."""
    opened = open_database(Settings(data_dir=data_dir).sqlalchemy_url)
    try:
        with opened.database.engine.begin() as connection:
            for first in range(0, count, 5000):
                rows = [_row(number) for number in range(first, min(first + 5000, count))]
                connection.execute(sa.insert(documents), rows)
    finally:
        opened.database.close()


def _row(number: int) -> dict[str, object]:
    return {
        "id": f"00000000-0000-4000-8000-{number:012d}",
        "sha256": f"{number:064x}",
        "name": f"документ {number:05d}.pdf",
        "path": f"/проект/{number % 40:02d}/документ {number:05d}.pdf",
        "size": 10_000 + number,
        "owner": "local",
        "state": "trained",
        "kind": "pdf",
        "mime": "application/pdf",
        "paged": True,
        "pages": number % 90 + 1,
        "chunks": number % 400 + 1,
        "designation": f"СП {number}.1325800.2020",
        "title": f"Сооружения номер {number}. Правила проектирования",
        "category": "СП",
        "edition_status": "actual",
        "added_at": f"2026-01-{number % 28 + 1:02d}T{number % 24:02d}:00:00.000Z",
    }


class Painted(QObject):
    """Counts the paints of a widget."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt's hook."""
        self.count += event.type() == QEvent.Type.Paint
        return False


class Shared:
    """The same for few rows and for many."""

    rows = 0

    @pytest.fixture
    def desktop_options(self, tmp_path: Path) -> Options:
        """The application on generated rows."""
        data = tmp_path / "data"
        data.mkdir()
        generate(data, self.rows)
        return Options(data_dir=data, lang="ru", theme="light")

    async def open_table(self, desktop: Desktop) -> None:
        """The Documents tab with all rows known and the first there."""
        desktop.window.go("rag")
        rag = controller(desktop)
        rag.panel.tabs.setCurrentWidget(rag.panel.documents)
        await until(lambda: rag.documents.model.rowCount() == self.rows, 20, "all rows are known")
        await until(lambda: rag.documents.model.document(0), 10, "the first rows are there")

    async def jump(self, desktop: Desktop, row: int) -> None:
        """Scroll to a row; it is fetched, and little else."""
        rag = controller(desktop)
        table, model = rag.panel.documents.table, rag.documents.model
        table.scrollTo(model.index(row, 0), table.ScrollHint.PositionAtTop)
        await until(lambda: model.document(row), 10, f"row {row} is there")
        fetched = len(rag.services.table._pages)
        assert fetched <= min(PAGES_KEPT, 40), f"{fetched} pages fetched"


class TestSlice(Shared):
    """Every run: enough rows that most are not fetched."""

    rows = 6000

    async def test_only_what_is_looked_at_is_fetched(self, desktop: Desktop) -> None:
        await self.open_table(desktop)
        rag = controller(desktop)
        for row in (5990, 3000, 10):
            await self.jump(desktop, row)
        fetched = len(rag.services.table._pages) * PAGE_ROWS
        assert fetched < self.rows / 2, f"{fetched} rows fetched"
        ids = await rag.services.table.ids([(0, 0), (2000, 2001)])
        assert len(ids) == len(set(ids)) == 3


@pytest.mark.slow
class TestMany(Shared):
    """50,000 rows: at least 30 flushes a second while scrolling."""

    rows = 50_000

    async def test_scrolls(self, desktop: Desktop) -> None:
        await self.open_table(desktop)
        rag = controller(desktop)
        table = rag.panel.documents.table
        bar, painted = table.verticalScrollBar(), Painted()
        table.viewport().installEventFilter(painted)
        start = time.monotonic()
        step = max(bar.maximum() // 600, 1)
        while time.monotonic() - start < 3.0:
            bar.setValue((bar.value() + step) % bar.maximum())
            before = painted.count
            await until(lambda before=before: painted.count > before, 5, "painted")
        rate = painted.count / (time.monotonic() - start)
        assert rate >= 30, f"{rate:.0f} flushes a second"
        for row in (49_990, 25_000, 10):
            await self.jump(desktop, row)
