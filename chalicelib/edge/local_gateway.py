"""Makes `chalice local` answer as API Gateway does in front of the deployed API.

API Gateway finds the route, asks the authorizer, hands the function an event and compresses what comes back;
what it refuses itself, it answers with its gateway responses, which our deployment sets to the one error
shape. This module does the same in `chalice local`, whose own gateway drops connections, answers in HTML
and echoes tokens. It is imported by `app.py` in Chalice's command-line mode only, never in Lambda.
"""

from __future__ import annotations

import base64
import contextlib
import gzip
import json
import time
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from chalicelib import observe, settings
from chalicelib.edge import local_database, local_http, local_reload, responses
from chalicelib.edge.local_http import BODILESS, Incoming, Outgoing
from chalicelib.errors import InternalError, NotFoundError, TizaError, UnauthorizedError, ValidationError

STAGE = "api"
UNAUTHORIZED = "Unauthorized"  # the very text by which an authorizer has the gateway answer 401


def install(app: Any) -> None:
    """Have `chalice local` serve `app` through this gateway. Other commands of Chalice never get this far."""
    import chalice.local

    local: Any = chalice.local

    def create(_app: Any, config: Any, host: str, port: int) -> Any:
        # Chalice's own way of giving each thread a current request of its own.
        local.CustomLocalChalice.__bases__ = (local.LocalChalice, app.__class__)
        app.__class__ = local.CustomLocalChalice
        with local_http.ending_the_process_on_failure():
            local_database.prepare()
            handler = local_http.handler_for(Gateway(app, config))
            return local.LocalDevServer(app, config, host, port, handler, local_http.Server)

    local.create_local_server = create
    local_reload.watch_sources_only()


class Gateway:
    """API Gateway in front of a Chalice `app`. `compress_from`: the smallest body to compress, in bytes."""

    def __init__(self, app: Any, config: Any) -> None:
        self._app = app
        self._config = config
        self._compress_from: int | None = config.minimum_compression_size
        patterns = sorted(app.routes, key=lambda p: [part.startswith("{") for part in p.split("/")])
        self._patterns = [(pattern, pattern.split("/")) for pattern in patterns]

    def answer(self, incoming: Incoming) -> Outgoing:
        """Answer a request. Raises nothing."""
        request_id = str(uuid.uuid4())
        try:
            event = self._event(incoming, request_id)
            context = self._lambda_context(request_id)
            self._authorize(event, context)
            outgoing = _from_lambda(self._app(event, context))
        except TizaError as fault:
            outgoing = _refusal(fault, request_id, incoming.method)
        except Exception:
            observe.log.exception("fault in the local gateway", extra={"fields": {"request_id": request_id}})
            outgoing = _refusal(InternalError(), request_id, incoming.method)
        return self._compressed(outgoing, incoming.headers.get("Accept-Encoding", ""))

    def malformed(self, reason: str) -> Outgoing:
        """The answer to what is no HTTP request."""
        return _refusal(ValidationError(reason), str(uuid.uuid4()), "")

    def _event(self, incoming: Incoming, request_id: str) -> dict[str, Any]:
        """The event of a Lambda proxy integration. Raises `NotFoundError` where no route fits."""
        path, _, query = _origin_form(incoming.target).partition("?")
        pattern, captured = self._route(incoming.method, path)
        headers = _with_forwarding(incoming)
        queries = parse_qs(query, keep_blank_values=True)
        body, is_base64 = self._encoded(incoming)
        return {
            "resource": pattern,
            "path": path,
            "httpMethod": incoming.method,
            "headers": {name: values[-1] for name, values in headers.items()},
            "multiValueHeaders": headers,
            "queryStringParameters": {name: values[-1] for name, values in queries.items()} or None,
            "multiValueQueryStringParameters": queries or None,
            "pathParameters": captured or None,  # percent-encoded, as a REST API passes them
            "stageVariables": None,
            "requestContext": {
                "apiId": "local",
                "domainName": incoming.headers.get("Host"),
                "httpMethod": incoming.method,
                "identity": {"sourceIp": incoming.address, "userAgent": incoming.headers.get("User-Agent")},
                "path": path,
                "protocol": "HTTP/1.1",
                "requestId": request_id,
                "requestTimeEpoch": int(time.time() * 1000),
                "resourcePath": pattern,
                "stage": STAGE,
            },
            "body": body,
            "isBase64Encoded": is_base64,
        }

    def _route(self, method: str, path: str) -> tuple[str, dict[str, str]]:
        """The route's pattern and what its parameters captured. Raises `NotFoundError`."""
        parts = (path.removesuffix("/") or "/").split("/")
        for pattern, wanted in self._patterns:
            captured = _captured(wanted, parts)
            if captured is not None:
                if method not in self._app.routes[pattern]:
                    break  # the gateway has no 405
                return pattern, captured
        raise NotFoundError("There is no such path and method.")

    def _encoded(self, incoming: Incoming) -> tuple[str | None, bool]:
        """The body as an event holds it, and whether that is base64. What is no text is not bent into one."""
        if not incoming.body:
            return None, False
        if incoming.headers.get_content_type() not in self._app.api.binary_types:
            with contextlib.suppress(UnicodeDecodeError):  # then it is binary, whatever it calls itself
                return incoming.body.decode(), False
        return base64.b64encode(incoming.body).decode(), True

    def _authorize(self, event: dict[str, Any], context: Any) -> None:
        """Add the authorizer's context to `event`, where its route has one. Raises `UnauthorizedError`."""
        request = event["requestContext"]
        authorizer = self._app.routes[request["resourcePath"]][request["httpMethod"]].authorizer
        if authorizer is None:
            return
        token = next((v for n, v in event["headers"].items() if n.lower() == "authorization"), "")
        if not token:
            raise UnauthorizedError()
        arn = f"arn:aws:execute-api:local:000000000000:local/{STAGE}/{event['httpMethod']}{event['path']}"
        try:
            policy = authorizer({"type": "TOKEN", "authorizationToken": token, "methodArn": arn}, context)
        except Exception as error:
            if str(error) == UNAUTHORIZED:
                raise UnauthorizedError() from None
            raise
        if not _allows(policy, arn):
            raise UnauthorizedError()
        values = {**policy.get("context", {}), "principalId": policy["principalId"]}
        request["authorizer"] = {name: _as_text(value) for name, value in values.items() if value is not None}

    def _lambda_context(self, request_id: str) -> Any:
        from chalice.local import LambdaContext

        seconds = self._config.lambda_timeout or 30
        context = LambdaContext(self._config.function_name, self._config.lambda_memory_size, seconds * 1000)
        context.aws_request_id = request_id
        return context

    def _compressed(self, outgoing: Outgoing, accepted: str) -> Outgoing:
        is_large = self._compress_from is not None and len(outgoing.body) >= self._compress_from
        is_encoded = any(name.lower() == "content-encoding" for name, _ in outgoing.headers)
        if not is_large or is_encoded or not _takes_gzip(accepted):
            return outgoing
        headers = [*outgoing.headers, ("Content-Encoding", "gzip")]
        return Outgoing(outgoing.status, headers, gzip.compress(outgoing.body, compresslevel=6, mtime=0))


