"""What of a stage is really there, in the words of Chalice's record.

Chalice trusts its record: what the record does not name, it makes again (a second API with another address)
or fails on (a queue's second mapping); what the record names and is gone, it fails on as well. So the record
is not kept, but made anew from what AWS says, before and after each deployment. All is found by the stage's
functions, `tiza-{stage}` and `tiza-{stage}-...`, that bear Chalice's tag for the stage: the APIs of all
stages were made under one name.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple
from urllib.parse import unquote

from dev.deploy.target import API_FUNCTION, API_STAGE, LAYER, DeployError, Target

Resource = dict[str, Any]
TAG = "aws-chalice"
DOMAIN = "api_gateway_custom_domain"


class AmbiguousError(DeployError):
    """It cannot be told which of several APIs is the stage's."""


class Api(NamedTuple):
    """A REST API whose methods call the stage's function. `is_live`: it was deployed."""

    id: str
    created: str
    is_live: bool


class Standing(NamedTuple):
    """What is there: the record, and what nobody needs any more."""

    resources: list[Resource]
    leftover_apis: list[str]  # made by a deployment that failed, never reachable
    leftover_layers: list[str]  # versions before the newest


def standing(target: Target, recorded: dict[str, Any] | None, chosen_api: str | None = None) -> Standing:
    """Look at what is there. `recorded` (the last record) and `chosen_api` decide between several APIs.

    Raises `AmbiguousError`.
    """
    functions = _functions(target)
    api, leftover_apis = _api(target, recorded, chosen_api)
    layers = _layers(target)
    resources = [
        *({"name": LAYER, "resource_type": "lambda_layer", "layer_version_arn": arn} for arn in layers[:1]),
        *_roles(target),
        *(
            {"name": name, "resource_type": "lambda_function", "lambda_arn": target.function_arn(name)}
            for name in functions
        ),
        *_mappings(target),
        *_rules(target),
        *([] if api is None else [_api_resource(target, api)]),
        *_custom_domain(target, api),
    ]
    return Standing(resources, leftover_apis, layers[1:])


def difference(recorded: dict[str, Any] | None, resources: list[Resource]) -> list[str]:
    """What the record of the last deployment did not know, and what it names and is gone."""
    if recorded is None:
        return []
    before = {one["name"]: one for one in recorded["resources"]}
    now = {one["name"]: one for one in resources}
    lines = [f"{name} is there, the record did not know it" for name in now if name not in before]
    lines += [f"{name} is gone, the record still names it" for name in before if name not in now]
    lines += [
        f"{name} is another one than the record says"
        for name in now
        if name in before and _identity(now[name]) != _identity(before[name])
    ]
    return lines


def value(resources: list[Resource], name: str, key: str) -> Any:
    """A value of the resource of that name, or None where it is not there."""
    return next((one[key] for one in resources if one["name"] == name), None)


def remove_leftovers(target: Target, found: Standing) -> list[str]:
    """Delete what failed deployments left; what was deleted."""
    for api in found.leftover_apis:
        target.client("apigateway").delete_rest_api(restApiId=api)
    for layer in found.leftover_layers:
        name, version = layer.split(":")[-2:]
        target.client("lambda").delete_layer_version(LayerName=name, VersionNumber=int(version))
    return [*found.leftover_apis, *found.leftover_layers]


def _identity(resource: Resource) -> Any:
    """What tells a resource from another of the same name; a layer has a new version each time."""
    keys = ("rest_api_id", "event_uuid", "lambda_arn", "role_arn", "rule_name")
    return [resource.get(key) for key in keys]


def _functions(target: Target) -> list[str]:
    """Chalice's names of the stage's functions, the API's first."""
    names = []
    for function in target.pages("lambda", "list_functions", "Functions"):
        name = target.function_key(function["FunctionName"])
        if name is None:
            continue
        tags = target.client("lambda").list_tags(Resource=function["FunctionArn"]).get("Tags", {})
        if f":stage={target.stage}:" in tags.get(TAG, ""):
            names.append(name)
    return sorted(names, key=lambda name: (name != API_FUNCTION, name))


def _roles(target: Target) -> list[Resource]:
    """The roles that Chalice made: for Lambda, with one policy of their own name."""
    found = []
    for role in target.pages("iam", "list_roles", "Roles"):
        name = role["RoleName"]
        if not name.startswith(f"{target.prefix}-") or not _is_for_lambda(role):
            continue
        policies = target.client("iam").list_role_policies(RoleName=name)["PolicyNames"]
        if policies in ([], [name]):
            key = name.removeprefix(f"{target.prefix}-")
            found.append(
                {
                    "name": f"{key}_role",
                    "resource_type": "iam_role",
                    "role_arn": role["Arn"],
                    "role_name": name,
                }
            )
    return found


def _is_for_lambda(role: dict[str, Any]) -> bool:
    document = role["AssumeRolePolicyDocument"]
    if isinstance(document, str):
        document = json.loads(unquote(document))
    services = [one.get("Principal", {}).get("Service") for one in document["Statement"]]
    return any(str(service).startswith("lambda.amazonaws.com") for service in services)


