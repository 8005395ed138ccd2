# SPDX-License-Identifier: MIT
"""Which adapters a cluster's settings ask for; without them the embedded ones."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from bldr_desktop.engine.adapters import data_folder
from bldr_desktop.engine.settings import Settings

if TYPE_CHECKING:
    from bldr_desktop.engine.adapters.job_stack import PrunedLog
    from bldr_desktop.engine.adapters.sql.events import SqlEventLog
    from bldr_desktop.engine.events.hub import Elsewhere
    from bldr_desktop.engine.ports.blobs import BlobStore
    from bldr_desktop.engine.ports.index import VectorIndex
    from bldr_desktop.engine.retrieval.weights import Weigher


def pick_events(settings: Settings, inner: "SqlEventLog") -> "PrunedLog":
    """The database's log, carried by Redis where there are several processes."""
    if settings.redis_url is None:
        return inner
    from bldr_desktop.engine.adapters.redis_events import RedisEventLog

    return RedisEventLog(inner, settings.redis_url)


def pick_elsewhere(settings: Settings) -> "Elsewhere | None":
    """Who counts the connections of other processes."""
    if settings.redis_url is None:
        return None
    from bldr_desktop.engine.adapters.redis_connections import RedisConnections

    return RedisConnections(settings.redis_url)


def pick_index(settings: Settings) -> "Callable[[Weigher], VectorIndex] | None":
    """A Qdrant server, an index process, or None for the index in this process."""
    if settings.qdrant_url is not None:
        url, key = settings.qdrant_url, settings.qdrant_api_key

        def connect(weigher: "Weigher") -> "VectorIndex":
            from bldr_desktop.engine.adapters.qdrant_server import QdrantIndex

            return QdrantIndex.connect(url, weigher, key)

        return connect
    if settings.index_address is not None:
        host, port = settings.index_address
        folder = settings.data_dir

        def remote(_weigher: "Weigher") -> "VectorIndex":
            from bldr_desktop.engine.adapters.remote_index import RemoteIndex

            return RemoteIndex(host, port, data_folder.secret_key(folder))

        return remote
    return None


def pick_blobs(settings: Settings) -> "BlobStore":
    """Uploaded bytes in the data folder, or wherever fsspec reaches, with copies in the data folder.

    Raises:
        OSError: The storage cannot be reached.
    """
    from bldr_desktop.engine.adapters.blob_files import FileBlobStore

    local = FileBlobStore(settings.blobs_dir)
    if settings.blobs_url is None:
        return local
    from bldr_desktop.engine.adapters.blob_fsspec import FsspecBlobStore

    return FsspecBlobStore(settings.blobs_url, local)


def forget_index(settings: Settings) -> None:
    """Empty an index that lies outside the data folder, so that it is filled from the store.

    Raises:
        OSError: The server cannot be reached.
    """
    if settings.qdrant_url is None:
        return
    from bldr_desktop.engine.adapters.qdrant_server import QdrantIndex
    from bldr_desktop.engine.adapters.weighing import make_weigher

    index = QdrantIndex.connect(settings.qdrant_url, make_weigher(), settings.qdrant_api_key)
    index.clear()
    index.close()
