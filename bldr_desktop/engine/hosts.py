# SPDX-License-Identifier: MIT
"""Under which names an engine may be called. No imports that cost anything: used before all else."""

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit


def header(scope: Mapping[str, Any], name: bytes) -> str | None:
    """A request header's value, or None; of several the values joined by a comma."""
    values = [value.decode("latin-1") for key, value in scope["headers"] if key == name]
    return ",".join(values) if values else None


def host_allowed(value: str | None, names: Collection[str]) -> bool:
    """True if a Host header names this engine, with any port.

    Args:
        value: The header, e.g. ``[::1]:8000``.
        names: Names and addresses in lower case without port.
    """
    if not value or any(mark in value for mark in "@/?#, \\"):
        return False
    try:
        parts = urlsplit(f"//{value}")
        _ = parts.port
    except ValueError:
        return False
    return (parts.hostname or "") in names
