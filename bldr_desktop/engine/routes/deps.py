# SPDX-License-Identifier: MIT
"""What routers ask for: the engine, and who is calling.

Use ``CurrentUser`` or ``AdminUser`` as a parameter's annotation; both answer 401 with
``WWW-Authenticate`` to a missing, expired or forged token, ``AdminUser`` also 403 to others.
"""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import OAuth2PasswordBearer

from bldr_desktop.engine.services.auth import Principal
from bldr_desktop.engine.services.container import Engine
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.errors import ErrorBody, ErrorCode

bearer = OAuth2PasswordBearer(tokenUrl=routes.TOKEN, auto_error=False)


async def get_engine(request: Request) -> Engine:
    """The running engine. A coroutine: a plain function would cost each request a thread."""
    engine: Engine = request.app.state.engine
    return engine


EngineDep = Annotated[Engine, Depends(get_engine)]


async def current_user(engine: EngineDep, token: Annotated[str | None, Depends(bearer)]) -> Principal:
    """Who is calling, by the bearer token.

    Raises:
        EngineError: 401.
    """
    return await engine.auth.verify(token)


CurrentUser = Annotated[Principal, Depends(current_user)]


async def admin_user(user: CurrentUser) -> Principal:
    """The caller, who must be an admin.

    Raises:
        EngineError: 401 or 403.
    """
    if not user.is_admin:
        raise EngineError(403, ErrorCode.FORBIDDEN, "This needs the role admin.")
    return user


AdminUser = Annotated[Principal, Depends(admin_user)]


def client_address(request: Request) -> str:
    """The peer's address, for throttling and audit; forwarded headers are not believed."""
    return request.client.host if request.client else "unknown"


def error_answers(*statuses: int) -> dict[int | str, dict[str, object]]:
    """The ``responses=`` of a route for OpenAPI: each of ``statuses`` answers an error body."""
    return {status: {"model": ErrorBody, "description": _MEANING[status]} for status in statuses}


_MEANING = {
    400: "The request cannot be understood.",
    401: "Not signed in; the header `WWW-Authenticate` says how.",
    403: "Signed in, not allowed; or the page that asks is not on the list of origins.",
    404: "There is no such thing; the sentence says which.",
    409: "In conflict with the present state.",
    413: "Too large.",
    422: "Some fields are wrong; `fields` names them.",
    429: "Too many requests; `Retry-After` says when.",
    503: "A service that is needed is missing; the sentence names it, `Retry-After` says when to ask again.",
    507: "The disk is full.",
}
