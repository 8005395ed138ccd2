# SPDX-License-Identifier: MIT
"""The Query tab's doings: typing searches, arrows choose, Enter opens, Ctrl+C copies."""

import asyncio
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from bldr_desktop.client.api import NotOffered
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol.rag import QueryHit, SearchFilters
from bldr_desktop.services.search import SearchPhase, SearchService, SearchState, default_filters
from bldr_desktop.ui.panels.rag.remark_words import remarks_said
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.widgets import words
from bldr_desktop.ui.widgets.viewer.controller import ViewerController
from bldr_desktop.ui.widgets.viewer.target import Target

if TYPE_CHECKING:
    from bldr_desktop.ui.panels.rag.query_view import QueryView
    from bldr_desktop.ui.shell import Shell

SHORTEST_TYPED = 2
KEYS_APART = 0.12
TYPING_DELAY = 0.05
SUGGEST_DELAY = 0.12
PREVIEW_MS = 90
CALM_MS = 250
"""After the last answer while typing, before the best hit's page is fetched ahead."""
AHEAD = 8
"""Hits whose documents are fetched ahead of their being opened."""


class QueryController:
    """Between the view, the search and the viewer."""

    def __init__(
        self, view: "QueryView", search: SearchService, viewer: ViewerController, shell: "Shell"
    ) -> None:
        self.question_asked: Notice[tuple[str, Target]] = Notice()
        self._view, self._search, self._viewer, self._shell = view, search, viewer, shell
        self._scope = TaskScope("query-tab")
        self._last_key = 0.0
        self._suggesting: asyncio.Task[None] | None = None
        self._wants_open = False
        self._preview = QTimer(view, singleShot=True, interval=PREVIEW_MS)
        self._preview.timeout.connect(self._open_chosen)
        self._calm = QTimer(view, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(lambda: self._prepare(1))
        self._off = [search.changed.connect(self._on_changed), viewer.stepped.connect(self._on_stepped)]
        self._connect()
        self.show_start()

    def _connect(self) -> None:
        view = self._view
        view.box.typed.connect(self._on_typed)
        view.box.entered.connect(self._on_entered)
        view.box.suggestion_chosen.connect(self._on_suggestion)
        view.box.moved.connect(self._on_moved)
        view.box.copy_asked.connect(self.copy_citation)
        view.search.clicked.connect(lambda: self._on_entered(view.box.text()))
        view.list.opened.connect(lambda row: self._open(row, focus=False))
        view.list.selectionModel().currentChanged.connect(lambda *_: self._preview.start())
        view.list.copy_asked.connect(self.copy_citation)
        view.list.left.connect(self.focus_box)
        view.viewer.left.connect(self.focus_box)
        view.filters.changed.connect(self._on_filters)
        view.copy_action.triggered.connect(self.copy_citation)
        view.only_action.triggered.connect(self._only_this_document)
        view.question_action.triggered.connect(self._ask_question)
        self._viewer.copied.connect(lambda _: self._shell.toast(tr("rag", "Citation copied")))

    def focus_box(self) -> None:
        """Back to the box, its text selected."""
        self._view.box.setFocus()
        self._view.box.selectAll()

    def ask(self, text: str) -> None:
        """Ask as if typed and entered."""
        self._view.box.setText(text)
        self._on_entered(text)

    def chosen(self) -> QueryHit | None:
        """The chosen hit."""
        return self._view.list.hits.hit(self._view.list.currentIndex().row())

    def copy_citation(self) -> None:
        """The chosen hit's citation to the clipboard."""
        hit = self.chosen()
        if hit is None:
            return
        QGuiApplication.clipboard().setText(words.citation(hit, hit.chunk))
        self._shell.toast(tr("rag", "Citation copied"))

    def show_start(self) -> None:
        """Nothing asked yet: what was asked before, or what to do."""
        recent = self._search.history.items[:1]
        self._view.state.show_empty(
            tr("rag", "Ask your documents"),
            tr("rag", "A question in plain words, a designation, or a clause such as СП 63 п.8.1.3."),
            icon="search",
            action_text=tr("rag", "Ask again: {text}", text=_short(recent[0])) if recent else "",
            action=(lambda: self.ask(recent[0])) if recent else None,
        )

    def retranslate(self) -> None:
        """Say the state in another language."""
        state = self._search.state
        if state.phase is SearchPhase.ANSWERED and self._view.list.hits.rowCount():
            self._say_count(state)
            self._show_content(state)
        else:
            self._on_changed(state)

    async def close(self) -> None:
        """End."""
        for off in self._off:
            off()
        self._preview.stop()
        self._calm.stop()
        await self._scope.close()

    def _on_typed(self, text: str) -> None:
        now = time.monotonic()
        calm, self._last_key = now - self._last_key > KEYS_APART, now
        if self._suggesting is not None:
            self._suggesting.cancel()
        if not text.strip():
            self._view.box.close_popup()
            self._search.ask("", settled=False)
            return
        if len(text.strip()) >= SHORTEST_TYPED:
            self._search.ask(text, settled=False, delay=0.0 if calm else TYPING_DELAY)
            self._suggesting = self._scope.spawn("suggest", self._suggest(text))

    async def _suggest(self, text: str) -> None:
        """Completions come after the hits: they must not make them wait."""
        await asyncio.sleep(SUGGEST_DELAY)
        found = await self._search.suggest(text)
        if self._view.box.text() == text and self._search.state.settled is False:
            self._view.box.offer(found)

    def _on_suggestion(self, text: str) -> None:
        self._view.box.setText(text)
        self._on_entered(text)

    def _on_entered(self, text: str) -> None:
        self._view.box.close_popup()
        state = self._search.state
        same = " ".join(text.split()) == state.query
        if same and state.settled and state.phase is SearchPhase.ANSWERED:
            if self.chosen() is not None:
                self._open(self._view.list.currentIndex().row(), focus=True)
                return
            if state.hits:
                self._show_hits(state.hits)
                return
        self._wants_open = bool(text.strip())
        self._search.ask(text)

    def _on_moved(self, step: int) -> None:
        """Through the hits; from an empty box to what was asked before."""
        if step > 0 and not self._view.box.text().strip() and not self._view.list.hits.rowCount():
            self._view.box.offer(self._search.recent())
            return
        self._view.list.step(step)

    def _on_stepped(self, target: Target) -> None:
        """The viewer went to another hit of its document: that one is chosen now."""
        hits = self._search.state.hits
        row = next((n for n, hit in enumerate(hits) if Target.of_hit(hit) == target), -1)
        if row >= 0 and self._search.state.settled:
            self._view.list.choose(row)
            self._preview.stop()

    def _on_filters(self, filters: SearchFilters) -> None:
        self._search.set_filters(filters)

    def _on_changed(self, state: SearchState) -> None:
        self._view.filters.show_filters(state.filters)
        self._view.setProperty("state", str(state.phase))
        if state.phase is SearchPhase.IDLE:
            self._view.list.hits.show([])
            self.show_start()
        elif state.phase is SearchPhase.SEARCHING:
            if not state.hits:
                self._view.state.show_loading(tr("rag", "Searching…"))
        elif state.phase is SearchPhase.FAILED and state.error is not None:
            if isinstance(state.error, NotOffered):
                self._view.state.show_not_offered(tr("rag", "Search"))
            else:
                self._view.state.show_error(
                    state.error.sentence, details=str(state.error), retry=self._search.repeat
                )
        else:
            self._show_answer(state)

    def _show_answer(self, state: SearchState) -> None:
        answer = state.answer
        if answer is None:
            return
        if not answer.results or answer.nothing_relevant:
            self._view.list.hits.show([])
            self._show_nothing_relevant(state)
            return
        self._show_hits(state.hits)
        self._say_count(state)

    def _show_content(self, state: SearchState) -> None:
        """The hits, with what must be known beside them."""
        said = _remarks(state)
        if said:
            self._view.state.show_partial(" ".join(said))
        else:
            self._view.state.show_content()

    def _say_count(self, state: SearchState) -> None:
        took = tr("rag", "{ms} ms", ms=words.number(round((state.seconds or 0) * 1000)))
        self._view.count.setText(tr("rag", "%n hit(s)", len(state.hits)) + " · " + took)

    def _show_hits(self, hits: list[QueryHit]) -> None:
        """Show these. Asked by a person: the best is opened. Asked again by us: the chosen stays."""
        before = self.chosen()
        self._view.list.hits.show(hits)
        self._show_content(self._search.state)
        if not self._search.state.settled:
            self._view.list.scrollToTop()
            self._calm.start()
            return
        if self._wants_open or before is None:
            self._view.list.scrollToTop()
            self._view.list.choose(0)
        else:
            row = next((n for n, hit in enumerate(hits) if hit.chunk_id == before.chunk_id), -1)
            self._view.list.choose(row)
        self._preview.stop()
        if self._wants_open:
            self._wants_open = False
            self._open(0, focus=False)
            self._prepare(AHEAD)

    def _prepare(self, count: int) -> None:
        """Fetch ahead what will probably be opened: the best hits' documents and first pages."""
        best: dict[str, Target] = {}
        for hit in self._search.state.hits:
            best.setdefault(hit.document_id, Target.of_hit(hit))
        self._viewer.prepare(list(best.values())[:count])

    def _show_nothing_relevant(self, state: SearchState) -> None:
        self._wants_open = False
        if state.settled:
            self._viewer.close_document()  # a page of another question is no answer to this one
        tips = _remarks(state) or [tr("rag", "Try other words, or a designation such as СП 63.13330.")]
        action_text, action = tr("rag", "Add documents"), self._add_documents
        if state.answer is not None and state.answer.names_absent:
            pass  # the filters are not to blame
        elif state.filters != default_filters():
            tips.append(tr("rag", "Filters narrow this search."))
            action_text, action = tr("rag", "Search without filters"), self._without_filters
        elif not state.filters.include_outdated:
            tips.append(tr("rag", "Replaced editions are left out."))
            action_text, action = tr("rag", "Search replaced editions too"), self._with_outdated
        if state.hits:
            tips.append(tr("rag", "%n weak hit(s) can be shown: press Enter.", len(state.hits)))
        self._view.state.show_empty(
            tr("rag", "Nothing relevant in your documents"),
            " ".join(tips),
            icon="search",
            action_text=action_text,
            action=action,
        )
        self._view.setProperty("state", "nothing_relevant")

    def _without_filters(self) -> None:
        self._search.set_filters(default_filters())

    def _with_outdated(self) -> None:
        self._search.set_filters(self._search.state.filters.model_copy(update={"include_outdated": True}))

    def _add_documents(self) -> None:
        self._shell.go("files")

    def _open_chosen(self) -> None:
        if self._search.state.settled:
            self._open(self._view.list.currentIndex().row(), focus=False)

    def _open(self, row: int, *, focus: bool) -> None:
        hit = self._view.list.hits.hit(row)
        if hit is None:
            return
        self._preview.stop()
        same = [h for h in self._search.state.hits if h.document_id == hit.document_id]
        target = Target.of_hit(hit)
        if self._viewer.target != target:
            self._viewer.open(target, [Target.of_hit(other) for other in same])
        if focus:
            self._view.viewer.focus_document()

    def _only_this_document(self) -> None:
        hit = self.chosen()
        if hit is not None:
            update = {"document_ids": [hit.document_id]}
            self._search.set_filters(self._search.state.filters.model_copy(update=update))

    def _ask_question(self) -> None:
        hit = self.chosen()
        if hit is not None:
            self.question_asked.emit((self._search.state.query, Target.of_hit(hit)))


def _remarks(state: SearchState) -> list[str]:
    """Once the question stands: half a number typed is no norm."""
    return remarks_said(state.answer.remarks) if state.answer and state.settled else []


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
