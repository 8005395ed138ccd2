# SPDX-License-Identifier: MIT
"""Hits as painted cards: no widget a row, layouts kept, every card of one height."""

from collections import OrderedDict

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bldr_desktop.protocol.rag import QueryHit
from bldr_desktop.ui.models.hits import HitRole
from bldr_desktop.ui.qt.textpos import ranges_to_qt
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Space
from bldr_desktop.ui.widgets import words
from bldr_desktop.ui.widgets.excerpt import excerpt
from bldr_desktop.ui.widgets.pill import paint_pill, pill_width

LINES = 3
LAYOUTS_KEPT = 120
BAR_WIDTH = 36
BAR_HEIGHT = 4
GAP = 6
ROOM_FOR_BAR = 350
NARROWER = 0.75
"""A line's characters are on average not narrower than this share of the font's average."""


class HitDelegate(QStyledItemDelegate):
    """Document and edition mark, clause and page, score bar, three lines with the words marked."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._layouts: OrderedDict[tuple[str, int], QTextLayout] = OrderedDict()
        self.forget()
        theme.changed.connect(self.forget)

    def forget(self) -> None:
        """Colours or fonts changed: lay out anew."""
        self._layouts.clear()
        self._strong, self._body = self._theme.font("strong"), self._theme.font("body")
        self._caption, self._figures = self._theme.font("caption"), self._theme.font("figures")
        self._figures.setPointSizeF(self._caption.pointSizeF())
        self._line = QFontMetricsF(self._body).lineSpacing() + 1
        self._narrow = max(QFontMetricsF(self._body).averageCharWidth(), 1.0)
        self._head = QFontMetrics(self._strong).height()
        self._sub = QFontMetrics(self._caption).height()
        self._height = round(self._head + self._sub + self._line * LINES + Space.M * 2 + Space.S + GAP)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One height for all."""
        return QSize(240, self._height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """One card."""
        hit = index.data(HitRole.HIT)
        if not isinstance(hit, QueryHit):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        card = rect.adjusted(1, 1, -1, -GAP)
        self._ground(painter, card, option.state)
        inner = card.adjusted(Space.M, Space.M, -Space.M, -Space.M)
        self._heading(painter, inner, hit)
        below = QRect(inner.left(), inner.top() + self._head + 2, inner.width(), self._sub)
        self._place(painter, below, hit)
        layout = self._layout(hit, inner.width())
        layout.draw(painter, QPointF(inner.left(), below.bottom() + Space.XS + 2))
        painter.restore()

    def _ground(self, painter: QPainter, card: QRect, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hover = bool(state & QStyle.StateFlag.State_MouseOver)
        edge = "accent" if chosen else "muted" if hover else "line"
        painter.setPen(QPen(self._theme.color(edge), 1.5 if chosen else 1))
        painter.setBrush(self._theme.color("accent_soft" if chosen else "surface"))
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _heading(self, painter: QPainter, inner: QRect, hit: QueryHit) -> None:
        right = self._score(painter, inner, hit.score)
        name = hit.designation or hit.document_name
        metrics = QFontMetrics(self._strong)
        mark = self._mark_width(hit)
        room = right - inner.left() - Space.S - (mark + Space.S if mark else 0)
        painter.setFont(self._strong)
        painter.setPen(self._theme.color("text"))
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(
            QRect(inner.left(), inner.top(), room, self._head), Qt.AlignmentFlag.AlignVCenter, shown
        )
        if mark:
            self._mark(painter, inner.left() + metrics.horizontalAdvance(shown) + Space.S, inner.top(), hit)

    def _score(self, painter: QPainter, inner: QRect, score: float) -> int:
        share = min(max(score, 0.0), 1.0)
        text = words.percent(share)
        painter.setFont(self._figures)
        painter.setPen(self._theme.color("muted"))
        width = QFontMetrics(self._figures).horizontalAdvance("100 %")
        place = QRect(inner.right() - width, inner.top(), width + 1, self._head)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        if inner.width() < ROOM_FOR_BAR:
            return place.left()
        left = place.left() - Space.S - BAR_WIDTH
        top = inner.top() + (self._head - BAR_HEIGHT) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("line"))
        painter.drawRoundedRect(QRectF(left, top, BAR_WIDTH, BAR_HEIGHT), 2, 2)
        painter.setBrush(self._theme.color("accent"))
        painter.drawRoundedRect(QRectF(left, top, max(BAR_WIDTH * share, BAR_HEIGHT), BAR_HEIGHT), 2, 2)
        return left

    def _mark_width(self, hit: QueryHit) -> int:
        text = words.edition(hit.edition_status)
        return pill_width(QFontMetrics(self._caption).horizontalAdvance(text)) if text else 0

    def _mark(self, painter: QPainter, left: int, top: int, hit: QueryHit) -> None:
        badge = QRectF(left, top, self._mark_width(hit), self._head)
        painter.setFont(self._caption)
        text = words.edition(hit.edition_status)
        paint_pill(painter, self._theme, badge, text, words.EDITION_TONE[str(hit.edition_status)])

    def _place(self, painter: QPainter, line: QRect, hit: QueryHit) -> None:
        where = words.place(hit)
        metrics = QFontMetrics(self._caption)
        painter.setFont(self._caption)
        painter.setPen(self._theme.color("accent"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, where)
        rest = hit.clause_path or hit.title or (hit.document_name if hit.designation else "")
        used = metrics.horizontalAdvance(where) + (Space.M if where else 0)
        if rest and line.width() - used > 60:
            painter.setPen(self._theme.color("muted"))
            shown = metrics.elidedText(
                " ".join(rest.split()), Qt.TextElideMode.ElideRight, line.width() - used
            )
            painter.drawText(line.adjusted(used, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, shown)

    def _layout(self, hit: QueryHit, width: int) -> QTextLayout:
        key = (f"{hit.document_id}:{hit.chunk_id}:{hit.page}:{hash((hit.chunk, *hit.highlights))}", width)
        known = self._layouts.get(key)
        if known is not None:
            self._layouts.move_to_end(key)
            return known
        text, marks = excerpt(hit.chunk, hit.highlights)
        most = self._fits(width)  # shaping what is cut away again would be most of a card's cost
        text, marks = text[:most], [(start, min(end, most)) for start, end in marks if start < most]
        made = self._lay_out(text, ranges_to_qt(text, marks), width)
        self._layouts[key] = made
        if len(self._layouts) > LAYOUTS_KEPT:
            self._layouts.popitem(last=False)
        return made

    def _fits(self, width: int) -> int:
        """More characters than go into a card's lines, however narrow they are."""
        return int(LINES * width / (self._narrow * NARROWER)) + 1

    def _lay_out(self, text: str, marks: list[tuple[int, int]], width: int) -> QTextLayout:
        layout = self._typeset(text, marks, width)
        while layout.lineCount() > LINES:
            end = layout.lineAt(LINES - 1)
            stop = end.textStart() + max(end.textLength() - 2, 1)
            text = text[: min(stop, len(text) - 2)].rstrip(" …") + "…"
            marks = [(start, min(last, len(text))) for start, last in marks if start < len(text)]
            layout = self._typeset(text, marks, width)
        return layout

    def _typeset(self, text: str, marks: list[tuple[int, int]], width: int) -> QTextLayout:
        layout = QTextLayout(text, self._body)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([_span(0, len(text), self._plain()), *self._marks(marks)])
        layout.beginLayout()
        top = 0.0
        for _ in range(LINES + 1):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += self._line
        layout.endLayout()
        return layout

    def _plain(self) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(self._theme.color("text"))
        return made

    def _marks(self, marks: list[tuple[int, int]]) -> list[QTextLayout.FormatRange]:
        made = QTextCharFormat()
        made.setBackground(QColor(self._theme.color("mark")))
        made.setForeground(self._theme.color("mark_text"))
        made.setFontWeight(QFont.Weight.Medium)
        return [_span(start, end - start, made) for start, end in marks]


def _span(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, look
    return made
