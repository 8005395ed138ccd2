# SPDX-License-Identifier: MIT
"""Kept conversations: list, search, rename, pin, delete, export."""

from dataclasses import dataclass, replace

from bldr_desktop.client.api import Api, ApiError, NotOffered
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.ai import Conversation, Conversations


@dataclass(frozen=True, slots=True)
class HistoryState:
    """``offered`` is False on a server that keeps no conversations; ``error`` is a sentence."""

    conversations: tuple[Conversation, ...] = ()
    search: str = ""
    offered: bool = True
    error: str = ""


class AiHistory:
    """The list of conversations of the person who is signed in."""

    def __init__(self, api: Api) -> None:
        self.changed: Notice[HistoryState] = Notice()
        self.state = HistoryState()
        self._api = api

    async def read(self, search: str | None = None) -> None:
        """Read the list; ``search`` looks into titles and texts, None keeps what was looked for."""
        wanted = self.state.search if search is None else search
        self.state = replace(self.state, search=wanted)
        params = {"search": wanted or None}
        try:
            answer = await self._api.get(routes.AI_CONVERSATIONS, Conversations, params=params)
        except NotOffered:
            self._tell(HistoryState(search=wanted, offered=False))
        except ApiError as error:
            self._tell(replace(self.state, error=error.sentence))
        else:
            if wanted == self.state.search:  # a newer search may have been begun meanwhile
                self._tell(HistoryState(tuple(answer.conversations), wanted))

    async def rename(self, conversation_id: str, title: str) -> None:
        """Give a conversation another title.

        Raises:
            ApiError: It is gone, or the title is not taken.
        """
        await self._change(conversation_id, {"title": title})

    async def pin(self, conversation_id: str, pinned: bool) -> None:
        """Keep it in front, or no longer.

        Raises:
            ApiError: It is gone.
        """
        await self._change(conversation_id, {"pinned": pinned})

    async def delete(self, conversation_id: str) -> None:
        """Delete it with its messages.

        Raises:
            ApiError: It is gone already, or the server cannot be reached.
        """
        await self._api.delete(routes.path(routes.AI_CONVERSATION, conversation_id=conversation_id))
        await self.read()

    async def _change(self, conversation_id: str, values: dict[str, object]) -> None:
        route = routes.path(routes.AI_CONVERSATION, conversation_id=conversation_id)
        await self._api.put(route, Conversation, json=values)
        await self.read()

    def _tell(self, state: HistoryState) -> None:
        self.state = state
        self.changed.emit(state)
