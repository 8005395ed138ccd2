# SPDX-License-Identifier: MIT
"""One training run: files flow through identify → parse (N at once) → write, with bounded queues."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.time_left import Calibration
from bldr_desktop.engine.jobs.context import JobContext, finish_in_thread
from bldr_desktop.engine.jobs.training.estimate import Costs
from bldr_desktop.engine.jobs.training.identify import Identifier, Stopped
from bldr_desktop.engine.jobs.training.parts import Item, Options, Parts
from bldr_desktop.engine.jobs.training.tracker import Tracker
from bldr_desktop.engine.jobs.training.writer import BatchWriter
from bldr_desktop.engine.ports.domain import ParseFailure
from bldr_desktop.engine.ports.events import NewEvent
from bldr_desktop.engine.ports.jobs import OPEN, FileCounts, FileRow, JobEnd
from bldr_desktop.engine.ports.transactions import Transactions
from bldr_desktop.protocol.base import FileStage, FileState, JobStatus
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.logs import LogCode

_PAGE = 256
_GROUP_FILES = 32
_GROUP_SECONDS = 0.25
_BATCH_FILES = 32
_BATCH_CHUNKS = 1500
_BATCH_SECONDS = 0.25
_TAKE_SECONDS = 0.05
_LONG_DEATH = 10.0
_DEAD_READER = (ErrorCode.FILE_CRASHED_READER, ErrorCode.WORKER_LOST)

_Queue = asyncio.Queue[Item | None]


class TrainingRun:
    """Takes the open files of a job to their end. Memory does not grow with their number.

    Args:
        context: The job.
        parts: Ports.
        options: How this run differs.
        transactions: Joins stores.
    """

    def __init__(
        self, context: JobContext, parts: Parts, options: Options, transactions: Transactions
    ) -> None:
        self._context = context
        self._parts = parts
        self._options = options
        self._limits = options.limits(parts.limits)
        self._tracker = Tracker(context)
        self._identifier = Identifier(parts, context.store, options, context.stopping)
        self._writer = BatchWriter(context, parts, self._tracker, transactions)
        self._readers = parts.parser.size  # of now: workers of a cluster come and go meanwhile
        self._group = 2 * self._readers  # few at first: readers need not wait for many to be recorded
        self._to_parse: _Queue = asyncio.Queue(maxsize=2 * self._readers)
        self._ending = False
        self._to_write: _Queue = asyncio.Queue(maxsize=max(_BATCH_FILES, 2 * self._readers))

    async def run(self) -> JobEnd:
        """Until no file is open."""
        await finish_in_thread(self._begin)
        await self._parts.parser.start()
        scope = TaskScope("training")
        steps = [scope.spawn("identify", self._identify_all())]
        readers = [scope.spawn(f"parse-{n}", self._parse_all()) for n in range(self._readers)]
        steps += [scope.spawn("after-parse", self._close_after(readers)), *readers]
        steps.append(scope.spawn("write", self._write_all()))
        try:
            await _first_error(steps)
        except Stopped:
            raise asyncio.CancelledError from None
        finally:
            self._context.stopping.set()
            await scope.close(deadline=4.0)
        counts = await asyncio.to_thread(self._context.store.file_counts, self._context.job.id)
        self._tracker.stage(FileStage.VERIFY)
        self._tracker.tell(force=True)
        await asyncio.to_thread(self._learn)
        return end_of(counts)

    def _learn(self) -> None:
        """Keep how far what was said about the time left was off, for the next runs."""
        store = self._context.store
        calibration = Calibration.load(store.learned())
        if calibration.learn(self._tracker.learned()):
            store.keep_learned(calibration.dump())

    def _begin(self) -> None:
        store, job_id = self._context.store, self._context.job.id
        costs = Costs(store.timings())
        open_files: list[tuple[str, int]] = []
        after = -1
        while page := store.files(job_id, OPEN, limit=2000, after=after)[0]:
            open_files += [(row.file.path, row.file.size) for row in page]
            after = page[-1].ordinal
        known = Calibration.load(store.learned())
        self._tracker.begin(store.file_counts(job_id), open_files, costs, known)

    # identify

    async def _identify_all(self) -> None:
        after = -1
        while True:
            rows, _ = await asyncio.to_thread(
                self._context.store.files, self._context.job.id, OPEN, limit=_PAGE, after=after
            )
            if not rows:
                break
            after = rows[-1].ordinal
            # The longest first: what is left at the end is short, and no reader waits for another.
            async for group in self._read_groups(sorted(rows, key=lambda row: -row.file.size)):
                await self._record(group)
        for place in range(self._readers):
            self._ending = place == self._readers - 1
            await self._to_parse.put(None)

    async def _read_groups(self, rows: Sequence[FileRow]) -> AsyncIterator[list[Item]]:
        left = list(rows)
        while left:
            self._tracker.stage(FileStage.IDENTIFY, left[0].file.name)
            group = await finish_in_thread(self._read_group, left[: self._group])
            self._group = _GROUP_FILES
            del left[: len(group)]
            yield group

    def _read_group(self, rows: Sequence[FileRow]) -> list[Item]:
        """Hash the next few files: as many as come in a quarter of a second."""
        group: list[Item] = []
        began = time.monotonic()
        for row in rows:
            group.append(self._identifier.read(row))
            if time.monotonic() - began > _GROUP_SECONDS:
                break
        return group

    async def _record(self, group: Sequence[Item]) -> None:
        todo: list[Item] = []

        def work() -> list[NewEvent]:
            told, found = self._identifier.record(self._context.job, group)
            todo.extend(found)
            return told

        await self._context.commit(work)
        waiting = {id(item) for item in todo}
        for item in group:
            if id(item) not in waiting:
                self._tracker.finished(item.row.file)
        self._tracker.tell()
        for item in todo:
            await (self._to_write if item.failure is not None else self._to_parse).put(item)

    # parse

    async def _parse_all(self) -> None:
        while (item := await self._to_parse.get()) is not None:
            self._tracker.stage(FileStage.EXTRACT, item.row.file.name)
            await self._parse(item)
            await self._to_write.put(item)

    async def _parse(self, item: Item) -> None:
        """Read one file; a reader that dies is tried again, then the file is quarantined."""
        name = item.row.file.name
        while True:
            item.row.file.attempts += 1
            began = time.monotonic()
            answer = await self._parts.parser.parse(item.path, name, self._limits)
            if not isinstance(answer, ParseFailure):
                item.parsed = answer
                return
            dead = answer.code in _DEAD_READER
            if not dead and not answer.transient:
                item.failure = answer
                return
            long = time.monotonic() - began > _LONG_DEATH  # once more would hold the others up as long
            if item.row.file.attempts >= self._parts.attempts or long:
                item.failure = _given_up(item, answer) if dead else answer
                return
            self._say_again(item, answer)

    def _say_again(self, item: Item, answer: ParseFailure) -> None:
        file = item.row.file
        attempt = file.attempts + 1
        self._context.log(
            f"{file.name}: {answer.sentence}. Attempt {attempt} follows.",
            "warning",
            file.path,
            LogCode.FILE_AGAIN,
            name=file.name,
            reason=answer.code,
            sentence=answer.sentence,
            attempt=attempt,
        )

    async def _close_after(self, readers: Sequence["asyncio.Task[None]"]) -> None:
        await asyncio.wait(readers)
        await self._to_write.put(None)

    # write

    async def _write_all(self) -> None:
        """Write what was read as it comes; say that it is done every 32 files or 1,500 chunks, at the
        latest after a quarter of a second: that is what costs the disk time."""
        clock, deadline, more = asyncio.get_running_loop().time, None, True
        while more:
            arrived, more = await self._arrived(deadline)
            if arrived:
                deadline = deadline or clock() + _BATCH_SECONDS
                await self._writer.take(arrived)
            files, chunks = self._writer.taken
            full = files >= _BATCH_FILES or chunks >= _BATCH_CHUNKS
            if full or not more or (deadline is not None and clock() >= deadline):
                await self._writer.settle()
                deadline = None

    async def _arrived(self, deadline: float | None) -> tuple[list[Item], bool]:
        """What was read within a moment of the first, which is waited for until the deadline; False when
        nothing more will come. At the end of the run nothing is put off: the last file to be read should
        find all others written."""
        arrived: list[Item] = []
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(deadline) as limit:
                while (item := await self._to_write.get()) is not None:
                    arrived.append(item)
                    if len(arrived) == 1:
                        wait = 0.0 if self._ending else _TAKE_SECONDS
                        limit.reschedule(asyncio.get_running_loop().time() + wait)
                    elif len(arrived) >= _BATCH_FILES:
                        return arrived, True
                return arrived, False
        return arrived, True


async def _first_error(tasks: Sequence["asyncio.Task[None]"]) -> None:
    """Wait for all; the first that fails ends the waiting with its error."""
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    for task in done:
        if (error := task.exception()) is not None:
            raise error


def _given_up(item: Item, answer: ParseFailure) -> ParseFailure:
    tries = item.row.file.attempts
    return ParseFailure(
        ErrorCode.FILE_QUARANTINED,
        f"It made its reader process die {_times(tries)} and was set aside. "
        "It is left out from now on; Retry takes it again.",
        answer.details or answer.sentence,
        kind=answer.kind,
    )


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def end_of(counts: FileCounts) -> JobEnd:
    """The job's end by how its files stand."""
    if counts.total == 0:
        return JobEnd(JobStatus.COMPLETED, "There was nothing to train.", error_code=ErrorCode.NOTHING_TO_DO)
    if counts.open:
        return JobEnd(JobStatus.INTERRUPTED, error=f"{counts.open} files were left undone.")
    unchanged = counts.by_state.get(FileState.UNCHANGED, 0)
    empty = counts.by_state.get(FileState.EMPTY, 0)
    message = f"{counts.searchable} of {counts.total} files are in the collection, {counts.chunks} new chunks"
    message += f", {unchanged} unchanged" if unchanged else ""
    message += f", {empty} without text." if empty else "."
    if counts.failed == 0:
        return JobEnd(JobStatus.COMPLETED, message)
    if counts.failed == counts.total:
        sentence = "No file could be trained. The list of files says why for each."
        return JobEnd(JobStatus.FAILED, message, error=sentence, error_code=ErrorCode.ALL_FILES_FAILED)
    sentence = f"{counts.failed} of {counts.total} files failed. The list of files says why for each."
    return JobEnd(JobStatus.COMPLETED, message, error=sentence, error_code=ErrorCode.SOME_FILES_FAILED)
