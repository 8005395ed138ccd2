# SPDX-License-Identifier: MIT
"""Run by Alembic: steps are made on the connection that was handed in, inside its transaction."""

from alembic import context

from bldr_desktop.engine.adapters.sql.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
context.run_migrations()
