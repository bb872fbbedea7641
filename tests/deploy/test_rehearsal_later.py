"""What comes after the first deployment: again, changed, broken and back, half failed, taken down."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from dev import pages
from dev.aws import stack
from dev.deploy import alarms, deploy_role, gateway, parameters, reconcile, released, store, web
from dev.deploy.target import API_FUNCTION, API_STAGE, CHECKOUT
from dev.schema_check import execute
from tests.deploy import recorded
from tests.deploy.deployed import Deployed
from tests.deploy.rehearsal import Rehearsal
from tests.deploy.test_rehearsal import FUNCTIONS, WORKERS

pytestmark = pytest.mark.xdist_group("deploy")

STATE_ALONE = ["s3 PutObject deployed.json"] * 2  # it is noted that it begins, and that it has ended
# As Lambda has it; `chalice deploy` imports it without that.
BREAKS_ON_LAMBDA = """
import os

if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
    raise RuntimeError("this version does not work")
"""
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
    for what in ("app deployment", "shared layer deployment"):
        assert f"Reusing existing {what} package" in printed
    assert _written(rehearsal) == STATE_ALONE


def test_a_version_that_does_not_work_gives_way_to_the_one_before(rehearsal: Rehearsal, api: str) -> None:
    deploy, smoke, note, go_back = _steps_of_the_workflow()
    # It need not wait for what is not to come.
    rehearsal.edit("dev/deploy/smoke.py", "WITHIN_SECONDS = 90.0", "WITHIN_SECONDS = 0.5")
    good = rehearsal.commit("good")
    target = rehearsal.target("prod")
    with Deployed(target).served() as running:
        rehearsal.client("ssm").put_parameter(Name="/tiza/prod/api_url", Value=running.url, Overwrite=True)
        _change_by_hand(rehearsal, api)
        for step in (deploy, smoke, note):
            done = rehearsal.step(step, "prod", GITHUB_SHA=good)
            assert done.returncode == 0, done.stdout + done.stderr
            if step == deploy:
                _assert_put_right(rehearsal, api)
        assert released.read(target) == good

        source = (rehearsal.folder / "app.py").read_text(encoding="utf-8")
        (rehearsal.folder / "app.py").write_text(source + BREAKS_ON_LAMBDA, encoding="utf-8")
        bad = rehearsal.commit("bad")
        assert rehearsal.step(deploy, "prod", GITHUB_SHA=bad).returncode == 0
        assert rehearsal.record("prod")["deployment"]["commit"] == bad
        failed = rehearsal.step(smoke, "prod", GITHUB_SHA=bad)
        assert failed.returncode != 0
        assert "GET /health: status: 500 instead of 200" in failed.stdout

        done = rehearsal.step(go_back, "prod", GITHUB_SHA=bad)
        assert done.returncode == 0, done.stdout + done.stderr
        assert f"prod is back at {good}" in done.stdout
        assert httpx.get(f"{running.url}/ready").status_code == 200
    assert rehearsal.record("prod")["deployment"]["commit"] == good
    assert rehearsal.record("prod")["deployment"]["outcome"] == "done"
    assert released.read(target) == good
    (rehearsal.folder / "app.py").write_text(source, encoding="utf-8")


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


def test_pages_are_hosted_where_that_is_wanted(rehearsal: Rehearsal, api: str) -> None:
    """The first deployment of all made their place as soon as it knew where the API is."""
    target = rehearsal.target("staging")
    s3 = rehearsal.client("s3")
    address = store.read(target.client("ssm"), parameters.of_stage("staging"))[parameters.API_URL].value
    index = s3.get_object(Bucket=f"tiza-staging-web-{target.place.account}", Key=pages.INDEX)["Body"].read()
    assert f'content="{address}"' in index.decode()
    values = web.stack_values(target)
    assert values["WebApiOrigin"] == address.removesuffix("/api")
    assert [one for one in _of(s3.list_buckets()["Buckets"], "Name") if "-web-" in one] == [
        f"tiza-staging-web-{target.place.account}"
    ]
    [distribution] = rehearsal.client("cloudfront").list_distributions()["DistributionList"]["Items"]
    assert (
        f"https://{distribution['DomainName']}"
        == stack.outputs(target.client("cloudformation"), "staging")["WebAddress"]
    )


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
    assert rehearsal.client("apigateway").get_domain_names()["items"] == []
    assert _named(rehearsal, "tiza-prod") == {
        *(f"queue tiza-prod-{name}" for name in _queue_names(rehearsal)),
        "bucket tiza-prod-photos-123456789012",
    }
    assert "tiza-prod-photos-123456789012" in done.stdout
    assert reconcile.standing(rehearsal.target("staging"), None).resources == staging
    assert rehearsal.deploy("down", "prod", "--confirm", "prod").returncode == 0


def test_the_role_that_deploys_may_do_all_of_this(rehearsal: Rehearsal, prod: str) -> None:
    place = rehearsal.target("prod").place
    policies = {
        "prod": deploy_role.policy(place, "prod"),
        "staging": deploy_role.policy(place, "staging", hosts_pages=True),
    }
    refused = {
        f"{stage}: {fault}"
        for stage, one in rehearsal.calls
        for fault in recorded.refused(policies[stage], one, rehearsal.mapped)
    }
    assert sorted(refused) == []
    asked = {one.action for _, one in rehearsal.calls}
    assert {"lambda:CreateFunction", "lambda:DeleteLayerVersion", "s3:PutObject", "apigateway:PUT"} <= asked
    assert "cloudfront:CreateInvalidation" in asked


def _change_by_hand(rehearsal: Rehearsal, api: str) -> None:
    """As somebody might at AWS's console."""
    rehearsal.client("lambda").update_function_configuration(FunctionName="tiza-prod-mail", Timeout=3)
    gateway_client = rehearsal.client("apigateway")
    gateway_client.create_deployment(restApiId=api, stageName=API_STAGE, description="by hand")


def _assert_put_right(rehearsal: Rehearsal, api: str) -> None:
    """What was changed by hand was set by the last deployment, and what was not was left alone."""
    changed = {(one.service, one.operation) for one in rehearsal.changes()}
    assert {("lambda", "UpdateFunctionConfiguration"), ("apigateway", "PutRestApi")} <= changed
    assert not {("lambda", "UpdateFunctionCode"), ("lambda", "PublishLayerVersion")} & changed
    found = rehearsal.client("lambda").get_function_configuration(FunctionName="tiza-prod-mail")
    assert found["Timeout"] == WORKERS["mail"].timeout_seconds
    responses = rehearsal.client("apigateway").get_gateway_responses(restApiId=api)["items"]
    assert len(responses) == len(gateway.ANSWERS) + 1


def _written(rehearsal: Rehearsal) -> list[str]:
    """What the last deployment changed at AWS, and where."""
    return [f"{one.service} {one.operation} {one.arguments.get('Key', '')}" for one in rehearsal.changes()]


def _steps_of_the_workflow() -> list[str]:
    """What the deploying job runs: to deploy, to try it, to note that it works, and to go back."""
    text = (CHECKOUT / ".github" / "workflows" / "deploy.yml").read_text(encoding="utf-8")
    return [step["run"] for step in yaml.safe_load(text)["jobs"]["deploy"]["steps"] if "run" in step]


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
