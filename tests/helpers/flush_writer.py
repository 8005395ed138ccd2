# SPDX-License-Identifier: MIT
"""A process that writes to an index, acknowledges after each flush, and is killed with -9."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

POINTS_A_BATCH = 20
_WRITER = """
import sys
from pathlib import Path
from bldr_desktop.engine.adapters.qdrant_edge import EdgeIndex
from bldr_desktop.engine.adapters.weighing import make_weigher
from bldr_desktop.engine.ports.index import IndexPoint, point_id
index = EdgeIndex.open(Path(sys.argv[1]), make_weigher())
first = int(sys.argv[2])
for batch in range(first, first + 10_000):
    name = f"d{batch}"
    index.upsert([IndexPoint(point_id(name, n), name, n, f"слово {batch} {n}") for n in range(20)])
    index.flush()
    sys.stdout.write(f"{batch}\\n")
    sys.stdout.flush()
"""


def kill_round(folder: Path, first: int, lines: int) -> int:
    """Write batches from ``first`` on, kill -9 after ``lines`` acknowledgements; the last batch that
    was acknowledged."""
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder), str(first)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for _ in range(lines):
        process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    after = [int(line) for line in process.stdout if line.endswith("\n") and line.strip()]
    process.stdout.close()
    process.wait()
    return after[-1] if after else first + lines - 1


def lost_after_kills(folder: Path, rounds: int, seed: int = 11) -> tuple[int, int]:
    """(batches acknowledged, of these incomplete after reopening), over several rounds on one index."""
    from bldr_desktop.engine.adapters.qdrant_edge import EdgeIndex
    from bldr_desktop.engine.adapters.weighing import make_weigher

    chance, weigher = random.Random(seed), make_weigher()
    first = lost = 0
    for _ in range(rounds):
        last = kill_round(folder, first, chance.randint(1, 12))
        index = EdgeIndex.open(folder, weigher)
        counts = index.document_counts([f"d{batch}" for batch in range(last + 1)])
        index.close()
        lost += sum(found != POINTS_A_BATCH for found in counts.values())
        first = last + 1
    return first, lost
