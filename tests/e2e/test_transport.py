"""Bad input and simultaneous requests as they come over the wire, at the running product."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import httpx
import pytest

import app
from chalicelib.caller import OPERATOR, STUDENT
from chalicelib.edge.request import LARGEST_BODY_BYTES
from tests.e2e import demo
from tests.support.running import Running

ANSWER = {"problem": "503 - 278", "answer": "335"}
IS_JSON = {"Content-Type": "application/json"}
WITH_IDS = [endpoint for endpoint in app.api.endpoints if UUID in endpoint.types().values()]
# As they stand in the address; none is an id, none leads to another path.
NO_IDS = ("7", "%00", "%FF", "%C3%A9", "%0A", "..%2F..%2Fhealth", "%252e", "x" * 8000, "'--", "%7B%7D")


@pytest.fixture
def student(running: Running) -> Iterator[httpx.Client]:
    """A client that the demo student is signed in with."""
    headers = {"Authorization": f"Bearer {demo.tokens(running)[STUDENT]}"}
    with httpx.Client(base_url=running.url, timeout=60, headers=headers) as client:
        yield client


def assert_refused(reply: httpx.Response, status: int, code: str) -> None:
    """It is an error of the one shape."""
    assert reply.headers["Content-Type"] == "application/json"
    error = reply.json()["error"]
    assert (reply.status_code, error["code"]) == (status, code)
    assert set(error) == {"code", "message", "details", "request_id"}
    assert error["request_id"] == reply.headers["X-Request-Id"] != ""


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"problem": "9 - 4", "answer": "\xff\xfe"}',
        b'{"problem": "9 - 4", "answer": "\xed\xa0\x80"}',
        b'{"problem": "9 - 4", "answer": "a\\u0000b"}',
        json.dumps(ANSWER).encode("utf-16"),
        b"\xef\xbb\xbf" + json.dumps(ANSWER).encode(),
        b"\x00" * 1000,
        b"[" * 500_000,
    ],
)
def test_what_is_not_json_in_utf8(student: httpx.Client, body: bytes) -> None:
    assert_refused(student.post("/v1/attempts", content=body, headers=IS_JSON), 400, "VALIDATION_ERROR")


def test_a_body_over_a_megabyte(student: httpx.Client) -> None:
    whole = json.dumps({**ANSWER, "answer": "x" * LARGEST_BODY_BYTES}).encode()
    chunks = (whole[start : start + 50_000] for start in range(0, len(whole), 50_000))
    for content in (whole, chunks):
        reply = student.post("/v1/attempts", content=content, headers=IS_JSON)
        assert_refused(reply, 413, "PAYLOAD_TOO_LARGE")
    assert student.get("/v1/me").status_code == 200


def test_other_media_types_and_encodings(student: httpx.Client) -> None:
    packed = gzip.compress(json.dumps(ANSWER).encode())
    for content, headers in (
        (packed, {**IS_JSON, "Content-Encoding": "gzip"}),
        (b"problem=9+-+4", {"Content-Type": "application/x-www-form-urlencoded"}),
        (json.dumps(ANSWER).encode(), {}),
    ):
        assert_refused(
            student.post("/v1/attempts", content=content, headers=headers), 415, "UNSUPPORTED_MEDIA_TYPE"
        )


def test_a_body_in_chunks_is_read(student: httpx.Client) -> None:
    pieces = (piece.encode() for piece in ('{"problem": "9 - 4", ', '"answer": "5"}'))
    assert student.post("/v1/attempts", content=pieces, headers=IS_JSON).status_code == 201


@pytest.mark.parametrize("endpoint", WITH_IDS, ids=lambda e: f"{e.method} {e.path}")
def test_what_is_no_id_names_nothing(running: Running, endpoint: object) -> None:
    tokens = demo.tokens(running)
    role = next((each for each in tokens if each in endpoint.allow), OPERATOR)
    headers = {"Authorization": f"Bearer {tokens[role]}"}
    with httpx.Client(base_url=running.url, timeout=60, headers=headers) as client:
        for value in NO_IDS:
            path = "/".join(value if part.startswith("{") else part for part in endpoint.path.split("/"))
            body = {} if "body" in endpoint.types() else None
            assert_refused(client.request(endpoint.method, path, json=body), 404, "NOT_FOUND")


@pytest.mark.parametrize("scheme", ["Bearer ", "Basic ", "bearer  ", "", "Bearer Bearer "])
def test_a_token_is_never_echoed(running: Running, scheme: str) -> None:
    secret = "a-token-that-nobody-may-see"
    reply = httpx.get(f"{running.url}/v1/me", headers={"Authorization": scheme + secret})
    assert_refused(reply, 401, "UNAUTHORIZED")
    assert reply.headers["WWW-Authenticate"] == "Bearer"
    assert secret not in reply.text + str(reply.headers)
    assert secret not in running.log


def test_twenty_at_once_under_one_key_are_one_attempt(student: httpx.Client) -> None:
    headers = {"Idempotency-Key": str(uuid4())}
    body = {"problem": "8003 - 4657", "answer": "4656"}

    def submit(_: int) -> httpx.Response:
        return student.post("/v1/attempts", json=body, headers=headers)

    with ThreadPoolExecutor(20) as pool:
        replies = list(pool.map(submit, range(20)))
    done = [reply for reply in replies if reply.status_code == 201]
    for reply in replies:
        if reply not in done:
            assert_refused(reply, 409, "REQUEST_IN_PROGRESS")
            assert int(reply.headers["Retry-After"]) > 0
    assert {reply.content for reply in done} == {submit(0).content}
    listed = student.get("/v1/attempts?topic=subtraction&limit=50").json()["data"]
    assert sum(attempt["problem"] == body["problem"] for attempt in listed) == 1
    other = student.post("/v1/attempts", json={**body, "answer": "3346"}, headers=headers)
    assert_refused(other, 409, "IDEMPOTENCY_KEY_REUSED")


def test_answers_at_the_same_moment_all_count(student: httpx.Client) -> None:
    me = student.get("/v1/me").json()["data"]["id"]

    def counted() -> int:
        skills = student.get(f"/v1/students/{me}/mastery").json()["data"]["skills"]
        return sum(skill["attempts"] for skill in skills if skill["slug"] == "multiplication")

    before = counted()
    with ThreadPoolExecutor(8) as pool:
        body = {"problem": "7 × 8", "answer": "54"}
        replies = list(pool.map(lambda _: student.post("/v1/attempts", json=body), range(8)))
    assert [reply.status_code for reply in replies] == [201] * 8
    assert counted() == before + 8
