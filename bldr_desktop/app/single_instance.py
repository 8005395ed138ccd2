# SPDX-License-Identifier: MIT
"""One window for one data folder: a second start hands over what it was given and ends."""

import getpass
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 1_500
LONGEST = 1_000_000


def name_for(data_dir: Path) -> str:
    """The name both starts meet under: one for each person and data folder."""
    key = hashlib.sha256(f"{getpass.getuser()}\0{data_dir}".encode()).hexdigest()[:16]
    return f"bldr-desktop-{key}"


def hand_over(name: str, paths: tuple[str, ...], links: tuple[str, ...], *, show: bool = True) -> bool:
    """Give paths and links to a running instance; True when one took them. ``show``: it comes forward."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(json.dumps({"paths": paths, "links": links, "show": show}).encode() + b"\n")
    socket.waitForBytesWritten(WAIT_MS)
    taken = socket.waitForReadyRead(WAIT_MS) and bytes(socket.readAll().data()).startswith(b"ok")
    socket.disconnectFromServer()
    return taken


class SingleInstance(QObject):
    """Listens for later starts. ``taken(paths, links)`` is called for each."""

    def __init__(self, name: str, taken: Callable[[list[str], list[str]], None]) -> None:
        super().__init__()
        self._taken = taken
        self._buffers: dict[QLocalSocket, bytes] = {}
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # left over from a crash: nobody answered there
            self._server.listen(name)

    @property
    def listening(self) -> bool:
        """Whether later starts can reach us."""
        return self._server.isListening()

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        self._buffers[socket] = b""
        socket.readyRead.connect(lambda: self._on_bytes(socket))
        socket.disconnected.connect(lambda: self._on_gone(socket))

    def _on_bytes(self, socket: QLocalSocket) -> None:
        self._buffers[socket] = self._buffers.get(socket, b"") + bytes(socket.readAll().data())
        buffer = self._buffers[socket]
        if len(buffer) > LONGEST:
            socket.abort()
        elif b"\n" in buffer:
            self._take(socket, buffer)

    def _take(self, socket: QLocalSocket, buffer: bytes) -> None:
        try:
            said = json.loads(buffer.split(b"\n", 1)[0])
            paths = [str(item) for item in said["paths"]]
            links = [str(item) for item in said["links"]]
        except (ValueError, KeyError, TypeError):
            socket.abort()
            return
        socket.write(b"ok\n")
        socket.flush()
        if said.get("show", True) or paths or links:
            self._taken(paths, links)

    def _on_gone(self, socket: QLocalSocket) -> None:
        self._buffers.pop(socket, None)
        socket.deleteLater()
