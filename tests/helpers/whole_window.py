# SPDX-License-Identifier: MIT
"""A walk through everything that a person can come to see, for rules that hold everywhere.

async for place, top in walk(desktop): ...   # the widget ``top`` is on view and settled
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QToolButton,
    QWidget,
)
from window import drop_files, until

from bldr_desktop.app import demo
from bldr_desktop.app.commands import show_tour, show_trouble
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.jobs import QueueList
from bldr_desktop.protocol.rag import QueryAnswer
from bldr_desktop.services.ai_state import Phase
from bldr_desktop.ui.command_palette import CommandPalette
from bldr_desktop.ui.help import HelpWindow
from bldr_desktop.ui.panels.rag.question_dialog import QuestionDialog
from bldr_desktop.ui.sign_in import SignInSheet
from bldr_desktop.ui.tour import PLACES, Tour

INTERACTIVE = (
    QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView,
    QTabBar, QProgressBar,
)  # fmt: skip
Place = tuple[str, QWidget]


# ---- rules


def own(widget: QWidget) -> bool:
    """Not a part that Qt makes inside its own widgets (scroll areas, spin boxes, headers, menus)."""
    name = widget.objectName()
    if name.startswith("qt_") or widget.metaObject().className() in {"QHeaderView", "QTableCornerButton"}:
        return False
    above = widget.parentWidget()
    return not isinstance(above, QComboBox | QAbstractSpinBox | QLineEdit | QAbstractItemView | QTabBar)


def nameless(top: QWidget) -> set[str]:
    """Interactive widgets under ``top``, on view, that a screen reader cannot name."""
    found = set()
    for child in top.findChildren(QWidget):
        if not isinstance(child, INTERACTIVE) or not child.isVisible() or not own(child):
            continue
        interface = QAccessible.queryAccessibleInterface(child)
        said = interface.text(QAccessible.Text.Name).strip() if interface is not None else ""
        if not said and not isinstance(child, QTabBar):
            found.add(f"{type(child).__name__} {child.objectName()!r} in {place_of(child)}")
    return found


def cut(top: QWidget) -> set[str]:
    """Texts under ``top``, on view, that need more room than they have."""
    found = set()
    for child in top.findChildren(QWidget):
        if not child.isVisible() or not isinstance(child, QPushButton | QToolButton | QLabel | QCheckBox):
            continue
        text = child.text().replace("&", "")
        if not text or getattr(child, "elides", False):
            continue
        if isinstance(child, QLabel):
            if child.sizePolicy().horizontalStretch():
                continue
            if child.wordWrap():
                if child.heightForWidth(child.width()) > child.height() + 1:
                    found.add(f"{place_of(child)}: {text!r} needs more lines")
                continue
        metrics, room = child.fontMetrics(), child.width()
        needs = max(metrics.horizontalAdvance(line) for line in text.split("\n"))
        icon_only = Qt.ToolButtonStyle.ToolButtonIconOnly
        if (
            isinstance(child, QToolButton)
            and child.toolButtonStyle() is icon_only
            and not child.icon().isNull()
        ):
            continue
        if needs > room:
            found.add(f"{place_of(child)}: {text!r} needs {needs}, has {room}")
    return found


def cut_headings(top: QWidget) -> set[str]:
    """Headings of tables under ``top``, on view, that are wider than their column."""
    found = set()
    for head in top.findChildren(QHeaderView):
        if not head.isVisible() or head.orientation() is not Qt.Orientation.Horizontal:
            continue
        for place in range(head.count()):
            text = head.model().headerData(place, Qt.Orientation.Horizontal)
            has = head.sectionSize(place)
            if text and has and head.fontMetrics().horizontalAdvance(str(text)) > has:
                found.add(f"{place_of(head.parentWidget())}: the heading {text!r} has {has}")
    return found


def place_of(widget: QWidget) -> str:
    """Names of a widget and of what it lies in."""
    names = []
    step: QWidget | None = widget
    while step is not None and len(names) < 4:
        names.append(step.objectName() or type(step).__name__)
        step = step.parentWidget()
    return " < ".join(names)


# ---- the walk


async def settle() -> None:
    """Let layouts and short timers be."""
    await asyncio.sleep(0.12)


async def fill(desktop: Desktop, documents: Path) -> None:
    """A trained collection, hits with a page beside them, an answer: nothing is empty."""
    desktop.window.go("files")
    assert drop_files(desktop.find("files.dropZone"), [documents])
    start = desktop.find("files.start")
    assert isinstance(start, QAbstractButton)
    await until(lambda: start.isVisible() and start.isEnabled(), 30, "the summary")
    start.click()
    table: Any = desktop.find("files.table")
    await until(lambda: set(demo.column(table.model(), "state")) == {"trained"}, 180, "trained")
    await demo._ask(desktop)
    await demo._show(desktop)
    ai: Any = desktop.container.controllers["ai"]
    item = ai.services.ai.ask("Что с фундаментом?")
    await until(lambda: item.phase is Phase.DONE, 40, "passages")


async def walk(desktop: Desktop) -> AsyncIterator[Place]:
    """Every place in turn."""
    async for place in _panels(desktop):
        yield place
    async for place in _windows(desktop):
        yield place
    async for place in _sheets(desktop):
        yield place


async def _panels(desktop: Desktop) -> AsyncIterator[Place]:
    window = desktop.window
    for name, panel in window.panels.items():
        window.go(name)
        await settle()
        yield name, window
        for tabs in panel.findChildren(QTabWidget):
            for number in range(tabs.count()):
                tabs.setCurrentIndex(number)
                await settle()
                yield f"{name}/{tabs.objectName()}/{number}", window
            tabs.setCurrentIndex(0)
    window.go("ai")
    ai: Any = desktop.container.controllers["ai"]
    if ai.panel.banner.isVisible():
        ai.panel.banner.button.click()
        await settle()
        yield "ai/connect", window
        desktop.find("ai.connectLater").click()  # type: ignore[attr-defined]
    ai.panel.history_button.click()
    await settle()
    yield "ai/history", window
    ai.panel.history_button.click()


async def _windows(desktop: Desktop) -> AsyncIterator[Place]:
    window, container = desktop.window, desktop.container
    settings: Any = container.controllers["settings"]
    settings.open()
    for page in settings.window.pages:
        settings.window.open(page)
        await settle()
        yield f"settings/{page}", settings.window
    settings.open("servers")
    desktop.find("settings.servers.addButton").click()  # type: ignore[attr-defined]
    await settle()
    yield "settings/servers/new", settings.window
    settings.window.close()
    jobs = await container.api.get(routes.QUEUE, QueueList, params={"paged": 1})
    training = next(job for job in jobs.data if job.type == "training")
    window.open_monitor(training.id)
    monitor = await until(lambda: _top("monitor.window"), 20, "the monitor")
    await asyncio.sleep(0.5)
    yield "monitor", monitor
    for tabs in monitor.findChildren(QTabWidget):
        for number in range(tabs.count()):
            tabs.setCurrentIndex(number)
            await settle()
            yield f"monitor/{tabs.objectName()}/{number}", monitor
    monitor.close()
    queue: Any = container.controllers["queue"]
    queue._open_log(training)
    log = await until(lambda: _top("queue.logWindow"), 10, "the log")
    await settle()
    yield "queue/log", log
    log.close()
    window.actions_by_name.by_name["help"].trigger()
    helps = window.findChild(HelpWindow)
    assert helps is not None
    await settle()
    yield "help", helps
    helps.close()


async def _sheets(desktop: Desktop) -> AsyncIterator[Place]:
    window, container = desktop.window, desktop.container
    window.actions_by_name.by_name["palette"].trigger()
    palette = window.findChild(CommandPalette)
    assert palette is not None
    await settle()
    yield "palette", palette
    palette.close()
    sheet = SignInSheet(container.theme, window)
    sheet.open("Офис · https://bldr.example:8000", "anna", again=True, note="")
    sheet.show_error("—")
    await settle()
    yield "sign-in", sheet
    sheet.close_sheet()
    sheet.deleteLater()
    show_tour(desktop)
    tour = window.findChild(Tour)
    assert tour is not None
    for number in range(len(PLACES)):
        tour.go(number)
        await settle()
        yield f"tour/{number}", tour
    tour.end()
    show_trouble(desktop, "ValueError: 1")
    box = desktop.find("trouble")
    await settle()
    yield "trouble", box
    box.close()
    answer = await container.api.post(routes.QUERY, QueryAnswer, json={"query": demo.QUESTION, "k": 1})
    passage = answer.results[0]
    dialog = QuestionDialog(container.theme, demo.QUESTION, passage, window)
    dialog.open()
    await settle()
    yield "question", dialog
    dialog.close()
    dialog.deleteLater()


def _top(name: str) -> QWidget | None:
    tops = QApplication.topLevelWidgets()
    return next((top for top in tops if top.objectName() == name and top.isVisible()), None)
