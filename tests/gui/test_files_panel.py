# SPDX-License-Identifier: MIT
"""The Files panel in a real window with a real engine: drops, pre-flight, the life of rows, kill -9."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTableView, QTabWidget, QWidget
from window import desktop, desktop_options, drop_files, first_window, until  # noqa: F401

from bldr_desktop.app.frame import make_application
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.services.transfer_state import Changes, Transfer, TransferState
from bldr_desktop.ui.models import folder_model, preflight_model
from bldr_desktop.ui.models import transfers_model as m
from bldr_desktop.ui.models.folder_model import FolderModel
from bldr_desktop.ui.models.preflight_model import PreflightModel
from bldr_desktop.ui.models.transfers_model import TransfersModel

HELPERS = Path(__file__).resolve().parent.parent / "helpers"
LONG = "ж" * 118 + ".txt"
"""240 bytes."""


def button(app: Desktop, name: str) -> QAbstractButton:
    """A button by its name."""
    found = app.find(name)
    assert isinstance(found, QAbstractButton)
    return found


def table(app: Desktop, name: str = "files.table") -> QTableView:
    """A table by its name."""
    found = app.find(name)
    assert isinstance(found, QTableView)
    return found


def values(view: QTableView, role: int) -> list[Any]:
    """A role of all rows."""
    model = view.model()
    return [model.index(row, 0).data(role) for row in range(model.rowCount())]


async def drop(app: Desktop, *paths: Path) -> QWidget:
    """Drop on the zone and wait for the pre-flight."""
    assert drop_files(app.find("files.dropZone"), list(paths))
    preflight = app.find("files.preflight")
    await until(lambda: preflight.property("state") == "ready", 30, "the pre-flight is there")
    return preflight


async def upload(app: Desktop, *paths: Path, train: bool = False) -> QTableView:
    """Drop and press *Upload*."""
    await drop(app, *paths)
    box = button(app, "files.preflight.train")
    box.setChecked(train)
    button(app, "files.start").click()
    return table(app)


def text(seed: int) -> str:
    """A document nobody has seen."""
    return f"СП {seed}.13330.2018. Бетонные конструкции, пункт {seed}.3.2: класс бетона В{seed}. " * 20


@pytest.fixture
def nested(tmp_path: Path) -> Path:
    """Four levels, Cyrillic, emoji, a name of 240 bytes, and things to be left out."""
    folder = tmp_path / "Проект 7"
    for number, name in enumerate(
        [
            "корень.txt",
            "а/б/в/глубоко.txt",
            "📐 чертёж/эскиз 🏗.txt",
            f"длинные/{LONG}",
            "а/смета №1 (копия).txt",
        ]
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text(100 + number), "utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "config.txt").write_text("x")
    (folder / "пусто.pdf").touch()
    (folder / "программа.exe").write_bytes(b"MZ")
    return folder


def check_boxes_choose(app: Desktop) -> None:
    """A box for each file and each kind; what cannot be read cannot be chosen. All is chosen again after."""
    view = table(app, "files.preflight.table")
    model = view.model()
    checked = Qt.ItemDataRole.CheckStateRole
    row = values(view, preflight_model.RELATIVE).index("корень.txt")
    assert model.setData(model.index(row, 0), Qt.CheckState.Unchecked.value, checked)
    assert button(app, "files.start").text() == "Upload 4 files"
    button(app, "files.preflight.new.check").click()
    assert values(view, preflight_model.CHOSEN).count(True) in {0, 5}
    if not button(app, "files.start").isEnabled():
        button(app, "files.preflight.new.check").click()
    assert button(app, "files.start").text() == "Upload 5 files"
    unsupported = values(view, preflight_model.VERDICT).index("unsupported")
    assert not model.setData(model.index(unsupported, 0), Qt.CheckState.Checked.value, checked)


async def test_drop_of_nested_folders_to_searchable(
    desktop: Desktop,  # noqa: F811
    nested: Path,
) -> None:
    """Drop, pre-flight with counts, upload, training by events: one row a file for its whole life."""
    preflight = await drop(desktop, nested)
    assert desktop.find("files.panel").property("state") == "preflight"
    verdicts = values(table(desktop, "files.preflight.table"), preflight_model.VERDICT)
    assert sorted(verdicts) == ["empty", *["new"] * 5, "unsupported"]
    names = set(values(table(desktop, "files.preflight.table"), preflight_model.RELATIVE))
    assert {"а/б/в/глубоко.txt", "📐 чертёж/эскиз 🏗.txt", f"длинные/{LONG}"} <= names
    assert preflight.isVisible()
    assert button(desktop, "files.start").text() == "Upload 5 files"
    check_boxes_choose(desktop)
    button(desktop, "files.start").click()
    view = table(desktop)
    await until(lambda: len(values(view, m.STATE)) == 5, 10, "five rows")
    ids = values(view, m.ID)
    await until(lambda: set(values(view, m.STATE)) == {"trained"}, 60, "all searchable")
    assert values(view, m.ID) == ids, "the same rows for the whole life"
    assert all(chunks > 0 for chunks in values(view, m.CHUNKS))
    assert all(values(view, m.DOCUMENT))
    known = await desktop.container.api.get("/documents", params={"limit": 50})
    paths = {document["path"] for document in known["data"]}
    assert paths == {f"Проект 7/{name}" for name in values(view, m.RELATIVE)}
    preflight = await drop(desktop, nested)
    verdicts = values(table(desktop, "files.preflight.table"), preflight_model.VERDICT)
    assert verdicts.count("unchanged") == 5
    assert not button(desktop, "files.start").isEnabled(), "nothing new to send"
    button(desktop, "files.preflight.cancel").click()
    assert desktop.find("files.panel").property("state") == "table"
    (nested / "корень.txt").write_text(text(777), "utf-8")
    await drop(desktop, nested)
    assert desktop.find("files.preflight.sameName").isVisible()
    same_name = desktop.find("files.preflight.sameName")
    assert isinstance(same_name, QComboBox)
    assert [same_name.itemData(place) for place in range(3)] == ["replace", "skip", "keep_both"]
    button(desktop, "files.start").click()
    await until(lambda: values(view, m.STATE).count("trained") == 5, 60, "the changed one too")
    answer = await desktop.container.api.post(
        "/query", json={"query": "СП 100.13330.2018 класс бетона В100", "k": 5}
    )
    assert not any("В100" in hit["chunk"] for hit in answer["results"]), "the old text is still found"


async def test_paste_pause_cancel_retry_remove_filter(desktop: Desktop, tmp_path: Path) -> None:  # noqa: F811
    """Files that were copied elsewhere are pasted; rows are paused, cancelled, retried, removed, filtered."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.pdf").write_bytes(random.Random(number).randbytes(3 << 20))
    desktop.container.settings.set("uploads.speed_limit_kib", 1024)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in sorted(folder.iterdir())])
    QGuiApplication.clipboard().setMimeData(data)
    panel = desktop.find("files.panel")
    QTest.keyClick(panel, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    preflight = desktop.find("files.preflight")
    await until(lambda: preflight.property("state") == "ready", 20, "pasted")
    QGuiApplication.clipboard().clear()  # offscreen's clipboard crashes with data at the interpreter's end
    button(desktop, "files.preflight.train").setChecked(False)
    button(desktop, "files.start").click()
    view = table(desktop)
    await until(lambda: "sending" in values(view, m.STATE), 10, "something is sent")
    await until(button(desktop, "files.pause").isEnabled, 5, "can be paused")
    button(desktop, "files.pause").click()
    assert set(values(view, m.STATE)) == {"paused"}
    view.selectRow(0)
    view.selectionModel().select(
        view.model().index(1, 0),
        view.selectionModel().SelectionFlag.Select | view.selectionModel().SelectionFlag.Rows,
    )
    await until(button(desktop, "files.cancel").isEnabled, 5, "can be cancelled")
    assert button(desktop, "files.cancel").text() == "Cancel 2"
    button(desktop, "files.cancel").click()
    assert values(view, m.STATE).count("cancelled") == 2
    view.clearSelection()
    desktop.container.settings.set("uploads.speed_limit_kib", 0)
    await until(button(desktop, "files.resume").isEnabled, 5, "can be resumed")
    button(desktop, "files.resume").click()
    await until(lambda: values(view, m.STATE).count("uploaded") == 4, 30, "the others are uploaded")
    search = desktop.find("files.search")
    assert isinstance(search, QLineEdit)
    search.setText("3.pdf")
    assert values(view, m.NAME) == ["3.pdf"]
    search.clear()
    button(desktop, "files.filter.failed").click()
    assert values(view, m.STATE) == ["cancelled", "cancelled"]
    button(desktop, "files.filter.all").click()
    await until(button(desktop, "files.clearDone").isEnabled, 5, "can be cleared")
    button(desktop, "files.clearDone").click()
    assert values(view, m.STATE) == ["uploaded"] * 4


async def test_folder_is_compared_and_watched(desktop: Desktop, nested: Path) -> None:  # noqa: F811
    """Each difference is counted; a change on disk is noticed by itself; one button puts it right."""
    (nested / "копия.txt").write_text((nested / "корень.txt").read_text("utf-8"), "utf-8")
    view = await upload(desktop, nested, train=True)
    await until(lambda: set(values(view, m.STATE)) == {"trained"}, 60, "all searchable")
    tabs = desktop.find("files.tabs")
    assert isinstance(tabs, QTabWidget)
    tabs.setCurrentIndex(1)
    controller: Any = desktop.container.controllers["files"]
    folder = controller._reconcile.folders[nested]
    await until(lambda: folder.files is not None and not folder.checking, 20, "compared")
    assert {kind.value: folder.count(kind) for kind in type(folder.files[0].difference)} == {
        "not_trained": 0, "changed": 0, "gone": 0, "failed": 0, "empty": 1, "duplicate": 1, "trained": 5,
    }  # fmt: skip
    button(desktop, "files.folders.watch").click()
    (nested / "новый.txt").write_text(text(500), "utf-8")
    (nested / "а" / "б" / "в" / "глубоко.txt").unlink()
    (nested / "а" / "смета №1 (копия).txt").write_text(text(501), "utf-8")
    await until(lambda: folder.count(*_kinds(folder, "not_trained")) == 1, 20, "the new file is seen")
    await until(lambda: folder.count(*_kinds(folder, "changed")) == 1, 20, "the changed one too")
    await until(lambda: folder.count(*_kinds(folder, "gone")) == 1, 20, "the gone one too")
    listed = table(desktop, "files.folders.table")
    button(desktop, "files.folder.gone.show").click()
    assert values(listed, folder_model.RELATIVE) == ["а/б/в/глубоко.txt"]
    button(desktop, "files.folder.gone.act").click()
    await until(lambda: folder.count(*_kinds(folder, "gone")) == 0, 20, "removed from search")
    button(desktop, "files.folder.not_trained.act").click()
    await until(lambda: folder.count(*_kinds(folder, "not_trained")) == 0, 60, "made searchable")
    await check_server_folder(desktop, nested)


async def check_server_folder(desktop: Desktop, nested: Path) -> None:  # noqa: F811
    """Looked at first, trained in place; nothing is uploaded."""
    tabs = desktop.find("files.tabs")
    assert isinstance(tabs, QTabWidget)
    tabs.setCurrentIndex(2)
    page, path = desktop.find("files.serverFolder"), desktop.find("files.serverFolder.path")
    assert isinstance(path, QLineEdit)
    path.setText(str(nested / "nowhere"))
    button(desktop, "files.serverFolder.scan").click()
    await until(lambda: page.property("state") == "error", 10, "a wrong path is said")
    path.setText(str(nested))
    button(desktop, "files.serverFolder.scan").click()
    await until(lambda: page.property("state") == "found", 10, "found")
    before = len(desktop.container.runs.runs)
    button(desktop, "files.serverFolder.train").click()
    await until(lambda: len(desktop.container.runs.runs) > before, 10, "a run")
    run = list(desktop.container.runs.runs.values())[-1]
    await until(lambda: run.is_final, 60, "trained")
    assert str(nested) in run.params.values()


def _kinds(folder: Any, name: str) -> list[Any]:
    kind = type(folder.files[0].difference)
    return [kind(name)]


def start_app(data_dir: Path, limit: int, *paths: Path) -> "subprocess.Popen[str]":
    """The application as a process that drives itself."""
    command = [sys.executable, str(HELPERS / "app_upload.py"), str(data_dir), str(limit), *map(str, paths)]
    environment = {**os.environ, "PYTHONFAULTHANDLER": "1"}
    # A file: nobody reads a pipe meanwhile, and a full one would stop the application.
    with errors_of(data_dir).open("ab") as errors:
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)


