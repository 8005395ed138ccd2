# SPDX-License-Identifier: MIT
"""The navigation rail: four panels, Settings at the foot; icons only where the window is narrow."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLabel, QVBoxLayout, QWidget

from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.qt.translated import Translated
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space

PANELS = ("files", "rag", "queue", "ai")
_HEIGHT = 40


class NavButton(QAbstractButton):
    """One place to go: an icon and a word, painted."""

    def __init__(self, theme: Theme, name: str, *, checkable: bool = True) -> None:
        super().__init__()
        self.setObjectName(f"nav.{name}")
        self._theme, self._name = theme, name
        self._narrow = False
        self._badge = ""
        self._icons: tuple[QIcon, QIcon] | None = None
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMinimumHeight(_HEIGHT)
        theme.changed.connect(self._on_theme_changed)

    def load_icons(self) -> None:
        """Take the icons; not before the first paint (G6)."""
        self._icons = (self._theme.icon(self._name), self._theme.icon(self._name, "accent"))
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Only the icon, the word as tooltip."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def set_badge(self, text: str) -> None:
        """A short figure at the right end (jobs running); empty for none."""
        self._badge = text
        self.update()

    def _on_theme_changed(self) -> None:
        if self._icons is not None:
            self.load_icons()

    def sizeHint(self) -> QSize:
        """Qt's hook."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(_HEIGHT if self._narrow else words + 64, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's hook."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        on = self.isChecked()
        painter.setPen(self._theme.color("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
        if on:
            painter.setBrush(self._theme.color("accent_soft"))
        elif self.underMouse():
            painter.setBrush(self._theme.color("raised"))
        painter.drawRoundedRect(rect, Size.RADIUS, Size.RADIUS)
        left = (self.width() - Size.ICON_L) // 2 if self._narrow else Space.M
        if self._icons is not None:
            pixmap = self._icons[1 if on else 0].pixmap(QSize(Size.ICON_L, Size.ICON_L))
            painter.drawPixmap(left, (self.height() - Size.ICON_L) // 2, pixmap)
        if not self._narrow:
            self._paint_words(painter, rect, on)
        painter.end()

    def _paint_words(self, painter: QPainter, rect: QRectF, on: bool) -> None:
        painter.setFont(self._theme.font("strong" if on else "body"))
        painter.setPen(self._theme.color("accent" if on else "text"))
        words = rect.adjusted(Space.M + Size.ICON_L + Space.M - 1, 0, -Space.S, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self._badge:
            painter.setFont(self._theme.font("caption"))
            painter.setPen(self._theme.color("muted"))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._badge)


class Rail(Translated):
    """Tells ``chosen(panel)`` and ``settings_asked``; shows what the window says is current."""

    chosen = Signal(str)
    settings_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("nav.rail")
        self._theme = theme
        self._narrow = False
        self.brand = QLabel("Bldr")
        self.brand.setFont(theme.font("title"))
        self.brand.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = {name: NavButton(theme, name) for name in PANELS}
        self.settings = NavButton(theme, "settings", checkable=False)
        group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        self._column.setSpacing(Space.XS)
        self._column.addWidget(self.brand)
        self._column.addSpacing(Space.M)
        for name, place in self.buttons.items():
            group.addButton(place)
            self._column.addWidget(place)
            place.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
        self._column.addStretch(1)
        self._column.addWidget(self.settings)
        self.settings.clicked.connect(lambda: self.settings_asked.emit())
        self.setFixedWidth(Size.RAIL)
        self.retranslate()

    def load_icons(self) -> None:
        """Take the icons; not before the first paint."""
        for place in (*self.buttons.values(), self.settings):
            place.load_icons()

    def show_current(self, name: str) -> None:
        """Mark a panel as the current one."""
        self.buttons[name].setChecked(True)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.setFixedWidth(Size.RAIL_NARROW if narrow else Size.RAIL)
        self.brand.setText("B" if narrow else "Bldr")
        centre = Qt.AlignmentFlag.AlignHCenter if narrow else Qt.AlignmentFlag.AlignLeft
        self.brand.setAlignment(centre | Qt.AlignmentFlag.AlignVCenter)
        for place in (*self.buttons.values(), self.settings):
            place.set_narrow(narrow)

    def retranslate(self) -> None:
        """Names of the places, with their keys in the tooltip."""
        names = {
            "files": tr("shell", "File Manager"),
            "rag": tr("shell", "RAG"),
            "queue": tr("shell", "Queue"),
            "ai": tr("shell", "AI Shell"),
        }
        for number, (name, text) in enumerate(names.items(), start=1):
            _name(self.buttons[name], text, f"Ctrl+{number}")
        _name(self.settings, tr("shell", "Settings"), "Ctrl+,")


def _name(widget: QWidget, text: str, keys: str) -> None:
    assert isinstance(widget, NavButton)
    widget.setText(text)
    widget.setAccessibleName(text)
    widget.setToolTip(f"{text}  {keys}")
