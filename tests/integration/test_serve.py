# SPDX-License-Identifier: MIT
"""``bldr-engine serve`` as a program: its one line, its failures, its life and its front door."""

import io
import json
import os
import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest
from engine import ENGINE, LAUNCH_TOKEN, running_engine
from stack import STACK
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from bldr_desktop.common import program
from bldr_desktop.engine.cli import main


def serve(*arguments: str, **options: object) -> "subprocess.CompletedProcess[str]":
    """Run ``serve`` until it ends by itself."""
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        program.command(ENGINE, "serve", *arguments),
        text=True,
        capture_output=True,
        timeout=30,
        stdin=subprocess.DEVNULL,
        **options,
    )


def one_line(done: "subprocess.CompletedProcess[str]") -> str:
    """The one line of a failure: nothing on stdout, no traceback."""
    assert done.returncode == 1
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_the_ready_line_is_the_only_output_and_true(tmp_path: Path) -> None:
    process = subprocess.Popen(
        program.command(ENGINE, "serve", "--port", "0", "--data-dir", str(tmp_path / "data")),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert ready.keys() == {"event", "url", "pid"}
        assert (ready["event"], ready["pid"]) == ("ready", process.pid)
        first = httpx.get(f"{ready['url']}/health").json()
        assert first["status"] == "ok"
        assert first["components"].keys() >= {"database", "index", "workers", "disk"}
        assert set(first["components"].values()) == {"standby"}
        ws = ready["url"].replace("http", "ws") + "/ws?token=wrong"
        with connect(ws, open_timeout=60) as early, pytest.raises(ConnectionClosed, match="1008"):
            early.recv(timeout=60)  # what comes while it loads waits, and is then served
        loaded = httpx.get(f"{ready['url']}/health").json()
        assert loaded["components"]["database"] == "healthy"
        process.send_signal(signal.SIGTERM)
        rest, _ = process.communicate(timeout=20)
        assert process.returncode == 0
        assert rest == ""
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def test_a_busy_port_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = one_line(serve("--port", str(port), "--data-dir", str(tmp_path / "data")))
    assert f"port {port}" in line
    assert "--port" in line


def test_a_folder_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    line = one_line(serve("--port", "0", "--data-dir", str(tmp_path / "file" / "data")))
    assert "--data-dir" in line


def test_wrong_settings_are_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BLDR_WORKERS", "none")
    assert main(["serve", "--data-dir", str(tmp_path)]) == 1
    line = capsys.readouterr().err.strip()
    assert "workers" in line
    assert "\n" not in line
    monkeypatch.delenv("BLDR_WORKERS")
    assert main(["serve", "--host", "no.such.host.invalid", "--data-dir", str(tmp_path)]) == 1
    assert "no.such.host.invalid" in capsys.readouterr().err


def test_without_a_launch_token_the_parent_pipe_ends_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["serve", "--parent-pipe", "--port", "0", "--data-dir", str(tmp_path)]) == 0


def test_told_to_stop_while_the_parent_lives_it_ends_without_an_abort(tmp_path: Path) -> None:
    with running_engine(tmp_path / "data") as engine:
        assert engine.stop() == 0


@pytest.mark.skipif(STACK == "cluster", reason="processes of a cluster share their data folder")
def test_one_engine_a_data_folder(tmp_path: Path) -> None:
    with running_engine(tmp_path / "data"):
        line = one_line(serve("--port", "0", "--data-dir", str(tmp_path / "data")))
        assert "already using" in line
    with running_engine(tmp_path / "data") as again:
        assert again.alive


@pytest.mark.slow  # three starts of an engine
@pytest.mark.skipif(STACK == "cluster", reason="writes into the SQLite file of an embedded engine")
def test_a_store_of_a_newer_bldr_is_set_aside_with_a_note(tmp_path: Path) -> None:
    with running_engine(tmp_path / "data") as engine:
        engine.token()
    import sqlite3

    connection = sqlite3.connect(tmp_path / "data" / "bldr.sqlite3")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with running_engine(tmp_path / "data") as engine:
        details = engine.client().get("/status").json()["data"]["details"]
        assert details["store"]["state"] == "degraded"
        assert "set aside" in details["store"]["text"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_r30_a_killed_engine_starts_again_on_its_folder_with_all_it_knew(tmp_path: Path) -> None:
    with running_engine(tmp_path / "data") as engine:
        token = engine.token()
        uploaded = engine.client().post("/upload-file", files={"file": ("a.txt", b"some text")}).json()
        engine.kill()
        engine.start()
        client = engine.client(token)
        assert client.get("/auth/validate").json()["user"] == "local"
        kept = client.post("/files/by-hash", json={"sha256": [uploaded["sha256"]]}).json()
        assert kept["items"][0]["stored"] is True
        engine.stop()
        for file in (tmp_path / "data").rglob("*"):
            if file.is_file():
                assert LAUNCH_TOKEN.encode() not in file.read_bytes(), file


@pytest.mark.slow  # two starts of an engine
@pytest.mark.skipif(os.name == "nt", reason="a script that stands for Tesseract")
def test_status_says_whether_scans_are_recognised(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    for there in (False, True):
        if there:
            (tmp_path / "bin" / "tesseract").write_text("#!/bin/sh\n", "utf-8")
            (tmp_path / "bin" / "tesseract").chmod(0o755)
        with running_engine(tmp_path / "data", environment={"PATH": str(tmp_path / "bin")}) as engine:
            assert engine.client().get("/status").json()["data"]["ocr"] is there
