"""What the edge makes of input, good and bad."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.edge import request
from tests.support.client import Reply
from tests.unit.edge import sample
from tests.unit.edge.gateway import call

GOOD = {"name": "Ada López", "pin": "4711", "parts": [{"name": "wheel", "weight": 3}]}


def make(**options: Any) -> Reply:
    return call(sample.app, "POST", "/v1/things", **options)


def fault(reply: Reply) -> tuple[int, str, str]:
    error = reply.json["error"]
    return reply.status, error["code"], error["details"].get("path", "")


def test_a_good_body_is_understood() -> None:
    reply = make(body=GOOD)
    assert (reply.status, reply.data) == (201, {"name": "Ada López"})


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b'{"name": "Ada",}',
        b"{'name': 'Ada'}",
        b'{"name": "Ada"} {}',
        b"\xef\xbb\xbf{}",
        b"NaN",
        b'{"name": NaN}',
        b'{"weight": 1e400}',
        b'{"name": "\xff"}',
        b'{"name": "\xed\xa0\x80"}',
        b'{"name": "\\ud800"}',
        b'{"name": "\\x41"}',
        b'{"name": "a\nb"}',
        '{"name": "Ada"}'.encode("utf-16"),
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 900 + b"1" + b"}" * 900,
    ],
)
def test_what_is_not_json_in_utf8_is_400(raw: bytes) -> None:
    assert fault(make(raw=raw)) == (400, "VALIDATION_ERROR", "$")


@pytest.mark.parametrize("depth", [40, 100, 200, 300, 450, 600, 800, 960, 1500, 5000])
def test_nesting_of_any_depth_is_400(depth: int) -> None:
    for raw in (b"[" * depth + b"]" * depth, b'{"a":' * depth + b"1" + b"}" * depth):
        assert fault(make(raw=raw))[:2] == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": None}, "$.name"),
        ({"name": 7}, "$.name"),
        ({"name": ["Ada"]}, "$.name"),
        ({"name": ""}, "$.name"),
        ({"name": " Ada"}, "$.name"),
        ({"name": "x" * 101}, "$.name"),
        ({"pin": 4711}, "$.pin"),
        ({"pin": "471"}, "$.pin"),
        ({"pin": "4711\n"}, "$.pin"),
        ({"pin": "٤٧١١"}, "$.pin"),
        ({"parts": {}}, "$.parts"),
        ({"parts": [{"name": "w"}] * 6}, "$.parts"),
        ({"parts": [{"name": "w", "weight": "3"}]}, "$.parts[0].weight"),
        ({"parts": [{"name": "w", "weight": 0}]}, "$.parts[0].weight"),
        ({"parts": [{"name": "w", "weight": 10_001}]}, "$.parts[0].weight"),
        ({"parts": [{"name": "w", "weight": 2**70}]}, "$.parts[0].weight"),
        ({"parts": [{"name": "w", "weight": 1.5}]}, "$.parts[0].weight"),
        ({"parts": [{"name": "w", "weight": True}]}, "$.parts[0].weight"),
        ({"parts": [{"name": "w", "extra": 1}]}, "$.parts[0]"),
        ({"parts": [{}]}, "$.parts[0]"),
        ({"labels": {"colour": 1}}, "$.labels[...]"),
        ({"extra": 1}, "$"),
    ],
)
def test_a_wrong_field_is_400_and_named(change: dict[str, Any], path: str) -> None:
    assert fault(make(body={**GOOD, **change})) == (400, "VALIDATION_ERROR", path)


@pytest.mark.parametrize("name", ["name", "pin", "parts"])
def test_a_missing_field_is_named(name: str) -> None:
    reply = make(body={key: value for key, value in GOOD.items() if key != name})
    assert reply.status == 400
    assert name in reply.json["error"]["details"]["reason"]


def test_of_a_field_given_twice_the_last_counts() -> None:
    raw = json.dumps(GOOD)[:-1].encode() + b', "name": "Grace"}'
    assert make(raw=raw).data == {"name": "Grace"}


@pytest.mark.parametrize("value", [[], "text", 7, None, True])
def test_a_body_that_is_no_object_is_400(value: Any) -> None:
    assert fault(make(raw=json.dumps(value).encode())) == (400, "VALIDATION_ERROR", "$")


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x1b", "\x7f", "\x85", "\ufffd"])
@pytest.mark.parametrize(
    "field", [("name",), ("pin",), ("parts", 0, "name"), ("labels", "colour"), ("unknown",)]
)
def test_control_characters_are_refused_wherever_they_are(character: str, field: tuple[Any, ...]) -> None:
    body: Any = json.loads(json.dumps({**GOOD, "labels": {}}))
    place = body
    for step in field[:-1]:
        place = place[step]
    place[field[-1]] = f"a{character}b"
    status, code, path = fault(make(body=body))
    assert (status, code) == (400, "VALIDATION_ERROR")
    assert path == "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in field)


def test_a_control_character_in_a_key_is_refused() -> None:
    assert fault(make(body={**GOOD, "labels": {"a\x00b": "c"}})) == (400, "VALIDATION_ERROR", "$.labels")


@pytest.mark.parametrize("text", ["Ada 😀", "漢字", "a\u0301", "\u202eabc", "O'Neil; DROP TABLE users --"])
def test_other_text_is_taken_as_it_is(text: str) -> None:
    assert make(body={**GOOD, "name": text}).data == {"name": text}


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "", "json"],
)
def test_another_media_type_is_415(media_type: str) -> None:
    assert fault(make(body=GOOD, headers={"Content-Type": media_type}))[:2] == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "Application/JSON"])
def test_the_media_type_may_be_written_in_other_ways(media_type: str) -> None:
    assert make(body=GOOD, headers={"Content-Type": media_type}).status == 201


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "gzip, identity"])
def test_an_encoded_body_is_415(encoding: str) -> None:
    assert make(raw=b"\x1f\x8b\x08", headers={"Content-Encoding": encoding}).status == 415


def test_a_body_may_have_a_million_bytes_and_no_more() -> None:
    start = json.dumps(GOOD).encode()
    fitting = start + b" " * (request.LARGEST_BODY_BYTES - len(start))
    assert make(raw=fitting).status == 201
    reply = make(raw=fitting + b" ")
    assert (reply.status, reply.code) == (413, "PAYLOAD_TOO_LARGE")
    assert reply.json["error"]["details"] == {"limit_bytes": request.LARGEST_BODY_BYTES}


@pytest.mark.parametrize("raw", [b"{}", b'{"name": null}', b'{"name": "Ada"}'])
def test_a_change_tells_absent_from_null(raw: bytes) -> None:
    reply = call(sample.app, "PATCH", "/v1/things/{thing_id}", path={"thing_id": "0" * 32}, raw=raw)
    expected = {b"{}": (200, False), b'{"name": null}': (400, None), b'{"name": "Ada"}': (200, True)}[raw]
    assert (reply.status, reply.data["named"] if reply.status == 200 else None) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"kind": "name", "name": "Ada"}, (200, "ByName")),
        ({"kind": "id", "id": sample.Id.__metadata__[0].examples[0]}, (200, "ById")),
        ({"kind": "id", "name": "Ada"}, (400, None)),
        ({"kind": "other"}, (400, None)),
        ({"name": "Ada"}, (400, None)),
        ({"kind": 1}, (400, None)),
    ],
)
def test_a_body_of_several_forms(body: dict[str, Any], expected: tuple[int, str | None]) -> None:
    reply = call(sample.app, "POST", "/v1/find", body=body)
    assert (reply.status, reply.data["found"] if reply.status == 200 else None) == expected


@pytest.mark.parametrize("number", [b"3.0", b"3e0", b"30e-1", b"9.3e3"])
def test_an_integer_may_be_written_with_a_fraction_of_zero(number: bytes) -> None:
    raw = b'{"name": "Ada", "pin": "4711", "parts": [{"name": "wheel", "weight": %s}]}' % number
    assert make(raw=raw).status == 201


@pytest.mark.parametrize(
    "body", [{}, {"name": "Ada", "pin": "4711"}, {"name": "Ada", "pin": None}, {"name": None}]
)
def test_a_rule_between_fields_is_400(body: dict[str, Any]) -> None:
    assert fault(call(sample.app, "POST", "/v1/choose", body=body))[:2] == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize(
    ("query", "items", "name", "weight"),
    [
        ("", 20, "any", None),
        ("limit=100&name=Ada&heavy=true", 100, "Ada", 10_000),
        ("limit=1&name=%F0%9F%98%80", 1, "😀", None),
    ],
)
def test_a_good_query(query: str, items: int, name: str, weight: int | None) -> None:
    data = call(sample.app, "GET", "/v1/things", query=query).data
    assert len(data) == items
    assert data[0]["heaviest"] == {"name": name, "weight": weight}


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("limit=0", "$.limit"),
        ("limit=101", "$.limit"),
        ("limit=-1", "$.limit"),
        ("limit=ten", "$.limit"),
        ("limit=", "$.limit"),
        ("limit=1.5", "$.limit"),
        ("limit=99999999999999999999999", "$.limit"),
        ("limit=1&limit=2", "$.limit"),
        ("limit=1&limit=1", "$.limit"),
        ("heavy=perhaps", "$.heavy"),
        ("heavy=1", "$.heavy"),
        ("name=", "$.name"),
        ("name=a%00b", "$.name"),
        ("name=%FF", "$.name"),
        ("cursor=" + "x" * 401, "$.cursor"),
        ("unknown=1", "$"),
        ("a%00b=1", "$"),
    ],
)
def test_a_bad_query_is_400_and_named(query: str, path: str) -> None:
    assert fault(call(sample.app, "GET", "/v1/things", query=query)) == (400, "VALIDATION_ERROR", path)


def test_a_query_where_none_is_taken_is_400() -> None:
    assert fault(call(sample.app, "GET", "/raw", query="a=1")) == (400, "VALIDATION_ERROR", "$.a")


@pytest.mark.parametrize("value", ["7", "x", "0" * 31, "0" * 33, "%00", "\x00", "../etc/passwd"])
def test_what_is_no_id_names_nothing(value: str) -> None:
    reply = call(sample.app, "GET", "/v1/things/{thing_id}", path={"thing_id": value})
    assert (reply.status, reply.code) == (404, "NOT_FOUND")


@pytest.mark.parametrize("value", ["a\x00b", "\ufffd", "\x1b[31m"])
def test_what_is_no_text_names_nothing(value: str) -> None:
    reply = call(sample.app, "GET", "/v1/named/{name}", path={"name": value})
    assert (reply.status, reply.code) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    ("headers", "path", "base_url"),
    [
        ({"Host": "api.example", "X-Forwarded-Proto": "https"}, "/api/page", "https://api.example/api"),
        ({"Host": "api.example", "X-Forwarded-Proto": "https"}, "/page", "https://api.example"),
        ({"Host": "api.example", "X-Forwarded-Proto": "https, http"}, "/a/b/page", "https://api.example/a/b"),
        ({"Host": "localhost:8000"}, "/page", "http://localhost:8000"),
    ],
)
def test_links_start_where_the_client_reached_us(headers: dict[str, str], path: str, base_url: str) -> None:
    reply = call(sample.app, "GET", "/page", headers=headers, context={"path": path})
    assert reply.text == f"<p>{base_url}</p>"


def test_a_caller_without_claims_is_refused_before_anything_else() -> None:
    reply = call(sample.app, "POST", "/v1/guarded", raw=b"not JSON")
    assert (reply.status, reply.code) == (401, "UNAUTHORIZED")


def test_a_token_that_ended_while_the_gateway_kept_its_answer_is_refused() -> None:
    claims = {"subject": "x", "token_version": "1", "expires_at": "1000000000"}
    reply = call(sample.app, "POST", "/v1/guarded", body={}, context={"authorizer": claims})
    assert (reply.status, reply.code) == (401, "UNAUTHORIZED")
