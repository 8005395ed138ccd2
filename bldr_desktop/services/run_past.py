# SPDX-License-Identifier: MIT
"""What a run was before we listened: its picture in one answer, then the rest of it in the background."""

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from bldr_desktop.client.api import NotFound, NotOffered
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.jobs import Job, JobFile, JobFiles, JobLog, JobPicture, JobPoint, LogLine
from bldr_desktop.services.log_lines import line_text
from bldr_desktop.services.log_store import PRUNED
from bldr_desktop.services.run_log import RunLog
from bldr_desktop.services.training_state import RunState, take_file

if TYPE_CHECKING:
    from bldr_desktop.client.api import Api
    from bldr_desktop.services.training import TrainingRuns

LINES_A_PAGE = 5000
"""Lines of the older log read at once: some half a megabyte, ten milliseconds of work in a thread."""
FILES_A_PAGE = 200
"""Files read at once: some five milliseconds of decoding between two flushes."""


class RunPast:
    """Reads one run.

    Args:
        api: The server.
        runs: Told about the job's row.
        run: The run; gets the files it does not know yet.
    """

    def __init__(self, api: "Api", runs: "TrainingRuns", run: RunState) -> None:
        self.log = RunLog()
        self.points: list[JobPoint] = []
        self.last_seq = 0
        """The number of the newest line in ``log``."""
        self._api, self._runs, self._run = api, runs, run
        self._head_until: int | None = None
        self._pictured = False

    async def read_picture(self) -> None:
        """Read all that the monitor shows: state, stages, curves, files in trouble, the end of the log.

        Raises:
            ApiError: There is no such run, or the server cannot be asked.
        """
        route = routes.path(routes.JOB_PICTURE, job_id=self._run.job_id)
        try:
            picture = await self._api.get(route, JobPicture)
        except (NotOffered, NotFound):
            await self._read_plain()
            return
        self._pictured = True
        if picture.last_seq >= self._run.last_seq:
            self._runs.adopt(picture.job)
        self._take_files(picture.files)
        self.points = picture.points
        self.log = RunLog(picture.lines_before)
        self._take_lines(picture.lines)
        if picture.lines_before:
            self._head_until = picture.lines[0].seq

    async def read_rest(self) -> AsyncIterator[None]:
        """Read the older log, a step after each page, then the other files.

        Raises:
            ApiError: The server cannot be asked any more.
        """
        if not self._pictured:
            return
        after = 0
        while self._head_until is not None and not self.log.whole:
            last = await self._read_head(after, self._head_until)
            if last <= after:
                self.log.gap = PRUNED
                break
            after = last
            yield
        page = pages = 1
        while page <= pages:
            pages = await self._read_files(page)
            page += 1

    async def _read_head(self, after: int, until: int) -> int:
        answer = await self._api.request(
            "GET",
            routes.path(routes.JOB_LOG, job_id=self._run.job_id),
            params={"after": after, "before": until, "limit": LINES_A_PAGE, "format": "records", "coded": 1},
        )
        await asyncio.to_thread(self.log.add_head, answer.content, self._runs.say)
        return int(answer.headers.get("x-last-seq", after))

    async def _read_files(self, page: int) -> int:
        answer = await self._api.get(
            routes.path(routes.JOB_FILES, job_id=self._run.job_id),
            JobFiles,
            params={"page": page, "limit": FILES_A_PAGE},
        )
        self._take_files(answer.data)
        return answer.pagination.pages

    async def _read_plain(self) -> None:
        """A server that draws no picture has its job, its log and its files."""
        job_id = self._run.job_id
        self._runs.adopt(await self._api.get(routes.path(routes.JOB, job_id=job_id), Job))
        try:
            while True:
                params = {"after": self.last_seq, "limit": 1000}
                said = await self._api.get(routes.path(routes.JOB_LOG, job_id=job_id), JobLog, params=params)
                if not said.lines:
                    break
                self._take_lines(said.lines)
            page = pages = 1
            while page <= pages:
                pages = await self._read_files(page)
                page += 1
        except (NotOffered, NotFound):
            return

    def _take_lines(self, lines: list[LogLine]) -> None:
        say = self._runs.say
        self.log.append(
            [
                (line.ts, line.level, line_text(line.text, line.code, line.values, say), line.seq)
                for line in lines
            ]
        )
        if lines:
            self.last_seq = lines[-1].seq

    def _take_files(self, files: list[JobFile]) -> None:
        for row in files:
            take_file(self._run, row)
