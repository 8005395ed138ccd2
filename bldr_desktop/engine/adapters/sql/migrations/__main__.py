# SPDX-License-Identifier: MIT
"""Write the next migration from the difference to the schema."""

import sys

from alembic import command

from bldr_desktop.engine.adapters.sql import migrations
from bldr_desktop.engine.adapters.sql.database import MEMORY, Database


def main() -> int:
    """Bring an empty database up to date, compare, write the script."""
    database = Database(MEMORY)
    with database.write() as connection:
        migrations.upgrade(connection)
        made = migrations.config(connection)
        command.revision(made, " ".join(sys.argv[1:]) or "change", autogenerate=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
