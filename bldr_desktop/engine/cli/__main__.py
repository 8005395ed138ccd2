# SPDX-License-Identifier: MIT
"""``python -m bldr_desktop.engine.cli`` is ``bldr-engine``."""

import sys

from bldr_desktop.engine.cli import main

sys.exit(main())
