# SPDX-License-Identifier: MIT
"""Search, documents and control questions over HTTP, against a real engine that trained real files."""

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from engine import EngineProcess, eventually, running_engine

from bldr_desktop.protocol import routes
from bldr_desktop.protocol.documents import DocumentList, Outline, PageBoxes
from bldr_desktop.protocol.rag import EvaluationAnswer, QueryAnswer, RagSearchAnswer


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[EngineProcess]:
    folder = tmp_path_factory.mktemp("docs")
    (folder / "крыша.txt").write_text("Уклон кровли и водосток проверяют весной.", "utf-8")
    with running_engine(tmp_path_factory.mktemp("engine")) as running:
        client = running.client()
        for place in (samples, folder):
            answer = client.post(routes.TRAIN, json={"custom_dir": str(place)})
            assert answer.status_code == 200, answer.text
            job = answer.json()["job_id"]
            eventually(lambda job=job: _ended(client, job), timeout=60)
        yield running


@pytest.fixture
def client(engine: EngineProcess) -> httpx.Client:
    return engine.client()


def _ended(client: httpx.Client, job: str) -> bool:
    return client.get(routes.path(routes.JOB, job_id=job)).json()["status"] in {"completed", "failed"}


def _query(client: httpx.Client, text: str, **more: object) -> QueryAnswer:
    answer = client.post(routes.QUERY, json={"query": text, **more})
    assert answer.status_code == 200, answer.text
    return QueryAnswer.model_validate(answer.json())


def _documents(client: httpx.Client, **params: object) -> DocumentList:
    return DocumentList.model_validate(client.get(routes.DOCUMENTS, params=params).json())


def test_query_finds_word_forms_and_says_where(client: httpx.Client) -> None:
    hit = _query(client, "уклонам кровлей").results[0]
    assert hit.document_name == "крыша.txt"
    assert [hit.chunk[start:end] for start, end in hit.highlights] == ["Уклон кровли"]
    assert _query(client, "абракадабра").nothing_relevant


def test_rag_search_and_suggest(client: httpx.Client) -> None:
    answer = client.post(routes.RAG_SEARCH, json={"query": "водосток", "k": 3})
    assert RagSearchAnswer.model_validate(answer.json()).results[0].document_name == "крыша.txt"
    assert client.get(routes.SUGGEST, params={"q": "с", "limit": 5}).status_code == 200


def test_every_norm_is_found_by_its_designation_and_opens(client: httpx.Client) -> None:
    norms = [row for row in _documents(client, limit=100).data if row.designation and row.paged]
    assert norms
    for norm in norms:
        assert norm.designation is not None
        assert _query(client, norm.designation).results[0].designation == norm.designation
        outline = Outline.model_validate(
            client.get(routes.path(routes.DOCUMENT_OUTLINE, document_id=norm.id)).json()
        )
        clause = next(entry for entry in outline.entries if entry.clause[0].isdigit())
        hit = _query(client, f"{norm.designation} п. {clause.clause}").results[0]
        assert (hit.document_id, hit.clause, hit.page) == (norm.id, clause.clause, clause.page)
        page = client.get(
            routes.path(routes.DOCUMENT_PAGE, document_id=norm.id, page=clause.page), params={"width": 300}
        )
        assert page.content.startswith(b"\x89PNG")
        known = {"If-None-Match": page.headers["etag"]}
        again = client.get(page.request.url, headers=known)
        assert again.status_code == 304
        boxes = client.get(
            routes.path(routes.DOCUMENT_BOXES, document_id=norm.id, page=clause.page),
            params={"start": hit.char_start, "end": hit.char_end},
        )
        assert PageBoxes.model_validate(boxes.json()).boxes


def test_content_is_an_attachment(client: httpx.Client) -> None:
    row = _documents(client, search="крыша").data[0]
    answer = client.get(routes.path(routes.DOCUMENT_CONTENT, document_id=row.id))
    assert answer.text.startswith("Уклон кровли")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_delete_hides_at_once_and_restore_brings_back(client: httpx.Client) -> None:
    row = _documents(client, search="крыша").data[0]
    place = routes.path(routes.DOCUMENT, document_id=row.id)
    assert client.delete(place).json()["success"] is True
    assert all(hit.document_id != row.id for hit in _query(client, "уклон кровли").results)
    assert [gone.id for gone in _documents(client, state="deleted").data] == [row.id]
    restored = client.post(routes.path(routes.DOCUMENT_RESTORE, document_id=row.id))
    assert restored.json()["state"] == "trained"
    assert _query(client, "уклон кровли").results[0].document_id == row.id


