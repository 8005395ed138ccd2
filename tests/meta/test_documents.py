# SPDX-License-Identifier: MIT
"""The written documents say what the program does: settings, keys, pictures."""

import re
from pathlib import Path

import pytest

from bldr_desktop.engine.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def test_deployment_names_every_setting_of_the_engine() -> None:
    written = set(re.findall(r"`(BLDR_[A-Z_]+)`", (DOCS / "deployment.md").read_text("utf-8")))
    assert written == {f"BLDR_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("name", ["README.md", "docs/guide.en.md", "docs/guide.ru.md"])
def test_pictures_are_there_and_small(name: str) -> None:
    document = ROOT / name
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", document.read_text("utf-8"))
    assert pictures
    for picture in pictures:
        assert 5_000 < (document.parent / picture).stat().st_size < 150_000, picture


@pytest.mark.parametrize("language", ["en", "ru"])
def test_guide_names_the_keys_of_the_window(language: str) -> None:
    source = (ROOT / "bldr_desktop" / "ui" / "actions.py").read_text("utf-8")
    keys = set(re.findall(r'_Row\("\w+", "[^"]+", "([^"]+)"\)', source))
    guide = (DOCS / f"guide.{language}.md").read_text("utf-8")
    short = {key for key in keys if not re.fullmatch(r"Ctrl\+[1-4]", key)}
    assert len(keys) > 10
    assert {key for key in short if key not in guide} == set()
    assert "Ctrl+1 … Ctrl+4" in guide
