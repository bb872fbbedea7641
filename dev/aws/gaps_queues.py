"""Queues, topics, alarms and parameters, as their services have them."""

from __future__ import annotations

import functools
import json
from typing import Any

from dev.aws.resolve import Place
from dev.aws.shape import Aspect, Shape, part, unless_absent

Json = dict[str, Any]


def queue_url(aws: Any, place: Place, name: str) -> str:
    """The address of a queue, as its service would tell it."""
    return f"{aws.client('sqs').meta.endpoint_url}/{place.account}/{name}"


def _queue(aws: Any, place: Place, properties: Json) -> Shape:
    sqs = aws.client("sqs")
    url = queue_url(aws, place, properties.pop("QueueName"))
    wanted = {name: _attribute(properties.pop(name)) for name in list(properties)}
    return [
        Aspect(
            "Attributes",
            wanted,
            lambda: part(
                sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"], wanted
            ),
            functools.partial(sqs.set_queue_attributes, QueueUrl=url, Attributes=wanted),
        )
    ]


def _attribute(value: Any) -> str:
    """A queue's attribute as the API takes it: as text."""
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value) if isinstance(value, dict) else str(value)


def _queue_policy(aws: Any, place: Place, properties: Json) -> Shape:
    sqs = aws.client("sqs")
    policy = json.dumps(properties.pop("PolicyDocument"))
    shape = []
    for name in properties.pop("Queues"):
        url = queue_url(aws, place, name)
        read = functools.partial(sqs.get_queue_attributes, QueueUrl=url, AttributeNames=["Policy"])
        write = functools.partial(sqs.set_queue_attributes, QueueUrl=url, Attributes={"Policy": policy})
        shape.append(
            Aspect("Policy", policy, lambda read=read: read().get("Attributes", {}).get("Policy"), write)
        )
    return shape


def _topic(aws: Any, place: Place, properties: Json) -> Shape:
    sns = aws.client("sns")
    arn = place.arn("sns", properties.pop("TopicName"))
    read = functools.partial(sns.get_topic_attributes, TopicArn=arn)
    return [Aspect("TopicArn", arn, lambda: read()["Attributes"]["TopicArn"], None)]


def _topic_policy(aws: Any, _: Place, properties: Json) -> Shape:
    sns = aws.client("sns")
    policy = json.dumps(properties.pop("PolicyDocument"))
    shape = []
    for arn in properties.pop("Topics"):
        read = functools.partial(sns.get_topic_attributes, TopicArn=arn)
        write = functools.partial(
            sns.set_topic_attributes, TopicArn=arn, AttributeName="Policy", AttributeValue=policy
        )
        shape.append(Aspect("Policy", policy, lambda read=read: read()["Attributes"]["Policy"], write))
    return shape


def _subscription(aws: Any, _: Place, properties: Json) -> Shape:
    sns = aws.client("sns")
    topic, protocol, endpoint = (properties.pop(name) for name in ("TopicArn", "Protocol", "Endpoint"))
    is_raw = _attribute(properties.pop("RawMessageDelivery", False))
    wanted = {"Protocol": protocol, "Endpoint": endpoint, "RawMessageDelivery": is_raw}

    def read() -> Json:
        for one in sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]:
            if (one["Protocol"], one["Endpoint"]) == (protocol, endpoint):
                attributes = sns.get_subscription_attributes(SubscriptionArn=one["SubscriptionArn"])
                return part({"RawMessageDelivery": "false", **attributes["Attributes"], **one}, wanted)
        return {}

    def write() -> None:
        attributes = {"RawMessageDelivery": is_raw} if protocol == "sqs" else {}
        sns.subscribe(TopicArn=topic, Protocol=protocol, Endpoint=endpoint, Attributes=attributes)

    return [Aspect("Subscription", wanted, read, write)]


def _alarm(aws: Any, _: Place, properties: Json) -> Shape:
    cloudwatch = aws.client("cloudwatch")
    wanted = {name: properties.pop(name) for name in list(properties)}

    def read() -> Json:
        found = cloudwatch.describe_alarms(AlarmNames=[wanted["AlarmName"]])["MetricAlarms"]
        return part(found[0], wanted) if found else {}

    return [Aspect("Alarm", wanted, read, functools.partial(cloudwatch.put_metric_alarm, **wanted))]


def _parameter(aws: Any, _: Place, properties: Json) -> Shape:
    ssm = aws.client("ssm")
    wanted = {name: properties.pop(name) for name in ("Name", "Type", "Value")}

    def read() -> Json | None:
        found = unless_absent(functools.partial(ssm.get_parameter, Name=wanted["Name"]))
        return part(found["Parameter"], wanted) if found else None

    return [Aspect("Parameter", wanted, read, functools.partial(ssm.put_parameter, **wanted, Overwrite=True))]


KINDS = {
    "AWS::SQS::Queue": _queue,
    "AWS::SQS::QueuePolicy": _queue_policy,
    "AWS::SNS::Topic": _topic,
    "AWS::SNS::TopicPolicy": _topic_policy,
    "AWS::SNS::Subscription": _subscription,
    "AWS::CloudWatch::Alarm": _alarm,
    "AWS::SSM::Parameter": _parameter,
}
