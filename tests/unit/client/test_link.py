# SPDX-License-Identifier: MIT
"""Back-off."""

import random

from bldr_desktop.client.link import Backoff


def test_delays_grow_to_the_cap_and_start_again() -> None:
    backoff = Backoff(first=1.0, cap=8.0, rng=random.Random(1))
    delays = [backoff.next_delay() for _ in range(10)]
    assert all(
        0.25 * bound <= delay <= bound for delay, bound in zip(delays, [1, 2, 4, 8, 8, 8], strict=False)
    )
    assert max(delays) <= 8.0
    assert backoff.failures == 10
    backoff.reset()
    assert backoff.next_delay() <= 1.0


def test_a_hundred_clients_do_not_come_back_as_one() -> None:
    delays = sorted(Backoff(first=1.0).next_delay() for _ in range(100))
    assert delays[-1] - delays[0] > 0.5
