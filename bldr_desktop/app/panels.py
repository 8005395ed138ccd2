# SPDX-License-Identifier: MIT
"""How each panel is built: a factory takes the container and gives a widget.

A panel's owner replaces its factory here. The controller goes to ``container.controllers`` (it must
live as long as the panel) and its ``aclose`` to ``container.on_close``.
"""

import asyncio
from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from bldr_desktop.app.container import Container
from bldr_desktop.ui.qt.i18n import tr

Factory = Callable[[Container], QWidget]


def _files(container: Container) -> QWidget:
    from bldr_desktop.client.uploads import UploadClient
    from bldr_desktop.services.documents import DocumentsService
    from bldr_desktop.services.preflight import PreflightService
    from bldr_desktop.services.reconcile import ReconcileService
    from bldr_desktop.services.transfer_journal import Journal
    from bldr_desktop.services.transfer_training import TransferTraining
    from bldr_desktop.services.transfers import TransferService
    from bldr_desktop.services.watch import FolderWatch
    from bldr_desktop.ui.panels.file_manager.controller import FilesController, FileServices
    from bldr_desktop.ui.panels.file_manager.panel import FilesPanel

    client = UploadClient(container.api)
    journal = Journal(container.data_dir / "transfers.sqlite3")
    server = container.options.server or "embedded"
    transfers = TransferService(container.api, client, journal, server=server)
    training = TransferTraining(transfers, container.runs, container.feed)
    looker = PreflightService(client, journal)
    documents = DocumentsService(container.api)
    reconcile = ReconcileService(looker, transfers, documents, container.runs, journal, server)
    watch = FolderWatch(reconcile)
    early = container.early_files
    panel = FilesPanel(container.theme) if early is None else early.panel
    services = FileServices(
        transfers, training, looker, reconcile, documents, container.settings, container.cache_dir
    )
    controller = FilesController(panel, services, container.window)
    container.controllers["files"] = controller
    container.window.paths_added.connect(controller.add_paths)

    async def end() -> None:
        begun.cancel()
        await asyncio.wait({begun})  # nothing is begun while its parts are closed
        for part in (controller.aclose, watch.close, reconcile.close, training.close):
            await part()
        looker.close()
        await transfers.close()

    async def begin() -> None:
        await transfers.start()
        _say_journal(container, journal.note)
        await reconcile.start()
        watch.start()

    container.on_close.append(end)
    begun = container.scope.spawn("transfers.start", begin())
    if early is not None:
        container.on_close.append(early.aclose)
        early.hand_over(controller.add_paths)
    return panel


def _say_journal(container: Container, note: str) -> None:
    """What became of the list of files, where that is not what a person expects."""
    texts = {
        "memory": tr(
            "shell",
            "The list of files cannot be kept: the folder cannot be written. It lasts until you quit.",
        ),
        "set_aside": tr(
            "shell", "The list of files was damaged and was set aside. What is in the engine is not affected."
        ),
    }
    if note in texts:
        container.window.toast(texts[note], kind="warn")


def _rag(container: Container) -> QWidget:
    from PySide6.QtCore import QSettings

    from bldr_desktop.services.chat import ChatService
    from bldr_desktop.services.control_questions import ControlQuestionsService
    from bldr_desktop.services.document_table import DocumentTable
    from bldr_desktop.services.documents import DocumentsService
    from bldr_desktop.services.exports import ExportService
    from bldr_desktop.services.facets import FacetsService
    from bldr_desktop.services.overview import OverviewService
    from bldr_desktop.services.pages import PageStore
    from bldr_desktop.services.query_history import QueryHistory
    from bldr_desktop.services.search import SearchService
    from bldr_desktop.ui.panels.rag.controller import RagController, RagServices
    from bldr_desktop.ui.panels.rag.panel import RagPanel

    api = container.api
    facets = FacetsService(api)
    services = RagServices(
        search=SearchService(api, QueryHistory(container.config_dir / "queries.json")),
        documents=DocumentsService(api),
        pages=PageStore(api, container.cache_dir / "pages"),
        facets=facets,
        table=DocumentTable(api),
        overview=OverviewService(api, facets),
        questions=ControlQuestionsService(api),
        chat=ChatService(container.feed),
        exports=ExportService(api),
        runs=container.runs,
        feed=container.feed,
    )
    panel = RagPanel(container.theme)
    store = QSettings(str(container.config_dir / "rag.ini"), QSettings.Format.IniFormat)
    controller = RagController(panel, services, container.window, store, container.cache_dir / "originals")
    container.controllers["rag"] = controller
    container.on_close.append(controller.aclose)
    return panel


def _queue(container: Container) -> QWidget:
    from PySide6.QtCore import QSettings

    from bldr_desktop.ui.panels.ai_shell.controller import AiController
    from bldr_desktop.ui.panels.queue.controller import QueueController
    from bldr_desktop.ui.panels.queue.panel import QueuePanel

    panel = QueuePanel(container.theme)
    store = QSettings(str(container.config_dir / "queue.ini"), QSettings.Format.IniFormat)

    def ask_model() -> Callable[[str], None] | None:
        ai = container.controllers.get("ai")
        return ai.draft if isinstance(ai, AiController) and ai.has_model else None

    controller = QueueController(panel, container.queue, container.window, store, ask_model)
    container.controllers["queue"] = controller
    container.on_close.append(controller.aclose)
    return panel


def _ai(container: Container) -> QWidget:
    from PySide6.QtCore import QSettings

    from bldr_desktop.client.uploads import UploadClient
    from bldr_desktop.services.ai import AiService
    from bldr_desktop.services.ai_attachments import AiAttachments
    from bldr_desktop.services.ai_files import AiFiles
    from bldr_desktop.services.ai_history import AiHistory
    from bldr_desktop.services.models import ModelsService
    from bldr_desktop.ui.panels.ai_shell.controller import AiController, AiServices
    from bldr_desktop.ui.panels.ai_shell.panel import AiPanel

    api = container.api
    client = UploadClient(api, threads=1)
    services = AiServices(
        ai=AiService(api, container.feed),
        history=AiHistory(api),
        attachments=AiAttachments(client),
        models=ModelsService(api),
        files=AiFiles(api, client),
    )
    panel = AiPanel(container.theme)
    store = QSettings(str(container.config_dir / "ai.ini"), QSettings.Format.IniFormat)
    controller = AiController(panel, services, container.session, container.window, store)
    container.controllers["ai"] = controller
    container.on_close.append(controller.aclose)
    return panel


FACTORIES: Mapping[str, Factory] = {"files": _files, "rag": _rag, "queue": _queue, "ai": _ai}
