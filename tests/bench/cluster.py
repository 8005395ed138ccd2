# SPDX-License-Identifier: MIT
"""One job on one worker and on two: Redis, Postgres, Celery, the whole cluster profile.

The corpus is bound by extraction: PDF drawings with many strokes and few words. One worker has one
reader process; two have two, on as many cores. The limit is the one worker of the same run.
"""

import argparse
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "helpers"))
from bench import Row, report  # noqa: E402
from cluster import Cluster, missing, running_cluster  # noqa: E402
from drawings import write_drawing  # noqa: E402

REACH = 1.7
UP_SECONDS = 20.0


def folder_of(place: Path, salt: int, files: int) -> Path:
    """A folder of drawings that no other folder has."""
    folder = place / f"drawings-{salt}"
    folder.mkdir()
    for number in range(files):
        write_drawing(folder / f"Drawing {number}.pdf", salt * 1000 + number)
    place.chmod(0o755)
    return folder


def seconds_of(cluster: Cluster, folder: Path, files: int) -> float:
    """From the job's start to its end, as the database says; all files must have become searchable."""
    job = cluster.until_final(cluster.train(folder), 240)
    assert job["status"] == "completed", job
    assert job["files_done"] == files, job
    began, ended = (datetime.fromisoformat(job[name]) for name in ("started_at", "finished_at"))
    return (ended - began).total_seconds()


def measure(place: Path, workers: int, rounds: int, files: int) -> tuple[list[float], float]:
    """Seconds of each round, and those until the cluster was healthy."""
    with running_cluster(workers=workers, processes=1) as cluster:
        warm = folder_of(place, 90 + workers, 2 * workers)
        seconds_of(cluster, warm, 2 * workers)
        time.sleep(5)  # the other worker's engine is built at its first task; beat gives it one
        folders = [folder_of(place, 10 * workers + number, files) for number in range(rounds)]
        return [seconds_of(cluster, folder, files) for folder in folders], cluster.seconds_up


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    if (reason := missing()) is not None:
        sys.stderr.write(f"cluster: {reason}\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="bldr-drawings-") as folder:
        place = Path(folder)
        one, up_one = measure(place, 1, options.rounds, options.files)
        two, up_two = measure(place, 2, options.rounds, options.files)
    ratio = min(one) / min(two)
    up = max(up_one, up_two)
    return report(
        "cluster",
        [
            Row("one job, one worker", min(one), "s", None, None, "-", True),
            Row(
                "one job, two workers",
                min(two),
                "s",
                min(one),
                ratio,
                f"one / two >= {REACH}",
                ratio >= REACH,
            ),
            Row("clean folder to healthy", up, "s", UP_SECONDS, up / UP_SECONDS, "<= 20 s", up <= UP_SECONDS),
        ],
    )


if __name__ == "__main__":
    sys.exit(main())
