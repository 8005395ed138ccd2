# SPDX-License-Identifier: MIT
"""``GET /metrics`` for Prometheus: to admins, and to whoever has ``BLDR_METRICS_TOKEN``."""

import asyncio
import hmac

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from bldr_desktop.engine.routes.deps import EngineDep, error_answers
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.engine.services.metrics import CONTENT_TYPE
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.errors import ErrorCode

router = APIRouter(tags=["status"])


@router.get(
    routes.METRICS,
    responses=error_answers(401, 403),
    response_class=PlainTextResponse,
    summary="Figures for Prometheus",
)
async def metrics(engine: EngineDep, request: Request) -> PlainTextResponse:
    """Requests by route, jobs, documents, components, load. Bearer: an admin's token, or the one that
    `BLDR_METRICS_TOKEN` sets for this alone."""
    head = request.headers.get("authorization", "")
    token = head[7:] if head[:7].lower() == "bearer " else None
    known = engine.settings.metrics_token
    if known is None or not hmac.compare_digest((token or "").encode(), known.get_secret_value().encode()):
        user = await engine.auth.verify(token)
        if not user.is_admin:
            raise EngineError(403, ErrorCode.FORBIDDEN, "This needs the role admin.")
    text = await asyncio.to_thread(engine.metrics.text)
    return PlainTextResponse(text, media_type=CONTENT_TYPE)
