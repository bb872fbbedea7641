"""The authorizer: a bearer token becomes claims, or 401.

API Gateway caches its answer per token, so it allows every route: roles and ownership are checked by the
endpoint and the service. It looks at the token alone and opens no database connection.
"""

from __future__ import annotations

from typing import Any

from chalice.app import AuthResponse

from chalicelib.errors import UnauthorizedError

SCHEME = "bearer "


class Unauthorized(Exception):
    """What an API Gateway Lambda authorizer raises to have the client answered with 401."""


def check(request: Any) -> AuthResponse:
    """The policy for Chalice's `AuthRequest`. Raises `Unauthorized` for any token that is not good."""
    from chalicelib import tokens

    header = request.token or ""
    if not header.lower().startswith(SCHEME):
        raise Unauthorized("Unauthorized")
    token = header[len(SCHEME) :].strip()
    if tokens.is_service_key(token):
        return _of_service_key(tokens.digest(token))
    try:
        verified = tokens.verify(token)
    except UnauthorizedError:
        raise Unauthorized("Unauthorized") from None
    context = {
        "subject": verified.subject,
        "token_version": str(verified.version),
        "expires_at": str(verified.expires_at),
    }
    if verified.issuer is not None:
        context["issuer"] = verified.issuer
    return AuthResponse(routes=["*"], principal_id=verified.subject, context=context)


def _of_service_key(digest: str) -> AuthResponse:
    """Let a well-formed service key pass: whose it is, and whether it is still good, the database says."""
    context = {"subject": digest, "is_service_key": "true"}
    return AuthResponse(routes=["*"], principal_id=digest, context=context)
