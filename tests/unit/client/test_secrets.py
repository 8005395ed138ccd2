# SPDX-License-Identifier: MIT
"""R44: keyrings that are absent, locked, blocking, vanished, or raise what they like."""

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bldr_desktop.client.secrets import KeptIn, Secrets


class Ring:
    """A keyring of the outside world; ``trouble`` runs before each call."""

    def __init__(self, trouble: Callable[[], None] = lambda: None) -> None:
        self.kept: dict[str, str] = {}
        self.trouble = trouble

    def get_password(self, service: str, name: str) -> str | None:
        self.trouble()
        return self.kept.get(name)

    def set_password(self, service: str, name: str, secret: str) -> None:
        self.trouble()
        self.kept[name] = secret

    def delete_password(self, service: str, name: str) -> None:
        self.trouble()
        del self.kept[name]


def raises(error: Exception) -> Callable[[], None]:
    def trouble() -> None:
        raise error

    return trouble


async def test_kept_read_and_forgotten() -> None:
    ring = Ring()
    secrets = Secrets(lambda: ring)
    assert await secrets.keep("a", "s") is KeptIn.KEYRING
    assert await secrets.get("a") == "s"
    await secrets.forget("a")
    assert (await secrets.get("a"), ring.kept) == (None, {})


@pytest.mark.parametrize(
    "error", [EOFError(), RuntimeError("locked"), KeyError("no backend"), OSError("gone")]
)
async def test_any_exception_means_memory_of_this_session(error: Exception) -> None:
    secrets = Secrets(lambda: Ring(raises(error)))
    told: list[KeptIn] = []
    secrets.changed.connect(told.append)
    assert await secrets.keep("a", "s") is KeptIn.MEMORY
    assert await secrets.get("a") == "s"
    assert (told, type(error).__name__ in secrets.reason) == ([KeptIn.MEMORY], True)


async def test_backend_that_cannot_be_imported() -> None:
    def backend() -> Ring:
        raise ImportError("no keyring here")

    assert await Secrets(backend).keep("a", "s") is KeptIn.MEMORY


async def test_blocking_keyring_costs_its_limit_and_no_more() -> None:
    release = threading.Event()
    secrets = Secrets(lambda: Ring(lambda: release.wait(10) and None), limit=0.15)
    began = time.monotonic()
    assert await secrets.keep("a", "s") is KeptIn.MEMORY
    assert time.monotonic() - began < 2.0
    release.set()


async def test_keyring_that_vanishes_and_comes_back() -> None:
    ring = Ring()
    secrets = Secrets(lambda: ring)
    await secrets.keep("a", "1")
    ring.trouble = raises(OSError("the service went away"))
    assert await secrets.keep("a", "2") is KeptIn.MEMORY
    assert await secrets.get("a") == "2"
    ring.trouble = lambda: None
    assert await secrets.keep("a", "3") is KeptIn.KEYRING
    assert await secrets.get("a") == "3"


async def test_file_only_when_allowed_and_only_for_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "secrets.json"
    secrets = Secrets(lambda: Ring(raises(RuntimeError())), file=file)
    await secrets.keep("a", "s")
    assert not file.exists()
    secrets.allow_file(True)
    assert await secrets.keep("a", "s") is KeptIn.FILE
    assert (file.stat().st_mode & 0o777, json.loads(file.read_text())) == (0o600, {"a": "s"})
    again = Secrets(lambda: Ring(raises(RuntimeError())), file=file)
    assert await again.get("a") is None
    again.allow_file(True)
    assert await again.get("a") == "s"
    again.allow_file(False)
    assert not file.exists()
