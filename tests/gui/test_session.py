# SPDX-License-Identifier: MIT
"""Sign-in over the window, a session that ends while the person works, another server without a restart."""

import asyncio
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine import EngineProcess as Server
from engine import running_engine
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit
from scripted_model import Reply, delta, finish, scripted_model
from window import desktop_unready, first_window, until  # noqa: F401

from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options
from bldr_desktop.client.session import SessionState
from bldr_desktop.protocol import routes
from bldr_desktop.services.ai_state import Phase
from bldr_desktop.services.profiles import EMBEDDED, Profile
from bldr_desktop.ui.models import transfers_model
from bldr_desktop.ui.panels.ai_shell.controller import AiController

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_engine(tmp_path_factory.mktemp("office") / "server") as running:
        running.add_user("anna", PASSWORD, "admin")
        yield running


@pytest.fixture
def desktop_options(server: Server, tmp_path: Path) -> Options:
    return Options(data_dir=tmp_path / "data", lang="en", theme="light", server=server.url)


async def sign_in(desktop: Desktop, password: str = PASSWORD) -> None:
    """Through the sheet, as a person does."""
    sheet = desktop.find("login.dialog")
    await until(sheet.isVisible, 20, "the sheet is there")
    for name, text in (("login.user", "anna"), ("login.password", password)):
        field = desktop.find(name)
        assert isinstance(field, QLineEdit)
        field.setText(text)
    desktop.find("login.submit").click()  # type: ignore[attr-defined]


async def end_the_session(desktop: Desktop) -> None:
    """As an administrator does it elsewhere; the sheet comes over the whole window by itself."""
    api, session = desktop.container.api, desktop.container.session
    bearer = {"Authorization": f"Bearer {session.access_token()}"}
    await api.request("POST", routes.LOGOUT, headers=bearer, signed=False)
    sheet = desktop.find("login.dialog")
    await until(sheet.isVisible, 20, "the sheet is there")
    assert session.state is SessionState.OVER
    assert sheet.geometry() == desktop.window.rect()
    assert "Nothing is lost" in "".join(words.text() for words in sheet.findChildren(QLabel))


async def test_wrong_then_right_password(desktop_unready: Desktop) -> None:  # noqa: F811
    desktop = desktop_unready
    pill = desktop.find("connectionPill")
    await sign_in(desktop, "wrong")
    error = desktop.find("login.error")
    assert isinstance(error, QLabel)
    await until(lambda: error.text() == "Name or password is wrong.", 10, "it says what is wrong")
    assert pill.property("state") == "unauthorized"
    await sign_in(desktop)
    await desktop.ready(30)
    assert not desktop.find("login.dialog").isVisible()
    assert desktop.container.session.user == "anna"
    assert desktop.container.engine is None


async def test_revoked_while_typing_keeps_the_draft_the_place_and_the_call(desktop_unready: Desktop) -> None:  # noqa: F811
    desktop = desktop_unready
    await sign_in(desktop)
    await desktop.ready(30)
    desktop.window.activateWindow()
    desktop.window.go("ai")
    draft = desktop.find("ai.input")
    assert isinstance(draft, QPlainTextEdit)
    draft.setFocus()
    QTest.keyClicks(draft, "half a question")
    await end_the_session(desktop)
    assert not draft.hasFocus(), "what is typed now goes to the sheet"
    waiting = desktop.container.scope.spawn("list", desktop.container.api.get(routes.DOCUMENTS))
    await asyncio.sleep(0)
    assert not waiting.done()
    await sign_in(desktop)
    assert (await waiting)["data"] is not None
    assert draft.toPlainText() == "half a question"
    await until(draft.hasFocus, 10, "the keys go where they went before")
    QTest.keyClicks(draft, "?")
    assert draft.toPlainText() == "half a question?"
    await until(lambda: desktop.find("connectionPill").property("state") == "connected", 30, "connected")


async def test_revoked_while_uploading_the_rest_goes_on_by_itself(
    desktop_unready: Desktop,  # noqa: F811
    server: Server,
    tmp_path: Path,
) -> None:
    desktop = desktop_unready
    folder = tmp_path / "Смета"
    folder.mkdir()
    digests = []
    for number in range(3):
        body = f"Акт {number}: объём работ выполнен. ".encode() * 50_000
        (folder / f"акт {number}.txt").write_bytes(body)
        digests.append(hashlib.sha256(body).hexdigest())
    await sign_in(desktop)
    await desktop.ready(30)
    settings = desktop.container.settings
    settings.set("uploads.parallel", 1)
    settings.set("uploads.speed_limit_kib", 2048)
    desktop.window.add_paths([str(folder)])
    await until(lambda: desktop.find("files.preflight").property("state") == "ready", 20, "looked at")
    start = desktop.find("files.start")
    assert isinstance(start, QAbstractButton)
    start.click()
    model = desktop.find("files.table").model()  # type: ignore[attr-defined]

    def values(role: int) -> list[object]:
        return [model.index(row, 0).data(role) for row in range(model.rowCount())]

    await until(lambda: sum(map(int, values(transfers_model.SENT))) > 300_000, 20, "bytes go out")  # type: ignore[call-overload]
    await end_the_session(desktop)
    settings.set("uploads.speed_limit_kib", 0)
    stored = [server.data_dir / "blobs" / digest[:2] / digest for digest in digests]
    assert not all(blob.exists() for blob in stored), "it was cut in the middle"
    assert "failed" not in values(transfers_model.STATE)
    await sign_in(desktop)
    await until(lambda: all(blob.exists() for blob in stored), 60, "all three have arrived")
    assert [hashlib.sha256(blob.read_bytes()).hexdigest() for blob in stored] == digests
    good = {"uploaded", "training", "trained"}
    await until(
        lambda: len(values(transfers_model.STATE)) == 3 and set(values(transfers_model.STATE)) <= good
    )


@pytest.mark.slow
async def test_revoked_while_an_answer_streams_it_is_read_to_its_end(desktop_unready: Desktop) -> None:  # noqa: F811
    desktop = desktop_unready
    await sign_in(desktop)
    await desktop.ready(30)
    desktop.window.go("ai")
    ai = desktop.container.controllers["ai"]
    assert isinstance(ai, AiController)
    pieces = [f"слово{number} " for number in range(250)]
    frames = [*(delta(content=piece) for piece in pieces), finish(), b"data: [DONE]\n\n"]
    async with scripted_model(lambda _request: Reply(frames, pause=0.02)) as model:
        await desktop.container.api.put(routes.AI_PROVIDER, json={"base_url": model.base_url})
        item = ai.services.ai.ask("Что с фундаментом?")
        assert item is not None
        await until(lambda: len(item.text) > 40, 30, "it streams")
        await end_the_session(desktop)
        seen = item.text
        assert item.phase is Phase.STREAMING and seen in "".join(pieces)
        await sign_in(desktop)
        await until(lambda: item.phase is Phase.DONE, 40, "it has its end")
    assert item.text.strip() == "".join(pieces).strip()
    assert len(seen) < len(item.text)
    assert not desktop.find("login.dialog").isVisible()


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
    await sign_in(desktop)
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
