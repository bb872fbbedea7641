"""Leaves out those calls of `chalice deploy` that would change nothing.

Chalice sends all of it each time: functions that are sent again start cold, the layer goes up once more, and
an API that is imported anew has lost its gateway responses until the finish step. Here each such call is
compared with what AWS has; where that is the same already, what AWS says of it is the answer.

Of an API only a deployment, which nobody can change, tells what is in it. So its description bears a digest
of what was imported (`API 1f...`), to which the finish step adds one of the gateway responses.
"""

from __future__ import annotations

import atexit
import base64
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Call = Callable[[Any, str, Json], Any]

_told: Counter[str] = Counter()
_digests: dict[str, str] = {}  # of what this process was to import, by API
_as_imported: set[str] = set()  # the APIs that are in use as they were to be imported


def left_out(call: Call) -> Call:
    """`call` (botocore's `_make_api_call`), asked only where that changes something."""

    def make(client: Any, operation: str, wanted: Json) -> Any:
        check = CHECKS.get((client.meta.service_model.service_name, operation))
        if check is None:
            return call(client, operation, wanted)
        found = check(client, wanted)
        _told["sent" if found is None else "left out"] += 1
        return call(client, operation, wanted) if found is None else found

    return make


@atexit.register
def tell() -> None:
    """Say how many calls were left out."""
    if _told:
        sys.stdout.write(
            f"Of {_told.total()} calls that set something, {_told['left out']} "
            "were left out: they would change nothing.\n"
        )


def _code(client: Any, wanted: Json) -> Json | None:
    found = _function(client, wanted)
    same = found["CodeSha256"] == _sha256(wanted["ZipFile"])
    same &= wanted.get("Architectures", found["Architectures"]) == found["Architectures"]
    return found if same and found["LastUpdateStatus"] == "Successful" else None


def _configuration(client: Any, wanted: Json) -> Json | None:
    found = _function(client, wanted)
    there = {
        "Environment": {"Variables": found.get("Environment", {}).get("Variables", {})},
        "Layers": [layer["Arn"] for layer in found.get("Layers", [])],
        "TracingConfig": found["TracingConfig"],
        "VpcConfig": {
            name: found.get("VpcConfig", {}).get(name, []) for name in ("SubnetIds", "SecurityGroupIds")
        },
        **{name: found[name] for name in ("Runtime", "Timeout", "MemorySize", "Role")},
    }
    same = all(there.get(name) == value for name, value in wanted.items() if name != "FunctionName")
    return found if same and found["LastUpdateStatus"] == "Successful" else None


def _function(client: Any, wanted: Json) -> Json:
    return dict(client.get_function(FunctionName=wanted["FunctionName"])["Configuration"])


def _no_concurrency(client: Any, wanted: Json) -> Json | None:
    found = client.get_function(FunctionName=wanted["FunctionName"]).get("Concurrency", {})
    return None if "ReservedConcurrentExecutions" in found else {}


def _concurrency(client: Any, wanted: Json) -> Json | None:
    found = client.get_function(FunctionName=wanted["FunctionName"]).get("Concurrency", {})
    name = "ReservedConcurrentExecutions"
    return found if found.get(name) == wanted[name] else None


def _layer(client: Any, wanted: Json) -> Json | None:
    versions = client.list_layer_versions(LayerName=wanted["LayerName"])["LayerVersions"]
    if not versions:
        return None
    newest = max(one["Version"] for one in versions)
    found = client.get_layer_version(LayerName=wanted["LayerName"], VersionNumber=newest)
    same = found["Content"]["CodeSha256"] == _sha256(wanted["Content"]["ZipFile"])
    for name in ("CompatibleRuntimes", "CompatibleArchitectures"):
        same &= wanted.get(name, []) == found.get(name, wanted.get(name, []))
    return dict(found) if same else None


def _older_layer(_client: Any, _wanted: Json) -> Json | None:
    """A deployment deletes the layer's version before it makes the next; the finish step does, after all."""
    return {} if "deploy" in sys.argv else None


def _mapping(client: Any, wanted: Json) -> Json | None:
    found = client.get_event_source_mapping(UUID=wanted["UUID"])
    return found if all(found.get(name, value) == value for name, value in wanted.items()) else None


