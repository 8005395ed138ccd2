# SPDX-License-Identifier: MIT
"""Arithmetic for a model's tool call: numbers, four operations, powers, brackets, a few functions."""

import ast
import math
import operator
from collections.abc import Callable

_BINARY: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
}
_FUNCTIONS: dict[str, Callable[..., float]] = {
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "radians": math.radians,
    "min": min,
    "max": max,
    "round": round,
    "abs": abs,
}
_MAX_LENGTH = 400


def calculate(expression: str) -> float:
    """Evaluate arithmetic; «,» inside a number and «×», «:», «^» are read as people write them.

    Raises:
        ValueError: It is not arithmetic, divides by zero, or is too large.
    """
    if len(expression) > _MAX_LENGTH:
        raise ValueError("the expression is too long")
    plain = expression.strip().replace("×", "*").replace("·", "*").replace(":", "/").replace("^", "**")
    plain = plain.replace("−", "-")
    if ";" not in plain and "(" not in plain:
        plain = plain.replace(",", ".")
    plain = plain.replace(";", ",")
    try:
        value = _value(ast.parse(plain, mode="eval").body)
        finite = math.isfinite(value)
    except (SyntaxError, ZeroDivisionError, OverflowError, TypeError, RecursionError, MemoryError) as error:
        raise ValueError(f"cannot calculate: {error}") from error
    if not finite:
        raise ValueError("the result is not a number")
    return value


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float()):
            return float(node.value)  # type: ignore[arg-type]
        case ast.UnaryOp(op=ast.USub()):
            return -_value(node.operand)
        case ast.UnaryOp(op=ast.UAdd()):
            return _value(node.operand)
        case ast.BinOp(op=ast.Pow()):
            base, power = _value(node.left), _value(node.right)
            if abs(power) > 64 or abs(base) > 1e12:
                raise ValueError("the power is too large")
            return float(base**power)
        case ast.BinOp() if type(node.op) in _BINARY:
            return _BINARY[type(node.op)](_value(node.left), _value(node.right))
        case ast.Call(func=ast.Name(id=name)) if name in _FUNCTIONS and not node.keywords:
            return float(_FUNCTIONS[name](*[_value(argument) for argument in node.args]))
    raise ValueError("only numbers, + - * / ^, brackets and simple functions can be calculated")
