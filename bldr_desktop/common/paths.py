# SPDX-License-Identifier: MIT
"""Where things lie on disk."""

import sys
from pathlib import Path

import platformdirs

import bldr_desktop

APP_NAME = "Bldr Desktop"
_SLUG = "bldr-desktop"


def data_dir(override: Path | None = None) -> Path:
    """The folder of everything durable, made by the caller: ``override`` or the platform's own."""
    return (
        override.expanduser().resolve()
        if override
        else Path(platformdirs.user_data_dir(_SLUG, appauthor=False))
    )


def config_dir(override: Path | None = None) -> Path:
    """Settings; below ``override`` (a data folder given by hand) when there is one."""
    return (
        data_dir(override) / "config"
        if override
        else Path(platformdirs.user_config_dir(_SLUG, appauthor=False))
    )


def cache_dir(override: Path | None = None) -> Path:
    """What can be made again: page images, thumbnails."""
    return (
        data_dir(override) / "cache"
        if override
        else Path(platformdirs.user_cache_dir(_SLUG, appauthor=False))
    )


def log_dir(override: Path | None = None) -> Path:
    """Logs and crash reports."""
    return (
        data_dir(override) / "logs" if override else Path(platformdirs.user_log_dir(_SLUG, appauthor=False))
    )


def resource(*parts: str) -> Path:
    """A file of ``resources/``: in the installed package, a frozen bundle, or the source tree.

    Raises:
        FileNotFoundError: It is in none of them.
    """
    package = Path(bldr_desktop.__file__).parent
    roots = [package / "_resources", package.parent / "resources"]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        roots.insert(0, Path(bundle) / "bldr_desktop" / "_resources")
    for root in roots:
        candidate = root.joinpath(*parts)
        if candidate.exists():
            return candidate
    raise FileNotFoundError("/".join(parts))
