# SPDX-License-Identifier: MIT
"""``bldr-engine search``: one query for a person, or a file of queries for a measurement."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from bldr_desktop.engine.cli import CommandError, add_data_dir, load_settings

if TYPE_CHECKING:
    from bldr_desktop.engine.retrieval.places import Hit
    from bldr_desktop.engine.services.container import Engine

_A_QUERY = 100
_PASSAGES = 10
_SNIPPET = 240
_REMARKS = {
    "norm_absent": "{norm} is not among the documents.",
    "edition_absent": "{norm} is not among the documents; {found} is.",
    "norm_left_out": "{norm} is left out by the filters.",
    "clause_absent": "{norm}: {kind} {clause} was not found.",
    "spelling": "Searched for: {text}",
}


def register(subparsers: Any) -> None:
    """Add the command ``search``."""
    parser = subparsers.add_parser("search", help="search what was indexed")
    add_data_dir(parser)
    parser.add_argument("query", nargs="?", metavar="QUERY")
    parser.add_argument("-k", type=int, default=10, help="passages shown (default 10)")
    parser.add_argument("--json", action="store_true", help="the answer as the engine gives it over HTTP")
    parser.add_argument("--queries", type=Path, metavar="FILE.jsonl", help='queries: {"_id", "text"} a line')
    parser.add_argument("--run", dest="run_file", type=Path, metavar="OUT.run", help="the TREC run to write")
    parser.add_argument(
        "--passages", type=Path, metavar="OUT.jsonl", help="passages with their texts, to write"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Search.

    Raises:
        CommandError: No query, nothing indexed, a file that cannot be read or written, the data folder
            is in use.
    """
    from bldr_desktop.engine.cli.opened import opened
    from bldr_desktop.engine.cli.references import read_queries

    if (args.query is None) == (args.queries is None):
        raise CommandError("give one QUERY, or --queries FILE.jsonl with --run OUT.run")
    if args.queries is not None and args.run_file is None:
        raise CommandError("--queries needs --run OUT.run")
    if args.query is not None and not 1 <= args.k <= 200:
        raise CommandError("-k is 1 to 200")
    queries = []
    if args.queries is not None:
        queries = read_queries(args.queries, lambda line: _warn(f"{line}; left out"))
    with opened(load_settings(args)) as engine:
        engine.care.repair()
        if not engine.search.catalogue().by_id:
            raise CommandError(
                f"nothing can be searched in {engine.settings.data_dir} yet: bldr-engine index FOLDER first"
            )
        if args.query is not None:
            return _one(engine, args.query, args.k, as_json=args.json)
        return _many(engine, queries, args)


def _one(engine: "Engine", text: str, k: int, *, as_json: bool) -> int:
    from bldr_desktop.engine.cli.opened import say
    from bldr_desktop.protocol.rag import QueryRequest

    answer = engine.search.search(QueryRequest(query=text[:4000], k=k))
    if as_json:
        say(json.dumps(answer.model_dump(mode="json"), ensure_ascii=False, indent=1))
        return 0
    for remark in answer.remarks:
        say(_REMARKS[remark.code].format(**remark.model_dump()))
    if answer.nothing_relevant:
        say("Nothing relevant was found." + (" Closest:" if answer.results else ""))
    for number, hit in enumerate(answer.results, 1):
        place = [hit.designation or hit.document_name]
        place += [f"п. {hit.clause}"] if hit.clause else []
        place += [f"{hit.sheet}!{hit.cell_range}"] if hit.sheet else [f"с. {hit.page}"]
        old = " [outdated]" if hit.edition_status == "outdated" else ""
        say(f"{number:2}. {hit.score:.3f}  {' · '.join(place)}{old}  ({hit.document_name})")
        say("      " + " ".join(hit.chunk.split())[:_SNIPPET])
    return 0


def _many(engine: "Engine", queries: list[tuple[str, str]], args: argparse.Namespace) -> int:
    from bldr_desktop.engine.cli.opened import say
    from bldr_desktop.engine.cli.references import Roots

    roots = Roots(engine)
    began = time.perf_counter()
    try:
        with args.run_file.open("w", encoding="utf-8") as out, _maybe(args.passages) as passages:
            for key, text in queries:
                hits = engine.search.find(text[:4000], _A_QUERY, count=False).hits
                for rank, hit in enumerate(hits, 1):
                    out.write(f"{key} Q0 {roots.reference(hit)} {rank} {hit.score:.6f} bldr\n")
                if passages is not None:
                    passages.write(json.dumps(_texts(key, hits, roots), ensure_ascii=False) + "\n")
    except OSError as error:
        raise CommandError(f"cannot write {error.filename}: {error.strerror}") from error
    seconds = time.perf_counter() - began
    say(f"{len(queries)} queries in {seconds:.2f} s, {seconds / max(1, len(queries)) * 1000:.1f} ms each")
    return 0


def _warn(line: str) -> None:
    sys.stderr.write(f"bldr-engine: {line}\n")


def _texts(key: str, hits: "list[Hit]", roots: Any) -> dict[str, Any]:
    passages = [{"path": roots.path(hit), "text": hit.text} for hit in hits[:_PASSAGES]]
    return {"qid": key, "passages": passages}


class _maybe:
    """A text file that need not be."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._stream: TextIO | None = None

    def __enter__(self) -> TextIO | None:
        if self._path is not None:
            self._stream = self._path.open("w", encoding="utf-8")
        return self._stream

    def __exit__(self, *_: object) -> None:
        if self._stream is not None:
            self._stream.close()
