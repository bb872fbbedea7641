"""The routes of `app.py`: registered with Chalice, and remembered for the OpenAPI document and the tests."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

from chalice.app import Chalice, Response

from chalicelib.caller import ANYONE
from chalicelib.edge import http
from chalicelib.edge.responses import JSON, Answer
from chalicelib.errors import TizaError

if TYPE_CHECKING:
    from typing import Unpack

    from chalicelib.queues import Queue

PUBLIC = None
WRITING = ("POST", "PUT", "PATCH", "DELETE")

Handler = TypeVar("Handler", bound=Callable[..., Any])


class Options(TypedDict, total=False):
    """What a route may say about itself."""

    allow: tuple[str, ...] | None  # the roles that have this action (all); PUBLIC: anybody
    scope: str  # what a service key needs for it (no key may)
    status: int  # of success (200; 204 of a DELETE)
    limit: str | None  # the rate limit's name (writes are limited, reads are not)
    idempotent: bool  # takes an Idempotency-Key
    transaction: bool  # False: the service waits for something slow and opens short ones of its own
    ahead: Callable[[Any], Any]  # slow work on the body before the transaction; the `ahead` of the handler
    etag: bool  # answers with an ETag, and with 304 to who has it
    media_type: str  # of the answer; what is not JSON is sent as it is
    also: Mapping[str, Callable[[Any, str], str]]  # further media types, made of the result and a language
    raises: tuple[type[TizaError], ...]  # errors beyond those that follow from the rest
    deprecated: tuple[str, str]  # the Deprecation (RFC 9745) and Sunset (RFC 8594) headers
    uses: tuple[str, ...]  # the functions of `aws/` that it reaches ("files.delete"): for its IAM policy
    sends: tuple[Queue, ...]  # the queues that its messages go to


class Api:
    """The HTTP surface of a Chalice app. `authorizer` guards every route that is not public."""

    def __init__(self, app: Chalice, authorizer: Any) -> None:
        self.app = app
        self.authorizer = authorizer
        self.endpoints: list[http.Endpoint] = []

    def get(self, path: str, **options: Unpack[Options]) -> Callable[[Handler], Handler]:
        return self.route("GET", path, options)

    def post(self, path: str, **options: Unpack[Options]) -> Callable[[Handler], Handler]:
        return self.route("POST", path, options)

    def put(self, path: str, **options: Unpack[Options]) -> Callable[[Handler], Handler]:
        return self.route("PUT", path, options)

    def patch(self, path: str, **options: Unpack[Options]) -> Callable[[Handler], Handler]:
        return self.route("PATCH", path, options)

    def delete(self, path: str, **options: Unpack[Options]) -> Callable[[Handler], Handler]:
        return self.route("DELETE", path, {"status": 204, **options})

    def route(self, method: str, path: str, options: Options) -> Callable[[Handler], Handler]:
        """Declare an endpoint; the function below it is its handler."""
        allow = options.get("allow", ANYONE)

        def declare(handler: Handler) -> Handler:
            endpoint = http.Endpoint(
                method=method,
                path=path,
                handler=handler,
                allow=allow,
                scope=options.get("scope"),
                status=options.get("status", 200),
                limit=options["limit"] if "limit" in options else _usual_limit(method, allow),
                idempotent=options.get("idempotent", False),
                transaction=options.get("transaction", True),
                ahead=options.get("ahead"),
                etag=options.get("etag", False),
                media_type=options.get("media_type", JSON),
                raises=options.get("raises", ()),
                deprecated=options.get("deprecated"),
                also=tuple(options.get("also", {}).items()),
                uses=options.get("uses", ()),
                sends=options.get("sends", ()),
            )
            self.endpoints.append(endpoint)
            self._register(endpoint)
            return handler

        return declare

    def add_preflights(self) -> None:
        """Register an unauthenticated OPTIONS for each path; Chalice's own CORS knows one fixed origin."""
        methods: dict[str, list[str]] = {}
        for endpoint in self.endpoints:
            methods.setdefault(endpoint.path, []).append(endpoint.method)
        for path, allowed in methods.items():
            view = self._preflight_view(tuple(sorted([*allowed, "OPTIONS"])))
            self.app.route(path, methods=["OPTIONS"], content_types=[], cors=False)(view)

    def _register(self, endpoint: http.Endpoint) -> None:
        @functools.wraps(endpoint.handler)
        def view(**path: str) -> Response:
            return _response(http.handle(endpoint, self.app.current_request, path))

        guard = {} if endpoint.allow is PUBLIC else {"authorizer": self.authorizer}
        # No content types: Chalice must not check them itself, its own 415 is not of our shape.
        self.app.route(endpoint.path, methods=[endpoint.method], content_types=[], cors=False, **guard)(view)

    def _preflight_view(self, methods: tuple[str, ...]) -> Callable[..., Response]:
        def preflight(**_path: str) -> Response:
            from chalicelib import settings
            from chalicelib.edge import responses

            request = self.app.current_request
            origin = request.headers.get("origin") if request else None
            return _response(responses.preflight(methods, origin, settings.get().cors_origins))

        return preflight


def _usual_limit(method: str, allow: tuple[str, ...] | None) -> str | None:
    if method not in WRITING:
        return None
    return "write" if allow else "anonymous"


def _response(answer: Answer) -> Response:
    return Response(body=answer.body, status_code=answer.status, headers={**answer.headers})
