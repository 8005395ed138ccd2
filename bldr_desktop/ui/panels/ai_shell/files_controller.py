# SPDX-License-Identifier: MIT
"""Conversations saved as files, and lists of questions answered as a job."""

from pathlib import Path

from PySide6.QtCore import QLocale

from bldr_desktop.client.api import ApiError, NotOffered
from bldr_desktop.client.sources import SourceFault
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.services.ai import AiService
from bldr_desktop.services.ai_files import AiFiles
from bldr_desktop.ui.panels.ai_shell.panel import AiPanel
from bldr_desktop.ui.qt.glue import pick_files, pick_save
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.shell import Shell


class FilesController:
    """What the menu of the panel does."""

    def __init__(self, panel: AiPanel, files: AiFiles, ai: AiService, shell: Shell, scope: TaskScope) -> None:
        self._panel, self._files, self._ai, self._shell = panel, files, ai, shell
        panel.export_asked.connect(lambda kind: scope.spawn("export", self._export(kind)))
        panel.list_asked.connect(lambda: scope.spawn("list", self._list()))

    def show(self) -> None:
        """What can be done now."""
        kept = bool(self._ai.current.id) and bool(self._ai.current.exchanges)
        self._panel.menu_actions["md"].setEnabled(kept)
        self._panel.menu_actions["docx"].setEnabled(kept)

    async def _export(self, kind: str) -> None:
        conversation = self._ai.current.id
        if conversation is None:
            return
        title = tr("ai", "Export the conversation")
        place = await pick_save(self._panel, title, f"{tr('ai', 'conversation')}.{kind}")
        if place is not None:
            await self.save(conversation, kind, place)

    async def save(self, conversation_id: str, kind: str, place: Path) -> None:
        """Save a conversation and say so."""
        try:
            await self._files.export(conversation_id, kind, QLocale().name()[:2], place)
        except NotOffered:
            self._shell.toast(tr("ai", "This server cannot export conversations."), kind="warn")
        except ApiError as error:
            self._shell.toast(error.sentence, kind="error")
        except OSError as error:
            said = tr("ai", "The file cannot be written: {reason}", reason=error.strerror or str(error))
            self._shell.toast(said, kind="error")
        else:
            self._shell.toast(tr("ai", "Saved as {name}", name=place.name))

    async def _list(self) -> None:
        title = tr("ai", "A list of questions, one in each row")
        chosen = await pick_files(self._panel, title, "XLSX (*.xlsx)")
        if chosen:
            await self.ask_list(chosen[0])

    async def ask_list(self, place: Path) -> None:
        """Have a list answered as a job and go to the queue, where its result will be."""
        try:
            await self._files.ask_list(place, self._ai.choice)
        except NotOffered:
            self._shell.toast(tr("ai", "This server cannot answer lists of questions."), kind="warn")
        except (ApiError, SourceFault) as error:
            self._shell.toast(error.sentence, kind="error")
        else:
            self._shell.toast(tr("ai", "The list is being answered; the result will be in the queue."))
            self._shell.go("queue")
