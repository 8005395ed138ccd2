# SPDX-License-Identifier: MIT
"""DXF drawings by ezdxf: texts of the model, the layouts and the blocks, names of layers."""

from pathlib import Path
from typing import Any

from bldr_desktop.engine.documents.failure import ReadError, damaged
from bldr_desktop.engine.documents.identify import MIME
from bldr_desktop.engine.ports.domain import Extracted, ExtractedPage, ParseLimits
from bldr_desktop.protocol.errors import ErrorCode

_TYPES = "TEXT MTEXT ATTRIB ATTDEF INSERT DIMENSION MULTILEADER LEADER ACAD_TABLE"


def read(path: Path, limits: ParseLimits) -> Extracted:
    """Read the texts of a drawing, a line each.

    Raises:
        ReadError: Damaged, or no text in it.
    """
    import ezdxf
    from ezdxf import recover

    try:
        try:
            drawing: Any = ezdxf.readfile(str(path))  # type: ignore[attr-defined]
        except (ezdxf.DXFError, UnicodeDecodeError):  # type: ignore[attr-defined]
            drawing, _ = recover.readfile(str(path))
    except (ezdxf.DXFError, OSError, ValueError) as error:  # type: ignore[attr-defined]
        if isinstance(error, FileNotFoundError | PermissionError):
            raise
        raise damaged("DXF drawing", error) from error
    lines = _lines(drawing)
    if not lines:
        raise ReadError(ErrorCode.FILE_NO_TEXT, "There is no text in the drawing")
    return Extracted("dxf", MIME["dxf"], "ezdxf", [ExtractedPage(1, "\n".join(lines))])


def _lines(drawing: Any) -> list[str]:
    """Texts once each, in drawing order: layouts first, then blocks."""
    seen: dict[str, None] = {}
    spaces = [*drawing.layouts, *(block for block in drawing.blocks if not block.is_any_layout)]
    for space in spaces:
        for entity in space.query(_TYPES):
            for piece in _texts(entity):
                line = " ".join(piece.split())
                if line:
                    seen.setdefault(line)
    return list(seen)


def _texts(entity: Any) -> list[str]:
    kind = entity.dxftype()
    if kind == "MTEXT":
        return [str(entity.plain_text())]
    if kind == "INSERT":
        return [f"{attrib.dxf.tag}: {attrib.dxf.text}" for attrib in entity.attribs if attrib.dxf.text]
    if kind == "MULTILEADER":
        context = getattr(entity, "context", None)
        return [str(context.mtext.default_content)] if context and context.mtext else []
    text = entity.dxf.get("text", "")
    return [] if text in ("", "<>", " ") else [str(text)]
