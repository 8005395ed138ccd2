# SPDX-License-Identifier: MIT
"""Training that follows an upload by itself: what becomes of it when its start fails."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from engine import EngineProcess, running_engine
from watching import Live, until, watching

from bldr_desktop.client.api import ApiError
from bldr_desktop.client.uploads import UploadClient
from bldr_desktop.protocol import routes
from bldr_desktop.services.preflight import PreflightService, SameName
from bldr_desktop.services.transfer_journal import Journal
from bldr_desktop.services.transfer_training import TransferTraining
from bldr_desktop.services.transfers import TransferService

TEXT = "СП 70.13330.2012 Несущие и ограждающие конструкции. Бетонные работы. "


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineProcess]:
    """One engine; each test sends files of its own."""
    with running_engine(tmp_path_factory.mktemp("training") / "data") as running:
        yield running


class Refusing(httpx.AsyncBaseTransport):
    """The way to the engine, on which the first starts of a training meet an answer of ours."""

    def __init__(self, way: httpx.AsyncBaseTransport, status: int, times: int) -> None:
        self._way, self._status, self._left = way, status, times
        self.asked = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Refuse a start while there are refusals left; hand on everything else."""
        if request.url.path == routes.TRAIN and request.method == "POST":
            self.asked += 1
            if self._left:
                self._left -= 1
                body = {"error": "Not now.", "code": "refused_by_the_test"}
                return httpx.Response(self._status, json=body, headers={"Retry-After": "1"}, request=request)
        return await self._way.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the way."""
        await self._way.aclose()


@asynccontextmanager
async def desk(
    live: Live, journal: Path, status: int, times: int
) -> AsyncIterator[tuple[TransferService, PreflightService, TransferTraining, Refusing]]:
    """Transfers with training over a link on which starts are refused."""
    refusing = Refusing(live.api.http._transport, status, times)
    live.api.http._transport = refusing
    client, book = UploadClient(live.api), Journal(journal)
    service = TransferService(live.api, client, book, server="test")
    looker = PreflightService(client, book)
    training = TransferTraining(service, live.runs, live.feed)
    await service.start()
    try:
        yield service, looker, training, refusing
    finally:
        looker.close()
        await training.close()
        await service.close()


def files(folder: Path, seed: str) -> Path:
    """Three small texts."""
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"{seed} {number}. {TEXT * 20}", "utf-8")
    return folder


@pytest.mark.parametrize("status", [429, 503])
async def test_a_start_that_meets_a_busy_engine_is_tried_again(
    engine: EngineProcess, tmp_path: Path, status: int
) -> None:
    """The rows keep their wish until the engine takes it; nothing is sent twice, nobody is troubled."""
    folder = files(tmp_path / "f", f"busy {status}")
    async with watching(engine.url, engine.token()) as live:
        await live.connected()
        async with desk(live, tmp_path / "j.sqlite3", status, 2) as (service, looker, _, refusing):
            troubles: list[ApiError] = []
            service.trouble.connect(troubles.append)
            found = await looker.look([folder])
            service.add(found.sources(SameName.REPLACE), train=True)
            await until(lambda: {row.state for row in service.rows.values()} == {"trained"}, 60, "trained")
            assert refusing.asked == 3, "two refusals, then the start"
            assert troubles == []
            assert not any(row.train for row in service.rows.values())
            assert len({row.job_id for row in service.rows.values()}) == 1
            assert service.bytes_sent == sum(row.size for row in service.rows.values())


async def test_a_start_that_is_refused_for_good_is_told_once_and_can_be_asked_for_again(
    engine: EngineProcess, tmp_path: Path
) -> None:
    """The files stay uploaded, the reason is told, and *train* starts them later."""
    folder = files(tmp_path / "f", "refused")
    async with watching(engine.url, engine.token()) as live:
        await live.connected()
        async with desk(live, tmp_path / "j.sqlite3", 409, 1) as (service, looker, training, refusing):
            troubles: list[ApiError] = []
            service.trouble.connect(troubles.append)
            found = await looker.look([folder])
            service.add(found.sources(SameName.REPLACE), train=True)
            await until(lambda: troubles, 20, "told")
            assert [error.code for error in troubles] == ["refused_by_the_test"]
            assert {row.state for row in service.rows.values()} == {"uploaded"}
            assert len(training.ready()) == 3
            training.train()
            await until(lambda: {row.state for row in service.rows.values()} == {"trained"}, 60, "trained")
            assert refusing.asked == 2
            assert len(troubles) == 1
