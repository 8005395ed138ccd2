# SPDX-License-Identifier: MIT
"""The outbox of a lagging connection: bounded, in order, progress merged."""

from bldr_desktop.engine.events.outbox import Outbox


def test_frames_come_out_in_order_within_a_budget() -> None:
    box = Outbox(1000, 100)
    for seq in range(1, 6):
        assert box.put(seq, b"x" * 10, None)
    assert (len(box), box.bytes) == (5, 50)
    assert box.take(25) == ([b"x" * 10] * 3, 3)
    assert box.take(1) == ([b"x" * 10], 4)
    assert box.take(100) == ([b"x" * 10], 5)
    assert box.take(100) == ([], 0)
    assert box.bytes == 0


def test_progress_is_merged_newest_wins_at_its_own_place() -> None:
    box = Outbox(1000, 100)
    box.put(1, b"progress 1", "job")
    box.put(2, b"line", None)
    box.put(3, b"progress 2", "job")
    box.put(4, b"other", "other job")
    assert box.take(1000) == ([b"line", b"progress 2", b"other"], 4)
    box.put(5, b"progress 3", "job")
    box.put(6, b"progress 4", "job")
    assert box.take(1000) == ([b"progress 4"], 6)


def test_what_does_not_fit_is_refused_by_bytes_and_by_count() -> None:
    by_bytes, by_count = Outbox(25, 100), Outbox(1000, 2)
    assert [by_bytes.put(seq, b"x" * 10, None) for seq in (1, 2, 3)] == [True, True, False]
    assert [by_count.put(seq, b"x", None) for seq in (1, 2, 3)] == [True, True, False]
    assert by_bytes.bytes == 20
    assert by_bytes.put(4, b"x" * 5, None)


def test_merging_makes_room_first() -> None:
    box = Outbox(10, 1)
    assert box.put(1, b"x" * 10, "job")
    assert box.put(2, b"y" * 10, "job")
    assert box.take(100) == ([b"y" * 10], 2)


def test_taking_until_a_number_leaves_the_rest() -> None:
    box = Outbox(1000, 100)
    for seq in (1, 3, 5):
        box.put(seq, str(seq).encode(), None)
    assert box.take_until(3) == {1: b"1", 3: b"3"}
    assert box.take_until(4) == {}
    box.clear()
    assert (len(box), box.bytes) == (0, 0)
