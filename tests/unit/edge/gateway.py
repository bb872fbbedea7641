"""Requests to an app, as API Gateway hands them to Lambda (REST API, Lambda proxy integration)."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import parse_qsl

from chalice import Chalice

from tests.support.client import Reply


def call(
    app: Chalice,
    method: str,
    resource: str,
    *,
    path: dict[str, str] | None = None,
    query: str = "",
    body: Any = None,
    raw: bytes | None = None,
    headers: dict[str, str] | None = None,
    context: dict[str, Any] | None = None,
) -> Reply:
    """Call `app` at the route `resource`. `body` is sent as JSON, `raw` as it is."""
    if body is not None:
        raw = json.dumps(body).encode()
    sent = {"Host": "api.example", **({"Content-Type": "application/json"} if raw is not None else {})}
    pairs = parse_qsl(query, keep_blank_values=True)
    event = {
        "resource": resource,
        "path": resource.format(**(path or {})),
        "httpMethod": method,
        "headers": {**sent, **(headers or {})},
        "multiValueHeaders": {},
        "queryStringParameters": dict(pairs) or None,
        "multiValueQueryStringParameters": {n: [v for m, v in pairs if m == n] for n, _ in pairs} or None,
        "pathParameters": path,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": resource,
            "httpMethod": method,
            "path": "/api" + resource.format(**(path or {})),
            "stage": "api",
            "requestId": "request-1",
            "identity": {"sourceIp": "203.0.113.7"},
            **(context or {}),
        },
        "body": None if raw is None else base64.b64encode(raw).decode(),
        "isBase64Encoded": raw is not None,
    }
    answer = app(event, None)
    return Reply(answer["statusCode"], dict(answer["headers"]), answer["body"])
