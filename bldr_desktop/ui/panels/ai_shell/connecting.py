# SPDX-License-Identifier: MIT
"""The card that connects a model, and the line that says there is none."""

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.services.ai import AiService
from bldr_desktop.services.models import ModelsService
from bldr_desktop.ui.panels.ai_shell import words
from bldr_desktop.ui.panels.ai_shell.panel import AiPanel
from bldr_desktop.ui.qt.i18n import tr


class Connecting:
    """Shown while there is no model; *Later* folds the card away, the line stays."""

    def __init__(self, panel: AiPanel, ai: AiService, models: ModelsService, scope: TaskScope) -> None:
        self._panel, self._ai, self._models, self._scope = panel, ai, models, scope
        card = panel.connect_card
        card.closed.connect(card.hide)
        card.look_asked.connect(lambda: scope.spawn("look", self._look()))
        card.test_asked.connect(lambda address, key: scope.spawn("test", self._test(address, key)))
        card.use_asked.connect(lambda address, key: scope.spawn("use", self._use(address, key)))

    def show(self) -> None:
        """As the models are."""
        models, banner = self._ai.models, self._panel.banner
        if models is None or models.state == "ready":
            banner.hide()
            if models is not None:
                self._panel.connect_card.hide()
        elif models.state == "unreachable":
            said = tr(
                "ai",
                "The model server cannot be reached. {reason}",
                reason=words.model_problem(models.reason or ""),
            )
            banner.say("warn", said, tr("ai", "Connect another…"), self._open)
        else:
            said = tr(
                "ai",
                "No model is connected: questions are answered with passages from your documents, word "
                "for word.",
            )
            banner.say("accent", said, tr("ai", "Connect a model…"), self._open)

    def _open(self) -> None:
        self._panel.connect_card.show()
        self._panel.connect_card.address.setFocus()
        self._scope.spawn("provider", self._read())

    async def _read(self) -> None:
        """Who may connect one, and what was connected before."""
        await self._models.read()
        state = self._models.state
        self._panel.connect_card.show_allowed(state.note != "forbidden")
        if state.address:
            self._panel.connect_card.address.setEditText(state.address)

    async def _look(self) -> None:
        card = self._panel.connect_card
        card.show_busy()
        await self._ai.read_known(fresh=True)
        card.show_result(self._ai.models, tr("ai", "The engine does not answer."))

    async def _test(self, address: str, key: str) -> None:
        card = self._panel.connect_card
        card.show_busy()
        answer = await self._models.test(address, key)
        card.show_result(answer if not isinstance(answer, str) else None, str(answer))

    async def _use(self, address: str, key: str) -> None:
        card = self._panel.connect_card
        card.show_busy()
        await self._models.keep(address, key, "")
        state = self._models.state
        card.show_result(None if state.note else state.models, state.note, kept=True)
        await self._ai.read_known()
