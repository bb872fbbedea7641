"""The few words of CloudFormation that the parts of the template share."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

KEPT = {"DeletionPolicy": "RetainExceptOnCreate", "UpdateReplacePolicy": "Retain"}
PRIVATE: Json = {  # what every bucket is like
    "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
    "PublicAccessBlockConfiguration": {
        "BlockPublicAcls": True,
        "BlockPublicPolicy": True,
        "IgnorePublicAcls": True,
        "RestrictPublicBuckets": True,
    },
    "BucketEncryption": {
        "ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
    },
}


def sub(pattern: str) -> Json:
    """`pattern` with its `${...}` filled in by CloudFormation."""
    return {"Fn::Sub": pattern}


def arn_of(logical_id: str) -> Json:
    """A reference to the ARN of a queue or bucket, or to a topic, whose reference is its ARN."""
    return {"Ref": logical_id} if logical_id.endswith("Topic") else {"Fn::GetAtt": [logical_id, "Arn"]}


def queue_arn(name: str) -> str:
    """A pattern for `sub`: the ARN of the queue of that name, by which a reference closes no circle."""
    return f"arn:${{AWS::Partition}}:sqs:${{AWS::Region}}:${{AWS::AccountId}}:{name}"


def policy(statements: list[Json]) -> Json:
    """A policy document."""
    return {"Version": "2012-10-17", "Statement": statements}


def allow(sid: str, service: str, action: str, logical_id: str, condition: Json) -> Json:
    """The statement that lets an AWS service do `action` to a resource of this stack."""
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": action,
        "Resource": arn_of(logical_id),
        "Condition": condition,
    }


def tls_only(action: str, resource: Any) -> Json:
    """The statement that refuses whoever comes without TLS."""
    return {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": action,
        "Resource": resource,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def topic_policy(topic: str, statement: Json) -> Json:
    """The resource that puts `statement` on a topic."""
    return {
        "Type": "AWS::SNS::TopicPolicy",
        "Properties": {"Topics": [{"Ref": topic}], "PolicyDocument": policy([statement])},
    }


def is_given(parameter: str) -> Json:
    """The condition that the stack's `parameter` is not empty."""
    return {"Fn::Not": [{"Fn::Equals": [{"Ref": parameter}, ""]}]}
