# SPDX-License-Identifier: MIT
"""C5: a wrong address says which way it is wrong."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_server import Request, tiny_server

from bldr_desktop.services.profiles import (
    EMBEDDED,
    NEEDED,
    BadAddress,
    Profile,
    Profiles,
    clean_address,
    described,
    probe,
    proxy_of,
)
from bldr_desktop.services.settings import Settings

BLDR = {"info": {"version": "2.1"}, "paths": {route: {} for route in NEEDED}}


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("bldr.example:8000", "https://bldr.example:8000"),
        (" http://10.0.0.5:8000/ ", "http://10.0.0.5:8000"),
        ("https://bldr.example/office/", "https://bldr.example/office"),
    ],
)
def test_addresses_are_made_whole(typed: str, address: str) -> None:
    assert clean_address(typed) == address


@pytest.mark.parametrize("typed", ["", "  ", "ftp://x", "https://", "http://[::1", "https://x:port"])
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(BadAddress):
        clean_address(typed)


def test_kept_changed_chosen_removed(tmp_path: Path) -> None:
    profiles = Profiles(Settings(tmp_path / "settings.toml"))
    assert [row.id for row in profiles.all()] == [EMBEDDED]
    office = profiles.save(Profile("", "", "bldr.office:8000", user="anna"))
    assert (office.name, office.url) == ("bldr.office", "https://bldr.office:8000")
    profiles.save(Profile(office.id, "Офис", office.url, proxy="none"))
    profiles.choose(office.id)
    again = Profiles(Settings(tmp_path / "settings.toml"))
    assert (again.current.name, proxy_of(again.current), again.current.user) == ("Офис", "", "")
    again.remove(office.id)
    assert again.current.is_embedded


def serving(health: object, description: object) -> object:
    def answer(request: Request) -> tuple[int, object]:
        return (200, health) if request.path == "/health" else (200, description)

    return answer


@pytest.mark.parametrize(
    ("health", "description", "code", "version"),
    [
        ({"status": "ok"}, BLDR, "ok", "2.1"),
        ({"status": "ok"}, {"info": {"version": "1.0"}, "paths": {"/query": {}}}, "too_old", "1.0"),
        ({"hello": "world"}, BLDR, "not_bldr", ""),
        (b"<html>", BLDR, "not_bldr", ""),
    ],
)
async def test_who_answers(health: object, description: object, code: str, version: str) -> None:
    with tiny_server(serving(health, description)) as server:  # type: ignore[arg-type]
        found = await probe(Profile("x", "x", server.url))
    assert (found.code, found.version) == (code, version)


async def test_nobody_answers() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        found = await probe(Profile("x", "x", f"http://127.0.0.1:{taken.getsockname()[1]}"))
    assert found.code == "refused"


async def test_ca_file_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("not a certificate")
    assert (await probe(Profile("x", "x", "https://127.0.0.1:1", ca_file=str(file)))).code == "ca_file"
    assert (await probe(Profile("x", "x", "https://127.0.0.1:1", ca_file="/no/such"))).code == "ca_file"


@pytest.fixture
def company(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """An HTTPS server with a company's certificate: its address and the CA file."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate of this test")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(cert),
         "-days", "2", "-subj", "/CN=Bldr Test", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        stop = threading.Event()

        def serve() -> None:
            while not stop.is_set():
                try:
                    with listener.accept()[0] as raw, context.wrap_socket(raw, server_side=True) as peer:
                        path = peer.recv(4096).split(b" ")[1]
                        body = b'{"status": "ok"}' if path == b"/health" else b'{"paths": {}, "info": {}}'
                        peer.sendall(
                            b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                            % (len(body), body)
                        )
                except OSError:  # a client that does not trust us hangs up
                    continue

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}", cert
        stop.set()
        thread.join(2)


async def test_company_certificate_is_trusted_only_with_its_ca_file(company: tuple[str, Path]) -> None:
    url, ca = company
    stranger = await probe(Profile("x", "x", url))
    assert stranger.code == "tls"
    assert "self-signed" in stranger.detail or "self signed" in stranger.detail
    assert (await probe(Profile("x", "x", url, ca_file=str(ca)))).code == "too_old"  # trusted, and read


@pytest.mark.parametrize("body", [None, [], "x", {"paths": 3, "info": []}])
def test_descriptions_of_any_shape(body: object) -> None:
    assert described(body) == (frozenset(), "")
