# SPDX-License-Identifier: MIT
"""Logging with secrets taken out before anything is written."""

import logging
import logging.handlers
import re
import sys
from pathlib import Path

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


class RedactingFormatter(logging.Formatter):
    """Formats, then redacts: message, arguments and traceback alike."""

    def format(self, record: logging.LogRecord) -> str:
        """The finished line without secrets."""
        return redact(super().format(record))


def setup_logging(folder: Path | None, name: str, *, level: int = logging.INFO, console: bool = True) -> None:
    """Send the root logger to a rotating file (5 × 2 MB) and, if wanted, to stderr.

    Args:
        folder: Where ``<name>.log`` goes; None for stderr only. A folder that cannot be written
            is said on stderr and does not stop the program.
        name: The program's name.
        level: Lowest level kept.
        console: Also to stderr.
    """
    formatter = RedactingFormatter("%(asctime)s %(levelname)-7s %(process)d %(name)s: %(message)s")
    handlers: list[logging.Handler] = []
    if console:
        handlers.append(logging.StreamHandler(sys.stderr))
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
