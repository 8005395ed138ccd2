# SPDX-License-Identifier: MIT
"""The calculator does arithmetic and nothing else."""

import pytest

from bldr_desktop.engine.ai.calculator import calculate


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("2+2*2", 6), ("(2+2)*2", 8), ("0,86 × 13890", 11945.4), ("2^10", 1024), ("-3 + 5", 2),
        ("sqrt(16)", 4), ("max(1; 7; 3)", 7), ("10 : 4", 2.5), ("7 % 4", 3),
    ],
)  # fmt: skip
def test_arithmetic(expression: str, value: float) -> None:
    assert calculate(expression) == pytest.approx(value)


@pytest.mark.parametrize(
    "expression",
    [
        "", "1/0", "9**9**9", "__import__('os').system('id')", "(1).__class__", "open('x')", "'a'*9",
        "lambda: 1", "1 if 1 else 2", "[1]", "sqrt(-1)", "x", "1+" * 300 + "1", "1e308*10", "(-8)^0.5",
    ],
)  # fmt: skip
def test_anything_else_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        calculate(expression)
