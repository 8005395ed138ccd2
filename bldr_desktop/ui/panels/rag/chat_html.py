# SPDX-License-Identifier: MIT
"""A conversation as the rich text of our own making: everything that came from outside is escaped."""

import html
import re

from bldr_desktop.protocol.ai import Citation
from bldr_desktop.services.chat import ChatState, Delivery, Exchange
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.theme.tokens import Colors
from bldr_desktop.ui.widgets import words
from bldr_desktop.ui.widgets.excerpt import excerpt

SOURCE = "bldr-source"
RETRY = "bldr-retry"
QUOTE = 420
_NUMBER = re.compile(r"\[(\d{1,3})\]")


def conversation(state: ChatState, colors: Colors) -> str:
    """All exchanges, oldest first."""
    return "".join(_exchange(item, colors) for item in state.exchanges)


def _exchange(item: Exchange, colors: Colors) -> str:
    question = (
        f'<table width="100%" cellspacing="0" cellpadding="0"><tr><td width="18%"></td>'
        f'<td><table align="right" cellpadding="10" cellspacing="0" bgcolor="{colors.accent_soft}">'
        f'<tr><td style="color:{colors.text}">{_said(item.question)}</td></tr></table></td></tr></table>'
    )
    return f"{question}<div>{_answer(item, colors)}</div><p></p>"


def _answer(item: Exchange, colors: Colors) -> str:
    if item.delivery is Delivery.WAITING:
        return _note(tr("rag", "Waits in the outbox; it is sent as soon as there is a connection."), colors)
    if item.delivery is Delivery.SENT:
        return _note(tr("rag", "Looking in the documents…"), colors)
    if item.delivery is Delivery.FAILED:
        said = tr("rag", "No answer came in time.") if item.error == "timeout" else item.error
        link = f'<a href="{RETRY}:{item.id}" style="color:{colors.accent}">{html.escape(_again())}</a>'
        return f'<p style="color:{colors.error}">{html.escape(said)} {link}</p>'
    if not item.passages:
        return f'<p style="color:{colors.text}">{_said(item.answer)}</p>'
    return _with_sources(item, colors)


def _again() -> str:
    return tr("rag", "Ask again")


def _with_sources(item: Exchange, colors: Colors) -> str:
    """An answer that only lists its passages is shown as its first line and the passages; any other
    answer as it is, its numbers leading to the sources under it."""
    lists_them = all(passage.text in item.answer for passage in item.passages)
    text = item.answer.split("\n", 1)[0] if lists_them else item.answer
    numbers = {passage.number for passage in item.passages}

    def link(match: re.Match[str]) -> str:
        number = int(match.group(1))
        if number not in numbers:
            return match.group(0)
        href = f"{SOURCE}:{item.id}:{number}"
        return f'<a href="{href}" style="color:{colors.accent}">[{number}]</a>'

    said = _NUMBER.sub(link, _said(text))
    sources = "".join(_source(item.id, passage, colors, quote=lists_them) for passage in item.passages)
    return f'<p style="color:{colors.text}">{said}</p>{sources}'


def _source(exchange_id: str, passage: Citation, colors: Colors, *, quote: bool) -> str:
    name = html.escape(passage.designation or passage.document_name)
    place = html.escape(words.place(passage))
    href = f"{SOURCE}:{exchange_id}:{passage.number}"
    head = (
        f'<a href="{href}" style="color:{colors.accent}; text-decoration:none">'
        f"[{passage.number}] <b>{name}</b>{' · ' + place if place else ''}</a>"
    )
    if passage.edition_status == "outdated":
        head += f' <span style="color:{colors.warn}">⚠ {html.escape(words.edition("outdated"))}</span>'
    body = f'<br><span style="color:{colors.text}">{_marked(passage, colors)}</span>' if quote else ""
    return f'<p style="margin-left:8px">{head}{body}</p>'


def _marked(passage: Citation, colors: Colors) -> str:
    text, marks = excerpt(passage.text, passage.highlights, QUOTE)
    said, at = "", 0
    for start, end in marks:
        if start < at:
            continue
        said += html.escape(text[at:start])
        said += f'<span style="background-color:{colors.mark}; color:{colors.mark_text}">'
        said += f"{html.escape(text[start:end])}</span>"
        at = end
    return said + html.escape(text[at:]) + ("…" if len(text) >= QUOTE else "")


def _note(text: str, colors: Colors) -> str:
    return f'<p style="color:{colors.muted}">{html.escape(text)}</p>'


def _said(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")
