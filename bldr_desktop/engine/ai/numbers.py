# SPDX-License-Identifier: MIT
"""The number guard: figures with a unit in an answer must stand in a cited passage.

A figure is a number with its unit («40 мм», «от 10 до 25 °С», «0.4 m»). Two figures are equal when
they are the same amount: 40 мм = 4 см = 0,04 м. A number in a table whose header names the unit
(«Температура, °С») counts as having it.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_UNITS: dict[str, tuple[str, float]] = {}


def _add(dimension: str, factor: float, *names: str) -> None:
    for name in names:
        _UNITS[name] = (dimension, factor)


_add("length", 1e-6, "мкм", "µm", "μm")
_add("length", 1e-3, "мм", "mm")
_add("length", 1e-2, "см", "cm")
_add("length", 1e-1, "дм", "dm")
_add("length", 1.0, "м", "m", "метр", "метра", "метров", "metre", "metres", "meter", "meters")
_add("length", 1e3, "км", "km")
_add("area", 1e-6, "мм2", "mm2")
_add("area", 1e-4, "см2", "cm2")
_add("area", 1.0, "м2", "m2", "кв.м")
_add("area", 1e4, "га", "ha")
_add("volume", 1e-3, "л", "l", "литр", "литров")
_add("volume", 1.0, "м3", "m3", "куб.м")
_add("mass", 1e-3, "г", "g")
_add("mass", 1.0, "кг", "kg")
_add("mass", 1e3, "т", "t", "тонн")
_add("density", 1.0, "кг/м3", "kg/m3")
_add("density", 1e3, "т/м3", "t/m3", "г/см3", "g/cm3")
_add("percent", 1.0, "%", "процент", "процента", "процентов", "percent")
_add("permille", 1.0, "‰")
_add("temperature", 1.0, "°с", "°c", "градусов цельсия", "degrees celsius")
_add("angle", 1.0, "°", "градусов", "degrees")
_add("pressure", 1.0, "па", "pa")
_add("pressure", 1e3, "кпа", "kpa", "кн/м2", "kn/m2")
_add("pressure", 1e6, "мпа", "mpa", "н/мм2", "n/mm2")
_add("pressure", 98066.5, "кгс/см2")
_add("force", 1.0, "н", "n")
_add("force", 1e3, "кн", "kn")
_add("force", 1e6, "мн", "mn")
_add("line load", 1e3, "кн/м", "kn/m")
_add("moment", 1e3, "кн·м", "kn·m", "кнм", "knm")
_add("time", 1.0, "сек", "s", "секунд", "seconds")
_add("time", 60.0, "мин", "минут", "минуты", "min", "minutes")
_add("time", 3600.0, "ч", "час", "часа", "часов", "h", "hours", "hour")
_add("time", 86400.0, "сут", "суток", "дней", "дня", "день", "days", "day")
_add("months", 1.0, "месяц", "месяца", "месяцев", "months", "month")
_add("years", 1.0, "год", "года", "лет", "years", "year")
_add("power", 1.0, "вт", "w")
_add("power", 1e3, "квт", "kw")
_add("voltage", 1.0, "в", "v")
_add("voltage", 1e3, "кв", "kv")
_add("current", 1.0, "а", "a")
_add("light", 1.0, "лк", "lx")
_add("sound", 1.0, "дб", "db", "дба", "dba")
_add("speed", 1.0, "м/с", "m/s")
_add("speed", 1 / 3.6, "км/ч", "km/h")
_add("money", 1.0, "руб", "руб.", "рублей", "₽", "rub")
_add("money", 1e3, "тыс. руб", "тыс.руб")
_add("pieces", 1.0, "шт", "шт.", "штук", "pcs")
_add("points", 1.0, "балл", "балла", "баллов")
_add("storeys", 1.0, "этаж", "этажа", "этажей", "storeys", "floors")

# Letters alone are units only right behind a number and never behind a class letter (B20, F150).
_UNIT = "|".join(re.escape(name) for name in sorted(_UNITS, key=len, reverse=True))
_NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?"
_SIGNED = rf"(?:(?:минус|minus|[-−–])\s?)?{_NUMBER}"
_JOIN = r"\s*(?:[-–—…]|до|to|и|and|или|or|,|;|±|\+/-|[xх×])\s*"
_FIGURE = re.compile(
    rf"(?<![\w.,/])(?P<numbers>{_SIGNED}(?:{_JOIN}{_SIGNED})*)\s?(?P<unit>{_UNIT})(?![\w²³])",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?<![\w.,])({_NUMBER})(?![\w]|[.,]\d)")
_ONE = re.compile(rf"(?P<minus>(?:минус|minus|(?<!\d)[-−])\s?)?(?P<value>{_NUMBER})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount found in a text: [start, end) characters, ``amount`` in the dimension's base unit."""

    start: int
    end: int
    text: str
    dimension: str
    amount: float
    value: float


