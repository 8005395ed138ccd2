# SPDX-License-Identifier: MIT
"""Names of uploaded files: metadata, identity, and names that try to be something else (R35)."""

import base64

import pytest

from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.upload_names import clean_path, identity, parse_metadata, path_key


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_metadata_is_read() -> None:
    header = f"filename {encoded('смета 📐.xlsx')}, relativePath {encoded('а/б/смета 📐.xlsx')},empty"
    assert parse_metadata(header) == {
        "filename": "смета 📐.xlsx",
        "relativePath": "а/б/смета 📐.xlsx",
        "empty": "",
    }
    assert parse_metadata("") == {}


@pytest.mark.parametrize(
    "header", ["filename !!!", f"a {encoded('x')}x", "a " + base64.b64encode(b"\xff").decode()]
)
def test_wrong_metadata_is_refused(header: str) -> None:
    with pytest.raises(EngineError) as refused:
        parse_metadata(header)
    assert refused.value.status == 400


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("..\\..\\windows\\win.ini", "windows/win.ini"),
        ("a//b/./c.pdf", "a/b/c.pdf"),
        ("ok\x00.pdf", "ok.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("й.txt", "й.txt"),
        ("", ""),
        ("/", ""),
        ("CON", "CON"),
    ],
)
def test_names_are_only_text(given: str, clean: str) -> None:
    assert clean_path(given) == clean


def test_identity_follows_the_folder_and_the_owner() -> None:
    first = identity(
        "anna", {"root": "pc:/home/a/norms", "relativePath": "x/смета.xlsx", "filename": "смета.xlsx"}
    )
    assert (first.name, first.path) == ("смета.xlsx", "norms/x/смета.xlsx")
    assert first.path_key == path_key("anna", "pc:/home/a/norms/", "x/смета.xlsx")
    assert (
        first.path_key
        != identity("ivan", {"root": "pc:/home/a/norms", "relativePath": "x/смета.xlsx"}).path_key
    )
    assert (
        first.path_key
        != identity("anna", {"root": "mac:/home/a/norms", "relativePath": "x/смета.xlsx"}).path_key
    )
    alone = identity("anna", {"filename": "a.pdf"})
    assert (alone.name, alone.path, alone.path_key) == ("a.pdf", "a.pdf", None)
    assert identity("anna", {}).name == "file"
    decomposed = "и\u0306.txt"
    assert path_key("a", "r", decomposed) == path_key("a", "r", "й.txt")
