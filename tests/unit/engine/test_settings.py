# SPDX-License-Identifier: MIT
"""Settings from the environment."""

from pathlib import Path

import pytest

from bldr_desktop.engine.settings import Settings


def test_lists_come_with_commas(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BLDR_ALLOWED_ORIGINS", "http://a:1, http://b:2 ,")
    monkeypatch.setenv("BLDR_ALLOWED_HOSTS", "Bldr.Example")
    settings = Settings(data_dir=tmp_path)
    assert settings.allowed_origins == ("http://a:1", "http://b:2")
    assert settings.host_names == {"localhost", "127.0.0.1", "::1", "bldr.example"}


def test_an_address_that_is_bound_may_be_called(tmp_path: Path) -> None:
    assert "192.0.2.1" in Settings(data_dir=tmp_path, host="192.0.2.1").host_names
    assert "0.0.0.0" not in Settings(data_dir=tmp_path, host="0.0.0.0").host_names


def test_the_store_is_in_the_folder_unless_set(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path).sqlalchemy_url.endswith("/bldr.sqlite3")
    assert Settings(data_dir=tmp_path, database_url="postgresql://x/y").sqlalchemy_url == "postgresql://x/y"
