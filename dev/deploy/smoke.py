"""Asks a deployed Tiza, at its public address, what only a working one can answer.

    python -m dev.deploy.smoke --stage prod
    python -m dev.deploy.smoke --url https://api.tiza.example --origin https://app.tiza.example

It writes nothing. What fails is asked again for `--within` seconds: the gateway takes some to serve a new
deployment everywhere, and the database some to wake up. Ends with 1 when something still fails then.
"""

from __future__ import annotations

import argparse
import http.client
import json
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from email.message import Message
from typing import Any, NamedTuple

from dev.deploy import parameters, store, web
from dev.deploy.state import State
from dev.deploy.target import DeployError, Target, complain, say

TIMEOUT_SECONDS = 35.0  # the gateway itself gives up after 29
WITHIN_SECONDS = 90.0
PAUSE_SECONDS = 3.0
SIGNED_IN_PATH = "/v1/me"
ERROR_FIELDS = frozenset({"code", "message", "details", "request_id"})
FAULTS = (
    OSError,  # no connection
    http.client.HTTPException,  # one that broke, or does not speak HTTP
    LookupError,  # JSON of another shape
    TypeError,
    AttributeError,
)


class SmokeError(Exception):
    """An answer is not as it must be; the message says how it differs."""


class Reply(NamedTuple):
    """An HTTP answer, also one of 400 and above."""

    status: int
    headers: Message
    body: bytes

    def json(self) -> Any:
        """The body. Raises `SmokeError` where it is no JSON."""
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise SmokeError(f"the body of a {self.status} is no JSON") from error


class Place(NamedTuple):
    """Where to ask: the API's address without a slash at its end, and an origin that may call it.

    `pages`: the address of the pages that the stage hosts; None where it hosts none.
    """

    url: str
    origin: str
    pages: str | None = None


def check_health(place: Place) -> None:
    """The process answers."""
    _expect(_data(_ask(place, "/health"))["status"], "ok", "status")


def check_ready(place: Place) -> None:
    """The database answers and has the schema."""
    _expect(_data(_ask(place, "/ready"))["status"], "ready", "status")


def check_openapi(place: Place) -> None:
    """The API describes itself, with the address that it has from outside."""
    reply = _ask(place, "/openapi.json")
    _expect(reply.status, 200, "status")
    document = reply.json()
    _expect(str(document.get("openapi"))[:3], "3.1", "version of OpenAPI")
    _expect(document.get("servers"), [{"url": place.url}], "servers")


def check_anonymous(place: Place) -> None:
    """The gateway refuses a call without a token in the one shape of errors, and lets browsers read that."""
    _expect_unauthorized(place, _ask(place, SIGNED_IN_PATH, {"Origin": place.origin}))


def check_bad_token(place: Place) -> None:
    """The authorizer runs, and refuses a token that is none."""
    headers = {"Origin": place.origin, "Authorization": "Bearer smoke.test.token"}
    _expect_unauthorized(place, _ask(place, SIGNED_IN_PATH, headers))


def check_unknown_path(place: Place) -> None:
    """The gateway answers for a path that it does not know."""
    _expect_error(_ask(place, "/v1/no-such-path"), 404, "NOT_FOUND")


def check_bad_body(place: Place) -> None:
    """The edge reads a body and refuses it; this goes no further."""
    reply = _ask(place, "/v1/auth/login", {"Content-Type": "application/json"}, "POST", b"{")
    _expect_error(reply, 400, None)


def check_preflight(place: Place) -> None:
    """A browser of the frontend may call, one of elsewhere may not."""
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    reply = _ask(place, SIGNED_IN_PATH, {"Origin": place.origin, **asked}, "OPTIONS")
    _expect(reply.status, 204, "status")
    _expect(reply.headers["Access-Control-Allow-Origin"], place.origin, "Access-Control-Allow-Origin")
    allowed = str(reply.headers["Access-Control-Allow-Headers"]).lower()
    _expect("authorization" in allowed, True, "Authorization among Access-Control-Allow-Headers")
    other = _ask(place, SIGNED_IN_PATH, {"Origin": "https://elsewhere.invalid", **asked}, "OPTIONS")
    _expect(other.headers["Access-Control-Allow-Origin"], None, "Access-Control-Allow-Origin for others")


def check_pages(place: Place) -> None:
    """The index is there at a path that the pages make up, names this API, and may call it alone."""
    reply = _ask(place._replace(url=place.pages or ""), "/no/such/path")
    _expect(reply.status, 200, "status")
    _expect(f'content="{place.url}"' in reply.body.decode(), True, "the API's address in the index")
    policy = str(reply.headers["Content-Security-Policy"])
    _expect(web.origin(place.url) in policy.split(), True, "the API in the content security policy")
    _expect(reply.headers["Cache-Control"], web.ASK, "Cache-Control")


