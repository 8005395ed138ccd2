# SPDX-License-Identifier: MIT
"""Trainings as they were recorded, played again into the estimator by their own clock (M2)."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bldr_desktop.client.frames import Frame
from bldr_desktop.services.series import seconds_between
from bldr_desktop.services.time_left import FileCosts, TimeLeft
from bldr_desktop.services.training_state import RunState, fold_frames

Run = list[Frame]


def load_runs(file: Path) -> list[Run]:
    """Recorded runs: a JSON line a run, its frames in order."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]


def replay(frames: Run, costs: FileCosts | None, *, engine: bool = False) -> tuple[list[bool], list[float]]:
    """Play one run: at each progress after 10 % of the work, was the true end inside the range, and how wide
    was the range against the true time left? ``engine``: judge the engine's own range instead of ours."""
    end = frames[-1]["ts"]
    run = RunState("replayed")
    watch = TimeLeft(costs)
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
    return inside, widths


def coverage(runs: Iterable[Run], *, engine: bool = False) -> tuple[list[float], list[float]]:
    """The share of good moments of each run, each run knowing those before it; and the widths."""
    shares: list[float] = []
    widths: list[float] = []
    seen: list[Any] = []
    for frames in runs:
        inside, width = replay(frames, FileCosts.learned(seen), engine=engine)
        if inside:
            shares.append(sum(inside) / len(inside))
            widths += width
        run = RunState("past")
        fold_frames(run, frames)
        seen += run.files.values()
    return shares, widths
