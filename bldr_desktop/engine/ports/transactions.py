# SPDX-License-Identifier: MIT
"""One transaction over several stores."""

from contextlib import AbstractContextManager
from typing import Protocol


class Transactions(Protocol):
    """Joins calls of several stores, made in the same thread, into one transaction.

    ``with transactions(): documents.mark_trained(…); jobs.save_files(…); events.append(…)`` commits
    all or nothing; listeners of the event log are told after the commit. Keep it short: other
    writers wait.
    """

    def __call__(self, *, durable: bool = True) -> AbstractContextManager[None]:
        """Open it; an exception inside rolls everything back.

        Args:
            durable: Whether the commit waits for the disk. One that does not survives kill -9, and a power
                cut once a later one has waited.
        """
        ...
