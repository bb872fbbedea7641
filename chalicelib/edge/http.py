"""The endpoint: one HTTP request becomes one plain, typed call, and its result or error an answer.

A route in `app.py` is a function whose parameters say what it needs: `caller`, `body`, `query`, `request`
and the path's own names. The annotations are the schemas; they are looked up at the first call of that very
route, so that a cold start pays for no other. One request is one transaction, opened just before the call.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from chalicelib import observe
from chalicelib.caller import SERVICE
from chalicelib.edge import responses, work
from chalicelib.edge.request import Request, path_value
from chalicelib.edge.responses import Answer
from chalicelib.errors import ForbiddenError, InternalError, TizaError, UnauthorizedError, ValidationError
from chalicelib.observe import MILLISECONDS, Metric

if TYPE_CHECKING:
    from chalicelib.caller import Caller
    from chalicelib.queues import Queue
    from chalicelib.store.database import Database

DEFAULT_LOCALE = "en"  # of what is drawn for nobody in particular
SPECIAL_PARAMETERS = ("caller", "body", "query", "request", "ahead")


class Page(NamedTuple):
    """One page of a list: its items and the cursor of the next page, None at the end."""

    items: list[Any]
    next_cursor: str | None


class Endpoint(NamedTuple):
    """What a route of `app.py` declared.

    `allow` holds the roles that have this action; None: anybody. A service key needs `scope`; None: none may.
    `also` holds the further media types of its answer, each with what makes it of the result.
    """

    method: str
    path: str
    handler: Callable[..., Any]
    allow: tuple[str, ...] | None
    scope: str | None
    status: int
    limit: str | None
    idempotent: bool
    transaction: bool
    ahead: Callable[[Any], Any] | None
    etag: bool
    media_type: str
    raises: tuple[type[TizaError], ...]
    deprecated: tuple[str, str] | None
    also: tuple[tuple[str, Callable[[Any, str], str]], ...] = ()
    uses: tuple[str, ...] = ()
    sends: tuple[Queue, ...] = ()

    def types(self) -> dict[str, Any]:
        """The annotations of the handler, evaluated: by parameter name, the result's under `return`."""
        known = _types.get(self.handler)
        if known is None:
            import typing

            known = _types[self.handler] = typing.get_type_hints(self.handler, include_extras=True)
        return known


_types: dict[Callable[..., Any], dict[str, Any]] = {}


def handle(endpoint: Endpoint, source: Any, path: Mapping[str, str]) -> Answer:
    """Answer one request, given as Chalice's request object and its path parameters. Raises nothing."""
    request = Request(source)
    with work.begun(request.id, request.id, getattr(source, "lambda_context", None)) as done:
        try:
            answer = _finished(_outcome(endpoint, request, path), endpoint, request)
        except Exception:  # the settings, which CORS needs, cannot be read
            answer = _unforeseen(endpoint, request)
        work.send_what_was_written()
        done.log(
            "request",
            Metric("Requests", 1),
            Metric("Latency", done.milliseconds(), MILLISECONDS),
            *([Metric("Errors", 1)] if answer.code else []),
            by="code",
            method=endpoint.method,
            route=endpoint.path,
            status=answer.status,
            **({"code": answer.code} if answer.code else {}),
        )
    return answer


def _outcome(endpoint: Endpoint, request: Request, path: Mapping[str, str]) -> Answer:
    """The answer, or the error that it came to."""
    try:
        return _answer(endpoint, request, path)
    except TizaError as fault:
        return responses.error(fault, request.id)
    except Exception:
        return _unforeseen(endpoint, request)


def _unforeseen(endpoint: Endpoint, request: Request) -> Answer:
    """The error for the fault that is being handled: its trace for the log, nothing of it for the caller."""
    observe.unforeseen("unforeseen fault", route=endpoint.path)
    return responses.error(InternalError(), request.id)


def _answer(endpoint: Endpoint, request: Request, path: Mapping[str, str]) -> Answer:
    """The answer to a request that may be refused by any error."""
    if endpoint.allow is not None and (request.claims is None or request.claims.is_expired()):
        raise UnauthorizedError()
    if endpoint.allow is None and endpoint.limit is None and not endpoint.transaction:
        return _rendered(endpoint, request, endpoint.handler(**_arguments(endpoint, request, path, None)))
    from chalicelib.store import database

    with database.connection() as db:
        limit_headers = _take(db, endpoint.limit, request)
        if endpoint.transaction:
            ahead = _done_ahead(db, endpoint, request) if endpoint.ahead else None
            answer = database.run(lambda: _work(db, endpoint, request, path, ahead))
        else:
            caller = _caller(db, endpoint, request) if endpoint.allow is not None else None
    if not endpoint.transaction:
        result = endpoint.handler(**_arguments(endpoint, request, path, caller))
        answer = _rendered(endpoint, request, result, caller)
    answer.headers |= limit_headers
    return answer


