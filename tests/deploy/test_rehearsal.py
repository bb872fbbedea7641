"""A stage is deployed to an empty account: all that is there then is read back.

The tests of this file, of `test_rehearsal_in_use.py` and of `test_rehearsal_later.py` follow one another in
one account, as deployments do; each says which it needs.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

import app
from chalicelib.edge.routes import PUBLIC
from chalicelib.store import schema_version
from dev.deploy import alarms, gateway, migrations, reconcile
from dev.deploy.target import API_FUNCTION, API_STAGE
from dev.schema_check import rows
from tests.deploy.rehearsal import DOMAIN, Rehearsal

pytestmark = pytest.mark.xdist_group("deploy")

WORKERS = {worker.name: worker.queue for worker in app.workers.workers}
SCHEDULES = {schedule.name: schedule.expression for schedule in app.workers.schedules}
FUNCTIONS = {API_FUNCTION, "authorize", *WORKERS, *SCHEDULES}


@pytest.fixture(scope="module")
def methods(rehearsal: Rehearsal, api: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Each method of the API of `prod`, by verb and path."""
    resources = rehearsal.target("prod").pages("apigateway", "get_resources", "items", restApiId=api)
    return {
        (verb, resource["path"]): method
        for resource in resources
        for verb, method in resource.get("resourceMethods", {}).items()
    }


def test_dev_is_never_deployed(rehearsal: Rehearsal) -> None:
    done = rehearsal.deploy("up", "dev")
    assert done.returncode == 1
    assert "dev is a developer's own machine" in done.stderr


def test_missing_parameters_are_named_before_anything_is_made(rehearsal: Rehearsal) -> None:
    ssm = rehearsal.client("ssm")
    name = "/tiza/prod/token_keys"
    value = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
    ssm.delete_parameter(Name=name)
    done = rehearsal.deploy("up", "prod")
    ssm.put_parameter(Name=name, Value=value, Type="SecureString")
    assert done.returncode == 1
    assert name in done.stderr
    assert rehearsal.client("s3").list_buckets()["Buckets"] == []


def test_every_route_calls_the_function_and_is_guarded_as_declared(
    rehearsal: Rehearsal, api: str, methods: dict[tuple[str, str], dict[str, Any]]
) -> None:
    declared = {(one.method, one.path): one.allow is not PUBLIC for one in app.api.endpoints}
    declared |= {("OPTIONS", one.path): False for one in app.api.endpoints}
    guards = rehearsal.client("apigateway").get_authorizers(restApiId=api)["items"]
    target = rehearsal.target("prod")
    assert {
        call: method.get("authorizerId") == guards[0]["id"] for call, method in methods.items()
    } == declared
    for call, method in methods.items():
        assert method["authorizationType"] == ("CUSTOM" if declared[call] else "NONE")
        integration = method["methodIntegration"]
        assert integration["type"].upper() == "AWS_PROXY"
        assert integration["uri"].endswith(f"/functions/{target.function_arn(API_FUNCTION)}/invocations")


def test_the_authorizer_is_the_one_of_the_stage(rehearsal: Rehearsal, api: str) -> None:
    [guard] = rehearsal.client("apigateway").get_authorizers(restApiId=api)["items"]
    assert (guard["type"], guard["authorizerResultTtlInSeconds"]) == ("TOKEN", 300)
    assert guard["identitySource"] == "method.request.header.Authorization"
    assert rehearsal.target("prod").function_arn("authorize") in guard["authorizerUri"]


