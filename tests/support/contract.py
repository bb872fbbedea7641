"""Holds every answer that a test sees against the OpenAPI document: status, error code, headers, body."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from typing import Any

import jsonschema_rs

from chalicelib.edge import openapi

REF = "#/components/"


@functools.cache
def _document() -> dict[str, Any]:
    import app

    return openapi.document(app.api.endpoints, "")


@functools.cache
def _paths() -> list[tuple[re.Pattern[str], str]]:
    """Each path as a pattern, those without parameters first, as the router has it."""
    paths = sorted(_document()["paths"], key=lambda path: path.count("{"))
    return [(re.compile(re.sub(r"{\w+}", "[^/]+", path)), path) for path in paths]


@functools.cache
def _validator(path: str, method: str, status: str) -> Any:
    schema = _response(path, method, status)["content"]["application/json"]["schema"]
    return jsonschema_rs.validator_for(
        {**schema, "components": _document()["components"]}, validate_formats=True
    )


def _response(path: str, method: str, status: str) -> dict[str, Any]:
    response = _document()["paths"][path][method]["responses"][status]
    if "$ref" in response:
        response = _document()["components"]["responses"][response["$ref"].rpartition("/")[2]]
    return dict(response)


def faults(method: str, path: str, status: int, headers: Mapping[str, str], body: str) -> list[str]:
    """Where an answer is not as the document says; empty for a path that the document does not have."""
    path = path.partition("?")[0]
    template = next((name for pattern, name in _paths() if pattern.fullmatch(path)), None)
    operations = _document()["paths"].get(template, {})
    if template is None or method.lower() not in operations:
        return []
    where = f"{method} {template} {status}"
    if str(status) not in operations[method.lower()]["responses"]:
        return [f"{where}: the status is not declared: {body[:200]}"]
    response = _response(template, method.lower(), str(status))
    content = response.get("content", {})
    found = (
        [] if bool(body) == bool(content) else [f"{where}: a body where there is none, or none where one is"]
    )
    sent_type = {name.lower(): value for name, value in headers.items()}.get("content-type", "").partition(
        ";"
    )[0]
    if body and sent_type not in content:
        found.append(f"{where}: {sent_type} is not declared")
    if sent_type == "application/json" and body:
        errors = _validator(template, method.lower(), str(status)).iter_errors(json.loads(body))
        found += [f"{where}: {error.message} at {error.instance_path}" for error in errors]
    declared = {name.lower() for name in response.get("headers", {})}
    sent = {name.lower() for name in headers}
    found += [
        f"{where}: {name} is not declared" for name in {"etag", "ratelimit", "sunset"} & (sent - declared)
    ]
    return found
