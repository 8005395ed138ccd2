# SPDX-License-Identifier: MIT
"""Is there a newer version? Asked only where the person or the administrator has said where and that.

The address answers JSON: ``{"version": "1.2.0", "page": "https://…"}``. Nothing is sent but the request
itself: no token, no name, no number of this computer. Nothing is downloaded or installed.
"""

import asyncio
import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.services.settings import Settings

_log = logging.getLogger(__name__)
WANTED, ADDRESS = "updates.check", "updates.url"
FIRST_AFTER = 20.0
"""Seconds after the start: the person's own work comes first."""
EVERY = 24 * 3600.0
MOST_BYTES = 64 * 1024
_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_NUMBER = re.compile(r"v?(\d+(?:\.\d+){0,3})")


@dataclass(frozen=True, slots=True)
class Update:
    """What was found. ``code``: ``newer``, ``current``, ``address``, ``unreachable`` or ``answer``."""

    code: str
    version: str = ""
    page: str = ""
    detail: str = ""


def is_newer(theirs: str, ours: str) -> bool:
    """Whether one version is later than the other; only its numbers count."""
    return _numbers(theirs) > _numbers(ours)


def _numbers(version: str) -> tuple[int, ...]:
    found = _NUMBER.match(version.strip())
    parts = [int(part) for part in found[1].split(".")] if found else []
    return tuple(parts + [0] * (4 - len(parts)))


async def look(address: str, ours: str) -> Update:
    """Ask once; never raises and takes ten seconds at most for each step."""
    if urlsplit(address).scheme not in {"http", "https"}:
        return Update("address")
    try:
        async with (
            httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=True, max_redirects=3) as http,
            http.stream("GET", address, headers={"Accept": "application/json"}) as response,
        ):
            if response.status_code != 200:
                return Update("answer", detail=f"HTTP {response.status_code}")
            body = await _short(response)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Update("unreachable", detail=str(error) or type(error).__name__)
    return _read(body, ours)


async def _short(response: httpx.Response) -> bytes:
    body = b""
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            return b""
    return body


def _read(body: bytes, ours: str) -> Update:
    try:
        said = json.loads(body)
    except ValueError:
        said = None
    version = said.get("version") if isinstance(said, dict) else None
    if not isinstance(version, str) or not _NUMBER.fullmatch(version.strip()):
        return Update("answer", detail="no version")
    page = said.get("page") if isinstance(said, dict) else None
    good_page = page if isinstance(page, str) and urlsplit(page).scheme in {"http", "https"} else ""
    return Update("newer" if is_newer(version, ours) else "current", version.strip(), good_page)


class Updates:
    """Looks once a day while it is wanted; ``found`` tells the last answer.

    Args:
        settings: ``updates.check`` (off at first) and ``updates.url``.
        ours: The version that runs.
        first_after: Seconds until the first look.
    """

    def __init__(self, settings: Settings, ours: str, *, first_after: float = FIRST_AFTER) -> None:
        self.changed: Notice[Update] = Notice()
        self.found: Update | None = None
        self._settings, self._ours, self._first_after = settings, ours, first_after
        self._scope = TaskScope("updates")
        self._wake = asyncio.Event()
        self._leave: Callable[[], None] = settings.changed.connect(self._on_setting)

    def start(self) -> None:
        """Begin; needs a running loop."""
        self._scope.spawn("look", self._for_ever())

    async def aclose(self) -> None:
        """Stop, also in the middle of asking."""
        self._leave()
        await self._scope.close()

    @property
    def wanted(self) -> bool:
        """Whether anything may be asked by itself."""
        return self._settings.flag(WANTED) and bool(self._settings.text(ADDRESS).strip())

    async def look_now(self) -> Update:
        """Ask because the person pressed the button."""
        self.found = await look(self._settings.text(ADDRESS).strip(), self._ours)
        _log.info("update check: %s %s", self.found.code, self.found.version or self.found.detail)
        self.changed.emit(self.found)
        return self.found

    def _on_setting(self, key: str) -> None:
        if key in {WANTED, ADDRESS}:
            self._wake.set()

    async def _for_ever(self) -> None:
        pause = self._first_after
        while True:
            self._wake.clear()
            try:
                await asyncio.wait_for(self._wake.wait(), pause)
                pause = self._first_after  # what is just being typed is not asked at each letter
                continue
            except TimeoutError:
                pause = EVERY
            if self.wanted:
                await self.look_now()
