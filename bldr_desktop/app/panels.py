# SPDX-License-Identifier: MIT
"""How each panel is built: a factory takes the container and gives a widget.

A panel's owner replaces its factory here. The controller goes to ``container.controllers`` (it must
live as long as the panel) and its ``aclose`` to ``container.on_close``.
"""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from bldr_desktop.app.container import Container

Factory = Callable[[Container], QWidget]


def _files(container: Container) -> QWidget:
    from bldr_desktop.ui.panels.placeholder import Placeholder

    return Placeholder(container.theme, "files")


def _rag(container: Container) -> QWidget:
    from PySide6.QtCore import QSettings

    from bldr_desktop.services.documents import DocumentsService
    from bldr_desktop.services.facets import FacetsService
    from bldr_desktop.services.pages import PageStore
    from bldr_desktop.services.query_history import QueryHistory
    from bldr_desktop.services.search import SearchService
    from bldr_desktop.ui.panels.rag.controller import RagController, RagServices
    from bldr_desktop.ui.panels.rag.panel import RagPanel

    api = container.api
    services = RagServices(
        search=SearchService(api, QueryHistory(container.config_dir / "queries.json")),
        documents=DocumentsService(api),
        pages=PageStore(api, container.cache_dir / "pages"),
        facets=FacetsService(api),
    )
    panel = RagPanel(container.theme)
    store = QSettings(str(container.config_dir / "rag.ini"), QSettings.Format.IniFormat)
    controller = RagController(panel, services, container.window, store, container.cache_dir / "originals")
    container.controllers["rag"] = controller
    container.on_close.append(controller.aclose)
    return panel


def _queue(container: Container) -> QWidget:
    from bldr_desktop.ui.panels.placeholder import Placeholder

    return Placeholder(container.theme, "queue")


def _ai(container: Container) -> QWidget:
    from bldr_desktop.ui.panels.placeholder import Placeholder

    return Placeholder(container.theme, "ai")


FACTORIES: Mapping[str, Factory] = {"files": _files, "rag": _rag, "queue": _queue, "ai": _ai}
