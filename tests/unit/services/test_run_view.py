# SPDX-License-Identifier: MIT
"""Four words for four things: waiting, working, slow, no heartbeat."""

import pytest

from bldr_desktop.client.link import Link, LinkState
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.services.run_view import Liveness, liveness
from bldr_desktop.services.training_state import RunState

UP = Link(LinkState.CONNECTED, since=0.0)
AWAY = Link(LinkState.RECONNECTING, since=0.0)


@pytest.mark.parametrize(
    ("status", "heard", "moved", "link", "word"),
    [
        (JobStatus.QUEUED, 0.0, 0.0, UP, Liveness.WAITING),
        (JobStatus.RUNNING, 99.0, 98.0, UP, Liveness.WORKING),
        (JobStatus.RUNNING, 99.0, 60.0, UP, Liveness.SLOW),
        (JobStatus.RUNNING, 70.0, 70.0, UP, Liveness.SILENT),
        (JobStatus.RUNNING, 99.0, 99.0, AWAY, Liveness.UNKNOWN),
        (JobStatus.COMPLETED, 1.0, 1.0, AWAY, Liveness.ENDED),
        (None, None, None, UP, Liveness.UNKNOWN),
    ],
)
def test_words(
    status: JobStatus | None, heard: float | None, moved: float | None, link: Link, word: Liveness
) -> None:
    run = RunState("j", status=status, heard_mono=heard, moved_mono=moved)
    assert liveness(run, link, 100.0).word is word


def test_a_clock_that_goes_back_gives_no_negative_time() -> None:
    run = RunState("j", status=JobStatus.RUNNING, heard_mono=200.0, moved_mono=200.0)
    assert liveness(run, UP, 100.0).seconds == 0.0


def test_right_after_a_reconnect_nobody_is_called_silent() -> None:
    run = RunState("j", status=JobStatus.RUNNING, heard_mono=10.0, moved_mono=95.0)
    assert liveness(run, Link(LinkState.CONNECTED, since=98.0), 100.0).word is Liveness.WORKING
