# SPDX-License-Identifier: MIT
"""The tour of the first run: four cards over the window, each beside the place it speaks of."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QVBoxLayout, QWidget

from bldr_desktop.ui.qt.focus import give_back, turn_focus
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.qt.translated import Translated
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space
from bldr_desktop.ui.widgets.basics import button, label

PLACES = ("nav.files", "nav.queue", "nav.rag", "nav.settings")
"""Object names of what the cards speak of, in their order."""
_WIDTH = 380
_GAP = 14


def cards() -> list[tuple[str, str]]:
    """Heading and text of each card, in the person's language."""
    return [
        (
            tr("shell", "Drop your documents"),
            tr(
                "shell",
                "Folders of norms, estimates and letters go on the File Manager. You see what is new, "
                "changed or unsupported before anything is sent.",
            ),
        ),
        (
            tr("shell", "Watch the training"),
            tr(
                "shell",
                "Trained means: the text was read and can be found now. The queue shows every job, what it "
                "waits for, and which files failed and why.",
            ),
        ),
        (
            tr("shell", "Ask and check"),
            tr(
                "shell",
                "Ask in plain words, or type a clause such as «СП 63 п.8.1.3». A click on a hit opens its "
                "page with the passage marked. Nothing is invented.",
            ),
        ),
        (
            tr("shell", "Help is near"),
            tr(
                "shell",
                "Ctrl+K finds any action, F1 shows all keys. Language, colours and servers are in the "
                "settings; this tour is in the Help menu.",
            ),
        ),
    ]


class Tour(Translated):
    """Covers the window until it is ended or skipped; tells ``ended`` once.

    Keys: Enter or → goes on, ← back, Escape skips; Tab stays within the card. A click beside the card, or
    files that are dragged in, end it.
    """

    ended = Signal()

    def __init__(self, theme: Theme, over: QWidget, find: Callable[[str], QWidget | None]) -> None:
        super().__init__(over)
        self.setObjectName("tour")
        self.setAcceptDrops(True)
        self._theme, self._over, self._find = theme, over, find
        self._number = 0
        self._before: QWidget | None = over.window().focusWidget()
        self.card = QFrame(self)
        self.card.setObjectName("tour.card")
        self.card.setProperty("look", "card")
        self.card.setFixedWidth(_WIDTH)
        self.card.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        shadow = QGraphicsDropShadowEffect(self.card)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 8)
        shadow.setColor(QColor(0, 0, 0, 70))
        self.card.setGraphicsEffect(shadow)
        self.title = label(wrap=True)
        self.title.setFont(theme.font("heading"))
        self.text = label(look="muted", wrap=True)
        self.count = label(look="muted")
        self.count.setFont(theme.font("caption"))
        self.skip = button(theme, "tour.skip", look="quiet")
        self.back = button(theme, "tour.back")
        self.next = button(theme, "tour.next", look="primary")
        self._lay_out()
        self.skip.clicked.connect(self.end)
        self.back.clicked.connect(lambda: self.go(self._number - 1))
        self.next.clicked.connect(lambda: self.go(self._number + 1))
        over.installEventFilter(self)
        theme.changed.connect(self.update)
        self._ended = False
        self.setGeometry(over.rect())
        self.retranslate()
        self.show()
        self.raise_()
        self.go(0)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        for part in (self.skip, self.back, self.next):
            if part is self.back:
                foot.addStretch(1)
            foot.addWidget(part)
        column = self._inside = QVBoxLayout(self.card)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.S)
        column.addWidget(self.count)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(Space.S)
        column.addLayout(foot)

    @property
    def number(self) -> int:
        """Which card is shown, from 0."""
        return self._number

    def go(self, number: int) -> None:
        """Show a card; after the last one it is over."""
        if number >= len(PLACES):
            self.end()
            return
        self._number = max(number, 0)
        self._say()
        self._place()
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Go away and give the focus back; safe to call twice."""
        if self._ended:
            return
        self._ended = True
        self._over.removeEventFilter(self)
        self._theme.changed.disconnect(self.update)
        self.hide()
        give_back(self._before)
        self.ended.emit()
        self.deleteLater()

    def retranslate(self) -> None:
        """Texts of the tour."""
        self.setAccessibleName(tr("shell", "A short tour"))
        for part, words in (
            (self.skip, tr("shell", "Skip")),
            (self.back, tr("shell", "Back")),
        ):
            part.setText(words)
            part.setAccessibleName(words)
        self._say()
        self._place()

    def _say(self) -> None:
        title, text = cards()[self._number]
        last = self._number == len(PLACES) - 1
        self.title.setText(title)
        self.text.setText(text)
        self.count.setText(tr("shell", "{number} of {all}", number=self._number + 1, all=len(PLACES)))
        self.next.setText(tr("shell", "Begin") if last else tr("shell", "Next"))
        self.next.setAccessibleName(self.next.text())
        self.next.setAccessibleDescription(f"{title}. {text}")
        self.card.setAccessibleName(title)
        self.card.setAccessibleDescription(text)
        self.back.setVisible(self._number > 0)
        self.skip.setVisible(not last)

    # -- place --------------------------------------------------------------------------------

    def spot(self) -> QRect | None:
        """Where in the window the thing is that the card speaks of; None when it is not on view."""
        found = self._find(PLACES[self._number])
        if found is None or not found.isVisible():
            return None
        return QRect(found.mapTo(self._over, QPoint(0, 0)), found.size()).adjusted(-4, -4, 4, 4)

    def _place(self) -> None:
        self.setGeometry(self._over.rect())
        spot = self.spot()
        self._inside.activate()
        height = self._inside.totalHeightForWidth(_WIDTH)
        self.card.resize(_WIDTH, height)
        if spot is None:
            left, top = (self.width() - _WIDTH) // 2, (self.height() - height) // 2
        else:
            left, top = spot.right() + _GAP, spot.center().y() - Space.XXL
        left = max(Space.S, min(left, self.width() - _WIDTH - Space.S))
        top = max(Space.S, min(top, self.height() - height - Space.S))
        self.card.move(left, top)
        self.update()

    # -- Qt's hooks ---------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: as large as what it lies over."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt's hook: what lies below the veil is not reached by Tab."""
        return turn_focus((self.next, self.skip, self.back), forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: arrows and Enter turn the cards, Escape skips."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.end()
        elif key in {Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.go(self._number + 1)
        elif key == Qt.Key.Key_Left:
            self.go(self._number - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's hook: who clicks beside the card wants to work."""
        event.accept()
        self.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt's hook: who brings files has understood; what lies below takes them."""
        event.ignore()
        self.end()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's hook: a veil with a window for the thing that is spoken of."""
        veil = self._theme.color("bg")
        veil.setAlpha(200)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QPainterPath()
        ground.addRect(QRectF(self.rect()))
        spot = self.spot()
        if spot is not None:
            hole = QPainterPath()
            hole.addRoundedRect(QRectF(spot), Size.RADIUS_L, Size.RADIUS_L)
            painter.fillPath(ground.subtracted(hole), veil)
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.drawPath(hole)
        else:
            painter.fillPath(ground, veil)
        painter.end()