def errors_of(data_dir: Path) -> Path:
    """What applications with this folder wrote to stderr."""
    return data_dir.with_suffix(".stderr")


def read_until(process: "subprocess.Popen[str]", check: Any, errors: Path, seconds: float = 120) -> Any:
    """The first line that is right; an application that does not get there ends with all its stacks."""
    assert process.stdout is not None
    last: dict[str, Any] = {}
    alarm = threading.Timer(seconds, process.send_signal, [signal.SIGABRT])
    alarm.start()
    try:
        for line in process.stdout:
            last = json.loads(line)
            if check(last):
                return last
    finally:
        alarm.cancel()
    raise AssertionError(f"ended with {process.wait(20)} at {last}:\n{errors.read_text()[-6000:]}")


def no_orphans(data_dir: Path) -> bool:
    """No process works on this folder any more (R29: the engine ends with its window)."""
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and str(data_dir) in (entry / "cmdline").read_text():
                return False
        except OSError:
            continue
    return True


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_killed_application_goes_on(tmp_path: Path) -> None:
    """kill -9 of the whole application at 50 %; started again it finishes by itself (A6, R2, R29)."""
    folder = tmp_path / "files"
    folder.mkdir()
    size = 0
    for number in range(5):
        content = (text(300 + number) * 180).encode() + random.Random(number).randbytes(8)
        (folder / f"{number}.txt").write_bytes(content)
        size += len(content)
    data_dir = tmp_path / "data"
    first = start_app(data_dir, 700, folder)
    try:
        read_until(first, lambda said: said["rows"] == 5 and said["sent"] > size // 2, errors_of(data_dir))
    finally:
        first.send_signal(signal.SIGKILL)
        first.communicate(timeout=20)
    end = time.monotonic() + 15
    while not no_orphans(data_dir):
        assert time.monotonic() < end, "the engine outlived its application"
        time.sleep(0.1)
    second = start_app(data_dir, 0)
    try:
        done = read_until(second, lambda said: set(said["states"]) == {"trained"}, errors_of(data_dir))
        assert done["rows"] == 5
        second.communicate(timeout=30)
        assert second.returncode == 0, errors_of(data_dir).read_text()[-6000:]
    finally:
        if second.poll() is None:
            os.kill(second.pid, signal.SIGKILL)
        second.communicate(timeout=20)


def test_models_keep_qts_rules(qtmodeltester: Any) -> None:
    """The transfer model under pytest-qt's model tester: rows come, change, are sorted, filtered, and go."""
    rows = {
        number: Transfer(
            number, f"/x/{number}.pdf", "h:/x", f"{number}.pdf", 100 + number, 1, f"{number:064x}"
        )
        for number in range(12)
    }
    make_application()
    shown: dict[int, Transfer] = {}
    model = TransfersModel(shown, lambda row: row.state.value, lambda row: row.error or "", str)
    qtmodeltester.check(model, force_py=True)
    shown.update(rows)
    model.apply(Changes(added=list(rows)))
    assert model.rowCount() == 12
    rows[3].state = rows[4].state = rows[9].state = TransferState.FAILED
    model.apply(Changes(changed={3, 4, 9}))
    model.sort(m.COLUMN_SIZE, Qt.SortOrder.DescendingOrder)
    assert [model.id_at(row) for row in range(3)] == [11, 10, 9]
    model.filter(frozenset({TransferState.FAILED}))
    assert sorted(model.id_at(row) for row in range(model.rowCount())) == [3, 4, 9]
    model.filter(frozenset())
    for number in (0, 1, 5, 11):
        del shown[number]
    model.apply(Changes(removed=[0, 1, 5, 11]))
    assert {model.id_at(row) for row in range(model.rowCount())} == set(shown)
    assert {bytes(name.data()).decode() for name in model.roleNames().values()} >= {
        "state",
        "progress",
        "sha256",
    }
    preflight = PreflightModel(str, lambda _: "", str)
    qtmodeltester.check(preflight, force_py=True)
    folder = FolderModel(lambda code, reason: reason or "", str)
    qtmodeltester.check(folder, force_py=True)


@pytest.mark.slow  # measures a time
def test_ten_thousand_rows_are_shown_without_a_stutter() -> None:
    """10,000 rows, scrolled end to end while 500 of them change at each step: no step takes the GUI
    thread 100 ms (of its own time: other processes of a shared machine do not count)."""
    from bldr_desktop.ui.panels.file_manager import words
    from bldr_desktop.ui.panels.file_manager.table_view import TableView
    from bldr_desktop.ui.sizes import size
    from bldr_desktop.ui.theme.theme import Theme

    rows = {
        number: Transfer(number, f"/x/{number}.pdf", "h:/x", f"а/б/{number}.pdf", 5000, 1, f"{number:064x}")
        for number in range(10_000)
    }
    # not pytest-qt's ``qapp``: a second owner of the application crashes at the interpreter's end
    application = make_application()
    theme = Theme(application)
    view = TableView(theme)
    model = TransfersModel(rows, words.state, words.details, size)
    view.set_model(model)
    view.resize(1000, 700)
    view.show()
    application.processEvents()
    slowest = 0.0
    bar = view.table.verticalScrollBar()
    for step in range(40):
        started = time.thread_time()
        changed = {(step * 500 + number) % 10_000 for number in range(500)}
        for number in changed:
            rows[number].sent = step * 80
            rows[number].state = TransferState.SENDING
        model.apply(Changes(changed=changed))
        bar.setValue(bar.maximum() * step // 39)
        application.processEvents()
        slowest = max(slowest, time.thread_time() - started)
    view.hide()
    view.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.deleteLater()
    assert slowest < 0.1, f"{slowest * 1000:.0f} ms"
