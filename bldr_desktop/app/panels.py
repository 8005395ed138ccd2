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
    from bldr_desktop.ui.panels.placeholder import Placeholder

    return Placeholder(container.theme, "rag")


def _queue(container: Container) -> QWidget:
    from bldr_desktop.ui.panels.placeholder import Placeholder

    return Placeholder(container.theme, "queue")


def _ai(container: Container) -> QWidget:
    from bldr_desktop.ui.panels.placeholder import Placeholder

    return Placeholder(container.theme, "ai")


FACTORIES: Mapping[str, Factory] = {"files": _files, "rag": _rag, "queue": _queue, "ai": _ai}
