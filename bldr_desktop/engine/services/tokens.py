# SPDX-License-Identifier: MIT
"""JSON Web Tokens with HS256, and nothing else (RFC 7515, RFC 7519).

Forty lines instead of a library whose other algorithms cost 9 MB of memory that an idle engine keeps
(docs/adr/041); the tests hold it against PyJWT both ways.
"""

import base64
import binascii
import hashlib
import hmac
import json
from typing import Any

_HEADER = {"alg": "HS256", "typ": "JWT"}
_LONGEST = 8192


def encode(claims: dict[str, Any], key: bytes) -> str:
    """Sign claims.

    Args:
        claims: What the token says.
        key: At least 32 bytes.
    """
    signed = f"{_pack(_HEADER)}.{_pack(claims)}"
    return f"{signed}.{_text(_signature(signed, key))}"


def decode(token: str, key: bytes) -> dict[str, Any] | None:
    """The claims of a token that this key signed with HS256; None for anything else.

    Times and audience are for the caller to check.
    """
    if len(token) > _LONGEST or not token.isascii() or token.count(".") != 2:
        return None
    signed, _, signature = token.rpartition(".")
    head, _, body = signed.partition(".")
    try:
        if not hmac.compare_digest(_bytes(signature), _signature(signed, key)):
            return None
        header, claims = json.loads(_bytes(head)), json.loads(_bytes(body))
    except (ValueError, RecursionError):
        return None
    if not isinstance(header, dict) or header.get("alg") != "HS256" or "crit" in header:
        return None
    return claims if isinstance(claims, dict) else None


def _signature(signed: str, key: bytes) -> bytes:
    return hmac.new(key, signed.encode("ascii"), hashlib.sha256).digest()


def _pack(value: dict[str, Any]) -> str:
    return _text(json.dumps(value, separators=(",", ":")).encode())


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    """Strict base64url without padding.

    Raises:
        ValueError: It is not that.
    """
    if "=" in text or "+" in text or "/" in text:
        raise ValueError("not base64url")
    padded = text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4)
    try:
        return base64.b64decode(padded, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error
