# SPDX-License-Identifier: MIT
"""The main window: rail, panels, status line, menus.

It comes in two steps (G6). ``MainWindow(store)`` is a frame that can be painted at once: nothing is
imported for it but Qt's widgets (not even Qt's namespace ``Qt``, which costs 40 ms). ``build(theme)`` puts
everything else into it; only then it is the panels' ``Shell``.
"""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSettings, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QMainWindow, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from bldr_desktop.ui.theme.theme import Theme
    from bldr_desktop.ui.widgets.toast import Toasts

NARROW_BELOW = 1100
SMALLEST = QSize(880, 560)
USUAL = QSize(1280, 800)
_FRAME = {"light": ("#f5f6f8", "#ffffff", "#d9dde3"), "dark": ("#15171b", "#1c1f24", "#353a43")}
"""Ground, surface and line of ``theme.tokens``, which are not imported yet (a test compares them)."""


class MainWindow(QMainWindow):
    """Dumb: shows panels by name and tells what the person did. It is the panels' ``Shell``."""

    first_painted = Signal()
    close_asked = Signal()
    _built = False

    def __init__(self, store: QSettings, colors: str = "light") -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Bldr Desktop")
        self.painted_at = 0.0
        """``time.monotonic()`` of the first paint."""
        self._store = store
        self._wanted = "files"
        self._frame = [QColor(name) for name in _FRAME[colors]]
        self._may_close = False
        self._toasts: Toasts | None = None
        self._restore()

    def build(self, theme: "Theme") -> None:
        """Put rail, panels' place, status line and menus into the frame."""
        from PySide6.QtWidgets import QStackedWidget

        from bldr_desktop.ui.actions import Actions
        from bldr_desktop.ui.rail import PANELS, Rail
        from bldr_desktop.ui.status_line import StatusLine

        self._theme = theme
        self._make_notices()
        self.rail = Rail(theme)
        self.status = StatusLine(theme)
        self.stack = QStackedWidget()
        self.stack.setObjectName("panels")
        self.panels: dict[str, QWidget] = {}
        self.actions_by_name = Actions(self)
        if self._wanted not in PANELS:
            self._wanted = "files"
        self._lay_out()
        self._connect()
        self._built = True
        self.rail.set_narrow(self.width() < NARROW_BELOW)
        self.rail.show_current(self._wanted)
        self.retranslate()
        theme.changed.connect(self._paint_ground)
        self._paint_ground()

    def _make_notices(self) -> None:
        from bldr_desktop.common.observe import Notice

        self.document_requested: Notice[tuple[str, int | None, int | None, int | None]] = Notice()
        self.monitor_requested: Notice[str] = Notice()
        self.shown_panel: Notice[str] = Notice()
        self.paths_added: Notice[list[str]] = Notice()
        self.refreshed: Notice[str] = Notice()
        """F5 on the panel of this name."""

    def _lay_out(self) -> None:
        from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

        from bldr_desktop.ui.widgets.basics import hairline

        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(hairline(vertical=True))
        middle.addWidget(self.stack, 1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        column.addLayout(middle, 1)
        column.addWidget(hairline())
        column.addWidget(self.status)
        self.setCentralWidget(body)

    def _connect(self) -> None:
        from functools import partial

        from bldr_desktop.ui.rail import PANELS

        self.rail.chosen.connect(self.go)
        self.rail.settings_asked.connect(self.actions_by_name.by_name["settings"].trigger)
        self.status.jobs_clicked.connect(lambda: self.go("queue"))
        for name in PANELS:
            self.actions_by_name.connect(f"go.{name}", partial(self.go, name))
        self.actions_by_name.connect("quit", self.close)
        self.actions_by_name.connect("find", self._find_here)
        self.actions_by_name.connect("refresh", lambda: self.refreshed.emit(self.current_panel))

    # -- panels ---------------------------------------------------------------------------

    def set_panel(self, name: str, panel: QWidget) -> None:
        """Put a panel in its place; the first to come, or the last one used, is shown."""
        old = self.panels.get(name)
        if old is not panel:
            self.panels[name] = panel
            self.stack.addWidget(panel)
        if old is not None and old is not panel:
            self.stack.removeWidget(old)
            old.deleteLater()
        if name == self._wanted:
            self.go(name)

    def clear_panels(self) -> None:
        """Take all panels out, and whoever listened to the window for them (another server is used)."""
        for panel in self.panels.values():
            self.stack.removeWidget(panel)
            panel.deleteLater()
        self.panels.clear()
        self._make_notices()

    @property
    def wanted_panel(self) -> str:
        """The panel that is shown, or will be when it is there."""
        return self._wanted

    @property
    def current_panel(self) -> str:
        """The name of the panel in front."""
        return next((name for name, panel in self.panels.items() if panel is self.stack.currentWidget()), "")

    def go(self, panel: str) -> None:
        """Bring a panel to the front."""
        self._wanted = panel
        self.rail.show_current(panel)
        widget = self.panels.get(panel)
        if widget is not None and self.stack.currentWidget() is not widget:
            self.stack.setCurrentWidget(widget)
        if widget is not None:
            self.shown_panel.emit(panel)

    def _find_here(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QLineEdit

        current = self.stack.currentWidget()
        fields = current.findChildren(QLineEdit) if current else []
        for field in fields:
            if field.isVisible() and field.isEnabled():
                field.setFocus(Qt.FocusReason.ShortcutFocusReason)
                field.selectAll()
                return

    # -- what panels may ask (ui.shell.Shell) ------------------------------------------------

    @property
    def theme(self) -> "Theme":
        """Colours, fonts, icons."""
        return self._theme

    def toast(
        self, text: str, undo: "Callable[[], None] | None" = None, *, kind: str = "ok", action: str = ""
    ) -> None:
        """Say shortly that something is done; ``action`` names what ``undo`` does when it is no *undo*."""
        self.toasts.say(text, undo, kind, action)

    @property
    def toasts(self) -> "Toasts":
        """The place of the toasts, made when first needed."""
        if self._toasts is None:
            from bldr_desktop.ui.widgets.toast import Toasts

            self._toasts = Toasts(self._theme, self)
        return self._toasts

    def open_document(
        self, document_id: str, page: int | None = None, start: int | None = None, end: int | None = None
    ) -> None:
        """Show a document in the RAG panel."""
        self.go("rag")
        self.document_requested.emit((document_id, page, start, end))

    def open_monitor(self, job_id: str) -> None:
        """Show the training monitor of a job."""
        self.monitor_requested.emit(job_id)

    def add_paths(self, paths: list[str]) -> None:
        """Hand files and folders to the Files panel."""
        self.go("files")
        self.paths_added.emit(paths)

    # -- look and place -----------------------------------------------------------------------

    def _paint_ground(self) -> None:
        colors = self._theme.colors
        self.stack.setStyleSheet(f"QStackedWidget#panels {{ background: {colors.surface}; }}")

    def retranslate(self) -> None:
        """Texts of the window itself; rail and status line do their own."""
        from bldr_desktop.ui.qt.i18n import tr

        self.setAccessibleName("Bldr Desktop")
        self.stack.setAccessibleName(tr("shell", "Panel"))
        self.actions_by_name.retranslate()

    def _restore(self) -> None:
        self._wanted = str(self._store.value("panel", "files"))
        kept = self._store.value("window")
        self.setMinimumSize(SMALLEST)
        if not (isinstance(kept, QByteArray) and self.restoreGeometry(kept)):
            self.resize(USUAL)

    def keep_geometry(self) -> None:
        """Remember place, size and panel."""
        self._store.setValue("window", self.saveGeometry())
        self._store.setValue("panel", self._wanted)
        self._store.setValue("colors", self._theme.colors.name)

    def remember(self, key: str, value: str | None) -> None:
        """Keep a word beside the geometry, at once; None takes it away."""
        if value is None:
            self._store.remove(key)
        else:
            self._store.setValue(key, value)
        self._store.sync()

    def allow_close(self) -> None:
        """The next close is the last one."""
        self._may_close = True

    # -- Qt's hooks -----------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Qt's hook: another language."""
        if self._built and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: "QResizeEvent") -> None:
        """Qt's hook: the rail gives way in a narrow window."""
        if self._built:
            self.rail.set_narrow(event.size().width() < NARROW_BELOW)
        super().resizeEvent(event)

    def paintEvent(self, event: "QPaintEvent") -> None:
        """Qt's hook: the frame until it is built, and the time of the first paint."""
        super().paintEvent(event)
        if not self._built:
            self._paint_frame()
        if not self.painted_at:
            self.painted_at = time.monotonic()
            QTimer.singleShot(0, self, self.first_painted.emit)

    def _paint_frame(self) -> None:
        ground, surface, line = self._frame
        painter = QPainter(self)
        left = 64 if self.width() < NARROW_BELOW else 216
        top, foot = 24, self.height() - 31
        painter.fillRect(self.rect(), ground)
        painter.fillRect(left, top, self.width() - left, foot - top, surface)
        for box in (
            (0, top, self.width(), 1),
            (0, foot, self.width(), 1),
            (left, top, 1, foot - top),
        ):
            painter.fillRect(*box, line)
        painter.end()

    def closeEvent(self, event: "QCloseEvent") -> None:
        """Qt's hook: the way out leads through ``main`` (style.md rule 6)."""
        if self._may_close:
            if self._built:
                self.keep_geometry()
            event.accept()
            return
        event.ignore()
        self.close_asked.emit()
