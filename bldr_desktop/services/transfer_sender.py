# SPDX-License-Identifier: MIT
"""Sends one thing of the transfer queue: picks the way, resumes, says what became of it."""

import asyncio
import contextlib
import random
import time
from collections import deque
from collections.abc import Callable, Sequence
from itertools import pairwise

from bldr_desktop.client.api import Conflict, NotFound
from bldr_desktop.client.sources import SourceFault
from bldr_desktop.client.uploads import RemoteUpload, UploadClient
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.services.transfer_state import Transfer

SMALL = 256 << 10
PACK_FILES = 256
PACK_BYTES = 4 << 20
WHOLE = 1 << 20
"""Largest file that goes out in the request that announces it."""
_TAKEOVERS = 5


class Sender:
    """Moves bytes of rows; changes ``sent`` and ``upload_path`` of a row, nothing else.

    Args:
        client: The wire.
        on_moved: Called with a row whose numbers changed and the bytes that went out.
        on_place: Called when a row got its place on the server: worth remembering at once.
    """

    def __init__(
        self,
        client: UploadClient,
        on_moved: Callable[[Transfer, int], None],
        on_place: Callable[[Transfer], None],
    ) -> None:
        self._client = client
        self._on_moved = on_moved
        self._on_place = on_place

    async def send(self, row: Transfer) -> str | None:
        """Send a row's file from where the server stands.

        Returns:
            The document's id; None where the server gives none.

        Raises:
            SourceFault, ApiError: As the client has them.
        """
        if not (await self._client.offer()).tus:
            return await self._multipart(row)
        upload = await self._resumed(row)
        if upload is None and row.size <= WHOLE:
            self._stand(row, 0)
            upload = await self._client.create_with(row.source, lambda n: self._moved(row, n))
            if upload.document_id:
                return upload.document_id
        if upload is None:
            upload = await self._client.create(row.source)
            row.upload_path = upload.path
            self._on_place(row)
        for takeover in range(_TAKEOVERS):
            self._stand(row, upload.offset)
            try:
                upload = await self._client.send(
                    row.source, upload, on_bytes=lambda n: self._moved(row, n), on_offset=lambda _: None
                )
                break
            except Conflict:
                # Our own earlier request may still be held by the server: HEAD makes it let go.
                if takeover + 1 == _TAKEOVERS:
                    raise
                await asyncio.sleep(0.2 * takeover)
                upload = await self._client.status(upload.path)
        if upload.document_id is None:
            upload = await self._client.status(upload.path)
        return upload.document_id

    async def send_packed(
        self, rows: Sequence[Transfer]
    ) -> tuple[list[tuple[Transfer, str | None]], list[tuple[Transfer, SourceFault]]]:
        """Send small files in one request; each succeeds or fails alone.

        Returns:
            Rows that arrived with their document's id, and rows that did not with the reason.
        """
        by_source = {row.source: row for row in rows}
        answers, faults = await self._client.send_batch(list(by_source))
        arrived: list[tuple[Transfer, str | None]] = []
        failed = [(by_source[source], fault) for source, fault in faults]
        for source, answer in answers:
            row = by_source[source]
            if answer.ok:
                self._moved(row, row.size)
                arrived.append((row, answer.document_id))
            else:
                code = ErrorCode(answer.code) if answer.code in set(ErrorCode) else ErrorCode.INTERNAL
                code = ErrorCode.FILE_CHANGED if code is ErrorCode.CHECKSUM_MISMATCH else code
                failed.append((row, SourceFault(code, answer.error or "The engine refused the file.")))
        return arrived, failed

    async def _resumed(self, row: Transfer) -> RemoteUpload | None:
        if row.upload_path is None:
            return None
        try:
            return await self._client.status(row.upload_path)
        except NotFound:
            row.upload_path = None
            return None

    async def _multipart(self, row: Transfer) -> str | None:
        self._stand(row, 0)
        answer = await self._client.send_multipart(row.source, lambda n: self._moved(row, n))
        return answer.document_id

    def _stand(self, row: Transfer, offset: int) -> None:
        row.sent = offset
        self._on_moved(row, 0)

    def _moved(self, row: Transfer, amount: int) -> None:
        row.sent = min(row.sent + amount, row.size)
        self._on_moved(row, amount)


class Meter:
    """Speed over the last seconds, and a range for the time left once there is something to go by."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._marks: deque[tuple[float, int]] = deque()
        self._total = 0

    def add(self, amount: int) -> None:
        """Bytes went out."""
        self._total += amount

    def mark(self) -> None:
        """Take note of now; call about twice a second while sending."""
        now = self._clock()
        self._marks.append((now, self._total))
        while self._marks and now - self._marks[0][0] > 12.0:
            self._marks.popleft()

    def reset(self) -> None:
        """Nothing is being sent."""
        self._marks.clear()

    @property
    def speed(self) -> float:
        """Bytes a second over the last three seconds."""
        if len(self._marks) < 2:
            return 0.0
        last_time, last_total = self._marks[-1]
        first = next((mark for mark in self._marks if last_time - mark[0] <= 3.0), self._marks[0])
        took = last_time - first[0]
        return (last_total - first[1]) / took if took > 0 else 0.0

    def time_left(self, remaining: int) -> tuple[float, float] | None:
        """Seconds, from and to; None until four seconds were seen."""
        if len(self._marks) < 6 or self._marks[-1][0] - self._marks[0][0] < 4.0 or remaining <= 0:
            return None
        speeds = sorted(self._window_speeds())
        slow, fast = speeds[len(speeds) // 4], speeds[-1 - len(speeds) // 4]
        if slow <= 0:
            return None
        return remaining / fast * 0.9, remaining / slow * 1.15

    def _window_speeds(self) -> list[float]:
        marks = list(self._marks)
        step = max(len(marks) // 6, 1)
        points = marks[::step] + ([marks[-1]] if marks[-1] not in marks[::step] else [])
        return [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points) if b[0] > a[0]] or [0.0]


class ServerPause:
    """Back-off for a server that does not answer: 0.5 s, doubling to 30 s, with jitter."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._heard = asyncio.Event()
        self.until = 0.0
        self.since: float | None = None

    @property
    def remaining(self) -> float:
        """Seconds until the next attempt; 0 when there is nothing to wait for."""
        return max(self.until - self._clock(), 0.0)

    def failed(self, at_least: float | None = None) -> None:
        """An attempt failed; ``at_least`` is the server's own Retry-After."""
        now = self._clock()
        self.since = self.since or now
        if self.remaining > 0 and at_least is None:
            return
        delay = min(30.0, 0.5 * 2**self._failures) * random.uniform(0.7, 1.3)  # noqa: S311 - jitter
        self._failures = min(self._failures + 1, 8)
        self.until = now + max(delay, at_least or 0.0)

    async def over(self) -> None:
        """Wait until the next attempt may be made; ends early when the server is heard of."""
        while self.remaining > 0:
            self._heard.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._heard.wait(), self.remaining)

    def answered(self) -> bool:
        """The server is there; True when it had been away."""
        was_away = self.since is not None
        self._failures, self.until, self.since = 0, 0.0, None
        self._heard.set()
        return was_away
