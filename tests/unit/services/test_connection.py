# SPDX-License-Identifier: MIT
from datetime import UTC, datetime

import pytest

from bldr_desktop.client.api import ServerFault, Unreachable
from bldr_desktop.client.engine_process import EngineState, EngineStatus
from bldr_desktop.client.link import Link, LinkReason, LinkState
from bldr_desktop.client.session import SessionState
from bldr_desktop.protocol.status import ComponentState, StatusData
from bldr_desktop.services.connection import ConnectionWord, Parts, fold

SOON = datetime(2026, 11, 23, tzinfo=UTC)
IN, UP = SessionState.SIGNED_IN, Link(state=LinkState.CONNECTED)
SICK = StatusData(
    status="degraded",
    timestamp="",
    details={
        "database": ComponentState(state="healthy", text="ok"),
        "index": ComponentState(state="degraded", text="being rebuilt"),
    },
)
HEALTHY = StatusData(status="healthy", timestamp="")


def engine(state: EngineState, **more: object) -> EngineStatus:
    return EngineStatus(state=state, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("parts", "word", "service", "reason"),
    [
        (Parts(session=IN, link=UP, server=HEALTHY), "connected", "", ""),
        (Parts(session=IN, link=UP), "connected", "", ""),
        (Parts(engine=engine(EngineState.STARTING)), "connecting", "engine", "starting"),
        (
            Parts(engine=engine(EngineState.STARTING), was_connected=True),
            "reconnecting",
            "engine",
            "starting",
        ),
        (Parts(engine=engine(EngineState.WAITING), was_connected=True), "reconnecting", "engine", "waiting"),
        (Parts(engine=engine(EngineState.GIVEN_UP, reason="disk")), "offline", "engine", "given_up"),
        (
            Parts(session=IN, link=UP, failure=Unreachable(0, "refused", "", "")),
            "offline",
            "server",
            "refused",
        ),
        (Parts(session=SessionState.OVER, link=UP), "unauthorized", "sign_in", "over"),
        (Parts(session=SessionState.SIGNED_OUT), "unauthorized", "sign_in", "signed_out"),
        (Parts(session=IN, link=Link(LinkState.CONNECTING, LinkReason.NONE)), "connecting", "events", ""),
        (
            Parts(session=IN, link=Link(LinkState.RECONNECTING, LinkReason.SILENT), was_connected=True),
            "reconnecting",
            "events",
            "silent",
        ),
        (
            Parts(session=IN, link=Link(LinkState.UNAUTHORIZED, LinkReason.POLICY)),
            "unauthorized",
            "sign_in",
            "policy",
        ),
        (Parts(session=IN, link=UP, server=SICK), "degraded", "index", "degraded"),
        (
            Parts(session=IN, link=UP, failure=ServerFault(503, "unavailable", "", "")),
            "degraded",
            "server",
            "unavailable",
        ),
    ],
)
def test_one_word_for_all_parts(parts: Parts, word: str, service: str, reason: str) -> None:
    state = fold(parts)
    assert (state.word, state.service, state.reason) == (ConnectionWord(word), service, reason)


def test_the_next_attempt_is_that_of_the_part_in_trouble() -> None:
    waiting = engine(EngineState.WAITING, next_try=SOON)
    assert fold(Parts(engine=waiting)).next_try == SOON
    away = Parts(session=IN, link=Link(LinkState.RECONNECTING, LinkReason.LOST), link_retry=SOON)
    assert fold(away).next_try == SOON
