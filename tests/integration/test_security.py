# SPDX-License-Identifier: MIT
"""Faults and attacks R10 to R29 at the engine's doors, by number, against a real engine process."""

import json
import os
import re
import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import jwt
import pytest
from engine import LAUNCH_TOKEN, EngineProcess, eventually, running_engine
from live_app import live_app
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

DASHBOARD = "http://localhost:3001"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineProcess]:
    with running_engine(tmp_path_factory.mktemp("security") / "data") as running:
        yield running


def refusal(url: str, **options: object) -> tuple[int, str]:
    """Connect to /ws and read until it is closed; code and reason. Any frame before is a failure."""
    with connect(url, open_timeout=5, **options) as socket:  # type: ignore[arg-type]
        try:
            frame = socket.recv(timeout=5)
        except ConnectionClosed as closed:
            assert closed.rcvd is not None
            return closed.rcvd.code, closed.rcvd.reason
    raise AssertionError(f"not refused, got {frame!r}")


def greeting(url: str, **options: object) -> dict[str, object]:
    """Connect to /ws and read the first frame."""
    with connect(url, open_timeout=5, **options) as socket:  # type: ignore[arg-type]
        frame: dict[str, object] = json.loads(socket.recv(timeout=5))
        return frame


# ---- Origin


def test_r10_foreign_origin_is_refused_on_ws_before_any_message(engine: EngineProcess) -> None:
    code, reason = refusal(engine.ws_url(engine.token()), origin="http://evil.example")
    assert code == 1008
    assert "origin" in reason
    eventually(lambda: "origin is not allowed" in engine.log())


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "http://127.0.0.1.evil.example",
        "HTTP://LOCALHOST:3001",
        "http://localhost:3001.",
        "http://localhost.:3001",
        "http://localhost:3003",
        "http://localhost",
        "https://localhost:3001",
        "http://localhost:3001/",
        "http://localhost:30011",
        "",
    ],
)
def test_r11_only_exact_origins_pass(engine: EngineProcess, origin: str) -> None:
    code, _ = refusal(engine.ws_url(engine.token()), additional_headers={"Origin": origin})
    assert code == 1008
    answer = httpx.post(
        f"{engine.url}/token", data={"username": "a", "password": "b"}, headers={"Origin": origin}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("origin", ["http://localhost:3000", DASHBOARD, "http://localhost:3002"])
def test_r11_dashboard_origins_pass(engine: EngineProcess, origin: str) -> None:
    assert greeting(engine.ws_url(engine.token()), origin=origin)["type"] == "connection_established"
    preflight = httpx.options(
        f"{engine.url}/query",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        },
    )
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == origin
    assert "authorization" in preflight.headers["access-control-allow-headers"].lower()


