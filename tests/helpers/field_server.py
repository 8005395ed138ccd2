# SPDX-License-Identifier: MIT
"""A server that speaks Bldr v2 as it is in the field (wire.md part 1), with all its manners:

* frames are unnumbered, go to everyone, and carry no job id;
* the last training frame says ``stage: "complete"`` while ``status`` still says ``processing``;
* every client frame is echoed as plain text ``You sent: …``;
* a bad token, a foreign Origin and one connection too many are all a bare HTTP 403 before the handshake;
* a missing bearer is 403, a bad one 401; ``POST /train`` gives no id;
* none of our own calls exists: they answer 404 with a body that means nothing.

In a test::

    with field_server() as server:        # FieldServer, in a thread of its own
        server.url, server.token
        server.do(server.train(steps=20))  # what POST /train also starts; .result() waits
"""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Annotated, Any

import uvicorn
from fastapi import FastAPI, Form, Header, HTTPException, Request, WebSocket, WebSocketDisconnect
from fastapi.responses import JSONResponse

USER, PASSWORD = "engineer", "correct horse"
ORIGINS = {"http://localhost:3000", "http://localhost:3001", "http://localhost:3002"}


@dataclass
class FieldServer:
    """The server's state and what a test does to it."""

    token: str = "field-token"
    url: str = ""
    most_connections: int = 100
    token_only_in_query: bool = False
    sockets: set[WebSocket] = field(default_factory=set)
    heard: list[str] = field(default_factory=list)
    handshakes: list[dict[str, str]] = field(default_factory=list)
    status: dict[str, Any] = field(
        default_factory=lambda: {
            "status": "idle",
            "is_training": False,
            "mode": "normal",
            "progress": 0,
            "current_stage": "",
            "message": "",
        }
    )
    queue: list[dict[str, Any]] = field(default_factory=list)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    step_seconds: float = 0.02
    answer_after: float = 0.0
    """Seconds that the answer of ``POST /train`` takes; its training goes on meanwhile."""
    end_after: float = 0.0
    """Seconds between what ``GET /api/training/status`` says of the end and the last frame."""
    begin_after: float = 0.0
    """Seconds between what it says of a step and that step's frame."""
    calls: list[str] = field(default_factory=list)
    loop: asyncio.AbstractEventLoop | None = None

    async def tell(self, frame: dict[str, Any] | str) -> None:
        """Send a frame to everyone, one after the other, as the field does."""
        text = frame if isinstance(frame, str) else json.dumps(frame, ensure_ascii=False)
        for peer in tuple(self.sockets):
            with suppress(RuntimeError, WebSocketDisconnect):
                await peer.send_text(text)

    async def train(self, steps: int = 14, *, outcome: str = "complete") -> None:
        """A whole training, as the field tells it."""
        self.status |= {"status": "processing", "is_training": True, "progress": 0, "message": "started"}
        for step in range(1, steps + 1):
            progress = 100 * step // (steps + 1)
            text = f"Стадия {step}: обработано {step * 3} файлов"
            self.status |= {"progress": progress, "current_stage": f"{step}/{steps}", "message": text}
            await asyncio.sleep(self.begin_after)
            await self.tell(
                {
                    "stage": f"{step}/{steps}",
                    "log": text,
                    "progress": progress,
                    "data": "",
                    "status": "processing",
                }
            )
            await asyncio.sleep(self.step_seconds)
        self.status |= {"is_training": False, "progress": 100, "current_stage": outcome}
        if outcome == "complete":
            self.status |= {"status": "completed", "message": "Обучение завершено"}
            last = {
                "stage": "complete",
                "log": "Обучение завершено",
                "progress": 100,
                "data": "",
                "status": "processing",
            }
        else:
            self.status |= {"status": "error", "message": "Нет места на диске"}
            last = {
                "stage": "error",
                "log": "Нет места на диске",
                "progress": 40,
                "data": "",
                "status": "error",
            }
        await asyncio.sleep(self.end_after)
        await self.tell(last)

    async def answer(self, task_id: str, prompt: str) -> None:
        """An AI task, told to everyone."""
        base = {"type": "ai_task_update", "task_id": task_id, "timestamp": "2026-11-22T09:30:00"}
        for progress in (10, 60):
            await self.tell(
                base | {"status": "processing", "stage": "model", "progress": progress, "message": "…"}
            )
            await asyncio.sleep(self.step_seconds)
        text = f"Ответ на: {prompt}"
        last = {
            "status": "completed",
            "stage": "complete",
            "progress": 100,
            "message": "готово",
            "result": text,
        }
        await self.tell(base | last)

    async def job(self, job_id: str, tool_type: str = "estimate") -> None:
        """A job, told to everyone in the field's three ways."""
        stamp = {"timestamp": "2026-11-22T09:30:00"}
        await self.tell(
            {"type": "new_job", "job_id": job_id, "tool_type": tool_type, "estimated_time": 5, **stamp}
        )
        for progress in (30, 70):
            self.queue = [_row(job_id, tool_type, "running", progress)]
            flat = {"status": "running", "progress": progress, "message": "…", "result": None, "error": None}
            await self.tell({"type": "job_update", "job_id": job_id, **flat, **stamp})
            await asyncio.sleep(self.step_seconds)
        self.queue = [_row(job_id, tool_type, "completed", 100)]
        await self.tell(
            {"type": "job_completed", "job_id": job_id, "tool_type": tool_type, "success": True, **stamp}
        )

    def do(self, coro: Coroutine[Any, Any, None]) -> Future[None]:
        """Run something in the server's loop, from the test's thread."""
        assert self.loop is not None
        return asyncio.run_coroutine_threadsafe(coro, self.loop)

    def start(self, coro: Any) -> None:
        """Run something beside the requests."""
        task = asyncio.get_running_loop().create_task(coro)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def drop_all(self) -> None:
        """Close every socket without a word of why."""
        for peer in tuple(self.sockets):
            with suppress(RuntimeError):
                await peer.close(1011)


