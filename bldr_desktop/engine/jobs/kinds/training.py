# SPDX-License-Identifier: MIT
"""``training``: a folder that the engine sees, or files that were uploaded."""

from pathlib import Path

from bldr_desktop.common.words import counted
from bldr_desktop.engine.jobs.context import JobContext, finish_in_thread
from bldr_desktop.engine.jobs.kinds import Lane
from bldr_desktop.engine.jobs.training.parts import Options, Parts
from bldr_desktop.engine.jobs.training.run import TrainingRun
from bldr_desktop.engine.jobs.training.scan import FolderGone, scan
from bldr_desktop.engine.ports.documents import DocumentQuery
from bldr_desktop.engine.ports.jobs import JobEnd
from bldr_desktop.engine.ports.transactions import Transactions
from bldr_desktop.protocol.base import DocumentState, FileStage, FileState, JobStatus, JobType
from bldr_desktop.protocol.documents import Document
from bldr_desktop.protocol.errors import ErrorCode
from bldr_desktop.protocol.jobs import JobFile
from bldr_desktop.protocol.logs import LogCode

_UNTRAINED = (DocumentState.UPLOADED, DocumentState.PROCESSING)
_PAGE = 500


class TrainingKind:
    """Params: ``folder`` or ``sha256`` or ``document_ids`` (none: everything uploaded by ``owner`` that
    is not trained; owner None is everybody's), ``force``, ``again``, ``fast_mode``, ``max_files``,
    ``suffixes``."""

    type = JobType.TRAINING
    lane: Lane = "index"

    def __init__(self, parts: Parts, transactions: Transactions) -> None:
        self._parts = parts
        self._transactions = transactions

    async def run(self, context: JobContext) -> JobEnd:
        """List the files unless an earlier start did, then take each to its end."""
        params = context.job.params
        try:
            await finish_in_thread(self._list_files, context)
        except FolderGone as gone:
            return JobEnd(JobStatus.FAILED, error=str(gone), error_code=ErrorCode.FOLDER_NOT_FOUND)
        options = Options(
            force=bool(params.get("force")),
            again=bool(params.get("again")),
            fast=bool(params.get("fast_mode")),
        )
        return await TrainingRun(context, self._parts, options, self._transactions).run()

    def _list_files(self, context: JobContext) -> None:
        job_id, params = context.job.id, context.job.params
        if context.store.file_counts(job_id).total:
            return
        if params.get("folder"):
            suffixes = params.get("suffixes")
            files = scan(
                Path(params["folder"]),
                context.stopping,
                suffixes=frozenset(suffixes) if suffixes else None,
                max_files=params.get("max_files"),
            )
        else:
            files = [file_of(document) for document in self._documents(context)]
        if not context.stopping.is_set():
            context.store.add_files(job_id, files)
            context.log(f"Found {counted(len(files), 'file')}.", code=LogCode.FILES_FOUND, n=len(files))

    def _documents(self, context: JobContext) -> list[Document]:
        params, store = context.job.params, self._parts.documents
        if params.get("document_ids"):
            found = [store.get(one) for one in params["document_ids"]]
            return [one for one in found if one is not None and one.state is not DocumentState.DELETED]
        if params.get("sha256"):
            return list(store.by_sha256(params["sha256"]).values())
        documents: list[Document] = []
        for state in _UNTRAINED:
            page = 1
            while True:
                query = DocumentQuery(page=page, limit=_PAGE, state=state, owner=params.get("owner"))
                query.sort, query.descending = "added_at", False
                rows, total = store.find(query)
                documents += rows
                if page * _PAGE >= total:
                    break
                page += 1
        limit = params.get("max_files")
        return documents[:limit] if limit else documents


def file_of(document: Document) -> JobFile:
    """A run's file for bytes that are known by their hash."""
    return JobFile(
        path=document.path or document.name,
        name=document.name,
        size=document.size,
        sha256=document.sha256,
        document_id=document.id,
        state=FileState.WAITING,
        stage=FileStage.SCAN,
    )
