# SPDX-License-Identifier: MIT
"""Pictures (PNG, JPEG, TIFF …): text recognition where Tesseract is installed."""

import time
import warnings
from pathlib import Path
from typing import Any

from bldr_desktop.engine.documents.failure import ReadError, damaged
from bldr_desktop.engine.documents.readers import ocr
from bldr_desktop.engine.ports.domain import Extracted, ExtractedPage, ParseLimits
from bldr_desktop.protocol.errors import ErrorCode

_MAX_FRAMES = 500


def open_image(path: Path, limits: ParseLimits) -> Any:
    """Open a picture without decoding it.

    Raises:
        ReadError: Damaged, or more pixels than the limit.
    """
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(path, formats=("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise damaged("picture", error) from error
    check_pixels(image, limits)
    return image


def check_pixels(image: Any, limits: ParseLimits) -> None:
    """Refuse pictures that would take too much memory.

    Raises:
        ReadError: More pixels than the limit.
    """
    width, height = image.size
    if width * height > limits.pixels:
        raise ReadError(
            ErrorCode.FILE_BOMB, f"The picture has {width} x {height} pixels, more than can be read safely"
        )


def read(path: Path, mime: str, limits: ParseLimits) -> Extracted:
    """Recognise the text of all frames.

    Raises:
        ReadError: Damaged, too large, no Tesseract, or no text.
    """
    image = open_image(path, limits)
    try:
        image.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise damaged("picture", error) from error
    if not (limits.ocr and ocr.available()):
        raise ReadError(
            ErrorCode.FILE_NEEDS_OCR, "The file is a picture: text recognition (OCR) is needed to read it"
        )
    extracted = Extracted("image", mime, "Tesseract", [], paged=True)
    deadline = time.monotonic() + 0.75 * limits.wall_seconds
    frames = getattr(image, "n_frames", 1)
    for number in range(min(frames, _MAX_FRAMES)):
        if time.monotonic() > deadline:
            break
        image.seek(number)
        check_pixels(image, limits)
        extracted.pages.append(ExtractedPage(number + 1, ocr.read_image(image.convert("L"))))
    if len(extracted.pages) < frames:
        extracted.warnings.append(f"Only the first {len(extracted.pages)} of {frames} pages were recognised")
    if not any(page.text.strip() for page in extracted.pages):
        raise ReadError(ErrorCode.FILE_NO_TEXT, "Text recognition found no text in the picture")
    return extracted
