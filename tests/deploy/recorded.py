"""What a command of a deployment asked AWS for, as it came over HTTP, in IAM's words."""

from __future__ import annotations

import functools
import json
import re
from fnmatch import fnmatchcase
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

import botocore.session

Json = dict[str, Any]

ACCOUNT, REGION = "123456789012", "eu-west-1"
ARN = f"arn:aws:{{}}:{REGION}:{ACCOUNT}:{{}}"
# What the local AWS is asked for in the place of CloudFormation (`dev/aws/gaps.py`), and who needs no right.
OF_GAPS = {"sqs", "sns", "ses"}
# The others are of the tests' own gateway and Lambda (`deployed.py`, `dev/deploy/local_lambda.py`).
FREE = {"sts:GetCallerIdentity", "lambda:Invoke", "logs:CreateLogStream", "logs:PutLogEvents"}
SERVICES = {"monitoring": "cloudwatch"}  # by the name that is signed
BY_PATH = {"apigateway", "cloudfront", "lambda", "s3"}  # whose operations differ in method and path
READS = re.compile(r"(Get|List|Describe|Head)")
# Where IAM's name of an action is not the operation's.
NAMES = {
    "s3:HeadBucket": "s3:ListBucket",
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:ListObjectVersions": "s3:ListBucketVersions",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:HeadObject": "s3:GetObject",
    "lambda:GetLayerVersionByArn": "lambda:GetLayerVersion",
}


class Asked(NamedTuple):
    """An operation and its arguments, as far as they name what it is about."""

    service: str
    operation: str
    arguments: Json
    method: str
    path: str

    @property
    def changes(self) -> bool:
        """Whether it was to change something."""
        return not READS.match(self.operation) and self.action not in FREE

    @property
    def action(self) -> str:
        """What IAM calls it."""
        if self.service == "apigateway":
            return f"apigateway:{self.method}"
        action = f"{self.service}:{self.operation}"
        if action == "s3:DeleteObject" and "versionId" in self.arguments:
            return "s3:DeleteObjectVersion"
        return NAMES.get(action, action)


def asked(call: Json) -> Asked | None:
    """The operation of a call; None where a deployment at AWS has no such call."""
    service = SERVICES.get(call["service"], call["service"])
    path, _, query = call["path"].partition("?")
    if service in OF_GAPS or (service == "s3" and "-photos-" in path):
        return None
    if service in BY_PATH:
        operation, arguments = _by_path(service, call["method"], path, query)
        arguments |= _json(call["body"])
        return Asked(service, operation, arguments, call["method"], path)
    arguments = _json(call["body"]) or dict(parse_qsl(call["body"], keep_blank_values=True))
    operation = call["target"] or arguments["Action"]
    return Asked(service, operation, arguments, call["method"], path)


def refused(policy: Json, one: Asked, functions: dict[str, str]) -> list[str]:
    """What of it the policy does not allow: actions, each on a resource.

    `functions`: the ARN of the function of each mapping, by the mapping's UUID.
    """
    if one.action in FREE:
        return []
    function = one.arguments.get("FunctionName") or functions.get(one.arguments.get("UUID", ""), "")
    context = {"lambda:FunctionArn": ARN.format("lambda", f"function:{function.rpartition(':')[2]}")}
    return [
        f"{one.action} on {resource}"
        for resource in _resources(one)
        if not any(_allows(statement, one.action, resource, context) for statement in policy["Statement"])
    ]


def _allows(statement: Json, action: str, resource: str, context: dict[str, str]) -> bool:
    conditions = statement.get("Condition", {}).get("ArnLike", {})
    return (
        any(fnmatchcase(action, one) for one in statement["Action"])
        and any(fnmatchcase(resource, one) for one in statement["Resource"])
        and all(any(fnmatchcase(context[key], one) for one in ones) for key, ones in conditions.items())
    )


