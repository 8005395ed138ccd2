# SPDX-License-Identifier: MIT
"""Is the engine well, and what is it doing: from kept state, never probed per request."""

from fastapi import APIRouter

from bldr_desktop.engine.routes.deps import CurrentUser, EngineDep, error_answers
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.status import HealthAnswer, StatusAnswer

router = APIRouter(tags=["status"])


@router.get(routes.HEALTH, summary="Is the engine well?")
async def health(engine: EngineDep) -> HealthAnswer:
    """Open to everyone; names no paths and no versions."""
    return engine.health.health()


@router.get(routes.STATUS, responses=error_answers(401), summary="What every component is doing")
async def status(engine: EngineDep, _user: CurrentUser) -> StatusAnswer:
    """Component by component, with load, disk, workers and limits."""
    return engine.health.status()
