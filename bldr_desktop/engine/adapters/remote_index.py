# SPDX-License-Identifier: MIT
"""The in-process index of another process: several workers and API processes share one writer.

Messages go over ``multiprocessing.connection`` on loopback between our own processes, which prove a
shared key (HMAC) before anything is read.
"""

import contextlib
import logging
import threading
from collections.abc import Iterable, Sequence
from multiprocessing.connection import Client, Connection, Listener, answer_challenge, deliver_challenge
from typing import Any, cast

from bldr_desktop.engine.ports import StoreUnavailable
from bldr_desktop.engine.ports.index import IndexFilter, IndexHit, IndexPoint, VectorIndex

METHODS = frozenset(
    {
        "upsert", "delete_documents", "search_text", "search_vector", "term_idf", "flush", "count",
        "document_counts", "size_bytes", "optimize_if_worth_it", "clear",
    }
)  # fmt: skip
_PATIENCE = {
    "search_text": 4.0, "search_vector": 4.0, "term_idf": 4.0, "count": 4.0, "document_counts": 15.0,
    "size_bytes": 4.0, "upsert": 60.0, "delete_documents": 60.0, "flush": 60.0,
}  # fmt: skip
"""Seconds after which a question is given up; what is not here may take as long as it needs."""
_log = logging.getLogger(__name__)


class RemoteIndex:
    """:class:`~bldr_desktop.engine.ports.index.VectorIndex` in another process.

    A process that does not answer in time is out of reach (:class:`StoreUnavailable`), as is one that
    is not there: nobody waits for ever for an index that hangs.

    Args:
        host: Where it listens.
        port: Its port.
        key: The shared key.
    """

    def __init__(self, host: str, port: int, key: bytes) -> None:
        self._address = (host, port)
        self._key = key
        self._local = threading.local()

    def start(self) -> None:
        """It is open in its own process."""

    def upsert(self, points: Iterable[IndexPoint]) -> int:
        """As the port says."""
        return cast(int, self._call("upsert", list(points)))

    def delete_documents(self, document_ids: Sequence[str]) -> None:
        """As the port says."""
        self._call("delete_documents", list(document_ids))

    def search_text(self, query: str, limit: int, where: IndexFilter | None = None) -> list[IndexHit]:
        """As the port says."""
        return cast(list[IndexHit], self._call("search_text", query, limit, where))

    def search_vector(
        self, vector: Sequence[float], limit: int, where: IndexFilter | None = None
    ) -> list[IndexHit]:
        """As the port says."""
        return cast(list[IndexHit], self._call("search_vector", list(vector), limit, where))

    def term_idf(self, terms: Sequence[int]) -> dict[int, float]:
        """As the port says."""
        return cast(dict[int, float], self._call("term_idf", list(terms)))

    def flush(self) -> None:
        """As the port says."""
        self._call("flush")

    def count(self) -> int:
        """As the port says."""
        return cast(int, self._call("count"))

    def document_counts(self, document_ids: Sequence[str]) -> dict[str, int]:
        """As the port says."""
        return cast(dict[str, int], self._call("document_counts", list(document_ids)))

    def size_bytes(self) -> int:
        """As the port says."""
        return cast(int, self._call("size_bytes"))

    def optimize_if_worth_it(self) -> bool:
        """As the port says."""
        return cast(bool, self._call("optimize_if_worth_it"))

    def clear(self) -> None:
        """As the port says."""
        self._call("clear")

    def close(self) -> None:
        """Let go of this thread's connection; the index itself goes on."""
        self._drop()

    def _call(self, method: str, *arguments: Any) -> Any:
        for fresh in (False, True):
            if fresh:
                self._drop()
            try:
                connection = self._connection()
                connection.send((method, arguments))
                patience = _PATIENCE.get(method)
                if patience is not None and not connection.poll(patience):
                    self._drop()
                    raise StoreUnavailable(f"the index process did not answer {method} in {patience:g} s")
                good, answer = connection.recv()
            except (OSError, EOFError) as error:
                if fresh:
                    self._drop()
                    raise StoreUnavailable(f"the index process cannot be reached: {error}") from error
                continue
            if good:
                return answer
            raise RuntimeError(f"the index process failed: {answer}")
        return None

    def _connection(self) -> "Connection[Any, Any]":
        known: Connection[Any, Any] | None = getattr(self._local, "connection", None)
        if known is None:
            known = Client(self._address)
            if not known.poll(_PATIENCE["search_text"]):
                known.close()
                raise StoreUnavailable("the index process does not answer")
            answer_challenge(known, self._key)
            deliver_challenge(known, self._key)
            self._local.connection = known
        return known

    def _drop(self) -> None:
        known = getattr(self._local, "connection", None)
        if known is not None:
            with contextlib.suppress(OSError):
                known.close()
            self._local.connection = None


class IndexServer:
    """Serves one index to other processes, a thread a connection.

    Args:
        index: The real one.
        host: Where to listen.
        port: 0 chooses one; see ``address``.
        key: The shared key.
    """

    def __init__(self, index: VectorIndex, host: str, port: int, key: bytes) -> None:
        self._index = index
        self._listener = Listener((host, port))
        self._key = key
        self._closed = threading.Event()

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        return cast(tuple[str, int], self._listener.address)

    def serve(self) -> None:
        """Accept until :meth:`close`; blocks."""
        while not self._closed.is_set():
            try:
                connection = self._listener.accept()
            except (OSError, EOFError):
                continue
            threading.Thread(target=self._serve_one, args=(connection,), daemon=True).start()

    def close(self) -> None:
        """Stop accepting, flush the index."""
        self._closed.set()
        with contextlib.suppress(OSError):
            self._listener.close()
        self._index.close()

    def _serve_one(self, connection: "Connection[Any, Any]") -> None:
        """Who says nothing holds up a thread of its own, never the door."""
        from multiprocessing import AuthenticationError

        with contextlib.suppress(OSError, EOFError), connection:
            try:
                deliver_challenge(connection, self._key)
                answer_challenge(connection, self._key)
            except AuthenticationError:
                _log.warning("a process without the key asked for the index")
                return
            while True:
                method, arguments = connection.recv()
                connection.send(self._answer(method, arguments))

    def _answer(self, method: str, arguments: tuple[Any, ...]) -> tuple[bool, Any]:
        if method not in METHODS:
            return False, f"no method {method!r}"
        try:
            return True, getattr(self._index, method)(*arguments)
        except Exception as error:  # noqa: BLE001 - told to the process that asked
            _log.exception("the index could not %s", method)
            return False, f"{type(error).__name__}: {error}"
