# SPDX-License-Identifier: MIT
"""Numbered events: what was seen already, and when numbering begins anew."""

from enum import StrEnum

from bldr_desktop.client.frames import Frame, FrameStats
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol.events import FrameType


class Resync(StrEnum):
    """Why state must be read again over REST."""

    FRESH = "fresh"
    UNNUMBERED = "unnumbered"
    RESET = "reset"
    EPOCH = "epoch"


_CONTROL = frozenset(
    {
        FrameType.HELLO,
        FrameType.SUBSCRIBED,
        FrameType.PONG,
        FrameType.RESET,
        FrameType.REPLAYED,
        FrameType.SYSTEM,
        FrameType.NOTIFICATION,
        FrameType.ERROR,
    }
)


class Sequence:
    """Hands on each state frame once, in order.

    Args:
        stats: Counts duplicates.
    """

    def __init__(self, stats: FrameStats) -> None:
        self.epoch: str | None = None
        self.last_seq = 0
        self.frames: Notice[list[Frame]] = Notice()
        self.control: Notice[Frame] = Notice()
        self.resync: Notice[Resync] = Notice()
        self._stats = stats

    def take(self, frames: list[Frame]) -> None:
        """Tell the new ones among decoded frames; control frames in their place between them."""
        fresh: list[Frame] = []
        last = self.last_seq
        for frame in frames:
            if frame.get("type") in _CONTROL:
                self.last_seq = last
                if fresh:
                    self.frames.emit(fresh)
                    fresh = []
                self._on_control(frame)
                last = self.last_seq
                continue
            seq = frame.get("seq")
            if type(seq) is int and seq > 0:
                if seq <= last:
                    self._stats.duplicates += 1
                    continue
                last = seq
            fresh.append(frame)
        self.last_seq = last
        if fresh:
            self.frames.emit(fresh)

    def _on_control(self, frame: Frame) -> None:
        kind, epoch, seq = frame.get("type"), frame.get("epoch"), frame.get("seq")
        if isinstance(epoch, str) and epoch and type(seq) is int:
            if kind == FrameType.RESET or (kind == FrameType.HELLO and frame.get("recovered") is False):
                self._renumber(epoch, seq, Resync.RESET)
            elif kind == FrameType.HELLO and self.epoch is None:
                self.epoch, self.last_seq = epoch, seq
            elif kind == FrameType.HELLO and epoch != self.epoch:
                self._renumber(epoch, seq, Resync.EPOCH)
        self.control.emit(frame)

    def _renumber(self, epoch: str, seq: int, why: Resync) -> None:
        known = epoch == self.epoch and seq == self.last_seq
        self.epoch, self.last_seq = epoch, seq
        if not known:
            self.resync.emit(why)
