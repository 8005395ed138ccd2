# SPDX-License-Identifier: MIT
"""Every path of the wire, once. Engine routers and client calls both take them from here."""

TOKEN = "/token"  # noqa: S105 - a path
TOKEN_REFRESH = "/auth/refresh"  # noqa: S105 - a path
LAUNCH_TOKEN = "/auth/launch"  # noqa: S105 - a path
LOGOUT = "/auth/logout"
AUTH_VALIDATE = "/auth/validate"

HEALTH = "/health"
STATUS = "/status"
METRICS = "/metrics"
METRICS_JSON = "/metrics-json"
OPENAPI = "/openapi.json"

UPLOAD_FILE = "/upload-file"
FILES_SCAN = "/files-scan"
FILES = "/files/"
FILE_UPLOAD = "/files/{upload_id}"
FILES_BATCH = "/files/batch"
FILES_BY_HASH = "/files/by-hash"
FILE_BY_HASH = "/files/by-hash/{sha256}"
FILES_RECONCILE = "/files/reconcile"

TRAIN = "/train"
TRAINING_STATUS = "/api/training/status"
TRAINING_RUNS = "/api/training/runs"

QUERY = "/query"
RAG_SEARCH = "/api/rag/search"
RAG_TRAIN = "/api/rag/train"
RAG_STATUS = "/api/rag/status"
SUGGEST = "/api/rag/suggest"
NORMS_LIST = "/norms-list"
NORMS_SUMMARY = "/norms-summary"

DOCUMENTS = "/documents"
DOCUMENTS_BULK = "/documents/bulk"
DOCUMENT_FACETS = "/api/rag/facets"
DOCUMENT = "/documents/{document_id}"
DOCUMENT_CHUNKS = "/documents/{document_id}/chunks"
DOCUMENT_CONTENT = "/documents/{document_id}/content"
DOCUMENT_OUTLINE = "/documents/{document_id}/outline"
DOCUMENT_TEXT = "/documents/{document_id}/text"
DOCUMENT_FIND = "/documents/{document_id}/find"
DOCUMENT_RETRAIN = "/documents/{document_id}/retrain"
DOCUMENT_RESTORE = "/documents/{document_id}/restore"
DOCUMENT_PAGE = "/documents/{document_id}/pages/{page}"
DOCUMENT_BOXES = "/documents/{document_id}/pages/{page}/boxes"
EXPORT_HITS = "/api/export/hits"
EXPORT_DOCUMENTS = "/api/export/documents"

CONTROL_QUESTIONS = "/control-questions"
CONTROL_QUESTION = "/control-questions/{question_id}"
CONTROL_QUESTIONS_RUN = "/control-questions/run"
EVALUATIONS = "/control-questions/evaluations"

QUEUE = "/queue"
QUEUE_BULK = "/queue/bulk"
JOB = "/queue/{job_id}"
JOB_LOG = "/queue/{job_id}/log"
JOB_FILES = "/queue/{job_id}/files"
JOB_EVENTS = "/queue/{job_id}/events"
JOB_PICTURE = "/queue/{job_id}/picture"
JOB_CANCEL = "/queue/{job_id}/cancel"
JOB_RETRY = "/queue/{job_id}/retry"
JOB_CONTINUE = "/queue/{job_id}/continue"
JOB_PRIORITY = "/queue/{job_id}/priority"
JOB_RESULT = "/queue/{job_id}/result"

TOOLS_JOBS_ACTIVE = "/api/tools/jobs/active"
TOOLS_JOBS_COMPLETED = "/api/tools/jobs/completed"
TOOLS_JOB_CANCEL = "/api/tools/jobs/{job_id}/cancel"
TOOLS_JOB_DOWNLOAD = "/api/tools/jobs/{job_id}/download"
PROCESSES = "/processes"
PROCESS = "/processes/{process_id}"
PROCESS_CANCEL = "/processes/{process_id}/cancel"

AI = "/ai"
AI_STATUS = "/ai/status/{task_id}"
AI_TASKS = "/ai/tasks"
AI_STOP = "/ai/{task_id}/stop"
AI_MODELS = "/ai/models"
AI_ROLES = "/ai/roles"
AI_PROVIDER = "/ai/provider"
AI_PROVIDER_TEST = "/ai/provider/test"
AI_CONVERSATIONS = "/ai/conversations"
AI_CONVERSATION = "/ai/conversations/{conversation_id}"
AI_CONVERSATION_EXPORT = "/ai/conversations/{conversation_id}/export"
AI_QUESTION_LIST = "/ai/question-list"
SUBMIT_QUERY = "/submit_query"
AI_CHAT = "/api/ai/chat"

WS = "/ws"
SOCKET_IO = "/socket.io"


def path(route: str, **parts: str | int) -> str:
    """Fill a route's placeholders, percent-encoding each part.

    Args:
        route: A constant of this module, e.g. ``DOCUMENT_PAGE``.
        parts: A value for each ``{name}`` in it.

    Raises:
        KeyError: A placeholder has no value.
    """
    from urllib.parse import quote

    return route.format_map({name: quote(str(value), safe="") for name, value in parts.items()})
