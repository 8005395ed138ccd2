# SPDX-License-Identifier: MIT
"""``bldr-engine index``, ``search`` and ``evaluate`` as anybody would run them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files in two levels, one of them broken; queries and judgements beside them."""
    root = tmp_path_factory.mktemp("collection")
    docs = root / "docs"
    (docs / "deep er").mkdir(parents=True)
    (docs / "кровля.txt").write_text("Уклон кровли и водосток проверяют весной.", "utf-8")
    (docs / "deep er" / "concrete.md").write_text(
        "# Cover\n\nConcrete cover protects reinforcement.", "utf-8"
    )
    (docs / "broken.pdf").write_bytes(b"%PDF-1.4 nothing more")
    queries = [("q1", "уклоны кровлей"), ("q2", "reinforcement covers"), ("q3", "кровля")]
    lines = [json.dumps({"_id": key, "text": text, "kind": key}) for key, text in queries]
    (root / "queries.jsonl").write_text("\n".join(lines), "utf-8")
    (root / "qrels.tsv").write_text("q1\tкровля\t1\nq2\tconcrete\t1\nq3\tconcrete\t1\n", "utf-8")
    done = _run(root, "index", docs, "--quiet")
    assert done.returncode == 0, done.stderr
    assert "broken.pdf" in done.stdout
    assert "3 files: 2 searchable, 1 failed or empty" in done.stdout
    return root


def _run(root: Path, *arguments: object) -> "subprocess.CompletedProcess[str]":
    words = [sys.executable, "-m", "bldr_desktop.engine.cli", *map(str, arguments)]
    return subprocess.run(
        [*words, "--data-dir", str(root / "data")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
    )


def test_search_for_a_person_and_as_json(folder: Path) -> None:
    shown = _run(folder, "search", "водосток")
    assert shown.returncode == 0
    assert "кровля.txt" in shown.stdout
    answer = json.loads(_run(folder, "search", "водосток", "--json").stdout)
    assert answer["results"][0]["document_name"] == "кровля.txt"
    assert "Nothing relevant" in _run(folder, "search", "абракадабра").stdout


def test_a_run_for_measuring(folder: Path) -> None:
    run, passages = folder / "out.run", folder / "out.jsonl"
    done = _run(folder, "search", "--queries", folder / "queries.jsonl", "--run", run, "--passages", passages)
    assert done.returncode == 0, done.stderr
    rows = run.read_text("utf-8").splitlines()
    assert rows[0].startswith("q1 Q0 кровля.txt 1 ")
    assert any(row.startswith("q2 Q0 deep er/concrete.md 1 ") for row in rows)
    first = json.loads(passages.read_text("utf-8").splitlines()[0])
    assert (first["qid"], first["passages"][0]["path"]) == ("q1", "кровля.txt")
    assert "Уклон кровли" in first["passages"][0]["text"]


@pytest.mark.slow  # two whole commands; the unit tests of evaluation are in every run
def test_evaluate(folder: Path) -> None:
    arguments = ("evaluate", folder / "queries.jsonl", folder / "qrels.tsv")
    groups = json.loads(_run(folder, *arguments, "--json", "--by", "kind").stdout)["groups"]
    assert groups["all"] == {"n": 3, "ndcg": 0.6667, "recall": 0.6667, "found": 0.6667}
    assert groups["q3"]["ndcg"] == 0
    assert "nDCG@10" in _run(folder, *arguments).stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("index", "no-such-folder"), "there is no folder"),
        (("search",), "give one QUERY"),
        (("search", "--queries", "x.jsonl"), "needs --run"),
        (("search", "--queries", "missing.jsonl", "--run", "x.run"), "cannot read"),
        (("search", "x", "-k", "0"), "-k is 1 to 200"),
        (("search", "x"), "nothing can be searched"),
        (("index", __file__), "is a file"),
    ],
)
def test_what_cannot_be_done_is_one_line(tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    done = _run(tmp_path, *arguments)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_lines_that_are_no_query_are_left_out_and_told(folder: Path) -> None:
    queries, run = folder / "broken.jsonl", folder / "broken.run"
    good = json.dumps({"_id": "q1", "text": "уклоны\u2028кровлей"}, ensure_ascii=False).encode()
    queries.write_bytes(b"\xef\xbb\xbf" + good + b'\n{"_id": "q2"}\n\xff\n{"_id": "q3", "text": null}\n')
    done = _run(folder, "search", "--queries", queries, "--run", run)
    assert done.returncode == 0, done.stderr
    assert [line for line in (2, 3, 4) if f"line {line}:" in done.stderr] == [2, 3, 4]
    assert {row.split()[0] for row in run.read_text("utf-8").splitlines()} == {"q1"}
    queries.write_bytes(b"nothing\n")
    assert "no line that is a query" in _run(folder, "search", "--queries", queries, "--run", run).stderr
