"""The whole way through Tiza over HTTP, as a frontend goes it: from registering to signing out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.support.running import Running, until

PASSWORD = "correct horse battery"
ORIGIN = "http://localhost:5173"


class Visitor:
    """Somebody at a frontend: signed in once `tokens` holds something."""

    def __init__(self, running: Running, http: httpx.Client) -> None:
        self._running = running
        self._http = http
        self.tokens: dict[str, Any] = {}

    def call(self, method: str, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        """The `data` of the answer, which must have this `status`; of an error its code."""
        if self.tokens:
            headers["Authorization"] = f"Bearer {self.tokens['access_token']}"
        reply = self._http.request(method, path, json=body, headers=headers)
        assert reply.status_code == status, reply.text
        if status == 204:
            return None
        return reply.json()["error"]["code"] if status >= 400 else reply.json()["data"]

    def sign_in(self, **login: str) -> None:
        self.tokens = self.call("POST", "/v1/auth/login", login)

    def mailed_token(self, address: str) -> str:
        """The token of the last mail to `address`, which a developer finds in the log."""
        until(lambda: bool(self._mails(address)))
        return str(self._mails(address)[-1]["token"])

    def _mails(self, address: str) -> list[dict[str, Any]]:
        return [mail for mail in self._running.events("mail") if mail["to"] == address]


@pytest.fixture
def visitor(running: Running) -> Iterator[Callable[[], Visitor]]:
    """Makes visitors."""
    with httpx.Client(base_url=running.url, timeout=60) as http:
        yield lambda: Visitor(running, http)


def registered(visitor: Visitor, **body: Any) -> Visitor:
    """`visitor`, who registers, verifies the address and signs in."""
    address = f"{uuid4().hex}@school.example"
    person = {"email": address, "password": PASSWORD, "locale": "en", **body}
    assert visitor.call("POST", "/v1/auth/register", person, 202)["status"] == "verification_sent"
    login = {"email": address, "password": PASSWORD}
    assert visitor.call("POST", "/v1/auth/login", login, 403) == "EMAIL_NOT_VERIFIED"
    token = visitor.mailed_token(address)
    visitor.call("POST", "/v1/auth/email/verify", {"token": token}, 204)
    assert visitor.call("POST", "/v1/auth/email/verify", {"token": token}, 409) == "INVALID_ONE_TIME_TOKEN"
    visitor.sign_in(**login)
    return visitor


def test_from_registering_to_signing_out(visitor: Callable[[], Visitor]) -> None:
    school = {"name": "Escuela Nueva", "time_zone": "Europe/Madrid"}
    admin = registered(visitor(), kind="teacher", name="Ada López", school=school)
    me = admin.call("GET", "/v1/me")
    assert (me["role"], me["school"]["name"]) == ("admin", "Escuela Nueva")
    staff_code = admin.call("POST", f"/v1/schools/{me['school']['id']}/invites", {}, 201)["code"]

    teacher = registered(visitor(), kind="teacher", name="Tomás Maestro", invite_code=staff_code)
    room = teacher.call("POST", "/v1/classrooms", {"name": "4a", "grade": 4}, 201)
    class_code = teacher.call("POST", f"/v1/classrooms/{room['id']}/invites", {"max_uses": 30}, 201)["code"]

    student = visitor()
    leo = {"kind": "student", "class_code": class_code, "username": "leo.m", "pin": "4711", "name": "Leo M."}
    login = student.call("POST", "/v1/auth/register", leo, 202)
    assert (login.pop("status"), login) == ("ready", {"class_code": room["code"], "username": "leo.m"})
    student.sign_in(**login, pin="4711")
    student_id = student.tokens["user"]["id"]

    answer = {"problem": "503 - 278", "answer": "375"}
    submitted = student.call("POST", "/v1/attempts", answer, 201, **{"Idempotency-Key": "first"})
    assert student.call("POST", "/v1/attempts", answer, 201, **{"Idempotency-Key": "first"}) == submitted
    assert (submitted["verdict"], submitted["expected"]) == ("incorrect", "225")
    attempt = student.call("GET", f"/v1/attempts/{submitted['id']}")
    best = attempt["diagnosis"]["candidates"][0]
    assert best["bug"] == "subtraction.smaller_from_larger"
    assert best["explanation"]
    assert [line["wrote"] for line in best["trace"]][:3] == ["5", "7", "3"]

    skill = student.call("GET", f"/v1/students/{student_id}/mastery")["skills"][0]
    assert (skill["slug"], round(skill["p_known"], 6), skill["attempts"]) == ("subtraction", 0.145763, 1)
    heat_map = teacher.call("GET", f"/v1/classrooms/{room['id']}/mastery")
    assert [(row["name"], row["cells"][0]["level"]) for row in heat_map["students"]] == [
        ("Leo M.", "at_risk")
    ]
    assert [each["id"] for each in teacher.call("GET", f"/v1/attempts?student_id={student_id}")] == [
        submitted["id"]
    ]

    link_code = teacher.call("POST", f"/v1/users/{student_id}/link-codes", {}, 201)["code"]
    parent = registered(visitor(), kind="parent", name="Eva Martín", link_code=link_code)
    assert parent.call("GET", f"/v1/students/{student_id}/mastery", status=404) == "NOT_FOUND"
    (link,) = teacher.call("GET", "/v1/families/links?status=pending")
    teacher.call("POST", f"/v1/families/links/{link['id']}/confirmation")
    assert parent.call("GET", f"/v1/students/{student_id}/mastery")["skills"] == [skill]

    first = student.tokens
    student.tokens = student.call("POST", "/v1/auth/refresh", {"refresh_token": first["refresh_token"]})
    assert student.call("GET", "/v1/me")["id"] == student_id
    reused = student.call("POST", "/v1/auth/refresh", {"refresh_token": first["refresh_token"]}, 401)
    newest = student.call("POST", "/v1/auth/refresh", {"refresh_token": student.tokens["refresh_token"]}, 401)
    assert (reused, newest) == ("UNAUTHORIZED", "UNAUTHORIZED")

    session = {"refresh_token": teacher.tokens["refresh_token"]}
    teacher.call("POST", "/v1/auth/logout", session, 204)
    assert teacher.call("POST", "/v1/auth/refresh", session, 401) == "UNAUTHORIZED"
    teacher.tokens = {}
    assert teacher.call("GET", "/v1/me", status=401) == "UNAUTHORIZED"


def test_a_frontend_of_another_origin_is_let_in(running: Running) -> None:
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
    asked["Access-Control-Request-Headers"] = "authorization, content-type, idempotency-key"
    reply = httpx.options(f"{running.url}/v1/attempts", headers=asked)
    assert reply.status_code == 204
    assert reply.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "POST" in reply.headers["Access-Control-Allow-Methods"].split(", ")
    allowed = reply.headers["Access-Control-Allow-Headers"].lower().split(", ")
    assert {"authorization", "content-type", "idempotency-key", "if-none-match"} <= set(allowed)
    assert int(reply.headers["Access-Control-Max-Age"]) >= 3600
    reply = httpx.get(f"{running.url}/health", headers={"Origin": ORIGIN})
    assert reply.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert reply.headers["Vary"] == "Origin"


def test_a_page_of_any_other_origin_is_not(running: Running) -> None:
    for origin in ("https://evil.example", "null", f"{ORIGIN}.evil.example"):
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        for reply in (
            httpx.options(f"{running.url}/v1/attempts", headers=asked),
            httpx.get(f"{running.url}/health", headers={"Origin": origin}),
        ):
            assert "Access-Control-Allow-Origin" not in reply.headers
            assert reply.headers["Vary"] == "Origin"


def test_the_documentation_is_there_and_loads_nothing_from_elsewhere(running: Running) -> None:
    document = httpx.get(f"{running.url}/openapi.json")
    assert document.json()["openapi"].startswith("3.1")
    assert document.json()["servers"] == [{"url": running.url}]
    page = httpx.get(f"{running.url}/docs")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "/v1/attempts" in page.text
    loaded = re.findall(r"""(?:\bsrc=|<link[^>]*\bhref=|url\(|@import)\s*["']?([^"' >)]*)""", page.text)
    assert [address for address in loaded if not address.startswith("data:")] == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/v1"),
        ("GET", "/v1/nothing"),
        ("GET", "/v2/me"),
        ("GET", "/v1/attempts/x/y"),
        ("PUT", "/v1/attempts"),
        ("DELETE", "/health"),
        ("BREW", "/v1/me"),
    ],
)
def test_an_unknown_path_or_method_is_404(running: Running, method: str, path: str) -> None:
    reply = httpx.request(method, running.url + path, headers={"Authorization": "Bearer secret-token"})
    assert (reply.status_code, reply.json()["error"]["code"]) == (404, "NOT_FOUND")
    assert reply.json()["error"]["request_id"] == reply.headers["X-Request-Id"]
    assert "secret-token" not in reply.text


def test_what_one_has_already_is_not_sent_again(running: Running) -> None:
    for path in ("/openapi.json", "/docs"):
        first = httpx.get(running.url + path)
        again = httpx.get(running.url + path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
