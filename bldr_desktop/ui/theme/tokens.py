# SPDX-License-Identifier: MIT
"""Colours, spacing and sizes of the application, once.

One accent, four neutral steps (``bg`` · ``surface`` · ``raised`` · ``line``) with two text steps,
and semantic colours for state only. Every text colour has at least 4.5:1 against ``bg``,
``surface`` and its own ``*_soft`` ground; ``tests/unit/ui`` holds that by measuring.
"""

from dataclasses import dataclass


class Space:
    """Distances on the 4 px grid."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24
    XXL = 32


class Size:
    """Heights, widths and radii in px."""

    ROW = 28
    CONTROL = 32
    RAIL = 216
    RAIL_NARROW = 64
    ICON = 16
    ICON_GAP = 4
    ICON_L = 20
    ICON_XL = 40
    RADIUS = 6
    RADIUS_L = 10
    STATUS = 30
    TEXT_COLUMN = 560


@dataclass(frozen=True, slots=True)
class Colors:
    """One set of colours as ``#rrggbb``."""

    name: str
    bg: str
    surface: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    error: str
    error_soft: str
    mark: str
    mark_text: str
    shadow: str


LIGHT = Colors(
    name="light",
    bg="#f5f6f8",
    surface="#ffffff",
    raised="#eaedf1",
    line="#d9dde3",
    text="#1a1f27",
    muted="#59616e",
    accent="#1f57c4",
    accent_hover="#1a49a6",
    accent_soft="#e4ecfb",
    on_accent="#ffffff",
    ok="#17693f",
    ok_soft="#e2f3e9",
    warn="#865000",
    warn_soft="#fcefd6",
    error="#b3261e",
    error_soft="#fce8e6",
    mark="#ffe28a",
    mark_text="#1a1f27",
    shadow="#1a1f27",
)

DARK = Colors(
    name="dark",
    bg="#15171b",
    surface="#1c1f24",
    raised="#272b32",
    line="#353a43",
    text="#e8eaee",
    muted="#a2a9b5",
    accent="#8fb4ff",
    accent_hover="#adc8ff",
    accent_soft="#20304d",
    on_accent="#10203f",
    ok="#6fd39b",
    ok_soft="#183426",
    warn="#e9b95a",
    warn_soft="#3a2c11",
    error="#ff938a",
    error_soft="#43201e",
    mark="#6a5510",
    mark_text="#fff6da",
    shadow="#000000",
)
