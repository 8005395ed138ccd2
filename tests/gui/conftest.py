# SPDX-License-Identifier: MIT
"""GUI tests run on qasync: one loop for Qt and asyncio, as in the application."""

from qt_loop import pytest_asyncio_loop_factories

__all__ = ["pytest_asyncio_loop_factories"]
