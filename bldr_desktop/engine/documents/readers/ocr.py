# SPDX-License-Identifier: MIT
"""Text recognition by Tesseract, where it is installed."""

import functools
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from bldr_desktop.engine.documents.text import russian_score

_LANGUAGES = ("rus", "eng")
_CYRILLIC = re.compile("[а-яёА-ЯЁ]")
_ENOUGH = 60
_RUSSIAN = 0.4
_TSV_CELLS, _WORD_LEVEL = 12, "5"


@functools.cache
def languages() -> tuple[str, ...]:
    """Languages of the installed Tesseract that are of use here; empty when it is not installed."""
    program = shutil.which("tesseract")
    if not program:
        return ()
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    installed = listed.stdout.split()
    return tuple(name for name in _LANGUAGES if name in installed)


def available() -> bool:
    """True when text can be recognised on this machine."""
    return bool(languages())


def read_image(image: Any) -> str:
    """Recognise the text of a Pillow image, Russian and English as installed.

    Raises:
        RuntimeError: Tesseract failed.
    """
    with tempfile.TemporaryDirectory(prefix="bldr-ocr-") as folder:
        source = Path(folder, "page.png")
        image.save(source)
        known = languages()
        text = _plain(_run(source, known))
        if len(known) > 1 and _is_doubtful(text):
            # Tesseract keeps to its first language where letters look alike: «CONCRETE» became «СОМСВЕТЕ».
            other = known[::-1]
            if _confidence(_run(source, other, "tsv")) > _confidence(_run(source, known, "tsv")):
                text = _plain(_run(source, other))
    return text


def _run(source: Path, known: tuple[str, ...], *output: str) -> str:
    command = ["tesseract", str(source), "stdout", "-l", "+".join(known), "--psm", "3", *output]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"tesseract ended with {done.returncode}: {done.stderr[-300:]!r}")
    return done.stdout.decode("utf-8", "replace")


def _plain(output: str) -> str:
    return output.replace("\f", "").strip()


def _is_doubtful(text: str) -> bool:
    """So few Cyrillic letters that their statistics prove nothing, or letters that do not look Russian."""
    letters = len(_CYRILLIC.findall(text))
    return 0 < letters < _ENOUGH or (letters > 0 and russian_score(text) < _RUSSIAN)


def _confidence(tsv: str) -> float:
    """Mean confidence of the words, 0 to 100, each by its length."""
    total = weight = 0.0
    for line in tsv.splitlines():
        cells = line.split("\t")
        if len(cells) == _TSV_CELLS and cells[0] == _WORD_LEVEL:
            total += float(cells[10]) * len(cells[11])
            weight += len(cells[11])
    return total / weight if weight else 0.0
