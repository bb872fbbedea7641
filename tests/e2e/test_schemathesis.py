"""schemathesis against the running product: what /openapi.json says is what it does.

Each operation is called by the first of its roles, with data made from its schema: the examples, the bounds
of each field, and random ones; well-formed, on things that exist, and malformed. What comes back is held
against the document by all of schemathesis' checks but these:

- `unsupported_method` wants 405, which API Gateway does not have: an unknown method is 404.
- `ignored_auth` calls everything twice more; `integration/test_bad_input.py` has each route and bad token.
- `not_a_server_error` knows of no 5xx that is as it should be; `only_models_are_missing` does.
- `positive_data_acceptance` knows of no reason to refuse what fits the schema; `only_told_reasons` does.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import httpx
import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig

import app
from chalicelib.caller import ADMIN, OPERATOR, STUDENT, TEACHER
from chalicelib.edge import openapi
from chalicelib.edge.responses import to_json
from chalicelib.services import service_keys
from tests.e2e import demo
from tests.support.running import Running

EXAMPLES = 3  # random calls for each operation, beside those that are worked out
OFF = ("unsupported_method", "ignored_auth", "not_a_server_error", "positive_data_acceptance")
# Rules that no JSON Schema can state: the error's code, or the field that it names.
TOLD = {
    "INVALID_CURSOR",
    "PROBLEM_SYNTAX_ERROR",
    "$.time_zone",
    "$.school.time_zone",
    "$.token",
    "$.answered_at",
}
TOLD |= {f"{scope} is not for a school's key." for scope in service_keys.OF_THE_PLATFORM}
TOLD |= {f"{scope} is not for a key of the platform." for scope in service_keys.OF_A_SCHOOL}
TOLD |= {"$.users", "$.roles", "$.classes", "$.enrollments"}  # no CSV, or without a column that it needs
TOLD |= {"The two classes are the same."}
TOLD |= {"Only an incorrect answer has a `bug`"}
TOLD |= {"$.bug"}  # of another topic than the problem, or retired
TOLD |= {"$.due_at"}  # a time that is over
TOLD |= {"The time lies more than 30 days back, or more than 5 minutes ahead."}
TOLD |= {"$.exercise_id"}  # of a problem that makes no story
TOLD |= {"The slug must be the topic, or begin with the topic and a dot"}


def only_told_reasons(ctx: Any, response: Any, case: schemathesis.Case) -> None:
    """What fits the schema is refused as malformed by a told rule only."""
    if response.status_code == 400 and is_good(case):
        error = response.json()["error"]
        reasons = {error["code"], error["details"].get("path"), error["details"].get("reason")}
        assert reasons & TOLD, f"valid data were refused: {error}"


def only_models_are_missing(ctx: Any, response: Any, case: schemathesis.Case) -> None:
    """This stage has no language model, and says so; else nothing fails on its side."""
    if response.status_code >= 500:
        error = response.json()["error"]
        assert (error["code"], error["details"].get("reason")) == ("SWITCHED_OFF", "not_set_up"), error


def is_good(case: schemathesis.Case) -> bool:
    """Whether `case` fits the schema."""
    return case.meta is not None and case.meta.generation.mode.is_positive


@pytest.fixture(scope="session")
def ids(running: Running) -> dict[str, str]:
    """Ids of things of the demo school, by the names that they have in paths."""
    tokens = demo.tokens(running)

    def read(role: str, path: str) -> Any:
        headers = {"Authorization": f"Bearer {tokens[role]}"}
        return httpx.get(running.url + path, headers=headers, timeout=60).json()["data"]

    room = read(TEACHER, "/v1/classrooms")[0]["id"]
    return {
        "school_id": read(ADMIN, "/v1/me")["school"]["id"],
        "classroom_id": room,
        "user_id": read(TEACHER, f"/v1/classrooms/{room}/members?role=student")[7]["user_id"],
        "student_id": read(STUDENT, "/v1/me")["id"],
        "attempt_id": read(STUDENT, "/v1/attempts")[0]["id"],
        "link_id": read(ADMIN, "/v1/families/links")[0]["id"],
        "exercise_id": read(TEACHER, "/v1/exercises")[0]["id"],
        "skill_id": read(OPERATOR, "/v1/skills")[1]["id"],
        "bug_id": read(OPERATOR, "/v1/bugs")[0]["id"],
    }


DOCUMENT = openapi.document(app.api.endpoints, "")
CONFIG = {
    "seed": 1,
    "generation": {"max-examples": EXAMPLES, "deterministic": True},
    "checks": {name: {"enabled": False} for name in OFF},
    "suppress-health-check": ["all"],
}
schema = schemathesis.openapi.from_dict(DOCUMENT, config=SchemathesisConfig.from_dict(CONFIG))


def test_the_running_product_has_this_document(running: Running) -> None:
    served = httpx.get(f"{running.url}/openapi.json").json()
    assert {**served, "servers": DOCUMENT["servers"]} == json.loads(to_json(DOCUMENT))


@schema.parametrize()
def test_the_document_is_true(running: Running, ids: dict[str, str], case: schemathesis.Case) -> None:
    roles = case.operation.definition.raw.get("x-roles")
    headers = {"Authorization": f"Bearer {demo.tokens(running)[roles[0]]}"} if roles else {}
    if is_good(case) and case.operation.label != "DELETE /v1/users/{user_id}":  # which others come after
        existing = {name: ids[name] for name in case.path_parameters if name in ids}
        case.path_parameters = {**case.path_parameters, **existing}
        if "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = uuid4().hex
    case.call_and_validate(
        base_url=running.url,
        headers=headers,
        additional_checks=[only_told_reasons, only_models_are_missing],
        timeout=60,
    )
