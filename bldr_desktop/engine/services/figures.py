# SPDX-License-Identifier: MIT
"""What an engine tells Prometheus about itself: from the health board and two cheap queries."""

from collections.abc import Callable, Iterator, Mapping

from bldr_desktop.engine.ports.documents import DocumentStore
from bldr_desktop.engine.services.health import Health
from bldr_desktop.engine.services.metrics import Figure

_STATES = {"healthy": 1.0, "off": 1.0, "degraded": 0.5, "unhealthy": 0.0}
_FACTS = (
    ("workers", "Reader processes of this process."),
    ("workers_busy", "Reader processes that work now."),
    ("memory_bytes", "Resident memory of this process."),
    ("cpu_percent", "Processor time of this process in percent of one core."),
    ("disk_free_bytes", "Free space of the disk with the data folder."),
)


def board_figures(health: Health) -> Iterator[Figure]:
    """States of components, load, live connections; asks nobody."""
    data = health.status().data
    states = [({"component": name}, _STATES.get(part.state, 0.0)) for name, part in data.details.items()]
    yield Figure(
        "bldr_component_up", "1 healthy (or not used), 0.5 degraded, 0 unhealthy.", "gauge", list(states)
    )
    for name, text in _FACTS:
        value = getattr(data, name)
        if value is not None:
            yield Figure(f"bldr_{name}", text, "gauge", [({}, float(value))])
    connections = data.components.get("websocket_connections")
    if isinstance(connections, int):
        yield Figure("bldr_connections", "Live connections of this process.", "gauge", [({}, connections)])
    if data.seq is not None:
        yield Figure("bldr_events_total", "Number of the newest event.", "counter", [({}, data.seq)])


def store_figures(documents: DocumentStore, jobs: Callable[[], Mapping[str, int]]) -> Iterator[Figure]:
    """Jobs by status, documents and chunks; empty while the database is away."""
    by_status = [({"status": str(status)}, float(number)) for status, number in jobs().items()]
    yield Figure("bldr_jobs", "Jobs that are kept, by status.", "gauge", list(by_status))
    totals = documents.totals()
    yield Figure("bldr_documents", "Documents that can be found.", "gauge", [({}, totals.searchable)])
    yield Figure("bldr_chunks", "Chunks that can be found.", "gauge", [({}, totals.chunks)])
