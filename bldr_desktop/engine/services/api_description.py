# SPDX-License-Identifier: MIT
"""The OpenAPI description as bytes: made once for each state of the code, by a child process.

Making it takes a second and 20 MB that a running engine would keep; a child gives both back.
"""

import asyncio
import hashlib
import logging
import os
import subprocess
import sys
from pathlib import Path

from bldr_desktop import __version__
from bldr_desktop.common import program
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.protocol.errors import ErrorCode

_log = logging.getLogger(__name__)
_CHILD_SECONDS = 120.0
_DESCRIBED = ("engine/app", "engine/routes", "protocol")


class ApiDescription:
    """Gives the description from ``cache``, making it where it is not there yet.

    Args:
        cache: Folder of what can be made again.
    """

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._making = asyncio.Lock()

    async def get(self) -> bytes:
        """The description as JSON.

        Raises:
            EngineError: 503, it could not be made.
        """
        async with self._making:
            return await asyncio.to_thread(self._get)

    def _get(self) -> bytes:
        file = self._cache / f"openapi-{_fingerprint()}.json"
        try:
            return file.read_bytes()
        except OSError:
            pass
        made = _make()
        try:
            self._cache.mkdir(parents=True, exist_ok=True)
            temporary = file.with_name(f".{file.name}.{os.getpid()}")
            temporary.write_bytes(made)
            temporary.replace(file)
        except OSError as error:
            _log.warning("the API description could not be kept: %s", error)
        return made


def _make() -> bytes:
    command = program.command("bldr_desktop.engine.cli", "openapi")
    try:
        done = subprocess.run(command, capture_output=True, timeout=_CHILD_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        _log.error("the API description could not be made: %s", getattr(error, "stderr", b"") or error)
        raise EngineError(
            503, ErrorCode.UNAVAILABLE, "The description of the API could not be made."
        ) from error
    return done.stdout


def _fingerprint() -> str:
    """Changes with the version and, in a source tree, with every edit of what is described."""
    digest = hashlib.sha256(__version__.encode())
    package = Path(__file__).resolve().parents[2]
    files = [Path(sys.executable)] if getattr(sys, "frozen", False) else []
    for part in _DESCRIBED:
        place = package / part
        files.extend(sorted(place.rglob("*.py")) if place.is_dir() else [place])
    for file in files:
        try:
            facts = file.stat()
        except OSError:
            continue
        digest.update(f"{file.name} {facts.st_mtime_ns} {facts.st_size};".encode())
    return digest.hexdigest()[:16]
