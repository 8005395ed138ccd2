# SPDX-License-Identifier: MIT
"""Sign-in over HTTP and by command, against a real engine process."""

import io
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import jwt
import pytest
from engine import ENGINE, EngineProcess, eventually, running_engine
from live_app import live_app
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from bldr_desktop.common import program
from bldr_desktop.engine.cli import main
from bldr_desktop.engine.services.auth import hash_password

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineProcess]:
    environment = {"BLDR_LOGIN_ATTEMPTS_PER_MINUTE": "1000"}
    with running_engine(tmp_path_factory.mktemp("auth") / "data", environment=environment) as running:
        running.add_user("anna", PASSWORD, "user")
        yield running


def user_command(folder: Path, *arguments: str, password: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        program.command(ENGINE, "user", *arguments, "--data-dir", str(folder)),
        input=password,
        text=True,
        capture_output=True,
        timeout=30,
    )


def sign_in(engine: EngineProcess, name: str, password: str) -> httpx.Response:
    return httpx.post(f"{engine.url}/token", data={"username": name, "password": password})


def status_with(engine: EngineProcess, token: str) -> int:
    return httpx.get(
        f"{engine.url}/status", headers={"Authorization": f"Bearer {token}"}, timeout=30
    ).status_code


def test_password_flow_gives_a_token_that_is_good(engine: EngineProcess) -> None:
    answer = sign_in(engine, "anna", PASSWORD)
    assert answer.status_code == 200
    body = answer.json()
    assert body["token_type"] == "bearer"
    assert body["expires_in"] == 1800
    assert answer.headers["cache-control"] == "no-store"
    claims = jwt.decode(body["access_token"], options={"verify_signature": False})
    assert (claims["sub"], claims["role"]) == ("anna", "user")
    assert claims["exp"] - claims["iat"] == 1800
    bearer = {"Authorization": f"Bearer {body['access_token']}"}
    valid = httpx.get(f"{engine.url}/auth/validate", headers=bearer).json()
    assert valid == {"valid": True, "user": "anna", "role": "user", "skip_auth": False}


def test_wrong_name_and_wrong_password_look_the_same(engine: EngineProcess) -> None:
    wrong, unknown = sign_in(engine, "anna", "wrong password"), sign_in(engine, "nobody", "wrong password")
    local = sign_in(engine, "local", "")
    assert wrong.status_code == unknown.status_code == 401
    assert local.status_code in {401, 422}
    assert wrong.json()["error"] == unknown.json()["error"]
    assert wrong.headers["www-authenticate"] == "Bearer"


def test_missing_fields_are_named(engine: EngineProcess) -> None:
    answer = httpx.post(f"{engine.url}/token", data={"username": "anna"})
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {"password"}


def test_there_is_no_default_user(tmp_path: Path) -> None:
    listed = user_command(tmp_path / "fresh", "list")
    assert (listed.returncode, listed.stdout) == (0, "")


def refresh(engine: EngineProcess, token: str) -> httpx.Response:
    return httpx.post(f"{engine.url}/auth/refresh", json={"refresh_token": token})


