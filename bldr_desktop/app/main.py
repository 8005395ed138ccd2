# SPDX-License-Identifier: MIT
"""``bldr-desktop``: first paint first, then everything else."""

import sys
from collections.abc import Sequence

from bldr_desktop.common.program import RUN_MODULE


def main(argv: Sequence[str] | None = None) -> int:
    """Run the desktop, or, in a frozen bundle, one of our own modules.

    Args:
        argv: Arguments without the program's name; None takes them from the command line.

    Returns:
        The exit code.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == [RUN_MODULE] and len(arguments) > 1:
        return _run_module(arguments[1], arguments[2:])
    from bldr_desktop.app.options import parse

    options = parse(arguments)
    from bldr_desktop.app.first_window import open_first_window

    first = open_first_window(options)
    from bldr_desktop.app.lifecycle import run_desktop

    return run_desktop(first, options)


def _run_module(module: str, arguments: list[str]) -> int:
    """What ``python -m module arguments`` does, for a bundle that has no ``-m``."""
    import runpy

    if not module.startswith("bldr_desktop."):
        sys.stderr.write(f"bldr-desktop: {module} is not a part of this program\n")
        return 2
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1 if end.code else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
