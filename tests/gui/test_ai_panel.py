# SPDX-License-Identifier: MIT
"""The AI Shell's panel on a real engine with a scripted model: what a person sees and does."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from scripted_model import Reply, delta, scripted_model, words
from window import desktop, desktop_options, drop_files, first_window, until

from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.common.aio import spawn
from bldr_desktop.services.ai_state import Exchange, Phase
from bldr_desktop.ui.panels.ai_shell.answer_text import AnswerText
from bldr_desktop.ui.panels.ai_shell.controller import AiController

__all__ = ["desktop", "desktop_options", "first_window"]


def shell(desktop: Desktop) -> AiController:
    """The panel's controller, the panel in front."""
    desktop.window.go("ai")
    found = desktop.container.controllers["ai"]
    assert isinstance(found, AiController)
    assert desktop.window.focusWidget() is found.panel.input, "the keys go to the question"
    return found


def ask(ai: AiController, text: str) -> Exchange:
    """Type and press Enter."""
    ai.panel.box.text.setPlainText(text)
    QTest.keyClick(ai.panel.box.text, Qt.Key.Key_Return)
    return ai.services.ai.current.exchanges[-1]


async def connect(ai: AiController, address: str) -> None:
    """Through the card, as a person does."""
    await until(ai.panel.banner.isVisible, 20, "it says that there is no model")
    ai.panel.banner.button.click()
    card = ai.panel.connect_card
    await until(card.isVisible, 5, "the card")
    card.address.setEditText("http://127.0.0.1:9/v1")
    card.test.click()
    await until(lambda: "127.0.0.1:9" in card.result.text(), 10, "what is wrong")
    assert card.result.property("look") == "error"
    card.address.setEditText(address)
    card.use.click()
    await until(lambda: not ai.panel.banner.isVisible() and not card.isVisible(), 10, "connected")


async def test_from_no_model_to_a_streamed_answer_stop_retry_edit_history(
    desktop: Desktop, tmp_path: Path
) -> None:
    ai = shell(desktop)
    first = ask(ai, "Что с фундаментом?")
    await until(lambda: first.phase is Phase.DONE, 20, "passages, or none")
    assert first.result is not None and first.result.mode == "passages"
    async with scripted_model() as model:
        model.models = [{"id": "one"}, {"id": "two"}]
        await connect(ai, model.base_url)
        ai.panel.clear.click()
        assert not ai.services.ai.current.exchanges
        model.script = lambda _: Reply([delta(content=f"слово{n} ") for n in range(900)], pause=0.02)
        item, waits = ask(ai, "Первый?"), ask(ai, "Второй?")
        await until(lambda: len(item.text) > 40, 15, "it streams")
        desktop.window.go("queue")
        seen = len(item.text)
        await until(lambda: len(item.text) > seen, 10, "it goes on out of sight")
        desktop.window.go("ai")
        views = ai.panel.thread_view.views
        await until(lambda: views[0].body.pieces > 0, 5, "it is on screen")
        assert views[0].property("state") == "streaming" and waits.phase is Phase.QUEUED
        views[1].actions_["unqueue"].click()
        assert ai.panel.box.text.toPlainText() == "Второй?"
        ai.panel.box.text.clear()
        QTest.keyClick(ai.panel.box.text, Qt.Key.Key_Escape)
        await until(lambda: item.phase is Phase.STOPPED, 5, "stopped")
        await asyncio.wait_for(model.closed_early.wait(), 10)
        assert item.text.startswith("слово0 слово1")

        model.script = lambda request: Reply(words(f"Ответ модели {request['model']}."))
        ai.services.ai.again(item.key, model="two")
        await until(lambda: ai.services.ai.current.exchanges[-1].phase is Phase.DONE, 10, "another model")
        (again,) = ai.services.ai.current.exchanges
        assert (again.question, again.text) == ("Первый?", "Ответ модели two.")
        note = ai.panel.thread_view.views[0].note
        assert note.property("look") == "warn" and note.isVisible()

        ai.panel.history_button.click()
        rows = ai.panel.history.list
        await until(lambda: rows.count() == 2, 10, "two conversations")
        rows.itemClicked.emit(rows.item(1))
        await until(lambda: ai.services.ai.current.exchanges[0].question == "Что с фундаментом?", 10, "old")
        rows.item(0).setText("Новое имя")
        names = ai.services.history
        await until(lambda: "Новое имя" in [c.title for c in names.state.conversations], 10, "renamed")
        ai.panel.history.search.setText("Первый")
        await until(lambda: len(names.state.conversations) == 1, 10, "found by its text")

        place = tmp_path / "out.docx"
        await ai._files.save(names.state.conversations[0].id, "docx", place)
        assert place.read_bytes()[:2] == b"PK"


async def test_a_dropped_file_reaches_the_model(desktop: Desktop, tmp_path: Path) -> None:
    ai = shell(desktop)
    file = tmp_path / "note.txt"
    file.write_text("Марка бетона в акте: B25.", "utf-8")
    async with scripted_model() as model:
        await connect(ai, model.base_url)
        assert drop_files(ai.panel, [file])
        attachments = ai.services.attachments
        await until(lambda: attachments.items and attachments.items[0].state == "ready", 10, "sent")
        item = ask(ai, "Какая марка?")
        await until(lambda: item.phase is Phase.DONE, 15, "answered")
        said = model.requests[-1]["messages"][-1]["content"]
        assert "Марка бетона в акте: B25." in said and "note.txt" in said
        assert not attachments.items


@pytest.mark.parametrize("scheme", ["file:///etc/passwd", "javascript:alert(1)", "https://example.org/"])
async def test_links_ask_first_or_are_refused(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    ai = shell(desktop)
    asked = spawn("link", ai._open_link(scheme))
    if scheme.startswith("https"):
        boxes = await until(lambda: desktop.window.findChildren(QMessageBox), 5, "a question")
        assert scheme in boxes[0].informativeText() and not opened
        boxes[0].reject()
    await asked
    assert opened == []


async def test_rendering_loads_nothing(desktop: Desktop, tmp_path: Path) -> None:
    ai = shell(desktop)
    picture = tmp_path / "p.png"
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    image.save(str(picture))
    hits: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hits.append(await reader.read(100))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    text = AnswerText(desktop.container.theme)
    text.resize(400, 100)
    source = f"![a]({QUrl.fromLocalFile(str(picture)).toString()}) ![b](http://127.0.0.1:{port}/x.png) "
    source += f'<img src="file://{picture}"> [c](javascript:alert(1)) [d](file:///etc/passwd) `![e]`'
    text.show_markdown(source)
    kind = QTextDocument.ResourceType.ImageResource.value
    loaded: Any = text.loadResource(kind, QUrl.fromLocalFile(str(picture)))
    assert isinstance(loaded, QImage) and loaded.isNull()
    shot = text.grab().toImage()
    colours = {shot.pixelColor(x, y).name() for x in range(0, 400, 3) for y in range(0, shot.height(), 3)}
    assert "#ff0000" not in colours
    assert "￼" not in text.toPlainText() and "![e]" in text.toPlainText()
    told: list[str] = []
    text.link_chosen.connect(told.append)
    text.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert told == ["file:///etc/passwd"]
    await asyncio.sleep(0.1)
    server.close()
    assert hits == [] and ai.panel.isVisible()
    text.deleteLater()
