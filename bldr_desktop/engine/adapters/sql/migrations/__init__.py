# SPDX-License-Identifier: MIT
"""The database's schema, step by step. ``python -m bldr_desktop.engine.adapters.sql.migrations TEXT``
writes the next step from what differs between the steps so far and ``schema.metadata``."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy.engine import Connection

HEAD = "0001"
"""The newest step; known here so that a start with an up-to-date database need not import Alembic."""


def config(connection: "Connection | None" = None) -> "Config":
    """Alembic's configuration, in code: no ini file, no logging set up."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def upgrade(connection: "Connection", revision: str = "head") -> None:
    """Bring the database of this open transaction to ``revision``."""
    from alembic import command

    command.upgrade(config(connection), revision)


def known_revisions() -> frozenset[str]:
    """Every step this program knows; a database at another one is newer than the program."""
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory.from_config(config()).walk_revisions())
