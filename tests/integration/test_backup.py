# SPDX-License-Identifier: MIT
"""Backup of a running engine by its own command, and back into another folder."""

import subprocess
from pathlib import Path

import pytest
from engine import ENGINE, eventually, running_engine

from bldr_desktop.common import program


def command(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(program.command(ENGINE, *words), capture_output=True, text=True, timeout=60)


@pytest.mark.slow
def test_backup_while_it_runs_and_back(tmp_path: Path) -> None:
    first, second, file = tmp_path / "first", tmp_path / "second", tmp_path / "bldr.tar.gz"
    (tmp_path / "docs").mkdir()
    for number in range(5):
        text = f"Толщина стены {number} не менее {number}20 мм."
        (tmp_path / "docs" / f"{number}.txt").write_text(text, encoding="utf-8")
    with running_engine(first) as engine:
        client = engine.client()
        engine.add_user("anna", "anna-password", "admin")
        sent = client.post("/upload-file", files={"file": ("own.txt", "Класс бетона В25".encode())})
        assert sent.status_code == 200
        job_id = client.post("/train", json={"custom_dir": str(tmp_path / "docs")}).json()["job_id"]
        eventually(lambda: client.get(f"/queue/{job_id}").json()["status"] == "completed", 30)
        done = command("backup", str(file), "--data-dir", str(first))
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("6 documents")
        refused = command("restore", str(file), "--data-dir", str(first))
        assert refused.returncode == 1
        assert "already using the data folder" in refused.stderr
    full = command("restore", str(file), "--data-dir", str(first))
    assert full.returncode == 1
    assert "--replace" in full.stderr
    for folder, words in ((second, ()), (first, ("--replace",))):
        back = command("restore", str(file), "--data-dir", str(folder), *words)
        assert back.returncode == 0, back.stderr
    with running_engine(second) as engine:
        token = engine.sign_in("anna", "anna-password")
        client = engine.client(token)
        assert client.get(f"/queue/{job_id}").json()["status"] == "completed"
        own = next(row for row in client.get("/documents").json()["data"] if row["name"] == "own.txt")
        assert client.get(f"/documents/{own['id']}/content").content.decode() == "Класс бетона В25"

        def answered() -> bool:
            body = client.post("/query", json={"query": "толщина стены 320 мм", "k": 3}).json()
            return any("320" in hit["chunk"] for hit in body["results"])

        eventually(answered, 30)  # the index is made again from the store
    assert list(first.glob("bldr.sqlite3.before-restore-*"))
