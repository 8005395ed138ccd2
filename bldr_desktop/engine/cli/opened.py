# SPDX-License-Identifier: MIT
"""An engine for one command: the same parts as the server's, without doors."""

import gc
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bldr_desktop.engine.cli import CommandError
from bldr_desktop.engine.services.auth import LOCAL_USER, Principal

if TYPE_CHECKING:
    from bldr_desktop.engine.services.container import Engine
    from bldr_desktop.engine.settings import Settings

_DAY = 86_400.0


@contextmanager
def opened(settings: "Settings") -> Iterator["Engine"]:
    """Take the data folder and build the engine; the index is opened, nothing else is started.

    Raises:
        CommandError: Another engine uses the folder, or it cannot be used.
    """
    from bldr_desktop.common.log import setup_logging
    from bldr_desktop.engine.adapters.data_folder import FolderLock, FolderUnusable, prepare
    from bldr_desktop.engine.app import build_engine
    from bldr_desktop.engine.ports import StoreUnavailable

    try:
        prepare(settings.data_dir)
        setup_logging(settings.log_dir, "bldr-engine", level=logging.WARNING)
        with FolderLock(settings.data_dir):
            engine = build_engine(settings)
            engine.index.start()
            gc.freeze()  # as in the server: what is loaded by now need not be looked through again
            gc.set_threshold(20_000, 20, 20)
            try:
                yield engine
            finally:
                engine.index.close()
                engine.close_store()
    except (FolderUnusable, StoreUnavailable) as error:
        raise CommandError(str(error)) from error


def local_admin() -> Principal:
    """Who runs commands on this machine: may read any folder this user of the machine may."""
    return Principal(LOCAL_USER, "admin", "command", time.time() + _DAY)


def say(line: str = "") -> None:
    """A line on stdout, whatever its encoding can show."""
    stream = sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(line.encode(encoding, "replace").decode(encoding) + "\n")
