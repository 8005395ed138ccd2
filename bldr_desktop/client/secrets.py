# SPDX-License-Identifier: MIT
"""What must be kept secret, in the operating system's keyring, else in this session's memory.

A locked keyring with a display blocks for ever; without one it raises ``InitError``,
``KeyringLocked``, even ``EOFError`` (style.md rule 8). So each call runs in a thread of its own,
waits 3 seconds at most, and takes any exception for *no keyring here*; the secret then lives in
memory, and ``kept_in`` says so.
"""

import asyncio
import json
import logging
import os
import threading
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, TypeVar

from bldr_desktop.common.observe import Notice

_log = logging.getLogger(__name__)
T = TypeVar("T")
SERVICE = "bldr-desktop"
LIMIT = 3.0


class KeptIn(StrEnum):
    """Where secrets go."""

    KEYRING = "keyring"
    FILE = "file"
    MEMORY = "memory"


class Backend(Protocol):
    """The three calls of ``keyring`` that we use; anything of it may block or raise."""

    def get_password(self, service: str, name: str) -> str | None:
        """The secret or None."""
        ...

    def set_password(self, service: str, name: str, secret: str) -> None:
        """Keep it."""
        ...

    def delete_password(self, service: str, name: str) -> None:
        """Forget it."""
        ...


def system_backend() -> Backend:
    """The operating system's keyring; importing it takes time, so only when asked."""
    import keyring

    return keyring


class KeyringUnusable(Exception):
    """The keyring did not answer in time or raised; the text is for the log and the tooltip."""


class Secrets:
    """Secrets by name. Reading and writing never raise and never take longer than the limit.

    Args:
        backend: Gives the keyring; called in the thread, so that its import costs nobody.
        file: Where a 0600 file is kept, only after :meth:`allow_file`.
        limit: Seconds to wait for the keyring.
    """

    def __init__(
        self,
        backend: Callable[[], Backend] = system_backend,
        *,
        file: Path | None = None,
        limit: float = LIMIT,
    ) -> None:
        self.kept_in = KeptIn.KEYRING
        self.reason = ""
        self.changed: Notice[KeptIn] = Notice()
        self._backend, self._file, self._limit = backend, file, limit
        self._memory: dict[str, str] = {}
        self._file_allowed = False

    def allow_file(self, allowed: bool) -> None:
        """The person said (or took back) that a file readable only by them may keep secrets."""
        self._file_allowed = allowed
        if not allowed and self._file is not None:
            try:
                self._file.unlink(missing_ok=True)
            except OSError as error:
                _log.warning("the file of secrets cannot be removed: %s", error.strerror)
        if self.kept_in is not KeptIn.KEYRING:
            self._fall_back(self.reason)

    async def get(self, name: str) -> str | None:
        """The secret, None where there is none to be had."""
        if name in self._memory:
            return self._memory[name]
        try:
            return await self._ask(lambda ring: ring.get_password(SERVICE, name))
        except KeyringUnusable as error:
            self._fall_back(str(error))
            return self._read_file().get(name)

    async def keep(self, name: str, secret: str) -> KeptIn:
        """Keep a secret and say where."""
        try:
            await self._ask(lambda ring: ring.set_password(SERVICE, name, secret))
        except KeyringUnusable as error:
            self._fall_back(str(error))
            self._memory[name] = secret
            if self._file_allowed:
                self._write_file({**self._read_file(), name: secret})
        else:
            self._memory.pop(name, None)
            self._become(KeptIn.KEYRING, "")
        return self.kept_in

    async def forget(self, name: str) -> None:
        """Forget a secret wherever it is."""
        self._memory.pop(name, None)
        kept = self._read_file()
        if kept.pop(name, None) is not None:
            self._write_file(kept)
        try:
            await self._ask(lambda ring: _delete(ring, name))
        except KeyringUnusable as error:
            _log.info("keyring: %s", error)

    async def _ask(self, call: Callable[[Backend], T]) -> T:
        """Run a call in a thread of its own: a blocked one must not hold a pool, nor the exit."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()

        def work() -> None:
            result: T | None = None
            failure: str | None = None
            try:
                result = call(self._backend())
            except Exception as error:  # noqa: BLE001 - keyrings raise anything
                failure = f"{type(error).__name__}: {error}".strip(": ")
            try:
                loop.call_soon_threadsafe(settle, result, failure)
            except RuntimeError:
                return  # the loop is closed: nobody waits

        def settle(result: Any, failure: str | None) -> None:
            if answer.done():
                return
            if failure is None:
                answer.set_result(result)
            else:
                answer.set_exception(KeyringUnusable(failure))

        threading.Thread(target=work, name="keyring", daemon=True).start()
        try:
            return await asyncio.wait_for(answer, self._limit)
        except TimeoutError as error:
            raise KeyringUnusable(f"no answer within {self._limit:g} s") from error

    def _fall_back(self, reason: str) -> None:
        _log.info("the keyring cannot be used: %s", reason)
        self._become(KeptIn.FILE if self._file_allowed and self._file else KeptIn.MEMORY, reason)

    def _become(self, where: KeptIn, reason: str) -> None:
        self.reason = reason
        if where is not self.kept_in:
            self.kept_in = where
            self.changed.emit(where)

    def _read_file(self) -> dict[str, str]:
        if not self._file_allowed or self._file is None:
            return {}
        try:
            kept = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(k): str(v) for k, v in kept.items()} if isinstance(kept, dict) else {}

    def _write_file(self, kept: dict[str, str]) -> None:
        if self._file is None:
            return
        fresh = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh.unlink(missing_ok=True)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                json.dump(kept, out)
            fresh.replace(self._file)
        except OSError as error:
            _log.warning("secrets cannot be written to a file: %s", error.strerror)


def _delete(ring: Backend, name: str) -> None:
    if ring.get_password(SERVICE, name) is not None:
        ring.delete_password(SERVICE, name)
