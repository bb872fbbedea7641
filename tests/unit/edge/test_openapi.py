"""The OpenAPI document: right by itself, and the same as the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

import app
from chalicelib.edge import openapi
from chalicelib.edge.openapi import errors
from chalicelib.edge.openapi.schemas import ALLOWED_TEXT
from chalicelib.edge.openapi.words import TAGS
from chalicelib.edge.request import FORBIDDEN_TEXT
from chalicelib.errors import all_errors
from tests.support.client import ApiClient
from tests.unit.edge import sample

BASE = "https://api.example/api"
APIS = {"app": app.api, "sample": sample.api}


@pytest.fixture(params=APIS)
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    return openapi.document(APIS[request.param].endpoints, BASE)


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def faults(value: Any, schema: dict[str, Any], document: dict[str, Any]) -> list[str]:
    """What is wrong with `value`, in sentences."""
    whole = {**schema, "components": document["components"]}
    validator = Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def operation_of(name: str) -> dict[str, Any]:
    found = openapi.document(sample.api.endpoints, BASE)
    return next(one for _, one in operations(found) if one["operationId"] == name)


def test_it_is_openapi(document: dict[str, Any]) -> None:
    validate(document)
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": BASE}]


def test_every_route_has_its_operation() -> None:
    documented = {name for name, _ in operations(openapi.document(app.api.endpoints, BASE))}
    routed = {
        f"{method} {path}"
        for path, views in app.app.routes.items()
        for method in views
        if method != "OPTIONS"
    }
    assert documented == routed


def test_every_operation_says_what_it_does(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        assert operation["summary"], name
        assert operation["description"], name
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(set(names)) == len(names)


def test_every_resource_of_the_app_is_described() -> None:
    document = openapi.document(app.api.endpoints, BASE)
    assert [tag["name"] for tag in document["tags"] if not tag["description"]] == []
    assert {tag for _, operation in operations(document) for tag in operation["tags"]} <= set(TAGS)


def test_every_example_is_valid(document: dict[str, Any]) -> None:
    found = []
    for name, operation in operations(document):
        contents = [response.get("content", {}) for response in operation["responses"].values()]
        contents.append(operation.get("requestBody", {}).get("content", {}))
        given = [(media["schema"], _examples(media)) for content in contents for media in content.values()]
        given += [(one["schema"], one["schema"].get("examples", [])) for one in operation["parameters"]]
        for schema, examples in given:
            for example in examples:
                found += [f"{name} {fault}" for fault in faults(example, schema, document)]
    assert found == []


def test_every_example_of_an_error_is_valid(document: dict[str, Any]) -> None:
    for response in document["components"]["responses"].values():
        for media in response["content"].values():
            for example in _examples(media):
                assert faults(example, media["schema"], document) == []


def _examples(media: dict[str, Any]) -> list[Any]:
    named = [one["value"] for one in media.get("examples", {}).values()]
    return [*named, media["example"]] if "example" in media else named


@pytest.mark.parametrize("api", APIS)
def test_the_code_takes_every_example(api: str) -> None:
    document = openapi.document(APIS[api].endpoints, BASE)
    found = []
    for endpoint in APIS[api].endpoints:
        if "body" in endpoint.types():
            operation = document["paths"][endpoint.path][endpoint.method.lower()]
            for example in _examples(operation["requestBody"]["content"]["application/json"]):
                try:
                    msgspec.convert(example, endpoint.types()["body"])
                except msgspec.ValidationError as error:
                    found.append(f"{endpoint.method} {endpoint.path}: {error}")
    assert found == [], "give the schema examples of its own: Annotated[Schema, Meta(examples=[...])]"


def test_every_pattern_means_the_same_in_python_and_elsewhere() -> None:
    """Python's `$` also matches before a line feed at the end; that of ECMA 262 (JSON Schema) does not."""
    for endpoint in app.api.endpoints:
        kinds = [kind for slot, kind in endpoint.types().items() if slot in ("body", "query")]
        for pattern in _patterns(msgspec.json.schema_components(kinds)):
            assert not pattern.endswith("$"), f"{endpoint.handler.__name__}: {pattern} must end with END"


def _patterns(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("pattern"), str):
            yield value["pattern"]
        value = list(value.values())
    if isinstance(value, list | tuple):
        for part in value:
            yield from _patterns(part)


def test_allowed_text_is_what_the_edge_lets_through() -> None:
    pattern = re.compile(ALLOWED_TEXT)
    for code in (*range(0xD800), *range(0xE000, 0x11000), 0x1F600, 0x10FFFF):
        assert bool(pattern.match(chr(code))) != bool(FORBIDDEN_TEXT.search(chr(code))), hex(code)


