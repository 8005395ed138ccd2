# SPDX-License-Identifier: MIT
"""DOC, PPT, RTF, EPUB and MSG by kreuzberg (Rust), whose Markdown is turned into plain text."""

from pathlib import Path

from bldr_desktop.engine.documents import text as decoding
from bldr_desktop.engine.documents.failure import ReadError, damaged
from bldr_desktop.engine.documents.identify import MIME
from bldr_desktop.engine.documents.readers import markdown, word6
from bldr_desktop.engine.ports.domain import Extracted, ParseLimits
from bldr_desktop.protocol.errors import ErrorCode

_WORDS = {
    "doc": "Word document", "ppt": "presentation", "rtf": "RTF document", "epub": "e-book",
    "msg": "Outlook message",
}  # fmt: skip


def read(path: Path, kind: str, limits: ParseLimits) -> Extracted:
    """Read a document of an office program.

    Raises:
        ReadError: Password, damaged, or no text.
    """
    import kreuzberg

    if kind == "doc":
        old = word6.read(path)
        if old is not None:
            return old
    config = kreuzberg.ExtractionConfig(
        use_cache=False, enable_quality_processing=False, output_format="markdown", ocr=None,
    )  # fmt: skip
    try:
        result = kreuzberg.extract_bytes_sync(path.read_bytes(), MIME[kind], config)
    except kreuzberg.KreuzbergError as error:
        message = str(error).lower()
        if "password" in message or "encrypt" in message:
            raise ReadError(
                ErrorCode.FILE_PASSWORD, f"The {_WORDS[kind]} is protected with a password", str(error)
            ) from error
        raise damaged(_WORDS[kind], error) from error
    page = markdown.page_of(decoding.repaired(result.content))
    if not page.text.strip():
        raise ReadError(ErrorCode.FILE_NO_TEXT, f"There is no text in the {_WORDS[kind]}")
    share = decoding.replacement_share(page.text)
    extracted = Extracted(kind, MIME[kind], "kreuzberg", [page])
    if share > plain_limit():
        raise ReadError(ErrorCode.FILE_UNREADABLE_TEXT, f"{share:.0%} of the text cannot be decoded")
    extracted.title_hint = _title(result)
    return extracted


def plain_limit() -> float:
    """Share of undecodable characters above which a text is refused."""
    return 0.01


def _title(result: object) -> str | None:
    metadata = getattr(result, "metadata", None)
    title = metadata.get("title") if isinstance(metadata, dict) else getattr(metadata, "title", None)
    return str(title).strip() or None if title else None
