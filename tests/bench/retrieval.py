# SPDX-License-Identifier: MIT
"""How good answers are, end to end from files, and what they cost (G8, G9 of performance.md).

* Each collection of the devkit is trained by ``bldr-engine index`` and asked by ``bldr-engine evaluate``:
  nDCG@10 by document, by page, for look-ups of clauses and for sloppy designations.
* The hostile files: each row of their manifest as expected, nothing leaked, no request sent.
* Latency (p95) inside the engine and over HTTP, size and memory at 10,000 and 100,000 chunks of made-up
  documents; ``--large`` adds 500,000. The yardstick beside them is the bare index query of the same run.
* kill -9 while writing: what was flushed is there again.

    python tests/bench/retrieval.py [--large] [--skip quality|hostile|size|kill ...]
"""

import argparse
import csv
import hashlib
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "helpers")]

from bench import Row, report  # noqa: E402
from engine import running_engine  # noqa: E402
from flush_writer import lost_after_kills  # noqa: E402
from made_up import build, queries, vocabulary  # noqa: E402

from bldr_desktop.engine.adapters.qdrant_edge import EdgeIndex  # noqa: E402
from bldr_desktop.engine.adapters.sql.database import sqlite_url  # noqa: E402
from bldr_desktop.engine.adapters.sql.documents import SqlDocumentStore  # noqa: E402
from bldr_desktop.engine.adapters.sql.opening import open_database  # noqa: E402
from bldr_desktop.engine.adapters.weighing import make_weigher  # noqa: E402
from bldr_desktop.engine.ports.documents import DocumentQuery  # noqa: E402
from bldr_desktop.engine.services.search import SearchService  # noqa: E402

DEVKIT = ROOT.parent / "shared" / "data" / "devkit"
TRAP_PORT = 8977
_ASKED = 300
_WARM = 30
_ROUNDS = 5
_TRAP_PATIENCE = 120.0
REACH_MS = {10_000: (5.0, 15.0), 100_000: (5.0, 15.0), 500_000: (10.0, 20.0)}


def command(*arguments: str | Path) -> str:
    """Run ``bldr-engine``; its stdout."""
    words = [sys.executable, "-m", "bldr_desktop.engine.cli", *map(str, arguments)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=900, cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words[2:])} ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


def at_least(name: str, value: float, least: float) -> Row:
    """A measure that must not be below its reach."""
    return Row(name, value, "nDCG@10", least, value / least, f">= {least}", value >= least)


def quality(scratch: Path) -> list[Row]:
    """nDCG@10 of the collections."""
    rows: list[Row] = []
    for name, reach in (("xquad-ru-dev", 0.96), ("xquad-en-dev", 0.97), ("norms-dev", 0.93)):
        kit, data = DEVKIT / name, scratch / name
        sys.stdout.write(command("index", kit / "corpus", "--data-dir", data, "--quiet"))
        by_document = _evaluate(kit, "qrels.tsv", data)
        rows.append(at_least(f"{name}, document", by_document["all"]["ndcg"], reach))
        if name == "norms-dev":
            by_page = _evaluate(kit, "qrels_page.tsv", data)
            rows.append(at_least(f"{name}, page", by_page["all"]["ndcg"], 0.75))
            rows.append(at_least("  clause look-ups, page", by_page["clause"]["ndcg"], 0.85))
            rows.append(at_least("  sloppy designations", by_document["desig_sloppy"]["ndcg"], 0.95))
    return rows


def _evaluate(kit: Path, judgements: str, data: Path) -> dict[str, Any]:
    by = ["--by", "kind"] if kit.name.startswith("norms") else []
    out = command("evaluate", kit / "queries.jsonl", kit / judgements, "--json", "--data-dir", data, *by)
    groups: dict[str, Any] = json.loads(out)["groups"]
    return groups


class Trap:
    """Listens where the hostile files want to be fetched from, and counts who comes."""

    def __init__(self) -> None:
        self.visits = 0
        deadline = time.monotonic() + _TRAP_PATIENCE
        while True:  # another measurement of the same files may listen there now
            try:
                self._socket = socket.create_server(("127.0.0.1", TRAP_PORT))
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.visits += 1
            connection.close()

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()


