# SPDX-License-Identifier: MIT
"""``/upload-file`` and ``/files-scan`` against a real engine process."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from engine import EngineProcess, running_engine

FORM = "multipart/form-data; boundary=XX"
PART = b'--XX\r\nContent-Disposition: form-data; name="file"'


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineProcess]:
    with running_engine(tmp_path_factory.mktemp("files") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def client(engine: EngineProcess) -> httpx.Client:
    return engine.client()


def stored(engine: EngineProcess, content: bytes) -> bool:
    digest = hashlib.sha256(content).hexdigest()
    place = engine.data_dir / "blobs" / digest[:2] / digest
    return place.is_file() and place.read_bytes() == content


def test_a_file_is_stored_under_its_hash_and_listed(engine: EngineProcess, client: httpx.Client) -> None:
    content = bytes(range(256)) * 5000
    answer = client.post("/upload-file", files={"file": ("СП 63.txt", content, "text/plain")})
    assert answer.status_code == 200
    body = answer.json()
    assert body["filename"] == "СП 63.txt"
    assert body["size"] == len(content)
    assert body["status"] == "uploaded_only"
    assert body["sha256"] == hashlib.sha256(content).hexdigest()
    assert body["already_there"] is False
    assert stored(engine, content)
    assert client.get(f"/documents/{body['document_id']}").json()["name"] == "СП 63.txt"
    again = client.post("/upload-file", files={"file": ("other name.txt", content)}).json()
    assert again["already_there"] is True
    assert again["document_id"] == body["document_id"]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\evil.txt", "/abs/olute.txt", "a\u202etxt.exe", "CON"]
)
def test_r35_names_never_become_paths(engine: EngineProcess, client: httpx.Client, name: str) -> None:
    content = name.encode()
    body = client.post("/upload-file", files={"file": (name, content)}).json()
    assert "/" not in body["filename"] and "\\" not in body["filename"]
    assert "\u202e" not in body["filename"]
    assert stored(engine, content)


def test_other_fields_and_boundaries_inside_do_not_disturb(
    engine: EngineProcess, client: httpx.Client
) -> None:
    content = b"--boundary\r\nContent-Disposition: form-data\r\n\r\n--boundary--\r\n" * 3
    body = (
        b'--XX\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n'
        b'--XX\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\n" + content + b"\r\n"
        b'--XX\r\nContent-Disposition: form-data; name="file"; filename="b.txt"\r\n\r\nb\r\n--XX--\r\n'
    )
    headers = {"Content-Type": "multipart/form-data; boundary=XX"}
    answer = client.post("/upload-file", content=body, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.json()["filename"] == "a.txt"
    assert stored(engine, content)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", FORM, 400),
        (b"rubbish", FORM, 400),
        (PART + b'; filename="a"\r\n\r\ncut', FORM, 400),
        (b"--XX--\r\n", FORM, 422),
        (PART + b"\r\n\r\n1\r\n--XX--\r\n", FORM, 422),
        (PART + b'; filename="a"\r\n\r\n\r\n--XX--\r\n', FORM, 422),
        (b"text", "multipart/form-data", 422),
        (b"text", "text/plain", 422),
        (b"{}", "application/json", 422),
    ],
)  # fmt: skip
def test_broken_forms_are_refused_and_leave_nothing(
    engine: EngineProcess, client: httpx.Client, body: bytes, kind: str, status: int
) -> None:
    answer = client.post("/upload-file", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status, answer.text
    assert answer.json()["error"]
    incoming = engine.data_dir / "blobs" / "incoming"
    assert [file for file in incoming.iterdir() if file.is_file()] == []


def test_a_folder_is_counted_as_form_and_as_json(client: httpx.Client, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.pdf").write_bytes(b"12345")
    (tmp_path / "sub" / "b.PDF").write_bytes(b"1")
    (tmp_path / "c.exe").write_bytes(b"1")
    (tmp_path / ".hidden").write_bytes(b"1")
    (tmp_path / "loop").symlink_to(tmp_path)
    expected = {"scanned": 3, "copied": 0, "path": str(tmp_path), "supported": 2, "unsupported": 1}
    expected |= {"bytes": 7, "by_type": {"pdf": 2, "exe": 1}}
    for options in (
        {"data": {"path": str(tmp_path)}},
        {"json": {"path": str(tmp_path)}},
        {"files": {"path": (None, str(tmp_path))}},
    ):
        answer = client.post("/files-scan", **options)  # type: ignore[arg-type]
        assert answer.status_code == 200, answer.text
        assert answer.json() == expected
    assert (tmp_path / "a.pdf").read_bytes() == b"12345"


def test_a_folder_that_is_not_there_is_named(
    engine: EngineProcess, client: httpx.Client, tmp_path: Path
) -> None:
    missing = client.post("/files-scan", json={"path": str(tmp_path / "gone")})
    assert (missing.status_code, missing.json()["code"]) == (404, "folder_not_found")
    assert "gone" in missing.json()["error"]
    (tmp_path / "file").write_text("x")
    assert client.post("/files-scan", json={"path": str(tmp_path / "file")}).status_code == 422
    for body in ({}, {"path": ""}, {"path": 5}, {"path": "a\0b"}, []):
        wrong = client.post("/files-scan", json=body)
        assert (wrong.status_code, set(wrong.json()["fields"])) == (422, {"path"})
    engine.add_user("reader", "a long password")
    token = engine.sign_in("reader", "a long password")
    assert engine.client(token).post("/files-scan", json={"path": "/"}).status_code == 403