def test_refresh_tokens_rotate(engine: EngineProcess) -> None:
    first = sign_in(engine, "anna", PASSWORD).json()
    second = refresh(engine, first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert status_with(engine, second["access_token"]) == 200
    assert refresh(engine, "never given").status_code == 401


def test_a_spent_refresh_token_ends_its_whole_sign_in_only(engine: EngineProcess) -> None:
    first, other = sign_in(engine, "anna", PASSWORD).json(), sign_in(engine, "anna", PASSWORD).json()
    second = refresh(engine, first["refresh_token"]).json()
    assert refresh(engine, first["refresh_token"]).status_code == 401
    assert refresh(engine, second["refresh_token"]).status_code == 401
    assert status_with(engine, second["access_token"]) == 401
    assert status_with(engine, other["access_token"]) == 200


def test_of_two_refreshes_at_once_one_wins(engine: EngineProcess) -> None:
    token = sign_in(engine, "anna", PASSWORD).json()["refresh_token"]
    with ThreadPoolExecutor(4) as pool:
        codes = sorted(answer.status_code for answer in pool.map(lambda _: refresh(engine, token), range(4)))
    assert codes == [200, 401, 401, 401]


def test_r19_logout_closes_the_sockets_of_that_sign_in_at_once(engine: EngineProcess) -> None:
    mine, other = sign_in(engine, "anna", PASSWORD).json(), sign_in(engine, "anna", PASSWORD).json()
    with (
        connect(engine.ws_url(mine["access_token"])) as closing,
        connect(engine.ws_url(other["access_token"])) as staying,
    ):
        closing.recv(timeout=5)
        staying.recv(timeout=5)
        bearer = {"Authorization": f"Bearer {mine['access_token']}"}
        assert httpx.post(f"{engine.url}/auth/logout", headers=bearer).status_code == 204
        with pytest.raises(ConnectionClosed) as closed:
            closing.recv(timeout=2)
        assert closed.value.rcvd is not None and closed.value.rcvd.code == 1008
        staying.send('{"type": "ping"}')
        assert "pong" in str(staying.recv(timeout=5))
    assert status_with(engine, mine["access_token"]) == 401
    assert status_with(engine, other["access_token"]) == 200


def test_r19_an_expired_token_closes_its_socket(engine: EngineProcess) -> None:
    key = bytes.fromhex((engine.data_dir / "secret.key").read_text().strip())
    claims = jwt.decode(engine.token(), options={"verify_signature": False})
    short = jwt.encode({**claims, "exp": int(time.time()) + 3}, key, algorithm="HS256")
    with connect(engine.ws_url(short)) as socket:
        socket.recv(timeout=5)
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(timeout=8)
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 1008
    assert "expired" in closed.value.rcvd.reason


def test_r45_twenty_wrong_passwords_are_throttled_and_leave_audit_lines(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with live_app(tmp_path / "data") as live:
        live.engine.auth._users.add("boris", "user", hash_password(PASSWORD))
        with httpx.Client(base_url=live.url, timeout=30) as http:

            def attempt(password: str) -> httpx.Response:
                return http.post("/token", data={"username": "boris", "password": password})

            answers = [attempt(f"wrong password {number}") for number in range(20)]
            good = attempt(PASSWORD)
        codes = [answer.status_code for answer in answers]
        assert codes[:10] == [401] * 10
        assert set(codes[10:]) == {429}
        assert 0 < int(answers[-1].headers["retry-after"]) <= 60
        assert good.status_code == 429, "the right password is not told apart while throttled"
        assert caplog.text.count("sign-in refused") == 10
        lines = audit_lines(tmp_path / "data")
    assert lines.count(("boris", "sign_in", "refused")) == 10
    assert ("boris", "sign_in", "throttled") in lines
    assert "wrong password" not in caplog.text + str(lines)


def audit_lines(folder: Path) -> list[tuple[str, str, str]]:
    import sqlite3

    connection = sqlite3.connect(folder / "bldr.sqlite3")
    try:
        return list(connection.execute("SELECT actor, action, outcome FROM audit"))
    finally:
        connection.close()


# ---- bldr-engine user


def test_users_are_added_listed_changed_and_removed_beside_a_running_engine(engine: EngineProcess) -> None:
    folder = engine.data_dir
    added = user_command(folder, "add", "vera", "--role", "admin", password=f"{PASSWORD}\n")
    assert added.returncode == 0, added.stderr
    assert PASSWORD not in added.stdout + added.stderr
    assert "vera\tadmin" in user_command(folder, "list").stdout
    token = engine.sign_in("vera", PASSWORD)
    changed = user_command(folder, "password", "vera", password="another password\n")
    assert changed.returncode == 0
    eventually(lambda: status_with(engine, token) == 401)
    assert sign_in(engine, "vera", PASSWORD).status_code == 401
    assert sign_in(engine, "vera", "another password").status_code == 200
    assert user_command(folder, "remove", "vera").returncode == 0
    assert sign_in(engine, "vera", "another password").status_code == 401


@pytest.mark.parametrize(
    ("arguments", "password", "says"),
    [
        (("add", "anna"), PASSWORD, "already"),
        (("add", "short"), "1234567", "8 characters"),
        (("add", " "), PASSWORD, "printable"),
        (("add", "local"), PASSWORD, "desktop"),
        (("remove", "ghost"), "", "no user"),
        (("password", "ghost"), PASSWORD, "no user"),
    ],
)
def test_user_commands_fail_with_one_line(
    engine: EngineProcess,
    arguments: tuple[str, ...],
    password: str,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    assert main(["user", *arguments, "--data-dir", str(engine.data_dir)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert len(err.strip().splitlines()) == 1
