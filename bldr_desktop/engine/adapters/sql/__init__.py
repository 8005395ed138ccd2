# SPDX-License-Identifier: MIT
"""The store in SQLAlchemy: SQLite (WAL) or Postgres; SQLite in memory is its in-memory twin."""
