# SPDX-License-Identifier: MIT
"""Decoding page images off the GUI thread."""

import asyncio

from PySide6.QtGui import QImage


async def decoded(png: bytes) -> QImage:
    """A PNG as an image that paints without conversion; a null image when it is none."""
    return await asyncio.to_thread(_decode, png)


def _decode(png: bytes) -> QImage:
    return QImage.fromData(png).convertToFormat(QImage.Format.Format_RGB32)
