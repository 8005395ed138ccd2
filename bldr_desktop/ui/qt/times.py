# SPDX-License-Identifier: MIT
"""Instants and lengths of time as a person reads them."""

from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QTime


def short_time(stamp: str, locale: QLocale) -> str:
    """RFC 3339 in the local zone: the time today, else date and time; empty when it is no instant."""
    try:
        moment = datetime.fromisoformat(stamp).astimezone()
    except ValueError:
        return ""
    short = QLocale.FormatType.ShortFormat
    time = locale.toString(QTime(moment.hour, moment.minute), short)
    if moment.date() == datetime.now().astimezone().date():
        return time
    return f"{locale.toString(QDate(moment.year, moment.month, moment.day), short)} {time}"
