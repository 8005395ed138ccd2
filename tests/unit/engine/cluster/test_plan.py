# SPDX-License-Identifier: MIT
"""What a profile starts on this machine, and what it says when something is missing."""

import os
import socket
import stat
import sys
from pathlib import Path

import pytest

from bldr_desktop.engine.cluster import health, state
from bldr_desktop.engine.cluster.plan import CannotPlan, Wish, make_plan
from bldr_desktop.engine.cluster.supervisor import Supervisor

celery = pytest.importorskip("celery")

CONTAINER = """#!{python}
import http.server, json, pathlib, sys
log = pathlib.Path({log!r})
with log.open("a") as out:
    out.write(json.dumps(sys.argv[1:]) + "\\n")
if sys.argv[1:3] == ["image", "inspect"]:
    sys.exit({inspect})
if sys.argv[1] == "run":
    port = int(sys.argv[sys.argv.index("--publish") + 1].split(":")[1])
    class Ready(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/readyz" else 404)
            self.end_headers()
        def log_message(self, *words):
            pass
    http.server.HTTPServer(("127.0.0.1", port), Ready).serve_forever()
"""


def container(folder: Path, *, image: bool) -> Path:
    """A stand-in for Docker, which is a service outside of this project; the file it writes its calls to."""
    folder.mkdir()
    log, program = folder / "calls", folder / "docker"
    program.write_text(CONTAINER.format(python=sys.executable, log=str(log), inspect=0 if image else 1))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return log


def wish(folder: Path, **options: object) -> Wish:
    options.setdefault("port", health.free_port())
    given = {"BLDR_REDIS_URL": "redis://127.0.0.1:1/0", "BLDR_DATABASE_URL": "postgresql://u:secret@h/db"}
    return Wish(folder, "cluster", given=given, **options)  # type: ignore[arg-type]


def test_without_a_server_one_process_keeps_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    plan = make_plan(wish(tmp_path, workers=2, processes=2))
    names = [service.name for service in plan.services]
    assert names == ["redis", "index", "worker-1", "worker-2", "beat", "engine-1", "engine-2"]
    assert "BLDR_INDEX_ADDRESS" in plan.environment
    assert not [service for service in plan.services if "secret" in service.address]


def test_a_server_that_cannot_be_had_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotPlan) as refused:
        make_plan(wish(tmp_path, qdrant="server"))
    for word in ("program `qdrant`", "Docker or Podman", "BLDR_QDRANT_URL", "--qdrant embedded"):
        assert word in str(refused.value)


def test_redis_that_is_not_there_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotPlan, match="apt-get install redis-server"):
        make_plan(Wish(tmp_path, "cluster"))


def test_a_taken_port_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CannotPlan, match=f"Port {port} on 127.0.0.1 is taken"):
            make_plan(wish(tmp_path, port=port))


def test_auto_fetches_no_image(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    container(tmp_path / "bin", image=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert "BLDR_INDEX_ADDRESS" in make_plan(wish(tmp_path)).environment


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
async def test_a_container_is_started_and_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = container(tmp_path / "bin", image=True)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    plan = make_plan(wish(tmp_path))
    assert plan.environment["BLDR_QDRANT_URL"].startswith("http://127.0.0.1:")
    qdrant = [service for service in plan.services if service.name == "qdrant"]
    supervisor = Supervisor(tmp_path / "run", "cluster", plan.url, qdrant, lambda _line: None)
    await supervisor.run(supervisor.ask_to_stop)
    told = state.read(tmp_path / "run")
    assert told is not None and told.services[0].state == "stopped"
    words = calls.read_text()
    assert words.count('"rm", "--force", "bldr-qdrant-') == 2, "before the start and after the end"
    assert '"127.0.0.1:' in words and "/qdrant/storage" in words


def test_commands_find_what_runs_by_the_data_folder_alone(tmp_path: Path) -> None:
    kept = {"BLDR_REDIS_URL": "redis://x", "BLDR_PORT": "1"}
    state.write_environment(tmp_path, kept)
    assert state.environment(tmp_path) == {}, "nothing runs"
    state.write(tmp_path, state.ClusterState("cluster", os.getpid()))
    assert state.environment(tmp_path) == {"BLDR_REDIS_URL": "redis://x"}
    assert stat.S_IMODE((tmp_path / state.ENVIRONMENT).stat().st_mode) == 0o600
