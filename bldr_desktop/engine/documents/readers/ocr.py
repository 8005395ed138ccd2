# SPDX-License-Identifier: MIT
"""Text recognition by Tesseract, where it is installed."""

import functools
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

_LANGUAGES = ("rus", "eng")


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
        command = ["tesseract", str(source), "stdout", "-l", "+".join(languages()), "--psm", "3"]
        done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"tesseract ended with {done.returncode}: {done.stderr[-300:]!r}")
    return done.stdout.decode("utf-8", "replace").replace("\f", "").strip()
