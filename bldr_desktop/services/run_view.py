# SPDX-License-Identifier: MIT
"""Words for how a run is doing, from its state alone: what the monitor, the rows and the line say."""

from dataclasses import dataclass
from enum import StrEnum

from bldr_desktop.client.link import Link, LinkState
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.services.training_state import RunState

SILENT_AFTER = 20.0
"""Seconds without any sign of life before we say so."""
SLOW_AFTER = 25.0
"""Seconds without progress, though there are signs of life, before we say *slow*."""


class Liveness(StrEnum):
    """How alive a run looks; four different words for four different things."""

    WAITING = "waiting"
    WORKING = "working"
    SLOW = "slow"
    SILENT = "silent"
    UNKNOWN = "unknown"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Alive:
    """``seconds`` since the last sign of life (SLOW: since the last progress); None: none came yet."""

    word: Liveness
    seconds: float | None = None


def liveness(run: RunState, link: Link, now: float) -> Alive:
    """Which word fits. ``now`` is monotonic seconds, so a clock that is set changes nothing."""
    heard = max(0.0, now - run.heard_mono) if run.heard_mono is not None else None
    if run.is_final:
        return Alive(Liveness.ENDED, heard)
    if run.unknown_since is not None or link.state is not LinkState.CONNECTED or run.status is None:
        return Alive(Liveness.UNKNOWN, heard)
    if run.status is JobStatus.QUEUED:
        return Alive(Liveness.WAITING, heard)
    since_link = max(0.0, now - link.since)
    silent = min(heard if heard is not None else since_link, since_link)
    if silent > SILENT_AFTER:
        return Alive(Liveness.SILENT, silent)
    still = max(0.0, now - run.moved_mono) if run.moved_mono is not None else 0.0
    if still > SLOW_AFTER:
        return Alive(Liveness.SLOW, still)
    return Alive(Liveness.WORKING, heard)
