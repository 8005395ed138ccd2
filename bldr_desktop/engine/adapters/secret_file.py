# SPDX-License-Identifier: MIT
"""Secrets in one file of the data folder that only its owner may read."""

import json
import os
import threading
from pathlib import Path


class FileSecrets:
    """Port ``SecretStore``: a JSON file, 0600, replaced in one step."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def get(self, name: str) -> str | None:
        """The secret, or None; an unreadable file counts as empty."""
        value = self._read().get(name)
        return value if isinstance(value, str) else None

    def put(self, name: str, value: str | None) -> None:
        """Keep it; None forgets it."""
        with self._lock:
            content = self._read()
            if value is None:
                content.pop(name, None)
            else:
                content[name] = value
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary = self._path.with_suffix(".new")
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as out:
                json.dump(content, out)
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(self._path)

    def _read(self) -> dict[str, object]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}
