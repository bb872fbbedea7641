"""The artifact, built and unpacked once for all tests of this folder.

It is built for this Python on this machine, so that it can be run here; all else is as for Lambda.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import app
from dev.deploy import artifact as building
from dev.deploy import artifact_run
from dev.deploy.artifact import Artifact
from dev.deploy.artifact_layer import here
from dev.deploy.artifact_run import ExecutionEnvironment, Place
from dev.postgres import CHECKOUT
from dev.runner import Runner
from tests.integration.accounts.conftest import World
from tests.support.aws import LocalAws
from tests.support.client import ApiClient


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean copy of this project, with the policies left to Chalice: ours are made for an account."""
    copy = building.copy_of_project(CHECKOUT, tmp_path_factory.mktemp("project") / "tiza")
    path = copy / ".chalice" / "config.json"
    config = json.loads(path.read_text())
    config["autogen_policy"] = True
    for stage in config["stages"].values():
        stage.pop("lambda_functions", None)
    path.write_text(json.dumps(config))
    return copy


@pytest.fixture(scope="session")
def artifact(project: Path) -> Artifact:
    return building.build("prod", project, here())


@pytest.fixture(scope="session")
def place(artifact: Artifact, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return artifact_run.unpack(artifact.code, artifact.layer, tmp_path_factory.mktemp("lambda"))


@pytest.fixture
def world(aws: LocalAws, client: ApiClient) -> World:
    return World(client)


@pytest.fixture
def lambdas(aws: LocalAws, database: str, place: Place, tmp_path: Path) -> Iterator[ExecutionEnvironment]:
    """The unpacked artifact, connected to the database and to the local AWS."""
    settings = {name: value for name, value in os.environ.items() if name.startswith(("TIZA_", "AWS_"))} | {
        "TIZA_DATABASE_CONNECTIONS": "1"
    }
    before = files(place)
    with ExecutionEnvironment(place, settings, tmp_path / "log") as environment:
        yield environment
    assert files(place) == before


@pytest.fixture
def runner(lambdas: ExecutionEnvironment) -> Runner:
    """Calls the artifact's workers and schedules as SQS and EventBridge do."""

    def handler(name: str) -> Any:
        return lambda event, context: lambdas.call(f"app.{name}", event, context)

    names = [each.name for each in (*app.workers.workers, *app.workers.schedules)]
    return Runner(SimpleNamespace(workers=app.workers, **{name: handler(name) for name in names}))


def files(place: Place) -> set[str]:
    return {str(path) for folder in (place.code, place.layer) for path in folder.rglob("*")}