def _resources(one: Asked) -> list[str]:
    """The ARNs of what it is about; `*` where it is about nothing in particular."""
    said, service = one.arguments, one.service
    if service == "apigateway":
        return [f"arn:aws:apigateway:{REGION}::{one.path.removeprefix('/v2')}"]
    if service == "cloudfront":
        return [f"arn:aws:cloudfront::{ACCOUNT}:distribution/{said['DistributionId']}"]
    if service == "s3":
        key = f"/{said['Key']}" if said.get("Key") else ""
        return [f"arn:aws:s3:::{said['Bucket']}{key}"]
    if service == "ssm":
        names = said.get("Names") or [said.get("Name") or said.get("Path")]
        return [ARN.format("ssm", f"parameter{name}") if name else "*" for name in names]
    if service == "cloudwatch":
        alarms = [value for name, value in said.items() if re.match(r"AlarmNames?(\.|$)", name)]
        boards = [value for name, value in said.items() if re.match(r"DashboardNames?(\.|$)", name)]
        if boards:
            name = boards[0][0] if isinstance(boards[0], list) else boards[0]
            return [f"arn:aws:cloudwatch::{ACCOUNT}:dashboard/{name}"]
        flat = [name for each in alarms for name in (each if isinstance(each, list) else [each])]
        return [ARN.format("cloudwatch", f"alarm:{name}") for name in flat] or ["*"]
    return [_resource(one)]


def _resource(one: Asked) -> str:
    said, service = one.arguments, one.service
    named = str(said.get("Resource") or said.get("Arn") or "")
    is_mapping = "EventSourceMapping" in one.operation
    version = f":{said['VersionNumber']}" if "VersionNumber" in said else ""
    kinds = [
        ("lambda", "LayerName", "layer:{}" + version),
        ("lambda", "" if is_mapping else "FunctionName", "function:{}"),
        ("events", "Name", "rule/{}"),
        ("events", "Rule", "rule/{}"),
        ("logs", "logGroupName", "log-group:{}"),
        ("cloudformation", "StackName", "stack/{}/id"),
    ]
    if service == "iam" and "RoleName" in said:
        return f"arn:aws:iam::{ACCOUNT}:role/{said['RoleName']}"
    for of, name, kind in kinds:
        if service == of and name in said:
            named = str(said[name])
            return named if named.startswith("arn:") else ARN.format(service, kind.format(named))
    return named if named.startswith("arn:") else "*"


def _json(body: str) -> Json:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _by_path(service: str, method: str, path: str, query: str) -> tuple[str, Json]:
    """The operation that has this method and path, and what these say; the most exact of several."""
    asked = dict(parse_qsl(query, keep_blank_values=True))
    names = ("apigatewayv2",) if path.startswith("/v2/") else (service,)
    best: tuple[int, str, Json] = (-1, "", {})
    for operation, verb, pattern, fixed, needed in (each for name in names for each in _paths(name)):
        found = pattern.fullmatch(path)
        fits = verb == method and fixed.items() <= asked.items() and needed <= asked.keys()
        if found and fits and len(fixed) > best[0]:
            best = len(fixed), operation, {name: unquote(value) for name, value in found.groupdict().items()}
    assert best[1], (service, method, path, query)
    return best[1], {**asked, **best[2]}


@functools.cache
def _paths(service: str) -> list[tuple[str, str, re.Pattern[str], dict[str, str], set[str]]]:
    """Of each operation: name, method, path, what its query always has, and the names that it must have."""
    model = botocore.session.Session().get_service_model(service)
    found = []
    for name in model.operation_names:
        operation = model.operation_model(name)
        if "Copy" in name or operation.deprecated:  # the one is told from what is put by a header alone
            continue
        http = operation.http
        path, _, query = http["requestUri"].partition("?")
        pattern = re.sub(r"\\{([\w\\-]+?)(\\\+)?\\}", _group, re.escape(path).rstrip("/"))
        fixed = dict(parse_qsl(query, keep_blank_values=True))
        shape = operation.input_shape
        members = [shape.members[each].serialization for each in shape.required_members] if shape else []
        needed = {one["name"] for one in members if one.get("location") == "querystring"}
        found.append((name, http["method"], re.compile(pattern + "/?"), fixed, needed))
    return found


def _group(found: re.Match[str]) -> str:
    name = re.sub(r"\W+", "_", found[1])
    return f"(?P<{name}>.+)" if found[2] else f"(?P<{name}>[^/]+)"
