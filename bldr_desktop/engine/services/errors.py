# SPDX-License-Identifier: MIT
"""The one exception that becomes an HTTP answer."""

from bldr_desktop.protocol.errors import ErrorCode


class EngineError(Exception):
    """An expected refusal with a stable code, a sentence for a person, and an HTTP status.

    Args:
        status: HTTP status of the answer.
        code: Stable word.
        sentence: What happened and, where there is one, the next step; English.
        fields: Field name to what is wrong with it (422).
        headers: Extra response headers, e.g. ``Retry-After``.
    """

    def __init__(
        self,
        status: int,
        code: ErrorCode,
        sentence: str,
        *,
        fields: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.sentence = sentence
        self.fields = fields or {}
        self.headers = headers or {}
