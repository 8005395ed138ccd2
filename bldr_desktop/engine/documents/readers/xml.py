# SPDX-License-Identifier: MIT
"""Any XML: its texts line by line. No entities are expanded, nothing is fetched."""

import re
from typing import Any

from bldr_desktop.engine.documents.failure import damaged
from bldr_desktop.engine.ports.domain import Extracted

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_VALUES = frozenset({"name", "caption", "title", "value", "text", "description", "code"})


def parser(*, recover: bool = True) -> Any:
    """An lxml parser that is safe with hostile input."""
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, recover=recover,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip


def text_of(source: str, extracted: Extracted) -> str:
    """Texts and telling attribute values of an XML document, in document order, a line each."""
    from lxml import etree

    body = _DECLARATION.sub("", source, count=1)
    safe = parser()
    try:
        root = etree.fromstring(body.encode(), safe)
    except etree.XMLSyntaxError as error:
        raise damaged("XML", error) from error
    if root is None:
        raise damaged("XML", "no element in it")
    if len(getattr(safe, "error_log", ())):
        extracted.warnings.append("The XML is not well-formed; what could be read was read")
    lines: list[str] = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for key, value in element.attrib.items():
            if etree.QName(key).localname.lower() in _VALUES and value.strip():
                lines.append(value.strip())
        for piece in (element.text, *(child.tail for child in element)):
            if piece and piece.strip():
                lines.append(" ".join(piece.split()))
    return "\n".join(lines)
