# SPDX-License-Identifier: MIT
"""Before a row is sent: its hash, and whether the engine has its bytes already."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bldr_desktop.client.api import ApiError, NotOffered, Unauthorized
from bldr_desktop.client.sources import SourceFault, hash_file
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.files import HashAnswer
from bldr_desktop.services.transfer_sender import ServerPause
from bldr_desktop.services.transfer_state import Transfer, TransferState, fold_document

if TYPE_CHECKING:
    from bldr_desktop.client.api import Api
    from bldr_desktop.services.transfers import TransferService

MAX_CHANGES = 3
"""Times that a file may change under our hands before it is left for later."""
PORTION = 500
"""Rows a question: sending the first of many goes on while the engine is asked about the rest."""
_OPEN = frozenset({TransferState.CHECKING, TransferState.WAITING})


class Checker:
    """Hashes rows in threads and asks for many of them at once.

    Args:
        transfers: Whose rows.
        api: Renews tokens.
        away: Back-off while the server does not answer.
        enqueue: Takes a row that must be sent.
    """

    def __init__(
        self,
        transfers: "TransferService",
        api: "Api",
        away: ServerPause,
        enqueue: Callable[[Transfer], None],
    ) -> None:
        self._transfers, self._api, self._away, self._enqueue = transfers, api, away, enqueue

    async def check(self, ids: Sequence[int]) -> None:
        """Hash what was not hashed yet, then ask which bytes are there already, many in one question."""
        for start in range(0, len(ids), PORTION):
            await self._check(ids[start : start + PORTION])

    async def _check(self, ids: Sequence[int]) -> None:
        known_rows = self._transfers.rows
        rows = [known_rows[row_id] for row_id in ids if row_id in known_rows]
        for row in rows:
            if not row.sha256 and row.state in _OPEN:
                await self._hash(row)
        rows = [row for row in rows if row.state in _OPEN]
        known = await self._known([row.sha256 for row in rows]) if rows else {}
        for row in rows:
            if row.id in known_rows and row.state in _OPEN:
                self._judge(row, known.get(row.sha256))
        self._transfers.wake()

    async def wait_out(self, error: ApiError) -> None:
        """Wait until the server may be asked again: signed in, or the back-off is over."""
        if isinstance(error, Unauthorized):
            await self._api.renewed_token(self._api.access_token())
        self._away.failed(error.retry_after)
        await self._away.over()

    def _judge(self, row: Transfer, answer: HashAnswer | None) -> None:
        if answer is not None and answer.document_id:
            row.uploaded(answer.document_id)
            fold_document(row, answer)
        else:
            row.state, row.stage = TransferState.WAITING, "upload"
            self._enqueue(row)
        self._transfers.touch(row)

    async def _known(self, digests: Sequence[str]) -> dict[str, HashAnswer]:
        while True:
            try:
                return await self._transfers.client.by_hash(list(dict.fromkeys(digests)))
            except NotOffered:
                return {}
            except ApiError as error:
                await self.wait_out(error)

    async def _hash(self, row: Transfer) -> None:
        def stopped() -> bool:
            return row.state is TransferState.CANCELLED

        try:
            digest, size, mtime_ns = await asyncio.to_thread(hash_file, row.path, stopped, lambda _: None)
        except SourceFault as fault:
            if fault.code is ErrorCode.FILE_CHANGED and row.attempts < MAX_CHANGES:
                row.attempts += 1
                await asyncio.sleep(1.0)
                await self._hash(row)
                return
            row.fail(fault.code, fault.sentence)
            self._transfers.touch(row)
            return
        if digest:
            before, row.sha256, row.size, row.mtime_ns = row.sha256, digest, size, mtime_ns
            self._transfers.rehashed(row, before)
