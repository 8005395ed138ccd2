# SPDX-License-Identifier: MIT
"""The first thing that runs: choose the role of this process and make sure there is a screen.

Kept free of Qt, so that a frozen bundle can start its engine children from here and the first
window is painted early.
"""

import importlib
import os
import sys
import tempfile
from collections.abc import Callable
from typing import cast

from bldr_desktop.common.program import RUN_MODULE

OR_DEMO = "--or-demo"
DEMO = "--demo"
_NO_SCREEN = (
    "bldr-desktop: no display was found, so no window can be opened.\n"
    "Start it from a desktop session, or see the main job done on a virtual screen: bldr-desktop --demo\n"
)


def main(argv: list[str] | None = None) -> int:
    """Start the desktop, the demo, or (``--run-module NAME``) a part of ourselves.

    Args:
        argv: Arguments without the program's name; the process's own when None. ``--or-demo``
            means: without a display do the demo instead of saying that there is none.

    Returns:
        The exit code.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == [RUN_MODULE] and len(arguments) > 1:
        return _run_module(arguments[1], arguments[2:])
    wants_demo = DEMO in arguments
    if OR_DEMO in arguments:
        arguments.remove(OR_DEMO)
        if not has_display() and not wants_demo:
            wants_demo = True
            arguments.append(DEMO)
    if not has_display() and _informational(arguments):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif wants_demo and not has_display():
        from bldr_desktop.app.virtual_screen import virtual_screen

        with virtual_screen():
            return _desktop(arguments)
    elif not has_display():
        sys.stderr.write(_NO_SCREEN)
        return 2
    return _desktop(arguments)


def has_display() -> bool:
    """Whether a window can be opened: a display server is named, or the platform has its own."""
    if not sys.platform.startswith("linux"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)


def _informational(arguments: list[str]) -> bool:
    return bool({"-h", "--help", "--version"} & set(arguments))


def _desktop(arguments: list[str]) -> int:
    if DEMO in arguments and not any(word.startswith("--data-dir") for word in arguments):
        with tempfile.TemporaryDirectory(prefix="bldr-demo-", ignore_cleanup_errors=True) as folder:
            return _desktop([*arguments, "--data-dir", folder])  # never into a person's own collection
    module = importlib.import_module("bldr_desktop.app.main")
    return cast(Callable[[list[str]], int], module.main)(arguments)


def _run_module(name: str, arguments: list[str]) -> int:
    if not name.startswith("bldr_desktop."):
        sys.stderr.write(f"bldr-desktop: {name} is not a part of this program\n")
        return 2
    sys.argv = [name, *arguments]
    module = importlib.import_module(name)
    result = cast(Callable[[], int | None], module.main)()
    return int(result or 0)


if __name__ == "__main__":
    sys.exit(main())
