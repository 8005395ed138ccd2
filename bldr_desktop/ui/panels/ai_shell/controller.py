# SPDX-License-Identifier: MIT
"""Between the AI services and the panel."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, QSettings, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu

from bldr_desktop.client.api import ApiError
from bldr_desktop.client.session import Session, SessionState
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.protocol.ai import Citation
from bldr_desktop.services.ai import AiService
from bldr_desktop.services.ai_attachments import AiAttachments
from bldr_desktop.services.ai_files import AiFiles
from bldr_desktop.services.ai_history import AiHistory
from bldr_desktop.services.ai_state import Choice
from bldr_desktop.services.models import ModelsService
from bldr_desktop.ui.panels.ai_shell.connecting import Connecting
from bldr_desktop.ui.panels.ai_shell.files_controller import FilesController
from bldr_desktop.ui.panels.ai_shell.panel import AiPanel
from bldr_desktop.ui.qt.glue import confirmed, pick_files
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.shell import Shell

_OPENED = {"http", "https", "mailto"}


@dataclass(slots=True)
class AiServices:
    """What the panel works with."""

    ai: AiService
    history: AiHistory
    attachments: AiAttachments
    models: ModelsService
    files: AiFiles


class AiController:
    """Asks and shows; keeps role, model and thinking for the next start."""

    def __init__(
        self, panel: AiPanel, services: AiServices, session: Session, shell: Shell, store: QSettings
    ) -> None:
        self.panel, self.services = panel, services
        self._shell, self._store = shell, store
        self._scope = TaskScope("ai.panel")
        self._dirty = False
        self._connecting = Connecting(panel, services.ai, services.models, self._scope)
        self._files = FilesController(panel, services.files, services.ai, shell, self._scope)
        services.ai.choice = self._kept_choice()
        self._leave = [
            services.ai.changed.connect(self._on_changed),
            services.ai.known.connect(lambda _none: self._show_known()),
            services.ai.ended.connect(lambda _item: self._read_history()),
            services.history.changed.connect(lambda _state: self._show_history()),
            services.attachments.changed.connect(lambda _none: self._show_files()),
            session.changed.connect(self._on_session),
            shell.shown_panel.connect(self._on_shown),
        ]
        self._connect()
        shell.theme.changed.connect(self._on_theme)
        if session.state is SessionState.SIGNED_IN:
            self.refresh()
        self._show_known()
        self._show()

    def _connect(self) -> None:
        panel, box = self.panel, self.panel.box
        box.sent.connect(self._on_sent)
        box.stopped.connect(self._on_stopped)
        box.attach_asked.connect(lambda: self._scope.spawn("attach", self._pick()))
        box.detached.connect(lambda key: self.services.attachments.remove(key))
        box.last_wanted.connect(self._on_last_wanted)
        panel.files_dropped.connect(self._attach)
        panel.choice_changed.connect(self._on_choice)
        panel.clear.clicked.connect(self._on_new)
        panel.history_button.toggled.connect(lambda on: self._read_history() if on else None)
        panel.thread_view.did.connect(self._on_did)
        panel.thread_view.cited.connect(self._on_cited)
        panel.thread_view.link_chosen.connect(
            lambda address: self._scope.spawn("link", self._open_link(address))
        )
        history = panel.history
        history.search.searched.connect(
            lambda text: self._scope.spawn("search", self.services.history.read(text))
        )
        history.opened.connect(self._on_opened)
        history.did.connect(lambda what, key: self._scope.spawn(what, self._change_history(what, key)))
        history.renamed.connect(lambda key, title: self._scope.spawn("rename", self._rename(key, title)))

    async def aclose(self) -> None:
        """Stop."""
        for leave in self._leave:
            leave()
        await self._scope.close()
        await self.services.attachments.aclose()
        await self.services.ai.aclose()

    def refresh(self) -> None:
        """Read again who can be asked, and the history."""
        self._scope.spawn("known", self.services.ai.read_known())
        self._read_history()

    # -- asking -------------------------------------------------------------------------------

    @property
    def has_model(self) -> bool:
        """True while a model can be asked."""
        models = self.services.ai.models
        return models is not None and models.state == "ready" and bool(models.models)

    def draft(self, question: str) -> None:
        """Put a question into the box, to be read over and sent by the person."""
        self._shell.go("ai")
        self.panel.box.put(question)

    def _on_sent(self, text: str) -> None:
        self.services.ai.ask(text, self.services.attachments.take())
        self.panel.thread_view.to_end()

    def _on_stopped(self) -> None:
        thread = self.services.ai.current
        item = thread.busy or (thread.waiting[0] if thread.waiting else None)
        if item is not None:
            self._scope.spawn("stop", self.services.ai.stop(item.key))

    def _on_last_wanted(self) -> None:
        asked = [item for item in self.services.ai.current.exchanges if item.question]
        if asked and asked[-1].phase.is_final:
            self._edit(asked[-1].key)

    def _on_did(self, what: str, key: str) -> None:
        ai = self.services.ai
        item = next((item for item in ai.current.exchanges if item.key == key), None)
        if item is None:
            return
        if what == "copy":
            QGuiApplication.clipboard().setText(self.services.files.plain(item))
            self._shell.toast(tr("ai", "The answer with its sources is in the clipboard."))
        elif what == "retry":
            ai.again(key)
        elif what == "retry_with":
            self._offer_models(key)
        elif what == "edit":
            self._edit(key)
        elif what == "unqueue":
            self.panel.box.put(ai.unqueue(key))

    def _edit(self, key: str) -> None:
        self._scope.spawn("edit", self._ask_edited(key))

    async def _ask_edited(self, key: str) -> None:
        from bldr_desktop.ui.panels.ai_shell.edit_dialog import edited

        ai = self.services.ai
        item = next((item for item in ai.current.exchanges if item.key == key), None)
        if item is None:
            return
        later = len(ai.current.exchanges) - ai.current.exchanges.index(item) - 1
        text = await edited(self.panel, item.question, later)
        if text:
            ai.again(key, text)
            self.panel.thread_view.to_end()

    def _offer_models(self, key: str) -> None:
        models = self.services.ai.models
        menu = QMenu(self.panel)
        menu.setObjectName("ai.models")
        for model in models.models if models else []:
            action = QAction(model.id, menu)
            action.triggered.connect(
                lambda _checked=False, name=model.id: self.services.ai.again(key, model=name)
            )
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        view = next(view for view in self.panel.thread_view.views if view.key == key)
        place = view.actions_["retry_with"]
        menu.popup(place.mapToGlobal(place.rect().bottomLeft()))

    def _on_new(self) -> None:
        self.services.ai.new_thread()
        self.panel.box.text.setFocus()

    # -- files --------------------------------------------------------------------------------

    async def _pick(self) -> None:
        self._attach(await pick_files(self.panel, tr("ai", "Attach files")))

    def _attach(self, paths: list[Path]) -> None:
        left_out = self.services.attachments.add(paths)
        if left_out:
            said = tr("ai", "%n file(s) were not attached: at most 10 go with a question.", left_out)
            self._shell.toast(said, kind="warn")

    def _show_files(self) -> None:
        self.panel.box.show_files(self.services.attachments.items)

    # -- who is asked -------------------------------------------------------------------------

    def _kept_choice(self) -> Choice:
        kept = self._store
        role, model = str(kept.value("role") or ""), str(kept.value("model") or "")
        return Choice(role or None, model or None, True if kept.value("thinking") == "on" else None)

    def _on_choice(self) -> None:
        panel, ai = self.panel, self.services.ai
        role, model = panel.role.currentData(), panel.model.currentData()
        offered = ai.models.models if ai.models else []
        thinks = next((item.thinking for item in offered if item.id == model), None)
        thinking = True if panel.thinking.isChecked() else (False if thinks else None)
        ai.choice = Choice(role, model, thinking)
        self._store.setValue("role", role or "")
        self._store.setValue("model", model or "")
        self._store.setValue("thinking", "on" if thinking else "")

    def _show_known(self) -> None:
        panel, ai = self.panel, self.services.ai
        panel.offer_roles(ai.roles, ai.choice.role, QLocale().name()[:2])
        models = ai.models.models if ai.models and ai.models.state == "ready" else []
        default = ai.models.default if ai.models else None
        known = {model.id for model in models}
        panel.offer_models(models, ai.choice.model if ai.choice.model in known else default)
        panel.thinking.setChecked(ai.choice.thinking is True)
        self._connecting.show()
        self._show()

    # -- the conversation ---------------------------------------------------------------------

    def _on_changed(self, keys: frozenset[str]) -> None:
        if not self.panel.isVisible():
            self._dirty = True
        elif "" in keys:
            self._show()
        else:
            self.panel.thread_view.show_some(keys)
            self._show_busy()

    def _show(self) -> None:
        panel, ai = self.panel, self.services.ai
        self._dirty = False
        thread = ai.current
        several = ai.models is not None and len(ai.models.models) > 1
        panel.thread_view.show_thread(thread, models=several)
        if thread.exchanges:
            panel.view.show_content()
        elif thread.loading:
            panel.view.show_loading(tr("ai", "Reading the conversation…"))
        elif thread.error:
            panel.view.show_error(thread.error, retry=self._reopen)
        else:
            panel.view.show_empty(
                tr("ai", "Ask your documents"),
                tr("ai", "Each answer names its sources: document, clause and page, one click away."),
                icon="ai",
            )
        self._show_busy()
        panel.clear.setEnabled(bool(thread.exchanges))
        self._files.show()

    def _show_busy(self) -> None:
        thread = self.services.ai.current
        self.panel.box.show_busy(thread.busy is not None or bool(thread.waiting))

    def _reopen(self) -> None:
        thread = self.services.ai.current
        if thread.id:
            self._scope.spawn("open", self.services.ai.open_thread(thread.id))

    def _on_cited(self, citation: Citation) -> None:
        self._shell.open_document(citation.document_id, citation.page, citation.char_start, citation.char_end)

    async def _open_link(self, address: str) -> None:
        """Only the web and mail, and only when the person says so."""
        url = QUrl(address)
        if url.scheme().lower() not in _OPENED:
            self._shell.toast(
                tr("ai", "This link is not opened: {address}", address=address[:120]), kind="warn"
            )
            return
        title = tr("ai", "Open this address in the browser?")
        if await confirmed(self.panel, title, address, tr("ai", "Open"), tr("ai", "Do not open")):
            QDesktopServices.openUrl(url)

    # -- history ------------------------------------------------------------------------------

    def _read_history(self) -> None:
        if self.panel.history_button.isChecked():
            self._scope.spawn("history", self.services.history.read())

    def _show_history(self) -> None:
        self.panel.history.show_state(self.services.history.state, self.services.ai.current.id)

    def _on_opened(self, conversation_id: str) -> None:
        if conversation_id != self.services.ai.current.id:
            self._scope.spawn("open", self.services.ai.open_thread(conversation_id))

    async def _rename(self, conversation_id: str, title: str) -> None:
        try:
            await self.services.history.rename(conversation_id, title)
        except ApiError as error:
            self._shell.toast(error.sentence, kind="error")
            self._show_history()

    async def _change_history(self, what: str, conversation_id: str) -> None:
        history = self.services.history
        try:
            if what != "delete":
                await history.pin(conversation_id, what == "pin")
                return
            title = tr("ai", "Delete this conversation?")
            text = tr("ai", "Its questions and answers cannot be brought back.")
            if await confirmed(self.panel, title, text, tr("ai", "Delete"), tr("ai", "Keep")):
                await history.delete(conversation_id)
                self.services.ai.forget_thread(conversation_id)
        except ApiError as error:
            self._shell.toast(error.sentence, kind="error")

    # -- around -------------------------------------------------------------------------------

    def _on_session(self, state: SessionState) -> None:
        if state is SessionState.SIGNED_IN:
            self.refresh()
            self.services.ai.resume()

    def _on_shown(self, panel: str) -> None:
        if panel == "ai":
            self.panel.input.setFocus()
            if self._dirty:
                self._show()
            if self.services.ai.models is None or self.services.ai.models.state != "ready":
                self._scope.spawn("known", self.services.ai.read_known())

    def _on_theme(self) -> None:
        self.panel.thread_view.repaint_all()
        self._show_files()
