# SPDX-License-Identifier: MIT
"""Amounts of bytes as a person reads them; one way for all panels."""

from PySide6.QtCore import QLocale

from bldr_desktop.ui.qt.i18n import tr


def size(amount: int) -> str:
    """Bytes in the largest fitting unit, with one decimal."""
    if amount < 1024:
        return tr("shell", "%n byte(s)", amount)
    return QLocale().formattedDataSize(amount, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
