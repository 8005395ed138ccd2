# SPDX-License-Identifier: MIT
"""Parts of zip packages (DOCX, PPTX, ODT): read within limits, parsed without entities or network."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bldr_desktop.engine.documents.failure import damaged

_MAX_PART = 512 << 20
_MOST_NAMES = 10_000
_PIECE = 1 << 20


class Package:
    """An open zip document. ``damaged_parts`` names parts that could be read only in part."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError) as error:
            raise damaged("document (a zip container)", error) from error
        self._names = {name.replace("\\", "/").lstrip("/"): name for name in self._zip.namelist()}
        self.damaged_parts: list[str] = []

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def names(self, prefix: str, suffix: str = "") -> list[str]:
        """Parts below a folder, in their natural order (slide2 before slide10)."""
        found = [name for name in self._names if name.startswith(prefix) and name.endswith(suffix)]
        return sorted(found, key=lambda name: (len(name), name))

    def read(self, name: str) -> bytes:
        """A part's bytes; what can be unpacked of a damaged one, nothing of an absent one."""
        real = self._names.get(name)
        if real is None:
            return b""
        pieces: list[bytes] = []
        total = 0
        try:
            with self._zip.open(real) as part:
                while total < _MAX_PART and (piece := part.read(_PIECE)):
                    pieces.append(piece)
                    total += len(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError):
            self.damaged_parts.append(name)
        return b"".join(pieces)

    def xml(self, name: str) -> Any:
        """The root element of a part, as much as could be read; None when there is nothing."""
        return self.parsed(name, self.read(name))

    def parsed(self, name: str, data: bytes) -> Any:
        """The root element of a part whose bytes are ``data``; see :meth:`xml`."""
        from lxml import etree

        if not data or data.isspace():
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True,
            remove_pis=True, huge_tree=False,
        )  # fmt: skip
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            root = None
        if root is None or any(entry.level_name == "FATAL" for entry in parser.error_log):
            self.damaged_parts.append(name)
        return root

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Targets inside of the package by relation id: (type's last word, part)."""
        folder, file = posixpath.split(name)
        root = self.xml(f"{folder}/_rels/{file}.rels".lstrip("/"))
        found: dict[str, tuple[str, str]] = {}
        for relation in root if root is not None else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") == "External" or not target:
                continue
            inside = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
            found[relation.get("Id", "")] = (kind, posixpath.normpath(inside))
        return found


class _LocalNames(dict[Any, str]):
    """Names without namespace by tag: a document has thousands of elements of a few dozen kinds."""

    def __missing__(self, tag: Any) -> str:
        name = tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""
        if len(self) < _MOST_NAMES:
            self[tag] = name
        return name


_local_names = _LocalNames()


def local(element: Any) -> str:
    """An element's name without namespace; empty for entities."""
    return _local_names[element.tag]


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its local name."""
    for key, value in element.attrib.items():
        if key[key.rfind("}") + 1 :] == name:
            return str(value)
    return None


def child(element: Any, *names: str) -> Any:
    """The element at the end of a path of local names, or None."""
    for name in names:
        element = next((item for item in element if local(item) == name), None)
        if element is None:
            return None
    return element


def drawing_texts(root: Any) -> Iterator[str]:
    """Texts of DrawingML (shapes, diagrams, charts), a paragraph each."""
    for paragraph in root.iter("{*}p"):
        text = "".join(piece.text or "" for piece in paragraph.iter("{*}t")).strip()
        if text:
            yield text


def core_title(package: Package) -> str | None:
    """The title in the document's properties."""
    root = package.xml("docProps/core.xml")
    if root is None:
        return None
    found = next(iter(root.iter("{*}title")), None)
    return (found.text or "").strip() or None if found is not None else None
