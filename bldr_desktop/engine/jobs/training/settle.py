# SPDX-License-Identifier: MIT
"""After a run: no document may say *processing* when nobody processes it."""

from bldr_desktop.engine.jobs import frames
from bldr_desktop.engine.ports.documents import DocumentQuery, DocumentStore
from bldr_desktop.engine.ports.events import EventLog
from bldr_desktop.engine.ports.jobs import FAILED, JobStore
from bldr_desktop.engine.ports.transactions import Transactions
from bldr_desktop.protocol.base import DocumentState, FileState
from bldr_desktop.protocol.jobs import Job

_LEFT = (*FAILED, FileState.CANCELLED, FileState.WAITING, FileState.ACTIVE)
_PAGE = 500


def settle_documents(
    job: Job, store: JobStore, documents: DocumentStore, events: EventLog, transactions: Transactions
) -> int:
    """Give documents that a job left half way their true state: *uploaded* when it was stopped before
    them, *failed* with the file's reason otherwise. Blocks; how many there were.

    Args:
        job: A training that has ended.
        store: Its files.
        documents: Where the states are.
        events: Told of each.
        transactions: Joins the two.
    """
    processing, _ = documents.find(DocumentQuery(limit=_PAGE, state=DocumentState.PROCESSING))
    if not processing:
        return 0
    rows, _ = store.files(job.id, _LEFT)
    left = {row.file.document_id: row.file for row in rows if row.file.document_id}
    settled = [(document, left[document.id]) for document in processing if document.id in left]
    with transactions():
        for document, file in settled:
            failed = file.state in FAILED
            state = DocumentState.FAILED if failed else DocumentState.UPLOADED
            changed = documents.set_state(
                document.id, state, file.error if failed else None, file.error_code if failed else None
            )
            if changed is not None:
                events.append([frames.document_frame(changed, job.id)])
    return len(settled)
