# SPDX-License-Identifier: MIT
"""One job read by all workers: files the job's own readers have no hand free for are offered to the
other workers over Redis; what nobody takes is read at home.

A request is one JSON object in a list; an answer is a reader's own frame (JSON, never pickle). Who has
taken a request keeps a short-lived claim on it; a claim that lapses means that the worker was lost, and
the file is tried again like one whose reader died.
"""

import asyncio
import contextlib
import json
import logging
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import redis

from bldr_desktop.common.aio import spawn
from bldr_desktop.engine.cluster.presence import ALIVE_SECONDS, KEY
from bldr_desktop.engine.documents import frames
from bldr_desktop.engine.ports.domain import Parsed, ParseFailure, ParseLimits
from bldr_desktop.engine.ports.parser import Parser
from bldr_desktop.protocol.documents import PageBoxes, PageText
from bldr_desktop.protocol.errors import ErrorCode

_OFFERS = "bldr:read"
_ID_LENGTH = 32
_CLAIM_SECONDS = 4
_CLAIM_EVERY = 1.0
_LOOK_SECONDS = 0.3
_CALL_SECONDS = 1.0
_UNCLAIMED_SECONDS = 10.0
_ANSWERS_KEPT = 600
_NOT_THERE = (ErrorCode.FILE_NOT_FOUND, ErrorCode.FILE_LOCKED)
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Offer:
    """A file offered to others. ``claimed``/``seen``: monotonic seconds of a claim's first and last look."""

    body: str
    answer: "asyncio.Future[frames.Answer]"
    offered: float
    seen: float | None = None
    gone_since: float | None = None


