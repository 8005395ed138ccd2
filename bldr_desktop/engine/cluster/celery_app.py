# SPDX-License-Identifier: MIT
"""The Celery application: a task is only a nudge, the database says what is to be done.

``run_job`` carries a job's id. A message that comes twice (visibility timeout, lost worker) finds the
job's lease taken and ends; one that never comes is sent again by ``reconcile``. ``help`` has an idle
worker read files for a job that another one holds, a few seconds at a time.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from celery import Celery

from bldr_desktop.engine.services.container import Engine
from bldr_desktop.engine.services.schedule import CHORE_SECONDS
from bldr_desktop.engine.settings import Settings

if TYPE_CHECKING:
    from bldr_desktop.engine.cluster.work import Work

RUN, HELP, CHORE, RECONCILE = "bldr.run_job", "bldr.help", "bldr.chore", "bldr.reconcile"
QUEUE = "bldr"
RECONCILE_SECONDS = 4.0
Build = Callable[[Settings], Engine]


def make_celery(settings: Settings, build: Build | None = None) -> Celery:
    """The application, for workers, beat and those who send.

    Args:
        settings: Those of the cluster.
        build: Makes a worker process's engine; None for those who only send.

    Raises:
        ValueError: No ``BLDR_REDIS_URL``.
    """
    if settings.redis_url is None:
        raise ValueError("BLDR_REDIS_URL is not set")
    app = Celery("bldr", broker=settings.redis_url, set_as_current=False)
    app.conf.update(
        task_default_queue=QUEUE,
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_track_started=False,
        worker_prefetch_multiplier=1,
        worker_send_task_events=False,
        worker_hijack_root_logger=False,
        worker_lost_wait=1.0,
        worker_soft_shutdown_timeout=8.0,
        worker_enable_soft_shutdown_on_idle=True,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        broker_connection_retry_on_startup=True,
        broker_connection_retry=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "visibility_timeout": settings.visibility_seconds,
            "priority_steps": list(range(10)),
            "queue_order_strategy": "priority",
            "socket_timeout": 10,
            "socket_connect_timeout": 2,
        },
        beat_schedule=_schedule(),
        beat_schedule_filename=str(settings.data_dir / "run" / "beat"),
        timezone="UTC",
    )
    if build is not None:
        _register(app, settings, build)
    return app


def _schedule() -> dict[str, dict[str, Any]]:
    plan: dict[str, dict[str, Any]] = {
        "reconcile": {
            "task": RECONCILE,
            "schedule": RECONCILE_SECONDS,
            "options": {"expires": RECONCILE_SECONDS},
        }
    }
    for name, seconds in CHORE_SECONDS.items():
        plan[name] = {
            "task": CHORE,
            "schedule": seconds,
            "args": [name, seconds],
            "options": {"expires": seconds},
        }
    return plan


def _register(app: Celery, settings: Settings, build: Build) -> None:
    known: list[Work] = []

    def work() -> "Work":
        """This process's engine, built at its first task: after the fork, never before."""
        if not known:
            from bldr_desktop.engine.cluster.work import Work

            known.append(Work(settings, build))
        return known[0]

    @app.task(name=RUN)  # type: ignore[untyped-decorator]
    def run_job(job_id: str) -> bool:
        return work().run_job(job_id)

    @app.task(name=HELP)  # type: ignore[untyped-decorator]
    def help_others() -> int:
        return work().help_others()

    @app.task(name=CHORE)  # type: ignore[untyped-decorator]
    def chore(name: str, every: float) -> bool:
        slot = int(time.time() // every)
        return work().first_to(f"chore:{name}:{slot}", every) and work().chore(name, slot)

    @app.task(name=RECONCILE)  # type: ignore[untyped-decorator]
    def reconcile() -> int:
        if not work().first_to(f"reconcile:{int(time.time() // RECONCILE_SECONDS)}", RECONCILE_SECONDS):
            return 0
        return work().reconcile()
