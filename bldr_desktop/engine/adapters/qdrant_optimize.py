# SPDX-License-Identifier: MIT
"""Optimising a shard in a process of its own: it takes twice the memory for a while and one core.

Run as ``python -m bldr_desktop.engine.adapters.qdrant_optimize FOLDER``; exit code 0 when it is done.
"""

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bldr_desktop.common import program

WORTH_FROM_POINTS = 50_000
"""Below this, optimising makes searches slower, not faster (measured, performance.md)."""
_TIME_LIMIT = 3600
_log = logging.getLogger(__name__)


def worth_it(info: Any, *, dense: bool) -> bool:
    """Whether a shard is large and most of its dense vectors are searched one by one.

    Word search alone gets slower by it (p95 1.4 → 8 ms at 100,000 points, measured).

    Args:
        info: The shard's ``ShardInfo``; its sparse vectors always count as indexed.
        dense: Whether points have dense vectors.
    """
    points = int(info.points_count)
    return dense and points >= WORTH_FROM_POINTS and int(info.indexed_vectors_count) < 1.7 * points


def run_child(folder: Path) -> bool:
    """Optimise the shard in ``folder``, which nobody else has open; False when the child failed."""
    command = program.command("bldr_desktop.engine.adapters.qdrant_optimize", str(folder))
    try:
        done = subprocess.run(command, timeout=_TIME_LIMIT, capture_output=True, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        _log.warning("the index was not optimised: %s", error)
        return False
    if done.returncode:
        _log.warning("the index was not optimised: exit %s %s", done.returncode, done.stderr[-300:])
    return done.returncode == 0


def main(arguments: list[str] | None = None) -> int:
    """Optimise one shard, at low priority."""
    import qdrant_edge as edge

    folder = (sys.argv[1:] if arguments is None else arguments)[0]
    if hasattr(os, "nice"):
        os.nice(10)
    shard = edge.EdgeShard.load(folder)
    shard.optimize()
    shard.flush()
    shard.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