def _work(db: Database, endpoint: Endpoint, request: Request, path: Mapping[str, str], ahead: Any) -> Answer:
    """The part that is one transaction: caller, idempotency, the service, the answer to remember."""
    from chalicelib.edge import idempotency

    caller = _entered(db, endpoint, request) if endpoint.allow is not None else None
    key = idempotency.of(request, dict(path)) if endpoint.idempotent and caller else None
    if key and caller and caller.role == SERVICE:
        raise ValidationError(path="Idempotency-Key", reason="What a service key may do needs no such key.")
    if caller and key:
        earlier = idempotency.recall(db, caller, key)
        if earlier is not None:
            status, body = earlier
            return Answer(status, body)
    arguments = _arguments(endpoint, request, path, caller)
    if endpoint.ahead:
        arguments["ahead"] = ahead
    answer = _rendered(endpoint, request, endpoint.handler(**arguments), caller)
    if caller and key:
        idempotency.remember(db, caller, key, answer.status, answer.body)
    return answer


def _done_ahead(db: Database, endpoint: Endpoint, request: Request) -> Any:
    """What the endpoint does before its transaction, such as hashing; for nobody whom it would refuse."""
    if endpoint.allow is not None:
        _caller(db, endpoint, request)
    return endpoint.ahead(request.read_body(endpoint.types()["body"])) if endpoint.ahead else None


def _caller(db: Database, endpoint: Endpoint, request: Request) -> Caller:
    """The caller of an endpoint that opens transactions of its own."""
    with db.atomic():
        return _entered(db, endpoint, request)


def _entered(db: Database, endpoint: Endpoint, request: Request) -> Caller:
    """The caller, with the transaction's school set; refused when the role never has this action."""
    from chalicelib.edge import callers

    if request.claims is None or endpoint.allow is None:
        raise UnauthorizedError()
    caller = callers.enter(db, request.claims)
    observe.caller_id.set(str(caller.user_id))
    if caller.role == SERVICE and endpoint.scope is not None:
        if endpoint.scope not in caller.scopes:
            raise ForbiddenError("The service key lacks the scope for this.", scope=endpoint.scope)
    elif caller.role not in endpoint.allow:
        raise ForbiddenError()
    return caller


def _take(db: Database, limit: str | None, request: Request) -> dict[str, str]:
    if limit is None:
        return {}
    from chalicelib.edge import callers, limits

    if request.claims is not None and request.claims.is_service_key:
        callers.check_service_key(db, request.claims)
    return limits.take(db, limits.by_name(limit), request)


def _arguments(
    endpoint: Endpoint, request: Request, path: Mapping[str, str], caller: Caller | None
) -> dict[str, Any]:
    """The handler's arguments. Raises `ValidationError` and its kin for input that is not of the schema."""
    types = endpoint.types()
    arguments: dict[str, Any] = {name: path_value(text, types[name]) for name, text in path.items()}
    if "caller" in types:
        arguments["caller"] = caller
    if "request" in types:
        arguments["request"] = request
    if "query" in types:
        arguments["query"] = request.read_query(types["query"])
    else:
        request.refuse_query()
    if "body" in types:
        arguments["body"] = request.read_body(types["body"])
    return arguments


def _rendered(endpoint: Endpoint, request: Request, result: Any, caller: Caller | None = None) -> Answer:
    """The service's result in the envelope; text as text; in another form where that is asked for."""
    if isinstance(result, Answer):
        return result
    if endpoint.also:
        from chalicelib.edge import negotiation

        forms = {responses.JSON: None, **dict(endpoint.also)}
        chosen = negotiation.preferred(request.headers.get("accept", ""), list(forms))
        if (drawn := forms[chosen]) is not None:
            text = drawn(result, caller.locale if caller else DEFAULT_LOCALE)
            return Answer(endpoint.status, text, responses.headers_of(chosen))
    if endpoint.media_type != responses.JSON:
        return Answer(endpoint.status, result, {"Content-Type": endpoint.media_type})
    if endpoint.status == 204:
        return Answer(204)
    if isinstance(result, Page):
        envelope = {"data": result.items, "meta": {"next_cursor": result.next_cursor}}
    else:
        envelope = {"data": result, "meta": {}}
    return Answer(endpoint.status, responses.to_json(envelope))


def _finished(answer: Answer, endpoint: Endpoint, request: Request) -> Answer:
    """Add what depends on the request: its id, CORS, deprecation, and 304 for what the client has already."""
    answer.headers["X-Request-Id"] = request.id
    origin = request.headers.get("origin")
    if origin:
        from chalicelib import settings

        answer.headers |= responses.cors_headers(origin, settings.get().cors_origins)
    if endpoint.also:
        varies = (answer.headers.get("Vary"), "Accept")
        answer.headers["Vary"] = ", ".join(filter(None, varies))
    if endpoint.deprecated:
        answer.headers["Deprecation"], answer.headers["Sunset"] = endpoint.deprecated
    if endpoint.etag and answer.status == 200:
        tag = f'"{hashlib.sha256(answer.body.encode()).hexdigest()[:32]}"'
        answer.headers |= {"ETag": tag, "Cache-Control": "private, no-cache"}
        if _matches(request.headers.get("if-none-match", ""), tag):
            answer.status, answer.body = 304, ""
            answer.headers.pop("Content-Type", None)
    return answer


def _matches(if_none_match: str, tag: str) -> bool:
    """Weak comparison of RFC 9110, 13.1.2: compression on the way may have weakened our tag."""
    candidates = (part.strip().removeprefix("W/") for part in if_none_match.split(","))
    return any(candidate in (tag, "*") for candidate in candidates)
