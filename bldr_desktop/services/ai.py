# SPDX-License-Identifier: MIT
"""The AI Shell without its window: ask, stream, stop, ask again, in as many conversations as there are.

Questions of one conversation are sent one after the other, since an answer is part of the next
question's context; other conversations go on meanwhile. Pieces of an answer come over the live feed and
are put in their place by index; what was missed is read from ``/ai/status``. A question that cannot be
sent waits for the connection or the sign-in.
"""

import contextlib
import functools
from collections.abc import Callable

from bldr_desktop.client.api import Api, ApiError, NotOffered, Unauthorized, Unreachable
from bldr_desktop.client.frames import Frame
from bldr_desktop.client.link import Link, LinkState
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.ai import (
    AiAccepted,
    AiModels,
    AiRequest,
    AiResult,
    AiRole,
    AiRoles,
    AiStatus,
    Citation,
    Conversation,
)
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.events import FrameKind, FrameType
from bldr_desktop.protocol.rag import Passage, QueryAnswer, QueryRequest
from bldr_desktop.services import ai_state
from bldr_desktop.services.ai_state import Attachment, Choice, Exchange, Phase, Thread
from bldr_desktop.services.events import EventFeed, Pulse

_PASSAGES = 8
_FLAT = {"chunk", "meta", "score", "tezis", "viol"}
_FINAL = {str(status) for status in JobStatus if status.is_final}


