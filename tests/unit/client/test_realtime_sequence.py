# SPDX-License-Identifier: MIT
"""Each event once, in order; anew when the server says so."""

from typing import Any

from bldr_desktop.client.frames import FrameStats
from bldr_desktop.client.realtime_sequence import Resync, Sequence


def made() -> tuple[Sequence, list[int], list[Resync]]:
    """A sequence, what it handed on, when it asked to read again."""
    sequence = Sequence(FrameStats())
    seen: list[int] = []
    resyncs: list[Resync] = []
    sequence.frames.connect(lambda frames: seen.extend(frame.get("seq", 0) for frame in frames))
    sequence.resync.connect(resyncs.append)
    return sequence, seen, resyncs


def hello(seq: int, epoch: str = "e", **more: Any) -> dict[str, Any]:
    """The server's greeting."""
    return {"type": "connection_established", "seq": seq, "epoch": epoch, **more}


def test_duplicates_are_dropped() -> None:
    sequence, seen, _ = made()
    sequence.take([{"seq": 1}, {"seq": 2}, {"seq": 2}, {"seq": 1}, {"seq": 3}])
    assert seen == [1, 2, 3]
    assert sequence.last_seq == 3


def test_gaps_are_normal_and_unnumbered_frames_pass() -> None:
    sequence, seen, _ = made()
    sequence.take([{"seq": 5}, {"stage": "1/2"}, {"seq": 9}, {"seq": "x"}])
    assert seen == [5, 0, 9, "x"]


def test_the_first_greeting_sets_where_we_stand() -> None:
    sequence, seen, resyncs = made()
    sequence.take([hello(40), {"seq": 40}, {"seq": 41}])
    assert (seen, resyncs, sequence.epoch) == ([41], [], "e")


def test_a_recovered_gap_needs_no_reading() -> None:
    sequence, seen, resyncs = made()
    sequence.take([hello(3), {"seq": 4}])
    sequence.take(
        [hello(9), hello(9, recovered=True), {"seq": 5}, {"seq": 9}, {"type": "replayed", "seq": 9}]
    )
    assert (seen, resyncs) == ([4, 5, 9], [])


def test_a_reset_is_said_once_however_often_it_is_told() -> None:
    sequence, seen, resyncs = made()
    sequence.take([hello(3), {"seq": 4}])
    sequence.take([hello(0, "f"), hello(0, "f", recovered=False), {"type": "reset", "seq": 0, "epoch": "f"}])
    sequence.take([{"seq": 1}])
    assert resyncs == [Resync.EPOCH]
    assert seen == [4, 1]
