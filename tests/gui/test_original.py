# SPDX-License-Identifier: MIT
"""*Open the original* with a program of the system: a real X screen, a real ``xdg-open`` on the PATH."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest
from engine import running_engine
from rag_window import train

from bldr_desktop.app.virtual_screen import virtual_screen

HELPER = Path(__file__).resolve().parent.parent / "helpers" / "app_original.py"
NAME = "смета №1 (копия).txt"
TEXT = "Смета на устройство фундаментов.\n\n1 Общие сведения\n\n1.1 Бетон класса В25, арматура А500.\n"


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """The environment of programs on a virtual X screen."""
    if shutil.which("Xvfb") is None:
        pytest.skip("needs Xvfb")
    before = dict(os.environ)
    with virtual_screen() as kind:
        if kind != "xvfb":
            pytest.skip("Xvfb does not start here")
        yield {**os.environ, "QT_QPA_PLATFORM": "xcb"}
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that knows one document; its own file is gone since."""
    folder = tmp_path / "объект"
    folder.mkdir()
    (folder / NAME).write_text(TEXT, encoding="utf-8")
    with running_engine(tmp_path / "data") as engine:
        train(engine, folder)
    return tmp_path / "data"


def opened(environment: dict[str, str], data: Path, sign: Path) -> list[str]:
    """Run the application; what it said in toasts."""
    command = [sys.executable, str(HELPER), str(data), NAME, str(sign)]
    answer = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, text=True, timeout=120, check=True
    )
    said = json.loads(answer.stdout.splitlines()[-1])
    assert said["event"] == "done"
    return list(said["toasts"])


def program(folder: Path, body: str) -> str:
    """A folder for the PATH with an ``xdg-open`` that does this."""
    folder.mkdir()
    place = folder / "xdg-open"
    place.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    place.chmod(0o755)
    return str(folder)


def test_a_program_of_the_system_gets_the_very_file(
    screen: dict[str, str], data: Path, tmp_path: Path
) -> None:
    sign = tmp_path / "opened"
    body = f'printf "%s\\n" "$@" > "{sign}.new" && mv "{sign}.new" "{sign}"'
    path = f"{program(tmp_path / 'bin', body)}:{screen['PATH']}"
    assert opened({**screen, "PATH": path}, data, sign) == []
    (url,) = sign.read_text(encoding="utf-8").splitlines()
    file = Path(unquote(urlparse(url).path)) if url.startswith("file:") else Path(url)
    assert file.suffix == ".txt" and file.name.startswith("смета")
    assert file.read_text(encoding="utf-8") == TEXT
    assert not file.name.startswith("-") and file.is_absolute()


def test_no_program_for_it_is_said_with_the_place(screen: dict[str, str], data: Path, tmp_path: Path) -> None:
    """No ``xdg-open`` and no browser anywhere: the person is told where the file lies."""
    alone = tmp_path / "empty"
    alone.mkdir()
    environment = {**screen, "PATH": str(alone)}
    for name in ("BROWSER", "DEFAULT_BROWSER"):
        environment.pop(name, None)
    (said,) = opened(environment, data, tmp_path / "never")
    assert "No program opens this type" in said
    assert Path(said.split(": ", 1)[1]).read_text(encoding="utf-8") == TEXT
