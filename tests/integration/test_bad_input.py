"""What bad input gets, from every route: an error of the one shape, and nothing has changed.

The rules themselves have their tests at `tests/unit/edge` and beside each service; this is about no route
being left out. The client holds each answer against the OpenAPI document, the error's shape included.
"""

from __future__ import annotations

import base64
import copy
import json
import time
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args
from urllib.parse import parse_qsl

import jwt
import msgspec
import pytest

import app
from chalicelib import settings, tokens
from chalicelib.caller import OPERATOR, STUDENT
from chalicelib.edge import openapi
from chalicelib.edge.request import LARGEST_BODY_BYTES
from tests.integration.authorization.calls import allowed
from tests.integration.authorization.table import TABLE
from tests.support.client import Reply
from tests.support.stage import Stage

ROUTES = {f"{endpoint.method} {endpoint.path}": endpoint for endpoint in app.api.endpoints}
WITH_BODY = [route for route, endpoint in ROUTES.items() if "body" in endpoint.types()]
GUARDED = [route for route, endpoint in ROUTES.items() if endpoint.allow is not None]
IDEMPOTENT = [route for route, endpoint in ROUTES.items() if endpoint.idempotent]
QUERIES = {
    route: getattr(endpoint.types().get("query"), "__struct_fields__", ())
    for route, endpoint in ROUTES.items()
}
LISTS = [route for route, names in QUERIES.items() if "cursor" in names]

LONG = "x" * 100_000
CONTROL = ("a\x00b", "a\x1bb", "a\x85b", "a\ufffdb")
RAW = "a value that is replaced in the text of the body"
# No JSON text, or none of an object in UTF-8.
NOT_AN_OBJECT = (
    b"", b"{", b"[]", b"null", b'"text"', b"7", b"{}{}", b'{"a": 1,}', b"\xff\xfe", b'{"a": "\xff"}',
    b'{"a": "\\ud800"}', '{"a": "b"}'.encode("utf-16"), b"[" * 50_000, b'{"a":' * 200 + b"1" + b"}" * 200,
)  # fmt: skip
NUMBERS = ("1e400", "-1e400", "1" + "0" * 400, "NaN", "Infinity", str(2**63), str(-(2**64)))
# Fields that may be null, and those whose example in the document leaves them out.
NULLABLE = ("grade", "birth_date", "client_id")
FREE = "data"  # an object with keys of the client's own, whose values are any scalars
FURTHER = {
    "POST /v1/photos/{photo_id}/lines": {"problem": "9 - 4", "answer": "5", "steps": ["9 - 4 = 5"]},
    "POST /v1/auth/register": {"locale": "es"},
    "POST /v1/attempts": {
        "steps": ["9 - 4 = 5"],
        "client_id": "01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4e",
        "answered_at": "2026-11-21T09:30:00Z",
    },
    "POST /v1/assignments": {
        "student_ids": ["01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4e"],
        "count": 3,
        "due_at": "2096-11-21T09:30:00Z",
    },
    "POST /v1/exercises/generate": {"tell_apart": ["subtraction.borrow_from_zero"]},
}


class Bad(NamedTuple):
    """A body with one fault, and where that is."""

    path: str
    body: bytes


