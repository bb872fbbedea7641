"""What the tests of deployment share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dev import schema_check
from dev.aws import server
from dev.deploy import reconcile
from tests.deploy.rehearsal import Rehearsal
from tests.support.postgres import TestServer

STAGES = ("prod", "staging")


@pytest.fixture(scope="session")
def rehearsal(tmp_path_factory: pytest.TempPathFactory, postgres: TestServer) -> Iterator[Rehearsal]:
    """An empty account, a copy of the project, and an empty database for each stage."""
    owner = postgres.owner_url("tiza")
    with (
        server.start() as local,
        schema_check.scratch(owner) as prod,
        schema_check.scratch(owner) as staging,
    ):
        made = Rehearsal(tmp_path_factory.mktemp("project"), local.endpoint)
        made.give_domain("prod")
        made.host_pages("staging")
        for stage, url in (("prod", prod), ("staging", staging)):
            made.put_parameters(stage, url, url.replace("tiza_owner@", "tiza_app@"))
        yield made


@pytest.fixture(scope="session")
def prod(rehearsal: Rehearsal) -> str:
    """Stage `prod`, deployed from nothing; what was printed."""
    return rehearsal.up("prod")


@pytest.fixture(scope="session")
def api(rehearsal: Rehearsal, prod: str) -> str:
    """The id of the API of `prod`."""
    return str(reconcile.value(rehearsal.record("prod")["resources"], "rest_api", "rest_api_id"))
