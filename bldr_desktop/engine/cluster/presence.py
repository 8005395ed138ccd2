# SPDX-License-Identifier: MIT
"""Is a Celery worker there? Asked of Redis, where workers say so every few seconds."""

import asyncio
import json
import time
from typing import Any, cast

KEY = "bldr:processes"
ALIVE_SECONDS = 12.0


def say_alive(connection: Any, name: str) -> None:
    """A worker's main process says that it is there; ``connection`` is a Redis client."""
    connection.hset(KEY, name, json.dumps(time.time()))


async def worker_problem(redis_url: str, name: str) -> str | None:
    """None when the worker said that it is there lately, else a few words."""
    return await asyncio.to_thread(_ask, redis_url, name)


def _ask(redis_url: str, name: str) -> str | None:
    import redis

    connection = redis.Redis.from_url(redis_url, socket_timeout=1, socket_connect_timeout=1)
    try:
        said = cast(bytes | None, connection.hget(KEY, name))
    except redis.RedisError as error:
        return f"Redis does not answer: {error}"
    finally:
        connection.close()
    if said is None:
        return "has not said that it is there"
    age = time.time() - float(json.loads(said))
    return None if age < ALIVE_SECONDS else f"silent for {age:.0f} s"
