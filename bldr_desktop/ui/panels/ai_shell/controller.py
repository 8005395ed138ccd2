# SPDX-License-Identifier: MIT
"""Between the passages and the panel."""

from bldr_desktop.client.session import Session, SessionState
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.protocol.rag import QueryHit
from bldr_desktop.services.passages import PassagesService
from bldr_desktop.ui.panels.ai_shell.panel import AiPanel
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.shell import Shell


class AiController:
    """Asks, shows passages, says what model there is."""

    def __init__(self, panel: AiPanel, passages: PassagesService, session: Session, shell: Shell) -> None:
        self._panel, self._passages, self._shell = panel, passages, shell
        self._scope = TaskScope("ai.panel")
        self._leave = [
            passages.changed.connect(lambda _none: self._show()),
            session.changed.connect(self._on_session),
            shell.shown_panel.connect(self._on_shown),
        ]
        panel.asked.connect(self._on_asked)
        panel.passage_opened.connect(self._on_opened)
        if session.state is SessionState.SIGNED_IN:
            self.refresh()
        self._show()

    async def aclose(self) -> None:
        """Stop."""
        for leave in self._leave:
            leave()
        await self._scope.close()

    def refresh(self) -> None:
        """Ask again which models there are."""
        self._scope.spawn("models", self._passages.read_models())

    def _on_session(self, state: SessionState) -> None:
        if state is SessionState.SIGNED_IN:
            self.refresh()

    def _on_shown(self, panel: str) -> None:
        if panel == "ai":
            self._show()

    def _on_asked(self, question: str) -> None:
        self._scope.spawn("ask", self._passages.ask(question))

    def _on_opened(self, hit: QueryHit) -> None:
        self._shell.open_document(hit.document_id, hit.page, hit.char_start, hit.char_end)

    def _show(self) -> None:
        panel, passages = self._panel, self._passages
        models = passages.models
        if models is not None and models.state == "ready":
            panel.state.hide()
        else:
            panel.state.say(
                "accent",
                tr(
                    "ai",
                    "No model is connected. Start LM Studio or Ollama on this computer: it is found by "
                    "itself. Until then questions are answered with passages from your documents.",
                ),
            )
        if passages.turns:
            panel.view.show_content()
            panel.show_turns(passages.turns)
        else:
            panel.view.show_empty(
                tr("ai", "Ask your documents"),
                tr("ai", "Each answer shows the passage, its document, clause and page."),
                icon="ai",
            )
