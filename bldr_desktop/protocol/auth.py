# SPDX-License-Identifier: MIT
"""Sign-in."""

from typing import Literal

from bldr_desktop.protocol.base import WireModel

Role = Literal["admin", "user"]


class TokenAnswer(WireModel):
    """Answer of ``POST /token`` and ``POST /auth/refresh``; the last three are our engine's."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105 - the scheme's name
    refresh_token: str | None = None
    expires_in: int | None = None
    role: Role | None = None


class LaunchRequest(WireModel):
    """Body of ``POST /auth/launch``: the one-time token the desktop handed over by pipe."""

    launch_token: str


class RefreshRequest(WireModel):
    """Body of ``POST /auth/refresh``."""

    refresh_token: str


class ValidateAnswer(WireModel):
    """Answer of ``GET /auth/validate``."""

    valid: bool
    user: str | None = None
    role: str | None = None
    skip_auth: bool = False