def figures(text: str) -> list[Figure]:
    """All figures with a unit, in order; a range or list gives one figure for each of its numbers."""
    plain = _fold(text)
    found: list[Figure] = []
    for match in _FIGURE.finditer(plain):
        if _is_a_word(match["unit"], match["numbers"]):
            continue
        dimension, factor = _UNITS[match["unit"].lower()]
        for number in _ONE.finditer(match["numbers"]):
            value = _value(number["value"])
            if number["minus"] and dimension == "temperature":
                value = -value
            last = number.end() == len(match["numbers"])
            start = match.start() + number.start("value" if not number["minus"] else "minus")
            end = match.end() if last else match.start() + number.end()
            found.append(Figure(start, end, text[start:end].strip(), dimension, value * factor, value))
    return found


def unsupported(answer: str, passages: Sequence[str], question: str = "") -> list[Figure]:
    """Figures of an answer that stand neither in the passages nor in the question itself.

    Args:
        answer: The text to check.
        passages: The texts of the passages the answer cites.
        question: What was asked; repeating its figures claims nothing.
    """
    known = [figure for source in (*passages, question) for figure in figures(source)]
    tables = [(_units_named(source), _bare_values(source)) for source in passages]
    return [figure for figure in figures(answer) if not _stands(figure, known, tables)]


def _is_a_word(unit: str, numbers: str) -> bool:
    """«5 в плане», «10 а также», «2018 г.»: a preposition or a year, no volts, amperes or grams."""
    return unit in {"в", "а", "a", "v"} or (
        unit == "г" and re.fullmatch(r"(?:18|19|20)\d\d", numbers) is not None
    )


def _stands(figure: Figure, known: Iterable[Figure], tables: Iterable[tuple[set[str], list[float]]]) -> bool:
    if any(other.dimension == figure.dimension and _same(other.amount, figure.amount) for other in known):
        return True
    return any(
        figure.dimension in units and any(_same(abs(figure.value), value) for value in values)
        for units, values in tables
    )


def _units_named(source: str) -> set[str]:
    """Dimensions named as a header does: «Толщина, мм», «Температура (°С)», with no number before."""
    header = re.compile(rf"[,(]\s*(?P<unit>{_UNIT})\s*(?=[)|;,\t\n:.]|$)", re.IGNORECASE)
    return {_UNITS[match["unit"].lower()][0] for match in header.finditer(_fold(source))}


def _bare_values(source: str) -> list[float]:
    return [_value(match[1]) for match in _BARE.finditer(_fold(source))]


def _fold(text: str) -> str:
    """The same length, with superscripts and degree look-alikes in one form."""
    return text.translate(_FOLD)


_FOLD = str.maketrans({"²": "2", "³": "3", "º": "°", "˚": "°", "℃": "°"})


def _value(number: str) -> float:
    return float(re.sub(r"[ \u00a0\u202f]", "", number).replace(",", "."))


def _same(left: float, right: float) -> bool:
    return math.isclose(left, right, rel_tol=1e-6, abs_tol=1e-12)
