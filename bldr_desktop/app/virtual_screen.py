# SPDX-License-Identifier: MIT
"""A screen where there is none: Xvfb if it can be had, else Qt's offscreen platform."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SIZE = "1360x880x24"


@contextmanager
def virtual_screen() -> Iterator[str]:
    """Set ``DISPLAY`` to a new Xvfb for the time of the context, or choose ``offscreen``.

    Yields:
        ``"xvfb"`` or ``"offscreen"``.
    """
    started = _start_xvfb()
    if started is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        try:
            yield "offscreen"
        finally:
            os.environ.pop("QT_QPA_PLATFORM", None)
        return
    process, display = started
    os.environ["DISPLAY"] = display
    try:
        yield "xvfb"
    finally:
        os.environ.pop("DISPLAY", None)
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _start_xvfb() -> tuple[subprocess.Popen[bytes], str] | None:
    """Xvfb on a free display number of its own choice, or None."""
    program = shutil.which("Xvfb")
    if program is None or not sys.platform.startswith("linux"):
        return None
    reading, writing = os.pipe()
    try:
        process = subprocess.Popen(
            [program, "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp"],
            pass_fds=(writing,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        os.close(reading)
        os.close(writing)
        return None
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        number = answer.readline().strip()
    if not number:
        process.kill()
        process.wait()
        return None
    return process, f":{number.decode()}"
