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

    Args:
        facts: Called for each status answer; must only look things up. Its items fill the fields of
            :class:`StatusData` of the same name.
        text_facts: Likewise, for the free ``components`` mapping (``websocket_connections`` …).
    """

    def __init__(self, facts: Callable[[], Facts] = dict, text_facts: Callable[[], Facts] = dict) -> None:
        self._lock = threading.Lock()
        self._parts: dict[str, _Kept] = {}
        self._facts = facts
        self._text_facts = text_facts

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
        components.update(self._text_facts())
        data = StatusData(
            status=self.overall(),
            timestamp=utc_now(),
            components=components,
            details={
                name: ComponentState(state=kept.state, text=kept.text, since=kept.since)
                for name, kept in parts.items()
            },
            **self._facts(),
        )
        return StatusAnswer(data=data)
