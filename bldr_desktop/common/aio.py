# SPDX-License-Identifier: MIT
"""Starting coroutines so that none is lost: a name, a reference, and its exception seen."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
_log = logging.getLogger(__name__)
_running: set[asyncio.Task[Any]] = set()


def spawn(
    name: str,
    coro: Coroutine[Any, Any, T],
    *,
    on_error: Callable[[BaseException], None] | None = None,
) -> asyncio.Task[T]:
    """Run a coroutine as a task that is referenced until it ends.

    Args:
        name: Shown in logs and debuggers.
        coro: What to run.
        on_error: Called with an exception that escapes; without it, the loop's exception handler
            gets it. Cancellation is not an error.

    Returns:
        The task; awaiting it is allowed, not needed.
    """
    task = asyncio.get_running_loop().create_task(coro, name=name)
    _running.add(task)

    def _done(finished: asyncio.Task[T]) -> None:
        _running.discard(finished)
        if finished.cancelled():
            return
        error = finished.exception()
        if error is None:
            return
        if on_error is not None:
            on_error(error)
        else:
            finished.get_loop().call_exception_handler(
                {"message": f"task {name!r} failed", "exception": error, "task": finished}
            )

    task.add_done_callback(_done)
    return task


class TaskScope:
    """Tasks that live as long as their owner; ``close`` cancels and gathers them with a deadline."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    def spawn(
        self,
        name: str,
        coro: Coroutine[Any, Any, T],
        *,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> asyncio.Task[T]:
        """Like :func:`spawn`, ended at the latest by ``close``."""
        task = spawn(f"{self._name}.{name}", coro, on_error=on_error)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if self._closed:
            task.cancel()
        return task

    def cancel(self) -> None:
        """Cancel all without waiting; later spawns are cancelled at once."""
        self._closed = True
        for task in tuple(self._tasks):
            task.cancel()

    async def close(self, deadline: float = 5.0) -> None:
        """Cancel all and wait for their end, at most ``deadline`` seconds."""
        self.cancel()
        pending = self._tasks - {asyncio.current_task()}
        if not pending:
            return
        _, late = await asyncio.wait(pending, timeout=deadline)
        for task in late:
            _log.warning("task %s did not end within %.1f s", task.get_name(), deadline)
