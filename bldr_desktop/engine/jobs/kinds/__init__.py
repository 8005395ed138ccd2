# SPDX-License-Identifier: MIT
"""Kinds of jobs: one file each. A new kind is a class with ``type``, ``lane`` and ``run``, given to
the runner by ``engine.app``."""

from collections.abc import Iterable, Mapping
from typing import Literal, Protocol

from bldr_desktop.engine.jobs.context import JobContext
from bldr_desktop.engine.ports.jobs import JobEnd
from bldr_desktop.protocol.base import JobType

Lane = Literal["index", "light"]
"""*index* jobs use all parsers and write the index: one at a time. *light* ones run beside them."""


class JobKind(Protocol):
    """How to do one type of job."""

    @property
    def type(self) -> JobType:
        """The word under which jobs of this kind are queued."""
        ...

    @property
    def lane(self) -> Lane:
        """Which jobs it shares its place with."""
        ...

    async def run(self, context: JobContext) -> JobEnd:
        """Do the work; again after a restart, from where it stood.

        A cancel or a shutdown arrives as ``asyncio.CancelledError``: let go of everything within 3 s
        and let it through. Other exceptions end the job as *failed*.
        """
        ...


def registry(kinds: Iterable[JobKind]) -> Mapping[str, JobKind]:
    """Kinds by type.

    Raises:
        ValueError: Two of the same type.
    """
    by_type: dict[str, JobKind] = {}
    for kind in kinds:
        if kind.type in by_type:
            raise ValueError(f"two kinds of jobs of type {kind.type}")
        by_type[kind.type] = kind
    return by_type
