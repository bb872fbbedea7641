"""Hands in a photo to a running `make run`, as the demo student does, and says what was read from it.

    python -m dev.hand_in [dev/demo/work.png]

The way is a frontend's: consent of the parent, announcement, upload to the (local) S3, and asking until it is
read and each line has become what it becomes.
"""

from __future__ import annotations

import json
import mimetypes
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from dev import fire, seed
from dev.postgres import CHECKOUT

SAMPLE = CHECKOUT / "dev" / "demo" / "work.png"
PATIENCE_SECONDS = 120.0
PAUSE_SECONDS = 0.5


class HandInError(Exception):
    """The photo could not be handed in; the message says why."""


class Person:
    """A demo user of the running stage."""

    def __init__(self, url: str, role: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=60)
        login = next(user.login for user in seed.users() if user.role == role)
        token = self.call("POST", "/v1/auth/login", login)["access_token"]
        self._client.headers["Authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The `data` of the answer. Raises `HandInError` for one that tells of an error."""
        reply = self._client.request(method, path, json=body)
        if reply.is_error:
            raise HandInError(reply.json()["error"]["message"])
        return reply.json()["data"]


def hand_in(url: str, photo: Path) -> list[str]:
    """Hand in `photo`; a line of text for each line of work. Raises `HandInError`."""
    student, parent = Person(url, "student"), Person(url, "parent")
    consent = f"/v1/families/children/{student.call('GET', '/v1/me')['id']}/consents/photos"
    parent.call("PUT", consent, {"granted": True})
    content = photo.read_bytes()
    content_type = mimetypes.guess_type(photo.name)[0]
    announced = student.call("POST", "/v1/photos", {"content_type": content_type, "size": len(content)})
    form = announced["upload"]
    httpx.post(form["url"], data=form["fields"], files={"file": content}, timeout=60).raise_for_status()
    found = _read(student, f"/v1/photos/{announced['id']}")
    return [_told(student, line) for line in found["lines"]] or ["There is no work on it."]


def _read(student: Person, path: str) -> Any:
    """The photo, once it is read and its lines have become attempts."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        found = student.call("GET", path)
        why = found["reason_text"] or found["reading_reason_text"]
        if why:
            raise HandInError(why)
        if found["reading"] == "read" and all(line["status"] != "waiting" for line in found["lines"]):
            return found
        time.sleep(PAUSE_SECONDS)
    raise HandInError("It takes too long; the log of `make run` may say why.")


def _told(student: Person, line: Any) -> str:
    work = " = ".join(filter(None, (line["problem"], *line["steps"], line["answer"])))
    if line["attempt_id"] is None:
        return f"{work}    {line['reason_text'] or 'not sure: say what it is'}"
    attempt = student.call("GET", f"/v1/attempts/{line['attempt_id']}")
    best = attempt["diagnosis"]["candidates"][:1]
    return f"{work}    {attempt['verdict']}" + "".join(f": {each['name']}" for each in best)


def main(arguments: list[str]) -> int:
    """The command line; the exit code."""
    if not fire.path().exists():
        print("Nothing runs here: `make run` first.", file=sys.stderr)
        return 1
    url = json.loads(fire.path().read_text())["TIZA_API_URL"]
    try:
        print("\n".join(hand_in(url, Path(arguments[0]) if arguments else SAMPLE)))
    except (HandInError, OSError, httpx.HTTPError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
