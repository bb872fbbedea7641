"""schemathesis against the running product: what /openapi.json says is what it does.

Each operation is called by the first of its roles, with data made from its schema: examples, each bound of
each field, and random data; well-formed and not. What answers by its schema is held against it by all of
schemathesis' checks but these:

- `unsupported_method` wants 405, which API Gateway does not have: an unknown method is 404.
- `positive_data_acceptance` knows no reason to refuse what fits the schema; `only_told_reasons` knows them.
"""

from __future__ import annotations

import json
from typing import Any

import httpx
import schemathesis
from schemathesis.config import SchemathesisConfig

import app
from chalicelib.edge import openapi
from chalicelib.edge.responses import to_json
from tests.e2e import demo
from tests.support.running import Running

EXAMPLES = 12  # random calls for each operation, beside those that are worked out
OFF = ("unsupported_method", "positive_data_acceptance")
# Rules that no JSON Schema can state: the error's code, or the field that it names.
TOLD = {
    "INVALID_CURSOR",
    "PROBLEM_SYNTAX_ERROR",
    "$.time_zone",
    "$.school.time_zone",
    "$.token",
    "$.answered_at",
}


def only_told_reasons(ctx: Any, response: Any, case: Any) -> None:
    """What fits the schema is refused as malformed by a told rule only."""
    if response.status_code == 400 and case.meta.generation.mode.is_positive:
        error = response.json()["error"]
        assert {error["code"], error["details"].get("path")} & TOLD, f"valid data were refused: {error}"


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
def test_the_document_is_true(running: Running, case: schemathesis.Case) -> None:
    roles = case.operation.definition.raw.get("x-roles")
    headers = {"Authorization": f"Bearer {demo.tokens(running)[roles[0]]}"} if roles else {}
    case.call_and_validate(
        base_url=running.url, headers=headers, additional_checks=[only_told_reasons], timeout=60
    )