class AiService:
    """Threads of exchanges, of which one is current.

    ``changed`` tells keys of changed exchanges at most 30 times a second, ``""`` for the thread itself;
    ``ended`` tells an exchange that has come to its end, ``known`` that roles or models were read.
    """

    def __init__(self, api: Api, feed: EventFeed) -> None:
        self._pulse = Pulse()
        self.changed: Notice[frozenset[str]] = self._pulse.changed
        self.ended: Notice[Exchange] = Notice()
        self.known: Notice[None] = Notice()
        self.choice = Choice()
        self.models: AiModels | None = None
        self.roles: tuple[AiRole, ...] = ()
        self.current = Thread()
        self._threads: list[Thread] = [self.current]
        self._tasks: dict[str, Exchange] = {}
        self._early: dict[str, list[Frame]] = {}
        self._reading: set[str] = set()
        self._sending = 0
        self._api, self._feed = api, feed
        self._scope = TaskScope("ai")
        self._off = [
            feed.subscribe((FrameKind.AI_TOKEN, FrameKind.AI), self._on_frames),
            feed.subscribe((FrameKind.JOB,), self._on_jobs),
            feed.on_stale(self._read_active),
            feed.link_changed.connect(self._on_link),
        ]

    async def aclose(self) -> None:
        """End."""
        for off in self._off:
            off()
        await self._scope.close()

    # -- who can be asked ---------------------------------------------------------------------

    async def read_known(self, *, fresh: bool = False) -> None:
        """Read roles and models; a server without models counts as *none*."""
        try:
            self.models = await self._api.get(routes.AI_MODELS, AiModels, params={"fresh": fresh or None})
        except NotOffered:
            self.models = AiModels(state="none")
        except ApiError:
            return
        try:
            self.roles = tuple((await self._api.get(routes.AI_ROLES, AiRoles)).roles)
        except ApiError:
            self.roles = ()
        self.known.emit(None)

    # -- conversations ------------------------------------------------------------------------

    def new_thread(self) -> None:
        """Begin another conversation; the one before goes on by itself."""
        if self.current.exchanges:
            self._become(Thread())

    async def open_thread(self, conversation_id: str) -> None:
        """Show a kept conversation; one that is being worked on is shown as it stands."""
        known = next((item for item in self._threads if item.id == conversation_id), None)
        if known is not None and (known.busy or known.waiting):
            self._become(known)
            return
        shown = Thread(conversation_id, loading=True)
        self._become(shown, instead_of=known)
        try:
            found = await self._read(conversation_id)
        except ApiError as error:
            shown.loading, shown.error = False, error.sentence
        else:
            read = ai_state.thread_of(found)
            shown.title, shown.exchanges, shown.loading = read.title, read.exchanges, False
        self._pulse.touch()

    def forget_thread(self, conversation_id: str) -> None:
        """It was deleted."""
        for thread in [item for item in self._threads if item.id == conversation_id]:
            for item in thread.exchanges:
                self._give_up(item)
            self._threads.remove(thread)
            if thread is self.current:
                self._become(Thread())

    def _become(self, thread: Thread, instead_of: Thread | None = None) -> None:
        kept = [item for item in self._threads if item is not instead_of and (item.busy or item.waiting)]
        self.current = thread
        self._threads = [*(item for item in kept if item is not thread), thread]
        self._pulse.touch()
        self._pulse.flush()

    async def _read(self, conversation_id: str) -> Conversation:
        route = routes.path(routes.AI_CONVERSATION, conversation_id=conversation_id)
        return await self._api.get(route, Conversation)

    # -- asking -------------------------------------------------------------------------------

    def ask(self, question: str, attachments: tuple[Attachment, ...] = ()) -> Exchange | None:
        """Ask in the current conversation; behind the questions that wait there."""
        text = question.strip()
        if not text:
            return None
        item = Exchange(text, self.choice, attachments)
        self.current.exchanges.append(item)
        self._pulse.touch()
        self._pump(self.current)
        self._pulse.flush()
        return item

    def unqueue(self, key: str) -> str:
        """Take back a question that has not been sent; its text, to be put back into the box."""
        item = self._find(key)
        if item is None or item.phase is not Phase.QUEUED:
            return ""
        self.current.exchanges.remove(item)
        self._pulse.touch()
        return item.question

    def again(self, key: str, question: str | None = None, model: str | None = None) -> None:
        """Ask again from this exchange on: what came after it goes.

        Args:
            key: Which exchange of the current conversation.
            question: Another text; None asks the same.
            model: Another model; None takes what is chosen now.
        """
        thread, item = self.current, self._find(key)
        text = (question if question is not None else item.question).strip() if item else ""
        if item is None or not text:
            return
        place = thread.exchanges.index(item)
        gone = thread.exchanges[place:]
        for other in gone:
            self._give_up(other)
        choice = Choice(self.choice.role, model or self.choice.model, self.choice.thinking)
        fresh = Exchange(text, choice, item.attachments)
        fresh.phase = Phase.SENDING
        thread.exchanges[place:] = [fresh]
        self._scope.spawn("again", self._cut_and_send(thread, fresh, item))
        self._pulse.touch()

    def resume(self) -> None:
        """The way is free (signed in, connected): send what waits."""
        for thread in self._threads:
            self._pump(thread)

    async def stop(self, key: str) -> None:
        """Stop an answer; what was written stays."""
        item = self._find(key)
        if item is None or item.phase.is_final or item.stopping:
            return
        if item.phase is Phase.QUEUED:
            self._change(item, lambda: ai_state.stop(item))
            return
        item.stopping = True
        item.touched()
        self._pulse.touch(key)
        if item.task_id is not None:
            await self._stop_task(item, item.task_id)

    async def _stop_task(self, item: Exchange, task_id: str) -> None:
        try:
            status = await self._api.post(routes.path(routes.AI_STOP, task_id=task_id), AiStatus)
        except NotOffered:
            self._change(item, lambda: ai_state.stop(item))  # nothing more of it is shown
        except ApiError as error:
            item.stopping = False
            if error.status == 409:
                self._sync(item)
        else:
            self._change(item, lambda: ai_state.take_status(item, status))

    # -- sending ------------------------------------------------------------------------------

    def _pump(self, thread: Thread) -> None:
        if thread.busy is None and thread.waiting:
            item = thread.waiting[0]
            item.phase = Phase.SENDING
            self._scope.spawn("ask", self._send(thread, item))

    async def _cut_and_send(self, thread: Thread, fresh: Exchange, old: Exchange) -> None:
        """The server forgets what is asked anew. A question it never got needs no forgetting."""
        if thread.id and old.message_id:
            route = routes.path(routes.AI_CONVERSATION, conversation_id=thread.id)
            try:
                await self._api.put(route, Conversation, json={"truncate_from": old.message_id})
            except ApiError as error:
                if error.status != 404:
                    fresh.message_id = old.message_id
                    self._fail(fresh, error)
                    return
        await self._send(thread, fresh)

    async def _send(self, thread: Thread, item: Exchange) -> None:
        self._sending += 1
        try:
            accepted = await self._api.post(routes.AI, AiAccepted, json=_request(thread, item))
        except NotOffered:
            await self._answer_with_passages(item)
        except (Unreachable, Unauthorized) as error:
            self._wait_or_fail(item, error)
        except ApiError as error:
            self._fail(item, error)
        else:
            self._accepted(thread, item, accepted)
        finally:
            self._sending -= 1
            if not self._sending:
                self._early.clear()
        if item.phase is not Phase.QUEUED:  # else ``resume`` sends it when the way is free
            self._pump(thread)

    def _accepted(self, thread: Thread, item: Exchange, accepted: AiAccepted) -> None:
        thread.id = accepted.conversation_id or thread.id
        item.task_id, item.message_id = accepted.task_id, accepted.message_id
        item.position, item.phase = accepted.position, Phase.WAITING
        self._tasks[accepted.task_id] = item
        self._on_frames(self._early.pop(accepted.task_id, []))
        item.touched()
        self._pulse.touch(item.key)
        self._pulse.touch()
        if item.stopping:
            self._scope.spawn("stop", self._stop_task(item, accepted.task_id))

    def _wait_or_fail(self, item: Exchange, error: ApiError) -> None:
        away = self._feed.link.state is not LinkState.CONNECTED or isinstance(error, Unauthorized)
        if item.stopping:
            self._change(item, lambda: ai_state.stop(item))
        elif away:
            item.phase = Phase.QUEUED
            item.touched()
            self._pulse.touch(item.key)
        else:
            self._fail(item, error)

    async def _answer_with_passages(self, item: Exchange) -> None:
        """A server that knows no AI tasks still finds passages."""
        try:
            answer = await self._api.post(
                routes.QUERY, QueryAnswer, json=QueryRequest(query=item.question[:4000], k=_PASSAGES)
            )
        except ApiError as error:
            self._fail(item, error)
            return
        found = [] if answer.nothing_relevant else answer.results
        citations = [
            Citation(**Passage(**hit.model_dump(exclude=_FLAT)).model_dump(), number=number, text=hit.chunk)
            for number, hit in enumerate(found, 1)
        ]
        result = AiResult(text="", citations=citations, supported=bool(found), mode="passages")
        self._change(item, lambda: ai_state.finish(item, result))

    # -- what comes ---------------------------------------------------------------------------

    def _on_frames(self, frames: list[Frame]) -> None:
        for frame in frames:
            task_id = frame.get("task_id")
            item = self._tasks.get(task_id) if isinstance(task_id, str) else None
            if item is None:
                if self._sending and isinstance(task_id, str):
                    self._early.setdefault(task_id, []).append(frame)
            elif frame.get("type") == FrameType.AI_TOKEN:
                first = not item.text and not item.thoughts
                if not ai_state.take_token(item, frame):
                    self._sync(item)
                self._pulse.touch(item.key)
                if first:
                    self._pulse.flush()  # nobody waits for the first word longer than need be
            else:
                self._change(item, functools.partial(ai_state.take_task, item, frame))

    def _on_jobs(self, frames: list[Frame]) -> None:
        """A task that was cancelled or failed outside of the panel has no last word of its own."""
        for frame in frames:
            item = self._tasks.get(str(frame.get("job_id")))
            if item is not None and not item.phase.is_final and frame.get("status") in _FINAL:
                self._sync(item)

    def _on_link(self, link: Link) -> None:
        if link.state is LinkState.CONNECTED:
            self._scope.spawn("read", self._read_active())
            self.resume()

    async def _read_active(self) -> None:
        for item in [item for item in self._tasks.values() if not item.phase.is_final]:
            await self._read_status(item)

    def _sync(self, item: Exchange) -> None:
        if item.key not in self._reading:
            self._reading.add(item.key)
            self._scope.spawn("sync", self._read_status(item))

    async def _read_status(self, item: Exchange) -> None:
        """Must not raise: it is also called while the server is away."""
        try:
            status = await self._api.get(routes.path(routes.AI_STATUS, task_id=item.task_id or ""), AiStatus)
        except ApiError as error:
            if error.status == 404 and not item.phase.is_final and not isinstance(error, NotOffered):
                self._fail(item, error)
        else:
            self._change(item, lambda: ai_state.take_status(item, status))
        finally:
            self._reading.discard(item.key)

    # -- inside -------------------------------------------------------------------------------

    def _fail(self, item: Exchange, error: ApiError) -> None:
        self._change(item, lambda: ai_state.fail(item, error.sentence, error.code))

    def _change(self, item: Exchange, change: Callable[[], None]) -> None:
        before = item.phase.is_final
        change()
        self._pulse.touch(item.key)
        if item.phase.is_final and not before:
            if item.task_id is not None:
                self._tasks.pop(item.task_id, None)
            self._pulse.flush()
            self.ended.emit(item)
            for thread in [thread for thread in self._threads if item in thread.exchanges]:
                self._pump(thread)

    def _give_up(self, item: Exchange) -> None:
        """Nobody wants its answer any more."""
        if item.task_id is not None and not item.phase.is_final:
            self._tasks.pop(item.task_id, None)
            self._scope.spawn("stop", self._stop_quietly(item.task_id))

    async def _stop_quietly(self, task_id: str) -> None:
        with contextlib.suppress(ApiError):  # it has ended, or the server is away: nothing to be done
            await self._api.post(routes.path(routes.AI_STOP, task_id=task_id), AiStatus)

    def _find(self, key: str) -> Exchange | None:
        return next((item for item in self.current.exchanges if item.key == key), None)


def _request(thread: Thread, item: Exchange) -> AiRequest:
    request = AiRequest(
        prompt=item.question,
        model=item.choice.model,
        role=item.choice.role,
        thinking=item.choice.thinking,
        conversation_id=thread.id,
        attachments=[file.sha256 for file in item.attachments if file.sha256] or None,
    )
    inline = next((file for file in item.attachments if file.data), None)
    if inline is not None:
        request.document_data, request.document_name = inline.data, inline.name
    return request
