# SPDX-License-Identifier: MIT
"""Servers a person works with: the embedded engine and any number of others, and a test of each."""

import ssl
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from bldr_desktop.client.api import Api, ApiError, Unreachable
from bldr_desktop.common.observe import Notice
from bldr_desktop.protocol import routes
from bldr_desktop.services.settings import Settings

EMBEDDED = "embedded"
NEEDED = (routes.TOKEN, routes.TRAIN, routes.QUERY)
"""Calls without which a server is not of our kind, or too old."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One server. ``proxy``: empty for the system's, ``none`` for none, else its address."""

    id: str
    name: str
    url: str = ""
    user: str = ""
    ca_file: str = ""
    proxy: str = ""

    @property
    def is_embedded(self) -> bool:
        """True for the engine that comes with the desktop."""
        return self.id == EMBEDDED


class BadAddress(ValueError):
    """An address that cannot be one; the text is a code: ``empty``, ``scheme``, ``host``."""


def clean_address(text: str) -> str:
    """An address as typed, made whole: https where no scheme is given, no slash at the end.

    Raises:
        BadAddress: It is none.
    """
    text = text.strip()
    if not text:
        raise BadAddress("empty")
    if "://" not in text:
        text = f"https://{text}"
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise BadAddress("host") from error
    if url.scheme not in {"http", "https"}:
        raise BadAddress("scheme")
    if not url.host:
        raise BadAddress("host")
    return text.rstrip("/")


class Profiles:
    """The list, kept in the settings file."""

    def __init__(self, settings: Settings) -> None:
        self.changed: Notice[None] = Notice()
        self._settings = settings

    def all(self) -> list[Profile]:
        """The embedded engine first, then the others in the order they were added."""
        rows = self._settings.table("profiles")
        found = [Profile(EMBEDDED, "")]
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict) and row.get("id") and row.get("url"):
                known = {name: str(row.get(name, "")) for name in Profile.__dataclass_fields__}
                found.append(Profile(**known))
        return found

    @property
    def current(self) -> Profile:
        """The one in use; the embedded engine when that is not there any more."""
        wanted = self._settings.text("servers.current")
        rows = self.all()
        return next((row for row in rows if row.id == wanted), rows[0])

    def choose(self, profile_id: str) -> None:
        """Remember which is in use."""
        self._settings.set("servers.current", profile_id)
        self.changed.emit(None)

    def save(self, profile: Profile) -> Profile:
        """Add a profile (without id) or change one; gives it as kept.

        Raises:
            BadAddress: Its address is none.
        """
        kept = replace(profile, id=profile.id or uuid.uuid4().hex[:8], url=clean_address(profile.url))
        kept = replace(kept, name=kept.name.strip() or httpx.URL(kept.url).host)
        rows = [row for row in self.all() if not row.is_embedded]
        places = [number for number, row in enumerate(rows) if row.id == kept.id]
        if places:
            rows[places[0]] = kept
        else:
            rows.append(kept)
        self._write(rows)
        return kept

    def remove(self, profile_id: str) -> None:
        """Take one out; the embedded engine stays."""
        self._write([row for row in self.all() if not row.is_embedded and row.id != profile_id])

    def _write(self, rows: list[Profile]) -> None:
        self._settings.set_table("profiles", [asdict(row) for row in rows])
        self.changed.emit(None)


def trust(profile: Profile) -> ssl.SSLContext | bool:
    """Whom to trust: the operating system's store, and the profile's own CA file.

    Raises:
        OSError: The CA file cannot be read (``ssl.SSLError``: it is no certificate).
    """
    if not profile.url.startswith("https:"):
        return True
    context = ssl.create_default_context()
    if profile.ca_file:
        context.load_verify_locations(cafile=str(Path(profile.ca_file).expanduser()))
    return context


def proxy_of(profile: Profile) -> str | None:
    """What ``Api`` takes: None for the system's, empty for none, else the address."""
    if not profile.proxy:
        return None
    return "" if profile.proxy == "none" else profile.proxy


@dataclass(frozen=True, slots=True)
class Probe:
    """What a test found. ``code``: ``ok``, ``dns``, ``refused``, ``timeout``, ``tls``, ``network``,
    ``ca_file``, ``not_bldr``, ``too_old``, ``error``; ``detail`` is the technical reason."""

    code: str
    detail: str = ""
    version: str = ""
    missing: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether one can work with it."""
        return self.code == "ok"


async def probe(profile: Profile, make: Callable[..., Api] = Api) -> Probe:
    """Ask a server who it is, without signing in; never raises."""
    try:
        verify = trust(profile)
    except OSError as error:
        return Probe("ca_file", str(error))
    api = make(profile.url, verify=verify, proxy=proxy_of(profile), timeout=httpx.Timeout(8.0, connect=5.0))
    try:
        return await _ask(api)
    finally:
        await api.aclose()


async def _ask(api: Api) -> Probe:
    try:
        health = await api.get(routes.HEALTH)
    except Unreachable as error:
        return Probe(error.code, error.sentence)
    except ApiError as error:
        return Probe("not_bldr", str(error))
    if not isinstance(health, dict) or "status" not in health:
        return Probe("not_bldr", "GET /health gives no status")
    try:
        description = await api.get(routes.OPENAPI)
    except ApiError as error:
        return Probe("ok", str(error))  # it does not describe itself; what it lacks shows in use
    paths, version = described(description)
    missing = tuple(route for route in NEEDED if route not in paths)
    return Probe("too_old" if missing else "ok", ", ".join(missing), version, missing)


def described(description: Any) -> tuple[frozenset[str], str]:
    """Paths and version out of an OpenAPI description of any shape."""
    if not isinstance(description, dict):
        return frozenset(), ""
    paths = description.get("paths")
    info = description.get("info")
    version = info.get("version", "") if isinstance(info, dict) else ""
    return frozenset(paths) if isinstance(paths, dict) else frozenset(), str(version)
