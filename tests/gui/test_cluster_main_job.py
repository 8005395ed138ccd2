# SPDX-License-Identifier: MIT
"""The main job in a real window on a cluster: the same steps, other services behind the address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster import PASSWORD, Cluster, missing, running_cluster
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView
from window import desktop_options, desktop_unready, drop_files, first_window, until

from bldr_desktop.app import demo
from bldr_desktop.app.lifecycle import Desktop
from bldr_desktop.app.options import Options

__all__ = ["desktop_options", "desktop_unready", "first_window"]
pytestmark = [
    pytest.mark.cluster,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(missing() is not None, reason=missing() or "-"),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as made:
        yield made


@pytest.fixture
def desktop_options(tmp_path: Path, cluster: Cluster) -> Options:  # noqa: F811 - this module's own
    return Options(data_dir=tmp_path / "data", lang="en", theme="light", server=cluster.urls[0])


async def test_drop_train_ask_and_read(desktop_unready: Desktop, samples: Path) -> None:
    window = desktop_unready
    await until(lambda: window.find("login.dialog").isVisible(), 30, "the sign-in")
    window.find("login.user").setText("anna")  # type: ignore[attr-defined]
    window.find("login.password").setText(PASSWORD)  # type: ignore[attr-defined]
    window.find("login.submit").click()  # type: ignore[attr-defined]
    await window.ready(60.0)
    window.window.go("files")
    files = [file for file in sorted(samples.rglob("*")) if file.is_file()]
    assert drop_files(window.find("files.dropZone"), [samples])
    start, table = window.find("files.start"), window.find("files.table")
    assert isinstance(start, QAbstractButton)
    assert isinstance(table, QAbstractItemView)
    await until(lambda: start.isVisible() and start.isEnabled(), 20, "the summary")
    start.click()
    final = {"trained", "failed", "empty", "unsupported"}

    def trained() -> bool:
        states = demo.column(table.model(), "state")
        return len(states) > 0 and set(states) <= final and states.count("trained") >= len(files) - 2

    await until(trained, 90, "trained files")
    window.window.go("rag")
    box, results = demo._line(window.find("rag.query")), window.find("rag.results")
    assert isinstance(results, QAbstractItemView)
    box.setText("толщина защитного слоя бетона")
    demo._press(box, Qt.Key.Key_Return)
    await until(lambda: results.model().rowCount() > 0, 30, "hits")
    results.setCurrentIndex(results.model().index(0, 0))
    demo._press(results, Qt.Key.Key_Return)
    viewer = window.find("rag.viewer")
    await until(viewer.isVisible, 20, "the page")
