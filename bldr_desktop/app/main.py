# SPDX-License-Identifier: MIT
"""The desktop's start: first paint first, then everything else. ``app.launch`` runs before this."""

import gc
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bldr_desktop.app.options import Options


def main(argv: Sequence[str] | None = None) -> int:
    """Run the desktop.

    Args:
        argv: Arguments without the program's name; None takes them from the command line.

    Returns:
        The exit code.
    """
    gc.disable()  # the window collects for itself, in its own thread (ADR 081)
    arguments = list(sys.argv[1:] if argv is None else argv)
    frame = None
    if not arguments:  # the usual start: nothing to read that could be wrong
        from bldr_desktop.app.frame import open_frame

        frame = open_frame(unless_running=True)
    from bldr_desktop.app.options import parse

    options = parse(arguments)
    if frame is None and not options.demo and _handed_over(options):
        return 0
    from bldr_desktop.app.first_window import open_first_window

    first = open_first_window(options, frame)
    from bldr_desktop.app.lifecycle import run_desktop

    code = run_desktop(first, options)
    del first, frame
    gc.collect()  # icons and widgets in circles go while Qt is there: later theirs is a crash
    return code


def _handed_over(options: "Options") -> bool:
    from bldr_desktop.app.frame import make_application
    from bldr_desktop.app.single_instance import hand_over, name_for
    from bldr_desktop.common.paths import data_dir

    make_application()
    name = name_for(data_dir(options.data_dir))
    return hand_over(name, options.paths, options.links, show=not options.background)


if __name__ == "__main__":
    sys.exit(main())