class SharedParser:
    """Port ``Parser`` of a worker: its own readers, and those of idle workers.

    Args:
        home: The readers of this process.
        url: ``redis://…``.
        per_worker: Readers of each worker.
        call: Asks so many workers to help if they are idle; called from a thread.
    """

    def __init__(self, home: Parser, url: str, per_worker: int, call: Callable[[int], None]) -> None:
        self.home = home
        self._redis = redis.Redis.from_url(url, socket_timeout=15, socket_connect_timeout=2)
        self._per_worker = per_worker
        self._call = call
        self._answers = f"{_OFFERS}:answers:{uuid.uuid4().hex}"
        self._here = 0
        self._offers: dict[str, _Offer] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._courier: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._others = (0.0, 0)

    @property
    def size(self) -> int:
        """Files that may be read at once, here and by other workers."""
        return self.home.size + self._other_workers() * self._per_worker

    @property
    def busy(self) -> int:
        """Readers of this process that work now."""
        return self.home.busy

    async def start(self) -> None:
        """Start the readers of this process; others are told that there will be something to read."""
        await self.home.start()
        if self.size > self.home.size:
            await asyncio.to_thread(self._call, self._other_workers())

    async def parse(self, path: Path, name: str, limits: ParseLimits) -> Parsed | ParseFailure:
        """Read a file here, or have it read where somebody is idle."""
        if self._here < self.home.size:
            return await self._read_here(path, name, limits)
        try:
            answer = await self._read_elsewhere(path, name, limits)
        except redis.RedisError as error:
            _log.warning("files cannot be offered to other workers: %s", error)
            answer = None
        if isinstance(answer, ParseFailure) and answer.code in _NOT_THERE:
            answer = None  # another machine need not see what this one sees
        return await self._read_here(path, name, limits) if answer is None else answer

    async def render_page(self, path: Path, page: int, width: int) -> bytes | ParseFailure:
        """As the port says; here."""
        return await self.home.render_page(path, page, width)

    async def page_boxes(self, path: Path, page: int, start: int, end: int) -> PageBoxes | ParseFailure:
        """As the port says; here."""
        return await self.home.page_boxes(path, page, start, end)

    async def page_text(self, path: Path, page: int) -> PageText | ParseFailure:
        """As the port says; here."""
        return await self.home.page_text(path, page)

    async def close(self) -> None:
        """Stop asking others, kill the readers."""
        self._closed.set()
        await self.home.close()
        self._redis.close()

    # for others

    async def help_others(self, seconds: float) -> int:
        """Read what others offer for a while, or until nobody offers anything; how many files."""
        until = time.monotonic() + seconds
        hands = [self._help(until) for _ in range(self.home.size)]
        return sum(await asyncio.gather(*hands))

    async def _help(self, until: float) -> int:
        done = 0
        while time.monotonic() < until and not self._closed.is_set():
            try:
                found = await asyncio.to_thread(self._redis.blpop, [_OFFERS], 1)
                if found is None:
                    break
                await self._read_for(json.loads(cast(Any, found)[1]))
                done += 1
            except redis.RedisError as error:
                _log.warning("cannot read for others: %s", error)
                break
        return done

    async def _read_for(self, offer: dict[str, Any]) -> None:
        key = f"{_OFFERS}:claim:{offer['id']}"
        limits = frames.limits_adapter.validate_python(offer["limits"])
        work = self.home.parse(Path(offer["path"]), offer["name"], limits)
        reading = spawn("read-for-others", work, on_error=lambda _error: None)
        try:
            while not reading.done():
                await asyncio.to_thread(self._redis.set, key, "1", ex=_CLAIM_SECONDS)
                await asyncio.wait({reading}, timeout=_CLAIM_EVERY)
        except (redis.RedisError, asyncio.CancelledError):
            reading.cancel()
            await asyncio.wait({reading})
            raise
        tag, body = frames.encode(reading.result())
        await asyncio.to_thread(self._answer, offer, tag + offer["id"].encode() + body)

    def _answer(self, offer: dict[str, Any], data: bytes) -> None:
        pipeline = self._redis.pipeline(transaction=False)
        pipeline.rpush(offer["answers"], data)
        pipeline.expire(offer["answers"], _ANSWERS_KEPT)
        pipeline.execute()

    # from others

    async def _read_here(self, path: Path, name: str, limits: ParseLimits) -> Parsed | ParseFailure:
        self._here += 1
        try:
            return await self.home.parse(path, name, limits)
        finally:
            self._here -= 1

    async def _read_elsewhere(
        self, path: Path, name: str, limits: ParseLimits
    ) -> Parsed | ParseFailure | None:
        """None: nobody took it, and there is a hand free here."""
        offer_id = uuid.uuid4().hex
        body = json.dumps(
            {
                "id": offer_id,
                "answers": self._answers,
                "path": str(path),
                "name": name,
                "limits": frames.limits_adapter.dump_python(limits),
            }
        )
        self._loop = asyncio.get_running_loop()
        offer = _Offer(body, self._loop.create_future(), time.monotonic())
        with self._lock:
            self._offers[offer_id] = offer
        try:
            await asyncio.to_thread(self._redis.rpush, _OFFERS, body)
            self._start_courier()
            while not offer.answer.done():
                await asyncio.wait({offer.answer}, timeout=_LOOK_SECONDS)
                if offer.answer.done():
                    break
                if self._here < self.home.size and offer.seen is None and await self._take_back(offer):
                    return None
            answer = offer.answer.result()
            return answer if isinstance(answer, Parsed | ParseFailure) else None
        finally:
            with self._lock:
                self._offers.pop(offer_id, None)
            if not offer.answer.done():
                offer.answer.cancel()
                with contextlib.suppress(redis.RedisError):
                    await asyncio.shield(asyncio.to_thread(self._redis.lrem, _OFFERS, 1, body))

    async def _take_back(self, offer: _Offer) -> bool:
        return bool(await asyncio.to_thread(self._redis.lrem, _OFFERS, 1, offer.body))

    def _start_courier(self) -> None:
        if self._courier is None:
            self._courier = threading.Thread(target=self._fetch_for_ever, name="courier", daemon=True)
            self._courier.start()

    def _fetch_for_ever(self) -> None:
        looked = called = 0.0
        while not self._closed.is_set():
            with self._lock:
                offers = dict(self._offers)
            if not offers:
                self._closed.wait(0.05)
                continue
            try:
                now = time.monotonic()
                if now - called > _CALL_SECONDS and any(offer.seen is None for offer in offers.values()):
                    called = now
                    self._call(self._other_workers())
                found = self._redis.blpop([self._answers], timeout=_LOOK_SECONDS)
                if found is not None:
                    self._deliver(cast(Any, found)[1])
                if now - looked > _LOOK_SECONDS:
                    looked = now
                    self._look_at_claims(offers)
            except redis.RedisError as error:
                _log.warning("answers of other workers cannot be fetched: %s", error)
                self._closed.wait(0.3)
                for offer in offers.values():
                    self._look_at(offer, claimed=False)

    def _deliver(self, data: bytes) -> None:
        tag, offer_id, body = data[:1], data[1 : 1 + _ID_LENGTH].decode(), data[1 + _ID_LENGTH :]
        with self._lock:
            offer = self._offers.get(offer_id)
        if offer is None:
            return
        try:
            self._settle(offer, frames.decode(tag, body))
        except ValueError:
            self._settle(offer, _lost("A worker gave an answer that makes no sense"))

    def _look_at_claims(self, offers: dict[str, _Offer]) -> None:
        keys = [f"{_OFFERS}:claim:{offer_id}" for offer_id in offers]
        for claim, offer in zip(cast(list[Any], self._redis.mget(keys)), offers.values(), strict=True):
            self._look_at(offer, claimed=claim is not None)

    def _look_at(self, offer: _Offer, *, claimed: bool) -> None:
        """A claim that was there and is not any more: its worker was lost, unless the answer comes now."""
        now = time.monotonic()
        if claimed:
            offer.seen, offer.gone_since = now, None
        elif offer.seen is not None:
            offer.gone_since = offer.gone_since or now
            if now - offer.gone_since > _CLAIM_SECONDS:
                self._settle(offer, _lost("The worker that read this file is gone"))
        elif now - offer.offered > _UNCLAIMED_SECONDS and not self._is_offered(offer):
            self._settle(offer, _lost("A worker took this file and was not heard of again"))

    def _is_offered(self, offer: _Offer) -> bool:
        return self._redis.lpos(_OFFERS, offer.body) is not None

    def _settle(self, offer: _Offer, answer: frames.Answer) -> None:
        def settle() -> None:
            if not offer.answer.done():
                offer.answer.set_result(answer)

        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(settle)

    def _other_workers(self) -> int:
        """Workers that said so lately, without this one; looked up once in a while."""
        at, number = self._others
        if time.monotonic() - at < _CALL_SECONDS:
            return number
        try:
            rows = cast(dict[bytes, bytes], self._redis.hgetall(KEY))
        except redis.RedisError:
            rows = {}
        now = time.time()
        alive = sum(now - float(json.loads(at)) < ALIVE_SECONDS for at in rows.values())
        self._others = (time.monotonic(), max(0, alive - 1))
        return self._others[1]


def _lost(sentence: str) -> ParseFailure:
    return ParseFailure(ErrorCode.WORKER_LOST, sentence, transient=True)
