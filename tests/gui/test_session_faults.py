# SPDX-License-Identifier: MIT
"""R44 to R47 by number, in the whole application: keyrings, wrong passwords, damaged files, crashes."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest
from engine import EngineProcess as Server
from engine import running_engine
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QLineEdit
from window import _running, until

from bldr_desktop.app.first_window import open_first_window
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options
from bldr_desktop.client.secrets import SERVICE, KeptIn
from bldr_desktop.client.session import SessionState

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct horse battery"
Trouble = Callable[[], None]


class Ring(keyring.backend.KeyringBackend):
    """A keyring of the outside world; ``trouble`` runs before each call and may block or raise."""

    priority = 1.0  # type: ignore[assignment]  # a class property in keyring

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}
        self.trouble: Trouble = lambda: None

    def get_password(self, service: str, username: str) -> str | None:
        self.trouble()
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        assert service == SERVICE
        self.trouble()
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.trouble()
        del self.kept[username]


@pytest.fixture
def ring() -> Iterator[Ring]:
    """The system's keyring for the time of a test."""
    before, made = keyring.get_keyring(), Ring()
    keyring.set_keyring(made)
    yield made
    made.trouble = lambda: None
    keyring.set_keyring(before)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_engine(tmp_path_factory.mktemp("office") / "server") as running:
        running.add_user("anna", PASSWORD, "user")
        yield running


@asynccontextmanager
async def application(folder: Path, server: str | None = None) -> AsyncIterator[Desktop]:
    """Start the application; end it as a person does."""
    options = Options(data_dir=folder, lang="en", theme="light", server=server)
    first = open_first_window(options)
    try:
        async with _running(first, options) as desktop:
            yield desktop
    finally:
        first.window.allow_close()
        first.window.close()
        first.close()


async def sign_in(desktop: Desktop, password: str = PASSWORD, *, remember: bool = True) -> None:
    """Through the sheet, as a person does."""
    sheet = desktop.find("login.dialog")
    await until(sheet.isVisible, 20, "the sheet is there")
    for name, text in (("login.user", "anna"), ("login.password", password)):
        field = desktop.find(name)
        assert isinstance(field, QLineEdit)
        field.setText(text)
    stay = desktop.find("login.remember")
    assert isinstance(stay, QCheckBox)
    stay.setChecked(remember)
    press(desktop, "login.submit")


def press(desktop: Desktop, name: str) -> None:
    button = desktop.find(name)
    assert isinstance(button, QAbstractButton)
    button.click()


def sheet_says(desktop: Desktop) -> str:
    return " ".join(words.text() for words in desktop.find("login.dialog").findChildren(QLabel))


def raising(error: BaseException) -> Trouble:
    def trouble() -> None:
        raise error

    return trouble


# ---- R44


@pytest.mark.parametrize(
    "error",
    [
        keyring.errors.NoKeyringError("No recommended backend was available."),
        pytest.param(keyring.errors.KeyringLocked("Failed to unlock!"), marks=pytest.mark.slow),
        pytest.param(EOFError("no terminal to ask for a password"), marks=pytest.mark.slow),
    ],
    ids=["absent", "locked", "not a KeyringError"],
)
async def test_r44_without_a_keyring_one_signs_in_for_the_session(
    server: Server, tmp_path: Path, ring: Ring, error: BaseException
) -> None:
    ring.trouble = raising(error)
    async with application(tmp_path / "data", server.url) as desktop:
        await until(desktop.find("login.dialog").isVisible, 20, "the sheet is there")
        assert "you stay signed in until you quit" in sheet_says(desktop)
        await sign_in(desktop)
        await desktop.ready(30)
        secrets = desktop.container.secrets
        await until(lambda: secrets._memory, 10, "tokens are in memory")
        assert secrets.kept_in is KeptIn.MEMORY
        token = desktop.container.session.access_token()
    assert token is not None and ring.kept == {}
    everything = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert token.encode() not in everything


