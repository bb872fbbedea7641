"""What every answer looks like: envelope, errors, headers, ETag, CORS."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from chalicelib import settings
from chalicelib.edge import responses
from chalicelib.errors import all_errors
from tests.support.client import ApiClient, Reply
from tests.unit.edge import sample
from tests.unit.edge.gateway import call

ID = "01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4e"
LISTED, OTHER = "https://app.tiza.example", "https://evil.example"


@pytest.fixture(autouse=True)
def _settings() -> Any:
    settings.reset()
    yield
    settings.reset()


def read(headers: dict[str, str] | None = None) -> Reply:
    return call(sample.app, "GET", "/v1/things/{thing_id}", path={"thing_id": ID}, headers=headers)


def test_data_come_in_an_envelope() -> None:
    assert read().json == {"data": {"id": ID}, "meta": {}}


def test_a_list_says_where_it_goes_on() -> None:
    assert call(sample.app, "GET", "/v1/things").json["meta"] == {"next_cursor": None}


def test_nothing_is_204_without_a_body() -> None:
    reply = call(sample.app, "DELETE", "/v1/things/{thing_id}", path={"thing_id": ID})
    assert (reply.status, reply.text) == (204, "")
    assert "Content-Type" not in reply.headers


def test_text_is_text_and_what_is_raw_stays_raw() -> None:
    page = call(sample.app, "GET", "/page")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.text.startswith("<p>")
    assert call(sample.app, "GET", "/raw").json == {"raw": True}


def test_every_answer_carries_the_security_headers_and_the_request_id() -> None:
    for reply in (read(), call(sample.app, "GET", "/v1/missing"), call(sample.app, "GET", "/v1/broken")):
        assert (
            reply.headers.items()
            >= {
                "X-Request-Id": "request-1",
                "Cache-Control": reply.headers["Cache-Control"],
                "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
                "Referrer-Policy": "no-referrer",
                "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
                "X-Content-Type-Options": "nosniff",
            }.items()
        )
    assert call(sample.app, "GET", "/v1/missing").headers["Cache-Control"] == "no-store"


def test_an_error_has_the_one_shape() -> None:
    reply = call(sample.app, "GET", "/v1/missing")
    assert reply.status == 404
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.json == {
        "error": {
            "code": "NOT_FOUND",
            "message": "There is no such resource.",
            "details": {"what": "thing"},
            "request_id": "request-1",
        }
    }


def test_an_unforeseen_fault_tells_the_log_and_not_the_caller(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("tiza")
    logger.addHandler(caplog.handler)
    try:
        reply = call(sample.app, "GET", "/v1/broken", headers={"Origin": LISTED})
    finally:
        logger.removeHandler(caplog.handler)
    assert (reply.status, reply.code) == (500, "INTERNAL_ERROR")
    assert "secret" not in reply.text
    assert "a secret that must not leave the house" in caplog.text
    assert reply.headers["Access-Control-Allow-Origin"] == LISTED


def test_settings_that_cannot_be_read_are_an_error_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIZA_DATABASE_URL")
    reply = call(sample.app, "GET", "/v1/missing", headers={"Origin": LISTED})
    assert (reply.status, reply.code) == (500, "INTERNAL_ERROR")
    assert "TIZA_DATABASE_URL" not in reply.text
    assert call(sample.app, "GET", "/raw").status == 200


@pytest.mark.parametrize("fault", list(all_errors()), ids=lambda fault: fault.code)
def test_every_error_can_be_answered(fault: Any) -> None:
    answer = responses.error(fault(retry_after=3, what=UUID(ID)), "request-1")
    reply = Reply(answer.status, answer.headers, answer.body)
    assert (reply.status, reply.code) == (fault.status, fault.code)
    assert reply.json["error"]["details"] == {"what": ID}
    assert reply.headers["Retry-After"] == "3"
    assert reply.headers.get("WWW-Authenticate") == ("Bearer" if fault.status == 401 else None)


def test_every_code_is_an_error_s_own_and_says_what_it_means() -> None:
    errors = list(all_errors())
    assert len({error.code for error in errors}) == len(errors)
    assert all(error.__doc__ and error.message for error in errors)


def test_times_are_utc_and_ids_are_text() -> None:
    data = {"at": datetime(2026, 11, 21, 9, 30, tzinfo=UTC), "id": UUID(ID)}
    assert responses.to_json(data) == f'{{"at":"2026-11-21T09:30:00Z","id":"{ID}"}}'


def test_what_the_client_has_already_is_304() -> None:
    first = read()
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, no-cache"
    for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = read({"If-None-Match": sent})
        assert (again.status, again.text, again.headers["ETag"]) == (304, "", tag)
        assert "Content-Type" not in again.headers


@pytest.mark.parametrize("sent", ['"other"', "", "garbage", '"', "W/"])
def test_what_has_changed_is_200(sent: str) -> None:
    assert read({"If-None-Match": sent}).status == 200


def test_an_error_has_no_tag() -> None:
    reply = call(
        sample.app, "GET", "/v1/things/{thing_id}", path={"thing_id": "7"}, headers={"If-None-Match": "*"}
    )
    assert reply.status == 404
    assert "ETag" not in reply.headers


def test_a_deprecated_endpoint_says_so() -> None:
    headers = call(sample.app, "GET", "/v1/old-page").headers
    assert (headers["Deprecation"], headers["Sunset"]) == ("@1767225600", "Thu, 31 Dec 2026 23:59:59 GMT")


@pytest.mark.parametrize("method", ["/v1/things", "/v1/missing"])
def test_a_listed_origin_may_read_answers_and_errors(method: str) -> None:
    headers = call(sample.app, "GET", method, headers={"Origin": LISTED}).headers
    assert headers["Access-Control-Allow-Origin"] == LISTED
    assert headers["Vary"] == "Origin"
    assert "X-Request-Id" in headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in headers


@pytest.mark.parametrize("origin", [OTHER, "null", "https://app.tiza.example.evil.example", "*"])
def test_another_origin_may_not(origin: str) -> None:
    headers = call(sample.app, "GET", "/v1/things", headers={"Origin": origin}).headers
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["Vary"] == "Origin"


def test_a_preflight_names_what_is_allowed() -> None:
    reply = call(sample.app, "OPTIONS", "/v1/things", headers={"Origin": LISTED})
    assert (reply.status, reply.text) == (204, "")
    assert reply.headers["Access-Control-Allow-Methods"] == "GET, OPTIONS, POST"
    assert set(reply.headers["Access-Control-Allow-Headers"].split(", ")) == {
        "Authorization", "Content-Type", "Idempotency-Key", "If-None-Match",
    }  # fmt: skip
    assert int(reply.headers["Access-Control-Max-Age"]) > 600


def test_a_preflight_from_elsewhere_is_told_nothing() -> None:
    headers = call(sample.app, "OPTIONS", "/v1/things", headers={"Origin": OTHER}).headers
    assert not [name for name in headers if name.startswith("Access-Control")]
    assert headers["Allow"] == "GET, OPTIONS, POST"


def test_every_path_has_a_preflight() -> None:
    client = ApiClient(sample.app)
    for endpoint in sample.api.endpoints:
        path = endpoint.path.replace("{thing_id}", ID).replace("{name}", "x")
        assert client.call("OPTIONS", path, headers={"origin": LISTED}).status == 204
