# SPDX-License-Identifier: MIT
"""Conversations with the AI Shell, each its owner's alone."""

from typing import Protocol

from bldr_desktop.protocol.ai import Conversation, Message


class ConversationStore(Protocol):
    """Synchronous and thread-safe; each call is one transaction (or joins the open one)."""

    def create(self, owner: str, title: str) -> Conversation:
        """A new, empty one."""
        ...

    def get(self, conversation_id: str, owner: str) -> Conversation | None:
        """With its messages, oldest first; None when there is none of this owner."""
        ...

    def find(self, owner: str, search: str | None = None, limit: int = 200) -> list[Conversation]:
        """Without messages: pinned first, then the newest. ``search`` looks into titles and texts."""
        ...

    def update(
        self, conversation_id: str, owner: str, title: str | None = None, pinned: bool | None = None
    ) -> Conversation | None:
        """Rename, pin."""
        ...

    def delete(self, conversation_id: str, owner: str) -> bool:
        """With its messages; False when there is none."""
        ...

    def add(self, conversation_id: str, message: Message) -> None:
        """Append a message."""
        ...

    def truncate(self, conversation_id: str, owner: str, message_id: str) -> bool:
        """Take away a message and all after it (edit and resend)."""
        ...

    def by_task(self, task_id: str) -> Message | None:
        """The answer of an AI task."""
        ...
