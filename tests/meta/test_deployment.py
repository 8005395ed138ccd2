# SPDX-License-Identifier: MIT
"""What is shipped for servers names only things that exist: settings, programs, options, variables."""

import re
import shlex
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from bldr_desktop.engine.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {f"BLDR_{name.upper()}" for name in Settings.model_fields}
UNITS = sorted((ROOT / "packaging" / "systemd").glob("*.service"))


def variables(text: str) -> set[str]:
    return set(re.findall(r"\bBLDR_[A-Z_]+\b", text))


def check_command(words: list[str]) -> None:
    """A command line of ours: the module is there, the program takes the options."""
    if words[0].endswith("bldr-engine"):
        module, rest = "bldr_desktop.engine.cli", words[1:]
        assert find_spec(f"{module}.{rest[0]}_command") is not None, words
        source = (ROOT / "bldr_desktop" / "engine" / "cli" / f"{rest[0]}_command.py").read_text()
        source += (ROOT / "bldr_desktop" / "engine" / "cli" / "__init__.py").read_text()
    else:
        place = words.index("-m")
        module, rest = words[place + 1], words[place + 2 :]
        spec = find_spec(module)
        assert spec is not None and spec.origin is not None, words
        source = Path(spec.origin).read_text()
        assert f'"{rest[0]}"' in source, words
    for word in rest:
        if word.startswith("--"):
            assert f'"{word}"' in source, f"{word} in {words}"


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_systemd_units(file: Path) -> None:
    text = file.read_text()
    assert variables(text) <= SETTINGS
    for section in ("[Unit]", "[Service]", "[Install]"):
        assert text.count(section) == 1
    command = re.search(r"^ExecStart=(.+)$", text, re.M)
    assert command is not None
    check_command(shlex.split(command[1]))
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "User=bldr"):
        assert line in text


def test_the_compose_file() -> None:
    yaml = pytest.importorskip("yaml")
    text = (ROOT / "packaging" / "docker" / "compose.yml").read_text()
    assert variables(text) <= SETTINGS
    body: dict[str, Any] = yaml.safe_load(text)
    services = body["services"]
    assert {"engine", "worker", "beat", "postgres", "redis", "qdrant"} <= set(services)
    for name, service in services.items():
        command = service.get("command", [])
        if any("bldr" in word for word in command):
            check_command(command)
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:"), f"{name} is open to everybody"
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in body["volumes"]
        for other in service.get("depends_on", {}):
            assert other in services
    assert "${POSTGRES_PASSWORD:?" in text, "no password is made up"


def test_the_dockerfile() -> None:
    text = (ROOT / "packaging" / "docker" / "Dockerfile").read_text()
    assert variables(text) <= SETTINGS
    for source in re.findall(r"^COPY (.+) \S+$", text, re.M):
        for name in source.split():
            assert (ROOT / name).exists(), name
    assert "USER bldr" in text
    command = re.search(r"^CMD (\[.+\])$", text, re.M)
    assert command is not None
    check_command([word.strip('" ') for word in command[1].strip("[]").split(",")])


def test_every_setting_is_in_the_table_and_nothing_else() -> None:
    text = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    table = "\n".join(line for line in text.splitlines() if line.startswith("|"))
    assert variables(table) == SETTINGS
    assert variables(text) <= SETTINGS


def test_the_example_of_variables_has_every_setting() -> None:
    text = (ROOT / "packaging" / "docker" / "engine.env").read_text(encoding="utf-8")
    assert variables(text) == SETTINGS
    for line in text.splitlines():
        assert not line or line.startswith("#") or re.fullmatch(r"BLDR_[A-Z_]+=\S*", line), line
