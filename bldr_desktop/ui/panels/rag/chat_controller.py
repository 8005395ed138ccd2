# SPDX-License-Identifier: MIT
"""The Chat tab's doings."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from bldr_desktop.client.link import Link, LinkState
from bldr_desktop.common.observe import Notice
from bldr_desktop.services.chat import ChatService, ChatState
from bldr_desktop.ui.panels.rag import chat_html
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.widgets.viewer.target import Target

if TYPE_CHECKING:
    from bldr_desktop.ui.panels.rag.chat_view import ChatView
    from bldr_desktop.ui.shell import Shell

LATE_CHECK_MS = 5_000


class ChatController:
    """Between the view and the chat."""

    def __init__(self, view: "ChatView", chat: ChatService, shell: "Shell") -> None:
        self.open_asked: Notice[Target] = Notice()
        self._view, self._chat, self._shell = view, chat, shell
        self._late = QTimer(view, interval=LATE_CHECK_MS)
        self._late.timeout.connect(chat.check_late)
        self._late.start()
        self._off = [chat.changed.connect(self._show)]
        view.asked.connect(lambda text: chat.ask(text))
        view.link_chosen.connect(self._on_link_chosen)
        view.clear.clicked.connect(lambda: chat.clear())
        shell.theme.changed.connect(self.retranslate)
        self._show(chat.state)

    def shown(self) -> None:
        """The tab came to the front."""
        self._view.input.setFocus()

    def retranslate(self) -> None:
        """Language or colours changed."""
        self._show(self._chat.state)

    async def close(self) -> None:
        """End."""
        self._late.stop()
        for off in self._off:
            off()
        await self._chat.close()

    def _show(self, state: ChatState) -> None:
        self._show_link(state.link)
        waiting = state.outbox
        self._view.outbox.setText(tr("rag", "%n question(s) in the outbox", waiting) if waiting else "")
        self._view.clear.setVisible(bool(state.exchanges))
        if state.exchanges:
            self._view.state.show_content()
            self._view.show_messages(chat_html.conversation(state, self._shell.theme.colors))
        else:
            self._view.state.show_empty(
                tr("rag", "Ask your documents in your own words"),
                tr("rag", "The answer names its sources: document, clause and page, one click away."),
                icon="chat",
            )

    def _show_link(self, link: Link) -> None:
        said, tone = {
            LinkState.CONNECTED: (tr("rag", "Connected"), "ok"),
            LinkState.CONNECTING: (tr("rag", "Connecting"), "neutral"),
            LinkState.RECONNECTING: (tr("rag", "Reconnecting"), "warn"),
            LinkState.OFFLINE: (tr("rag", "Offline"), "error"),
            LinkState.UNAUTHORIZED: (tr("rag", "Sign-in needed"), "warn"),
        }[link.state]
        self._view.link.show_state(str(link.state), said, tone)

    def _on_link_chosen(self, href: str) -> None:
        kind, _, rest = href.partition(":")
        if kind == chat_html.RETRY:
            self._chat.retry(rest)
        elif kind == chat_html.SOURCE:
            exchange_id, _, number = rest.partition(":")
            self._open(exchange_id, int(number) if number.isdigit() else 0)

    def _open(self, exchange_id: str, number: int) -> None:
        exchange = next((item for item in self._chat.state.exchanges if item.id == exchange_id), None)
        passages = exchange.passages if exchange else ()
        passage = next((item for item in passages if item.number == number), None)
        if passage is not None:
            self.open_asked.emit(Target.of_passage(passage, passage.text))
