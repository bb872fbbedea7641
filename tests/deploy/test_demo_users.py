"""The demo school of a deployed stage: made once, with log-ins that work and that nobody is shown."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib import settings
from chalicelib.store import database as store_database
from dev import seed
from dev.deploy import demo_users, parameters, store
from tests.support.aws import LocalAws
from tests.support.client import ApiClient

pytestmark = pytest.mark.xdist_group("deploy")

STAGE = "staging"


@pytest.fixture
def ssm(aws_server: LocalAws, database: str) -> Iterator[Any]:
    """A Parameter Store with what stage `staging` needs: the test's database is its own."""
    before = dict(os.environ)
    ssm = aws_server.client("ssm")
    known = parameters.of_stage(STAGE)
    values = {each.name: f"https://{each.name}.example" for each in known}
    values["database_url"] = settings.get().database_url
    values["token_keys"] = f"key:{'k' * 32}"
    store.write(ssm, known, values)
    yield ssm
    paths = [demo_users.path(STAGE), *(each.path for each in known)]
    for start in range(0, len(paths), store.BATCH):
        ssm.delete_parameters(Names=paths[start : start + store.BATCH])
    os.environ.clear()
    os.environ.update(before)
    settings.reset()
    store_database.forget()


def seeded(aws_server: LocalAws, confirmation: str = f"seed {STAGE}") -> int:
    """The exit code of the command."""
    settings.reset()
    store_database.forget()
    place = ["--stage", STAGE, "--endpoint", aws_server.endpoint]
    return demo_users.main([*place, "--confirm", confirmation])


def kept(ssm: Any) -> list[dict[str, Any]]:
    """The log-ins that were kept."""
    stored = ssm.get_parameter(Name=demo_users.path(STAGE), WithDecryption=True)["Parameter"]
    assert stored["Type"] == "SecureString"
    logins: list[dict[str, Any]] = json.loads(stored["Value"])
    return logins


def test_everybody_of_the_school_can_sign_in_and_nobody_is_shown_how(
    ssm: Any, aws_server: LocalAws, capsys: pytest.CaptureFixture[str]
) -> None:
    import app

    assert seeded(aws_server) == 0
    shown = "".join(capsys.readouterr())
    logins = kept(ssm)
    assert [login["role"] for login in logins] == ["admin", "teacher", *["student"] * 4]
    for login in logins:
        secret = login["body"].get("password") or login["body"]["pin"]
        assert secret not in shown
        assert secret not in (seed.PASSWORD, seed.PIN)
        user = ApiClient(app.app).post("/v1/auth/login", login["body"]).data["user"]
        assert (user["role"], user["name"]) == (login["role"], login["name"])
    assert len({login["body"].get("password") or login["body"]["pin"] for login in logins}) == len(logins)


def test_a_second_run_changes_nothing(
    ssm: Any, aws_server: LocalAws, owner: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert seeded(aws_server) == 0
    first = kept(ssm)
    assert seeded(aws_server) == 0
    assert "nothing was changed" in capsys.readouterr().out
    assert kept(ssm) == first
    owner.execute("SELECT (SELECT count(*) FROM schools), (SELECT count(*) FROM attempts)")
    assert owner.fetchone() == (1, 4)


def test_log_ins_that_cannot_be_kept_leave_no_school(
    ssm: Any, aws_server: LocalAws, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_users, "path", "/aws/{}".format)
    with pytest.raises(ClientError):
        seeded(aws_server)
    owner.execute("SELECT count(*) FROM schools")
    assert owner.fetchone() == (0,)


@pytest.mark.parametrize("confirmation", ["", "seed", "seed prod", "SEED staging"])
def test_without_the_right_words_nothing_is_made(
    ssm: Any, aws_server: LocalAws, owner: Any, confirmation: str
) -> None:
    assert seeded(aws_server, confirmation) == 1
    owner.execute("SELECT count(*) FROM schools")
    assert owner.fetchone() == (0,)
