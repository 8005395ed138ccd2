# SPDX-License-Identifier: MIT
"""``document_retrain``: read chosen documents again, whether their bytes changed or not."""

from bldr_desktop.engine.jobs.kinds.training import TrainingKind
from bldr_desktop.protocol.base import JobType


class RetrainKind(TrainingKind):
    """Params: ``document_ids``; ``force`` and ``again`` are set by who queues it."""

    type = JobType.RETRAIN
