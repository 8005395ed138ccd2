# SPDX-License-Identifier: MIT
"""R46: settings that are damaged, newer, wrong, or cannot be written."""

import os
import tomllib
from pathlib import Path

import pytest

from bldr_desktop.services.settings import TABLE, VERSION, Settings, UnknownSetting


def test_defaults_then_change_then_read_again(tmp_path: Path) -> None:
    file = tmp_path / "config" / "settings.toml"
    settings = Settings(file)
    told: list[str] = []
    settings.changed.connect(told.append)
    assert settings.text("appearance.theme") == "system"
    settings.set("appearance.theme", "dark")
    settings.set("uploads.parallel", 8)
    settings.set("uploads.parallel", 8)
    again = Settings(file)
    assert (again.text("appearance.theme"), again.number("uploads.parallel")) == ("dark", 8)
    assert (told, again.notes) == (["appearance.theme", "uploads.parallel"], [])


def test_every_default_is_possible() -> None:
    assert [key for key, row in TABLE.items() if not row.accepts(row.default)] == []


def test_bad_values_fall_back_and_are_named(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(
        f'version = {VERSION}\n[appearance]\ntheme = "pink"\n[uploads]\nparallel = 99\n[tour]\ndone = "yes"\n'
    )
    settings = Settings(file)
    values = (
        settings.text("appearance.theme"),
        settings.number("uploads.parallel"),
        settings.flag("tour.done"),
    )
    assert values == ("system", 4, False)
    assert [note.split(" ")[0] for note in settings.notes] == [
        "appearance.theme",
        "uploads.parallel",
        "tour.done",
    ]


def test_version_1_is_migrated(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('theme = "dark"\nlanguage = "ru"\n')
    settings = Settings(file)
    assert (settings.text("appearance.theme"), settings.text("appearance.language")) == ("dark", "ru")
    settings.set("uploads.parallel", 2)
    assert tomllib.loads(file.read_text())["version"] == VERSION


def test_damaged_file_is_set_aside(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b"\xff\xfe[[[")
    settings = Settings(file)
    assert (tmp_path / "settings.toml.bad").read_bytes() == b"\xff\xfe[[["
    assert "set aside" in settings.notes[0]
    settings.set("tour.done", True)
    assert Settings(file).flag("tour.done")


def test_newer_file_is_read_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    text = f'version = {VERSION + 1}\n[appearance]\ntheme = "dark"\nfuture = 1\n'
    file.write_text(text)
    settings = Settings(file)
    assert settings.text("appearance.theme") == "dark"
    settings.set("appearance.theme", "light")
    assert (file.read_text(), "newer version" in settings.notes[0]) == (text, True)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    settings = Settings(blocker / "settings.toml")
    settings.set("tour.done", True)
    assert settings.flag("tour.done")
    assert any("cannot be" in note for note in settings.notes)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    settings = Settings(tmp_path / "settings.toml")
    settings.set("tour.done", True)
    tmp_path.chmod(0o700)
    assert settings.notes


def test_policy_decides(tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(f"version = {VERSION}\n[desktop]\nclose_to_tray = true\n")
    settings = Settings(tmp_path / "settings.toml", policy=policy)
    settings.set("desktop.close_to_tray", False)
    assert settings.flag("desktop.close_to_tray")
    assert settings.is_locked("desktop.close_to_tray")
    assert not settings.is_locked("tour.done")


def test_mistakes_of_the_program_are_loud(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.toml")
    with pytest.raises(UnknownSetting):
        settings.value("no.such")
    with pytest.raises(ValueError, match="parallel"):
        settings.set("uploads.parallel", 0)


def test_free_tables_survive_with_any_text(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    rows = [{"name": 'Офис "1" \\ \n\t', "url": "https://bldr.example", "verify": True}]
    Settings(file).set_table("profiles", rows)
    assert Settings(file).table("profiles") == rows