def test_the_gateway_answers_its_own_errors_in_our_words(rehearsal: Rehearsal, api: str) -> None:
    found = rehearsal.client("apigateway").get_gateway_responses(restApiId=api)["items"]
    by_kind = {one["responseType"]: one for one in found}
    assert by_kind.keys() == gateway.responses("").keys()
    statuses = {
        "UNAUTHORIZED": "401",
        "ACCESS_DENIED": "403",
        "MISSING_AUTHENTICATION_TOKEN": "404",
        "REQUEST_TOO_LARGE": "413",
        "THROTTLED": "429",
        "AUTHORIZER_FAILURE": "503",
        "DEFAULT_5XX": "500",
    }
    assert {kind: by_kind[kind]["statusCode"] for kind in statuses} == statuses
    for one in found:
        shape = json.loads(one["responseTemplates"]["application/json"])["error"]
        assert shape.keys() == {"code", "message", "details", "request_id"}
        headers = one["responseParameters"]
        allowed = headers["gatewayresponse.header.Access-Control-Allow-Origin"]
        assert allowed == "'https://app.tiza.example'"
    assert by_kind["THROTTLED"]["responseParameters"]["gatewayresponse.header.Retry-After"] == "'5'"


def test_the_gateway_s_answers_are_deployed_after_chalice_s_own(rehearsal: Rehearsal, api: str) -> None:
    client = rehearsal.client("apigateway")
    stage = client.get_stage(restApiId=api, stageName=API_STAGE)
    used = client.get_deployment(restApiId=api, deploymentId=stage["deploymentId"])
    assert re.fullmatch(r"API [0-9a-f]{32}; answers [0-9a-f]{32}", used["description"])
    assert client.get_rest_api(restApiId=api)["name"] == "tiza-prod"


def test_the_domain_leads_to_the_api(rehearsal: Rehearsal, api: str) -> None:
    client = rehearsal.client("apigateway")
    found = client.get_domain_name(domainName=DOMAIN["domain_name"])
    assert found["certificateArn"] == DOMAIN["certificate_arn"]
    [mapping] = client.get_base_path_mappings(domainName=DOMAIN["domain_name"])["items"]
    assert (mapping["basePath"], mapping["restApiId"], mapping["stage"]) == ("(none)", api, API_STAGE)
    resources = rehearsal.record("prod")["resources"]
    assert reconcile.value(resources, reconcile.DOMAIN, "api_mapping") == [{"key": "/"}]


def test_calls_are_throttled_per_stage_and_method(rehearsal: Rehearsal, api: str) -> None:
    stage = rehearsal.client("apigateway").get_stage(restApiId=api, stageName=API_STAGE)
    limits = {
        setting: (one["throttlingRateLimit"], one["throttlingBurstLimit"])
        for setting, one in stage["methodSettings"].items()
    }
    wanted = rehearsal.target("prod").options["throttling"]
    assert len(limits) == len(wanted)
    assert limits["*/*"] == (wanted["*"]["rate"], wanted["*"]["burst"])
    sign_in = wanted["POST /v1/auth/login"]
    assert limits["~1v1~1auth~1login/POST"] == (sign_in["rate"], sign_in["burst"])


