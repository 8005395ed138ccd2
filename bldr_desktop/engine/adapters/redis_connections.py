# SPDX-License-Identifier: MIT
"""How many live connections the other API processes have: limits hold over all of them.

Each process keeps a hash field with its own counts and a time; a process that has not written for
some seconds no longer counts. Redis away: each process counts for itself, said in the log.
"""

import json
import logging
import os
import threading
import time
import uuid
from collections.abc import Mapping
from typing import Any, cast

import redis

_KEY = "bldr:connections"
_STALE_SECONDS = 8.0
_REFRESH_SECONDS = 2.0
_log = logging.getLogger(__name__)


class RedisConnections:
    """Port ``Elsewhere`` of the hub.

    Args:
        url: ``redis://…``.
    """

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)
        self._name = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._mine: Mapping[str, int] = {}
        self._closed = threading.Event()
        threading.Thread(target=self._refresh, name="connections", daemon=True).start()

    def counts(self) -> tuple[int, dict[str, int]]:
        """Connections of the other processes: all, and by user."""
        now = time.time()
        users: dict[str, int] = {}
        try:
            rows = cast(dict[bytes, bytes], self._redis.hgetall(_KEY))
        except redis.RedisError as error:
            _log.warning("connections of other processes are unknown: %s", error)
            return 0, {}
        for name, content in rows.items():
            row: dict[str, Any] = json.loads(content)
            if name.decode() == self._name:
                continue
            if now - row["at"] > _STALE_SECONDS:
                self._forget(name.decode())
                continue
            for user, number in row["users"].items():
                users[user] = users.get(user, 0) + number
        return sum(users.values()), users

    def report(self, by_user: Mapping[str, int]) -> None:
        """Tell the others what is here now."""
        self._mine = dict(by_user)
        self._write()

    def close(self) -> None:
        """Take our own away."""
        self._closed.set()
        self._forget(self._name)
        self._redis.close()

    def _write(self) -> None:
        try:
            content = json.dumps({"at": time.time(), "users": self._mine})
            self._redis.hset(_KEY, self._name, content)
        except redis.RedisError as error:
            _log.warning("connections could not be told to other processes: %s", error)

    def _refresh(self) -> None:
        while not self._closed.wait(_REFRESH_SECONDS):
            self._write()

    def _forget(self, name: str) -> None:
        try:
            self._redis.hdel(_KEY, name)
        except redis.RedisError:
            _log.debug("a process's connections could not be forgotten")
