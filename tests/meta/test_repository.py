# SPDX-License-Identifier: MIT
"""What must hold for the repository as a whole."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "bldr_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))
HARD_MODULE = 500
HARD_FUNCTION = 50


def tracked() -> list[Path]:
    """Files that git tracks and that are there."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in listing.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_every_module_names_its_licence() -> None:
    missing = [str(path) for path in MODULES if "SPDX-License-Identifier: MIT" not in path.read_text()[:200]]
    assert not missing


def test_no_module_is_longer_than_the_hard_limit() -> None:
    long = {str(path): count for path in MODULES if (count := path.read_text().count("\n")) > HARD_MODULE}
    assert not long


def lines_of_code(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring and other long texts: those are prose or data."""
    texts: set[int] = set()
    for part in ast.walk(node):
        long_text = isinstance(part, ast.JoinedStr) or (
            isinstance(part, ast.Constant) and isinstance(part.value, str)
        )
        if long_text:
            texts.update(range(part.lineno + 1, (part.end_lineno or part.lineno) + 1))  # type: ignore[attr-defined]
    return (node.end_lineno or node.lineno) - node.lineno + 1 - len(texts)


def test_no_function_is_longer_than_the_hard_limit() -> None:
    long = []
    for path in MODULES:
        if "migrations" in path.parts:  # written by Alembic
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = lines_of_code(node)
                if length > HARD_FUNCTION:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {length}")
    assert not long


def test_nothing_is_left_undone_in_the_package() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if marks.search(line)
    ]
    assert not found


def test_public_docstrings_cover_three_quarters() -> None:
    total = documented = 0
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
                and node.name[0] != "_"
            ):
                total += 1
                documented += ast.get_docstring(node) is not None
    assert documented / total >= 0.75, f"{documented} of {total}"


def test_no_package_registry_is_named_in_any_file() -> None:
    hosts = [
        b"pypi" + b".org",
        b"pythonhosted" + b".org",
        b"registry.npmjs" + b".org",
        b"deb.debian" + b".org",
    ]
    found = [str(path) for path in tracked() if any(host in path.read_bytes() for host in hosts)]
    assert not found


def test_resources_named_in_code_are_there() -> None:
    pattern = re.compile(r"resource\(((?:\s*\"[^\"{}]+\",?)+\s*)\)")
    missing = []
    for path in MODULES:
        for match in pattern.finditer(path.read_text()):
            parts = re.findall(r"\"([^\"]+)\"", match[1])
            if not (ROOT / "resources").joinpath(*parts).exists():
                missing.append(f"{path.relative_to(ROOT)}: {'/'.join(parts)}")
    assert not missing


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "LICENSE", "Makefile", ".ci/run", "docs/adr"])
def test_the_usual_files_are_there(name: str) -> None:
    assert (ROOT / name).exists()
