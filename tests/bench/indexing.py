# SPDX-License-Identifier: MIT
"""G12 of performance.md: pages a second and core from files to searchable, against the sum of the parts.

All in seconds of processor time, which a busy machine disturbs little. *End to end* is the whole process
tree of ``bldr-engine index`` for the folder, less that for a single line of text (the start). The parts are
measured one by one in this process on the same files: bare text extraction, our parsing (extraction,
structure, chunks), handing over, texts into the store, points (terms, weights) and the index.

Only a PDF says how many pages it has, so pages are counted where they are: the rate is of the folder's PDFs.
All its files are measured against their parts too, and shown as a rate with *one* page for each other file,
though these are standards of a dozen pages as well.

    python tests/bench/indexing.py [--runs 3] [--folder FOLDER]
"""

import argparse
import hashlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "helpers"), str(ROOT / "tests" / "bench")]

from bench import Row, report  # noqa: E402
from main_job import bare, pages_of  # noqa: E402

from bldr_desktop.engine.adapters.qdrant_edge import EdgeIndex  # noqa: E402
from bldr_desktop.engine.adapters.sql.database import sqlite_url  # noqa: E402
from bldr_desktop.engine.adapters.sql.documents import SqlDocumentStore  # noqa: E402
from bldr_desktop.engine.adapters.sql.opening import open_database  # noqa: E402
from bldr_desktop.engine.adapters.weighing import make_weigher  # noqa: E402
from bldr_desktop.engine.documents import frames, parse  # noqa: E402
from bldr_desktop.engine.ports.documents import NewDocument  # noqa: E402
from bldr_desktop.engine.ports.domain import Parsed, ParseLimits  # noqa: E402
from bldr_desktop.engine.ports.index import points_of  # noqa: E402
from bldr_desktop.protocol.base import DocumentState  # noqa: E402

PAGES_A_SECOND, OF_PARTS = 400.0, 0.6


def spent(work: Callable[[], object]) -> float:
    """Processor seconds of a call."""
    began = time.process_time()
    work()
    return time.process_time() - began


def command_seconds(folder: Path) -> float:
    """Processor seconds of ``bldr-engine index`` and all its children."""
    with tempfile.TemporaryDirectory() as data:
        words = [sys.executable, "-m", "bldr_desktop.engine.cli", "index", str(folder), "--data-dir", data]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*words, "--quiet"], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def parts_seconds(files: list[Path]) -> dict[str, float]:
    """Processor seconds of each part."""
    found: dict[str, float] = {"bare": spent(lambda: [bare(str(path)) for path in files])}
    parsed: list[Parsed] = []

    def read() -> None:
        for path in files:
            answer = parse.parse_file(path, path.name, ParseLimits())
            assert isinstance(answer, Parsed)
            parsed.append(answer)

    found["parse"] = spent(read)
    found["hand over"] = spent(lambda: [frames.decode(*frames.encode(one)) for one in parsed])
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(sqlite_url(Path(folder) / "store.sqlite3")).database
        store = SqlDocumentStore(database)
        documents = store.add_many([_new(path) for path in files])

        def save() -> None:
            with database.transaction():
                for document, one in zip(documents, parsed, strict=True):
                    store.save_parsed(document.id, one)

        found["store"] = spent(save)
        database.close()
        index = EdgeIndex.open(Path(folder) / "index", make_weigher())

        def fill() -> None:
            for document, one in zip(documents, parsed, strict=True):
                index.upsert(points_of(document.id, one.chunks))
            index.flush()

        found["index"] = spent(fill)
        index.close()
    return found


def _new(path: Path) -> NewDocument:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return NewDocument(
        sha256=digest, name=path.name, size=path.stat().st_size, owner="bench", path=str(path),
        path_key=None, stored=False, state=DocumentState.PROCESSING,
    )  # fmt: skip


def measured(files: list[Path], runs: int) -> tuple[float, dict[str, float]]:
    """Processor seconds end to end and of each part, the medians of runs over a folder of these files."""
    wholes, parts = [], []
    with tempfile.TemporaryDirectory() as line, tempfile.TemporaryDirectory() as folder:
        (Path(line) / "one.txt").write_text("Одна строка.", encoding="utf-8")
        for number, path in enumerate(files):
            shutil.copyfile(path, Path(folder) / f"{number} {path.name}")
        parts_seconds(files)  # libraries are loaded, words are known
        for _ in range(runs):
            wholes.append(command_seconds(Path(folder)) - command_seconds(Path(line)))
            parts.append(parts_seconds(files))
    middle = {name: statistics.median(run[name] for run in parts) for name in parts[0]}
    return statistics.median(wholes), middle


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(description="What indexing costs")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=ROOT.parent / "shared/data/devkit/norms-dev/corpus")
    given = parser.parse_args()
    everything = sorted(path for path in given.folder.rglob("*") if path.is_file())
    parse.warm_up()
    rows = []
    for what, files in (
        ("PDFs", [path for path in everything if path.suffix == ".pdf"]),
        ("all files", everything),
    ):
        whole, parts = measured(files, given.runs)
        limit = sum(seconds for name, seconds in parts.items() if name != "bare")
        rate = pages_of(files) / whole
        judged = what == "PDFs"
        rows += [
            Row(f"{what}: pages a second and core, end to end", rate, "1/s", PAGES_A_SECOND,
                rate / PAGES_A_SECOND, f">= {PAGES_A_SECOND:g}" if judged else "shown",
                not judged or rate >= PAGES_A_SECOND),
            Row(f"{what}: end to end to the sum of its parts", limit / whole, "", limit, limit / whole,
                f">= {OF_PARTS}", limit / whole >= OF_PARTS),
            Row(f"{what}: end to end", whole, "s CPU", limit, whole / limit, "shown", True),
        ]  # fmt: skip
        rows += [Row(f"  {name}", value, "s CPU", None, None, "shown", True) for name, value in parts.items()]
    return report("indexing", rows)


if __name__ == "__main__":
    sys.exit(main())
