"""The demo users of the running product, signed in."""

from __future__ import annotations

import functools
import json
import re

import httpx

from tests.support.running import Running


@functools.cache
def tokens(running: Running) -> dict[str, str]:
    """An access token of the first demo user of each role, as `make run` prints them."""
    block = running.log.partition("Demo users")[2].partition("Try it:")[0]
    found: dict[str, str] = {}
    for role, login in re.findall(r"^  (\w+) .*?(\{.*\})$", block, re.MULTILINE):
        if role not in found:
            reply = httpx.post(f"{running.url}/v1/auth/login", json=json.loads(login), timeout=60)
            assert reply.status_code == 200, reply.text
            found[role] = reply.json()["data"]["access_token"]
    return found
