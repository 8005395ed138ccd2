# SPDX-License-Identifier: MIT
"""Hooks for OpenTelemetry: nothing at all until :func:`enable` was called, spans from then on.

Where spans go is said by the variables of OpenTelemetry itself (``OTEL_EXPORTER_OTLP_ENDPOINT``,
``OTEL_TRACES_EXPORTER`` …); the extra ``telemetry`` has the libraries.
"""

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

Start = Callable[[str, dict[str, Any]], AbstractContextManager[Any]]
_start: list[Start] = []


def span(name: str, **attributes: str | int | float) -> AbstractContextManager[Any]:
    """A span around a piece of work; free while tracing is off."""
    if not _start:
        return contextlib.nullcontext()
    return _start[0](name, attributes)


def enable(service: str, provider: Any = None) -> None:
    """Begin to make spans.

    Args:
        service: This program's name in them.
        provider: A tracer provider; None makes one that exports as OpenTelemetry's variables say.

    Raises:
        ImportError: OpenTelemetry is not installed.
    """
    made = provider or _exporting(service)
    tracer = made.get_tracer("bldr")

    def start(name: str, attributes: dict[str, Any]) -> AbstractContextManager[Any]:
        named = {f"bldr.{key}": value for key, value in attributes.items()}
        found: AbstractContextManager[Any] = tracer.start_as_current_span(name, attributes=named)
        return found

    _start[:] = [start]


def disable() -> None:
    """Make no more spans."""
    _start.clear()


def _exporting(service: str) -> Any:
    import atexit

    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    made = TracerProvider(resource=Resource.create({"service.name": service}))
    made.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    atexit.register(made.shutdown)
    return made
