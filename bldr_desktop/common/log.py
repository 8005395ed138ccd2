# SPDX-License-Identifier: MIT
"""Logging with secrets taken out before anything is written, as lines for people or for machines."""

import json
import logging
import logging.handlers
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

_SECRETS = (
    re.compile(
        r"(?i)(token|password|secret|api_key|refresh_token|access_token|launch_token)([\"']?\s*[=:]\s*[\"']?)[^\s\"'&,}]+"
    ),
    re.compile(r"(?i)(bearer)(\s+)[A-Za-z0-9._~+/=-]+"),
    re.compile(r"()()eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*"),
)


def redact(text: str) -> str:
    """Replace whatever looks like a token, password or key by ``***``."""
    for pattern in _SECRETS:
        text = pattern.sub(r"\1\2***", text)
    return text


_bound: ContextVar[Mapping[str, str]] = ContextVar("bldr_log_ids", default=MappingProxyType({}))


@contextmanager
def bound(**ids: str) -> Iterator[None]:
    """Put ids (``request=…``, ``job=…``) on every line that is logged inside, in tasks and threads that
    were started there too."""
    token = _bound.set({**_bound.get(), **ids})
    try:
        yield
    finally:
        _bound.reset(token)


class RedactingFormatter(logging.Formatter):
    """Formats, then redacts: message, arguments and traceback alike."""

    def format(self, record: logging.LogRecord) -> str:
        """The finished line without secrets."""
        record.ids = "".join(f" {name}={value}" for name, value in _bound.get().items())
        return redact(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line: ``time``, ``level``, ``process``, ``logger``, ``message``, ids, ``error``."""

    def format(self, record: logging.LogRecord) -> str:
        """The finished line without secrets."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": record.process,
            "logger": record.name,
            "message": redact(record.getMessage()),
            **_bound.get(),
        }
        if record.exc_info:
            line["error"] = redact(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def setup_logging(
    folder: Path | None,
    name: str,
    *,
    level: int = logging.INFO,
    console: bool = True,
    console_level: int = logging.NOTSET,
    as_json: bool = False,
) -> None:
    """Send the root logger to a rotating file (5 × 2 MB) and, if wanted, to stderr.

    Args:
        folder: Where ``<name>.log`` goes; None for stderr only. A folder that cannot be written
            is said on stderr and does not stop the program.
        name: The program's name.
        level: Lowest level kept.
        console: Also to stderr.
        console_level: Lowest level that goes to stderr, where that is higher than ``level``.
        as_json: Lines for machines.
    """
    text = "%(asctime)s %(levelname)-7s %(process)d %(name)s%(ids)s: %(message)s"
    formatter = JsonFormatter() if as_json else RedactingFormatter(text)
    handlers: list[logging.Handler] = []
    if console:
        handlers.append(logging.StreamHandler(sys.stderr))
        handlers[0].setLevel(console_level)
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handlers.append(
                logging.handlers.RotatingFileHandler(
                    folder / f"{name}.log", maxBytes=2_000_000, backupCount=4, encoding="utf-8", delay=True
                )
            )
        except OSError as error:
            sys.stderr.write(f"{name}: cannot write logs to {folder}: {error.strerror}\n")
    root = logging.getLogger()
    for handler in handlers:
        handler.setFormatter(formatter)
        root.addHandler(handler)
    root.setLevel(level)