def _mappings(target: Target) -> list[Resource]:
    """The event source mappings of the stage's functions, also of such as are gone."""
    found = []
    for one in target.pages("lambda", "list_event_source_mappings", "EventSourceMappings"):
        key = target.function_key(one["FunctionArn"].split(":")[6])
        if key is None or one.get("State") == "Deleting":
            continue
        found.append(
            {
                "name": f"{key}-sqs-event-source",
                "resource_type": "sqs_event",
                "queue_arn": one["EventSourceArn"],
                "queue": one["EventSourceArn"].rpartition(":")[2],
                "event_uuid": one["UUID"],
                "lambda_arn": target.function_arn(key),
            }
        )
    return found


def _rules(target: Target) -> list[Resource]:
    """The rules of the stage's schedules."""
    prefix = f"{target.prefix}-"
    rules = target.pages("events", "list_rules", "Rules", NamePrefix=prefix)
    return [
        {
            "name": rule["Name"].removeprefix(prefix),
            "resource_type": "cloudwatch_event",
            "rule_name": rule["Name"],
        }
        for rule in rules
        if rule["Name"].endswith("-event")
    ]


def _layers(target: Target) -> list[str]:
    """The ARNs of the managed layer's versions, the newest first."""
    name = f"{target.prefix}-{LAYER}"
    versions = target.pages("lambda", "list_layer_versions", "LayerVersions", LayerName=name)
    return [one["LayerVersionArn"] for one in sorted(versions, key=lambda one: -one["Version"])]


def _api(target: Target, recorded: dict[str, Any] | None, chosen: str | None) -> tuple[str | None, list[str]]:
    """The stage's API, or None where it has none; and the leftovers of failed deployments."""
    apis = apis_of(target)
    live = [api.id for api in apis if api.is_live]
    known = value(recorded["resources"], "rest_api", "rest_api_id") if recorded else None
    if chosen is not None:
        if chosen not in [api.id for api in apis]:
            raise DeployError(f"--api {chosen}: no such API calls {target.prefix}. There are {_told(apis)}.")
        return chosen, []
    if known in [api.id for api in apis]:
        kept = known
    elif len(live) > 1:
        raise AmbiguousError(
            f"{len(live)} APIs call {target.prefix}, and no record says which one is in use: {_told(apis)}.\n"
            "Find out which address the frontends call (https://ID.execute-api....), then say it:\n"
            f"  make deploy STAGE={target.stage} API=ID\n"
            "and delete the other one: aws apigateway delete-rest-api --rest-api-id OTHER"
        )
    else:
        # Where none was ever deployed, any will do: nobody knows their addresses yet.
        kept = live[0] if live else next((api.id for api in apis), None)
    return kept, [api.id for api in apis if api.id != kept and not api.is_live]


def apis_of(target: Target) -> list[Api]:
    """The REST APIs that call the stage's function, oldest first."""
    ending = f":function:{target.prefix}/invocations"
    found = []
    for api in target.pages("apigateway", "get_rest_apis", "items"):
        resources = target.pages(
            "apigateway", "get_resources", "items", restApiId=api["id"], embed=["methods"], limit=500
        )
        methods = [one for resource in resources for one in resource.get("resourceMethods", {}).values()]
        uris = [(one.get("methodIntegration") or {}).get("uri") or "" for one in methods]
        if any(uri.endswith(ending) for uri in uris):
            stages = target.client("apigateway").get_stages(restApiId=api["id"]).get("item", [])
            is_live = any(stage["stageName"] == API_STAGE for stage in stages)
            found.append(Api(api["id"], str(api.get("createdDate", "")), is_live))
    return sorted(found, key=lambda api: api.created)


def _told(apis: list[Api]) -> str:
    return ", ".join(f"{api.id} (made {api.created})" for api in apis) or "none"


def _api_resource(target: Target, api: str) -> Resource:
    suffix = "amazonaws.com.cn" if target.place.partition == "aws-cn" else "amazonaws.com"
    url = f"https://{api}.execute-api.{target.region}.{suffix}/{API_STAGE}/"
    return {"name": "rest_api", "resource_type": "rest_api", "rest_api_id": api, "rest_api_url": url}


def _custom_domain(target: Target, api: str | None) -> list[Resource]:
    """The stage's own domain, where .chalice/config.json names one and it is there."""
    from botocore.exceptions import ClientError

    wanted = target.stage_config.get(DOMAIN)
    if not wanted:
        return []
    gateway = target.client("apigateway")
    try:
        domain = gateway.get_domain_name(domainName=wanted["domain_name"])
        paths = gateway.get_base_path_mappings(domainName=wanted["domain_name"]).get("items", [])
    except ClientError as error:
        if error.response["Error"]["Code"] == "NotFoundException":
            return []
        raise
    is_regional = "regionalCertificateArn" in domain
    mappings = [
        {"key": "/" + one["basePath"].replace("(none)", "")} for one in paths if one["restApiId"] == api
    ]
    return [
        {
            "name": DOMAIN,
            "resource_type": "domain_name",
            "domain_name": domain["domainName"],
            "hosted_zone_id": domain["regionalHostedZoneId" if is_regional else "distributionHostedZoneId"],
            "alias_domain_name": domain["regionalDomainName" if is_regional else "distributionDomainName"],
            "certificate_arn": domain["regionalCertificateArn" if is_regional else "certificateArn"],
            "security_policy": domain.get("securityPolicy", "TLS_1_2"),
            "api_mapping": mappings,
        }
    ]
