# SPDX-License-Identifier: MIT
"""``bldr-engine extract FILE``: the text of one file on stdout."""

import asyncio
import sys
from pathlib import Path

from bldr_desktop.engine.documents.pool import ProcessParser
from bldr_desktop.engine.ports.domain import Parsed, ParseFailure, ParseLimits


def extract_command(path: Path) -> int:
    """Write a file's text to stdout, warnings to stderr.

    Returns:
        0, or 1 when there is no text, with the reason on stderr.
    """
    if not path.is_file():
        sys.stderr.write(f"{path}: there is no such file\n")
        return 1
    answer = asyncio.run(_parse(path))
    if isinstance(answer, ParseFailure):
        details = f" ({answer.details})" if answer.details else ""
        sys.stderr.write(f"{answer.sentence}{details}\n")
        return 1
    for warning in answer.extracted.warnings:
        sys.stderr.write(f"warning: {warning}\n")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    for page in answer.extracted.pages:
        if page.label and page.text:
            sys.stdout.write(f"{page.label}\n")
        if page.text:
            sys.stdout.write(page.text.replace("\u00ad", "").rstrip() + "\n")
    return 0


async def _parse(path: Path) -> Parsed | ParseFailure:
    parser = ProcessParser(1)
    try:
        return await parser.parse(path, path.name, ParseLimits())
    finally:
        await parser.close()
