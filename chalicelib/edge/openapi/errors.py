"""The error answers: one schema for all, and per operation the codes that it may answer with."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from chalicelib.edge.http import Endpoint
from chalicelib.edge.openapi.words import header_refs
from chalicelib.edge.responses import JSON
from chalicelib.errors import (
    CursorError,
    ForbiddenError,
    IdempotencyMismatchError,
    InProgressError,
    InternalError,
    MediaTypeError,
    NotFoundError,
    PayloadTooLargeError,
    RateLimitError,
    TizaError,
    UnauthorizedError,
    UnavailableError,
    ValidationError,
    all_errors,
)

EXAMPLE_REQUEST_ID = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"
EXAMPLE_DETAILS = {"VALIDATION_ERROR": {"path": "$.name", "reason": "Expected `str`, got `int`"}}
HEADERS_BY_STATUS = {401: ("WWW-Authenticate",), 429: ("Retry-After",), 503: ("Retry-After",)}

Errors = Sequence[type[TizaError]]


def possible(endpoint: Endpoint) -> list[type[TizaError]]:
    """Every error that `endpoint` may answer with, each code once, by status."""
    codes = {error.code for error in (*_implied(endpoint), *endpoint.raises)}
    return [error for error in all_errors() if error.code in codes]


def schema() -> dict[str, Any]:
    """The one shape of all errors."""
    fields = {
        "code": {
            "type": "string",
            "enum": [error.code for error in all_errors()],
            "description": "A stable name to branch on.",
        },
        "message": {"type": "string", "description": "One sentence for a developer; it may change."},
        "details": {"type": "object", "description": "What the code's description says."},
        "request_id": {"type": "string", "description": "The id of this call in the log."},
    }
    error = {"type": "object", "properties": fields, "required": list(fields)}
    return {"title": "Error", "type": "object", "properties": {"error": error}, "required": ["error"]}


def responses(errors: Errors) -> dict[str, Any]:
    """The error responses of an operation with these possible `errors`, as references by status."""
    where = "#/components/responses/"
    return {str(status): {"$ref": where + _name(group)} for status, group in _by_status(errors)}


def components(possible_sets: Iterable[Errors]) -> dict[str, Any]:
    """The responses that `responses` refers to, for all operations."""
    made = {}
    for errors in possible_sets:
        for status, group in _by_status(errors):
            made[_name(group)] = _response(status, group)
    return dict(sorted(made.items()))


def _implied(endpoint: Endpoint) -> Iterator[type[TizaError]]:
    """The errors that follow from the declaration; those of the service are in `raises`."""
    types = endpoint.types()
    yield from (ValidationError, InternalError)
    if "cursor" in getattr(types.get("query"), "__struct_fields__", ()):
        yield CursorError
    if endpoint.allow is not None:
        yield from (UnauthorizedError, ForbiddenError)  # no route is for every service key
    if "{" in endpoint.path:
        yield NotFoundError
    if endpoint.idempotent:
        yield from (IdempotencyMismatchError, InProgressError)
    if "body" in types:
        yield from (PayloadTooLargeError, MediaTypeError)
    if endpoint.limit is not None:
        yield RateLimitError
    if endpoint.allow is not None or endpoint.limit is not None or endpoint.transaction:
        yield UnavailableError


def _by_status(errors: Errors) -> Iterator[tuple[int, list[type[TizaError]]]]:
    for status, group in groupby(sorted(errors, key=lambda e: e.status), key=lambda e: e.status):
        yield status, list(group)


def _name(group: Errors) -> str:
    return ".".join(error.code for error in group)


def _response(status: int, group: Errors) -> dict[str, Any]:
    headers = HEADERS_BY_STATUS.get(status, ("Retry-After",) if InProgressError in group else ())
    codes = {"enum": [error.code for error in group]}
    only_these = {"properties": {"error": {"properties": {"code": codes}}}}
    return {
        "description": "\n".join(f"- `{error.code}`: {inspect.getdoc(error)}" for error in group),
        "headers": header_refs(*headers),
        "content": {
            JSON: {
                "schema": {"allOf": [{"$ref": "#/components/schemas/Error"}, only_these]},
                "examples": {error.code: {"value": _example(error)} for error in group},
            }
        },
    }


def _example(error: type[TizaError]) -> dict[str, Any]:
    return {
        "error": {
            "code": error.code,
            "message": error.message,
            "details": EXAMPLE_DETAILS.get(error.code, {}),
            "request_id": EXAMPLE_REQUEST_ID,
        }
    }
