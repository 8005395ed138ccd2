# SPDX-License-Identifier: MIT
"""What an engine tells those who run it: figures, ids in log lines, spans. One engine for all."""

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from engine import EngineProcess, eventually, running_engine

METRICS_TOKEN = "only-for-metrics"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineProcess]:
    environment = {
        "BLDR_LOG_FORMAT": "json",
        "BLDR_LOG_LEVEL": "DEBUG",
        "BLDR_METRICS_TOKEN": METRICS_TOKEN,
    }
    with running_engine(tmp_path_factory.mktemp("observed") / "engine", environment=environment) as made:
        yield made


def lines_of(engine: EngineProcess) -> list[dict[str, Any]]:
    file = engine.data_dir / "logs" / "bldr-engine.log"
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_prometheus_can_read_it(engine: EngineProcess, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Толщина стены не менее 120 мм.", encoding="utf-8")
    client = engine.client()
    job_id = client.post("/train", json={"custom_dir": str(tmp_path)}).json()["job_id"]
    eventually(lambda: client.get(f"/queue/{job_id}").json()["status"] == "completed", 30)
    client.get("/nothing/here")
    answer = httpx.get(f"{engine.url}/metrics", headers={"Authorization": f"Bearer {METRICS_TOKEN}"})
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    values: dict[str, float] = {}
    for line in answer.text.splitlines():
        if line.startswith("#"):
            assert re.fullmatch(r"# (HELP|TYPE) bldr_[a-z_]+ .+", line)
            continue
        match = re.fullmatch(r"(bldr_[a-z_]+(?:\{[^}]*(?:\{[^}]*\}[^}]*)*\})?) (\S+)", line)
        assert match, line
        values[match[1]] = float(match[2])
    assert values['bldr_jobs{status="completed"}'] >= 1
    assert values["bldr_documents"] == 1
    assert values["bldr_chunks"] >= 1
    assert values['bldr_component_up{component="database"}'] == 1
    assert any('route="/queue/{job_id}"' in name for name in values)
    assert any('route="none"' in name and 'status="4xx"' in name for name in values)
    assert job_id not in answer.text


def test_metrics_are_not_for_everybody(engine: EngineProcess) -> None:
    assert httpx.get(f"{engine.url}/metrics").status_code == 401
    engine.add_user("olga", "olga-password")
    olga = {"Authorization": f"Bearer {engine.sign_in('olga', 'olga-password')}"}
    assert httpx.get(f"{engine.url}/metrics", headers=olga).status_code == 403
    assert engine.client().get("/metrics").status_code == 200
    metrics = {"Authorization": f"Bearer {METRICS_TOKEN}"}
    assert httpx.get(f"{engine.url}/queue", headers=metrics).status_code == 401


def test_lines_carry_the_ids_of_request_and_job(engine: EngineProcess, tmp_path: Path) -> None:
    answer = engine.client().get("/queue", headers={"X-Request-ID": "from-the-proxy-1"})
    assert answer.headers["x-request-id"] == "from-the-proxy-1"
    made = engine.client().get("/queue", headers={"X-Request-ID": "not an id\u00e9".encode("latin-1")})
    assert re.fullmatch(r"[0-9a-f]{16}", made.headers["x-request-id"])
    of_request = eventually(
        lambda: [line for line in lines_of(engine) if line.get("request") == "from-the-proxy-1"]
    )
    assert of_request[0]["message"].startswith("GET /queue 200")
    assert {"time", "level", "process", "logger"} <= set(of_request[0])
    assert not [line for line in lines_of(engine) if METRICS_TOKEN in line["message"]]


async def test_spans_are_made_only_when_asked_for() -> None:
    trace = pytest.importorskip("opentelemetry.sdk.trace")
    memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
    export = pytest.importorskip("opentelemetry.sdk.trace.export")
    from bldr_desktop.common import tracing

    exporter = memory.InMemorySpanExporter()
    with tracing.span("before"):
        pass
    provider = trace.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(exporter))
    tracing.enable("test", provider)
    try:
        with tracing.span("outer", job="j1"):
            await asyncio.to_thread(_inner)
    finally:
        tracing.disable()
        provider.shutdown()
    inner, outer = exporter.get_finished_spans()
    assert (inner.name, outer.name) == ("inner", "outer")
    assert inner.parent.span_id == outer.context.span_id
    assert outer.attributes == {"bldr.job": "j1"}


def _inner() -> None:
    from bldr_desktop.common import tracing

    with tracing.span("inner"):
        pass
