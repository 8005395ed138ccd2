# SPDX-License-Identifier: MIT
"""These tests look at the real window, on one loop for Qt and asyncio."""

from qt_loop import pytest_asyncio_loop_factories

__all__ = ["pytest_asyncio_loop_factories"]
