# SPDX-License-Identifier: MIT
"""Entry point of the frozen bundle: desktop and engine are the same executable."""

import multiprocessing
import sys
from pathlib import Path

from bldr_desktop.app.launch import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    if Path(sys.argv[0]).stem == "bldr-engine":
        sys.argv[1:1] = ["--run-module", "bldr_desktop.engine.cli"]
    sys.exit(main())
