# SPDX-License-Identifier: MIT
"""Chips go on in the next line: none is narrower than it asks for, and the row says how high it is."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from bldr_desktop.app.frame import make_application
from bldr_desktop.ui.widgets.flow import FlowRow


@pytest.fixture
def application() -> QApplication:
    return make_application()


def test_lines_follow_the_width(application: QApplication) -> None:
    row = FlowRow(spacing=4)
    parts = [QPushButton("x" * length) for length in (8, 12, 4, 16, 6)]
    for part in parts:
        row.add(part)
    one = row.sizeHint()
    assert one.width() == sum(part.sizeHint().width() for part in parts) + 4 * 4
    assert row.heightForWidth(one.width()) == one.height()
    row.resize(one.width() // 2, 200)
    row.show()
    assert row.heightForWidth(row.width()) > one.height()
    for part in parts:
        assert part.width() == part.sizeHint().width() and row.rect().contains(part.geometry())
    places = [part.geometry() for part in parts]
    assert not any(a.intersects(b) for a in places for b in places if a is not b)
    row.hide()
    parts[0].setText("x" * 20)  # told to nobody while it is not seen
    row.show()
    assert parts[0].width() == parts[0].sizeHint().width()
    parts[0].setText("x" * 8)
    QApplication.processEvents()
    assert parts[0].width() == parts[0].sizeHint().width()
    high = row.heightForWidth(row.width())
    parts[3].hide()
    assert row.heightForWidth(row.width()) <= high
    row.take(parts[0])
    assert row.sizeHint().width() < one.width()
    assert row.minimumSizeHint().width() == max(part.sizeHint().width() for part in (*parts[1:3], parts[4]))
    row.deleteLater()
