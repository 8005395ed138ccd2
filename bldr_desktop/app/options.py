# SPDX-License-Identifier: MIT
"""The desktop's command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SCHEME = "bldr://"


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    paths: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    server: str | None = None
    data_dir: Path | None = None
    demo: bool = False
    lang: str | None = None
    theme: str | None = None
    background: bool = False
    """Start out of the way: in the tray where there is one and it is wanted, else minimised."""
    tour: bool = False
    """Show the tour of the first start, if it was not shown before."""


def parse(arguments: Sequence[str]) -> Options:
    """Read the command line.

    Raises:
        SystemExit: It is wrong, or asks for help; argparse has said why.
    """
    if not arguments:
        return Options(tour=True)
    import argparse  # not needed for the usual start

    parser = argparse.ArgumentParser(
        prog="bldr-desktop", description="Index folders of norms and ask them, with sources."
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, folders or bldr:// links to open")
    parser.add_argument("--server", metavar="URL", help="work with this server, not with the embedded engine")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="keep everything in this folder")
    parser.add_argument("--demo", action="store_true", help="do the main job with the samples, then end")
    parser.add_argument("--lang", choices=("en", "ru"), help="language of this run")
    parser.add_argument("--theme", choices=("light", "dark"), help="colours of this run")
    parser.add_argument("--background", action="store_true", help="start out of the way (used at sign-on)")
    given = parser.parse_args(list(arguments))
    if given.server is not None and not given.server.startswith(("http://", "https://")):
        parser.error("--server wants an address such as https://bldr.example:8000")
    return Options(
        paths=tuple(str(Path(item).absolute()) for item in given.paths if not item.startswith(SCHEME)),
        links=tuple(item for item in given.paths if item.startswith(SCHEME)),
        server=given.server,
        data_dir=given.data_dir,
        demo=given.demo,
        lang=given.lang,
        theme=given.theme,
        background=given.background,
        tour=not (given.demo or given.background or given.paths),
    )