def bodies(route: str) -> list[dict[str, Any]]:
    """The document's examples of the body of `route`, each with all of its fields."""
    endpoint = ROUTES[route]
    document = openapi.document(app.api.endpoints, "")
    operation = document["paths"][endpoint.path][endpoint.method.lower()]
    examples = operation["requestBody"]["content"]["application/json"]["examples"].values()
    return [{**example["value"], **FURTHER.get(route, {})} for example in examples]


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value in `value`, those that hold others included."""
    yield path, value
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield from leaves(child, (*path, key))


def wrong(name: Any, value: Any) -> Iterator[Any]:
    """What may not stand where `value` does."""
    if name not in NULLABLE:
        yield None
    if isinstance(value, str):
        yield from (*CONTROL, LONG, "", 7, True, [], {}, [value])
    elif isinstance(value, bool):
        yield from (1, "true", [], {})
    elif isinstance(value, int | float):
        yield from ("7", [], {}, True)
    elif isinstance(value, list):
        yield from ({}, "text", 7, [[]], [{}], [7], value * 1000)
    else:
        yield from ([], "text", 7, {**value, "unknown": 1}, {**value, "a\x00b": 1})


def faulty(route: str) -> Iterator[Bad]:
    """Bodies of `route` with one fault each, in every field."""
    for body in bodies(route):
        for path, value in leaves(body):
            shown = "$" + "".join(f".{step}" if isinstance(step, str) else "[...]" for step in path)
            for bad in wrong(path[-1] if path else "", value):
                if is_fit(path, bad):
                    continue
                yield Bad(shown, json.dumps(replaced(body, path, bad)).encode())
            if isinstance(value, int | float):
                text = json.dumps(replaced(body, path, RAW))
                yield from (Bad(shown, text.replace(f'"{RAW}"', number).encode()) for number in NUMBERS)


def is_fit(path: tuple[Any, ...], value: Any) -> bool:
    """Whether `value` is no bad input there: nothing written, or what an object with free keys may hold."""
    if FREE in path[:-1]:
        return value is None or isinstance(value, int) or value in ("", "7")
    if FREE in path and isinstance(value, dict):
        return "unknown" in value
    if value is None and path[:1] == ("questions",):
        return path[-1] in ("problem", "skill_id", "answer")
    return value == "" and bool({"answer", "steps", "label"} & set(path))


def replaced(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    """`body` with `value` at `path`."""
    if not path:
        return value
    changed = copy.copy(body)
    changed[path[0]] = replaced(body[path[0]], path[1:], value)
    return changed


def unexpected(reply: Reply, status: int, code: str) -> str:
    """What is not as it should be about an error; empty where all is well."""
    if reply.status == status and reply.code == code:
        return ""
    return f"{reply.status} instead of {status} {code}: {reply.text[:200]}"


def fields(kind: Any) -> set[str]:
    """The names of all fields of `kind`, which may be a choice between several structs."""
    union = getattr(kind, "__origin__", None)
    members = (
        [kind] if isinstance(kind, type) else [union] if isinstance(union, type) else get_args(union or kind)
    )
    return {name for member in members for name in member.__struct_fields__}


@pytest.mark.parametrize("route", WITH_BODY)
def test_no_field_is_left_out_here(route: str) -> None:
    given = {name for body in bodies(route) for name in body}
    assert fields(ROUTES[route].types()["body"]) <= given


@pytest.mark.parametrize("route", WITH_BODY)
def test_a_fault_in_any_field_is_refused(route: str, stage: Stage) -> None:
    client, call = allowed(stage, route)
    found = []
    with stage.act() as changes:
        for bad in faulty(route):
            reply = client.call(call.method, call.path, body=bad.body)
            fault = unexpected(reply, 400, "VALIDATION_ERROR")
            if not fault and not reply.json["error"]["details"]["path"].startswith("$"):
                fault = "it does not say where"
            if fault:
                found.append(f"{bad.path} {bad.body[:120]!r}: {fault}")
    assert found == []
    assert changes.tables == set()


@pytest.mark.parametrize("route", WITH_BODY)
def test_a_missing_field_is_refused(route: str, stage: Stage) -> None:
    client, call = allowed(stage, route)
    kind = ROUTES[route].types()["body"]
    with stage.act() as changes:
        for body in bodies(route):
            for name in body:
                rest = {key: value for key, value in body.items() if key != name}
                try:
                    msgspec.convert(rest, kind)
                except msgspec.ValidationError:
                    assert (
                        unexpected(client.call(call.method, call.path, json=rest), 400, "VALIDATION_ERROR")
                        == ""
                    )
    assert changes.tables == set()


@pytest.mark.parametrize("route", WITH_BODY)
def test_what_is_no_object_is_refused(route: str, stage: Stage) -> None:
    client, call = allowed(stage, route)
    with stage.act() as changes:
        for body in NOT_AN_OBJECT:
            reply = client.call(call.method, call.path, body=body)
            assert unexpected(reply, 400, "VALIDATION_ERROR") == "", body[:40]
    assert changes.tables == set()


@pytest.mark.parametrize("route", WITH_BODY)
def test_another_media_type_and_a_body_too_large_are_refused(route: str, stage: Stage) -> None:
    client, call = allowed(stage, route)
    good = json.dumps(call.body).encode()
    with stage.act() as changes:
        for headers in ({"content-type": "text/plain"}, {"content-encoding": "gzip"}):
            reply = client.call(call.method, call.path, body=good, headers=headers)
            assert unexpected(reply, 415, "UNSUPPORTED_MEDIA_TYPE") == ""
        reply = client.call(call.method, call.path, body=good.ljust(LARGEST_BODY_BYTES + 1))
        assert unexpected(reply, 413, "PAYLOAD_TOO_LARGE") == ""
    assert changes.tables == set()


@pytest.mark.parametrize("route", ROUTES)
def test_a_fault_in_the_query_is_refused(route: str, stage: Stage) -> None:
    client, call = allowed(stage, route)
    bad: list[dict[str, Any]] = [{"unknown": "1"}]
    for name in QUERIES[route]:
        bad += [{name: value} for value in ("a%00b", "%EF%BF%BD", "%FF", LONG, f"1&{name}=1")]
    with stage.act() as changes:
        for fault in bad:
            reply = client.call(call.method, with_query(call.path, **fault), json=call.body)
            assert unexpected(reply, 400, "VALIDATION_ERROR") == "", str(fault)[:80]
    assert changes.tables == set()


def with_query(path: str, **further: Any) -> str:
    """`path` with further parameters, as they are to be sent."""
    bare, _, query = path.partition("?")
    return f"{bare}?" + "&".join(
        f"{name}={value}" for name, value in {**dict(parse_qsl(query)), **further}.items()
    )


@pytest.mark.parametrize("query", ["updated_since=0.5", "updated_since=1e9", "limit=1.5", "limit=0x5"])
def test_a_number_is_no_moment_and_no_other_number(query: str, stage: Stage) -> None:
    assert (
        unexpected(stage.world.people[STUDENT].api.get(f"/v1/attempts?{query}"), 400, "VALIDATION_ERROR")
        == ""
    )


@pytest.mark.parametrize("route", LISTS)
def test_a_cursor_that_was_not_made_by_this_list_is_refused(route: str, stage: Stage) -> None:
    client, call = allowed(stage, route)
    algebra = stage.world.people[OPERATOR].api.get("/v1/skills?topic=algebra&limit=1")
    other = algebra.json["meta"]["next_cursor"]
    payload, _, signature = other.partition(".")
    unsigned = base64.urlsafe_b64encode(b'["x","y"]').decode().rstrip("=")
    made_up = (
        payload,
        f"{payload}.",
        f".{signature}",
        f"{unsigned}.{signature}",
        "nonsense",
        "%2E",
        "%C3%A9",
    )
    for cursor in (other, *made_up):
        reply = client.get(with_query(call.path, cursor=cursor))
        assert unexpected(reply, 400, "INVALID_CURSOR") == "", cursor


@pytest.mark.parametrize("route", LISTS)
def test_a_cursor_that_was_tampered_with_is_refused(route: str, stage: Stage) -> None:
    client, call = allowed(stage, route)
    cursor = client.get(with_query(call.path, limit=1)).json["meta"]["next_cursor"]
    for place in range(0, len(cursor or ""), 3):  # None: a list of one; the test above does what can be done
        changed = cursor[:place] + ("A" if cursor[place] != "A" else "B") + cursor[place + 1 :]
        reply = client.get(with_query(call.path, cursor=changed))
        assert unexpected(reply, 400, "INVALID_CURSOR") == "", changed


def bad_tokens(stage: Stage) -> dict[str, str]:
    """Tokens of the student, each with one fault."""
    good = tokens.issue(stage.world.people[STUDENT].id, 1)
    header, claims = jwt.get_unverified_header(good), jwt.decode(good, options={"verify_signature": False})
    key, now = settings.get().token_keys[0].secret, int(time.time())

    def signed(secret: str = key, *, kind: str = "at+jwt", **changed: Any) -> str:
        return jwt.encode({**claims, **changed}, secret, "HS256", headers={**header, "typ": kind})

    assert stage.client.as_user(signed()).get("/v1/me").status == 200
    head, body, signature = good.split(".")
    none = base64.urlsafe_b64encode(json.dumps({**header, "alg": "none"}).encode()).decode().rstrip("=")
    return {
        "expired": signed(iat=now - 9000, exp=now - 1),
        "forged": signed("another-key-that-is-just-as-long-0123456789"),
        "of another kind": signed(kind="JWT"),
        "for somebody else": signed(aud="another-api"),
        "by somebody else": signed(iss="another issuer"),
        "revoked": signed(ver=0),
        "of nobody": signed(sub="01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4e"),
        "alg=none": f"{none}.{body}.",
        "alg=none, signed": f"{none}.{body}.{signature}",
        "cut": f"{head}.{body}",
        "a refresh token": stage.world.refresh_token,
        "a one-time token": stage.world.verify_token,
        "an unknown service key": tokens.new_service_key(),
        "nothing": "",
    }


@pytest.mark.parametrize("route", GUARDED)
def test_a_token_that_is_not_good_is_refused(route: str, stage: Stage) -> None:
    _, call = allowed(stage, route)
    headers = [{"authorization": f"Bearer {token}"} for token in bad_tokens(stage).values()]
    good = tokens.issue(stage.world.people[STUDENT].id, 1)
    headers += [{}, {"authorization": good}, {"authorization": f"Basic {good}"}]
    with stage.act() as changes:
        for sent in headers:
            reply = stage.client.call(call.method, call.path, json=call.body, headers=sent)
            assert unexpected(reply, 401, "UNAUTHORIZED") == "", sent
            assert reply.headers["WWW-Authenticate"] == "Bearer"
    assert changes.tables == set()


@pytest.mark.parametrize("route", [route for route in WITH_BODY if route in GUARDED])
def test_who_may_never_do_this_is_told_so_whatever_they_send(route: str, stage: Stage) -> None:
    _, call = allowed(stage, route)
    refused = [person for role, person in stage.world.people.items() if role not in TABLE[route].who]
    with stage.act() as changes:
        for person in refused:
            for body in (b"{", b'{"unknown": 1}'):
                reply = person.api.call(call.method, call.path, body=body)
                assert unexpected(reply, 403, "FORBIDDEN") == ""
    assert changes.tables == set()


@pytest.mark.parametrize("route", IDEMPOTENT)
def test_a_key_stands_for_one_request(route: str, stage: Stage) -> None:
    client, call = allowed(stage, route)
    headers = {"Idempotency-Key": "one"}
    with stage.act():
        first = client.call(call.method, call.path, json=call.body, headers=headers)
        other = {**call.body, **({"name": "Another"} if "name" in call.body else {"other": 1})}
        with stage.act() as changes:
            again = client.call(call.method, call.path, json=call.body, headers=headers)
            reused = client.call(call.method, call.path, json=other, headers=headers)
    assert first.status == ROUTES[route].status
    assert (again.status, again.text) == (first.status, first.text)
    assert unexpected(reused, 409, "IDEMPOTENCY_KEY_REUSED") == ""
    assert changes.tables == set()


@pytest.mark.parametrize("route", IDEMPOTENT)
def test_an_unfit_key_is_refused(route: str, stage: Stage) -> None:
    client, call = allowed(stage, route)
    with stage.act() as changes:
        for key in ("", "x" * 256, "a\x00b", "ключ", "a\nb"):
            reply = client.call(call.method, call.path, json=call.body, headers={"Idempotency-Key": key})
            assert unexpected(reply, 400, "VALIDATION_ERROR") == "", key
    assert changes.tables == set()
