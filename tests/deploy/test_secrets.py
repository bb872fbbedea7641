"""The parameters of a stage, put into the local AWS's Parameter Store and read as Tiza reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from chalicelib import settings, tokens
from chalicelib.errors import UnauthorizedError
from dev.deploy import parameters, rotation, secrets, store
from dev.deploy.target import DeployError
from tests.support.aws import LocalAws

pytestmark = pytest.mark.xdist_group("deploy")

STAGE = "prod"
PASSWORD = "a-password-that-nobody-may-see"
GOOD = {
    "database_url": f"postgresql://tiza_app:{PASSWORD}@ep-x-pooler.eu.aws.neon.tech/tiza?sslmode=require",
    "database_owner_url": f"postgresql://tiza_owner:{PASSWORD}@ep-x.eu.aws.neon.tech/tiza?sslmode=require",
    "web_url": "https://app.tiza.example",
    "api_url": "https://api.tiza.example",
    "token_keys": f"old:{'s' * 32}",
}


class Hands:
    """A clock that passes only where somebody waits, and what was said. Starts at the real time."""

    def __init__(self) -> None:
        self.time = datetime.now(UTC)
        self.waited = 0.0
        self.said: list[str] = []
        self.clock = rotation.Clock(lambda: self.time, self._sleep, self.said.append)

    def _sleep(self, seconds: float) -> None:
        self.waited += seconds
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def ssm(aws_server: LocalAws, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of a Parameter Store that has nothing of stage `prod`."""
    client = aws_server.client("ssm")
    for name, value in aws_server.stack.environment.items():
        if name.startswith("AWS_"):
            monkeypatch.setenv(name, value)
    yield client
    for each in parameters.of_stage(STAGE):
        if store.read(client, [each]):
            client.delete_parameter(Name=each.path)
    settings.reset()


@pytest.fixture
def hands() -> Hands:
    return Hands()


def command(aws_server: LocalAws, *arguments: str) -> int:
    """The exit code of `python -m dev.deploy.secrets`."""
    first, *others = arguments
    place = ["--stage", STAGE, "--endpoint", aws_server.endpoint]
    return secrets.main([first, *place, *others])


def keys(ssm: Any) -> list[str]:
    """The ids of the token keys, the signing one first."""
    text = ssm.get_parameter(Name="/tiza/prod/token_keys", WithDecryption=True)["Parameter"]["Value"]
    return [key.partition(":")[0] for key in text.split(",")]


def use_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Tiza in this process have the stage's settings, as its functions have them."""
    for name, value in parameters.environment(STAGE).items():
        monkeypatch.setenv(name, value)
    settings.reset()


def test_what_a_stage_needs_is_what_its_settings_refer_to() -> None:
    found = {each.name: each for each in parameters.of_stage(STAGE)}
    referred = {
        value.removeprefix("ssm:/tiza/prod/")
        for value in parameters.environment(STAGE).values()
        if value.startswith("ssm:")
    }
    assert set(found) == referred | {"database_owner_url"}
    assert {name for name, each in found.items() if each.is_secret} == {
        "database_url",
        "database_owner_url",
        "token_keys",
    }
    by_stack = {name for name, each in found.items() if each.by_stack}
    assert by_stack == {"cors_origins", "mail_from", "mail_configuration_set", "photo_bucket"}
    assert all(each.meaning or each.by_stack for each in found.values())


@pytest.mark.parametrize("stage", ["dev", "nothing"])
def test_a_stage_that_is_not_deployed_has_no_parameters(stage: str) -> None:
    with pytest.raises(DeployError):
        parameters.of_stage(stage)


def test_secrets_are_encrypted_and_what_is_missing_is_named(ssm: Any) -> None:
    assert [each.name for each in secrets.missing(ssm, STAGE)] == sorted(set(GOOD) - {"api_url"})
    secrets.put(ssm, STAGE, {name: GOOD[name] for name in ("database_url", "web_url")})
    assert [each.name for each in secrets.missing(ssm, STAGE)] == sorted(
        set(GOOD) - {"database_url", "web_url", "api_url"}
    )
    stored = ssm.get_parameters(Names=["/tiza/prod/database_url", "/tiza/prod/web_url"])["Parameters"]
    assert {one["Name"]: one["Type"] for one in stored} == {
        "/tiza/prod/database_url": "SecureString",
        "/tiza/prod/web_url": "String",
    }


def test_putting_the_same_again_writes_nothing(ssm: Any) -> None:
    assert secrets.put(ssm, STAGE, GOOD) == sorted(GOOD)
    assert secrets.put(ssm, STAGE, GOOD) == []
    assert secrets.put(ssm, STAGE, {**GOOD, "web_url": "https://other.example"}) == ["web_url"]