def test_r11_foreign_origin_gets_no_cors_headers(engine: EngineProcess) -> None:
    answer = httpx.get(f"{engine.url}/health", headers={"Origin": "http://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_r12_no_origin_needs_a_token(engine: EngineProcess) -> None:
    assert greeting(engine.ws_url(engine.token()))["type"] == "connection_established"
    bearer = {"Authorization": f"Bearer {engine.token()}"}
    assert greeting(engine.ws_url(), additional_headers=bearer)["type"] == "connection_established"
    assert refusal(engine.ws_url())[0] == 1008


# ---- tokens


def forged(engine: EngineProcess) -> dict[str, str | None]:
    """Tokens that must not work, by what is wrong with them."""
    key = bytes.fromhex((engine.data_dir / "secret.key").read_text().strip())
    good = engine.token()
    claims = jwt.decode(good, options={"verify_signature": False})
    tampered = good[:-2] + ("AA" if not good.endswith("AA") else "BB")
    other_role = jwt.encode({**claims, "role": "admin"}, b"x" * 32, algorithm="HS256")
    return {
        "missing": None,
        "rubbish": "rubbish",
        "tampered": tampered,
        "another key": other_role,
        "expired": jwt.encode({**claims, "exp": 1_000_000_000}, key, algorithm="HS256"),
        "alg none": jwt.encode(claims, None, algorithm="none"),
        "wrong audience": jwt.encode({**claims, "aud": "another"}, key, algorithm="HS256"),
        "no audience": jwt.encode({k: v for k, v in claims.items() if k != "aud"}, key, algorithm="HS256"),
        "refresh as access": jwt.encode({**claims, "typ": "refresh"}, key, algorithm="HS256"),
        "old version": jwt.encode({**claims, "tv": claims["tv"] + 1}, key, algorithm="HS256"),
        "ended session": jwt.encode({**claims, "sid": "0" * 32}, key, algorithm="HS256"),
        "nobody": jwt.encode({**claims, "sub": "nobody"}, key, algorithm="HS256"),
    }


def test_r13_bad_tokens_are_all_refused_with_one_sentence(engine: EngineProcess) -> None:
    sentences, reasons = set(), set()
    for what, token in forged(engine).items():
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = httpx.get(f"{engine.url}/status", headers=headers)
        assert answer.status_code == 401, what
        assert answer.headers["www-authenticate"] == "Bearer", what
        body = answer.json()
        assert body["error"] == body["detail"]
        sentences.add(body["error"])
        code, reason = refusal(engine.ws_url(token))
        assert code == 1008, what
        reasons.add(reason)
    assert len(sentences) == 1
    assert len(reasons) == 1


def test_r13_a_real_refresh_token_is_no_access_token(engine: EngineProcess) -> None:
    engine.add_user("refresher", "a long password", "user")
    answer = httpx.post(f"{engine.url}/token", data={"username": "refresher", "password": "a long password"})
    refresh = answer.json()["refresh_token"]
    assert (
        httpx.get(f"{engine.url}/status", headers={"Authorization": f"Bearer {refresh}"}).status_code == 401
    )


def test_r20_no_token_in_any_log(engine: EngineProcess) -> None:
    token = engine.token()
    greeting(engine.ws_url(token))
    httpx.get(f"{engine.url}/status?token={token}", headers={"Authorization": f"Bearer {token}"})
    refusal(engine.ws_url(token), origin="http://evil.example")
    files = [file for file in (engine.data_dir / "logs").rglob("*") if file.is_file()]
    assert files, "the engine writes a log"
    everything = engine.log() + "".join(file.read_text(errors="replace") for file in files)
    for secret in (token, token.split(".")[2], LAUNCH_TOKEN):
        assert secret not in everything


# ---- Host


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example", "localhost.:{port}", "", "a@localhost"],
)
def test_r24_foreign_host_is_refused(engine: EngineProcess, host: str) -> None:
    port = int(engine.url.rpartition(":")[2])
    host = host.format(port=port)
    answer = httpx.get(f"{engine.url}/health", headers={"Host": host})
    assert answer.status_code in {400, 403}
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(engine.ws_url(engine.token()), additional_headers={"Host": host}),
    ):
        pass
    assert refused.value.response.status_code in {400, 403}


@pytest.mark.parametrize(
    "host", ["localhost", "LocalHost:{port}", "127.0.0.1:{port}", "[::1]:{port}", "127.0.0.1"]
)
def test_r25_local_hosts_are_accepted(engine: EngineProcess, host: str) -> None:
    port = int(engine.url.rpartition(":")[2])
    answer = httpx.get(f"{engine.url}/health", headers={"Host": host.format(port=port)})
    assert answer.status_code == 200


# ---- cross-site requests


@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream", None])
def test_r26_json_routes_take_json_only(engine: EngineProcess, kind: str | None) -> None:
    headers = {"Authorization": f"Bearer {engine.token()}"} | ({"Content-Type": kind} if kind else {})
    answer = httpx.post(f"{engine.url}/query", content=b'{"query": "x"}', headers=headers)
    assert answer.status_code == 422
    launch = {"Content-Type": kind} if kind else {}
    body = json.dumps({"launch_token": LAUNCH_TOKEN}).encode()
    assert httpx.post(f"{engine.url}/auth/launch", content=body, headers=launch).status_code == 422


