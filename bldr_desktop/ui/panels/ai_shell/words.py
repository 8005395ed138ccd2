# SPDX-License-Identifier: MIT
"""The words of the AI Shell: steps, failures, sources."""

from bldr_desktop.protocol.ai import Citation
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.ui.qt.i18n import tr
from bldr_desktop.ui.widgets.words import place

_NAME = 46


def step(text: str) -> str:
    """A line of progress, from ``tool: arguments`` as the engine says it."""
    tool, _, rest = text.partition(":")
    rest = rest.strip()
    if tool == "search":
        return (
            tr("ai", "looks in your documents for «{what}»", what=rest)
            if rest
            else tr("ai", "looks in your documents")
        )
    said = {
        "read_clause": tr("ai", "reads {what}", what=rest),
        "list_documents": tr("ai", "lists documents: {what}", what=rest or "…"),
        "calculate": tr("ai", "calculates {what}", what=rest),
        "start_training": tr("ai", "queues a training of {what}", what=rest),
    }
    return said.get(tool, text)


def failure(code: str, sentence: str) -> str:
    """Why there is no answer, with the next step."""
    known: dict[str, str] = {
        ErrorCode.MODEL_UNREACHABLE: tr("ai", "The model server does not answer. Is it running?"),
        ErrorCode.MODEL_REFUSED_KEY: tr("ai", "The model server refused the key. Enter it again."),
        ErrorCode.MODEL_BUSY: tr(
            "ai", "The model server is busy, or its quota is used up. Try again in a while."
        ),
        ErrorCode.MODEL_TIMEOUT: tr("ai", "The model was silent for too long. Try again, or another model."),
        ErrorCode.MODEL_FAILED: tr("ai", "The model's answer broke off. Try again, or another model."),
        ErrorCode.NO_MODEL: tr("ai", "No language model is connected."),
    }
    return known.get(code) or sentence or tr("ai", "There is no answer.")


def model_problem(reason: str) -> str:
    """What is wrong with a model server, from the engine's own words."""
    address = next((word.rstrip(":") for word in reason.split() if word.startswith("http")), "")
    if "nothing listens there" in reason:
        return tr(
            "ai",
            "Nothing answers at {address}. Start the model server, or check the address.",
            address=address,
        )
    if "did not answer in time" in reason:
        return tr("ai", "{address} did not answer in time.", address=address)
    if "refused the key" in reason:
        return tr("ai", "The model server refused the key. Enter it again.")
    if "not as a model server does" in reason:
        return tr(
            "ai",
            "{address} answers, but it is no model server. The address usually ends in /v1.",
            address=address,
        )
    return reason or tr("ai", "It does not answer.")


def source(citation: Citation) -> str:
    """A source as its chip says it: «[1] СП 63.13330.2018 · cl. 10.3.2 · p. 84»."""
    name = citation.designation or citation.document_name
    short = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
    where = place(citation)
    said = f"[{citation.number}]  {short}" + (f" · {where}" if where else "")
    return f"{said} · {tr('ai', 'replaced edition')}" if citation.edition_status == "outdated" else said