def test_a_secret_that_lies_there_in_the_clear_is_found_and_mended(
    ssm: Any, aws_server: LocalAws, capsys: pytest.CaptureFixture[str]
) -> None:
    secrets.put(ssm, STAGE, GOOD)
    ssm.delete_parameter(Name="/tiza/prod/database_url")
    ssm.put_parameter(Name="/tiza/prod/database_url", Value=GOOD["database_url"], Type="String")
    assert command(aws_server, "list") == 1
    assert "NOT ENCRYPTED" in capsys.readouterr().out
    assert secrets.put(ssm, STAGE, {"database_url": GOOD["database_url"]}) == ["database_url"]
    assert command(aws_server, "list") == 0


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("token_keys", f"short:{PASSWORD[:12]}", "shorter than 32 bytes"),
        ("token_keys", "dev:development-only-this-text-is-published-and-protects-nothing", "published"),
        ("database_url", GOOD["database_owner_url"], "not of the role tiza_app"),
        ("database_url", GOOD["database_url"].replace("-pooler", ""), "not on the pooled endpoint"),
        ("database_url", GOOD["database_url"].partition("?")[0], "no sslmode"),
        ("database_url", PASSWORD, "does not begin with postgresql://"),
        ("database_owner_url", GOOD["database_url"], "may not migrate"),
        ("database_owner_url", GOOD["database_owner_url"].replace("ep-x", "ep-x-pooler"), "direct endpoint"),
        ("web_url", "http://app.tiza.example", "https://"),
        ("photo_bucket", "another", "Written by the resources stack"),
        ("databse_url", GOOD["database_url"], "Not a parameter"),
    ],
)
def test_what_tiza_could_not_run_with_is_refused_as_a_whole(
    ssm: Any, name: str, value: str, fault: str
) -> None:
    with pytest.raises(secrets.SecretsError, match=fault) as caught:
        secrets.put(ssm, STAGE, {"web_url": GOOD["web_url"], name: value})
    assert PASSWORD not in str(caught.value)
    assert "web_url" in [each.name for each in secrets.missing(ssm, STAGE)]


def test_the_command_reads_a_file_and_shows_no_value(
    ssm: Any, aws_server: LocalAws, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "prod.parameters"
    lines = [f"{name} = {value}" for name, value in GOOD.items() if name != "token_keys"]
    file.write_text("# of the stage prod\n\n" + "\n".join(lines))
    file.chmod(0o644)
    assert command(aws_server, "put", "--file", str(file)) == 1
    assert "chmod 600" in capsys.readouterr().err
    assert command(aws_server, "list") == 1
    file.chmod(0o600)
    assert command(aws_server, "put", "--file", str(file)) == 0
    assert secrets.missing(ssm, STAGE) == []  # the token key was made on the way
    assert command(aws_server, "list") == 0
    shown = "".join(capsys.readouterr())
    assert "/tiza/prod/database_url" in shown
    assert PASSWORD not in shown
    assert ssm.get_parameter(Name="/tiza/prod/token_keys")["Parameter"]["Type"] == "SecureString"


@pytest.mark.parametrize(
    "text", ["web_url", "web_url=", "web_url=https://a.example\nweb_url=https://b.example"]
)
def test_a_malformed_file_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "f"
    file.write_text(text)
    file.chmod(0o600)
    with pytest.raises(secrets.SecretsError):
        secrets.read_file(str(file))


def test_what_is_missing_is_asked_for_and_what_is_left_empty_stays_so() -> None:
    wanted = [each for each in parameters.of_stage(STAGE) if each.name in ("web_url", "database_url")]
    answers = {"web_url": " https://app.tiza.example ", "database_url": ""}
    assert secrets.ask(wanted, lambda prompt: answers[prompt.split()[0]]) == {
        "web_url": "https://app.tiza.example"
    }


def test_no_good_token_is_refused_while_keys_rotate(
    ssm: Any, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_stack = [each for each in parameters.of_stage(STAGE) if each.by_stack]
    store.write(ssm, by_stack, {each.name: f"from the stack, {each.name}" for each in by_stack})
    secrets.put(ssm, STAGE, GOOD)
    use_stage(monkeypatch)
    first = tokens.issue(uuid4(), 1)
    announced: list[list[str]] = []
    waiting = rotation.Clock(
        hands.clock.now,
        lambda seconds: (announced.append(keys(ssm)), hands.clock.sleep(seconds))[-1],
        hands.clock.say,
    )
    rotation.rotate(ssm, STAGE, waiting)
    assert {at[0] for at in announced} == {"old"}  # until all know the new key, the old one signs
    assert hands.waited >= settings.REFRESH_SECONDS
    assert keys(ssm)[1:] == ["old"]

    settings.reset()
    second = tokens.issue(uuid4(), 1)
    tokens.verify(first)
    tokens.verify(second)
    with pytest.raises(rotation.RotationError, match="come back"):
        rotation.finish(ssm, STAGE, hands.clock)
    with pytest.raises(rotation.RotationError, match="not finished"):
        rotation.rotate(ssm, STAGE, hands.clock)
    hands.time += timedelta(minutes=15 + 5 + 2)
    rotation.finish(ssm, STAGE, hands.clock)
    settings.reset()
    tokens.verify(second)
    with pytest.raises(UnauthorizedError):
        tokens.verify(first)
    stored = ssm.get_parameter(Name="/tiza/prod/token_keys", WithDecryption=True)["Parameter"]["Value"]
    assert not any(
        part in line for line in hands.said for key in stored.split(",") for part in key.split(":")[1:]
    )


def test_a_rotation_that_was_interrupted_goes_on(ssm: Any, hands: Hands) -> None:
    secrets.put(ssm, STAGE, GOOD)

    def stop(seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotation.rotate(ssm, STAGE, hands.clock._replace(sleep=stop))
    announced = keys(ssm)
    assert announced[0] == "old"
    with pytest.raises(rotation.RotationError, match="does not sign yet"):
        rotation.finish(ssm, STAGE, hands.clock)
    rotation.rotate(ssm, STAGE, hands.clock)
    assert keys(ssm) == [announced[1], "old"]
    assert hands.waited >= settings.REFRESH_SECONDS - 5


def test_a_leaked_key_goes_at_once(ssm: Any, aws_server: LocalAws) -> None:
    secrets.put(ssm, STAGE, GOOD)
    assert command(aws_server, "rotate", "--at-once") == 0
    assert len(keys(ssm)) == 1
    assert "old" not in keys(ssm)
