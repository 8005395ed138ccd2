# SPDX-License-Identifier: MIT
"""The desktop's start: first paint first, then everything else. ``app.launch`` runs before this."""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the desktop.

    Args:
        argv: Arguments without the program's name; None takes them from the command line.

    Returns:
        The exit code.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    frame = None
    if not arguments:  # the usual start: nothing to read that could be wrong
        from bldr_desktop.app.frame import open_frame

        frame = open_frame()
    from bldr_desktop.app.options import parse

    options = parse(arguments)
    from bldr_desktop.app.first_window import open_first_window

    first = open_first_window(options, frame)
    from bldr_desktop.app.lifecycle import run_desktop

    return run_desktop(first, options)


if __name__ == "__main__":
    sys.exit(main())
