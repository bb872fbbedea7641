"""A stage's life at AWS, from an empty account: deployed, deployed again, changed, half failed, taken down.

The tests of this file follow one another in one account, as deployments do; each says which it needs.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import app
from chalicelib.edge.routes import PUBLIC
from chalicelib.store import schema_version
from dev.deploy import alarms, gateway, migrations, reconcile
from dev.deploy.target import API_FUNCTION, API_STAGE
from dev.schema_check import execute, rows
from tests.deploy.rehearsal import Rehearsal

pytestmark = pytest.mark.xdist_group("deploy")

WORKERS = {worker.name: worker.queue for worker in app.workers.workers}
SCHEDULES = {schedule.name: schedule.expression for schedule in app.workers.schedules}
FUNCTIONS = {API_FUNCTION, "authorize", *WORKERS, *SCHEDULES}
NEW_WORKER = '''
@workers.queue(queues.REHEARSAL)
def rehearsal(message):
    """Do nothing."""


@api.get("/v1/rehearsal", allow=PUBLIC, transaction=False)
def rehearse() -> schemas.system.Health:
    """Whether the process answers."""
    return schemas.system.Health()


api.add_preflights()
'''


@pytest.fixture(scope="module")
def prod(rehearsal: Rehearsal) -> str:
    """Stage `prod`, deployed from nothing; what was printed."""
    return rehearsal.up("prod")


@pytest.fixture(scope="module")
def api(rehearsal: Rehearsal, prod: str) -> str:
    """The id of the API of `prod`."""
    return str(reconcile.value(rehearsal.record("prod")["resources"], "rest_api", "rest_api_id"))


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
    assert used["description"] == "Tiza: gateway responses"
    assert client.get_rest_api(restApiId=api)["name"] == "tiza-prod"


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


def test_a_database_that_is_ahead_is_refused_before_any_code_goes_there(
    rehearsal: Rehearsal, prod: str
) -> None:
    url = rehearsal.databases["prod"]
    execute(url, "INSERT INTO schema_migration (name, applied) VALUES ('9999_later', now())")
    done = rehearsal.deploy("up", "prod")
    assert done.returncode == 1
    assert "9999_later" in done.stderr
    assert "chalice deploy" not in done.stdout
    execute(url, "DELETE FROM schema_migration WHERE name = '9999_later'")


def test_again_it_is_the_same_stage(rehearsal: Rehearsal, api: str) -> None:
    before = rehearsal.record("prod")
    printed = rehearsal.up("prod")
    after = rehearsal.record("prod")
    assert reconcile.difference(before, after["resources"]) == []
    assert reconcile.value(after["resources"], "rest_api", "rest_api_id") == api
    for what in ("partial failures and concurrency of queues", "throttling", "retention of logs", "alarms"):
        assert f"{what}: as it was" in printed
    assert "in AWS's words, without CORS, for" in printed
    assert len(rehearsal.client("apigateway").get_gateway_responses(restApiId=api)["items"]) == 15
    layers = rehearsal.client("lambda").list_layer_versions(LayerName="tiza-prod-managed-layer")
    assert len(layers["LayerVersions"]) == 1


def test_a_stage_that_failed_in_the_middle_goes_on_from_there(rehearsal: Rehearsal, prod: str) -> None:
    # Nor can the finish step's change of mappings help: they must be right from their first moment.
    with rehearsal.refused("POST /restapis/[^/]+/deployments|PUT /.*/event-source-mappings/.*"):
        done = rehearsal.deploy("up", "staging")
    assert done.returncode == 1
    assert "the next deployment goes on from there" in done.stderr
    target = rehearsal.target("staging")
    [half] = reconcile.apis_of(target)
    assert not half.is_live
    assert rehearsal.record("staging")["deployment"]["outcome"] == "failed"
    mappings = target.pages("lambda", "list_event_source_mappings", "EventSourceMappings")
    assert all(one["FunctionResponseTypes"] == ["ReportBatchItemFailures"] for one in mappings)

    rehearsal.up("staging")
    [api] = reconcile.apis_of(target)
    assert (api.id, api.is_live) == (half.id, True)
    mappings = target.pages("lambda", "list_event_source_mappings", "EventSourceMappings")
    mapped = [one["EventSourceArn"] for one in mappings if "tiza-staging" in one["EventSourceArn"]]
    assert len(mapped) == len(set(mapped)) == len(WORKERS)


def test_two_stages_stand_side_by_side(rehearsal: Rehearsal, api: str) -> None:
    assert rehearsal.functions("staging") == rehearsal.functions("prod") == FUNCTIONS
    there = reconcile.standing(rehearsal.target("prod"), None).resources
    assert reconcile.difference(rehearsal.record("prod"), there) == []
    names = {one["name"] for one in rehearsal.client("apigateway").get_rest_apis()["items"]}
    assert names == {"tiza-prod", "tiza-staging"}


def test_a_lost_record_is_made_anew_and_changes_are_taken_over(rehearsal: Rehearsal, api: str) -> None:
    rehearsal.lose_record("prod")
    rehearsal.edit(
        "chalicelib/queues.py", "\nALL = (", '\nREHEARSAL = Queue("rehearsal")\n\nALL = (REHEARSAL, '
    )
    _remove_worker(rehearsal.folder / "app.py", "reprocess")
    rehearsal.edit("app.py", "\napi.add_preflights()\n", NEW_WORKER)
    for module in ("dev.aws.template", "dev.deploy.policies"):
        made = rehearsal.run(module)
        assert made.returncode == 0, made.stderr
    printed = rehearsal.up("prod")
    assert "no record of an earlier deployment" in printed

    target = rehearsal.target("prod")
    assert [one.id for one in reconcile.apis_of(target)] == [api]
    assert rehearsal.functions("prod") == FUNCTIONS - {"reprocess"} | {"rehearsal"}
    resources = rehearsal.record("prod")["resources"]
    names = {one["name"] for one in resources}
    assert {"rehearsal-sqs-event-source", "rehearsal_role"} <= names
    assert not {"reprocess-sqs-event-source", "reprocess_role"} & names
    uuid = reconcile.value(resources, "rehearsal-sqs-event-source", "event_uuid")
    mapping = rehearsal.client("lambda").get_event_source_mapping(UUID=uuid)
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    paths = {one["path"] for one in target.pages("apigateway", "get_resources", "items", restApiId=api)}
    assert "/v1/rehearsal" in paths
    told = {one["AlarmName"].removeprefix(alarms.prefix(target)) for one in alarms.described(target)}
    assert "rehearsal-errors" in told
    assert "reprocess-errors" not in told


def test_two_apis_and_no_record_are_refused_with_what_to_do(rehearsal: Rehearsal, api: str) -> None:
    record = rehearsal.record("prod")
    other = _second_api(rehearsal)
    rehearsal.lose_record("prod")
    done = rehearsal.deploy("up", "prod")
    assert done.returncode == 1
    assert all(word in done.stderr for word in (api, other, "make deploy STAGE=prod API=", "delete-rest-api"))
    chosen = reconcile.standing(rehearsal.target("prod"), None, api)
    assert reconcile.value(chosen.resources, "rest_api", "rest_api_id") == api
    known = reconcile.standing(rehearsal.target("prod"), record)
    assert reconcile.value(known.resources, "rest_api", "rest_api_id") == api
    assert known.leftover_apis == []


def test_down_leaves_what_the_template_keeps_and_the_other_stage(rehearsal: Rehearsal, prod: str) -> None:
    staging = reconcile.standing(rehearsal.target("staging"), None).resources
    refused = rehearsal.deploy("down", "prod", "--confirm", "staging")
    assert refused.returncode == 1
    assert "not confirmed" in refused.stderr
    done = rehearsal.deploy("down", "prod", "--confirm", "prod")
    assert done.returncode == 0, done.stdout + done.stderr

    target = rehearsal.target("prod")
    assert reconcile.standing(target, None).resources == []
    assert _named(rehearsal, "tiza-prod") == {
        *(f"queue tiza-prod-{name}" for name in _queue_names(rehearsal)),
        "bucket tiza-prod-photos-123456789012",
    }
    assert "tiza-prod-photos-123456789012" in done.stdout
    assert reconcile.standing(rehearsal.target("staging"), None).resources == staging
    assert rehearsal.deploy("down", "prod", "--confirm", "prod").returncode == 0


def _policy(rehearsal: Rehearsal, function: str) -> list[dict[str, Any]]:
    client = rehearsal.client("lambda")
    try:
        return list(json.loads(client.get_policy(FunctionName=function)["Policy"])["Statement"])
    except client.exceptions.ResourceNotFoundException:
        return []


def _sha256(path: Path) -> str:
    return base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()


def _remove_worker(path: Path, name: str) -> None:
    """Take a worker out of `app.py`: from its decorator to the blank lines after it."""
    blocks = path.read_text(encoding="utf-8").split("\n\n\n")
    kept = [block for block in blocks if f"\ndef {name}(" not in block]
    assert len(kept) == len(blocks) - 1
    path.write_text("\n\n\n".join(kept), encoding="utf-8")


def _second_api(rehearsal: Rehearsal) -> str:
    """An API that calls the function of `prod` as well, and is deployed."""
    client = rehearsal.client("apigateway")
    uri = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{}/invocations"
    made = client.create_rest_api(name="tiza")["id"]
    [root] = client.get_resources(restApiId=made)["items"]
    method = {"restApiId": made, "resourceId": root["id"], "httpMethod": "GET"}
    client.put_method(**method, authorizationType="NONE")
    client.put_integration(
        **method,
        type="AWS_PROXY",
        integrationHttpMethod="POST",
        uri=uri.format(rehearsal.target("prod").function_arn(API_FUNCTION)),
    )
    client.create_deployment(restApiId=made, stageName=API_STAGE)
    return str(made)


def _queue_names(rehearsal: Rehearsal) -> set[str]:
    """What the queues of the changed project are called, without the stage."""
    body = json.loads((rehearsal.folder / ".chalice/resources.json").read_text(encoding="utf-8"))
    names = [
        one["Properties"]["QueueName"]["Fn::Sub"]
        for one in body["Resources"].values()
        if one["Type"] == "AWS::SQS::Queue"
    ]
    return {name.removeprefix("tiza-${Stage}-") for name in names}


def _named(rehearsal: Rehearsal, prefix: str) -> set[str]:
    """All that is in the account under names that begin with `prefix`."""
    target = rehearsal.target("prod")
    listings: dict[str, Callable[[], list[str]]] = {
        "function": lambda: _of(target.pages("lambda", "list_functions", "Functions"), "FunctionName"),
        "layer": lambda: _of(target.pages("lambda", "list_layers", "Layers"), "LayerName"),
        "role": lambda: _of(target.pages("iam", "list_roles", "Roles"), "RoleName"),
        "rule": lambda: _of(target.pages("events", "list_rules", "Rules"), "Name"),
        "api": lambda: _of(target.pages("apigateway", "get_rest_apis", "items"), "name"),
        "log": lambda: [
            name.removeprefix("/aws/lambda/")
            for name in _of(target.pages("logs", "describe_log_groups", "logGroups"), "logGroupName")
        ],
        "dashboard": lambda: alarms.dashboards(target),
        "parameter": lambda: [
            name.replace("/tiza/", "tiza-").replace("/", "-")
            for name in _of(target.pages("ssm", "describe_parameters", "Parameters"), "Name")
        ],
        "stack": lambda: _of(rehearsal.client("cloudformation").describe_stacks()["Stacks"], "StackName"),
        "bucket": lambda: _of(rehearsal.client("s3").list_buckets()["Buckets"], "Name"),
        "queue": lambda: [
            url.rpartition("/")[2] for url in rehearsal.client("sqs").list_queues().get("QueueUrls", [])
        ],
        "alarm": lambda: _of(alarms.described(target), "AlarmName"),
    }
    return {
        f"{kind} {name}" for kind, listed in listings.items() for name in listed() if name.startswith(prefix)
    }


def _of(entries: list[dict[str, Any]], key: str) -> list[str]:
    return [entry[key] for entry in entries]
