# SPDX-License-Identifier: MIT
"""What is true of each component now. Components report; nobody is asked while a client waits."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from bldr_desktop.protocol.base import utc_now
from bldr_desktop.protocol.status import ComponentState, HealthAnswer, StatusAnswer, StatusData

State = Literal["healthy", "degraded", "unhealthy", "off"]
Facts = dict[str, Any]

VITAL = frozenset({"database", "index"})
"""Without these the engine cannot do its work: *unhealthy*; without others it is *degraded*."""


@dataclass(frozen=True, slots=True)
class _Kept:
    state: State
    text: str
    since: str


class Health:
    """The board on which components write their state. Thread-safe.

    Sources of facts and counts are called for each status answer and must only look things up.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._parts: dict[str, _Kept] = {}
        self._facts: list[Callable[[], Facts]] = []
        self._counts: list[Callable[[], Facts]] = []

    def add_facts(self, facts: Callable[[], Facts]) -> None:
        """Add a source of :class:`StatusData` fields (``workers``, ``jobs_queued`` …)."""
        self._facts.append(facts)

    def add_counts(self, counts: Callable[[], Facts]) -> None:
        """Add a source of entries of the free ``components`` mapping (``websocket_connections`` …)."""
        self._counts.append(counts)

    def report(self, component: str, state: State, text: str) -> None:
        """Write what is true of a component now; ``since`` moves only when the state changes."""
        with self._lock:
            before = self._parts.get(component)
            if before is not None and before.state == state:
                self._parts[component] = replace(before, text=text)
            else:
                self._parts[component] = _Kept(state, text, utc_now())

    def state(self, component: str) -> State | None:
        """What a component last said."""
        kept = self._parts.get(component)
        return kept.state if kept else None

    def overall(self) -> Literal["healthy", "degraded", "unhealthy"]:
        """The worst that matters."""
        with self._lock:
            parts = dict(self._parts)
        if any(kept.state == "unhealthy" and name in VITAL for name, kept in parts.items()):
            return "unhealthy"
        if any(kept.state in {"unhealthy", "degraded"} for kept in parts.values()):
            return "degraded"
        return "healthy"

    def health(self) -> HealthAnswer:
        """The open answer: states only."""
        with self._lock:
            components = {name: kept.state for name, kept in self._parts.items()}
        well = self.overall() != "unhealthy"
        return HealthAnswer(
            status="ok" if well else "error", timestamp=utc_now(), components=dict(components)
        )

    def status(self) -> StatusAnswer:
        """Everything, for those who are signed in."""
        with self._lock:
            parts = dict(self._parts)
        components: dict[str, Any] = {name: kept.state for name, kept in parts.items()}
        for counts in self._counts:
            components.update(counts())
        facts: Facts = {}
        for source in self._facts:
            facts.update(source())
        data = StatusData(
            status=self.overall(),
            timestamp=utc_now(),
            components=components,
            details={
                name: ComponentState(state=kept.state, text=kept.text, since=kept.since)
                for name, kept in parts.items()
            },
            **facts,
        )
        return StatusAnswer(data=data)
