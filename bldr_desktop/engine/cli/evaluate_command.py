# SPDX-License-Identifier: MIT
"""``bldr-engine evaluate QUERIES QRELS``: nDCG@10, recall and what was missed, for a collection."""

import argparse
import json
from collections import defaultdict
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from bldr_desktop.engine.cli import add_data_dir, load_settings

if TYPE_CHECKING:
    from bldr_desktop.engine.retrieval.measures import Measured

_A_QUERY = 100


def register(subparsers: Any) -> None:
    """Add the command ``evaluate``."""
    parser = subparsers.add_parser("evaluate", help="measure search against judgements")
    add_data_dir(parser)
    parser.add_argument("queries", type=Path, metavar="QUERIES", help='{"_id", "text"} a line')
    parser.add_argument("qrels", type=Path, metavar="QRELS", help="query, document or document#pPAGE, grade")
    parser.add_argument("--by", metavar="FIELD", help="also by a field of the queries, e.g. kind")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measure.

    Raises:
        CommandError: A file cannot be read, or the data folder is in use.
    """
    from bldr_desktop.engine.cli.opened import opened, say
    from bldr_desktop.engine.cli.references import Roots, read_judgements, read_queries
    from bldr_desktop.engine.retrieval.measures import measure

    queries, judged = read_queries(args.queries), read_judgements(args.qrels)
    groups = _groups(args.queries, args.by)
    by_page = any("#p" in key for grades in judged.values() for key in grades)
    measured: dict[str, Measured] = {}
    with opened(load_settings(args)) as engine:
        engine.care.repair()
        roots = Roots(engine)
        for key, text in queries:
            grades = {_plain(name, by_page): grade for name, grade in judged.get(key, {}).items()}
            if not any(grade > 0 for grade in grades.values()):
                continue
            hits = engine.search.find(text[:4000], _A_QUERY, count=False).hits
            measured[key] = measure([_plain(roots.reference(hit), by_page) for hit in hits], grades)
    rows = _rows(measured, groups)
    if args.json:
        say(json.dumps({"level": "page" if by_page else "document", "groups": rows}, ensure_ascii=False))
        return 0
    say(f"{'':14} {'queries':>7} {'nDCG@10':>8} {'recall@10':>9} {'first@10':>8}")
    for name, row in rows.items():
        say(f"{name:14} {row['n']:7} {row['ndcg']:8.4f} {row['recall']:9.4f} {row['found']:8.4f}")
    return 0


def _plain(reference: str, by_page: bool) -> str:
    """A document's name without folders and ending, with its page where pages are judged."""
    name, mark, page = reference.rpartition("#p")
    if not mark:
        name, page = reference, ""
    path = PurePosixPath(name.strip())
    suffix = path.suffix
    stem = path.name[: -len(suffix)] if 1 < len(suffix) <= 5 and suffix[1:].isalnum() else path.name
    return f"{stem}#p{page}" if by_page else stem


def _groups(path: Path, field: str | None) -> dict[str, str]:
    if field is None:
        return {}
    rows = [json.loads(line) for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
    return {str(row["_id"]): str(row.get(field, "-")) for row in rows}


def _rows(measured: "dict[str, Measured]", groups: dict[str, str]) -> dict[str, dict[str, Any]]:
    parts: dict[str, list[Measured]] = defaultdict(list)
    for key, one in measured.items():
        parts["all"].append(one)
        if key in groups:
            parts[groups[key]].append(one)
    return {
        name: {
            "n": len(ones),
            "ndcg": round(sum(one.ndcg for one in ones) / len(ones), 4),
            "recall": round(sum(one.recall for one in ones) / len(ones), 4),
            "found": round(sum(one.rank is not None for one in ones) / len(ones), 4),
        }
        for name, ones in parts.items()
    }
