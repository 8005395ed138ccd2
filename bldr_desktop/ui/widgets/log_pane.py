# SPDX-License-Identifier: MIT
"""A log with its tools: search with a hit count, level, follow, jump to the end, copy, save, detail."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from bldr_desktop.services.log_search import LogSearch
from bldr_desktop.services.log_store import LEVELS, PRUNED, LogReader
from bldr_desktop.ui.qt.glue import Translated
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.theme import Theme
from bldr_desktop.ui.theme.tokens import Size, Space
from bldr_desktop.ui.widgets.basics import name_tool, tool_button
from bldr_desktop.ui.widgets.log_view import LogView
from bldr_desktop.ui.widgets.search_field import SearchField
from bldr_desktop.ui.widgets.text_line import TextLine

DETAIL_MOST = 2_000_000


class LogPane(Translated):
    """Shows one log. The owner calls :meth:`show_log` once and :meth:`grew` on each flush.

    Args:
        theme: The theme in force.
        area: Prefix of the object names: ``monitor`` makes ``monitor.log``, ``monitor.logSearch`` …

    Signals:
        save_wanted: The person wants the log (of this level) in a file.
        copied: So many lines are in the clipboard.
    """

    save_wanted = Signal(str)
    copied = Signal(int)

    def __init__(self, theme: Theme, area: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._store: LogReader | None = None
        self._search: LogSearch | None = None
        self._off: list[object] = []
        self.view = LogView(theme, f"{area}.log")
        self.field = SearchField(theme, f"{area}.logSearch")
        self.hits = TextLine(theme, f"{area}.logHits", tone="muted", font="figures", width=110)
        self.previous = tool_button(theme, f"{area}.logPrevious", "chevron_up")
        self.next = tool_button(theme, f"{area}.logNext", "chevron_down")
        self.level = QComboBox()
        self.level.setObjectName(f"{area}.logLevel")
        self.follow = tool_button(theme, f"{area}.follow", "jump_end")
        self.follow.setCheckable(True)
        self.follow.setChecked(True)
        self.mono = tool_button(theme, f"{area}.logMono", "log")
        self.mono.setCheckable(True)
        self.copy = tool_button(theme, f"{area}.logCopy", "copy")
        self.save = tool_button(theme, f"{area}.logSave", "save")
        self.detail = QPlainTextEdit()
        self.detail.setObjectName(f"{area}.logDetail")
        self.detail.setReadOnly(True)
        self.detail.setProperty("look", "field")
        self.detail.hide()
        self.foot = TextLine(theme, f"{area}.logFoot", tone="muted", font="caption")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(Space.XS)
        tools.addWidget(self.field, 1)
        tools.addWidget(self.previous)
        tools.addWidget(self.next)
        tools.addWidget(self.hits)
        tools.addWidget(self.level)
        for tool in (self.follow, self.mono, self.copy, self.save):
            tools.addWidget(tool)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.view)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(tools)
        column.addWidget(split, 1)
        column.addWidget(self.foot)
        self.level.setMaximumWidth(Size.CONTROL * 5)
        self.field.setMinimumWidth(Size.CONTROL * 6)

    def _connect(self) -> None:
        self.field.searched.connect(self._on_searched)
        self.field.returnPressed.connect(self.find_next)
        self.previous.clicked.connect(self.find_previous)
        self.next.clicked.connect(self.find_next)
        self.level.currentIndexChanged.connect(self._on_level_chosen)
        self.follow.clicked.connect(self.view.set_follow)
        self.view.follow_changed.connect(self.follow.setChecked)
        self.view.detail_wanted.connect(self.show_detail)
        self.mono.toggled.connect(self.view.set_mono)
        self.copy.clicked.connect(self._on_copy)
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.view.level))
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.focus_search)

    # -- what it shows --------------------------------------------------------------------

    def show_log(self, store: LogReader | None, search: LogSearch | None = None) -> None:
        """Show another log; ``search`` looks through the same store."""
        for off in self._off:
            off()  # type: ignore[operator]
        self._store, self._search = store, search
        self._off = [search.changed.connect(self._on_hits)] if search else []
        self.detail.hide()
        self.view.set_source(store)
        if search is not None and self.field.text():
            search.ask(self.field.text().strip(), self.view.level)
        self._say_foot()

    def grew(self) -> None:
        """Lines were added."""
        self.view.grew()
        if self._search is not None:
            self._search.log_grew()
        self._say_foot()

    def reread(self) -> None:
        """Older lines were read: those in sight may have been waiting for it."""
        self.view.reread()
        if self._search is not None:
            self._search.log_grew()
        self._say_foot()

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_detail(self, number: int) -> None:
        """Show a line whole below the log."""
        if self._store is None:
            return
        line = self._store.lines([number], limit=DETAIL_MOST)[0]
        self.detail.setPlainText(f"{line.ts}  {line.level.upper()}\n\n{line.text}")
        self.detail.show()

    # -- searching ------------------------------------------------------------------------

    def _on_searched(self, text: str) -> None:
        self.view.set_mark(text)
        if self._search is not None:
            self._search.ask(text, self.view.level)
            self._jump_to_first = bool(text)

    _jump_to_first = False

    def _on_hits(self, _none: None) -> None:
        if self._jump_to_first and self._search is not None and self._search.hits:
            self._jump_to_first = False
            self.view.show_line(self._search.hits[0])
        self._say_hits()

    def find_next(self) -> None:
        """Go to the next hit."""
        self._find(forward=True)

    def find_previous(self) -> None:
        """Go to the hit before."""
        self._find(forward=False)

    def _find(self, *, forward: bool) -> None:
        if self._search is None:
            return
        if self._search.query != self.field.text().strip():
            return  # Enter starts the search; the jump follows with the first hit
        line = self.view.current_line()
        at = line.number if line else (-1 if forward else len(self._store or ()))
        hit = self._search.after(at) if forward else self._search.before(at)
        if hit is not None:
            self.view.show_line(hit)
        self._say_hits()

    def _say_hits(self) -> None:
        search = self._search
        asked = search is not None and bool(search.query)
        for widget in (self.previous, self.next, self.hits):
            widget.setVisible(asked)
        if search is None or not asked:
            self.hits.set_text("")
            return
        count = len(search.hits)
        line = self.view.current_line()
        place = search.place(line.number) if line else 0
        more = "…" if search.busy else ""
        if not count and not search.busy:
            self.hits.set_text(tr("monitor", "no hits"), "warn")
        elif place:
            self.hits.set_text(
                tr("monitor", "{n} of {m}", n=place, m=f"{count:,}".replace(",", " ") + more), "muted"
            )
        else:
            self.hits.set_text(tr("monitor", "%n hit(s)", count) + more, "muted")

    # -- tools ----------------------------------------------------------------------------

    def _on_level_chosen(self, place: int) -> None:
        if place < 0:
            return
        self.view.set_level(LEVELS[place])
        if self._search is not None and self._search.query:
            self._search.ask(self._search.query, self.view.level)
        self._say_foot()

    def _on_copy(self) -> None:
        copied = self.view.copy()
        if copied:
            self.copied.emit(copied)

    def _say_foot(self) -> None:
        store = self._store
        if store is None:
            self.foot.set_text("")
        elif store.failed:
            text = tr("monitor", "The log is not kept any more: {reason}", reason=store.failed)
            self.foot.set_text(text, "error")
        else:
            shown, total = self.view.row_count, len(store)
            text = tr("monitor", "%n line(s)", total)
            if shown != total:
                text = tr("monitor", "{n} of {m}", n=shown, m=text)
            if store.gap == PRUNED:
                text += " · " + tr("monitor", "the engine no longer keeps older lines")
            elif store.gap:
                text += " · " + tr("monitor", "older lines could not be read: {reason}", reason=store.gap)
            elif store.searchable < total:
                text += " · " + tr("monitor", "older lines are being read…")
            self.foot.set_text(text, "warn" if store.gap else "muted")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Escape closes the detail, then empties the search."""
        if event.key() == Qt.Key.Key_Escape and self.detail.isVisible():
            self.detail.hide()
            return
        if event.key() == Qt.Key.Key_Escape and self.field.text():
            self.field.clear()
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Texts in the person's language."""
        self.field.set_hint(tr("monitor", "Search the whole log"))
        self.view.setAccessibleName(tr("monitor", "Log"))
        self.detail.setAccessibleName(tr("monitor", "The whole line"))
        name_tool(self.previous, tr("monitor", "Previous hit"))
        name_tool(self.next, tr("monitor", "Next hit"))
        name_tool(self.follow, tr("monitor", "Follow the newest line"))
        name_tool(self.mono, tr("monitor", "Typewriter letters"))
        name_tool(self.copy, tr("monitor", "Copy the selected lines"))
        name_tool(self.save, tr("monitor", "Save the log…"))
        self.level.setAccessibleName(tr("monitor", "Lowest level shown"))
        texts = (
            tr("monitor", "All levels"),
            tr("monitor", "Without details"),
            tr("monitor", "Warnings and errors"),
            tr("monitor", "Errors only"),
        )
        self.level.blockSignals(True)
        chosen = max(0, self.level.currentIndex())
        self.level.clear()
        self.level.addItems(texts)
        self.level.setCurrentIndex(chosen)
        self.level.blockSignals(False)
        self._say_hits()
        self._say_foot()
