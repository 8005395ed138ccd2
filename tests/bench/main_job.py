# SPDX-License-Identifier: MIT
"""Seconds from drop to *searchable* in the real window, against bare extraction of the same files.

The window is real (offscreen), the engine a real child process with N parser processes. The limit is
the same files given to N warm processes that do nothing but extract: pypdfium2, calamine, kreuzberg.
"""

import argparse
import asyncio
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "helpers"))
from bench import Row, report  # noqa: E402

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
REACH = 1.8


def bare(name: str) -> int:
    """Extract one file as plainly as can be; characters."""
    path = Path(name)
    if path.suffix == ".pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(path)
        text = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
        document.close()
        return len(text)
    if path.suffix in {".xlsx", ".xls"}:
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_path(name)
        return sum(len(str(book.get_sheet_by_name(sheet).to_python())) for sheet in book.sheet_names)
    import kreuzberg

    return len(kreuzberg.extract_file_sync(name).content)


def warm(_: int) -> None:
    """Import what will be used, so that only extraction is timed."""
    import kreuzberg
    import pypdfium2
    import python_calamine

    _ = (kreuzberg, pypdfium2, python_calamine)
    time.sleep(0.2)


def bare_seconds(files: list[Path], processes: int) -> float:
    """The whole folder with a pool of warm processes."""
    names = sorted(map(str, files), key=lambda name: -Path(name).stat().st_size)
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.map(warm, range(processes * 2), chunksize=1)
        began = time.perf_counter()
        pool.map(bare, names, chunksize=1)
        return time.perf_counter() - began


def whole_seconds(folder: Path, count: int) -> tuple[float, float]:
    """Drop to all searchable in a real window, and of that the engine's own job."""
    import qasync
    from PySide6.QtCore import QEvent
    from window import drop_files, until

    from bldr_desktop.app import demo
    from bldr_desktop.app.first_window import make_application, open_first_window
    from bldr_desktop.app.lifecycle import Desktop
    from bldr_desktop.app.options import Options
    from bldr_desktop.protocol import routes
    from bldr_desktop.protocol.jobs import QueueList

    async def run(place: Path) -> tuple[float, float]:
        options = Options(data_dir=place, lang="en", theme="light")
        desktop = Desktop(open_first_window(options), options)
        try:
            await desktop.start()
            await desktop.ready(60)
            await asyncio.sleep(2)  # the parsers are warm, as they are when a person comes with a folder
            desktop.window.go("files")
            start, table = desktop.find("files.start"), desktop.find("files.table")
            dropped = time.perf_counter()
            drop_files(desktop.find("files.dropZone"), [folder])
            await until(lambda: start.isVisible() and start.isEnabled(), 30, "the summary")
            start.click()  # type: ignore[attr-defined]
            model = table.model()  # type: ignore[attr-defined]
            await until(lambda: demo.column(model, "state") == ["trained"] * count, 120, "all trained")
            whole = time.perf_counter() - dropped
            queue = await desktop.container.api.get(routes.QUEUE, QueueList, params={"paged": 1})
            job = next(job for job in queue.data if job.type == "training")
            return whole, seconds_between(job.started_at or "", job.finished_at or "")
        finally:
            await desktop.aclose()

    application = make_application()
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    with tempfile.TemporaryDirectory() as place, loop:
        result: tuple[float, float] = loop.run_until_complete(run(Path(place)))
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return result


def seconds_between(first: str, last: str) -> float:
    """RFC 3339 to RFC 3339."""
    from datetime import datetime

    return (datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds()


def pages_of(files: list[Path]) -> int:
    """Pages of the PDFs, one for each other file."""
    import pypdfium2

    return sum(len(pypdfium2.PdfDocument(path)) if path.suffix == ".pdf" else 1 for path in files)


def main() -> int:
    """Measure, print a table, then one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--folder", type=Path, default=ROOT.parent / "shared/data/devkit/norms-dev/corpus")
    options = parser.parse_args()
    os.environ["BLDR_WORKERS"] = str(options.workers)
    files = sorted(path for path in options.folder.rglob("*") if path.is_file())
    pages = pages_of(files)
    wholes, jobs, bares, ratios = [], [], [], []
    for _ in range(options.runs):
        limit = bare_seconds(files, options.workers)
        whole, job = whole_seconds(options.folder, len(files))
        wholes.append(whole)
        jobs.append(job)
        bares.append(limit)
        ratios.append(job / limit)
        sys.stdout.write(f"bare {limit:6.2f} s   job {job:6.2f} s   drop to searchable {whole:6.2f} s\n")
    whole, job, limit, ratio = map(statistics.median, (wholes, jobs, bares, ratios))
    rows = [
        Row("pipeline seconds", job, "s", limit, ratio, f"<= {REACH} x bare extraction", ratio <= REACH),
        Row("drop to searchable", whole, "s", limit, whole / limit, "shown", True),
        Row("pages per second", pages / job, "1/s", pages / limit, limit / job, "shown", True),
    ]
    return report("main_job", rows)


if __name__ == "__main__":
    sys.exit(main())
