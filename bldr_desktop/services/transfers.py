# SPDX-License-Identifier: MIT
"""The transfer table: what is sent, in which order, what became of it. Survives quit and kill.

service.add(sources, train=True)         rows appear at once
service.changed.connect(f)               f(Changes), at most 15 times a second
service.pause() / resume() / cancel() / retry() / remove() / clear_done() / train()   all or some
service.set_parallel(n) / set_speed_limit(bytes_a_second)                             live
"""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bldr_desktop.client.api import ApiError, Throttled, Unauthorized, Unreachable
from bldr_desktop.client.sources import Source, SourceFault
from bldr_desktop.client.uploads import UploadClient, is_transient
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol.base import utc_now
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.services.transfer_check import MAX_CHANGES, Checker
from bldr_desktop.services.transfer_sender import PACK_BYTES, PACK_FILES, SMALL, Meter, Sender, ServerPause
from bldr_desktop.services.transfer_state import (
    Changes,
    Totals,
    Transfer,
    TransferState,
    totals,
)

if TYPE_CHECKING:
    from bldr_desktop.client.api import Api
    from bldr_desktop.services.transfer_journal import Journal
    from bldr_desktop.services.transfer_training import TransferTraining

_log = logging.getLogger(__name__)
FLUSH_GAP = 1 / 15
SAVE_GAP = 0.5
TICK = 0.5
DEFAULT_PARALLEL = 4
_MAX_ATTEMPTS = 6
_DONE = frozenset({TransferState.TRAINED, TransferState.CANCELLED})


