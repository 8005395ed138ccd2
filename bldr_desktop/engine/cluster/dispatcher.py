# SPDX-License-Identifier: MIT
"""The runner of an API process in a cluster: it runs nothing itself, it sends jobs to Celery.

The queue is the database; what is sent is only a nudge with the job's id. Whoever finds a waiting
job that was not sent lately sends it: this process when it is submitted, beat's ``reconcile`` later.
"""

import asyncio
import contextlib
import json
import logging
import threading
import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

import redis

from bldr_desktop.engine.cluster.celery_app import HELP, QUEUE, RUN, make_celery
from bldr_desktop.engine.cluster.presence import ALIVE_SECONDS, KEY
from bldr_desktop.engine.jobs.kinds import JobKind
from bldr_desktop.engine.jobs.runner import JobRunner, Lanes, RunnerLimits
from bldr_desktop.engine.ports import StoreUnavailable
from bldr_desktop.engine.ports.events import EventLog
from bldr_desktop.engine.ports.jobs import JobStore
from bldr_desktop.engine.ports.transactions import Transactions
from bldr_desktop.engine.settings import Settings
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.protocol.jobs import Job

if TYPE_CHECKING:
    from celery import Celery

_SENT_SECONDS = 20
_HELP_MILLISECONDS = 1000
_LEAST = 9
_STOPS = "bldr:stops"
_log = logging.getLogger(__name__)


class Post:
    """Sends jobs to workers, each once in a while; knows which workers live.

    Args:
        settings: Where Redis is.
    """

    def __init__(self, settings: Settings) -> None:
        self._celery: Celery = make_celery(settings)
        self._redis = redis.Redis.from_url(
            settings.redis_url or "", socket_timeout=2, socket_connect_timeout=1
        )

    def send(self, job: Job) -> bool:
        """Nudge the workers; False when it was sent a moment ago or Redis is away."""
        try:
            if not self._redis.set(f"bldr:sent:{job.id}", "1", nx=True, ex=_SENT_SECONDS):
                return False
            self._celery.send_task(
                RUN, [job.id], task_id=job.id, queue=QUEUE, priority=9 - job.priority, retry=False
            )
        except (redis.RedisError, OSError) as error:
            _log.warning("job %s could not be sent and will be sent again: %s", job.id, error)
            with contextlib.suppress(redis.RedisError):
                self._redis.delete(f"bldr:sent:{job.id}")
            return False
        return True

    def forget(self, job_id: str) -> None:
        """The job may be sent again at once."""
        with contextlib.suppress(redis.RedisError):
            self._redis.delete(f"bldr:sent:{job_id}")

    def stop(self, job_id: str) -> None:
        """Tell whoever has the job that it shall stop."""
        with contextlib.suppress(redis.RedisError):
            self._redis.publish(_STOPS, job_id)

    def stops(self, closed: threading.Event) -> Iterator[str]:
        """Jobs that shall stop, as :meth:`stop` says so, until ``closed`` or until Redis goes away."""
        try:
            with self._redis.pubsub(ignore_subscribe_messages=True) as channel:
                channel.subscribe(_STOPS)
                while not closed.is_set():
                    message = channel.get_message(timeout=1.0)
                    if message is not None:
                        yield bytes(message["data"]).decode()
        except redis.RedisError as error:
            _log.debug("stops come with heartbeats for now: %s", error)
            closed.wait(1.0)

    def first_to(self, what: str, seconds: float) -> bool:
        """True for one caller in the whole cluster within the time."""
        return bool(self._redis.set(f"bldr:first:{what}", "1", nx=True, px=int(seconds * 2000)))

    def count_chore(self, name: str, slot: int) -> int:
        """Note that a chore was done in a slot of time; how often it was by now (kept for an hour)."""
        key = f"bldr:chore:{name}:{slot}"
        number = int(self._redis.incr(key))  # type: ignore[arg-type, unused-ignore]
        self._redis.expire(key, 3600)
        return number

    def call_help(self, workers: int) -> None:
        """Ask idle workers to read files for a job of another one; once a second in the whole cluster."""
        with contextlib.suppress(redis.RedisError, OSError):
            if self._redis.set("bldr:help", "1", nx=True, px=_HELP_MILLISECONDS):
                for _ in range(workers):
                    self._celery.send_task(
                        HELP, queue=QUEUE, priority=_LEAST, expires=_HELP_MILLISECONDS / 500, retry=False
                    )

    def workers(self) -> list[str]:
        """Workers that said so lately; empty when Redis is away."""
        try:
            rows = cast(dict[bytes, bytes], self._redis.hgetall(KEY))
        except redis.RedisError:
            return []
        now = time.time()
        return [name.decode() for name, at in rows.items() if now - json.loads(at) < ALIVE_SECONDS]


class SendingRunner(JobRunner):
    """A :class:`JobRunner` whose hands are Celery workers."""

    def __init__(
        self,
        store: JobStore,
        events: EventLog,
        transactions: Transactions,
        kinds: Mapping[str, JobKind],
        limits: RunnerLimits,
        post: Post,
    ) -> None:
        super().__init__(store, events, transactions, kinds, limits)
        self._post = post
        self._workers = 0
        self._figures = {"jobs_running": 0, "jobs_queued": 0}

    async def start(self) -> None:
        """Begin sending."""
        self._loop = asyncio.get_running_loop()
        self._scope.spawn("send", self._send_for_ever())

    def stop_job(self, job_id: str) -> None:
        """The worker that has it is told; it would see it at its next heartbeat as well."""
        threading.Thread(target=self._post.stop, args=(job_id,), name="stop", daemon=True).start()

    def lanes(self) -> Lanes:
        """Who holds the places, asked of the store now; workers as of the last look."""
        found = Lanes(alive=bool(self._workers), places=dict.fromkeys(("index", "light"), self._workers))
        for job in self._store.active():
            found.holders.setdefault(self.lane_of(job.type) or "", []).append(job)
        return found

    def figures(self) -> dict[str, int]:
        """As of the last look."""
        return dict(self._figures)

    async def close(self) -> None:
        """Stop sending."""
        self._closing = True
        await self._scope.close()

    async def _send_for_ever(self) -> None:
        while not self._closing:
            self._wake.clear()
            try:
                await asyncio.to_thread(self._send_waiting)
                self._report(None)
            except StoreUnavailable as outage:
                self._report(str(outage))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self._limits.poll)

    def _send_waiting(self) -> None:
        for job in self._store.waiting():
            self._post.send(job)
        self._workers = len(self._post.workers())
        counts: Mapping[str, Any] = self._store.counts()
        running = counts.get(JobStatus.RUNNING, 0) + counts.get(JobStatus.CANCELLING, 0)
        self._figures = {"jobs_running": running, "jobs_queued": counts.get(JobStatus.QUEUED, 0)}
