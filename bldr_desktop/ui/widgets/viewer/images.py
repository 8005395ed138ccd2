# SPDX-License-Identifier: MIT
"""Decoding page images, meant for a thread that is not the GUI's."""

from PySide6.QtGui import QImage


def decoded(png: bytes) -> QImage:
    """A PNG as an image that paints without conversion; a null image when it is none."""
    return QImage.fromData(png).convertToFormat(QImage.Format.Format_RGB32)