def _role_policy(client: Any, wanted: Json) -> Json | None:
    names = {name: wanted[name] for name in ("RoleName", "PolicyName")}
    try:
        found = client.get_role_policy(**names)["PolicyDocument"]
    except client.exceptions.NoSuchEntityException:
        return None
    return {} if found == json.loads(wanted["PolicyDocument"]) else None


def _rule(client: Any, wanted: Json) -> Json | None:
    for found in client.list_rules(NamePrefix=wanted["Name"])["Rules"]:
        if {"State": "ENABLED", **wanted}.items() <= {"Description": "", **found}.items():
            return {"RuleArn": found["Arn"]}
    return None


def _rule_targets(client: Any, wanted: Json) -> Json | None:
    found = client.list_targets_by_rule(Rule=wanted["Rule"])["Targets"]
    return {"FailedEntryCount": 0, "FailedEntries": []} if found == wanted["Targets"] else None


def _api(client: Any, wanted: Json) -> Json | None:
    """Whether what is in use is what is to be imported, and nothing was imported since.

    An import names the API by its title, the finish step by its stage.
    """
    api, document = wanted["restApiId"], json.loads(wanted["body"])
    digest = _digests[api] = _label(document)
    found = client.get_rest_api(restApiId=api)
    stages = client.get_stages(restApiId=api)["item"]
    if found["name"] == document["info"]["title"] or len(stages) != 1:
        return None
    used = client.get_deployment(restApiId=api, deploymentId=stages[0]["deploymentId"])
    if used.get("description", "").partition(";")[0] != digest:
        return None
    _as_imported.add(api)
    return dict(found)


def _new_api(_client: Any, wanted: Json) -> None:
    _digests[""] = _label(json.loads(wanted["body"]))


def _api_settings(client: Any, wanted: Json) -> Json | None:
    """Keep of the changes those that are some."""
    found = client.get_rest_api(restApiId=wanted["restApiId"])
    kinds = found.get("endpointConfiguration", {}).get("types", [])

    def is_so(change: Json) -> bool:
        if change["path"] == "/minimumCompressionSize":
            return str(found.get("minimumCompressionSize", "")) == str(change["value"])
        return bool(change["path"].startswith("/endpointConfiguration/types/") and kinds == [change["value"]])

    return dict(found) if all(is_so(change) for change in wanted["patchOperations"]) else None


def _domain(client: Any, wanted: Json) -> Json | None:
    found = client.get_domain_name(domainName=wanted["domainName"])
    same = all(
        found.get(change["path"].lstrip("/")) == change["value"] for change in wanted["patchOperations"]
    )
    return dict(found) if same else None


def _deployment(client: Any, wanted: Json) -> Json | None:
    api = wanted["restApiId"]
    if api in _as_imported:
        stage = client.get_stage(restApiId=api, stageName=wanted["stageName"])
        if stage.get("tracingEnabled", False) == wanted.get("tracingEnabled", False):
            return {"id": stage["deploymentId"]}
    wanted["description"] = _digests.get(api) or _digests[""]
    return None


def _label(document: Json) -> str:
    text = json.dumps(document, sort_keys=True)
    return f"API {hashlib.sha256(text.encode()).hexdigest()[:32]}"


def _sha256(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


# What AWS has, where that is what is wanted; None where the call must be sent.
CHECKS: dict[tuple[str, str], Callable[[Any, Json], Json | None]] = {
    ("lambda", "UpdateFunctionCode"): _code,
    ("lambda", "UpdateFunctionConfiguration"): _configuration,
    ("lambda", "PutFunctionConcurrency"): _concurrency,
    ("lambda", "DeleteFunctionConcurrency"): _no_concurrency,
    ("lambda", "PublishLayerVersion"): _layer,
    ("lambda", "DeleteLayerVersion"): _older_layer,
    ("lambda", "UpdateEventSourceMapping"): _mapping,
    ("iam", "PutRolePolicy"): _role_policy,
    ("events", "PutRule"): _rule,
    ("events", "PutTargets"): _rule_targets,
    ("apigateway", "PutRestApi"): _api,
    ("apigateway", "ImportRestApi"): _new_api,
    ("apigateway", "UpdateRestApi"): _api_settings,
    ("apigateway", "CreateDeployment"): _deployment,
    ("apigateway", "UpdateDomainName"): _domain,
}