@pytest.mark.parametrize("mark", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_r27_cross_site_forms_are_refused(engine: EngineProcess, mark: dict[str, str]) -> None:
    engine_user = {"username": "crossed", "password": "a long password"}
    login = httpx.post(f"{engine.url}/token", data=engine_user, headers=mark)
    upload = httpx.post(f"{engine.url}/upload-file", files={"file": ("a.txt", b"text")}, headers=mark)
    scan = httpx.post(f"{engine.url}/files-scan", data={"path": "/"}, headers=mark)
    assert {login.status_code, upload.status_code, scan.status_code} == {403}
    for answer in (login, upload, scan):
        assert answer.json()["error"]


def test_r27_forms_without_bearer_are_refused(engine: EngineProcess) -> None:
    assert httpx.post(f"{engine.url}/upload-file", files={"file": ("a.txt", b"text")}).status_code == 401
    assert httpx.post(f"{engine.url}/files-scan", data={"path": "/"}).status_code == 401


# ---- the local port


def test_r28_the_launch_token_is_needed_and_works_once(engine: EngineProcess) -> None:
    engine.token()  # uses it
    for token in (LAUNCH_TOKEN, "guess", ""):
        answer = httpx.post(f"{engine.url}/auth/launch", json={"launch_token": token})
        assert answer.status_code == 401, token
    for path in ("/status", "/queue", "/documents", "/ai/tasks"):
        assert httpx.get(engine.url + path).status_code == 401, path


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_r28_nothing_secret_in_argv_or_environment_and_loopback_only(engine: EngineProcess) -> None:
    engine.token()
    for file in ("cmdline", "environ"):
        assert LAUNCH_TOKEN.encode() not in Path(f"/proc/{engine.pid}/{file}").read_bytes()
    port = int(engine.url.rpartition(":")[2])
    listening = [
        line.split()[1]
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        if line.split()[3] == "0A" and int(line.split()[1].rpartition(":")[2], 16) == port
    ]
    assert listening == [f"0100007F:{port:04X}"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_r28_the_secret_key_is_for_its_owner_only(engine: EngineProcess) -> None:
    assert stat.S_IMODE((engine.data_dir / "secret.key").stat().st_mode) == 0o600


def test_r29_the_engine_ends_when_its_parent_is_gone(tmp_path: Path) -> None:
    with running_engine(tmp_path / "data") as engine:
        port = int(engine.url.rpartition(":")[2])
        assert engine.close_pipe(timeout=10) == 0
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0


# ---- bodies and shapes


def test_bodies_are_limited(tmp_path: Path) -> None:
    limits = {"body_limit_bytes": 10_000, "upload_limit_bytes": 200_000}
    with live_app(tmp_path / "data", **limits) as live, httpx.Client(base_url=live.url, timeout=30) as client:
        client.headers["Authorization"] = f"Bearer {live.token}"

        def pieces() -> Iterator[bytes]:
            yield b'{"query": "'
            for _ in range(20):
                yield b"x" * 1000

        assert client.post("/query", json={"query": "x" * 20_000}).status_code == 413
        chunked = client.post("/query", content=pieces(), headers={"Content-Type": "application/json"})
        assert chunked.status_code == 413
        assert client.post("/upload-file", files={"file": ("a.txt", b"x" * 150_000)}).status_code == 200
        large = client.post("/upload-file", files={"file": ("a.txt", b"x" * 300_000)})
        assert large.status_code == 413
        assert large.json()["code"] == "file_too_large"
        incoming = tmp_path / "data" / "blobs" / "incoming"
        assert [file for file in incoming.iterdir() if file.is_file()] == []


def test_errors_have_one_shape(engine: EngineProcess) -> None:
    client = engine.client()
    nowhere = client.get("/no/such/thing")
    assert nowhere.status_code == 404
    assert "/no/such/thing" in nowhere.json()["error"]
    assert client.put("/health").status_code == 405
    wrong = client.post("/query", json={"query": 5, "k": "many"})
    assert wrong.status_code == 422
    assert set(wrong.json()["fields"]) == {"query", "k"}
    broken = client.post("/query", content=b"{", headers={"Content-Type": "application/json"})
    assert broken.status_code == 422
    task = client.get("/ai/status/unknown-task")
    assert task.status_code == 404
    assert "unknown-task" in task.json()["error"]
    for answer in (nowhere, wrong, broken, task):
        body = answer.json()
        assert body["error"] == body["detail"] != ""
        assert re.fullmatch(r"[a-z_]+", body["code"])
