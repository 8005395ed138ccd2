# SPDX-License-Identifier: MIT
"""Our HS256 tokens, held against PyJWT."""

import base64
import json

import jwt
import pytest

from bldr_desktop.engine.services import tokens

KEY = b"k" * 32
CLAIMS = {"sub": "Анна", "exp": 4_000_000_000, "aud": "bldr-api", "list": [1, 2.5, None]}


def test_pyjwt_reads_ours_and_we_read_pyjwt() -> None:
    assert jwt.decode(tokens.encode(CLAIMS, KEY), KEY, algorithms=["HS256"], audience="bldr-api") == CLAIMS
    assert tokens.decode(jwt.encode(CLAIMS, KEY, algorithm="HS256"), KEY) == CLAIMS


def signed_with_header(header: object, key: bytes = KEY) -> str:
    """A token with a right signature over any header."""
    import hashlib
    import hmac

    def pack(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    body = f"{pack(header)}.{pack(CLAIMS)}"
    signature = hmac.new(key, body.encode(), hashlib.sha256).digest()
    return f"{body}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


@pytest.mark.parametrize(
    "header", [{"alg": "none"}, {"alg": "HS512"}, {"alg": "hs256"}, {}, [], {"alg": "HS256", "crit": ["x"]}]
)
def test_other_algorithms_are_refused_even_when_signed(header: object) -> None:
    assert tokens.decode(signed_with_header(header), KEY) is None


def test_every_changed_character_breaks_a_token() -> None:
    token = tokens.encode(CLAIMS, KEY)
    for place in range(0, len(token) - 1, 7):  # the very last one carries unused bits
        other = "A" if token[place] != "A" else "B"
        changed = token[:place] + other + token[place + 1 :]
        assert tokens.decode(changed, KEY) is None, place


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "..",
        "a.b",
        "a.b.c.d",
        "é.b.c",
        "=.=.=",
        "A" * 9000,
        "eyJhbGciOiJIUzI1NiJ9..",
        "\x00.\x00.\x00",
    ],
)
def test_rubbish_is_refused(text: str) -> None:
    assert tokens.decode(text, KEY) is None


def test_another_key_is_refused() -> None:
    assert tokens.decode(tokens.encode(CLAIMS, KEY), b"o" * 32) is None


def test_claims_must_be_an_object() -> None:
    assert tokens.decode(jwt.api_jws.encode(b"[1]", KEY, algorithm="HS256"), KEY) is None
