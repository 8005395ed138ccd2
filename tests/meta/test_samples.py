# SPDX-License-Identifier: MIT
"""The sample documents are what the demo and the tests take them for."""

from pathlib import Path


def test_a_dozen_small_documents(samples: Path) -> None:
    files = [path for path in samples.rglob("*") if path.is_file()]
    assert len(files) == 12
    assert all(path.stat().st_size < 100_000 for path in files)


def test_the_difficult_ones_are_difficult(samples: Path) -> None:
    snip = (samples / "Нормы" / "СНиП 9.01-85 Организация работ.txt").read_bytes()
    assert "СТРОИТЕЛЬНЫЕ" in snip.decode("cp1251")
    html = (samples / "Нормы" / "ГОСТ Р 99012-2021 Кровли.pdf").read_bytes()
    assert html.startswith(b"<html>")
    assert (samples / "Нормы" / "СП 901.1325800.2023 Фундаменты.pdf").read_bytes().startswith(b"%PDF-")