@pytest.mark.slow
async def test_r44_kept_by_the_keyring_the_next_start_is_signed_in_then_forgotten(
    server: Server, tmp_path: Path, ring: Ring
) -> None:
    async with application(tmp_path / "data", server.url) as desktop:
        await sign_in(desktop)
        await desktop.ready(30)
        await until(lambda: ring.kept, 10, "the keyring has them")
    async with application(tmp_path / "data", server.url) as desktop:
        await desktop.ready(30)
        assert not desktop.find("login.dialog").isVisible()
        assert desktop.container.session.user == "anna"
        await desktop.container.servers.sign_out()
        assert desktop.container.session.state is SessionState.SIGNED_OUT
        assert ring.kept == {}


@pytest.mark.slow
async def test_r44_prompt_that_nobody_answers_stops_nothing_but_itself(
    server: Server, tmp_path: Path, ring: Ring
) -> None:
    release = threading.Event()
    ring.trouble = lambda: release.wait(60) and None
    try:
        async with application(tmp_path / "data", server.url) as desktop:
            await until(lambda: set(desktop.window.panels) == {"files", "rag", "queue", "ai"}, 20, "panels")
            gaps: list[float] = []
            beat = asyncio.get_running_loop().create_task(heartbeat(gaps))
            for panel in ("queue", "rag", "files"):
                press(desktop, f"nav.{panel}")
                assert desktop.window.current_panel == panel
            await until(desktop.find("login.dialog").isVisible, 20, "after its limit the person is asked")
            assert "you stay signed in until you quit" in sheet_says(desktop)
            beat.cancel()
            assert any(thread.name == "keyring" for thread in threading.enumerate()), "it still hangs there"
            await sign_in(desktop)
            await desktop.ready(30)
            Path(os.environ.get("BLDR_SHOTS", tmp_path), "keyring-gap.txt").write_text(f"{max(gaps):.3f}\n")
    finally:
        release.set()


async def heartbeat(gaps: list[float]) -> None:
    """How long the loop was kept from running, at most, at each turn."""
    last = time.monotonic()
    while True:
        await asyncio.sleep(0.005)
        now = time.monotonic()
        gaps.append(now - last - 0.005)
        last = now


@pytest.mark.slow
async def test_r44_a_blocked_keyring_never_holds_the_window_for_200_ms(tmp_path: Path, ring: Ring) -> None:
    release = threading.Event()
    ring.trouble = lambda: release.wait(60) and None
    try:
        async with application(tmp_path / "data") as desktop:
            await desktop.ready(60)
            await asyncio.sleep(3)  # whatever comes after *ready* is over
            gaps: list[float] = []
            beat = asyncio.get_running_loop().create_task(heartbeat(gaps))
            secrets = desktop.container.secrets
            assert await secrets.keep("tokens:test", "secret") is KeptIn.MEMORY
            assert await secrets.get("another") is None
            beat.cancel()
            assert max(gaps) < 0.2
    finally:
        release.set()


@pytest.mark.slow
async def test_r44_keyring_that_vanishes_keeps_the_session_and_comes_back(
    server: Server, tmp_path: Path, ring: Ring
) -> None:
    async with application(tmp_path / "data", server.url) as desktop:
        await sign_in(desktop)
        await desktop.ready(30)
        await until(lambda: ring.kept, 10, "the keyring has them")
        kept, session, secrets = dict(ring.kept), desktop.container.session, desktop.container.secrets
        ring.trouble = raising(OSError("the secret service went away"))
        first = session.access_token()
        assert await session.renewed(first) != first
        await until(lambda: secrets.kept_in is KeptIn.MEMORY, 10, "it is known")
        assert "went away" in secrets.reason and ring.kept == kept
        assert session.state is SessionState.SIGNED_IN
        ring.trouble = lambda: None
        await session.renewed(session.access_token())
        await until(lambda: ring.kept != kept, 10, "kept again")
        assert secrets.kept_in is KeptIn.KEYRING


# ---- R45


@pytest.mark.slow
async def test_r45_after_too_many_wrong_passwords_the_sheet_says_to_wait(tmp_path: Path) -> None:
    with running_engine(tmp_path / "server") as own:
        own.add_user("anna", PASSWORD, "user")
        async with application(tmp_path / "data", own.url) as desktop:
            for number in range(11):
                await sign_in(desktop, f"wrong password {number}")
                user = desktop.find("login.user")
                await until(user.isEnabled, 20, "the server has answered")
                if "Too many" in sheet_says(desktop):
                    break
            assert "Too many failed sign-ins. Wait a minute and try again." in sheet_says(desktop)
            assert number == 10
    connection = sqlite3.connect(tmp_path / "server" / "bldr.sqlite3")
    lines = list(connection.execute("SELECT actor, action, outcome FROM audit"))
    connection.close()
    assert lines.count(("anna", "sign_in", "refused")) == 10
    assert ("anna", "sign_in", "throttled") in lines


