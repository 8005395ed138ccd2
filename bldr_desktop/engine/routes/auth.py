# SPDX-License-Identifier: MIT
"""Sign-in and sign-out."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from bldr_desktop.engine.routes.deps import CurrentUser, EngineDep, client_address, error_answers
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.auth import LaunchRequest, RefreshRequest, TokenAnswer, ValidateAnswer

router = APIRouter(tags=["sign-in"])


@router.post(
    routes.TOKEN, response_model_exclude_none=True, responses=error_answers(401, 403, 429), summary="Sign in"
)
async def sign_in(
    request: Request,
    response: Response,
    engine: EngineDep,
    username: Annotated[str, Form(max_length=100, examples=["anna"])],
    password: Annotated[str, Form(max_length=1000, examples=["correct horse"])],
    grant_type: Annotated[str | None, Form(pattern="^password$")] = None,
) -> TokenAnswer:
    """OAuth2 password flow, form-encoded."""
    _keep_out_of_caches(response)
    return await engine.auth.sign_in(username, password, client_address(request))


@router.post(routes.LAUNCH_TOKEN, responses=error_answers(401, 403), summary="Exchange the launch token")
async def launch(request: Request, response: Response, engine: EngineDep, body: LaunchRequest) -> TokenAnswer:
    """The desktop that started this engine gets an admin session; works once."""
    _keep_out_of_caches(response)
    return await engine.auth.launch(body.launch_token, client_address(request))


@router.post(routes.TOKEN_REFRESH, responses=error_answers(401, 403), summary="Rotate the refresh token")
async def refresh(response: Response, engine: EngineDep, body: RefreshRequest) -> TokenAnswer:
    """New tokens for a refresh token, which is spent; using a spent one ends the sign-in."""
    _keep_out_of_caches(response)
    return await engine.auth.refresh(body.refresh_token)


@router.post(routes.LOGOUT, status_code=204, responses=error_answers(401, 403), summary="Sign out")
async def logout(engine: EngineDep, user: CurrentUser) -> None:
    """End this sign-in: its tokens are void and its sockets close at once."""
    await engine.auth.logout(user)


@router.get(routes.AUTH_VALIDATE, responses=error_answers(401), summary="Is my token good?")
async def validate(user: CurrentUser) -> ValidateAnswer:
    """Who the bearer is."""
    return ValidateAnswer(valid=True, user=user.name, role=user.role)


def _keep_out_of_caches(response: Response) -> None:
    response.headers["Cache-Control"] = "no-store"
