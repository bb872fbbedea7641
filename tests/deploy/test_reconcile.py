"""What is found of a stage, and what is not taken for a part of it."""

from __future__ import annotations

import io
import json
import time
import urllib.request
import zipfile
from collections.abc import Iterator

import pytest

from dev.aws import server
from dev.deploy import operate, reconcile
from dev.deploy.target import API_STAGE, DeployError, Target

LAMBDA_MAY = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}
GITHUB_MAY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/github"},
            "Action": "sts:AssumeRoleWithWebIdentity",
        }
    ],
}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with server.start() as local:
        yield local.endpoint


@pytest.fixture
def target(endpoint: str) -> Target:
    """Stage `prod` in an empty account."""
    reset = urllib.request.Request(f"{endpoint}/moto-api/reset", method="POST")  # noqa: S310
    urllib.request.urlopen(reset, timeout=60).close()  # noqa: S310
    return Target("prod", endpoint)


def test_an_empty_account_has_nothing(target: Target) -> None:
    assert reconcile.standing(target, None) == reconcile.Standing([], [], [])


def test_names_alone_make_nothing_a_part_of_the_stage(target: Target) -> None:
    role = _role(target, "tiza-prod-mail", LAMBDA_MAY)
    _role(target, "tiza-prod-deploy", GITHUB_MAY)
    _function(target, "tiza-prod-mail", role, "version=1.34.0:stage=prod:app=tiza")
    _function(target, "tiza-prod-foreign", role, None)
    target.client("events").put_rule(Name="tiza-prod-sweep-event", ScheduleExpression="rate(1 hour)")
    target.client("events").put_rule(Name="tiza-prod-of-somebody", ScheduleExpression="rate(1 hour)")
    names = [one["name"] for one in reconcile.standing(target, None).resources]
    assert names == ["mail_role", "mail", "sweep-event"]


def test_what_the_record_does_not_know_and_what_is_gone_are_told(target: Target) -> None:
    _role(target, "tiza-prod-mail", LAMBDA_MAY)
    recorded = {"resources": [{"name": "sweep-event", "resource_type": "cloudwatch_event"}]}
    there = reconcile.standing(target, recorded).resources
    assert reconcile.difference(recorded, there) == [
        "mail_role is there, the record did not know it",
        "sweep-event is gone, the record still names it",
    ]


def test_an_api_that_was_never_deployed_gives_way_to_one_that_was(target: Target) -> None:
    half, live = _api(target), _api(target)
    target.client("apigateway").create_deployment(restApiId=live, stageName=API_STAGE)
    found = reconcile.standing(target, None)
    assert reconcile.value(found.resources, "rest_api", "rest_api_id") == live
    assert found.leftover_apis == [half]
    assert reconcile.remove_leftovers(target, found) == [half]
    assert [api.id for api in reconcile.apis_of(target)] == [live]


def test_of_several_that_were_never_deployed_one_is_taken(target: Target) -> None:
    first, second = _api(target), _api(target)
    found = reconcile.standing(target, None)
    kept = reconcile.value(found.resources, "rest_api", "rest_api_id")
    assert {kept, *found.leftover_apis} == {first, second}


def test_an_api_that_does_not_call_the_stage_cannot_be_chosen(target: Target) -> None:
    other = target.client("apigateway").create_rest_api(name="tiza")["id"]
    with pytest.raises(DeployError, match="no such API calls tiza-prod"):
        reconcile.standing(target, None, other)


def test_the_stage_s_own_domain_is_found_with_its_mapping(target: Target) -> None:
    client, api = target.client("apigateway"), _api(target)
    client.create_deployment(restApiId=api, stageName=API_STAGE)
    certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/1"
    client.create_domain_name(
        domainName="api.tiza.example",
        regionalCertificateArn=certificate,
        endpointConfiguration={"types": ["REGIONAL"]},
    )
    client.create_base_path_mapping(domainName="api.tiza.example", restApiId=api, stage=API_STAGE)
    target.config["stages"]["prod"][reconcile.DOMAIN] = {"domain_name": "api.tiza.example"}
    found = reconcile.standing(target, None).resources
    assert reconcile.value(found, reconcile.DOMAIN, "certificate_arn") == certificate
    assert reconcile.value(found, reconcile.DOMAIN, "api_mapping") == [{"key": "/"}]


def test_logs_are_read_in_order_and_of_one_function_if_wanted(
    target: Target, capsys: pytest.CaptureFixture[str]
) -> None:
    logs = target.client("logs")
    now = int(time.time() * 1000)
    for name, text, moment in (("tiza-prod", "second", now), ("tiza-prod-mail", "first", now - 1000)):
        logs.create_log_group(logGroupName=f"/aws/lambda/{name}")
        logs.create_log_stream(logGroupName=f"/aws/lambda/{name}", logStreamName="s")
        logs.put_log_events(
            logGroupName=f"/aws/lambda/{name}",
            logStreamName="s",
            logEvents=[{"timestamp": moment, "message": text}],
        )
    operate.logs(target, None, "10m")
    assert [line.split()[1:] for line in capsys.readouterr().out.splitlines()] == [
        ["tiza-prod-mail", "first"],
        ["tiza-prod", "second"],
    ]
    operate.logs(target, "mail", "10m")
    assert "second" not in capsys.readouterr().out
    with pytest.raises(DeployError, match="no such log"):
        operate.logs(target, "nothing", "10m")


def test_a_function_that_is_not_there_cannot_be_called(target: Target) -> None:
    with pytest.raises(DeployError, match="there is no function tiza-prod-nothing"):
        operate.invoke(target, "nothing", None)


def test_a_time_needs_a_unit() -> None:
    assert operate.seconds("2h") == 7200
    with pytest.raises(DeployError, match="no time"):
        operate.seconds("soon")


def _role(target: Target, name: str, trust: dict[str, object]) -> str:
    made = target.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))
    return str(made["Role"]["Arn"])


def _function(target: Target, name: str, role: str, tag: str | None) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("app.py", "")
    target.client("lambda").create_function(
        FunctionName=name,
        Runtime="python3.13",
        Role=role,
        Handler="app.app",
        Code={"ZipFile": file.getvalue()},
        Tags={reconcile.TAG: tag} if tag else {},
    )


def _api(target: Target) -> str:
    """An API that calls the function of the stage, not deployed."""
    client = target.client("apigateway")
    made = client.create_rest_api(name="tiza")["id"]
    [root] = client.get_resources(restApiId=made)["items"]
    method = {"restApiId": made, "resourceId": root["id"], "httpMethod": "GET"}
    client.put_method(**method, authorizationType="NONE")
    function = target.place.arn("lambda", "function:tiza-prod")
    client.put_integration(
        **method,
        type="AWS_PROXY",
        integrationHttpMethod="POST",
        uri=f"arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{function}/invocations",
    )
    return str(made)
