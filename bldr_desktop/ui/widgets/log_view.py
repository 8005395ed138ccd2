# SPDX-License-Identifier: MIT
"""A log of any length: paints only the rows in sight.

Rows have one height, so a million of them are a scroll bar and some forty calls of ``drawText``. The
view keeps no lines: it asks its source for those in sight, and again when they change.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from bldr_desktop.services.log_store import LogLine
from bldr_desktop.services.log_store import join as join_lines
from bldr_desktop.ui.theme.theme import Theme

ROW_PAD = 6
COPY_AT_MOST = 100_000
_PAINTED_CHARACTERS = 600
_TONES = {"debug": "muted", "info": "text", "warning": "warn", "error": "error"}
_LETTERS = {"debug": "·", "info": "", "warning": "!", "error": "×"}


class LogSource(Protocol):
    """What the view asks; ``services.log_store.LogStore`` is one."""

    def count(self, level: str = "debug") -> int:
        """Rows of at least this level."""
        ...

    def rows(self, first: int, count: int, level: str = "debug", *, limit: int = 4096) -> list[LogLine]:
        """Rows of the filtered view."""
        ...

    def row_of(self, number: int, level: str = "debug") -> int:
        """Where a line stands in the filtered view."""
        ...


class LogView(QAbstractScrollArea):
    """Shows a log; the wheel, the keys and the mouse work as in a list.

    Signals:
        follow_changed: Whether the newest line stays in sight.
        detail_wanted: A row was activated; carries the :class:`LogLine` number.
        selection_changed: Which rows are selected has changed.
    """

    follow_changed = Signal(bool)
    detail_wanted = Signal(int)
    selection_changed = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("state", "following")
        self._theme = theme
        self._source: LogSource | None = None
        self._level = "debug"
        self._count = 0
        self._follow = True
        self._mono = False
        self._mark = self._hint = ""
        self._current = -1
        self._anchor = -1
        self._seen: tuple[int, int, list[LogLine]] = (0, 0, [])
        self._moving = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        copy = QAction(self)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        self.addAction(copy)
        theme.changed.connect(self._on_theme_changed)
        self._measure()

    # -- what it shows --------------------------------------------------------------------

    def set_source(self, source: LogSource | None) -> None:
        """Show another log, from its end."""
        self._source = source
        self._current = self._anchor = -1
        self.set_follow(True)
        self.grew(force=True)

    def set_level(self, level: str) -> None:
        """Show lines of at least this level; the line on top stays in sight."""
        if level == self._level:
            return
        rows = self._rows_in_sight()
        top = rows[0].number if rows else 0
        self._level = level
        self._current = self._anchor = -1
        self.grew(force=True)
        if not self._follow and self._source is not None:
            self.verticalScrollBar().setValue(self._source.row_of(top, level))

    def set_mono(self, mono: bool) -> None:
        """Typewriter letters or not."""
        self._mono = mono
        self._measure()
        self.grew(force=True)

    def set_mark(self, text: str) -> None:
        """Underlay this text, case-insensitively, wherever it is in sight."""
        self._mark = text.lower()
        self.viewport().update()

    def set_hint(self, text: str) -> None:
        """What stands in the place of lines while there are none."""
        if text != self._hint:
            self._hint = text
            self.viewport().update()

    @property
    def level(self) -> str:
        """The lowest level shown."""
        return self._level

    @property
    def row_count(self) -> int:
        """Rows that there are at this level."""
        return self._count

    @property
    def follows(self) -> bool:
        """True while the newest line stays in sight."""
        return self._follow

    def grew(self, *, force: bool = False) -> None:
        """Lines were added (called once a flush); repaints only what is in sight."""
        count = self._source.count(self._level) if self._source is not None else 0
        if count == self._count and not force:
            return
        grown, self._count = count - self._count, count
        bar = self.verticalScrollBar()
        before = bar.value()
        self._moving = True
        bar.setPageStep(self._page())
        bar.setRange(0, max(0, count - self._page()))
        if self._follow:
            bar.setValue(bar.maximum())
        self._moving = False
        end_in_sight = before + self._page() >= count - grown
        if force or self._follow or end_in_sight or bar.value() != before:
            self._seen = (0, 0, [])
            self.viewport().update()

    def reread(self) -> None:
        """Lines that were not there yet have been read; the line on top stays where it is."""
        rows = self._rows_in_sight()
        self.grew(force=True)
        if rows and not self._follow and self._source is not None:
            bar = self.verticalScrollBar()
            moved = self._source.row_of(rows[0].number, self._level) - bar.value()
            if self._current >= 0:
                self._current, self._anchor = self._current + moved, self._anchor + moved
            self._moving = True
            bar.setValue(bar.value() + moved)
            self._moving = False

    def set_follow(self, follow: bool) -> None:
        """Keep the newest line in sight, or let go."""
        if follow:
            self._moving = True
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            self._moving = False
        if follow != self._follow:
            self._follow = follow
            self.setProperty("state", "following" if follow else "free")
            self.follow_changed.emit(follow)
        self.viewport().update()

    def show_line(self, number: int) -> None:
        """Bring a line into sight and make it the current one; lets go of the end."""
        if self._source is None:
            return
        row = min(self._source.row_of(number, self._level), self._count - 1)
        if row < 0:
            return
        self.set_follow(False)
        self._select(row)
        first, page = self.verticalScrollBar().value(), self._page()
        if not first <= row < first + page:
            self.verticalScrollBar().setValue(max(0, row - page // 2))
        self.viewport().update()

    def current_line(self) -> LogLine | None:
        """The line the cursor stands on."""
        if self._source is None or not 0 <= self._current < self._count:
            return None
        return next(iter(self._source.rows(self._current, 1, self._level, limit=0)), None)

    def selected(self) -> tuple[int, int]:
        """[first, last] selected rows, (-1, -1) for none."""
        if self._current < 0:
            return (-1, -1)
        return (min(self._anchor, self._current), max(self._anchor, self._current))

    def copy(self) -> int:
        """Copy the selected rows (at most 100,000); how many were copied."""
        first, last = self.selected()
        if self._source is None or first < 0:
            return 0
        lines = self._source.rows(first, min(last - first + 1, COPY_AT_MOST), self._level, limit=0)
        QGuiApplication.clipboard().setText(join_lines(lines))
        return len(lines)

    # -- geometry -------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Twelve rows."""
        return QSize(640, self._row * 12)

    def _measure(self) -> None:
        self._font = self._theme.font("mono" if self._mono else "body")
        self.viewport().setFont(self._font)
        self._metrics = QFontMetrics(self._font)
        self._row = self._metrics.height() + ROW_PAD
        self._time_font = self._theme.font("mono" if self._mono else "figures")
        self._time_width = QFontMetrics(self._time_font).horizontalAdvance("00:00:00") + 12
        self._mark_width = self._metrics.horizontalAdvance("×") + 10

    def _page(self) -> int:
        return max(1, self.viewport().height() // self._row)

    def _on_scrolled(self, value: int) -> None:
        if not self._moving:
            at_end = value >= self.verticalScrollBar().maximum()
            if at_end != self._follow:
                self._follow = at_end
                self.setProperty("state", "following" if at_end else "free")
                self.follow_changed.emit(at_end)
        self._seen = (0, 0, [])
        self.viewport().update()

    def _on_theme_changed(self) -> None:
        self._measure()
        self.grew(force=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        self.grew(force=True)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's hook."""
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange}:
            self._measure()
        super().changeEvent(event)

    # -- painting -------------------------------------------------------------------------

    def _rows_in_sight(self) -> list[LogLine]:
        if self._source is None:
            return []
        first = self.verticalScrollBar().value()
        count = self._page() + 1
        if self._seen[:2] != (first, count) or not self._seen[2]:
            self._seen = (first, count, self._source.rows(first, count, self._level))
        return self._seen[2]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's hook: the ground, then each row in sight."""
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        painter.fillRect(area, self._theme.color("surface"))
        if not self._count and self._hint:
            painter.setPen(self._theme.color("muted"))
            painter.setFont(self._font)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._hint)
        first = self.verticalScrollBar().value()
        chosen = self.selected()
        for place, line in enumerate(self._rows_in_sight()):
            rect = QRect(0, place * self._row, area.width(), self._row)
            self._paint_row(painter, rect, line, chosen[0] <= first + place <= chosen[1])
        painter.end()

    def _paint_row(self, painter: QPainter, rect: QRect, line: LogLine, chosen: bool) -> None:
        theme = self._theme
        if chosen:
            painter.fillRect(rect, theme.color("accent_soft"))
        if line.level in {"warning", "error"}:
            stripe = QRect(rect.left(), rect.top() + 1, 3, rect.height() - 2)
            painter.fillRect(stripe, theme.color(_TONES[line.level]))
        middle = Qt.AlignmentFlag.AlignVCenter
        left = rect.left() + 12
        painter.setFont(self._time_font)
        painter.setPen(theme.color("muted"))
        painter.drawText(
            QRect(left, rect.top(), self._time_width, rect.height()),
            middle,
            clock(line.ts[:19] + "Z" if line.ts.endswith("Z") else line.ts),
        )
        left += self._time_width
        painter.setFont(self._font)
        painter.setPen(theme.color(_TONES[line.level]))
        painter.drawText(
            QRect(left, rect.top(), self._mark_width, rect.height()), middle, _LETTERS[line.level]
        )
        left += self._mark_width
        box = QRect(left, rect.top(), rect.right() - left - 8, rect.height())
        text = line.text[:_PAINTED_CHARACTERS].replace("\n", " ⏎ ").replace("\t", "    ")
        # in the middle: a line begins with a name and ends with what came of it
        said = self._metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, box.width())
        if self._mark:
            self._paint_marks(painter, box, said)
            painter.setPen(theme.color(_TONES[line.level]))
        painter.drawText(box, middle, said)

    def _paint_marks(self, painter: QPainter, box: QRect, text: str) -> None:
        low, at = text.lower(), 0
        while (at := low.find(self._mark, at)) >= 0:
            start = self._metrics.horizontalAdvance(text[:at])
            width = self._metrics.horizontalAdvance(text[at : at + len(self._mark)])
            spot = QRect(box.left() + start, box.top() + 2, width, box.height() - 4)
            painter.fillRect(spot, self._theme.color("mark"))
            at += len(self._mark)

    # -- hands ----------------------------------------------------------------------------

    def _row_at(self, point: QPoint) -> int:
        row = self.verticalScrollBar().value() + point.y() // self._row
        return row if 0 <= row < self._count else -1

    def _select(self, row: int, *, extend: bool = False) -> None:
        self._current = row
        if not extend or self._anchor < 0:
            self._anchor = row
        line = self.current_line() if row >= 0 else None
        self.setAccessibleDescription(line.text[:500] if line else "")
        self.viewport().update()
        self.selection_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's hook: choose a row."""
        if event.button() is Qt.MouseButton.LeftButton:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._select(self._row_at(event.position().toPoint()), extend=extend)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's hook: choose several by dragging."""
        row = self._row_at(event.position().toPoint())
        if event.buttons() & Qt.MouseButton.LeftButton and row >= 0:
            self._select(row, extend=True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt's hook: the whole line."""
        self._activate(self._row_at(event.position().toPoint()))

    def _activate(self, row: int) -> None:
        if row >= 0:
            self._select(row)
            line = self.current_line()
            if line is not None:
                self.detail_wanted.emit(line.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: arrows, pages, ends, Enter, select all."""
        if event.matches(QKeySequence.StandardKey.SelectAll) and self._count:
            self._anchor, self._current = 0, self._count - 1
            self.viewport().update()
            self.selection_changed.emit()
            return
        target = self._key_target(event.key())
        if target is None:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._activate(self._current)
                return
            super().keyPressEvent(event)
            return
        if not self._count:
            return
        row = min(max(target, 0), self._count - 1)
        self._select(row, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        bar, page = self.verticalScrollBar(), self._page()
        if row < bar.value():
            bar.setValue(row)
        elif row >= bar.value() + page:
            bar.setValue(row - page + 1)

    def _key_target(self, key: int) -> int | None:
        start = self._current if self._current >= 0 else self.verticalScrollBar().value()
        steps = {
            Qt.Key.Key_Up: start - 1,
            Qt.Key.Key_Down: start + 1,
            Qt.Key.Key_PageUp: start - self._page(),
            Qt.Key.Key_PageDown: start + self._page(),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self._count - 1,
        }
        return steps.get(Qt.Key(key))


@lru_cache(maxsize=4096)
def clock(ts: str) -> str:
    """The local time of day of an instant; empty for none."""
    try:
        return datetime.fromisoformat(ts).astimezone().strftime("%H:%M:%S")
    except ValueError:
        return ""


def visible_texts(lines: Sequence[LogLine]) -> list[str]:
    """The texts of lines, for tests and screen readers."""
    return [line.text for line in lines]