# ---- R46


async def test_r46_damaged_settings_rows_and_database_are_set_aside_and_said(tmp_path: Path) -> None:
    data = tmp_path / "data"
    config = data / "config"
    config.mkdir(parents=True)
    (config / "settings.toml").write_bytes(b"\xff[[[ not toml")
    (data / "transfers.sqlite3").write_bytes(b"this is no database at all" * 100)
    (data / "bldr.sqlite3").write_bytes(b"neither is this" * 1000)
    async with application(data) as desktop:
        assert "settings.toml.bad" in " ".join(desktop.window.toasts.texts())
        await until(
            lambda: "list of files was damaged" in " ".join(desktop.window.toasts.texts()), 10, "said"
        )
        await desktop.ready(60)
        assert (config / "settings.toml.bad").read_bytes() == b"\xff[[[ not toml"
        await until(lambda: list(data.glob("transfers*.broken")), 10, "the rows were set aside")
        (aside,) = (file for file in data.glob("bldr.sqlite3.set-aside-*") if file.suffix != ".txt")
        assert aside.read_bytes().startswith(b"neither is this")
        assert list(data.glob("bldr.sqlite3.set-aside-*.txt")), "with a note why"


@pytest.mark.slow
async def test_r46_settings_of_a_newer_version_are_read_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "config" / "settings.toml"
    file.parent.mkdir(parents=True)
    text = 'version = 99\n[appearance]\ntheme = "dark"\n[future]\nthing = 1\n'
    file.write_text(text)
    async with application(tmp_path / "data") as desktop:
        assert "newer version (99)" in " ".join(desktop.window.toasts.texts())
        desktop.window.actions_by_name.by_name["language.ru"].trigger()
        await until(lambda: desktop.window.rail.buttons["queue"].text() == "Очередь", 5, "for this session")
    assert file.read_text() == text


@pytest.mark.slow
async def test_r46_a_folder_that_cannot_be_written_still_opens_the_window_and_says_so(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    async with application(blocker / "data") as desktop:
        pill = desktop.find("connectionPill")
        await until(lambda: pill.property("state") == "offline", 60, "the engine cannot work there")
        assert set(desktop.window.panels) == {"files", "rag", "queue", "ai"}
        desktop.window.go("queue")
        assert desktop.window.current_panel == "queue"
        desktop.window.actions_by_name.by_name["theme.dark"].trigger()
        assert desktop.container.theme.is_dark
    assert blocker.read_text() == "in the way"


# ---- R47 (slot, task and thread: test_trouble.py)


@pytest.mark.slow
async def test_r47_a_hard_crash_is_said_at_the_next_start_with_its_place(tmp_path: Path) -> None:
    data = tmp_path / "data"
    child = subprocess.Popen(
        [sys.executable, "-m", "bldr_desktop.app.main", "--data-dir", str(data)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.DEVNULL,
    )
    marker = data / "logs" / "running.pid"
    await until(marker.exists, 40, "it runs")
    await until(lambda: (data / "logs" / "crash.log").exists(), 10, "faulthandler is there")
    await asyncio.sleep(0.5)
    child.send_signal(signal.SIGSEGV)
    await until(lambda: child.poll() is not None, 20, "it crashed")
    assert child.returncode == -signal.SIGSEGV
    assert "Segmentation fault" in (data / "logs" / "crash.log").read_text()
    async with application(data) as desktop:
        assert "ended unexpectedly last time" in " ".join(desktop.window.toasts.texts())
        offer = desktop.find("toast.undo")
        assert isinstance(offer, QAbstractButton) and offer.text() == "Copy diagnostics"
        offer.click()
        assert "Segmentation fault" in QGuiApplication.clipboard().text()
        await desktop.ready(60)
    assert not marker.exists()
