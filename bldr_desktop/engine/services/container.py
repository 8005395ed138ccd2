# SPDX-License-Identifier: MIT
"""What routers are handed: everything the engine is made of, picked by ``engine.app`` alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bldr_desktop.engine.events.hub import Hub
    from bldr_desktop.engine.jobs.runner import JobRunner
    from bldr_desktop.engine.jobs.upkeep import Upkeep
    from bldr_desktop.engine.ports.blobs import BlobStore
    from bldr_desktop.engine.ports.documents import DocumentStore
    from bldr_desktop.engine.ports.events import EventLog
    from bldr_desktop.engine.ports.index import VectorIndex
    from bldr_desktop.engine.ports.parser import Parser
    from bldr_desktop.engine.services.ai import AiService
    from bldr_desktop.engine.services.ai_tasks import AiTaskService
    from bldr_desktop.engine.services.api_description import ApiDescription
    from bldr_desktop.engine.services.auth import AuthService
    from bldr_desktop.engine.services.documents import DocumentService
    from bldr_desktop.engine.services.evaluation import EvaluationService
    from bldr_desktop.engine.services.files import FormUpload
    from bldr_desktop.engine.services.health import Health
    from bldr_desktop.engine.services.index_care import IndexCare
    from bldr_desktop.engine.services.jobs import JobService
    from bldr_desktop.engine.services.metrics import Metrics
    from bldr_desktop.engine.services.passages import PassageService
    from bldr_desktop.engine.services.question_list import QuestionListService
    from bldr_desktop.engine.services.search import SearchService
    from bldr_desktop.engine.services.training import TrainingService
    from bldr_desktop.engine.services.uploads import UploadService
    from bldr_desktop.engine.services.watch import Watch
    from bldr_desktop.engine.settings import Settings


@dataclass
class Engine:
    """The parts of a running engine. Owners add their service as a field; ``engine.app`` fills it."""

    settings: "Settings"
    auth: "AuthService"
    health: "Health"
    metrics: "Metrics"
    documents: "DocumentStore"
    index: "VectorIndex"
    parser: "Parser"
    blobs: "BlobStore"
    events: "EventLog"
    uploads: "UploadService"
    search: "SearchService"
    library: "DocumentService"
    evaluation: "EvaluationService"
    care: "IndexCare"
    hub: "Hub"
    forms: "FormUpload"
    passages: "PassageService"
    ai: "AiService"
    ai_tasks: "AiTaskService"
    question_lists: "QuestionListService"
    watch: "Watch"
    description: "ApiDescription"
    jobs: "JobService"
    training: "TrainingService"
    runner: "JobRunner"
    upkeep: "Upkeep"
    close_store: Callable[[], None]
    """Lets go of the database, after everything else has ended."""
