# SPDX-License-Identifier: MIT
"""``bldr-desktop --demo``: the main job in the real window — drop, train, ask, read the page.

It does with real Qt events what a person does, prints the answer with its source, saves a picture of
the window and says plainly what went wrong if something did.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import PySide6
from PySide6.QtCore import QAbstractItemModel, QEvent, QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget

from bldr_desktop.common.paths import resource
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.rag import QueryAnswer, QueryHit

if TYPE_CHECKING:
    from bldr_desktop.app.lifecycle import Desktop

QUESTION = "Какая толщина защитного слоя бетона при наличии бетонной подготовки?"
PICTURE = "bldr-demo.png"
W = TypeVar("W", bound=QWidget)


class DemoFailed(Exception):
    """The main job did not come to its end; the text says where it stopped."""


async def run(desktop: "Desktop") -> int:
    """Do the main job and leave.

    Returns:
        0, or 1 after a sentence on stderr.
    """
    try:
        await desktop.ready(60.0)
        files = await _drop_and_train(desktop)
        hit = await _ask(desktop)
        await _show(desktop)
    except (DemoFailed, TimeoutError, LookupError) as error:
        sys.stderr.write(f"bldr-desktop: the demo stopped: {error}\n")
        _picture(desktop)
        return 1
    place = _picture(desktop)
    sys.stdout.write(f"{_report(files, hit)}\nPicture: {place}\n")
    sys.stdout.flush()
    return 0


async def _drop_and_train(desktop: "Desktop") -> int:
    """Drop the samples, confirm the summary, wait until every file is trained; how many files."""
    desktop.window.go("files")
    await _settled()
    drop(desktop.find("files.dropZone"), [resource("samples")])
    start = _named(desktop, "files.start", QAbstractButton)
    await _until(lambda: start.isVisible() and start.isEnabled(), 20, "the summary of the dropped files")
    _click(start)
    table = _named(desktop, "files.table", QAbstractItemView)
    states: list[str] = []

    def all_final() -> bool:
        states[:] = column(table.model(), "state")
        return bool(states) and all(state in {"trained", "failed", "empty"} for state in states)

    await _until(all_final, 180, "the end of the training")
    if not all(state == "trained" for state in states):
        raise DemoFailed(f"some sample documents were not trained: {sorted(set(states))}")
    return len(states)


async def _ask(desktop: "Desktop") -> QueryHit:
    """Type the question; the first hit, as the window shows it and the engine answered it."""
    desktop.window.go("rag")
    await _settled()
    box = _line(desktop.find("rag.query"))
    box.setFocus()
    box.setText(QUESTION)
    _press(box, Qt.Key.Key_Return)
    results = _named(desktop, "rag.results", QAbstractItemView)
    await _until(lambda: results.model().rowCount() > 0, 20, "the first hit")
    answer = await desktop.container.api.post(routes.QUERY, QueryAnswer, json={"query": QUESTION, "k": 1})
    if not answer.results:
        raise DemoFailed("nothing was found")
    return answer.results[0]


async def _show(desktop: "Desktop") -> None:
    """Open the first hit beside the list and wait for its page."""
    results = _named(desktop, "rag.results", QAbstractItemView)
    results.setCurrentIndex(results.model().index(0, 0))
    _press(results, Qt.Key.Key_Return)
    viewer = desktop.find("rag.viewer")
    await _until(viewer.isVisible, 10, "the page beside the hits")
    await asyncio.sleep(1.5)  # the page's picture and its marks are painted as they come


def drag_enter(place: QPoint, data: QMimeData) -> QDragEnterEvent:
    """The event of files that come over a widget; Qt 6.12 takes its place as fractions of a pixel."""
    where: Any = place if PySide6.__version_info__ < (6, 12) else QPointF(place)
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return QDragEnterEvent(where, action, data, button, keys)


def drop(target: QWidget, paths: list[Path]) -> None:
    """Drop files and folders on a widget, as a file manager does.

    Raises:
        DemoFailed: The widget does not take them.
    """
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle = target.rect().center()
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = drag_enter(middle, data)
    QApplication.sendEvent(target, enter)
    event = QDropEvent(QPointF(middle), action, data, button, keys, QEvent.Type.Drop)
    QApplication.sendEvent(target, event)
    if not event.isAccepted():
        raise DemoFailed("the Files panel did not take the dropped folder")


def column(model: QAbstractItemModel, role: str) -> list[Any]:
    """The values of a named role of all rows."""
    roles = {bytes(name.data()).decode(): number for number, name in model.roleNames().items()}
    if role not in roles:
        raise DemoFailed(f"the table has no role {role!r}")
    rows = range(model.rowCount(QModelIndex()))
    return [model.data(model.index(row, 0), roles[role]) for row in rows]


def _report(files: int, hit: QueryHit) -> str:
    source = [hit.designation or hit.document_name]
    if hit.clause:
        source.append(f"п. {hit.clause}")
    if hit.page:
        source.append(f"с. {hit.page}")
    if hit.edition_status:
        source.append(hit.edition_status.value)
    passage = " ".join(hit.chunk.split())
    return f"Trained documents: {files}\nQuestion: {QUESTION}\nAnswer: {passage}\nSource: {', '.join(source)}"


def _picture(desktop: "Desktop") -> Path:
    place = Path.cwd() / PICTURE
    desktop.window.grab().save(str(place))
    return place


def _named(desktop: "Desktop", name: str, kind: type[W]) -> W:
    found = desktop.find(name)
    if not isinstance(found, kind):
        raise DemoFailed(f"{name} is no {kind.__name__}")
    return found


def _line(widget: QWidget) -> QLineEdit:
    if isinstance(widget, QLineEdit):
        return widget
    inner = widget.findChild(QLineEdit)
    if inner is None:
        raise DemoFailed("there is no line to type the question into")
    return inner


def _click(button: QAbstractButton) -> None:
    button.click()


def _press(widget: QWidget, key: Qt.Key) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


async def _settled() -> None:
    await asyncio.sleep(0.1)


async def _until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise DemoFailed(f"waited {seconds:g} s for {what}")
        await asyncio.sleep(0.05)
