# SPDX-License-Identifier: MIT
"""Time left: hidden at first, then a range; learned from ends."""

from pathlib import Path

from replayed_runs import coverage, load_runs

from bldr_desktop.protocol.base import JobStatus
from bldr_desktop.services.time_left import KeptCalibration, TimeLeft
from bldr_desktop.services.training_state import RunState

RECORDED = Path(__file__).resolve().parents[2] / "bench" / "recorded_runs.jsonl.gz"


def steady(watch: TimeLeft, until: float) -> RunState:
    """A run of a hundred seconds, watched for some of them."""
    run = RunState("j", status=JobStatus.RUNNING, files_total=100, bytes_total=1000)
    for second in range(int(until) + 1):
        run.files_done, run.bytes_done, run.progress = second, 10 * second, float(second)
        watch.watch(run, float(second))
    return run


def test_nothing_is_said_before_it_is_known() -> None:
    watch = TimeLeft()
    assert watch.left(0.0) is None
    steady(watch, 2)
    assert watch.left(2.0) is None


def test_a_steady_run_is_inside_and_the_range_narrows() -> None:
    watch, widths = TimeLeft(), []
    for second in (10, 50, 90):
        steady(watch, second)
        found = watch.left(float(second))
        assert found is not None
        assert found[0] <= 100 - second <= found[1]
        widths.append(found[1] - found[0])
    assert widths == sorted(widths, reverse=True)


def test_ends_are_learned_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "sub" / "time_left.json"
    known = KeptCalibration(file)
    before = known.calibration.range_of(0.5)
    for _ in range(20):
        watch = TimeLeft(known)
        run = steady(watch, 99)
        run.status = JobStatus.COMPLETED
        watch.watch(run, 100.0)
    after = KeptCalibration(file).calibration.range_of(0.5)
    assert after[1] - after[0] < before[1] - before[0]
    file.write_text("nonsense", "utf-8")
    assert KeptCalibration(file).calibration.range_of(0.5) == before


def test_a_run_that_was_stopped_teaches_nothing() -> None:
    known = KeptCalibration()
    before = known.calibration.range_of(0.5)
    watch = TimeLeft(known)
    run = steady(watch, 60)
    run.status = JobStatus.CANCELLED
    watch.watch(run, 61.0)
    assert known.calibration.range_of(0.5) == before


def test_m2_on_recorded_runs() -> None:
    shares, _ = coverage(load_runs(RECORDED))
    assert len(shares) == 20
    assert sum(shares) / len(shares) >= 0.8


def test_a_measure_that_becomes_known_later_does_no_harm() -> None:
    left = TimeLeft()
    run = RunState("job")
    for second in range(30):
        run.progress = second * 2.0
        if second == 12:
            run.bytes_total = 1000
        run.bytes_done = second * 20 if second >= 12 else 0
        left.watch(run, float(second))
    assert left.left(30.0) is not None
