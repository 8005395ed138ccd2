# SPDX-License-Identifier: MIT
"""The client's side of R28 to R30: launch token, no orphan, restart with back-off, giving up."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
import pytest

from bldr_desktop.client.api import Api, Unauthorized
from bldr_desktop.client.engine_process import EngineProcess, EngineState, EngineStatus, RestartPolicy
from bldr_desktop.client.session import Session, SessionState
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.auth import LaunchRequest, TokenAnswer

FAST = RestartPolicy(pauses=(0.05, 0.1), give_up_after=3, good_run=30.0, ready_within=60.0, stop_within=8.0)
ROOT = Path(__file__).resolve().parents[2]


async def until(predicate: Callable[[], object], timeout: float = 60.0) -> None:
    deadline = time.monotonic() + timeout
    while not predicate():
        assert time.monotonic() < deadline, "too late"
        await asyncio.sleep(0.02)


class Started:
    """An engine process with a client behind it, as the desktop has it."""

    def __init__(self, data_dir: Path, **options: object) -> None:
        self.session = Session()
        self.api = Api("http://127.0.0.1:9", self.session)
        self.session.attach(self.api)
        self.tokens: list[str] = []
        options.setdefault("policy", FAST)
        self.engine = EngineProcess(data_dir, self.on_ready, **options)  # type: ignore[arg-type]
        self.seen: list[EngineStatus] = []
        self.engine.changed.connect(self.seen.append)

    async def on_ready(self, url: str, token: str) -> None:
        self.tokens.append(token)
        self.api.move(url)
        await self.session.sign_in_launched(token)

    @property
    def state(self) -> EngineState:
        return self.engine.status.state

    async def aclose(self) -> None:
        await self.engine.stop()
        await self.api.aclose()


async def test_launch_token_signs_in_once_and_is_nowhere_to_be_seen(tmp_path: Path) -> None:
    started = Started(tmp_path)
    started.engine.start()
    await until(lambda: started.state is EngineState.RUNNING)
    try:
        token, pid = started.tokens[0], started.engine.status.pid
        assert started.session.state is SessionState.SIGNED_IN
        assert started.api.http.base_url.host == "127.0.0.1"
        process = psutil.Process(pid)
        assert token not in " ".join(process.cmdline())
        assert token not in " ".join(process.environ().values())
        addresses = {item.laddr.ip for item in process.net_connections("tcp") if item.status == "LISTEN"}
        assert addresses == {"127.0.0.1"}
        with pytest.raises(Unauthorized):  # a second use, as a stranger on this machine would try
            await started.api.post(
                routes.LAUNCH_TOKEN, TokenAnswer, json=LaunchRequest(launch_token=token), signed=False
            )
        async with httpx.AsyncClient(base_url=started.api.base_url, trust_env=False) as stranger:
            assert (await stranger.get(routes.QUEUE)).status_code == 401
    finally:
        await started.aclose()
    assert not psutil.pid_exists(pid)
    logs = "".join(file.read_text("utf-8", "replace") for file in tmp_path.rglob("*.log*"))
    assert token not in logs


async def test_killed_engine_comes_back_with_a_new_token(tmp_path: Path) -> None:
    started = Started(tmp_path)
    started.engine.start()
    await until(lambda: started.state is EngineState.RUNNING)
    try:
        os.kill(started.engine.status.pid or 0, signal.SIGKILL)
        await until(lambda: len(started.tokens) == 2 and started.state is EngineState.RUNNING)
        states = [status.state for status in started.seen]
        waiting = next(status for status in started.seen if status.state is EngineState.WAITING)
        assert "SIGKILL" in waiting.reason
        assert waiting.next_try is not None
        assert states.index(EngineState.WAITING) < len(states) - 1
        assert (await started.api.get(routes.AUTH_VALIDATE))["valid"] is True
    finally:
        await started.aclose()


@pytest.mark.slow  # five starts of an engine
async def test_gives_up_with_the_engines_own_reason_and_begins_anew_when_asked(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.write_text("a file where the folder should be")
    started = Started(folder)
    started.engine.start()
    await until(lambda: started.state is EngineState.GIVEN_UP)
    try:
        assert started.engine.status.failures == 3
        assert str(folder) in started.engine.status.reason
        starts = sum(status.state is EngineState.STARTING for status in started.seen)
        assert starts == 3
        folder.unlink()
        started.engine.try_now()
        await until(lambda: started.state is EngineState.RUNNING)
    finally:
        await started.aclose()


async def test_engine_that_never_gets_ready_is_ended(tmp_path: Path) -> None:
    started = Started(tmp_path, policy=RestartPolicy(give_up_after=1, ready_within=0.05))
    started.engine.start()
    await until(lambda: started.state is EngineState.GIVEN_UP)
    assert started.engine.status.reason == "The engine did not get ready in time."
    await started.aclose()


async def test_program_that_is_not_there(tmp_path: Path) -> None:
    started = Started(tmp_path, module="bldr_desktop.no_such_module")
    started.engine.start()
    await until(lambda: started.state is EngineState.GIVEN_UP)
    assert "code 1" in started.engine.status.reason
    await started.aclose()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
async def test_killed_client_leaves_no_orphan(tmp_path: Path) -> None:
    script = textwrap.dedent(
        f"""
        import asyncio, sys
        from pathlib import Path
        from bldr_desktop.client.engine_process import EngineProcess, EngineState
        async def main():
            async def on_ready(url, token): pass
            engine = EngineProcess(Path({str(tmp_path)!r}), on_ready)
            engine.start()
            while engine.status.state is not EngineState.RUNNING: await asyncio.sleep(0.02)
            print(engine.status.pid, flush=True)
            await asyncio.sleep(60)
        asyncio.run(main())
        """
    )
    client = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert client.stdout is not None
        line = await asyncio.to_thread(client.stdout.readline)
        engine = psutil.Process(int(line))
        children = engine.children(recursive=True)
    finally:
        client.kill()
        client.wait(5)
        client.stdout.close() if client.stdout else None
    await until(lambda: not engine.is_running() or engine.status() == psutil.STATUS_ZOMBIE, 15)
    await until(lambda: not any(child.is_running() for child in children), 15)
