# SPDX-License-Identifier: MIT
"""Batches of frames, good and bad."""

from bldr_desktop.client.frames import FrameStats, decode_batch


def test_a_batch_keeps_its_order() -> None:
    stats = FrameStats()
    assert decode_batch([b'{"a": 1}', b'{"a": 2}'], stats) == [{"a": 1}, {"a": 2}]
    assert stats.received == 2


def test_plain_text_and_broken_json_are_left_out_alone() -> None:
    stats = FrameStats()
    raws = [b'{"a": 1}', b"You sent: hello", b'{"broken": ', '{"б": 2}'.encode(), b"\xff\xfe"]
    assert decode_batch(raws, stats) == [{"a": 1}, {"б": 2}]
    assert stats.not_json == 3


def test_what_is_no_object_is_left_out() -> None:
    stats = FrameStats()
    assert decode_batch([b"[1]", b"null", b'{"a": 1}', b'"text"'], stats) == [{"a": 1}]
    assert stats.not_object == 3


def test_two_halves_that_make_one_object_together_are_not_taken_for_one() -> None:
    stats = FrameStats()
    assert decode_batch([b'{"a": 1', b'"b": 2}'], stats) == []
    assert stats.not_json == 2
