# SPDX-License-Identifier: MIT
import asyncio
import base64
import json
import time
from urllib.parse import parse_qs

import pytest
from tiny_server import Request, tiny_server

from bldr_desktop.client.api import Api, Unauthorized
from bldr_desktop.client.session import Session, SessionState, Tokens, tokens_of
from bldr_desktop.common.aio import spawn
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.auth import TokenAnswer


def jwt(**claims: object) -> str:
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"e30.{body}.x"


class Server:
    """Answers like a Bldr server whose access tokens are numbered."""

    def __init__(self) -> None:
        self.number = 1
        self.refresh_works = True

    def answer(self, request: Request) -> tuple[int, object]:
        path = request.path
        if path == routes.TOKEN:
            form = parse_qs(request.body.decode())
            if form["password"] != ["right"]:
                return 401, {"error": "Wrong name or password."}
            return 200, self._tokens()
        if path == routes.TOKEN_REFRESH:
            time.sleep(0.05)
            self.number += 1
            return (200, self._tokens()) if self.refresh_works else (401, {"error": "over"})
        if request.headers.get("authorization") != f"Bearer t{self.number}":
            return 401, {"error": "who?"}
        return 200, {"valid": True, "user": "anna", "role": "user"}

    def _tokens(self) -> dict[str, object]:
        return {"access_token": f"t{self.number}", "refresh_token": "r", "expires_in": 900}


def connected(url: str) -> tuple[Api, Session]:
    session = Session()
    api = Api(url, session)
    session.attach(api)
    return api, session


async def test_sign_in_right_and_wrong() -> None:
    with tiny_server(Server().answer) as server:
        api, session = connected(server.url)
        with pytest.raises(Unauthorized) as caught:
            await session.sign_in("anna", "wrong")
        assert caught.value.sentence == "Wrong name or password."
        await session.sign_in("anna", "right")
        assert (session.state, session.user, session.access_token()) == (SessionState.SIGNED_IN, "anna", "t1")
        await api.aclose()


async def test_many_refused_requests_renew_once() -> None:
    script = Server()
    with tiny_server(script.answer) as server:
        api, session = connected(server.url)
        await session.sign_in("anna", "right")
        script.number = 5  # every token given so far is worth nothing now
        answers = await asyncio.gather(*(api.get("/documents") for _ in range(12)))
        await api.aclose()
    assert all(answer["valid"] for answer in answers)
    assert server.count(routes.TOKEN_REFRESH) == 1


async def test_session_over_requests_wait_for_the_next_sign_in() -> None:
    script = Server()
    with tiny_server(script.answer) as server:
        api, session = connected(server.url)
        seen: list[SessionState] = []
        session.changed.connect(seen.append)
        await session.sign_in("anna", "right")
        script.number, script.refresh_works = 5, False
        request = spawn("request", api.get("/documents"))
        while session.state is not SessionState.OVER:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        assert not request.done()
        script.refresh_works = True
        await session.sign_in("anna", "right")
        assert (await request)["valid"] is True
        await api.aclose()
    assert seen == [SessionState.SIGNED_IN, SessionState.OVER, SessionState.SIGNED_IN]


async def test_sign_out_lets_waiting_requests_fail() -> None:
    script = Server()
    with tiny_server(script.answer) as server:
        api, session = connected(server.url)
        await session.sign_in("anna", "right")
        script.number, script.refresh_works = 5, False
        request = spawn("request", api.get("/documents"))
        while session.state is not SessionState.OVER:
            await asyncio.sleep(0.01)
        await session.sign_out()
        with pytest.raises(Unauthorized):
            await request
        assert session.access_token() is None
        await api.aclose()


@pytest.mark.parametrize(
    ("refresh", "state"), [(True, SessionState.SIGNED_IN), (False, SessionState.SIGNED_OUT)]
)
async def test_kept_tokens_are_tried_and_renewed(refresh: bool, state: SessionState) -> None:
    script = Server()
    script.number, script.refresh_works = 3, refresh
    with tiny_server(script.answer) as server:
        api, session = connected(server.url)
        assert await session.resume(Tokens("t1", "r")) is refresh
        assert session.state is state
        await api.aclose()


def test_end_role_and_name_come_from_the_answer_or_the_token() -> None:
    token = jwt(sub="7", name="Анна", role="admin", exp=1000)
    read = tokens_of(TokenAnswer(access_token=token), now=0)
    assert (read.expires_at, read.role, read.user) == (1000, "admin", "Анна")
    assert tokens_of(TokenAnswer(access_token=token, expires_in=60), now=100).expires_at == 160
    assert tokens_of(TokenAnswer(access_token="opaque"), now=0) == Tokens("opaque")
