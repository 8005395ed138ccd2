# SPDX-License-Identifier: MIT
"""The quick PNG of drawn pages holds the very pixels."""

import io
import random

import pytest
from PIL import Image

from bldr_desktop.engine.documents.png import page_png


@pytest.mark.parametrize(("padding", "grey"), [(0, True), (0, False), (5, True), (5, False)])
def test_pixels_come_back_and_grey_stays_grey(padding: int, grey: bool) -> None:
    chooser = random.Random(4)
    width, height = 37, 11
    rows = []
    for _ in range(height):
        levels = [chooser.randrange(256) for _ in range(width)]
        rows.append(b"".join(bytes((one, one, one if grey else 255 - one)) for one in levels))
    pixels = b"".join(row + b"\x77" * padding for row in rows)
    image = Image.open(io.BytesIO(page_png(pixels, width, height, 3 * width + padding)))
    assert image.size == (width, height)
    assert image.mode == ("L" if grey else "RGB")
    assert image.convert("RGB").tobytes() == b"".join(rows)
