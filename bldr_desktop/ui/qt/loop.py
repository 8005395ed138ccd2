# SPDX-License-Identifier: MIT
"""The one event loop for Qt and asyncio."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

import qasync

T = TypeVar("T")


class QtLoop(qasync.QEventLoop):  # type: ignore[misc]  # qasync has no types
    """qasync's loop without its last round of Qt events after the end.

    WORKAROUND: https://github.com/CabbageDevelopment/qasync/blob/master/src/qasync/__init__.py -
    ``run_until_complete`` processes Qt events once more when no loop is running any more; a task
    that is stepped there fails in anyio with *no running event loop*.
    """

    def run_until_complete(self, future: Awaitable[T]) -> T:
        """Run until the future is done and give its result."""
        task: asyncio.Future[T] = asyncio.ensure_future(future, loop=self)  # noqa: TID251 - a loop's own work

        def stop(_done: asyncio.Future[Any]) -> None:
            self.stop()

        task.add_done_callback(stop)
        try:
            self.run_forever()
        finally:
            task.remove_done_callback(stop)
        if not task.done():
            raise RuntimeError("the event loop was stopped before its work was done")
        return task.result()
