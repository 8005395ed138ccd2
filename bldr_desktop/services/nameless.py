# SPDX-License-Identifier: MIT
"""The run of a server that gives no ids (wire.md part 1): one at a time, numbered by us.

What such a server says comes two ways: frames without an id, and ``GET /api/training/status``. Frames are
the truth while the connection stands, because only they carry the log; what is read is a state of some
moment that frames under way do not know of. So an answer counts only if nothing was heard while it was under
way, and an end that was read waits until the wire is quiet: else lines on their way would belong to no run.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bldr_desktop.client.api import NotFound, NotOffered
from bldr_desktop.client.frames import Frame
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.base import JobStatus, utc_now
from bldr_desktop.protocol.events import training_ended
from bldr_desktop.protocol.training import TrainingStatus
from bldr_desktop.services.training_state import RunState, fold_field_job

if TYPE_CHECKING:
    from bldr_desktop.client.api import Api

QUIET = 1.0
"""Seconds without a frame after which an end that was read over REST is taken."""
_LOOKS = 60
"""How often we look whether the wire is quiet before the end is taken all the same."""


class NamelessRuns:
    """Keeps the one run that is meant by frames without an id.

    Args:
        api: The server.
        appear: Told each new run, and whether it had begun before we listened.
        connected: Whether frames can come now.
    """

    def __init__(
        self, api: "Api", appear: Callable[[RunState, bool], None], connected: Callable[[], bool]
    ) -> None:
        self.current: RunState | None = None
        self._api, self._appear, self._connected = api, appear, connected
        self._count = self._starting = 0
        self._end_unheard = False
        """The current run's end was read, its last frame did not come (yet)."""

    def of_frame(self, frame: Frame) -> RunState:
        """The run a training frame without an id is about."""
        run = self.current
        late_end = self._end_unheard and training_ended(frame) is not None
        self._end_unheard = False
        return self._begin() if run is None or (run.is_final and not late_end) else run

    @contextmanager
    def starting(self) -> Iterator[Callable[[], RunState]]:
        """While ``POST /train`` is under way. Its run may be heard of before the answer comes: the block is
        given a function that tells which run it is."""
        before = self.current

        def started() -> RunState:
            run = self.current
            return self._begin() if run is None or run is before else run

        self._starting += 1
        try:
            yield started
        finally:
            self._starting -= 1

    async def read(self) -> tuple[RunState | None, TrainingStatus] | None:
        """Ask the server how its one run is; the answer that is to be taken, and for which run.

        Raises:
            ApiError: It could not be asked.
        """
        before = self._moment()
        try:
            status = await self._api.get(routes.TRAINING_STATUS, TrainingStatus)
        except (NotOffered, NotFound):
            return None
        if status.job_id:
            return None, status
        if self._starting or self._moment() != before:
            return None  # frames that came meanwhile, or are about to, are newer
        run = self.current
        if status.is_training and (run is None or run.is_final):
            run = self._begin(late=True)
        if run is None or run.is_final or not (status.is_training or await self._quiet(run)):
            return None
        return run, status

    def _moment(self) -> tuple[RunState | None, float | None]:
        return self.current, self.current.heard_mono if self.current else None

    async def _quiet(self, run: RunState) -> bool:
        """Let what is under way come first. False: the run's end came, or another run began."""
        for _ in range(_LOOKS):
            heard = run.heard_mono
            if not self._connected():
                break
            await asyncio.sleep(QUIET)
            if run.is_final or run is not self.current:
                return False
            if run.heard_mono == heard:
                break
        self._end_unheard = True
        return True

    def _begin(self, *, late: bool = False) -> RunState:
        self._count += 1
        run = self.current = RunState(f"local-{self._count}", synthetic=True, complete=True)
        run.created_at = run.started_at = utc_now()
        self._end_unheard = False
        self._appear(run, late)
        return run


def take_status(run: RunState, status: TrainingStatus) -> None:
    """Fold what a field server says of its one run."""
    word = "processing" if status.is_training else status.status
    stage = status.current_stage
    if not status.is_training and (stage in {"complete", "completed"} or status.progress >= 100):
        word = "completed"
    fold_field_job(
        run, {"status": word, "progress": status.progress, "message": status.message, "error": None}
    )
    run.stage = stage or run.stage
    run.unknown_since = None
    if status.is_training and run.status in {None, JobStatus.QUEUED}:
        run.status = JobStatus.RUNNING
    elif not status.is_training and run.is_active and word not in {"completed", "error"}:
        run.status, run.unknown_since = None, utc_now()  # over, and nobody says how it ended
