"""The TypeScript client against the running product; what it does by itself, `make test-client` tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest

from tests.e2e import demo
from tests.support.running import CHECKOUT, Running

CLIENT = CHECKOUT / "clients" / "typescript"
INSTALLED = CLIENT / "node_modules" / ".package-lock.json"

pytestmark = pytest.mark.skipif(shutil.which("npm") is None, reason="Needs Node 20 or newer, with npm.")


def run(*command: str, **environment: str) -> None:
    """Run `command` in the client's folder; fails with all that it said."""
    done = subprocess.run(
        command,
        cwd=CLIENT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout


def test_the_client_does_with_tiza_what_it_promises(running: Running) -> None:
    run("make", "--directory", str(CHECKOUT), str(INSTALLED.relative_to(CHECKOUT)))
    run("npm", "run", "--silent", "pretest")
    logins = json.dumps(demo.logins(running))
    run("node", "--test", "build/test/real/real.test.js", TIZA_URL=running.url, TIZA_LOGINS=logins)
