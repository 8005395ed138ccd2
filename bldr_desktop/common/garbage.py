# SPDX-License-Identifier: MIT
"""Collecting reference cycles when it is due, by whoever asks, instead of in any thread that allocates."""

import gc


def collect_due() -> bool:
    """Collect as Python itself would by now, in the thread that calls; True if there was anything due.

    For processes that have turned the automatic collector off (``gc.disable()``).
    """
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in reversed(range(len(counts))):
        if counts[generation] > thresholds[generation] > 0:
            gc.collect(generation)
            return True
    return False
