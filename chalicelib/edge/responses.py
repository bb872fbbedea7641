"""Answers: the envelope of data, the one error shape, and the headers that every answer carries."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.errors import TizaError

JSON = "application/json"
HTML = "text/html; charset=utf-8"
SVG = "image/svg+xml"
CSV = "text/csv; charset=utf-8"
EXPOSED_HEADERS = "ETag, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id"
ALLOWED_HEADERS = "Authorization, Content-Type, Idempotency-Key, If-None-Match"
PREFLIGHT_SECONDS = 7200  # the longest that browsers keep a preflight

SECURITY_HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}


class Answer:
    """An HTTP answer on its way out; `code` is the error's, of one that is an error."""

    __slots__ = ("body", "code", "headers", "status")

    def __init__(self, status: int, body: str = "", headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.body = body
        self.code: str | None = None
        self.headers = {**SECURITY_HEADERS, **({"Content-Type": JSON} if body else {}), **(headers or {})}


def headers_of(media_type: str) -> dict[str, str]:
    """The headers that an answer of `media_type` needs beside those of every answer."""
    headers = {"Content-Type": media_type}
    if media_type == CSV:
        headers["Content-Disposition"] = 'attachment; filename="tiza.csv"'
    return headers


def error(fault: TizaError, request_id: str) -> Answer:
    """The one error shape, for every status of 400 and above."""
    headers = {}
    if fault.retry_after is not None:
        headers["Retry-After"] = str(fault.retry_after)
    if fault.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    shape = {
        "code": fault.code,
        "message": fault.message,
        "details": dict(fault.details),
        "request_id": request_id,
    }
    answer = Answer(fault.status, json.dumps({"error": shape}, default=str), headers)
    answer.code = fault.code
    return answer


def cors_headers(origin: str | None, allowed: Sequence[str]) -> dict[str, str]:
    """What a browser on `origin` must see to be let in; nothing for an origin that is not on the list."""
    if not origin:
        return {}
    headers = {"Vary": "Origin"}
    if origin in allowed:
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Expose-Headers"] = EXPOSED_HEADERS
    return headers


def preflight(methods: Sequence[str], origin: str | None, allowed: Sequence[str]) -> Answer:
    """The answer to an OPTIONS request (Fetch standard, CORS protocol)."""
    headers = {"Allow": ", ".join(methods), "Vary": "Origin"}
    if origin and origin in allowed:
        headers |= {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Methods": ", ".join(methods),
            "Access-Control-Allow-Headers": ALLOWED_HEADERS,
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        }
    return Answer(204, headers=headers)


def to_json(data: Any) -> str:
    """`data` (structs, UUIDs and datetimes included) as JSON text; times as RFC 3339 in UTC."""
    import msgspec

    return msgspec.json.encode(data).decode()
