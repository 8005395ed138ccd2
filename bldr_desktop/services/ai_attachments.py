# SPDX-License-Identifier: MIT
"""Files given with a question: hashed, sent if the server has them not, named by their SHA-256."""

import asyncio
import base64
import uuid
from dataclasses import replace
from pathlib import Path

from bldr_desktop.client.api import ApiError
from bldr_desktop.client.sources import Source, SourceFault, hash_file
from bldr_desktop.client.uploads import UploadClient
from bldr_desktop.common.aio import TaskScope
from bldr_desktop.common.observe import Notice
from bldr_desktop.services.ai_state import Attachment

MOST = 10
LARGEST_INLINE = 20 << 20
"""Bytes that are sent inside the question to a server that takes no uploads."""


class AiAttachments:
    """The files of the next question.

    Args:
        client: Sends files.
    """

    def __init__(self, client: UploadClient) -> None:
        self.changed: Notice[None] = Notice()
        self.items: list[Attachment] = []
        self._client = client
        self._scope = TaskScope("ai.attachments")

    @property
    def ready(self) -> bool:
        """True when nothing is on its way any more."""
        return all(item.state != "sending" for item in self.items)

    def add(self, paths: list[Path]) -> int:
        """Begin to send files; the number of those that are one too many or no files."""
        left_out = 0
        for path in paths:
            if len(self.items) >= MOST or not path.is_file():
                left_out += 1
            elif all(item.path != str(path) for item in self.items):
                item = Attachment(uuid.uuid4().hex, path.name, str(path), path.stat().st_size)
                self.items.append(item)
                self._scope.spawn("send", self._send(item))
        self.changed.emit(None)
        return left_out

    def remove(self, key: str) -> None:
        """Not with the next question."""
        self.items = [item for item in self.items if item.key != key]
        self.changed.emit(None)

    def take(self) -> tuple[Attachment, ...]:
        """What can be asked about, and forget all of it: the next question begins without files."""
        taken = tuple(item for item in self.items if item.state == "ready")
        self.items = []
        self.changed.emit(None)
        return taken

    async def aclose(self) -> None:
        """End."""
        await self._scope.close()
        self._client.close()

    async def _send(self, item: Attachment) -> None:
        try:
            sent = await self._sent(item)
        except SourceFault as fault:
            sent = replace(item, state="failed", problem=fault.sentence)
        except ApiError as error:
            sent = replace(item, state="failed", problem=error.sentence)
        self.items = [sent if known.key == item.key else known for known in self.items]
        self.changed.emit(None)

    async def _sent(self, item: Attachment) -> Attachment:
        digest, size, mtime = await asyncio.to_thread(hash_file, item.path, lambda: False, _nobody)
        offer = await self._client.offer()
        if not offer.tus:
            return await asyncio.to_thread(_inline, item)
        source = Source(item.path, "", item.name, size, mtime, digest)
        upload = await self._client.create(source)
        if upload.document_id is None:
            await self._client.send(source, upload, on_bytes=_nobody, on_offset=_nobody)
        return replace(item, sha256=digest, size=size, state="ready")


def _nobody(_bytes: int) -> None:
    """Nobody wants to know."""


def _inline(item: Attachment) -> Attachment:
    if item.size > LARGEST_INLINE:
        return replace(
            item, state="failed", problem="This server takes only files up to 20 MB with a question."
        )
    data = base64.b64encode(Path(item.path).read_bytes()).decode()
    return replace(item, data=data, state="ready")
