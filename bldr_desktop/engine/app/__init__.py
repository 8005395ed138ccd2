# SPDX-License-Identifier: MIT
"""The engine's composition root: ``build`` joins adapters and services, ``web`` makes an application.

Only ``create_app``, ``describe`` and ``run_app`` need a web framework; it is imported with them.
"""

from typing import TYPE_CHECKING, Any

from bldr_desktop.engine.app.build import build_engine, open_database, open_users

if TYPE_CHECKING:
    from bldr_desktop.engine.app.web import create_app, describe, run_app

__all__ = ["build_engine", "create_app", "describe", "open_database", "open_users", "run_app"]


def __getattr__(name: str) -> Any:
    if name in {"create_app", "describe", "run_app"}:
        from bldr_desktop.engine.app import web

        return getattr(web, name)
    raise AttributeError(name)
