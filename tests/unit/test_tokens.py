"""Our own access tokens: only a good one is good (RFC 8725, RFC 9068)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any
from uuid import UUID

import jwt
import pytest

from chalicelib import settings, tokens
from chalicelib.errors import UnauthorizedError

USER = UUID("01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4e")
OLD, NEW = "old-0123456789abcdef0123456789abcdef", "new-0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("TIZA_TOKEN_KEYS", f"new:{NEW},old:{OLD}")
    settings.reset()
    yield
    settings.reset()


def forged(*, key: str = NEW, header: dict[str, Any] | None = None, without: str = "", **claims: Any) -> str:
    """A token like ours, signed by hand, but for what is given."""
    now = int(time.time())
    ours = {
        "iss": "tiza",
        "aud": "tiza-api",
        "sub": str(USER),
        "ver": 1,
        "iat": now,
        "exp": now + 900,
        **claims,
    }
    ours.pop(without, None)
    head = {"alg": "HS256", "typ": "at+jwt", "kid": "new", **(header or {})}
    signed = f"{_part(head)}.{_part(ours)}"
    return f"{signed}.{_base64(hmac.digest(key.encode(), signed.encode(), 'sha256'))}"


def _part(value: Any) -> str:
    return _base64(json.dumps(value).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def test_what_was_issued_is_verified() -> None:
    verified = tokens.verify(tokens.issue(USER, 3))
    assert verified[:3] == (str(USER), 3, None)
    assert 0 < verified.expires_at - time.time() <= settings.get().access_token_seconds


def test_a_token_says_no_more_than_it_must() -> None:
    claims = jwt.decode(tokens.issue(USER, 3), options={"verify_signature": False})
    assert set(claims) == {"iss", "aud", "sub", "ver", "iat", "exp", "jti"}


def test_two_tokens_of_one_moment_differ() -> None:
    assert tokens.issue(USER, 1) != tokens.issue(USER, 1)


def test_a_token_of_the_earlier_key_is_good_while_the_key_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    token = forged(key=OLD, header={"kid": "old"})
    assert tokens.verify(token).subject == str(USER)
    monkeypatch.setenv("TIZA_TOKEN_KEYS", f"new:{NEW}")
    settings.reset()
    with pytest.raises(UnauthorizedError):
        tokens.verify(token)


def test_the_forgery_of_these_tests_would_pass_if_nothing_were_changed() -> None:
    assert tokens.verify(forged()).subject == str(USER)


@pytest.mark.parametrize(
    "change",
    [
        {"key": OLD},
        {"key": "another-key-0123456789abcdef0123456789"},
        {"header": {"kid": "unknown"}},
        {"header": {"kid": None}},
        {"header": {"kid": ["new"]}},
        {"header": {"kid": 7}},
        {"header": {"crit": ["exp"]}},
        {"header": {"typ": "JWT"}},
        {"header": {"typ": "rt+jwt"}},
        {"header": {"typ": None}},
        {"exp": int(time.time()) - 1},
        {"exp": "tomorrow"},
        {"iat": int(time.time()) + 3600},
        {"iss": "another"},
        {"aud": "another"},
        {"aud": ["tiza-api-2"]},
        {"sub": "no UUID"},
        {"ver": "one"},
        {"ver": None},
        {"nbf": int(time.time()) + 3600},
        *({"without": claim} for claim in ("iss", "aud", "sub", "exp", "iat", "ver")),
    ],
    ids=",".join,  # no times in the names: every worker of xdist must find the same ones
)
def test_a_token_that_is_not_quite_ours_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(UnauthorizedError):
        tokens.verify(forged(**change))


@pytest.mark.parametrize(
    "algorithm", ["none", "None", "NONE", "", None, 5, "HS384", "HS512", "RS256", "ES256", "PS256"]
)
@pytest.mark.parametrize("signature", ["", "c2lnbmF0dXJl"])
def test_no_other_algorithm_is_taken(algorithm: Any, signature: str) -> None:
    _, claims, _ = forged().split(".")
    header = _part({"alg": algorithm, "typ": "at+jwt", "kid": "new"})
    with pytest.raises(UnauthorizedError):
        tokens.verify(f"{header}.{claims}.{signature}")


def test_a_right_signature_by_another_algorithm_is_refused() -> None:
    claims = jwt.decode(forged(), options={"verify_signature": False})
    token = jwt.encode(claims, NEW * 2, "HS512", headers={"typ": "at+jwt", "kid": "new"})
    with pytest.raises(UnauthorizedError):
        tokens.verify(token)


def test_a_changed_claim_breaks_the_signature() -> None:
    header, claims, signature = forged().split(".")
    changed = json.loads(base64.urlsafe_b64decode(claims + "=="))
    changed["sub"] = "01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4f"
    with pytest.raises(UnauthorizedError):
        tokens.verify(f"{header}.{_part(changed)}.{signature}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "..",
        "a.b.c",
        "Bearer x",
        "\x00",
        "é.é.é",
        "\ud800",
        "[].[].[]",
        _part([]) + ".e30.",
        "x" * 8192,
        "x" * 9000,
    ],
)
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(UnauthorizedError):
        tokens.verify(text)


def test_a_token_of_an_untrusted_issuer_is_refused() -> None:
    header, claims = _part({"alg": "RS256", "kid": "x"}), _part({"iss": "https://evil.example", "sub": "x"})
    with pytest.raises(UnauthorizedError):
        tokens.verify(f"{header}.{claims}.c2lnbmF0dXJl")


def test_secrets_have_256_bits_and_are_stored_as_hashes() -> None:
    secrets = {tokens.new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert {len(base64.urlsafe_b64decode(secret + "=")) for secret in secrets} == {32}
    assert tokens.digest("tiza") == hashlib.sha256(b"tiza").hexdigest()
