# SPDX-License-Identifier: MIT
"""What a Celery worker process does: one engine without doors, one job after the other."""

import asyncio
import atexit
import logging
import threading
from collections.abc import Callable

from bldr_desktop.engine.cluster.dispatcher import Post
from bldr_desktop.engine.cluster.shared_reading import SharedParser
from bldr_desktop.engine.jobs.runner import JobRunner
from bldr_desktop.engine.services.container import Engine
from bldr_desktop.engine.settings import Settings

_HELP_SECONDS = 5.0
_log = logging.getLogger(__name__)


class Work:
    """The engine of one worker process; blocking calls, one at a time.

    Args:
        settings: Those of the cluster; one parser process belongs to each worker process.
        build: Makes the engine, without doors.
    """

    def __init__(self, settings: Settings, build: Callable[[Settings], Engine]) -> None:
        self._loop = asyncio.new_event_loop()
        alone = settings.model_copy(update={"workers": max(1, settings.parsers_per_worker)})
        self._engine = build(alone)
        self._runner: JobRunner = self._engine.runner
        self._post = Post(settings)
        self._closed = threading.Event()
        self._loop.run_until_complete(self._engine.parser.start())
        self._engine.index.start()
        threading.Thread(target=self._listen, name="stops", daemon=True).start()
        atexit.register(self.close)

    def run_job(self, job_id: str) -> bool:
        """Do the job that is next now, to its end; False when nothing waits. The message names the job it
        was sent for; which one is next the database says (a priority may have been changed since)."""
        self.reconcile()
        done = self._loop.run_until_complete(self._runner.run_one())
        for one in {job_id, done or job_id}:
            self._post.forget(one)
        return done is not None

    def help_others(self) -> int:
        """Read files for jobs of other workers for a few seconds; how many."""
        parser = self._engine.parser
        if not isinstance(parser, SharedParser):
            return 0
        return self._loop.run_until_complete(parser.help_others(_HELP_SECONDS))

    def reconcile(self) -> int:
        """Take back what lost workers left, send what waits and was not sent; how many were sent."""
        found = self._runner.recover()
        for job in found.requeued:
            self._post.forget(job.id)
        return sum(self._post.send(job) for job in self._engine.jobs.store.waiting())

    def chore(self, name: str, slot: int) -> bool:
        """Do one of the engine's chores for a slot of time; False for an unknown one, or a bad moment."""
        self._post.count_chore(name, slot)
        return self._engine.upkeep.do(name)

    def first_to(self, what: str, seconds: float) -> bool:
        """True for one worker of the cluster."""
        return self._post.first_to(what, seconds)

    def close(self) -> None:
        """Kill the parser, let go of the index."""
        if self._closed.is_set():
            return
        self._closed.set()
        if not self._loop.is_closed() and not self._loop.is_running():
            self._loop.run_until_complete(self._engine.parser.close())
            self._loop.close()

    def _listen(self) -> None:
        """A cancel reaches a running job at once; a lost one comes with the next heartbeat."""
        while not self._closed.is_set():
            for job_id in self._post.stops(self._closed):
                self._runner.stop_job(job_id)