def _refusal(fault: TizaError, request_id: str, method: str) -> Outgoing:
    """What the gateway answers by itself: the one error shape, open to the first of the allowed origins."""
    answer = responses.error(fault, request_id)
    headers = {**answer.headers, "X-Request-Id": request_id}
    origins = settings.get().cors_origins
    if origins:
        headers |= {
            "Access-Control-Allow-Origin": origins[0],
            "Access-Control-Expose-Headers": responses.EXPOSED_HEADERS,
        }
    # Neither path nor query: what the gateway refuses may hold a token in either.
    observe.event("refused by the gateway", method=method[:20], status=answer.status, request_id=request_id)
    return Outgoing(answer.status, list(headers.items()), answer.body.encode())


def _origin_form(target: str) -> str:
    """`target` without scheme and host, which a client may send (RFC 9112, 3.2.2)."""
    scheme, separator, rest = target.partition("://")
    if separator and scheme.lower() in ("http", "https"):
        return "/" + rest.partition("/")[2]
    return target


def _captured(wanted: list[str], parts: list[str]) -> dict[str, str] | None:
    """The parameters of the pattern `wanted` in `parts`; None where it does not match."""
    if len(wanted) != len(parts):
        return None
    captured = {}
    for want, part in zip(wanted, parts, strict=True):
        if want.startswith("{") and part:
            captured[want[1:-1]] = part
        elif want != part:
            return None
    return captured


def _with_forwarding(incoming: Incoming) -> dict[str, list[str]]:
    """All headers by name, with what the gateway adds on the way."""
    headers: dict[str, list[str]] = {}
    for name, value in incoming.headers.items():
        headers.setdefault(name, []).append(value)
    known = {name.lower(): name for name in headers}
    headers.setdefault(known.get("x-forwarded-for", "X-Forwarded-For"), []).append(incoming.address)
    headers.setdefault(known.get("x-forwarded-proto", "X-Forwarded-Proto"), ["http"])
    return headers


def _allows(policy: Any, arn: str) -> bool:
    """Whether the policy that an authorizer returned lets the caller invoke `arn`."""
    from chalice.local import ARNMatcher

    statements = policy.get("policyDocument", {}).get("Statement", []) if isinstance(policy, Mapping) else []
    allowed = [r for s in statements if s.get("Effect") == "Allow" for r in s.get("Resource", [])]
    return bool(ARNMatcher(arn).does_any_resource_match(allowed))


def _as_text(value: object) -> str:
    """API Gateway hands over every value of an authorizer's context as text."""
    return value if isinstance(value, str) else json.dumps(value)


def _from_lambda(result: Mapping[str, Any]) -> Outgoing:
    """The answer of a Lambda proxy integration as an HTTP answer."""
    headers = [(name, str(value)) for name, value in result.get("headers", {}).items()]
    for name, values in (result.get("multiValueHeaders") or {}).items():
        headers += [(name, str(value)) for value in values]
    status = int(result["statusCode"])
    text = "" if status in BODILESS else result.get("body") or ""
    body = base64.b64decode(text) if result.get("isBase64Encoded") else text.encode()
    return Outgoing(status, headers, body)


def _takes_gzip(accepted: str) -> bool:
    """Whether an `Accept-Encoding` header (RFC 9110, 12.5.3) names gzip with a weight above zero."""
    for part in accepted.lower().split(","):
        coding, _, weight = part.replace(" ", "").partition(";q=")
        if coding == "gzip":
            return weight not in ("0", "0.0", "0.00", "0.000")
    return False