@pytest.mark.parametrize(("away", "back"), [("disable", "enable"), ("delete", "restore")])
def test_away_is_away_once_answered_whoever_else_searches(
    engine: EngineProcess, client: httpx.Client, away: str, back: str
) -> None:
    """The very next search after the answer knows, however many others search in between."""
    row = _documents(client, search="крыша").data[0]
    others, ended = [engine.client() for _ in range(2)], threading.Event()

    def search_on(other: httpx.Client) -> None:
        while not ended.is_set():
            _query(other, "уклон кровли", preview=True)

    def is_found(after: str) -> bool:
        answer = client.post(routes.DOCUMENTS_BULK, json={"action": after, "ids": [row.id]})
        assert answer.json()["done"] == 1, answer.text
        filters = {"include_outdated": False}
        found = _query(client, "уклон кровли", preview=True, filters=filters).results
        return any(hit.document_id == row.id for hit in found)

    threads = [threading.Thread(target=search_on, args=[other]) for other in others]
    for thread in threads:
        thread.start()
    try:
        wrong = [(turn, away) for turn in range(200) if is_found(away) or not is_found(back)]
    finally:
        ended.set()
        for thread in threads:
            thread.join(20)
    assert not wrong


def test_norms_summary_and_metrics_agree(client: httpx.Client) -> None:
    summary = client.get(routes.NORMS_SUMMARY).json()
    assert summary["total"] == summary["actual"] + summary["outdated"] + summary["pending"] > 0
    actual = client.get(routes.NORMS_LIST, params={"status": "actual", "limit": 1}).json()
    assert actual["pagination"]["total"] == summary["actual"]
    assert client.get(routes.NORMS_LIST, params={"status": "other"}).json()["data"] == []
    metrics = client.get(routes.METRICS_JSON).json()
    assert metrics["total_documents"] == _documents(client).pagination.total
    assert metrics["index_bytes"] > 0


def test_control_questions_from_saving_to_metrics(client: httpx.Client) -> None:
    assert client.get(routes.METRICS_JSON).json()["avg_ndcg"] is None
    row = _documents(client, search="крыша").data[0]
    saved = client.post(
        routes.CONTROL_QUESTIONS, json={"question": "Когда проверяют водосток?", "document_id": row.id}
    ).json()
    answer = EvaluationAnswer.model_validate(client.post(routes.CONTROL_QUESTIONS_RUN).json())
    assert [(result.ok, result.rank) for result in answer.results] == [(True, 1)]
    assert client.get(routes.METRICS_JSON).json()["avg_ndcg"] == 1.0
    place = routes.path(routes.CONTROL_QUESTION, question_id=saved["id"])
    changed = client.put(place, json={**saved, "question": "Водосток?"})
    assert changed.json()["question"] == "Водосток?"
    assert client.delete(place).json()["success"] is True
    assert client.delete(place).status_code == 404
    assert len(client.get(routes.EVALUATIONS).json()) == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", routes.QUERY),
        ("POST", routes.RAG_SEARCH),
        ("GET", routes.SUGGEST),
        ("GET", routes.DOCUMENTS),
        ("GET", routes.NORMS_LIST),
        ("GET", routes.METRICS_JSON),
        ("GET", routes.CONTROL_QUESTIONS),
        ("GET", "/documents/x/content"),
        ("GET", "/documents/x/pages/1"),
    ],
)
def test_nothing_without_a_token(engine: EngineProcess, method: str, path: str) -> None:
    answer = httpx.request(method, engine.url + path, json={"query": "x"} if method == "POST" else None)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "body",
    [{"query": "x" * 5000}, {"query": "x", "k": 0}, {"query": "x", "k": 500}, {"k": 3}, {"query": None}],
)
def test_wrong_queries_are_named(client: httpx.Client, body: dict[str, object]) -> None:
    answer = client.post(routes.QUERY, json=body)
    assert answer.status_code == 422
    assert answer.json()["fields"]
