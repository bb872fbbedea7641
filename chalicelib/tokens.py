"""Access tokens (signed, short-lived) and opaque tokens (random, stored as hashes).

Own access tokens are JWTs as RFC 9068 has them, checked as RFC 8725 asks: one fixed algorithm, `iss`, `aud`,
`exp` and `typ` required. The role is never in a token: it is read from the database at each request.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import time
from typing import Any, NamedTuple
from uuid import UUID

from chalicelib import settings
from chalicelib.errors import UnauthorizedError, UnavailableError
from chalicelib.settings import Issuer

ALGORITHM = "HS256"
TYPE = "at+jwt"  # RFC 9068, 2.1
OUTSIDE_ALGORITHMS = ("RS256", "ES256")
LEEWAY_SECONDS = 30  # for the clocks of outside issuers
JWKS_TIMEOUT_SECONDS = 3
RETRY_AFTER_SECONDS = 5
LONGEST_TOKEN = 8192
SERVICE_KEY = re.compile(r"tiza_sk_[A-Za-z0-9_-]{43}")

_jwks_clients: dict[str, Any] = {}
_jwks_lock = threading.Lock()


class Verified(NamedTuple):
    """What a good token says. `issuer` is None for our own; `version` is the user's token version."""

    subject: str
    version: int
    issuer: str | None
    expires_at: int


def issue(user_id: UUID, version: int) -> str:
    """An access token for `user_id`, good for the settings' `access_token_seconds`."""
    import jwt

    current = settings.get()
    key, now = current.token_keys[0], int(time.time())
    claims = {
        "iss": current.token_issuer,
        "aud": current.token_audience,
        "sub": str(user_id),
        "ver": version,
        "iat": now,
        "exp": now + current.access_token_seconds,
        "jti": secrets.token_urlsafe(12),
    }
    return jwt.encode(claims, key.secret, ALGORITHM, headers={"typ": TYPE, "kid": key.key_id})


def verify(token: str) -> Verified:
    """Check an access token, our own or a trusted issuer's.

    Raises `UnauthorizedError` for any fault of the token, `UnavailableError` when the issuer is away.
    """
    import jwt

    if len(token) > LONGEST_TOKEN:
        raise UnauthorizedError()
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") == ALGORITHM:
            return _own(token, header)
        return _outside(token, header)
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise UnauthorizedError() from error


def _own(token: str, header: dict[str, Any]) -> Verified:
    import jwt

    current = settings.get()
    if str(header.get("typ", "")).lower() != TYPE:
        raise UnauthorizedError()
    secret = {key.key_id: key.secret for key in current.token_keys}[header["kid"]]
    claims = jwt.decode(
        token,
        secret,
        algorithms=[ALGORITHM],
        issuer=current.token_issuer,
        audience=current.token_audience,
        options={"require": ["iss", "aud", "sub", "exp", "iat"]},
    )
    return Verified(str(UUID(claims["sub"])), int(claims["ver"]), None, int(claims["exp"]))


def _outside(token: str, header: dict[str, Any]) -> Verified:
    """A token of a trusted OpenID issuer, checked with the issuer's published keys (RFC 7517)."""
    import jwt

    if header.get("alg") not in OUTSIDE_ALGORITHMS:
        raise UnauthorizedError()
    unverified = jwt.decode(token, options={"verify_signature": False})
    issuers = {issuer.issuer: issuer for issuer in settings.get().trusted_issuers}
    issuer = issuers[unverified["iss"]]
    try:
        key = _jwks_client(issuer).get_signing_key_from_jwt(token)
    except jwt.PyJWKClientConnectionError as error:
        raise UnavailableError(
            "The issuer's keys cannot be fetched.", retry_after=RETRY_AFTER_SECONDS
        ) from error
    claims = jwt.decode(
        token,
        key.key,
        algorithms=list(OUTSIDE_ALGORITHMS),
        issuer=issuer.issuer,
        audience=issuer.audience,
        leeway=LEEWAY_SECONDS,
        options={"require": ["iss", "aud", "sub", "exp"]},
    )
    return Verified(str(claims["sub"]), 0, issuer.issuer, int(claims["exp"]))


def _jwks_client(issuer: Issuer) -> Any:
    from jwt.jwks_client import PyJWKClient

    with _jwks_lock:
        if issuer.jwks_url not in _jwks_clients:
            _jwks_clients[issuer.jwks_url] = PyJWKClient(issuer.jwks_url, timeout=JWKS_TIMEOUT_SECONDS)
        return _jwks_clients[issuer.jwks_url]


def new_secret() -> str:
    """A random token of 256 bits, URL-safe: for refresh tokens and one-time tokens."""
    return secrets.token_urlsafe(32)


def new_service_key() -> str:
    """A random key of 256 bits for another system, to be told from other secrets by its beginning."""
    return f"tiza_sk_{new_secret()}"


def is_service_key(token: str) -> bool:
    """Whether `token` looks like a service key; whether it is one, the database says."""
    return SERVICE_KEY.fullmatch(token) is not None


def digest(secret: str) -> str:
    """The SHA-256 of a random token, in hexadecimal: all that is stored of it. Not for passwords."""
    return hashlib.sha256(secret.encode()).hexdigest()
