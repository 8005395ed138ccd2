# SPDX-License-Identifier: MIT
"""``/ws``: live events and a few commands (wire.md). A refusal is accepted first, then closed with
1008 or 1013 and a reason, so that a client can tell which."""

import asyncio
import json
import logging
from typing import cast

from fastapi import APIRouter, WebSocket

from bldr_desktop.common.aio import spawn
from bldr_desktop.engine.events.framing import text_frame
from bldr_desktop.engine.events.hub import Refused
from bldr_desktop.engine.events.member import Member, Wire
from bldr_desktop.engine.hosts import header
from bldr_desktop.engine.routes.ws_commands import Conversation
from bldr_desktop.engine.routes.ws_wire import EXTENSION
from bldr_desktop.engine.services.auth import Principal
from bldr_desktop.engine.services.container import Engine
from bldr_desktop.engine.services.errors import EngineError
from bldr_desktop.protocol import routes
from bldr_desktop.protocol.base import WireModel, utc_now
from bldr_desktop.protocol.events import CLOSE_POLICY, ServerHello

router = APIRouter()
_log = logging.getLogger(__name__)
_RECHECK_SECONDS = 20.0


@router.websocket(routes.WS)
async def live(websocket: WebSocket) -> None:
    """One connection from its handshake to its end."""
    engine: Engine = websocket.app.state.engine
    await websocket.accept()
    arrived = False
    try:
        _check_origin(websocket, engine)
        engine.hub.arrive()
        arrived = True
        token = _token(websocket)
        user = await _check_token(engine, token)
        wire = cast(Wire, websocket.scope["extensions"][EXTENSION])
        member = engine.hub.join(
            wire, user.name, admin=user.is_admin, session=user.session, expires=user.expires
        )
    except Refused as refusal:
        _log.warning("refused a connection to /ws: %s", refusal)
        await websocket.close(refusal.code, str(refusal))
        return
    finally:
        if arrived:
            engine.hub.depart()
    await _serve(websocket, engine, member, token)


async def _serve(websocket: WebSocket, engine: Engine, member: Member, token: str) -> None:
    hub = engine.hub
    say(member, ServerHello(seq=member.cursor, epoch=engine.events.epoch, ts=utc_now()))
    grace = asyncio.get_running_loop().call_later(engine.settings.ws_hello_seconds, hub.go_live, member)
    recheck = spawn("ws.recheck", _recheck(engine, member, token))
    conversation = Conversation(engine, member, lambda frame: say(member, frame))
    try:
        while True:
            message = await websocket.receive()
            if message["type"] == "websocket.disconnect":
                break
            await conversation.take(message.get("text"))
    finally:
        grace.cancel()
        recheck.cancel()
        hub.leave(member)


def say(member: Member, frame: WireModel | dict[str, object]) -> None:
    """Write one control frame, outside of the numbered order."""
    if isinstance(frame, WireModel):
        payload = frame.model_dump_json().encode()
    else:
        payload = json.dumps(frame, ensure_ascii=False).encode()
    member.wire.write_frames(text_frame(payload))


def _check_origin(websocket: WebSocket, engine: Engine) -> None:
    origin = header(websocket.scope, b"origin")
    if origin is not None and origin not in engine.settings.allowed_origins:
        raise Refused(CLOSE_POLICY, "this origin is not allowed")


def _token(websocket: WebSocket) -> str:
    scheme, _, value = (header(websocket.scope, b"authorization") or "").partition(" ")
    if scheme.lower() == "bearer" and value:
        return value.strip()
    return websocket.query_params.get("token", "")


async def _check_token(engine: Engine, token: str) -> Principal:
    try:
        return await engine.auth.verify(token)
    except EngineError as error:
        raise Refused(CLOSE_POLICY, "sign-in needed") from error


async def _recheck(engine: Engine, member: Member, token: str) -> None:
    """A sign-in may have been ended elsewhere (another process, the command line)."""
    while True:
        await asyncio.sleep(_RECHECK_SECONDS)
        try:
            await engine.auth.verify(token)
        except EngineError:
            engine.hub.dismiss(member, CLOSE_POLICY, "the sign-in is over")
            return
