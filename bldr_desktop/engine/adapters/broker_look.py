# SPDX-License-Identifier: MIT
"""Is the broker there? For the health board."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bldr_desktop.engine.services.health import State

_SECONDS = 1.0


def broker_look(redis_url: str | None) -> Callable[[], "tuple[State, str]"]:
    """A look at the broker; blocks for at most a second or two.

    Args:
        redis_url: The broker of a cluster; None when jobs run in the engine's own process.
    """
    if redis_url is None:
        return lambda: ("off", "jobs run in the engine itself")

    def look() -> "tuple[State, str]":
        import redis

        client = redis.Redis.from_url(
            redis_url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS, retry=None
        )
        try:
            client.ping()
        except redis.RedisError as error:
            return "unhealthy", f"does not answer: {type(error).__name__}"
        finally:
            client.close()
        return "healthy", "answers"

    return look
