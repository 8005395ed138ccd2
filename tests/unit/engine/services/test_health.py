# SPDX-License-Identifier: MIT
"""The health board."""

import pytest

from bldr_desktop.engine.services.health import Health


def test_the_worst_that_matters_wins() -> None:
    health = Health()
    assert health.overall() == "healthy"
    health.report("database", "healthy", "open")
    health.report("model", "off", "none")
    assert health.overall() == "healthy"
    health.report("broker", "unhealthy", "gone")
    assert health.overall() == "degraded"
    assert health.health().status == "ok"
    health.report("database", "unhealthy", "gone")
    assert health.overall() == "unhealthy"
    assert health.health().status == "error"


def test_since_moves_only_when_the_state_does(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter(["first", "second", "third", "fourth", "fifth"])
    monkeypatch.setattr("bldr_desktop.engine.services.health.utc_now", lambda: next(times))
    health = Health()
    health.report("index", "degraded", "being opened")
    health.report("index", "degraded", "still")
    assert health.status().data.details["index"].since == "first"
    health.report("index", "healthy", "open")
    details = health.status().data.details["index"]
    assert details.text == "open"
    assert details.since != "first"


def test_facts_and_counts_are_looked_up_for_each_answer() -> None:
    health = Health()
    number = [0]
    health.add_counts(lambda: {"websocket_connections": number[0]})
    health.add_facts(lambda: {"workers": 2})
    number[0] = 7
    data = health.status().data
    assert data.components["websocket_connections"] == 7
    assert data.workers == 2
