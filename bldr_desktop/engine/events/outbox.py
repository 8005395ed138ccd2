# SPDX-License-Identifier: MIT
"""What one lagging connection still has to get: bounded by bytes and by count, progress merged."""

from collections import OrderedDict


class Outbox:
    """Frames in order of their number. A frame with a merge key replaces the waiting one of that key
    and takes its own, later place.

    Args:
        max_bytes: Bytes of frames that may wait.
        max_frames: Frames that may wait.
    """

    __slots__ = ("_by_key", "_frames", "_max_bytes", "_max_frames", "bytes")

    def __init__(self, max_bytes: int, max_frames: int) -> None:
        self._frames: OrderedDict[int, tuple[bytes, str | None]] = OrderedDict()
        self._by_key: dict[str, int] = {}
        self._max_bytes = max_bytes
        self._max_frames = max_frames
        self.bytes = 0

    def __len__(self) -> int:
        """Frames waiting."""
        return len(self._frames)

    def put(self, seq: int, frame: bytes, merge_key: str | None) -> bool:
        """Add a frame; False when it does not fit (nothing was changed then, but for merging)."""
        if merge_key is not None:
            older = self._by_key.pop(merge_key, None)
            if older is not None:
                self.bytes -= len(self._frames.pop(older)[0])
        if len(self._frames) >= self._max_frames or self.bytes + len(frame) > self._max_bytes:
            return False
        self._frames[seq] = (frame, merge_key)
        self.bytes += len(frame)
        if merge_key is not None:
            self._by_key[merge_key] = seq
        return True

    def take(self, budget: int) -> tuple[list[bytes], int]:
        """Take the oldest frames of together about ``budget`` bytes, at least one.

        Returns:
            The frames and the number of the last; ([], 0) when empty.
        """
        taken: list[bytes] = []
        last = size = 0
        while self._frames and size < budget:
            last, frame = self._pop()
            taken.append(frame)
            size += len(frame)
        return taken, last

    def take_until(self, seq: int) -> dict[int, bytes]:
        """Take all frames with a number up to ``seq``."""
        taken: dict[int, bytes] = {}
        while self._frames and next(iter(self._frames)) <= seq:
            number, frame = self._pop()
            taken[number] = frame
        return taken

    def clear(self) -> None:
        """Forget everything."""
        self._frames.clear()
        self._by_key.clear()
        self.bytes = 0

    def _pop(self) -> tuple[int, bytes]:
        seq, (frame, key) = self._frames.popitem(last=False)
        self.bytes -= len(frame)
        if key is not None and self._by_key.get(key) == seq:
            del self._by_key[key]
        return seq, frame
