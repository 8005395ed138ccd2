# SPDX-License-Identifier: MIT
"""Trainings as they were recorded, played again into the estimator by their own clock (M2)."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

from bldr_desktop.client.frames import Frame
from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.services.series import seconds_between
from bldr_desktop.services.time_left import KeptCalibration, TimeLeft
from bldr_desktop.services.training_state import RunState, fold_frames

Run = list[Frame]


def load_runs(file: Path) -> list[Run]:
    """Recorded runs (``tests/bench/record_runs.py``): a gzipped JSON line a run, its frames in order."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def replay(frames: Run, known: KeptCalibration, *, engine: bool = False) -> tuple[list[bool], list[float]]:
    """Play one run: at each progress after 10 % of the work, was the true end inside the range, and how wide
    was the range against the true time left? ``engine``: judge the engine's own range instead of ours."""
    end = frames[-1]["ts"]
    run = RunState("replayed")
    watch = TimeLeft(known)
    inside: list[bool] = []
    widths: list[float] = []
    for frame in frames:
        fold_frames(run, [frame])
        now = seconds_between(frames[0]["ts"], frame["ts"]) or 0.0
        watch.watch(run, now)
        if frame["type"] != "training_progress" or run.progress < 10 or run.is_final:
            continue
        found = run.engine_time_left if engine else watch.left(now)
        true = seconds_between(frame["ts"], end) or 0.0
        if found is not None:
            inside.append(found[0] <= true <= found[1])
            if true > 0.5:
                widths.append((found[1] - found[0]) / true)
    if not run.is_final:
        run.status = JobStatus.COMPLETED
        watch.watch(run, seconds_between(frames[0]["ts"], end) or 0.0)
    return inside, widths


def coverage(runs: Iterable[Run], *, engine: bool = False) -> tuple[list[float], list[float]]:
    """The share of good moments of each run, each run knowing only those before it; and the widths."""
    shares: list[float] = []
    widths: list[float] = []
    known = KeptCalibration()
    for frames in runs:
        inside, width = replay(frames, known, engine=engine)
        if inside:
            shares.append(sum(inside) / len(inside))
            widths += width
    return shares, widths
