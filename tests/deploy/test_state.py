"""The record of a stage: one deployment at a time, and none that overwrites another's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from dev.aws import server
from dev.deploy import state as states
from dev.deploy import target as targets
from dev.deploy.state import State, StateError
from dev.deploy.target import DeployError, Target

RESOURCES = [{"name": "rest_api", "resource_type": "rest_api", "rest_api_id": "abc"}]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with server.start() as local:
        yield local.endpoint


@pytest.fixture
def target(endpoint: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Target]:
    """Stage `staging` in an account with no record of it; local files go to a folder of the test."""
    monkeypatch.setattr(states, "CHECKOUT", tmp_path)
    found = Target("staging", endpoint)
    State(found).ensure_bucket()
    yield found
    State(found).remove()


def test_what_was_written_is_read_again_and_lies_where_chalice_looks(target: Target) -> None:
    first = State(target)
    assert first.read() is None
    first.begin(RESOURCES)
    first.end(RESOURCES, "done")
    record = State(target).read()
    assert record is not None
    assert record["resources"] == RESOURCES
    assert record["deployment"]["outcome"] == "done"
    local = json.loads(first.path.read_text(encoding="utf-8"))
    assert local == {"resources": RESOURCES, "schema_version": "2.0", "backend": "api"}


def test_a_second_deployment_waits_for_the_first(target: Target) -> None:
    first, second = State(target), State(target)
    first.read()
    first.begin(RESOURCES)
    second.read()
    with pytest.raises(StateError, match="under way"):
        second.begin(RESOURCES)
    second.begin(RESOURCES, take_over=True)
    with pytest.raises(StateError, match="somebody else deployed"):
        first.end(RESOURCES, "done")
    second.end([], "done")
    assert State(target).read() == second.document


def test_of_two_that_begin_at_the_same_moment_one_is_refused(target: Target) -> None:
    first, second = State(target), State(target)
    first.read()
    second.read()
    first.begin(RESOURCES)
    with pytest.raises(StateError, match="somebody else deployed"):
        second.begin(RESOURCES)


def test_a_deployment_that_died_long_ago_holds_nobody_up(target: Target) -> None:
    first = State(target)
    first.read()
    first.begin(RESOURCES)
    assert first.document is not None
    long_ago = datetime.now(UTC) - timedelta(seconds=states.UNDER_WAY_SECONDS + 1)
    first.document["deployment"]["began"] = long_ago.isoformat()
    first.begin(RESOURCES)
    assert first.document["deployment"]["ended"] is None


def test_old_versions_can_be_looked_up(target: Target) -> None:
    written = State(target)
    written.read()
    written.begin([])
    written.end(RESOURCES, "done")
    versions = target.client("s3").list_object_versions(Bucket=written.bucket)["Versions"]
    assert len(versions) == 2


@pytest.mark.parametrize(("stage", "words"), [("dev", "never deployed"), ("", "there is no stage")])
def test_other_stages_are_refused(stage: str, words: str) -> None:
    with pytest.raises(DeployError, match=words):
        Target(stage, "http://127.0.0.1:1")


def test_names_tell_the_stages_apart(endpoint: str) -> None:
    prod, staging = Target("prod", endpoint), Target("staging", endpoint)
    assert prod.function_key("tiza-prod") == targets.API_FUNCTION
    assert prod.function_key("tiza-prod-mail") == "mail"
    assert prod.function_key("tiza-production") is None
    assert staging.function_key("tiza-prod-mail") is None
