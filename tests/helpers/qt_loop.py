# SPDX-License-Identifier: MIT
"""One loop for Qt and asyncio, as in the application: what a ``conftest.py`` of window tests imports."""

import asyncio
from collections.abc import Callable, Mapping

import pytest
import pytestqt.plugin

# WORKAROUND: pytest-qt processes Qt events between the phases of
# a test, where qasync's tasks would be stepped without a running loop and fail in anyio.
pytestqt.plugin._process_events = lambda: None


def _qasync_loop() -> asyncio.AbstractEventLoop:
    from bldr_desktop.app.frame import make_application
    from bldr_desktop.ui.qt.loop import QtLoop

    return QtLoop(make_application())


@pytest.hookimpl(optionalhook=True)
def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Hook of pytest-asyncio (1.4 and later)."""
    return {"qasync": _qasync_loop}
