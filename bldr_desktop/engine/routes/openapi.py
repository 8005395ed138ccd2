# SPDX-License-Identifier: MIT
"""``/openapi.json``: how a client learns what this server can do. Open to everyone."""

from fastapi import APIRouter, Response

from bldr_desktop.engine.routes.deps import EngineDep
from bldr_desktop.protocol import routes

router = APIRouter()


@router.get(routes.OPENAPI, include_in_schema=False)
async def openapi(engine: EngineDep) -> Response:
    """The OpenAPI description."""
    headers = {"Cache-Control": "max-age=60"}
    return Response(await engine.description.get(), media_type="application/json", headers=headers)
