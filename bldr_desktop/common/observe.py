# SPDX-License-Identifier: MIT
"""A change notice without Qt: services emit, whoever is interested listens."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Notice(Generic[T]):
    """A past-tense fact with one value, told to all listeners in the order they came.

    Listeners run in the emitter's call, so they must be quick and must not raise.
    """

    __slots__ = ("__weakref__", "_listeners")  # PySide keeps weak references to what signals call

    def __init__(self) -> None:
        self._listeners: list[Callable[[T], None]] = []

    def connect(self, listener: Callable[[T], None]) -> Callable[[], None]:
        """Add a listener; the returned function takes it away again (twice does no harm)."""
        self._listeners.append(listener)

        def disconnect() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return disconnect

    def emit(self, value: T) -> None:
        """Tell all listeners."""
        for listener in tuple(self._listeners):
            listener(value)
