# SPDX-License-Identifier: MIT
"""Conversations in the database."""

import uuid
from typing import Any

import sqlalchemy as sa

from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.adapters.sql.schema import conversations, messages
from bldr_desktop.protocol.ai import Conversation, Message
from bldr_desktop.protocol.base import utc_now

_c, _m = conversations.c, messages.c


class SqlConversations:
    """Port ``ConversationStore`` over a database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def create(self, owner: str, title: str) -> Conversation:
        """A new, empty one."""
        now = utc_now()
        made = Conversation(id=str(uuid.uuid4()), title=title, created_at=now, updated_at=now)
        with self._db.write() as connection:
            connection.execute(
                conversations.insert().values(owner=owner, **made.model_dump(exclude={"messages"}))
            )
        return made

    def get(self, conversation_id: str, owner: str) -> Conversation | None:
        """With its messages, oldest first."""
        query = sa.select(conversations).where(_c.id == conversation_id, _c.owner == owner)
        rows = sa.select(messages).where(_m.conversation_id == conversation_id).order_by(_m.position)
        with self._db.read() as connection:
            found = connection.execute(query).one_or_none()
            if found is None:
                return None
            said = [_message(row) for row in connection.execute(rows)]
        return Conversation.model_validate({**dict(found._mapping), "messages": said})

    def find(self, owner: str, search: str | None = None, limit: int = 200) -> list[Conversation]:
        """Pinned first, then the newest."""
        query = sa.select(conversations).where(_c.owner == owner)
        if search:
            inside = sa.select(_m.conversation_id).where(_m.text.icontains(search, autoescape=True))
            query = query.where(sa.or_(_c.title.icontains(search, autoescape=True), _c.id.in_(inside)))
        query = query.order_by(_c.pinned.desc(), _c.updated_at.desc(), _c.id).limit(limit)
        with self._db.read() as connection:
            return [Conversation.model_validate(dict(row._mapping)) for row in connection.execute(query)]

    def update(
        self, conversation_id: str, owner: str, title: str | None = None, pinned: bool | None = None
    ) -> Conversation | None:
        """Rename, pin."""
        values: dict[str, Any] = {} if title is None else {"title": title}
        if pinned is not None:
            values["pinned"] = pinned
        if values:
            change = (
                conversations.update().where(_c.id == conversation_id, _c.owner == owner).values(**values)
            )
            with self._db.write() as connection:
                connection.execute(change)
        return self.get(conversation_id, owner)

    def delete(self, conversation_id: str, owner: str) -> bool:
        """With its messages."""
        with self._db.write() as connection:
            mine = sa.select(_c.id).where(_c.id == conversation_id, _c.owner == owner)
            connection.execute(messages.delete().where(_m.conversation_id.in_(mine)))
            gone = connection.execute(
                conversations.delete().where(_c.id == conversation_id, _c.owner == owner)
            )
            return bool(gone.rowcount)

    def add(self, conversation_id: str, message: Message) -> None:
        """Append a message."""
        last = sa.select(sa.func.coalesce(sa.func.max(_m.position), 0)).where(
            _m.conversation_id == conversation_id
        )
        with self._db.write() as connection:
            position = int(connection.execute(last).scalar_one()) + 1
            values = message.model_dump(mode="json")
            connection.execute(
                messages.insert().values(conversation_id=conversation_id, position=position, **values)
            )
            connection.execute(
                conversations.update().where(_c.id == conversation_id).values(updated_at=utc_now())
            )

    def truncate(self, conversation_id: str, owner: str, message_id: str) -> bool:
        """Take away a message and all after it."""
        place = (
            sa.select(_m.position)
            .join(conversations, _c.id == _m.conversation_id)
            .where(_m.id == message_id, _m.conversation_id == conversation_id, _c.owner == owner)
        )
        with self._db.write() as connection:
            position = connection.execute(place).scalar_one_or_none()
            if position is None:
                return False
            connection.execute(
                messages.delete().where(_m.conversation_id == conversation_id, _m.position >= position)
            )
            return True

    def by_task(self, task_id: str) -> Message | None:
        """The answer of an AI task."""
        query = sa.select(messages).where(_m.task_id == task_id, _m.role == "assistant").limit(1)
        with self._db.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _message(row)


def _message(row: Any) -> Message:
    return Message.model_validate(dict(row._mapping))
