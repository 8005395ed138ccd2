# SPDX-License-Identifier: MIT
"""Pages of a document under each other, only those in view asked for; passages marked on them."""

from collections import OrderedDict

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from bldr_desktop.protocol.documents import PageBoxes
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.widgets.viewer.boxes import on_page, paint_marks
from bldr_desktop.ui.widgets.viewer.column import MARGIN, Anchor, PageColumn

STEP = 32
ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
PIXMAPS_KEPT = 10
WIDEST = 4096
NARROWEST = 64


class PageCanvas(QAbstractScrollArea):
    """A column of page images.

    ``page_wanted(page, width)`` asks for an image of ``width`` device pixels; ``set_page`` gives it.
    Sizes of pages that are not there yet are guessed from their neighbours; the page at the top of
    the view stays where it is when a guess was wrong.
    """

    page_wanted = Signal(int, int)
    page_shown = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = PageColumn()
        self._pixmaps: OrderedDict[int, QPixmap] = OrderedDict()
        self._faults: dict[int, str] = {}
        self._marks: dict[int, list[PageBoxes]] = {}
        self._goal: tuple[int, float | None] | None = None
        self._zoom = 1.0
        self._current = 0
        self._asked: dict[int, int] = {}
        self._settle = QTimer(self, singleShot=True, interval=60)
        self._settle.timeout.connect(self._ask)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme.changed.connect(self.viewport().update)

    @property
    def page(self) -> int:
        """The page in the middle of the view, from 1; 0 when there is none."""
        return self._current

    @property
    def zoom(self) -> float:
        """1.0 fits the width."""
        return self._zoom

    @property
    def image_width(self) -> int:
        """Width in device pixels that pages are wanted in: a multiple of 32, so that small changes
        of the window's size do not ask for new images."""
        return self.image_width_in(self.viewport().width())

    def image_width_in(self, width: int) -> int:
        """The same for a view of another width: this one's is not known before it was shown."""
        room = max(width - 2 * MARGIN, NARROWEST) * self.devicePixelRatioF()
        wide = int(room * self._zoom) // STEP * STEP
        return min(max(wide, NARROWEST), WIDEST)

    def painted(self, page: int) -> bool:
        """True when a page's image is there in the wanted width."""
        pixmap = self._pixmaps.get(page)
        return pixmap is not None and pixmap.width() == self.image_width

    def mark_rects(self, page: int) -> list[QRectF]:
        """The marks of a page in viewport coordinates."""
        area = self.page_rect(page)
        return [
            on_page(area, boxes, n) for boxes in self._marks.get(page, ()) for n in range(len(boxes.boxes))
        ]

    def page_rect(self, page: int) -> QRectF:
        """A page in viewport coordinates."""
        width = self.image_width / self.devicePixelRatioF()
        left = (self.viewport().width() - width) / 2
        if width > self.viewport().width():
            left = MARGIN - self.horizontalScrollBar().value()
        top = self._column.top(page) - self.verticalScrollBar().value()
        return QRectF(round(left), round(top), width, self._column.height(page))

    def clear(self, pages: int = 0) -> None:
        """Another document with so many pages, nothing of it there yet."""
        self._column.clear(pages)
        self._pixmaps.clear()
        self._faults.clear()
        self._marks.clear()
        self._asked.clear()
        self._current = 0
        self._goal = None
        self._lay_out((1, 0.0))
        self.viewport().update()

    def set_page(self, page: int, image: QImage) -> None:
        """A page's image came; one of an older width never takes the place of the wanted one."""
        if self.painted(page) and image.width() != self.image_width:
            return
        self._faults.pop(page, None)
        self._pixmaps[page] = QPixmap.fromImage(image)
        self._pixmaps.move_to_end(page)
        while len(self._pixmaps) > PIXMAPS_KEPT:
            self._asked.pop(self._pixmaps.popitem(last=False)[0], None)
        self._take_ratio(page, image.height() / max(image.width(), 1))
        self._reach_goal()
        if self._waiting():
            self._ask()
        else:
            self._settle.start()
        self.viewport().update()

    def set_fault(self, page: int, sentence: str) -> None:
        """A page cannot be shown, and why."""
        self._faults[page] = sentence
        self.viewport().update()

    def set_marks(self, page: int, boxes: PageBoxes, *, keep: bool = False) -> None:
        """Mark boxes on a page; ``keep`` adds to those that are there."""
        old = self._marks.get(page, []) if keep else []
        self._marks[page] = [*old, boxes]
        if not self._column.knows(page) and boxes.page_width:
            self._take_ratio(page, boxes.page_height / boxes.page_width)
        self._reach_goal()
        self.viewport().update()

    def clear_marks(self) -> None:
        """No passage is marked."""
        self._marks.clear()
        self.viewport().update()

    def go_to(self, page: int, share: float | None = 0.0) -> None:
        """Scroll to a page: ``share`` of its height at the top, None for its first mark once known."""
        if not 1 <= page <= self._column.count:
            return
        self._goal = (page, share)
        self._reach_goal()
        self._on_scrolled()

    def set_zoom(self, zoom: float) -> None:
        """Zoom about the top of the view."""
        zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        if zoom == self._zoom:
            return
        anchor = self._anchor()
        self._zoom = zoom
        self._lay_out(anchor)
        self.zoom_changed.emit(zoom)
        self._settle.start()
        self.viewport().update()

    def step_zoom(self, steps: int) -> None:
        """The next larger (+1) or smaller (-1) zoom."""
        if steps > 0:
            wished = next((zoom for zoom in ZOOMS if zoom > self._zoom + 0.01), ZOOMS[-1])
        else:
            wished = next((zoom for zoom in reversed(ZOOMS) if zoom < self._zoom - 0.01), ZOOMS[0])
        self.set_zoom(wished)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page at the top of the view there."""
        super().resizeEvent(event)
        self._lay_out(self._anchor())
        self._settle.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and wheel zooms; the wheel alone ends the way to a passage that is still loading."""
        self._goal = None
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End; plus, minus and 0 zoom; the rest scrolls."""
        key = event.key()
        if key in _MOVING:
            self._goal = None
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.step_zoom(1)
        elif key == Qt.Key.Key_Minus:
            self.step_zoom(-1)
        elif key == Qt.Key.Key_0:
            self.set_zoom(1.0)
        elif key == Qt.Key.Key_Home:
            self.verticalScrollBar().setValue(0)
        elif key == Qt.Key.Key_End:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        elif key == Qt.Key.Key_Space:
            self.verticalScrollBar().setValue(
                self.verticalScrollBar().value() + self.verticalScrollBar().pageStep()
            )
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pages in view with their marks."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color("raised"))
        for page in self._in_view():
            self._paint_page(painter, page)
        painter.end()

    def _paint_page(self, painter: QPainter, page: int) -> None:
        area = self.page_rect(page)
        pixmap = self._pixmaps.get(page)
        if pixmap is None:
            painter.fillRect(area, Qt.GlobalColor.white)
            painter.setPen(self._theme.color("error" if page in self._faults else "line"))
            words = self._faults.get(page) or tr("rag", "Page {page}", page=page)
            painter.drawText(area.adjusted(24, 24, -24, -24), Qt.TextFlag.TextWordWrap, words)
            return
        exact = pixmap.width() == self.image_width
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
        painter.drawPixmap(area, pixmap, QRectF(pixmap.rect()))
        paint_marks(painter, area, self._marks.get(page, ()))
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _take_ratio(self, page: int, ratio: float) -> None:
        anchor = self._anchor()
        if self._column.set_ratio(page, ratio):
            self._lay_out(anchor)

    def _lay_out(self, anchor: Anchor) -> None:
        """Scroll bars for the column as it is now, what stood at the top of the view there again."""
        width = self.image_width / self.devicePixelRatioF()
        if width != self._column.width:
            self._column.set_width(width)
        bar = self.verticalScrollBar()
        bar.blockSignals(True)
        bar.setRange(0, max(0, round(self._column.total) - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(40)
        bar.setValue(round(self._column.offset_of(anchor)))
        bar.blockSignals(False)
        across = self.horizontalScrollBar()
        across.setRange(0, max(0, round(width + 2 * MARGIN) - self.viewport().width()))
        across.setPageStep(self.viewport().width())

    def _anchor(self) -> Anchor:
        return self._column.anchor(self.verticalScrollBar().value())

    def _in_view(self) -> range:
        top = self.verticalScrollBar().value()
        return self._column.pages_between(top, top + self.viewport().height())

    def _reach_goal(self) -> None:
        if self._goal is None:
            return
        page, share = self._goal
        bar = self.verticalScrollBar()
        area = self.page_rect(page)
        if share is not None:
            bar.setValue(round(self._column.top(page) - MARGIN / 2 + share * area.height()))
        else:
            boxes = self._marks.get(page)
            if not boxes or not boxes[0].boxes:
                bar.setValue(round(self._column.top(page) - MARGIN / 2))
            else:
                first = on_page(area, boxes[0], 0)
                bar.setValue(round(bar.value() + first.top() - self.viewport().height() / 4))
        if page in self._pixmaps and (share is not None or page in self._marks):
            self._goal = None

    def _on_scrolled(self) -> None:
        seen = self._in_view()
        if not seen:
            return
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        page = self._column.page_at(middle)
        if page != self._current:
            self._current = page
            self.page_shown.emit(page)
        self._ask()
        self.viewport().update()

    def _ask(self) -> None:
        width = self.image_width
        seen = self._in_view()
        if not seen:
            return
        for page in self._wanted(seen):
            known = self._pixmaps.get(page)
            if not 1 <= page <= self._column.count or (known is not None and known.width() == width):
                continue
            if self._asked.get(page) != width:
                self._asked[page] = width
                self.page_wanted.emit(page, width)

    def _wanted(self, seen: range) -> list[int]:
        """The page that was asked for alone, then the others in view, then their neighbours."""
        waiting = self._waiting()
        if not waiting:
            return [seen[-1] + 1, seen[0] - 1]
        goal = self._goal[0] if self._goal is not None else 0
        return [goal] if goal in waiting else waiting

    def _waiting(self) -> list[int]:
        """Pages in view whose images are not there."""
        return [page for page in self._in_view() if not self.painted(page) and page not in self._faults]


_MOVING = {
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_Space,
}  # fmt: skip
