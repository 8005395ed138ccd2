# SPDX-License-Identifier: MIT
"""The theme in force: follows the system or the person's choice, live."""

from enum import StrEnum
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from bldr_desktop.ui.theme.icons import Icons
from bldr_desktop.ui.theme.palette import palette, style_sheet
from bldr_desktop.ui.theme.tokens import DARK, LIGHT, Colors

_EFFECTS = (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip)


class ThemeChoice(StrEnum):
    """What the person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Colours, fonts and icons for all widgets; ``changed`` when light becomes dark or back.

    Widgets that keep an icon or a colour of their own take them again on ``changed``.
    """

    changed = Signal()
    motion_changed = Signal()
    """``reduced_motion`` was turned on or off."""

    def __init__(self, application: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        self._icons = Icons()
        self._colors = LIGHT
        self._reduced_motion = False
        self._blink = QApplication.cursorFlashTime()
        application.setStyle("Fusion")
        self._set_font()
        application.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._apply(first=True)

    @property
    def colors(self) -> Colors:
        """The colours in force, ``#rrggbb``."""
        return self._colors

    @property
    def is_dark(self) -> bool:
        """True for the dark set."""
        return self._colors is DARK

    @property
    def choice(self) -> ThemeChoice:
        """System, light or dark."""
        return self._choice

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing may move by itself: no running bars, no sliding menus, no blinking."""
        return self._reduced_motion

    @reduced_motion.setter
    def reduced_motion(self, reduced: bool) -> None:
        if reduced is self._reduced_motion:
            return
        self._reduced_motion = reduced
        for effect in _EFFECTS:
            QApplication.setEffectEnabled(effect, not reduced)
        QApplication.setCursorFlashTime(0 if reduced else self._blink)
        self.motion_changed.emit()

    def choose(self, choice: ThemeChoice) -> None:
        """Change it now."""
        self._choice = choice
        self._apply()

    def color(self, name: str) -> QColor:
        """A colour of :class:`Colors` by its field name, for painting."""
        return QColor(getattr(self._colors, name))

    def icon(self, name: str, color: str = "muted") -> QIcon:
        """An icon of ``icons.NAMES`` in one of our colours."""
        colors = self._colors
        disabled = _between(colors.line, colors.muted)  # fainter than the words beside, and still seen
        return self._icons.icon(name, getattr(colors, color), disabled)

    def font(self, kind: str = "body") -> QFont:
        """``body``, ``strong``, ``caption``, ``heading``, ``title``, ``mono`` or ``figures`` (tabular)."""
        if kind == "mono":
            made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            made.setPointSizeF(self._application.font().pointSizeF())
            return made
        made = QFont(self._application.font())
        size = made.pointSizeF()
        made.setPointSizeF(size * {"caption": 0.9, "heading": 1.2, "title": 1.6}.get(kind, 1.0))
        if kind in {"strong", "heading", "title"}:
            made.setWeight(QFont.Weight.DemiBold)
        if kind == "figures":
            made.setFeature(QFont.Tag("tnum"), 1)
        return made

    def forget_icons(self) -> None:
        """Let go of all icons while the application object lives: destroyed after it, they crash."""
        self._icons.forget()

    def close(self) -> None:
        """Listen to the system no more; the application object is as it was."""
        self.reduced_motion = False
        self._application.styleHints().colorSchemeChanged.disconnect(self._on_system_changed)

    def _set_font(self) -> None:
        font = self._application.font()
        if font.pointSizeF() < 10.0:
            font.setPointSizeF(10.0)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        self._application.setFont(font)

    def _on_system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._apply()

    def _apply(self, *, first: bool = False) -> None:
        dark = self._choice is ThemeChoice.DARK or (
            self._choice is ThemeChoice.SYSTEM
            and self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        )
        colors = DARK if dark else LIGHT
        if colors is self._colors and not first:
            return
        self._colors = colors
        self._icons.forget()
        self._application.setPalette(palette(colors))
        self._application.setStyleSheet(style_sheet(colors))
        if not first:
            self.changed.emit()


@cache
def _between(one: str, other: str) -> str:
    """The colour half way between two of ``#rrggbb``."""
    a, b = QColor(one), QColor(other)
    red, green, blue = (a.red() + b.red()) // 2, (a.green() + b.green()) // 2, (a.blue() + b.blue()) // 2
    return QColor(red, green, blue).name()
