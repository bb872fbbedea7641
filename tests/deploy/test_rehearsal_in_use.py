"""The deployed artifact, as Lambda has it, serves: the end-to-end scenario, schedules, `make invoke`."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator

import httpx
import pytest

from dev.deploy import smoke
from tests.deploy.deployed import Deployed, FunctionFailed
from tests.deploy.rehearsal import Rehearsal
from tests.deploy.test_rehearsal import FUNCTIONS, SCHEDULES
from tests.e2e.test_scenario import (  # noqa: F401 (run here on what was deployed)
    test_from_registering_to_signing_out,
    test_the_documentation_is_there_and_loads_nothing_from_elsewhere,
    test_what_one_has_already_is_not_sent_again,
    visitor,
)
from tests.support import private

pytestmark = pytest.mark.xdist_group("deploy")

ORIGIN = "https://app.tiza.example"


@pytest.fixture(scope="module")
def running(rehearsal: Rehearsal, prod: str) -> Iterator[Deployed]:
    """Stage `prod`, in the place of the product that `make run` starts; SES knows the sender of its mails."""
    rehearsal.client("ses").verify_email_identity(EmailAddress="no-reply@tiza.example")
    with Deployed(rehearsal.target("prod")).served() as deployed:
        yield deployed
    assert [fault for line in deployed.lines() for fault in private.found_in(line)] == []


def test_what_lambda_gives_out_is_what_it_says_it_has(rehearsal: Rehearsal, prod: str) -> None:
    client = rehearsal.client("lambda")
    found = {}
    for name in FUNCTIONS:
        function = client.get_function(FunctionName=rehearsal.target("prod").function(name))
        found[function["Code"]["Location"]] = function["Configuration"]["CodeSha256"]
        [layer] = function["Configuration"]["Layers"]
        content = client.get_layer_version_by_arn(Arn=layer["Arn"])["Content"]
        found[content["Location"]] = content["CodeSha256"]
    for address, digest in found.items():
        content = httpx.get(address).content
        assert base64.b64encode(hashlib.sha256(content).digest()).decode() == digest


def test_it_passes_the_smoke_test(running: Deployed) -> None:
    assert smoke.run(smoke.Place(running.url, ORIGIN), within=0) == {}


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_schedule_runs(running: Deployed, name: str) -> None:
    running.fire(f"tiza-prod-{name}-event")


def test_a_function_that_cannot_go_on_says_so(rehearsal: Rehearsal, running: Deployed) -> None:
    with pytest.raises(FunctionFailed):
        running.call("tiza-prod-mail", {"Records": [{"eventSource": "none"}]})


def test_a_function_is_called_by_hand_and_its_log_read(rehearsal: Rehearsal, running: Deployed) -> None:
    done = rehearsal.deploy("invoke", "prod", "--function", "sweep")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) is not None or done.stdout.strip() == "null"
    assert re.search(r'"worker": ?"sweep"', done.stderr)
    logs = rehearsal.deploy("logs", "prod", "--function", "sweep", "--since", "1h")
    assert logs.returncode == 0, logs.stderr
    assert re.search(r'Z tiza-prod-sweep .*"worker": ?"sweep"', logs.stdout)


def test_a_call_by_hand_that_fails_is_told(rehearsal: Rehearsal, running: Deployed) -> None:
    done = rehearsal.deploy("invoke", "prod", "--function", "nobody")
    assert done.returncode == 1
    assert "there is no function tiza-prod-nobody" in done.stderr
