# SPDX-License-Identifier: MIT
"""Speed, time left, back-off: with a clock that is moved by hand."""

from bldr_desktop.services.transfer_sender import Meter, ServerPause


class Clock:
    """Time that passes when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_time_left_is_a_range_and_hidden_until_known() -> None:
    clock = Clock()
    meter = Meter(clock)
    speeds = []
    for step in range(20):
        meter.mark()
        if step == 3:
            assert meter.time_left(10_000) is None
        amount = 500 if step % 2 else 1500
        meter.add(amount)
        speeds.append(amount * 2)
        clock.now += 0.5
    meter.mark()
    span = meter.time_left(60_000)
    assert span is not None
    low, high = span
    assert low < 30.0 < high, "60,000 bytes at 2,000 a second on the average"
    assert 1000 < meter.speed < 3000
    assert meter.time_left(0) is None
    meter.reset()
    assert meter.speed == 0.0


def test_a_stall_gives_no_time_left() -> None:
    clock = Clock()
    meter = Meter(clock)
    for _ in range(20):
        meter.mark()
        clock.now += 0.5
    assert meter.time_left(1000) is None


async def test_back_off_doubles_up_to_half_a_minute_and_ends_at_an_answer() -> None:
    clock = Clock()
    pause = ServerPause(clock)
    waits = []
    for _ in range(9):
        pause.failed()
        waits.append(pause.remaining)
        pause.failed()
        assert pause.remaining == waits[-1], "failures of the same moment count once"
        clock.now = pause.until
    assert 0.3 < waits[0] < 0.7
    assert all(wait <= 39.0 for wait in waits)
    assert waits[-1] > 20.0
    assert pause.since is not None
    assert pause.answered()
    assert not pause.answered()
    assert pause.remaining == 0.0
    pause.failed(at_least=60.0)
    assert pause.remaining > 59.9
