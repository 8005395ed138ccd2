# SPDX-License-Identifier: MIT
"""Answers without a model: the passages that fit a question best."""

from dataclasses import dataclass

from bldr_desktop.client.api import Api, ApiError, NotOffered
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.ai import AiModels
from bldr_desktop.protocol.rag import QueryAnswer, QueryHit, QueryRequest


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what was found; ``error`` is a sentence."""

    question: str
    hits: tuple[QueryHit, ...] = ()
    busy: bool = False
    nothing: bool = False
    error: str = ""


class PassagesService:
    """Keeps the turns of this session, and what the server says about models."""

    def __init__(self, api: Api) -> None:
        self.changed: Notice[None] = Notice()
        self.turns: list[Turn] = []
        self.models: AiModels | None = None
        self._api = api

    async def read_models(self) -> None:
        """Ask which models there are; a server without models counts as *none*."""
        try:
            self.models = await self._api.get(routes.AI_MODELS, AiModels)
        except NotOffered:
            self.models = AiModels(state="none")
        except ApiError:
            return
        self.changed.emit(None)

    async def ask(self, question: str, k: int = 5) -> None:
        """Ask; the turn is there at once and gets its passages when they come."""
        place = len(self.turns)
        self.turns.append(Turn(question, busy=True))
        self.changed.emit(None)
        try:
            answer = await self._api.post(routes.QUERY, QueryAnswer, json=QueryRequest(query=question, k=k))
        except ApiError as error:
            self.turns[place] = Turn(question, error=error.sentence)
        else:
            nothing = answer.nothing_relevant or not answer.results
            self.turns[place] = Turn(question, tuple(answer.results), nothing=nothing)
        self.changed.emit(None)
