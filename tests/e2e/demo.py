"""The demo users of the running product, signed in."""

from __future__ import annotations

import functools
import json
import re

import httpx

from tests.support.running import Running


def logins(running: Running) -> dict[str, dict[str, str]]:
    """What the first demo user of each role signs in with, as `make run` prints it."""
    block = running.log.partition("Demo users")[2].partition("Try it:")[0]
    found: dict[str, dict[str, str]] = {}
    for role, login in re.findall(r"^  (\w+) .*?(\{.*\})$", block, re.MULTILINE):
        found.setdefault(role, json.loads(login))
    return found


@functools.cache
def tokens(running: Running) -> dict[str, str]:
    """An access token of the first demo user of each role."""
    found: dict[str, str] = {}
    for role, login in logins(running).items():
        reply = httpx.post(f"{running.url}/v1/auth/login", json=login, timeout=60)
        assert reply.status_code == 200, reply.text
        found[role] = reply.json()["data"]["access_token"]
    return found
