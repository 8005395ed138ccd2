# SPDX-License-Identifier: MIT
"""The parts of the AI room, joined."""

from collections.abc import Callable
from dataclasses import dataclass

from bldr_desktop.engine.adapters.secret_file import FileSecrets
from bldr_desktop.engine.adapters.sql.conversations import SqlConversations
from bldr_desktop.engine.adapters.sql.database import Database
from bldr_desktop.engine.jobs.kinds.ai_answer import AiAnswerKind
from bldr_desktop.engine.jobs.kinds.question_list import QuestionListKind
from bldr_desktop.engine.ports.blobs import BlobStore
from bldr_desktop.engine.ports.documents import DocumentStore
from bldr_desktop.engine.ports.domain import ParseLimits
from bldr_desktop.engine.ports.parser import Parser
from bldr_desktop.engine.services.ai import AiService
from bldr_desktop.engine.services.ai_tasks import AiTaskService
from bldr_desktop.engine.services.auth import Principal
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.jobs import JobService
from bldr_desktop.engine.services.knowledge import Attachments, DocumentKnowledge
from bldr_desktop.engine.services.question_list import QuestionLists, QuestionListService
from bldr_desktop.engine.services.search import SearchService
from bldr_desktop.engine.services.training import TrainingService
from bldr_desktop.engine.settings import Settings
from bldr_desktop.protocol.training import TrainRequest


@dataclass(slots=True)
class AiStack:
    """``kind`` goes to the runner, ``tasks`` comes once there is a queue."""

    service: AiService
    kind: AiAnswerKind
    lists: QuestionLists
    list_kind: QuestionListKind
    train: Callable[[str, str], str] | None = None
    """Queues a training of a folder for an owner; told once trainings can be queued."""

    def tasks(self, jobs: JobService) -> AiTaskService:
        """Questions as jobs of this queue."""
        return AiTaskService(self.service, jobs, self.kind.growing)

    def question_lists(self, jobs: JobService) -> QuestionListService:
        """Lists of questions as jobs of this queue."""
        return QuestionListService(self.lists, jobs)

    def train_with(self, training: TrainingService, find_user: Callable[[str], Principal | None]) -> None:
        """Let models that may call tools start a training, with the asking user's own rights."""

        def train(folder: str, owner: str) -> str:
            user = find_user(owner)
            if user is None:
                return "You may not start a training."
            try:
                job = training.start(TrainRequest(custom_dir=folder), user)
            except EngineError as error:
                return error.sentence
            return f"The training of {folder} is queued as job {job.id}."

        self.train = train


def build_ai(
    settings: Settings,
    database: Database,
    search: SearchService,
    documents: DocumentStore,
    parser: Parser,
    blobs: BlobStore,
) -> AiStack:
    """Join the parts."""
    stack: AiStack

    def knowledge(owner: str) -> DocumentKnowledge:
        def train(folder: str) -> str:
            return stack.train(folder, owner) if stack.train else "Trainings cannot be started now."

        return DocumentKnowledge(search, documents, train)

    limits = ParseLimits(
        wall_seconds=60, cpu_seconds=60, memory_bytes=settings.file_memory_bytes, ocr=settings.ocr
    )
    service = AiService(
        knowledge,
        Attachments(parser, blobs, documents, limits),
        SqlConversations(database),
        FileSecrets(settings.data_dir / "secrets.json"),
        roles_file=settings.data_dir / "roles.toml",
        local=None if settings.ai_discover else {},
        silence_seconds=settings.ai_silence_seconds,
    )
    lists = QuestionLists(service, parser, blobs, limits)
    list_kind = QuestionListKind(lists, settings.results_dir)
    stack = AiStack(service, AiAnswerKind(service), lists, list_kind)
    return stack