def _row(job_id: str, kind: str, status: str, progress: float) -> dict[str, Any]:
    return {
        "id": job_id,
        "type": kind,
        "status": status,
        "progress": progress,
        "owner": USER,
        "started_at": "2026-11-22T09:30:00",
        "eta": None,
    }


def _app(server: FieldServer) -> FastAPI:
    app = FastAPI(openapi_url=None)
    Bearer = Annotated[str | None, Header(alias="Authorization")]

    def check(authorization: str | None) -> None:
        if authorization is None:
            raise HTTPException(403, "Not authenticated")
        if authorization != f"Bearer {server.token}":
            raise HTTPException(401, "Invalid token")

    @app.middleware("http")
    async def note(request: Request, call_next: Any) -> Any:
        server.calls.append(f"{request.method} {request.url.path}")
        return await call_next(request)

    @app.exception_handler(404)
    async def nothing(_request: Request, _error: Exception) -> JSONResponse:
        return JSONResponse({"errors": ["Not Found"], "data": None}, 404)

    @app.post("/token")
    async def token(username: Annotated[str, Form()], password: Annotated[str, Form()]) -> Any:
        if (username, password) != (USER, PASSWORD):
            raise HTTPException(401, "Incorrect username or password")
        return {"access_token": server.token, "token_type": "bearer"}

    @app.get("/auth/validate")
    async def validate(authorization: Bearer = None) -> Any:
        check(authorization)
        return {"valid": True, "user": USER, "role": "user", "skip_auth": False}

    @app.get("/health")
    async def health() -> Any:
        return {"status": "ok", "timestamp": "2026-11-22T09:30:00", "components": {"db": "connected"}}

    @app.get("/status")
    async def status(authorization: Bearer = None) -> Any:
        check(authorization)
        parts = {"websocket_connections": len(server.sockets)}
        data = {"status": "healthy", "timestamp": "2026-11-22T09:30:00", "components": parts}
        return {"status": "success", "data": data, "error": None, "meta": None}

    @app.post("/train")
    async def train(request: Request, authorization: Bearer = None) -> Any:
        check(authorization)
        body = await request.json()
        server.start(server.train())
        await asyncio.sleep(server.answer_after)
        folder = body.get("custom_dir")
        return {"status": "started", "message": "Training started", "custom_dir": folder, "fast_mode": False}

    @app.get("/api/training/status")
    async def training(authorization: Bearer = None) -> Any:
        check(authorization)
        return server.status

    @app.get("/queue")
    async def queue(authorization: Bearer = None) -> Any:
        check(authorization)
        return server.queue

    @app.post("/ai")
    async def ai(request: Request, authorization: Bearer = None) -> Any:
        check(authorization)
        body = await request.json()
        task_id = f"ai-{time.monotonic_ns()}"
        server.start(server.answer(task_id, body["prompt"]))
        about = {"message": "AI task started", "model": body.get("model", ""), "estimated_time": "30s"}
        return {"status": "processing", "task_id": task_id, **about}

    @app.websocket("/ws")
    async def ws(peer: WebSocket) -> None:
        await _serve(server, peer)

    return app


async def _serve(server: FieldServer, peer: WebSocket) -> None:
    header = peer.headers.get("authorization", "").removeprefix("Bearer ")
    query = peer.query_params.get("token", "")
    server.handshakes.append({"header": header, "query": query, "origin": peer.headers.get("origin", "")})
    given = query if server.token_only_in_query else header or query
    origin = peer.headers.get("origin")
    full = len(server.sockets) >= server.most_connections
    if (origin is not None and origin not in ORIGINS) or full or given != server.token:
        await peer.close()  # before accept: a bare HTTP 403
        return
    await peer.accept()
    server.sockets.add(peer)
    try:
        while True:
            text = await peer.receive_text()
            server.heard.append(text)
            await peer.send_text(f"You sent: {text}")
    except (WebSocketDisconnect, RuntimeError):
        return
    finally:
        server.sockets.discard(peer)


@contextmanager
def field_server(server: FieldServer | None = None, port: int = 0) -> Iterator[FieldServer]:
    """Serve on loopback, in a thread with a loop of its own, for the length of the block."""
    state = server or FieldServer()
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    state.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    config = uvicorn.Config(_app(state), log_level="error", lifespan="off", ws="websockets-sansio")
    running = uvicorn.Server(config)

    async def serve() -> None:
        state.loop = asyncio.get_running_loop()
        await running._serve([listener])
        for started in tuple(state.tasks):
            started.cancel()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), name="field-server")
    thread.start()
    deadline = time.monotonic() + 10
    while not running.started and time.monotonic() < deadline:
        time.sleep(0.01)
    try:
        yield state
    finally:
        running.should_exit = running.force_exit = True
        thread.join(10)
        listener.close()