def test_each_queue_has_one_mapping_that_reports_partial_failures(rehearsal: Rehearsal, prod: str) -> None:
    target = rehearsal.target("prod")
    found = target.pages("lambda", "list_event_source_mappings", "EventSourceMappings")
    limits = target.options["maximum_concurrency"]
    assert sorted((one["EventSourceArn"], one["FunctionArn"]) for one in found) == sorted(
        (target.place.arn("sqs", queue.name("prod")), target.function_arn(worker))
        for worker, queue in WORKERS.items()
    )
    for one in found:
        worker = one["FunctionArn"].rpartition("tiza-prod-")[2]
        assert one["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert one["BatchSize"] == WORKERS[worker].batch_size
        assert one.get("MaximumBatchingWindowInSeconds", 0) == WORKERS[worker].window_seconds
        assert one["ScalingConfig"] == {"MaximumConcurrency": limits.get(worker, limits["*"])}


def test_each_schedule_starts_its_function_and_tells_of_failed_runs(rehearsal: Rehearsal, prod: str) -> None:
    target = rehearsal.target("prod")
    events, functions = rehearsal.client("events"), rehearsal.client("lambda")
    rules = {one["Name"]: one for one in events.list_rules()["Rules"]}
    assert {name: rule["ScheduleExpression"] for name, rule in rules.items()} == {
        f"tiza-prod-{name}-event": expression for name, expression in SCHEDULES.items()
    }
    for name in SCHEDULES:
        rule = rules[f"tiza-prod-{name}-event"]
        assert rule["State"] == "ENABLED"
        [aim] = events.list_targets_by_rule(Rule=rule["Name"])["Targets"]
        assert aim["Arn"] == target.function_arn(name)
        config = functions.get_function_event_invoke_config(FunctionName=target.function(name))
        assert config["DestinationConfig"]["OnFailure"]["Destination"] == target.alarm_topic


def test_only_the_gateway_and_the_rules_may_start_functions(rehearsal: Rehearsal, api: str) -> None:
    target = rehearsal.target("prod")
    account, region = target.place.account, target.place.region
    gate = ("apigateway.amazonaws.com", f"arn:aws:execute-api:{region}:{account}:{api}/*")
    allowed = {
        name: [
            (one["Principal"]["Service"], one["Condition"]["ArnLike"]["AWS:SourceArn"])
            for one in _policy(rehearsal, target.function(name))
        ]
        for name in FUNCTIONS
    }
    rules = {
        name: [("events.amazonaws.com", target.place.arn("events", f"rule/tiza-prod-{name}-event"))]
        for name in SCHEDULES
    }
    assert allowed == {API_FUNCTION: [gate], "authorize": [gate], **rules, **{name: [] for name in WORKERS}}


def test_each_function_is_as_config_says(rehearsal: Rehearsal, prod: str) -> None:
    target = rehearsal.target("prod")
    config = target.config
    [layer] = rehearsal.client("lambda").list_layer_versions(LayerName="tiza-prod-managed-layer")[
        "LayerVersions"
    ]
    assert rehearsal.functions("prod") == FUNCTIONS
    for name in FUNCTIONS:
        found = rehearsal.client("lambda").get_function(FunctionName=target.function(name))
        function, limits = found["Configuration"], config["lambda_functions"][name]
        assert function["Timeout"] == limits["lambda_timeout"]
        assert function["MemorySize"] == limits.get("lambda_memory_size", config["lambda_memory_size"])
        assert function["Environment"]["Variables"] == target.stage_config["environment_variables"]
        assert function["TracingConfig"]["Mode"] == "Active"
        assert [one["Arn"] for one in function["Layers"]] == [layer["LayerVersionArn"]]
        assert found["Tags"].items() >= {"app": "tiza", "stage": "prod"}.items()


def test_no_secret_is_in_any_function(rehearsal: Rehearsal, prod: str) -> None:
    for name in FUNCTIONS:
        function = rehearsal.client("lambda").get_function(
            FunctionName=rehearsal.target("prod").function(name)
        )
        text = json.dumps(function["Configuration"]["Environment"])
        assert "ssm:/tiza/prod/token_keys" in text
        assert "rehearsal:" not in text
        assert "postgresql:" not in text


def test_each_function_may_do_what_its_own_policy_says(rehearsal: Rehearsal, prod: str) -> None:
    iam = rehearsal.client("iam")
    for name in FUNCTIONS:
        role = f"tiza-prod-{name}"
        assert iam.list_role_policies(RoleName=role)["PolicyNames"] == [role]
        found = iam.get_role_policy(RoleName=role, PolicyName=role)["PolicyDocument"]
        text = (rehearsal.folder / f".chalice/policies/prod/{name}.json").read_text(encoding="utf-8")
        filled = (
            text.replace("${Partition}", "aws")
            .replace("${Region}", "eu-west-1")
            .replace("${Account}", "123456789012")
            .replace("${MailFrom}", "no-reply@tiza.example")
        )
        assert found == json.loads(filled)
        function = rehearsal.client("lambda").get_function(
            FunctionName=rehearsal.target("prod").function(name)
        )
        assert function["Configuration"]["Role"].endswith(f":role/{role}")


def test_what_lambda_has_is_what_was_built(rehearsal: Rehearsal, prod: str) -> None:
    target = rehearsal.target("prod")
    hashes = {
        rehearsal.client("lambda").get_function(FunctionName=target.function(name))["Configuration"][
            "CodeSha256"
        ]
        for name in FUNCTIONS
    }
    assert len(hashes) == 1
    layer = rehearsal.client("lambda").get_layer_version(LayerName="tiza-prod-managed-layer", VersionNumber=1)
    built = {_sha256(path) for path in (rehearsal.folder / ".tiza" / "layers").glob("*.zip")}
    assert layer["Content"]["CodeSha256"] in built


def test_logs_are_forgotten_after_a_while(rehearsal: Rehearsal, prod: str) -> None:
    groups = rehearsal.client("logs").describe_log_groups(logGroupNamePrefix="/aws/lambda/")["logGroups"]
    target = rehearsal.target("prod")
    assert {one["logGroupName"]: one.get("retentionInDays") for one in groups} == {
        f"/aws/lambda/{target.function(name)}": 30 for name in FUNCTIONS
    }


def test_alarms_tell_somebody(rehearsal: Rehearsal, prod: str) -> None:
    target = rehearsal.target("prod")
    found = {one["AlarmName"].removeprefix(alarms.prefix(target)): one for one in alarms.described(target)}
    watched = {f"{name}-errors" for name in FUNCTIONS - {"authorize"}}
    watched |= {f"{name}-throttles" for name in FUNCTIONS} | {"unforeseen", "api-5xx", "api-latency"}
    assert found.keys() == watched
    assert all(one["AlarmActions"] == [target.alarm_topic] for one in found.values())
    unforeseen = found["unforeseen"]
    assert (unforeseen["Namespace"], unforeseen["MetricName"]) == ("Tiza", "UnforeseenErrors")
    assert unforeseen["Dimensions"] == [{"Name": "stage", "Value": "prod"}]
    assert alarms.dashboards(target) == ["tiza-prod"]


def test_the_first_deployment_writes_the_public_address_down(rehearsal: Rehearsal, api: str) -> None:
    found = rehearsal.client("ssm").get_parameter(Name="/tiza/prod/api_url")["Parameter"]["Value"]
    assert found == f"https://{api}.execute-api.eu-west-1.amazonaws.com/api"


def test_the_database_is_migrated_and_its_role_has_limits(rehearsal: Rehearsal, prod: str) -> None:
    names = [name for (name,) in rows(rehearsal.databases["prod"], "SELECT name FROM schema_migration")]
    assert sorted(names) == schema_version.known()
    [(limits,)] = rows(
        rehearsal.databases["prod"], "SELECT rolconfig FROM pg_roles WHERE rolname = 'tiza_app'"
    )
    assert {limit.partition("=")[0] for limit in limits} >= migrations.LIMITS.keys()


def test_how_the_stage_stands_can_be_asked(rehearsal: Rehearsal, api: str) -> None:
    done = rehearsal.deploy("status", "prod")
    assert done.returncode == 0
    assert f"https://{api}.execute-api." in done.stdout
    assert "unexpected" not in done.stdout


def test_the_record_is_versioned_private_and_complete(rehearsal: Rehearsal, prod: str) -> None:
    s3, bucket = rehearsal.client("s3"), "tiza-prod-deployments-123456789012"
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    assert all(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values())
    record = rehearsal.record("prod")
    assert record["deployment"]["outcome"] == "done"
    there = reconcile.standing(rehearsal.target("prod"), None).resources
    assert reconcile.difference(record, there) == []


def _policy(rehearsal: Rehearsal, function: str) -> list[dict[str, Any]]:
    client = rehearsal.client("lambda")
    try:
        return list(json.loads(client.get_policy(FunctionName=function)["Policy"])["Statement"])
    except client.exceptions.ResourceNotFoundException:
        return []


def _sha256(path: Path) -> str:
    return base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()
