# SPDX-License-Identifier: MIT
"""A conversation as Markdown or as DOCX with a footnote for each source (I9)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bldr_desktop.engine.services.office_files import NotedParagraph, docx_with_notes
from bldr_desktop.protocol.ai import AiResult, Citation, Conversation, Message

_QUOTE = 400
_NUMBER = re.compile(r"\[(\d{1,3})\]")
_MARKUP = re.compile(r"\*\*|__|`|^#{1,6}\s+|^>\s?", re.MULTILINE)
_WORDS = {
    "ru": {"question": "Вопрос", "answer": "Ответ", "clause": "п.", "page": "с.", "edition": "редакция",
           "actual": "действует", "outdated": "заменена", "pending": "неизвестна",
           "unsupported": "Нет в источниках", "sources": "Источники", "stopped": "не проверено"},
    "en": {"question": "Question", "answer": "Answer", "clause": "clause", "page": "page",
           "edition": "edition", "actual": "current", "outdated": "replaced", "pending": "unknown",
           "unsupported": "Not in the sources", "sources": "Sources", "stopped": "not checked"},
}  # fmt: skip
ShaOf = Callable[[str], str | None]


@dataclass
class _Notes:
    """Footnotes of the whole document; the same source of one answer keeps its number."""

    words: dict[str, str]
    sha_of: ShaOf
    texts: list[str] = field(default_factory=list)

    def add(self, citation: Citation) -> int:
        self.texts.append(note_of(citation, self.words, self.sha_of(citation.document_id)))
        return len(self.texts)


def note_of(citation: Citation, words: dict[str, str], sha256: str | None) -> str:
    """Document, edition, clause, page, quote, SHA-256."""
    name = citation.designation or citation.document_name
    parts = [f"{name} «{citation.title}»" if citation.title and citation.designation else name]
    if citation.edition_status:
        parts.append(f"{words['edition']}: {words.get(str(citation.edition_status), '')}")
    if citation.clause:
        parts.append(f"{words['clause']} {citation.clause}")
    if citation.sheet:
        parts.append(f"{citation.sheet}!{citation.cell_range}" if citation.cell_range else citation.sheet)
    elif citation.page:
        parts.append(f"{words['page']} {citation.page}")
    quote = " ".join(citation.text.split())
    short = quote if len(quote) <= _QUOTE else f"{quote[:_QUOTE]}…"
    return f"{', '.join(parts)}. «{short}» SHA-256: {sha256 or '—'}"


def markdown_of(conversation: Conversation, language: str, sha_of: ShaOf) -> str:
    """Questions, answers, and footnotes in the Markdown way."""
    words = _WORDS[language]
    lines, notes = [f"# {conversation.title}", ""], _Notes(words, sha_of)
    for message in conversation.messages:
        if message.role == "user":
            lines += [f"## {words['question']}: {message.text}", ""]
        elif message.role == "assistant":
            result = message.result or AiResult(text=message.text)
            numbers = {item.number: notes.add(item) for item in result.citations}
            said = _NUMBER.sub(
                lambda match, known=numbers: (  # type: ignore[misc]
                    f"[^{known[int(match[1])]}]" if int(match[1]) in known else match[0]
                ),
                message.text,
            )
            lines += [said, "", *_warning(result, words)]
    lines += [f"[^{number}]: {text}" for number, text in enumerate(notes.texts, 1)]
    return "\n".join(lines).rstrip() + "\n"


def docx_of(conversation: Conversation, language: str, sha_of: ShaOf) -> bytes:
    """The same as a document with footnotes."""
    notes = _Notes(_WORDS[language], sha_of)
    paragraphs = [NotedParagraph([(conversation.title, None)], "heading")]
    for message in conversation.messages:
        paragraphs += _paragraphs(message, notes)
    return docx_with_notes(paragraphs, notes.texts)


def _paragraphs(message: Message, notes: _Notes) -> Iterator[NotedParagraph]:
    if message.role == "user":
        yield NotedParagraph([(f"{notes.words['question']}: {message.text}", None)], "source")
    elif message.role == "assistant":
        result = message.result or AiResult(text=message.text)
        numbers = {item.number: notes.add(item) for item in result.citations}
        for block in re.split(r"\n{2,}", message.text):
            yield NotedParagraph(_runs(_MARKUP.sub("", block), numbers))
        for line in _warning(result, notes.words):
            if line:
                yield NotedParagraph([(line, None)])


def _runs(text: str, numbers: dict[int, int]) -> list[tuple[str, int | None]]:
    """Texts, each with the footnote that follows it."""
    runs: list[tuple[str, int | None]] = []
    at = 0
    for match in _NUMBER.finditer(text):
        note = numbers.get(int(match[1]))
        if note is not None:
            runs.append((text[at : match.start()], note))
            at = match.end()
    runs.append((text[at:], None))
    return runs


def _warning(result: AiResult, words: dict[str, str]) -> list[str]:
    if not result.unsupported:
        return []
    figures = ", ".join(dict.fromkeys(mark.text for mark in result.unsupported))
    return [f"⚠ {words['unsupported']}: {figures}", ""]
