# SPDX-License-Identifier: MIT
"""Sign-in over the window, a session that ends while the person works, another server without a restart."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from engine import EngineProcess as Server
from engine import running_engine
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit
from window import desktop_unready, first_window, until  # noqa: F401

from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options
from bldr_desktop.client.session import SessionState
from bldr_desktop.protocol import routes
from bldr_desktop.services.profiles import EMBEDDED, Profile


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running_engine(tmp_path / "server") as running:
        running.add_user("anna", "correct horse battery", "admin")
        yield running


@pytest.fixture
def desktop_options(server: Server, tmp_path: Path) -> Options:
    return Options(data_dir=tmp_path / "data", lang="en", theme="light", server=server.url)


async def sign_in(desktop: Desktop, password: str) -> None:
    sheet = desktop.find("login.dialog")
    await until(sheet.isVisible, 20, "the sheet is there")
    for name, text in (("login.user", "anna"), ("login.password", password)):
        field = desktop.find(name)
        assert isinstance(field, QLineEdit)
        field.setText(text)
    desktop.find("login.submit").click()  # type: ignore[attr-defined]


async def test_wrong_then_right_password(desktop_unready: Desktop) -> None:  # noqa: F811
    desktop = desktop_unready
    pill = desktop.find("connectionPill")
    await sign_in(desktop, "wrong")
    error = desktop.find("login.error")
    assert isinstance(error, QLabel)
    await until(lambda: error.text() == "Name or password is wrong.", 10, "it says what is wrong")
    assert pill.property("state") == "unauthorized"
    await sign_in(desktop, "correct horse battery")
    await desktop.ready(30)
    assert not desktop.find("login.dialog").isVisible()
    assert desktop.container.session.user == "anna"
    assert desktop.container.engine is None


async def test_session_ended_elsewhere_keeps_the_draft_and_goes_on(desktop_unready: Desktop) -> None:  # noqa: F811
    desktop = desktop_unready
    await sign_in(desktop, "correct horse battery")
    await desktop.ready(30)
    desktop.window.go("ai")
    draft = desktop.find("ai.input")
    assert isinstance(draft, QPlainTextEdit)
    draft.setPlainText("half a question")
    api, session = desktop.container.api, desktop.container.session
    bearer = {"Authorization": f"Bearer {session.access_token()}"}
    await api.request("POST", routes.LOGOUT, headers=bearer, signed=False)  # as by an administrator
    waiting = desktop.container.scope.spawn("list", api.get(routes.DOCUMENTS))
    await until(lambda: session.state is SessionState.OVER, 20, "the session is over")
    assert not waiting.done()
    await sign_in(desktop, "correct horse battery")
    answer = await waiting
    assert answer["data"] == []
    assert draft.toPlainText() == "half a question"
    await until(lambda: desktop.find("connectionPill").property("state") == "connected", 30, "connected")


async def test_not_now_then_the_pill(desktop_unready: Desktop) -> None:  # noqa: F811
    desktop = desktop_unready
    sheet = desktop.find("login.dialog")
    await until(sheet.isVisible, 20, "the sheet is there")
    QTest.keyClick(sheet, "\x1b")
    assert not sheet.isVisible()
    desktop.find("connectionPill").click()  # type: ignore[attr-defined]
    assert sheet.isVisible()


async def test_switch_to_the_embedded_engine_without_a_restart(desktop_unready: Desktop) -> None:  # noqa: F811
    desktop = desktop_unready
    await sign_in(desktop, "correct horse battery")
    await desktop.ready(30)
    window = desktop.window
    before = desktop.container
    await desktop.use_server(Profile(EMBEDDED, ""))
    await until(lambda: desktop.container is not before, 20, "another container")
    await desktop.ready(60)
    assert desktop.window is window
    assert desktop.container.engine is not None
    assert desktop.container.api.base_url != before.api.base_url
    assert set(window.panels) == {"files", "rag", "queue", "ai"}
