# SPDX-License-Identifier: MIT
"""Collects texts from the source, keeps the .ts files up to date, compiles them to .qm.

    python packaging/translations.py update [AREA…]      new texts in, gone ones out, then compile
    python packaging/translations.py fill AREA FILE.json   the same, with {English: Russian or [1, 2, 5]}
    python packaging/translations.py check [AREA…]       exit 1 and a list when anything is missing

A text is a call ``tr("area", "English", n?)`` or ``mark("area", "English")`` with literals
(``ui.qt.i18n``). One file an area and
language: ``resources/translations/<area>_ru.ts``, edited by hand or with Qt Linguist, and
``<area>_en.ts`` for English plural forms, made from ``(s)`` by itself. Qt's own ``lupdate`` does not know
``tr`` with a context, so the texts are read from the syntax tree.
"""

import ast
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (ROOT / "bldr_desktop" / "ui", ROOT / "bldr_desktop" / "app")
FOLDER = ROOT / "resources" / "translations"
AREAS = ("shell", "files", "monitor", "rag", "queue", "ai", "errors", "services")
FORMS = {"ru": 3, "en": 2}


@dataclass
class Text:
    """One English text: where it is used, and whether it counts something."""

    source: str
    plural: bool = False
    places: list[str] = field(default_factory=list)


def collect(problems: list[str]) -> dict[str, dict[str, Text]]:
    """All texts by area; calls that cannot be read are added to ``problems``."""
    found: dict[str, dict[str, Text]] = {area: {} for area in AREAS}
    for folder in SOURCES:
        for file in sorted(folder.rglob("*.py")):
            place = file.relative_to(ROOT).as_posix()
            for node in ast.walk(ast.parse(file.read_text("utf-8"), str(file))):
                if isinstance(node, ast.Call) and _called(node) in {"tr", "mark"}:
                    _take(node, place, found, problems)
    return found


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return ""


def _take(node: ast.Call, place: str, found: dict[str, dict[str, Text]], problems: list[str]) -> None:
    if _called(node) == "tr" and len(node.args) > 1 and not isinstance(node.args[1], ast.Constant):
        return  # a text that was marked where it is written
    literals = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
    if len(literals) != 2 or not all(isinstance(item, str) for item in literals):
        problems.append(f"{place}:{node.lineno}: tr() wants two literal texts")
        return
    area, source = literals
    if area not in found:
        problems.append(f"{place}:{node.lineno}: no such area: {area}")
        return
    text = found[area].setdefault(source, Text(source))
    text.plural = text.plural or len(node.args) > 2
    if place not in text.places:
        text.places.append(place)


def read(file: Path) -> dict[str, list[str]]:
    """Translations in a .ts file: English text to its forms (one, or as many as the plural has)."""
    if not file.is_file():
        return {}
    kept: dict[str, list[str]] = {}
    for message in ET.parse(file).getroot().iter("message"):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        if translation is None or translation.get("type") in {"vanished", "obsolete"}:
            continue
        forms = [form.text or "" for form in translation.findall("numerusform")]
        kept[source] = forms or [translation.text or ""]
    return kept


def english(source: str) -> list[str]:
    """The two English forms of a counting text: ``%n file(s)`` is *1 file*, *2 files*."""
    return [source.replace("(s)", "").replace("(es)", ""), source.replace("(s)", "s").replace("(es)", "es")]


def write(file: Path, area: str, language: str, texts: list[Text], kept: dict[str, list[str]]) -> None:
    """Write a .ts file with these texts and what is translated of them."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = area
    for text in sorted(texts, key=lambda item: (item.places[0], item.source)):
        message = ET.SubElement(context, "message", {"numerus": "yes"} if text.plural else {})
        ET.SubElement(message, "location", filename=f"../../{text.places[0]}")
        ET.SubElement(message, "source").text = text.source
        translation = ET.SubElement(message, "translation")
        forms = kept.get(text.source, [])
        if not complete(text, forms, language):
            translation.set("type", "unfinished")
        if text.plural:
            for number in range(FORMS[language]):
                form = forms[number] if number < len(forms) else ""
                ET.SubElement(translation, "numerusform").text = form
        else:
            translation.text = forms[0] if forms else ""
    ET.indent(root, "  ")
    body = ET.tostring(root, encoding="unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")


def complete(text: Text, forms: list[str], language: str) -> bool:
    """Whether every form is there."""
    wanted = FORMS[language] if text.plural else 1
    return len(forms) >= wanted and all(forms[:wanted])


def update(areas: list[str], filled: dict[str, list[str]] | None = None) -> list[str]:
    """Bring .ts files up to date and compile them; what is wrong or missing."""
    problems: list[str] = []
    found = {area: texts for area, texts in collect(problems).items() if area in areas}
    FOLDER.mkdir(parents=True, exist_ok=True)
    for area, texts in found.items():
        russian = FOLDER / f"{area}_ru.ts"
        write(russian, area, "ru", list(texts.values()), {**read(russian), **(filled or {})})
        plurals = [text for text in texts.values() if text.plural]
        made = {text.source: english(text.source) for text in plurals}
        write(FOLDER / f"{area}_en.ts", area, "en", plurals, made)
    compile_them(areas)
    return problems + missing(found)


def compile_them(areas: list[str]) -> None:
    """Make the .qm files with Qt's own compiler."""
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    for file in [FOLDER / f"{area}_{language}.ts" for area in areas for language in FORMS]:
        subprocess.run([str(tool), "-silent", str(file), "-qm", str(file.with_suffix(".qm"))], check=True)


def missing(found: dict[str, dict[str, Text]]) -> list[str]:
    """Texts without a Russian translation."""
    lines = []
    for area, texts in found.items():
        kept = read(FOLDER / f"{area}_ru.ts")
        for text in texts.values():
            if not complete(text, kept.get(text.source, []), "ru"):
                lines.append(f"{text.places[0]}: no Russian for [{area}] {text.source!r}")
    return lines


def check(areas: list[str]) -> list[str]:
    """What is wrong or missing, without changing anything."""
    problems: list[str] = []
    found = {area: texts for area, texts in collect(problems).items() if area in areas}
    return problems + missing(found)


def main() -> int:
    """The command line."""
    what = sys.argv[1] if len(sys.argv) > 1 else ""
    given = sys.argv[2:]
    if what == "fill" and len(given) == 2:
        texts = json.loads(Path(given[1]).read_text("utf-8"))
        filled = {key: value if isinstance(value, list) else [value] for key, value in texts.items()}
        lines = update(given[:1], filled)
    elif what in {"update", "check"}:
        lines = (update if what == "update" else check)(given or list(AREAS))
    else:
        print(__doc__)
        return 2
    for line in lines:
        print(line)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