def test_every_text_of_a_request_excludes_control_characters(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        for name, field in schema.get("properties", {}).items():
            for part in (field, *field.get("anyOf", ())):
                if part.get("type") == "string" and not {"format", "enum"} & set(part) and name != "error":
                    patterns = [part["pattern"], *(extra["pattern"] for extra in part.get("allOf", ()))]
                    assert any(not re.search(pattern, "a\x00b") for pattern in patterns), name


def test_nothing_is_defined_that_is_not_used(document: dict[str, Any]) -> None:
    text = str(document)
    for name in document["components"]["schemas"]:
        assert f"#/components/schemas/{name}'" in text, name


ERRORS = {
    "make_thing": {"VALIDATION_ERROR", "PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE", "INTERNAL_ERROR"},
    "list_things": {"VALIDATION_ERROR", "INVALID_CURSOR", "INTERNAL_ERROR"},
    "read_thing": {"VALIDATION_ERROR", "NOT_FOUND", "INTERNAL_ERROR"},
    "miss_thing": {"VALIDATION_ERROR", "NOT_FOUND", "INTERNAL_ERROR"},
    "read_old": {"VALIDATION_ERROR", "UNAUTHORIZED", "FORBIDDEN", "INTERNAL_ERROR", "UNAVAILABLE"},
    "guard_thing": {
        "VALIDATION_ERROR", "UNAUTHORIZED", "FORBIDDEN", "CONFLICT", "INVALID_CODE",
        "IDEMPOTENCY_KEY_REUSED", "REQUEST_IN_PROGRESS", "PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE",
        "RATE_LIMITED", "INTERNAL_ERROR", "UNAVAILABLE",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", ERRORS)
def test_the_errors_follow_from_the_declaration(name: str) -> None:
    endpoint = next(one for one in sample.api.endpoints if one.handler.__name__ == name)
    assert {error.code for error in errors.possible(endpoint)} == ERRORS[name]
    by_status = {str(error.status) for error in errors.possible(endpoint)}
    assert {status for status in operation_of(name)["responses"] if status >= "400"} == by_status


def test_an_error_response_holds_only_the_codes_that_can_occur() -> None:
    document = openapi.document(sample.api.endpoints, BASE)
    conflict = document["paths"]["/v1/guarded"]["post"]["responses"]["409"]["$ref"].rpartition("/")[2]
    response = document["components"]["responses"][conflict]
    codes = {"CONFLICT", "INVALID_CODE", "IDEMPOTENCY_KEY_REUSED", "REQUEST_IN_PROGRESS"}
    assert set(response["content"]["application/json"]["examples"]) == codes
    assert "Retry-After" in response["headers"]
    schema = response["content"]["application/json"]["schema"]
    unknown = {"error": {"code": "NOT_FOUND", "message": "", "details": {}, "request_id": ""}}
    assert not Draft202012Validator({**schema, "components": document["components"]}).is_valid(unknown)


def test_who_may_call_is_told() -> None:
    assert operation_of("guard_thing")["x-roles"] == ["teacher", "admin"]
    assert "For the roles `teacher`, `admin`." in operation_of("guard_thing")["description"]
    assert operation_of("read_old")["description"] == "For every signed-in user."
    assert "security" not in operation_of("read_old")
    public = operation_of("make_thing")
    assert public["security"] == []
    assert public["description"] == "It is given back as it was understood.\n\nNeeds no token."


def test_the_summary_is_the_first_sentence() -> None:
    operation = operation_of("miss_thing")
    assert operation["summary"] == "Look for what is not there"
    assert operation["description"] == "It never is.\n\nNeeds no token."


def test_a_query_has_one_parameter_for_each_field() -> None:
    parameters = {one["name"]: one for one in operation_of("list_things")["parameters"]}
    assert set(parameters) == {"limit", "cursor", "name", "heavy", "If-None-Match"}
    assert parameters["limit"]["schema"]["maximum"] == 100
    assert parameters["name"]["schema"]["type"] == "string"
    assert not any(one.get("required") for one in parameters.values())


def test_paths_and_headers_are_parameters_too() -> None:
    (thing, tag) = operation_of("read_thing")["parameters"]
    assert (thing["in"], thing["schema"]) == ("path", {"type": "string", "format": "uuid"})
    assert (tag["in"], tag["name"]) == ("header", "If-None-Match")
    (key,) = operation_of("guard_thing")["parameters"]
    assert (key["name"], key["schema"]["maxLength"]) == ("Idempotency-Key", 255)


def test_success_is_described() -> None:
    created = operation_of("guard_thing")["responses"]["201"]
    assert set(created["headers"]) == {"X-Request-Id", "RateLimit", "RateLimit-Policy"}
    assert operation_of("list_things")["responses"]["304"]["headers"].keys() == {"X-Request-Id", "ETag"}
    assert "content" not in operation_of("delete_thing")["responses"]["204"]
    assert operation_of("page")["responses"]["200"]["content"] == {
        "text/html": {"schema": {"type": "string"}}
    }
    assert operation_of("read_old")["deprecated"] is True
    assert "Sunset" in operation_of("read_old")["responses"]["200"]["headers"]


def test_each_form_of_a_body_has_an_example() -> None:
    content = operation_of("find_thing")["requestBody"]["content"]["application/json"]
    assert [(name, one["value"]["kind"]) for name, one in content["examples"].items()] == [
        ("name", "name"),
        ("id", "id"),
    ]
    either = operation_of("choose_thing")["requestBody"]["content"]["application/json"]["examples"]
    assert [one["value"] for one in either.values()] == [{"name": "Ada"}, {"pin": "4711"}]


def test_it_is_served_with_links_of_the_caller() -> None:
    headers = {"host": "tiza.example", "x-forwarded-proto": "https"}
    reply = ApiClient(app.app).get("/openapi.json", headers=headers)
    assert reply.status == 200
    assert reply.json["servers"] == [{"url": "https://tiza.example"}]
    headers["if-none-match"] = reply.headers["ETag"]
    assert ApiClient(app.app).get("/openapi.json", headers=headers).status == 304


def test_every_code_is_listed() -> None:
    enum = errors.schema()["properties"]["error"]["properties"]["code"]["enum"]
    assert enum == [error.code for error in all_errors()]
