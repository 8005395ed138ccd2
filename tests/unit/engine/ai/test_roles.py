# SPDX-License-Identifier: MIT
"""Roles come from a file and survive a bad one."""

from pathlib import Path

from bldr_desktop.engine.ai.roles import DEFAULT_ROLE, load_roles


def test_the_shipped_roles_are_whole() -> None:
    roles = load_roles()
    assert set(roles) == {
        "coordinator",
        "chief_engineer",
        "structural_engineer",
        "analyst",
        "project_manager",
    }
    assert DEFAULT_ROLE in roles
    assert all(
        role.system("ru") and role.system("en") and role.name_ru and role.name_en for role in roles.values()
    )


def test_an_edited_file_goes_over_them(tmp_path: Path) -> None:
    edited = tmp_path / "roles.toml"
    edited.write_text('[[role]]\nid="analyst"\nname_ru="А"\nname_en="A"\nsystem_ru="р"\nsystem_en="e"\n')
    roles = load_roles(edited)
    assert roles["analyst"].system("ru") == "р"
    assert roles["coordinator"].tools


def test_a_broken_file_leaves_the_shipped_ones(tmp_path: Path) -> None:
    edited = tmp_path / "roles.toml"
    edited.write_text("[[role]\nnonsense")
    assert load_roles(edited) == load_roles()
