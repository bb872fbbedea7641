"""What `make run` prints is true: the address, the demo users, and the lines to paste."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.support.running import Running

# The part of curl that the lines use, so that the test needs no more than the project does.
CURL = """
import sys, urllib.request
arguments, url, headers, data = iter(sys.argv[1:]), None, {}, None
for argument in arguments:
    if argument == "-H":
        name, _, value = next(arguments).partition(": ")
        headers[name] = value
    elif argument == "-d":
        data = next(arguments).encode()
    elif argument != "-s":
        url = argument
print(urllib.request.urlopen(urllib.request.Request(url, data, headers)).read().decode(), end="")
"""


@pytest.fixture
def path_with_curl(tmp_path: Path) -> str:
    """A search path whose `curl` is the one above."""
    (tmp_path / "curl.py").write_text(CURL)
    (tmp_path / "curl").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{tmp_path}/curl.py" "$@"\n')
    (tmp_path / "curl").chmod(0o755)
    return f"{tmp_path}{os.pathsep}{os.environ['PATH']}"


def test_the_lines_to_paste_work(running: Running, path_with_curl: str) -> None:
    lines = [line.strip() for line in running.log.splitlines() if "curl -s" in line]
    assert len(lines) == 3
    pasted = "\necho\n".join(lines)
    environment = {**os.environ, "PATH": path_with_curl}
    said = subprocess.run(
        ["sh", "-e", "-c", pasted], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert said.stderr == ""
    attempt, listed = (json.loads(line) for line in said.stdout.split("\n") if line)
    assert attempt["data"]["verdict"] == "incorrect"
    assert attempt["data"]["id"] == listed["data"][0]["id"]
    assert len(listed["data"]) == 3


def test_every_demo_user_can_sign_in(running: Running) -> None:
    block = running.log.partition("Demo users")[2].partition("Try it:")[0]
    users = re.findall(r"^  (\w+) .*?(\{.*\})$", block, re.MULTILINE)
    assert {role for role, _ in users} >= {"student", "teacher", "parent", "admin", "operator"}
    for role, login in users:
        reply = httpx.post(f"{running.url}/v1/auth/login", json=json.loads(login), timeout=20)
        assert reply.status_code == 200, reply.text
        assert reply.json()["data"]["user"]["role"] == role


def test_the_documentation_is_where_it_says(running: Running) -> None:
    [address] = re.findall(r"Documentation: (\S+)", running.log)
    reply = httpx.get(address, timeout=20)
    assert reply.status_code == 200
    assert reply.headers["Content-Type"].startswith("text/html")
