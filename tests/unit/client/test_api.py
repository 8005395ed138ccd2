# SPDX-License-Identifier: MIT
import socket
import ssl

import httpx
import pytest
from tiny_server import Request, tiny_server

from bldr_desktop.client import api as module
from bldr_desktop.client.api import Api, ApiError, unreachable
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.auth import ValidateAnswer
from bldr_desktop.protocol.jobs import Job


async def test_typed_answer_and_query_without_nones() -> None:
    with tiny_server(lambda request: (200, {"valid": True, "user": "anna", "new_field": 1})) as server:
        api = Api(server.url)
        answer = await api.get(routes.AUTH_VALIDATE, ValidateAnswer, params={"a": 1, "b": None})
        await api.aclose()
    assert (answer.valid, answer.user) == (True, "anna")
    assert server.requests[0].path == "/auth/validate?a=1"


async def test_bare_list_and_nothing() -> None:
    rows = [{"id": "1", "type": "training", "status": "running"}]
    with tiny_server(lambda request: (200, rows if request.method == "GET" else b"")) as server:
        api = Api(server.url)
        assert [job.id for job in await api.get_list(routes.QUEUE, Job)] == ["1"]
        assert await api.delete("/x") is None
        await api.aclose()


@pytest.mark.parametrize(
    ("status", "body", "kind", "sentence"),
    [
        (400, {"error": "no", "code": "invalid"}, "Rejected", "no"),
        (401, {"detail": "who?"}, "Unauthorized", "who?"),
        (403, {"detail": "Not authenticated"}, "Unauthorized", "Not authenticated"),
        (404, {"error": "gone", "code": "not_found"}, "NotFound", "gone"),
        (404, {"detail": "Not Found"}, "NotOffered", "Not Found"),
        (404, b"<html>", "NotOffered", "The server answered 404 to /x."),
        (405, {}, "NotOffered", "The server answered 405 to /x."),
        (409, {"errors": ["a", "b"]}, "Conflict", "a; b"),
        (413, {"detail": [{"msg": "too big"}]}, "TooLarge", "too big"),
        (422, {"detail": [{"msg": "bad"}]}, "Rejected", "bad"),
        (429, {"error": "slow"}, "Throttled", "slow"),
        (503, {"error": "later"}, "ServerFault", "later"),
    ],
)
async def test_errors_by_status(status: int, body: object, kind: str, sentence: str) -> None:
    with tiny_server(lambda request: (status, body, {"Retry-After": "7"})) as server:
        api = Api(server.url)
        with pytest.raises(ApiError) as caught:
            await api.get("/x")
        await api.aclose()
    assert type(caught.value) is getattr(module, kind)
    assert caught.value.sentence == sentence
    assert (caught.value.status, caught.value.retry_after) == (status, 7.0)


async def test_wrong_shape_is_said() -> None:
    with tiny_server(lambda request: (200, {"something": "else"})) as server:
        api = Api(server.url)
        with pytest.raises(module.BadAnswer):
            await api.get(routes.AUTH_VALIDATE, ValidateAnswer)
        await api.aclose()


async def test_refused_and_not_tls() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        api = Api(f"http://127.0.0.1:{taken.getsockname()[1]}")
        told: list[str] = []
        api.unreachable.connect(lambda failure: told.append(failure.code))
        with pytest.raises(module.Unreachable):
            await api.get("/health")
        await api.aclose()
    assert told == ["refused"]
    with tiny_server(lambda request: (200, {})) as server:
        api = Api(server.url.replace("http:", "https:"))
        with pytest.raises(module.Unreachable) as caught:
            await api.get("/health")
        await api.aclose()
    assert caught.value.code == "tls"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (httpx.ConnectError("[Errno -2] Name or service not known"), "dns"),
        (httpx.ConnectTimeout("slow"), "timeout"),
        (httpx.ReadError("cut"), "network"),
        (httpx.ConnectError("All connection attempts failed"), "refused"),
    ],
)
def test_reasons(error: httpx.HTTPError, code: str) -> None:
    assert unreachable(error, "/x").code == code


def test_certificate_reason_is_in_the_sentence() -> None:
    error = httpx.ConnectError("failed")
    error.__cause__ = ssl.SSLCertVerificationError("certificate has expired")
    assert "certificate has expired" in unreachable(error, "/x").sentence


async def test_moves_to_another_address() -> None:
    def answer(request: Request) -> tuple[int, object]:
        return 200, {"host": request.headers["host"]}

    with tiny_server(answer) as first, tiny_server(answer) as second:
        api = Api(first.url)
        moved: list[str] = []
        api.moved.connect(moved.append)
        api.move(second.url + "/")
        api.move(second.url)
        assert (await api.get("/x"))["host"] in second.url
        assert api.ws_url == second.url.replace("http:", "ws:")
        await api.aclose()
    assert moved == [second.url]