def check_missing_file(place: Place) -> None:
    """A file that is not there is not the index."""
    reply = _ask(place._replace(url=place.pages or ""), "/assets/no-such-file.js")
    _expect(reply.status in (403, 404), True, "403 or 404")


CHECKS: Mapping[str, Callable[[Place], None]] = {
    "GET /health": check_health,
    "GET /ready": check_ready,
    "GET /openapi.json": check_openapi,
    f"GET {SIGNED_IN_PATH} without a token": check_anonymous,
    f"GET {SIGNED_IN_PATH} with a bad token": check_bad_token,
    "GET an unknown path": check_unknown_path,
    "POST a malformed body": check_bad_body,
    f"OPTIONS {SIGNED_IN_PATH}": check_preflight,
}

OF_PAGES: Mapping[str, Callable[[Place], None]] = {
    "GET a path of the pages": check_pages,
    "GET a file that the pages do not have": check_missing_file,
}


def checks(place: Place) -> Mapping[str, Callable[[Place], None]]:
    """What there is to check, by name."""
    return {**CHECKS, **OF_PAGES} if place.pages else CHECKS


def run(place: Place, within: float = WITHIN_SECONDS) -> dict[str, str]:
    """What failed, by the name of the check; empty where all is well. Says how each one went."""
    ends_at = time.monotonic() + within
    failed = {}
    for name, check in checks(place).items():
        fault = _fault(check, place)
        while fault and time.monotonic() < ends_at:
            time.sleep(PAUSE_SECONDS)
            fault = _fault(check, place)
        say(f"  {name}: {fault or 'good'}")
        if fault:
            failed[name] = fault
    return failed


def place_of(target: Target) -> Place:
    """Where the stage is reached: its parameter `api_url`, or else its API's own address, and its pages."""
    there = store.read(target.client("ssm"), parameters.of_stage(target.stage))
    if "cors_origins" not in there:
        raise DeployError(f"{target.stage} has no parameter cors_origins: is it deployed?")
    origin = there["cors_origins"].value.split(",")[0].strip()
    pages = web.address(target)
    if parameters.API_URL in there:
        return Place(there[parameters.API_URL].value.rstrip("/"), origin, pages)
    record = State(target).read() or {"resources": []}
    urls = [one["rest_api_url"] for one in record["resources"] if "rest_api_url" in one]
    if not urls:
        raise DeployError(f"nobody knows the address of {target.stage}: is it deployed?")
    return Place(str(urls[0]).rstrip("/"), origin, pages)


def main(arguments: Sequence[str]) -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m dev.deploy.smoke", description="Try a deployed Tiza.")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--stage", help="staging or prod")
    where.add_argument("--url", help="the API's address, instead of that of a stage")
    parser.add_argument("--origin", help="an origin that may call; needed with --url")
    parser.add_argument("--endpoint", help="the address of a local AWS, instead of AWS itself")
    parser.add_argument("--within", type=float, default=WITHIN_SECONDS, help="seconds to try again")
    options = parser.parse_args(arguments)
    if options.url and not options.origin:
        parser.error("--url needs --origin")
    try:
        if options.url:
            place = Place(options.url.rstrip("/"), options.origin)
        else:
            place = place_of(Target(options.stage, options.endpoint))
    except DeployError as error:
        complain(f"smoke test: {error}")
        return 1
    say(f"Trying {place.url}:")
    failed = run(place, options.within)
    say(f"{len(failed)} of {len(checks(place))} failed." if failed else "All is well.")
    return 1 if failed else 0


def _fault(check: Callable[[Place], None], place: Place) -> str | None:
    """What is wrong, or None."""
    try:
        check(place)
    except SmokeError as error:
        return str(error)
    except FAULTS as error:
        return f"{type(error).__name__}: {error}"
    return None


def _ask(
    place: Place,
    path: str,
    headers: Mapping[str, str] | None = None,
    method: str = "GET",
    body: bytes | None = None,
) -> Reply:
    request = urllib.request.Request(  # noqa: S310 (whose address it is, the developer says)
        place.url + path, data=body, headers=dict(headers or {}), method=method
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            return Reply(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Reply(error.code, error.headers, error.read())


def _data(reply: Reply) -> Any:
    _expect(reply.status, 200, "status")
    return reply.json()["data"]


def _expect(found: Any, wanted: Any, what: str) -> None:
    if found != wanted:
        raise SmokeError(f"{what}: {found!r} instead of {wanted!r}")


def _expect_error(reply: Reply, status: int, code: str | None) -> None:
    """An error in the one shape; any code where `code` is None."""
    _expect(reply.status, status, "status")
    error = reply.json()["error"]
    _expect(set(error), set(ERROR_FIELDS), "fields of the error")
    _expect(error["code"], code or error["code"], "code")


def _expect_unauthorized(place: Place, reply: Reply) -> None:
    _expect_error(reply, 401, "UNAUTHORIZED")
    _expect(reply.headers["Access-Control-Allow-Origin"], place.origin, "Access-Control-Allow-Origin")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
