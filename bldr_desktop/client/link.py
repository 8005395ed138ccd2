# SPDX-License-Identifier: MIT
"""What a person may know about the connection, and how long to wait before the next attempt."""

import random
from dataclasses import dataclass, replace
from enum import StrEnum


class LinkState(StrEnum):
    """Where the one connection of the application stands; the connection pill's own words."""

    OFFLINE = "offline"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    RECONNECTING = "reconnecting"
    UNAUTHORIZED = "unauthorized"


class LinkReason(StrEnum):
    """Why the link is not, or was not, up; each has a sentence in the translations."""

    NONE = ""
    NOT_STARTED = "not_started"
    DNS = "dns"
    REFUSED = "refused"
    TLS = "tls"
    TIMEOUT = "timeout"
    SILENT = "silent"
    CLOSED = "closed"
    TOKEN = "token"  # noqa: S105 - a reason, not a token
    POLICY = "policy"
    TRY_LATER = "try_later"
    NOT_BLDR = "not_bldr"
    WOKE = "woke"
    NETWORK_CHANGED = "network_changed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Link:
    """The state of the link.

    ``since``: monotonic seconds of the last change of ``state``. ``retry_at``: monotonic seconds of the
    next attempt, or None. ``attempt`` counts failures in a row. ``numbered``: the server numbers its
    events (None until known). ``detail`` is for *copy details*, never translated.
    """

    state: LinkState = LinkState.OFFLINE
    reason: LinkReason = LinkReason.NOT_STARTED
    detail: str = ""
    since: float = 0.0
    retry_at: float | None = None
    attempt: int = 0
    numbered: bool | None = None

    def to(
        self,
        state: LinkState,
        now: float,
        *,
        reason: LinkReason = LinkReason.NONE,
        detail: str = "",
        retry_at: float | None = None,
        attempt: int = 0,
        numbered: bool | None = None,
    ) -> "Link":
        """The link after a change; ``since`` stays while the state does."""
        return replace(
            self,
            state=state,
            reason=reason,
            detail=detail,
            since=self.since if state is self.state else now,
            retry_at=retry_at,
            attempt=attempt,
            numbered=numbered,
        )


class Backoff:
    """Capped exponential delays with jitter, so that a hundred clients do not come back as one.

    Args:
        first: Upper bound of the first delay in seconds.
        cap: Upper bound of all delays in seconds.
        rng: Source of randomness.
    """

    def __init__(self, first: float = 1.0, cap: float = 30.0, rng: random.Random | None = None) -> None:
        self._first, self._cap = first, cap
        self._rng = rng or random.Random()  # noqa: S311 - spreads load, guards nothing
        self._failures = 0

    @property
    def failures(self) -> int:
        """Failures in a row."""
        return self._failures

    def next_delay(self) -> float:
        """Count a failure and say how many seconds to wait: between a quarter and all of the bound."""
        bound = min(self._cap, self._first * 2.0**self._failures)
        self._failures += 1
        return bound * self._rng.uniform(0.25, 1.0)

    def reset(self) -> None:
        """The connection held: start again from the first delay."""
        self._failures = 0
