# SPDX-License-Identifier: MIT
"""Figures in the text format that Prometheus reads; counted here, looked up when asked for."""

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_LONGEST_NAME = 80
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One gauge or counter with its values by labels."""

    name: str
    help: str
    kind: str
    values: list[tuple[Labels, float]] = field(default_factory=list)


Source = Callable[[], Iterable[Figure]]


@dataclass(slots=True)
class _Route:
    """Requests of one method, route and class of status; ``buckets`` by bound, not cumulated."""

    buckets: list[int] = field(default_factory=lambda: [0] * (len(_BOUNDS) + 1))
    seconds: float = 0.0


class Metrics:
    """Counts requests; asks its sources for the rest. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._routes: dict[tuple[str, str, str], _Route] = {}
        self._sources: list[Source] = []

    def add(self, source: Source) -> None:
        """Have a source asked with each look; it may block for a database query."""
        self._sources.append(source)

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request was answered. ``route`` is a template, never a path with ids in it."""
        key = (method, route[:_LONGEST_NAME], f"{status // 100}xx")
        with self._lock:
            found = self._routes.get(key)
            if found is None:
                found = self._routes[key] = _Route()
            found.buckets[bisect_left(_BOUNDS, seconds)] += 1
            found.seconds += seconds

    def text(self) -> str:
        """Everything, as Prometheus reads it."""
        lines: list[str] = []
        for source in self._sources:
            for figure in source():
                lines += _figure_lines(figure)
        lines += self._request_lines()
        return "\n".join(lines) + "\n"

    def _request_lines(self) -> Iterator[str]:
        name = "bldr_http_request_seconds"
        yield f"# HELP {name} Time until an answer was sent, by route."
        yield f"# TYPE {name} histogram"
        with self._lock:
            routes = {key: (list(one.buckets), one.seconds) for key, one in sorted(self._routes.items())}
        for (method, route, status), (buckets, seconds) in routes.items():
            labels = {"method": method, "route": route, "status": status}
            total = 0
            for bound, number in zip((*_BOUNDS, None), buckets, strict=True):
                total += number
                edge = "+Inf" if bound is None else f"{bound:g}"
                yield f"{name}_bucket{_labels({**labels, 'le': edge})} {total}"
            yield f"{name}_sum{_labels(labels)} {seconds:.6f}"
            yield f"{name}_count{_labels(labels)} {total}"


def _figure_lines(figure: Figure) -> Iterator[str]:
    yield f"# HELP {figure.name} {figure.help}"
    yield f"# TYPE {figure.name} {figure.kind}"
    for labels, value in figure.values:
        yield f"{figure.name}{_labels(labels)} {value:.17g}"


def _labels(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
