# SPDX-License-Identifier: MIT
"""Answers as text and files, and lists of questions as jobs."""

import asyncio
from pathlib import Path

from bldr_desktop.client.api import Api
from bldr_desktop.client.sources import Source, hash_file
from bldr_desktop.client.uploads import UploadClient
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.ai import QuestionListAccepted, QuestionListRequest
from bldr_desktop.services.ai_state import Choice, Exchange


class AiFiles:
    """Files in and out of the AI Shell.

    Args:
        api: The server.
        client: Sends files; closed by whoever made it.
    """

    def __init__(self, api: Api, client: UploadClient) -> None:
        self._api, self._client = api, client

    def plain(self, item: Exchange) -> str:
        """An answer with its sources, to be pasted."""
        citations = item.result.citations if item.result is not None else []
        lines = [item.text] if item.text else [f"[{c.number}] {c.text}" for c in citations]
        for citation in citations:
            parts = [citation.designation or citation.document_name]
            parts += [f"п. {citation.clause}"] if citation.clause else []
            parts += [f"с. {citation.page}"] if citation.page else []
            lines.append(f"[{citation.number}] {', '.join(parts)}")
        return "\n".join(lines)

    async def export(self, conversation_id: str, kind: str, language: str, place: Path) -> None:
        """Save a conversation as ``md`` or ``docx``.

        Raises:
            ApiError: It is gone, or the server cannot.
            OSError: The file cannot be written.
        """
        route = routes.path(routes.AI_CONVERSATION_EXPORT, conversation_id=conversation_id)
        known = language if language in {"ru", "en"} else "en"
        content = await self._api.content(route, params={"format": kind, "language": known})
        await asyncio.to_thread(place.write_bytes, content)

    async def ask_list(self, place: Path, choice: Choice) -> str:
        """Send a list of questions and queue it; the job's id.

        Raises:
            SourceFault: The file cannot be read.
            ApiError: It is no list, or the server cannot.
        """
        digest, size, mtime = await asyncio.to_thread(hash_file, str(place), lambda: False, _nobody)
        source = Source(str(place), "", place.name, size, mtime, digest)
        upload = await self._client.create(source)
        if upload.document_id is None:
            await self._client.send(source, upload, on_bytes=_nobody, on_offset=_nobody)
        request = QuestionListRequest(sha256=digest, name=place.name, role=choice.role, model=choice.model)
        answer = await self._api.post(routes.AI_QUESTION_LIST, QuestionListAccepted, json=request)
        return answer.job_id


def _nobody(_bytes: int) -> None:
    """Nobody wants to know."""
