# SPDX-License-Identifier: MIT
"""Why a file could not be read, on its way out of a reader."""

from bldr_desktop.engine.ports.domain import ParseFailure
from bldr_desktop.protocol.errors import ErrorCode


class ReadError(Exception):
    """An expected failure: a stable code and a sentence that names the reason."""

    def __init__(self, code: ErrorCode, sentence: str, details: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.details = details

    def as_failure(self, kind: str | None = None) -> ParseFailure:
        """The value that is handed out of the child."""
        return ParseFailure(self.code, self.sentence, self.details[:2000], kind=kind)


def damaged(what: str, error: BaseException | str) -> ReadError:
    """A file of a known kind whose content cannot be made sense of."""
    details = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    return ReadError(ErrorCode.FILE_DAMAGED, f"The {what} is damaged or cut off: it cannot be read", details)