def hostile(scratch: Path) -> list[Row]:
    """Rows of the manifest of hostile files that came out as expected."""
    trap = Trap()
    began = time.perf_counter()
    sys.stdout.write(command("index", DEVKIT / "bad-dev", "--data-dir", scratch / "bad", "--quiet"))
    seconds = time.perf_counter() - began
    trap.close()
    database = open_database(sqlite_url(scratch / "bad" / "bldr.sqlite3")).database
    store = SqlDocumentStore(database)
    found, _ = store.find(DocumentQuery(limit=1000))
    by_content = {row.sha256: row for row in found}  # files with the same bytes are one document
    with (DEVKIT / "bad-dev" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        manifest = list(csv.DictReader(file))
    wrong = []
    for row in manifest:
        content = (DEVKIT / "bad-dev" / row["file"]).read_bytes()
        document = by_content.get(hashlib.sha256(content).hexdigest())
        searchable = document is not None and document.chunks > 0 and document.state == "trained"
        if (row["expect"] == "index") != searchable and row["expect"] != "partial":
            wrong.append(f"{row['file']}: expected {row['expect']}, searchable {searchable}")
    leaks = [key for key, chunks in store.all_chunks() for chunk in chunks if "root:x:0" in chunk.text]
    database.close()
    for line in wrong:
        sys.stdout.write(f"  {line}\n")
    rows, right = float(len(manifest)), float(len(manifest) - len(wrong))
    bad = float(len(leaks) + trap.visits)
    return [
        Row("hostile files as expected", right, "rows", rows, right / rows, "all", not wrong),
        Row("hostile files: leaks, requests", bad, "", 0.0, None, "none", not bad),
        Row("hostile files: whole run", seconds, "s", None, None, "ends", True),
    ]


@dataclass(frozen=True)
class Latency:
    """Milliseconds. ``best95``: p95 over queries of each one's best of five rounds, which a busy shared
    machine disturbs little; ``p50`` and ``p95``: of the first round, as it came."""

    best95: float
    p50: float
    p95: float


def timed(call: Callable[[str], object], texts: list[str]) -> Latency:
    """Time a call with every text, after a warm-up."""
    for text in texts[:_WARM]:
        call(text)
    rounds = [[_milliseconds(call, text) for text in texts[_WARM:]] for _ in range(_ROUNDS)]
    best = sorted(min(spent) for spent in zip(*rounds, strict=True))
    first = sorted(rounds[0])
    place = int(len(best) * 0.95)
    return Latency(best[place], statistics.median(first), first[place])


def _milliseconds(call: Callable[[str], object], text: str) -> float:
    began = time.perf_counter()
    call(text)
    return (time.perf_counter() - began) * 1000


def size(scratch: Path, chunks: int) -> list[Row]:
    """Latency, size and memory at a number of chunks."""
    folder = scratch / f"made-{chunks}"
    folder.mkdir()
    words = vocabulary([DEVKIT / "norms-dev" / "corpus", DEVKIT / "xquad-ru-dev" / "corpus"])
    built = build(folder, words, chunks)
    texts = queries(words, _ASKED)
    inside, bare, on_disk = _inside(folder, texts)
    outside, memory = _outside(folder, texts)
    reach, reach_http = REACH_MS[chunks]
    ratio, ratio_http = inside.best95 / bare.best95, outside.best95 / inside.best95
    fast, fast_http = inside.best95 <= reach, outside.best95 <= reach_http
    words = f"<= {reach} ms (limit: bare query)"
    rows = [
        Row("search p95", inside.best95, "ms", bare.best95, ratio, words, fast),
        Row("search p95 as it came", inside.p95, "ms", bare.p95, inside.p95 / bare.p95, "shown", True),
        Row("search p50 as it came", inside.p50, "ms", bare.p50, inside.p50 / bare.p50, "shown", True),
        Row(
            "over HTTP p95", outside.best95, "ms", inside.best95, ratio_http, f"<= {reach_http} ms", fast_http
        ),
        Row(
            "over HTTP p95 as it came", outside.p95, "ms", inside.p95, outside.p95 / inside.p95, "shown", True
        ),
        Row("index on disk", on_disk / 2**20, "MiB", None, None, "shown", True),
        Row("engine's own memory", memory / 2**20, "MiB", None, None, "shown", True),
        Row("indexing", built.index_seconds / chunks * 1e6, "us/chunk", None, None, "shown", True),
    ]
    for row in rows:
        row.name = f"{row.name}, {chunks:,} chunks"
    return rows


def _inside(folder: Path, texts: list[str]) -> tuple[Latency, Latency, int]:
    database = open_database(sqlite_url(folder / "bldr.sqlite3")).database
    weigher = make_weigher()
    index = EdgeIndex.open(folder / "index", weigher)
    service = SearchService(SqlDocumentStore(database), index, weigher)
    found = timed(lambda text: service.find(text, 10, count=False), texts)
    bare = timed(lambda text: index.search_text(text, 80), texts)
    on_disk = index.size_bytes()
    index.close()
    database.close()
    return found, bare, on_disk


def _outside(folder: Path, texts: list[str]) -> tuple[Latency, int]:
    with running_engine(folder) as engine:
        client = engine.client()

        def ask(text: str) -> None:
            answer = client.post("/query", json={"query": text, "k": 10, "preview": True})
            answer.raise_for_status()

        client.get("/api/rag/suggest", params={"q": "сп"}, timeout=120)
        outside = timed(ask, texts)
        memory = psutil.Process(engine.pid).memory_info()
        return outside, memory.rss - getattr(memory, "shared", 0)


def kills(scratch: Path, rounds: int) -> list[Row]:
    """Batches acknowledged after a flush that were not whole after kill -9."""
    acknowledged, lost = lost_after_kills(scratch / "kills", rounds)
    name = f"lost of {acknowledged} flushed batches, {rounds} kill -9"
    return [Row(name, float(lost), "batches", 0.0, None, "0", lost == 0)]


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--large", action="store_true", help="also 500,000 chunks (some minutes)")
    parser.add_argument("--skip", nargs="*", default=[], choices=("quality", "hostile", "size", "kill"))
    parser.add_argument("--rounds", type=int, default=20, help="rounds of kill -9")
    args = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bldr-bench-") as name:
        scratch = Path(name)
        if not DEVKIT.is_dir():
            sys.stdout.write(f"{DEVKIT} is not here: quality, hostile files and sizes cannot be measured\n")
            args.skip = ["quality", "hostile", "size"]
        if "quality" not in args.skip:
            rows += quality(scratch)
        if "hostile" not in args.skip:
            rows += hostile(scratch)
        if "size" not in args.skip:
            for chunks in (10_000, 100_000, *([500_000] if args.large else [])):
                rows += size(scratch, chunks)
        if "kill" not in args.skip:
            rows += kills(scratch, args.rounds)
    return report("retrieval", rows)


if __name__ == "__main__":
    sys.exit(main())