class TransferService:
    """All transfers to one server.

    ``await start()`` reads the journal and goes on with what a quit or a kill interrupted;
    ``await close()`` stops cleanly.

    Args:
        api: The server.
        client: How files are sent; closed with this service.
        journal: What survives; opened and closed here.
        server: A name of the server that stays the same when its address changes (profile id).
    """

    def __init__(self, api: "Api", client: UploadClient, journal: "Journal", *, server: str) -> None:
        self.rows: dict[int, Transfer] = {}
        self.by_hash: dict[str, set[int]] = {}
        self.changed: Notice[Changes] = Notice()
        self.trouble: Notice[ApiError] = Notice()
        """Something about all rows needs a person: disk full, training refused."""
        self.paused_for: str | None = None
        self.bytes_sent = 0
        """Bytes of content that went out since the start, those of failed attempts too."""
        self.training: TransferTraining | None = None
        self.server = server
        self.journal = journal
        self.client = client
        self.parallel = DEFAULT_PARALLEL
        self.pack_files = PACK_FILES
        """Small files a request; 1 sends each by itself."""
        self._api = api
        self._sender = Sender(client, self._on_moved, self._on_place)
        self._meter = Meter()
        self._away = ServerPause()
        self._checker = Checker(self, api, self._away, self._enqueue)
        self._queue: deque[int] = deque()
        self._active: dict[asyncio.Task[None], list[int]] = {}
        self._dirty: set[int] = set()
        self._gone: set[int] = set()
        self._pending = Changes()
        self._flush_handle: asyncio.TimerHandle | None = None
        self._wake = asyncio.Event()
        self._scope = TaskScope("transfers")
        self._next_id = 1
        self._off = [api.answered.connect(lambda _: self._on_answered())]

    # -- life -------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Read the journal and begin."""
        await self.journal.open()
        rows = await self.journal.load(self.server)
        for row in rows:
            if row.state in {TransferState.SENDING, TransferState.CHECKING}:
                row.state = TransferState.WAITING
            self._keep(row)
        self._next_id = max(self.rows, default=0) + 1
        self._pending.added.extend(self.rows)
        self._schedule_flush()
        self._scope.spawn("pump", self._pump())
        self._scope.spawn("save", self._save_regularly())
        self._scope.spawn("tick", self._tick())
        waiting = [row.id for row in rows if row.state is TransferState.WAITING]
        if waiting:
            self._scope.spawn("check", self._checker.check(waiting))

    async def close(self) -> None:
        """Stop sending, write the journal, let go of everything."""
        for off in self._off:
            off()
        await self._scope.close()
        if self._flush_handle:
            self._flush_handle.cancel()
        await self._save()
        await self.journal.close()
        self.client.close()

    # -- what a person does -----------------------------------------------------------------------

    def add(self, sources: Iterable[Source], *, train: bool) -> list[int]:
        """Take files into the table and send them.

        A file that is in the table already, unchanged, is not taken twice; a changed one gets a new
        row in the place of its old one.
        """
        now = utc_now()
        here = {row.path: row for row in self.rows.values()}
        added: list[int] = []
        replaced: list[int] = []
        for source in sources:
            old = here.get(source.path)
            if old is not None:
                replaced.append(old.id)
            row = Transfer(
                id=self._next_id,
                path=source.path,
                root=source.root,
                relative=source.relative,
                size=source.size,
                mtime_ns=source.mtime_ns,
                sha256=source.sha256,
                state=TransferState.CHECKING,
                stage="hash",
                train=train,
                added_at=now,
            )
            self._next_id += 1
            self._keep(row)
            added.append(row.id)
        self.remove(replaced)
        self._pending.added.extend(added)
        self._dirty.update(added)
        self._schedule_flush()
        self._scope.spawn("check", self._checker.check(added))
        return added

    def pause(self, ids: Iterable[int] | None = None) -> None:
        """Stop sending these, or all; nothing that came over is lost."""
        for row in self._chosen(ids, TransferState.WAITING, TransferState.SENDING, TransferState.CHECKING):
            row.state, row.speed = TransferState.PAUSED, 0.0
            self._touch(row)
        self._cancel_tasks()

    def resume(self, ids: Iterable[int] | None = None) -> None:
        """Go on with these, or all that are paused."""
        self.paused_for = None
        self._again(self._chosen(ids, TransferState.PAUSED))

    def cancel(self, ids: Iterable[int] | None = None) -> None:
        """Give these up, or all that are not uploaded; what the engine has of them is dropped."""
        states = (TransferState.WAITING, TransferState.SENDING, TransferState.PAUSED, TransferState.CHECKING)
        for row in self._chosen(ids, *states):
            row.state, row.speed = TransferState.CANCELLED, 0.0
            self._touch(row)
            self._forget_remote(row)
        self._cancel_tasks()

    def retry(self, ids: Iterable[int] | None = None) -> None:
        """Try failed and cancelled ones again, or all failed, each from the stage that failed."""
        states = [TransferState.FAILED] + ([TransferState.CANCELLED] if ids is not None else [])
        chosen = self._chosen(ids, *states)
        self._away.answered()
        sending = [row for row in chosen if row.stage in {"hash", "upload"}]
        for row in sending:
            row.attempts = 0
        self._again(sending)
        if self.training is not None:
            self.training.retry([row for row in chosen if row.stage not in {"hash", "upload"}])

    def remove(self, ids: Iterable[int]) -> None:
        """Take rows out of the table; one on its way is given up first."""
        chosen = [self.rows[row_id] for row_id in ids if row_id in self.rows]
        for row in chosen:
            if row.state.is_before_upload:
                row.state = TransferState.CANCELLED
                self._forget_remote(row)
            self._drop(row)
        self._cancel_tasks()
        if chosen:
            self.flush()  # at once: what shows rows must not look up any that are gone

    def clear_done(self) -> None:
        """Take trained and cancelled rows out of the table."""
        self.remove([row.id for row in self.rows.values() if row.state in _DONE])

    def set_parallel(self, count: int) -> None:
        """How many requests send at once; takes effect with the next request."""
        self.parallel = max(1, min(count, 16))
        self._wake.set()

    def set_speed_limit(self, limit: int | None) -> None:
        """Bytes a second for all together, None for no limit; takes effect at once."""
        self.client.gate.set_limit(limit)

    # -- what it looks like -----------------------------------------------------------------------

    def totals(self) -> Totals:
        """The table in numbers."""
        plain = totals(self.rows.values(), self._meter.speed, None)
        return Totals(
            plain.count,
            plain.by_state,
            plain.to_send,
            plain.sent,
            self._meter.speed if self._active else 0.0,
            self._meter.time_left(plain.to_send - plain.sent) if self._active else None,
        )

    @property
    def waiting_for_server(self) -> float | None:
        """Seconds until the server is tried again, None when it is there."""
        return self._away.remaining if self._away.since is not None else None

    def try_now(self) -> None:
        """Do not wait for the countdown."""
        self._away.until = 0.0
        self._wake.set()

    def touch(self, row: Transfer) -> None:
        """A row was changed by a fold."""
        self._touch(row)

    def _enqueue(self, row: Transfer) -> None:
        self._queue.append(row.id)

    def rehashed(self, row: Transfer, before: str) -> None:
        """A row's hash is another one than ``before``."""
        self.by_hash.get(before, set()).discard(row.id)
        self.by_hash.setdefault(row.sha256, set()).add(row.id)
        self._touch(row)

    def wake(self) -> None:
        """Look for something to do."""
        self._wake.set()

    # -- sending ----------------------------------------------------------------------------------

    async def _pump(self) -> None:
        while True:
            delay = self._away.remaining
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), delay if delay > 0 else None)
            self._wake.clear()
            while self._away.remaining <= 0 and len(self._active) < self.parallel:
                unit = self._next_unit()
                if not unit:
                    break
                self._launch(unit)
            if self.training is not None:
                self.training.look(idle=not self._active and not self._queue)

    def _next_unit(self) -> list[Transfer]:
        unit: list[Transfer] = []
        size = 0
        while self._queue:
            row = self.rows.get(self._queue[0])
            if row is None or row.state is not TransferState.WAITING:
                self._queue.popleft()
                continue
            small = row.size <= SMALL and row.upload_path is None
            if unit and (not small or len(unit) >= self.pack_files or size + row.size > PACK_BYTES):
                break
            self._queue.popleft()
            unit.append(row)
            size += row.size
            if not small:
                break
        return unit

    def _launch(self, unit: list[Transfer]) -> None:
        for row in unit:
            row.state, row.error, row.error_code = TransferState.SENDING, None, None
            self._touch(row)
        task = self._scope.spawn("send", self._send(unit))
        self._active[task] = [row.id for row in unit]
        task.add_done_callback(self._on_sent)

    def _on_sent(self, task: "asyncio.Task[None]") -> None:
        self._active.pop(task, None)
        self._wake.set()

    async def _send(self, unit: list[Transfer]) -> None:
        try:
            if len(unit) == 1 or not (await self.client.offer()).tus:
                for row in unit:
                    self._arrived(row, await self._sender.send(row))
            else:
                arrived, failed = await self._sender.send_packed(unit)
                for row, document_id in arrived:
                    self._arrived(row, document_id)
                for row, fault in failed:
                    self._on_fault(row, fault)
        except SourceFault as fault:
            self._on_fault(next(row for row in unit if row.state is TransferState.SENDING), fault)
            self._again([row for row in unit if row.state is TransferState.SENDING])
        except ApiError as error:
            await self._on_api_error([row for row in unit if row.state is TransferState.SENDING], error)

    def _arrived(self, row: Transfer, document_id: str | None) -> None:
        if row.state is TransferState.SENDING or row.state is TransferState.PAUSED:
            row.attempts = 0
            row.uploaded(document_id)
            self._touch(row)

    def _on_fault(self, row: Transfer, fault: SourceFault) -> None:
        self._forget_remote(row)
        if fault.code is ErrorCode.FILE_CHANGED and row.attempts < MAX_CHANGES:
            # Never a mixed file: the old upload is dropped and the new content starts from nothing.
            row.attempts += 1
            row.sha256, row.sent = "", 0
            self._again([row])
            return
        row.fail(fault.code, fault.sentence)
        self._touch(row)

    async def _on_api_error(self, rows: list[Transfer], error: ApiError) -> None:
        _log.info("sending failed: %s", error)
        if error.status == 507:
            self._pause_for_disk(rows, error)
        elif error.status == 460:
            for row in rows:
                self._on_fault(row, SourceFault(ErrorCode.FILE_CHANGED, error.sentence))
        elif isinstance(error, Unauthorized):
            for row in rows:
                row.state = TransferState.WAITING
                self._touch(row)
            await self._checker.wait_out(error)
            self._again(rows)
        elif is_transient(error):
            self._away.failed(error.retry_after)
            self._fail_or_wait(rows, error)
        else:
            for row in rows:
                row.fail(error.code, error.sentence)
                self._touch(row)

    def _fail_or_wait(self, rows: list[Transfer], error: ApiError) -> None:
        counted = not isinstance(error, Unreachable | Throttled)
        for row in rows:
            row.attempts += counted
            if row.attempts >= _MAX_ATTEMPTS:
                row.fail(error.code, error.sentence)
            else:
                row.state = TransferState.WAITING
                row.speed = 0.0
                self._queue.appendleft(row.id)
            self._touch(row)

    def _pause_for_disk(self, rows: list[Transfer], error: ApiError) -> None:
        first = self.paused_for is None
        self.paused_for = error.sentence
        self.pause()
        for row in rows:
            row.state = TransferState.PAUSED
            row.error, row.error_code = error.sentence, error.code
            self._touch(row)
        if first:
            self.trouble.emit(error)

    def _again(self, rows: Sequence[Transfer]) -> None:
        for row in rows:
            row.state, row.stage, row.speed = TransferState.CHECKING, "hash", 0.0
            row.error = row.error_code = None
            self._touch(row)
        if rows:
            self._scope.spawn("check", self._checker.check([row.id for row in rows]))

    def _cancel_tasks(self) -> None:
        """End requests none of whose rows is still being sent; packed ones end by themselves soon."""
        for task, ids in self._active.items():
            states = (self.rows[row_id].state for row_id in ids if row_id in self.rows)
            if not any(state is TransferState.SENDING for state in states):
                task.cancel()

    def _forget_remote(self, row: Transfer) -> None:
        path, row.upload_path, row.sent = row.upload_path, None, 0
        if path:
            self._scope.spawn("forget", self._forget(path), on_error=lambda _: None)

    async def _forget(self, path: str) -> None:
        try:
            await self.client.forget(path)
        except ApiError as error:
            _log.info("the upload %s will expire by itself: %s", path, error)

    # -- bookkeeping ------------------------------------------------------------------------------

    def _keep(self, row: Transfer) -> None:
        self.rows[row.id] = row
        if row.sha256:
            self.by_hash.setdefault(row.sha256, set()).add(row.id)

    def _drop(self, row: Transfer) -> None:
        del self.rows[row.id]
        self.by_hash.get(row.sha256, set()).discard(row.id)
        self._dirty.discard(row.id)
        self._gone.add(row.id)
        self._pending.removed.append(row.id)

    def _chosen(self, ids: Iterable[int] | None, *states: TransferState) -> list[Transfer]:
        rows = self.rows.values() if ids is None else (self.rows[i] for i in ids if i in self.rows)
        return [row for row in rows if row.state in states]

    def _touch(self, row: Transfer) -> None:
        if row.id in self.rows:
            self._pending.changed.add(row.id)
            self._dirty.add(row.id)
            self._schedule_flush()

    def _on_moved(self, row: Transfer, amount: int) -> None:
        self._meter.add(amount)
        self.bytes_sent += amount
        if row.id in self.rows:
            self._pending.changed.add(row.id)
            self._schedule_flush()

    def _on_place(self, row: Transfer) -> None:
        self._touch(row)
        self._scope.spawn("save", self._save())

    def _on_answered(self) -> None:
        if self._away.answered():
            self._wake.set()

    def _schedule_flush(self) -> None:
        if self._flush_handle is None:
            self._flush_handle = asyncio.get_running_loop().call_later(FLUSH_GAP, self.flush)

    def flush(self) -> None:
        """Tell now what changed."""
        if self._flush_handle is not None:
            self._flush_handle.cancel()
            self._flush_handle = None
        changes, self._pending = self._pending, Changes()
        changes.added = [row_id for row_id in changes.added if row_id in self.rows]
        changes.changed -= set(changes.added)
        changes.changed -= set(changes.removed)
        if changes:
            self.changed.emit(changes)

    async def _tick(self) -> None:
        sent: dict[int, int] = {}
        while True:
            await asyncio.sleep(TICK)
            if not self._active:
                self._meter.reset()
                sent.clear()
                continue
            self._meter.mark()
            now = {i: self.rows[i].sent for ids in self._active.values() for i in ids if i in self.rows}
            for row_id, amount in now.items():
                row = self.rows[row_id]
                fresh = max(amount - sent.get(row_id, amount), 0) / TICK
                row.speed = fresh if not row.speed else row.speed * 0.6 + fresh * 0.4
                self._pending.changed.add(row_id)
            sent = now
            self._schedule_flush()

    async def _save_regularly(self) -> None:
        while True:
            await asyncio.sleep(SAVE_GAP)
            await self._save()

    async def _save(self) -> None:
        dirty, self._dirty = self._dirty, set()
        gone, self._gone = self._gone, set()
        if dirty:
            await self.journal.save(self.server, [self.rows[i] for i in dirty if i in self.rows])
        if gone:
            await self.journal.remove(self.server, gone)
