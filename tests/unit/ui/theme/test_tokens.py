# SPDX-License-Identifier: MIT
"""Contrast is measured, not felt: 4.5:1 for every text on every ground it may stand on."""

import pytest

from bldr_desktop.ui.theme.tokens import DARK, LIGHT, Colors


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=lambda colors: colors.name)
def test_contrast(colors: Colors) -> None:
    pairs = [
        (text, ground) for text in ("text", "muted") for ground in ("bg", "surface", "raised", "accent_soft")
    ]
    pairs += [("on_accent", "accent"), ("on_accent", "accent_hover"), ("mark_text", "mark")]
    for tone in ("accent", "ok", "warn", "error"):
        pairs += [(tone, ground) for ground in ("bg", "surface", f"{tone}_soft")]
    low = {
        pair: round(contrast(getattr(colors, pair[0]), getattr(colors, pair[1])), 2)
        for pair in pairs
        if contrast(getattr(colors, pair[0]), getattr(colors, pair[1])) < 4.5
    }
    assert low == {}
