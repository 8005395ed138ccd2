# SPDX-License-Identifier: MIT
"""Listens on ``/ws`` like a careful client: remembers every numbered frame, resumes with ``hello``."""

import json
import threading
from typing import Any

from engine import EngineProcess
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect


class Recorder:
    """Frames by number. ``attach`` connects (again) and catches up; ``problems`` lists what a client
    must never see: a number twice with another content, numbers going back, a reset."""

    def __init__(self) -> None:
        self.frames: dict[int, dict[str, Any]] = {}
        self.epochs: set[str] = set()
        self.problems: list[str] = []
        self.last = 0
        self._threads: list[threading.Thread] = []
        self._socket: Any = None

    def attach(self, engine: EngineProcess) -> None:
        """Listen to this engine until its end or :meth:`detach`."""
        url, connected = engine.ws_url(engine.token()), threading.Event()
        thread = threading.Thread(target=self._listen, args=(url, connected), daemon=True)
        thread.start()
        self._threads.append(thread)
        if not connected.wait(10):
            raise AssertionError("no connection to /ws within 10 s")

    def detach(self) -> None:
        """Stop listening."""
        if self._socket is not None:
            self._socket.close()
        for thread in self._threads:
            thread.join(5)

    def _listen(self, url: str, connected: threading.Event) -> None:
        try:
            with connect(url, max_size=None) as socket:
                hello = {"type": "hello", "since": self.last, "epoch": next(iter(self.epochs), None)}
                socket.send(json.dumps(hello))
                self._socket = socket
                connected.set()
                for text in socket:
                    self._take(json.loads(text))
        except (WebSocketException, OSError):
            pass

    def _take(self, frame: dict[str, Any]) -> None:
        if frame.get("type") == "reset":
            self.problems.append(f"reset: {frame}")
        seq = frame.get("seq")
        if not seq or frame.get("type") in {"connection_established", "replayed", "system_status"}:
            return
        self.epochs.add(frame["epoch"])
        if seq in self.frames:
            same = "the same" if self.frames[seq] == frame else "another content"
            self.problems.append(f"{seq} came twice, {same}")
        elif seq < self.last:
            self.problems.append(f"{seq} came after {self.last}")
        self.frames[seq] = frame
        self.last = max(self.last, seq)
