# SPDX-License-Identifier: MIT
"""How soon a program paints its window: read from the pixels of a virtual screen, from outside."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

WIDTH, HEIGHT = 1360, 880
_ALL_PLANES = ctypes.c_ulong(0xFFFFFFFF)
_Z_PIXMAP = 2


class Screen:
    """A virtual screen of one's own; its empty root is black."""

    def __init__(self, display: str) -> None:
        self.display = display
        self._x = ctypes.CDLL("libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XGetImage.restype = ctypes.c_void_p
        self._x.XGetPixel.restype = ctypes.c_ulong
        self._server = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        assert self._server.value, f"no screen at {display}"
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._server))

    def is_painted(self) -> bool:
        """Whether the middle of the screen is not black any more."""
        image = ctypes.c_void_p(
            self._x.XGetImage(self._server, self._root, WIDTH // 2, HEIGHT // 2, 1, 1, _ALL_PLANES, _Z_PIXMAP)
        )
        assert image.value, "the screen has no picture"
        pixel = int(self._x.XGetPixel(image, 0, 0))
        self._x.XDestroyImage(image)
        return bool(pixel & 0xFFFFFF)

    def close(self) -> None:
        """Let go of the connection."""
        self._x.XCloseDisplay(self._server)


@contextlib.contextmanager
def screen() -> Iterator[Screen]:
    """Xvfb with a black root, for the time of the context."""
    reading, writing = os.pipe()
    size = ["-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-br", "-nolisten", "tcp"]
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), *size], pass_fds=(writing,), stderr=subprocess.DEVNULL
    )
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        number = answer.readline().strip().decode()
    try:
        found = Screen(f":{number}")
        yield found
        found.close()
    finally:
        server.terminate()
        server.wait(10)


def first_paint(
    screen: Screen, command: Sequence[str], environment: Mapping[str, str], folder: Path
) -> float:
    """Seconds from the start of a program until its window is on the screen; the program is ended."""
    assert not screen.is_painted(), "the screen was not empty"
    began = time.monotonic()
    child = subprocess.Popen(
        list(command),
        env={**environment, "DISPLAY": screen.display},
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not screen.is_painted():
            assert child.poll() is None, f"{command[0]} ended with {child.returncode}"
            assert time.monotonic() < began + 60, f"{command[0]} painted nothing"
            time.sleep(0.003)
        return time.monotonic() - began
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait(5)
