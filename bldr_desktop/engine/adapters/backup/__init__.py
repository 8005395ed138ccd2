# SPDX-License-Identifier: MIT
"""Backup and restore of a whole engine, the same file for SQLite and Postgres.

A backup is a gzip-compressed tar: ``tables/NAME.jsonl`` (a first line with the columns, then a row a
line, all read in one snapshot of the database), ``blobs/SHA256``, ``results/…``, keys and roles, and,
as the last member, ``manifest.json`` with what must be there. A file without it was cut off.
The index and the caches are not in it: they are made again from the rest.
"""

from bldr_desktop.engine.adapters.backup.read import BackupUnusable, check_backup, restore_backup
from bldr_desktop.engine.adapters.backup.write import write_backup

__all__ = ["BackupUnusable", "check_backup", "restore_backup", "write_backup"]
