# SPDX-License-Identifier: MIT
"""How much work a file is."""

import pytest

from bldr_desktop.engine.jobs.training.estimate import Costs
from bldr_desktop.engine.ports.jobs import FileTiming


def test_costs_learn_from_earlier_files() -> None:
    history = [FileTiming(".pdf", size, size * 1e-6) for size in range(100_000, 2_000_000, 100_000)]
    history += [FileTiming(".txt", 10_000, 0.02)] * 5
    costs = Costs(history)
    assert costs.of("a.pdf", 1_000_000) == pytest.approx(1.0, rel=0.5)
    assert costs.of("a.PDF", 2_000_000) > costs.of("a.pdf", 200_000)
    assert costs.of("a.txt", 10_000) == pytest.approx(0.02, rel=0.5)
    assert costs.of("a.unknown", 500_000) > 0
    assert Costs().of("a.pdf", 0) > 0
