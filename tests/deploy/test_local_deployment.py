"""The local AWS where moto alone would prove nothing about a deployment (`dev/aws/moto_deployment.py`)."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from botocore.exceptions import ClientError

from dev.aws import server
from dev.aws.stack import LOCAL_KEY, Aws

FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:f"
URI = f"arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"
INTEGRATION = {"type": "aws_proxy", "httpMethod": "POST", "uri": URI, "responses": {}}
RESPONSES = {"200": {"description": "200 response"}}
SWAGGER = {
    "swagger": "2.0",
    "info": {"version": "1.0", "title": "tiza"},
    "paths": {
        "/open": {"get": {"responses": RESPONSES, "x-amazon-apigateway-integration": INTEGRATION}},
        "/shut": {
            "get": {
                "responses": RESPONSES,
                "security": [{"guard": []}],
                "x-amazon-apigateway-integration": INTEGRATION,
            }
        },
    },
    "securityDefinitions": {
        "guard": {
            "in": "header",
            "type": "apiKey",
            "name": "Authorization",
            "x-amazon-apigateway-authtype": "custom",
            "x-amazon-apigateway-authorizer": {
                "type": "token",
                "authorizerUri": URI,
                "authorizerResultTtlInSeconds": 300,
            },
        }
    },
}
TEMPLATE = {
    "Resources": {
        "Kept": {
            "Type": "AWS::SQS::Queue",
            "DeletionPolicy": "RetainExceptOnCreate",
            "Properties": {"QueueName": "kept"},
        },
        "Gone": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "gone"}},
    },
    "Outputs": {"Arn": {"Value": {"Ref": "Gone"}, "Export": {"Name": "gone"}}},
}


@pytest.fixture(scope="module")
def aws() -> Iterator[Aws]:
    with server.start() as local:
        yield Aws(local.endpoint)


@pytest.fixture
def api(aws: Aws) -> str:
    """An API imported from Swagger as Chalice writes it, and deployed."""
    client = aws.client("apigateway")
    made = client.import_rest_api(body=json.dumps(SWAGGER))["id"]
    client.create_deployment(restApiId=made, stageName="api")
    return str(made)


def test_swagger_is_imported_with_its_authorizers(aws: Aws, api: str) -> None:
    client = aws.client("apigateway")
    [guard] = client.get_authorizers(restApiId=api)["items"]
    assert (guard["name"], guard["type"], guard["authorizerUri"]) == ("guard", "TOKEN", URI)
    methods = {
        one["path"]: one["resourceMethods"]["GET"]
        for one in client.get_resources(restApiId=api, embed=["methods"])["items"]
        if "resourceMethods" in one
    }
    assert methods["/open"]["authorizationType"] == "NONE"
    assert methods["/shut"]["authorizationType"] == "CUSTOM"
    assert methods["/shut"]["authorizerId"] == guard["id"]


def test_overwriting_an_api_drops_its_gateway_responses_and_its_name(aws: Aws, api: str) -> None:
    client = aws.client("apigateway")
    client.put_gateway_response(restApiId=api, responseType="UNAUTHORIZED", statusCode="401")
    operation = {"op": "replace", "path": "/name", "value": "another"}
    client.update_rest_api(restApiId=api, patchOperations=[operation])
    client.put_rest_api(restApiId=api, mode="overwrite", body=json.dumps(SWAGGER))
    assert client.get_gateway_responses(restApiId=api)["items"] == []
    assert client.get_rest_api(restApiId=api)["name"] == "tiza"
    assert len(client.get_authorizers(restApiId=api)["items"]) == 1


def test_a_stage_keeps_its_throttling_when_it_is_deployed_again(aws: Aws, api: str) -> None:
    client = aws.client("apigateway")
    operation = {"op": "replace", "path": "/*/*/throttling/rateLimit", "value": "7"}
    before = client.update_stage(restApiId=api, stageName="api", patchOperations=[operation])
    after = client.create_deployment(restApiId=api, stageName="api", tracingEnabled=True)
    stage = client.get_stage(restApiId=api, stageName="api")
    assert stage["deploymentId"] == after["id"] != before["deploymentId"]
    assert stage["tracingEnabled"] is True
    assert stage["methodSettings"]["*/*"]["throttlingRateLimit"] == 7


def test_the_size_from_which_is_compressed_can_be_changed(aws: Aws, api: str) -> None:
    client = aws.client("apigateway")
    operation = {"op": "replace", "path": "/minimumCompressionSize", "value": "1024"}
    client.update_rest_api(restApiId=api, patchOperations=[operation])
    assert client.get_rest_api(restApiId=api)["minimumCompressionSize"] == 1024


def test_both_versions_of_the_interface_know_a_domain(aws: Aws, api: str) -> None:
    first, second = aws.client("apigateway"), aws.client("apigatewayv2")
    domain = "api.school.example"
    first.create_domain_name(domainName=domain, certificateArn="arn:aws:acm:::", tags={"a": "b"})
    first.create_base_path_mapping(domainName=domain, restApiId=api, stage="api")
    arn = f"arn:aws:apigateway:eu-west-1::/domainnames/{domain}"
    assert second.get_tags(ResourceArn=arn)["Tags"] == {"a": "b"}
    [mapping] = second.get_api_mappings(DomainName=domain)["Items"]
    assert (mapping["ApiId"], mapping["ApiMappingKey"], mapping["Stage"]) == (api, "", "api")
    second.delete_domain_name(DomainName=domain)
    assert first.get_domain_names()["items"] == []


def test_a_deployment_that_is_no_longer_used_can_be_deleted(aws: Aws, api: str) -> None:
    client = aws.client("apigateway")
    [before] = client.get_deployments(restApiId=api)["items"]
    after = client.create_deployment(restApiId=api, stageName="api")
    client.delete_deployment(restApiId=api, deploymentId=before["id"])
    with pytest.raises(ClientError, match="Active stages"):
        client.delete_deployment(restApiId=api, deploymentId=after["id"])


def test_a_queue_is_mapped_to_a_function_once(aws: Aws) -> None:
    client, function = aws.client("lambda"), _function(aws)
    url = aws.client("sqs").create_queue(QueueName="mapped")["QueueUrl"]
    arn = aws.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    made = client.create_event_source_mapping(EventSourceArn=arn["QueueArn"], FunctionName=function)
    with pytest.raises(client.exceptions.ResourceConflictException):
        client.create_event_source_mapping(EventSourceArn=arn["QueueArn"], FunctionName=function)
    [found] = client.list_event_source_mappings()["EventSourceMappings"]
    assert found["UUID"] == made["UUID"]


def test_a_layer_is_found_by_its_arn(aws: Aws) -> None:
    client = aws.client("lambda")
    arn = client.publish_layer_version(LayerName="l", Content={"ZipFile": _zip()})["LayerVersionArn"]
    assert client.get_layer_version_by_arn(Arn=arn)["LayerVersionArn"] == arn
    client.delete_layer_version(LayerName="l", VersionNumber=1)
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.get_layer_version_by_arn(Arn=arn)


def test_what_was_uploaded_is_handed_out(aws: Aws) -> None:
    client = aws.client("lambda")
    client.publish_layer_version(LayerName="handed", Content={"ZipFile": _zip()})
    content = client.get_layer_version(LayerName="handed", VersionNumber=1)["Content"]
    assert httpx.get(content["Location"]).content == _zip()
    function = client.get_function(FunctionName=_function(aws, "handed"))
    assert httpx.get(function["Code"]["Location"]).content == _zip()


def test_a_mapped_function_is_not_called_while_a_message_is_sent(aws: Aws) -> None:
    sqs = aws.client("sqs")
    url = sqs.create_queue(QueueName="sent")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    function = _function(aws, "sent")
    aws.client("lambda").create_event_source_mapping(EventSourceArn=arn, FunctionName=function)
    sqs.send_message(QueueUrl=url, MessageBody="x")
    assert [one["Body"] for one in sqs.receive_message(QueueUrl=url)["Messages"]] == ["x"]


def test_a_list_among_a_stack_s_parameters_is_told_as_it_was_given(aws: Aws) -> None:
    client, given = aws.client("cloudformation"), {"ParameterKey": "Origins", "ParameterValue": "a,b"}
    template = {**TEMPLATE, "Outputs": {}, "Parameters": {"Origins": {"Type": "CommaDelimitedList"}}}
    template["Resources"] = {"Topic": {"Type": "AWS::SNS::Topic"}}
    client.create_stack(StackName="lists", TemplateBody=json.dumps(template), Parameters=[given])
    [found] = client.describe_stacks(StackName="lists")["Stacks"]
    assert found["Parameters"] == [given]


def test_resources_come_and_go_with_their_condition(aws: Aws) -> None:
    client = aws.client("cloudformation")
    wanted = {"Fn::Equals": [{"Ref": "Wanted"}, "yes"]}
    config = {
        "Comment": "c",
        "Enabled": True,
        "Origins": [{"Id": "o", "DomainName": "b.s3.eu-west-1.amazonaws.com"}],
        "DefaultCacheBehavior": dict.fromkeys(
            ("ViewerProtocolPolicy", "CachePolicyId", "ResponseHeadersPolicyId"), "x"
        )
        | {"TargetOriginId": "o"},
    }
    distribution = {"Type": "AWS::CloudFront::Distribution", "Properties": {"DistributionConfig": config}}
    document = {
        "Parameters": {"Wanted": {"Type": "String", "Default": "no"}},
        "Conditions": {"IsWanted": wanted},
        "Resources": {
            "Topic": {"Type": "AWS::SNS::Topic"},
            "Distribution": {**distribution, "Condition": "IsWanted"},
        },
        "Outputs": {
            "Domain": {"Condition": "IsWanted", "Value": {"Fn::GetAtt": ["Distribution", "DomainName"]}}
        },
    }
    given = {"StackName": "conditions", "TemplateBody": json.dumps(document)}
    client.create_stack(**given)
    seen = []
    for value in ("yes", "no", "yes"):
        client.update_stack(**given, Parameters=[{"ParameterKey": "Wanted", "ParameterValue": value}])
        [found] = client.describe_stacks(StackName="conditions")["Stacks"]
        there = aws.client("cloudfront").list_distributions()["DistributionList"].get("Items", [])
        assert [one["OutputValue"] for one in found.get("Outputs", [])] == [
            one["DomainName"] for one in there
        ]
        seen.append(len(there))
    assert seen == [1, 0, 1]


def test_every_call_is_noted_with_whose_it_is(aws: Aws) -> None:
    address = f"{aws.endpoint}/local/calls"
    before = len(httpx.get(address).json())
    aws.client("lambda").list_functions()
    [call] = httpx.get(address, params={"since": before}).json()
    assert (call["service"], call["key"], call["method"]) == ("lambda", LOCAL_KEY, "GET")
    assert call["path"].startswith("/2015-03-31/functions")


def test_a_protected_stack_stays_and_what_is_to_be_kept_is_kept(aws: Aws) -> None:
    client = aws.client("cloudformation")
    client.create_stack(StackName="s", TemplateBody=json.dumps(TEMPLATE), EnableTerminationProtection=True)
    with pytest.raises(ClientError, match="TerminationProtection"):
        client.delete_stack(StackName="s")
    client.update_termination_protection(StackName="s", EnableTerminationProtection=False)
    more = {**TEMPLATE, "Outputs": {"New": {"Value": {"Ref": "Kept"}, "Export": {"Name": "new"}}}}
    client.update_stack(StackName="s", TemplateBody=json.dumps(more))
    client.delete_stack(StackName="s")
    names = {url.rpartition("/")[2] for url in aws.client("sqs").list_queues()["QueueUrls"]}
    assert "kept" in names
    assert "gone" not in names


def _function(aws: Aws, name: str = "f") -> str:
    trust: dict[str, Any] = {"Version": "2012-10-17", "Statement": []}
    role = aws.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))
    made = aws.client("lambda").create_function(
        FunctionName=name,
        Runtime="python3.13",
        Role=role["Role"]["Arn"],
        Handler="app.app",
        Code={"ZipFile": _zip()},
    )
    return str(made["FunctionArn"])


def _zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(zipfile.ZipInfo("app.py"), "")
    return file.getvalue()
