# SPDX-License-Identifier: MIT
"""What documents, chunks and connections cost: the curves of ``docs/scaling.md``.

A real engine on its own folder trains folders of growing size; after each the store, the index, the
memory and the search over HTTP are measured. Then clients connect and one more training is followed
by all of them. Cost must grow no faster than the thing it is measured over.
"""

import argparse
import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "helpers"))
import psutil  # noqa: E402
from bench import Row, report  # noqa: E402
from engine import EngineProcess, eventually, running_engine  # noqa: E402

CLAUSES = 60
STEMS = (
    "бетон", "стен", "арматур", "свай", "кровл", "балк", "плит", "шов", "грунт", "опор", "колонн",
    "фундамент", "раствор", "лестниц", "окн",
)  # fmt: skip
WORDS = [f"{stem}{end}" for stem in STEMS for end in ("а", "ы", "ой", "ами")]


@dataclass
class Point:
    """What was found at one size. Bytes, seconds, milliseconds."""

    documents: int
    chunks: int
    seconds: float
    store: int
    index: int
    memory: int
    p50: float
    p95: float


def write_documents(folder: Path, first: int, count: int) -> None:
    """Made-up standards, each with clauses of its own words and numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        chance = random.Random(number)
        lines = [
            f"{clause}.{chance.randrange(99)} "
            + " ".join(chance.choices(WORDS, k=24))
            + f" {number}{clause} мм."
            for clause in range(1, CLAUSES + 1)
        ]
        (folder / f"СП {number}.txt").write_text("\n".join(lines), encoding="utf-8")


def train(engine: EngineProcess, folder: Path) -> float:
    """Seconds of the job, by the database."""
    client = engine.client()
    job_id = client.post("/train", json={"custom_dir": str(folder)}).raise_for_status().json()["job_id"]

    def ended() -> dict[str, Any] | None:
        job: dict[str, Any] = client.get(f"/queue/{job_id}").json()
        return job if job["status"] in {"completed", "failed"} else None

    job = eventually(ended, 300, 0.1)
    assert job["status"] == "completed", job
    began, finished = (datetime.fromisoformat(job[name]) for name in ("started_at", "finished_at"))
    return float((finished - began).total_seconds())


def measure(engine: EngineProcess, seconds: float) -> Point:
    """Sizes and searches now."""
    client = engine.client()
    chance, spent = random.Random(1), []
    for _ in range(60):
        query = " ".join(chance.choices(WORDS, k=4))
        began = time.perf_counter()
        client.post("/query", json={"query": query, "k": 10}).raise_for_status()
        spent.append((time.perf_counter() - began) * 1000)
    totals = client.get("/metrics-json").json()
    documents = client.get("/api/rag/status").json()["total_documents"]
    return Point(
        documents, totals["total_chunks"], seconds,
        sum(file.stat().st_size for file in engine.data_dir.glob("bldr.sqlite3*")),
        sum(file.stat().st_blocks * 512 for file in (engine.data_dir / "index").rglob("*") if file.is_file()),
        psutil.Process(engine.pid).memory_info().rss,
        statistics.median(spent[10:]), statistics.quantiles(spent[10:], n=20)[18],
    )  # fmt: skip


async def follow(engine: EngineProcess, connections: int, folder: Path) -> tuple[float, float, int]:
    """A training that so many clients follow: the engine's CPU seconds, its memory, frames delivered."""
    from websockets.asyncio.client import connect

    process = psutil.Process(engine.pid)
    before = process.memory_info().rss
    head = {"Authorization": f"Bearer {engine.token()}"}
    sockets = [await connect(engine.ws_url(), additional_headers=head) for _ in range(connections)]
    frames = [0]

    async def read(socket: Any) -> None:
        async for message in socket:
            frames[0] += 1
            if json.loads(message).get("type") == "job_completed":
                return

    readers = [asyncio.get_running_loop().create_task(read(socket)) for socket in sockets]
    cpu = sum(process.cpu_times()[:2])
    await asyncio.to_thread(train, engine, folder)
    await asyncio.wait_for(asyncio.gather(*readers), 60)
    cpu, memory = sum(process.cpu_times()[:2]) - cpu, process.memory_info().rss - before
    for socket in sockets:
        await socket.close()
    return cpu, memory, frames[0]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 150, 450])
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 25, 100])
    options = parser.parse_args()
    points: list[Point] = []
    lives: list[tuple[int, float, float, int]] = []
    environment = {"BLDR_WORKERS": "2", "BLDR_WS_CONNECTIONS_PER_USER": "200", "BLDR_WS_CONNECTIONS": "200"}
    with (
        tempfile.TemporaryDirectory(prefix="bldr-scaling-") as place,
        running_engine(Path(place) / "engine", environment=environment) as engine,
    ):
        done = 0
        for size in options.sizes:
            folder = Path(place) / f"docs-{size}"
            write_documents(folder, done, size - done)
            seconds = train(engine, folder) / (size - done)
            done = size
            points.append(measure(engine, seconds))
        for number in (1, *options.connections):  # the first one only warms up
            folder = Path(place) / f"live-{len(lives)}"
            write_documents(folder, 100_000 + len(lives) * 100, 20)
            lives.append((number, *asyncio.run(follow(engine, number, folder))))
    return report("scaling", rows_of(points, lives[1:]))


def rows_of(points: list[Point], lives: list[tuple[int, float, float, int]]) -> list[Row]:
    """The table; a curve is fine when its last point costs no more a unit than 1.5 × the first."""
    rows = []
    first = points[0]
    for point in points:
        name = f"{point.documents} documents, {point.chunks} chunks"
        per_document = point.seconds * 1000
        ratio = per_document / (first.seconds * 1000)
        rows.append(
            Row(
                f"{name}: train",
                per_document,
                "ms/doc",
                first.seconds * 1000,
                ratio,
                "<= 1.5 x first",
                ratio <= 1.5,
            )
        )
        rows.append(Row(f"{name}: store", point.store / point.chunks, "B/chunk", None, None, "-", True))
        rows.append(Row(f"{name}: index", point.index / point.chunks, "B/chunk", None, None, "-", True))
        rows.append(Row(f"{name}: memory", point.memory / (1 << 20), "MiB", None, None, "-", True))
        rows.append(Row(f"{name}: search p50", point.p50, "ms", None, None, "-", True))
        rows.append(Row(f"{name}: search p95", point.p95, "ms", None, None, "-", True))
    for number, cpu, memory, frames in lives:
        rows.append(Row(f"{number} connections: CPU", cpu, "s", lives[0][1], cpu / lives[0][1], "-", True))
        rows.append(
            Row(f"{number} connections: memory", memory / 1024 / number, "KiB each", None, None, "-", True)
        )
        rows.append(Row(f"{number} connections: frames", float(frames), "frames", None, None, "-", True))
    return rows


if __name__ == "__main__":
    sys.exit(main())
