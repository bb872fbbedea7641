"""The resources template: what every queue must have, and that the committed file is what the list makes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chalicelib import queues
from chalicelib.queues import Queue
from dev.aws import gaps, template
from dev.aws.resolve import Place, Resolver

CHECKOUT = Path(__file__).resolve().parents[2]
STACK_BYTES = 51_200  # the longest template that CloudFormation takes in a call
PLACE = Place("aws", "eu-west-1", "123456789012")
VALUES = {
    "Stage": "prod",
    "CorsOrigins": "https://a.example,https://b.example",
    "MailFrom": "no-reply@a.example",
}

every_queue = pytest.mark.parametrize("queue", queues.ALL, ids=lambda queue: queue.key)


@pytest.fixture(scope="module")
def resources() -> dict[str, Any]:
    """The properties of all resources of stage `prod`, worked out, by logical id."""
    resolver = Resolver(template.build(), PLACE, VALUES)
    return {resource.logical_id: resource.properties for resource in resolver.resources()}


@pytest.fixture(scope="module")
def raw() -> dict[str, Any]:
    return template.build()["Resources"]


def test_the_committed_file_is_up_to_date() -> None:
    assert template.PATH.read_text() == template.text(), "run python -m dev.aws.template"


def test_cfn_lint_has_nothing_to_say() -> None:
    command = [Path(sys.executable).with_name("cfn-lint"), "--regions", "eu-west-1", "--", template.PATH]
    linted = subprocess.run(command, capture_output=True, text=True, check=False, cwd=CHECKOUT)
    assert (linted.returncode, linted.stdout) == (0, "")


def test_it_fits_into_one_call() -> None:
    assert len(json.dumps(template.build(), separators=(",", ":"))) < STACK_BYTES


@every_queue
def test_a_queue(queue: Queue, resources: dict[str, Any]) -> None:
    made = resources[f"{template.camel(queue.key)}Queue"]
    assert made["QueueName"] == queue.name("prod")
    assert made["VisibilityTimeout"] >= 6 * queue.timeout_seconds
    assert made["VisibilityTimeout"] == queue.visibility_seconds
    assert queue.batch_size <= 10 or queue.window_seconds >= 1, "AWS takes no larger batch at once"
    assert made["SqsManagedSseEnabled"] is True
    assert made["RedrivePolicy"] == {
        "deadLetterTargetArn": PLACE.arn("sqs", queue.dead_letter_name("prod")),
        "maxReceiveCount": queue.max_receives,
    }


@every_queue
def test_its_dead_letter_queue_keeps_longer_and_takes_from_it_alone(
    queue: Queue, resources: dict[str, Any]
) -> None:
    made = resources[f"{template.camel(queue.key)}Queue"]
    dead = resources[f"{template.camel(queue.key)}DeadLetterQueue"]
    assert dead["QueueName"] == queue.dead_letter_name("prod")
    assert dead["MessageRetentionPeriod"] >= made["MessageRetentionPeriod"] + 7 * 24 * 3600
    assert dead["SqsManagedSseEnabled"] is True
    assert dead["RedriveAllowPolicy"] == {
        "redrivePermission": "byQueue",
        "sourceQueueArns": [PLACE.arn("sqs", queue.name("prod"))],
    }


@every_queue
def test_fifo_where_it_is_said_and_only_there(queue: Queue, resources: dict[str, Any]) -> None:
    fifo = {
        "FifoQueue": True,
        "ContentBasedDeduplication": False,
        "DeduplicationScope": "messageGroup",
        "FifoThroughputLimit": "perMessageGroupId",
    }
    for kind in ("Queue", "DeadLetterQueue"):
        made = resources[f"{template.camel(queue.key)}{kind}"]
        assert {name: value for name, value in made.items() if name in fifo} == (fifo if queue.fifo else {})


@every_queue
def test_its_alarms_tell_the_alarm_topic(queue: Queue, resources: dict[str, Any]) -> None:
    topic = [PLACE.arn("sns", "tiza-prod-alarms")]
    name = template.camel(queue.key)
    dead, late = resources[f"{name}DeadLetterAlarm"], resources[f"{name}LateAlarm"]
    assert dead["MetricName"] == "ApproximateNumberOfMessagesVisible"
    assert dead["Threshold"] == 1
    assert dead["Dimensions"] == [{"Name": "QueueName", "Value": queue.dead_letter_name("prod")}]
    assert late["MetricName"] == "ApproximateAgeOfOldestMessage"
    assert late["Threshold"] >= queue.visibility_seconds * queue.max_receives
    assert late["Dimensions"] == [{"Name": "QueueName", "Value": queue.name("prod")}]
    for alarm in (dead, late):
        assert alarm["ComparisonOperator"] == "GreaterThanOrEqualToThreshold"
        assert alarm["AlarmActions"] == topic


@every_queue
def test_its_arn_is_exported(queue: Queue) -> None:
    document = template.build()
    name = f"{template.camel(queue.key)}QueueArn"
    resolver = Resolver(document, PLACE, VALUES)
    assert resolver.value(document["Outputs"][name]) == {
        "Value": PLACE.arn("sqs", queue.name("prod")),
        "Export": {"Name": f"tiza-prod-{name}"},
    }


@every_queue
def test_only_tls_and_only_the_service_that_sends(queue: Queue, resources: dict[str, Any]) -> None:
    policy = resources[f"{template.camel(queue.key)}QueuePolicy"]["PolicyDocument"]
    allowed = [one for one in policy["Statement"] if one["Effect"] == "Allow"]
    denied = [one for one in policy["Statement"] if one["Effect"] == "Deny"]
    services = {"uploads": ["s3.amazonaws.com"], "feedback": ["sns.amazonaws.com"]}
    assert [one["Principal"]["Service"] for one in allowed] == services.get(queue.key, [])
    assert all("aws:SourceArn" in one["Condition"]["ArnEquals"] for one in allowed)
    assert [one["Condition"] for one in denied] == [{"Bool": {"aws:SecureTransport": "false"}}]


def test_the_queue_of_uploads_lets_in_this_bucket_alone(resources: dict[str, Any]) -> None:
    [allowed, _] = resources["UploadsQueuePolicy"]["PolicyDocument"]["Statement"]
    assert allowed["Condition"] == {
        "ArnEquals": {"aws:SourceArn": "arn:aws:s3:::tiza-prod-photos-123456789012"},
        "StringEquals": {"aws:SourceAccount": "123456789012"},
    }


def test_the_bucket(resources: dict[str, Any], raw: dict[str, Any]) -> None:
    bucket = resources["PhotoBucket"]
    assert bucket["BucketName"] == "tiza-prod-photos-123456789012"
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert "VersioningConfiguration" not in bucket, "a photo that is deleted must be gone"
    expiry = {
        rule["Prefix"]: rule["ExpirationInDays"]
        for rule in bucket["LifecycleConfiguration"]["Rules"]
        if "ExpirationInDays" in rule
    }
    assert expiry == {"photos/": 30, "incoming/": 1, "guides/incoming/": 1}
    [cors] = bucket["CorsConfiguration"]["CorsRules"]
    assert cors["AllowedOrigins"] == ["https://a.example", "https://b.example"]
    notifications = bucket["NotificationConfiguration"]["QueueConfigurations"]
    assert {one["Queue"] for one in notifications} == {PLACE.arn("sqs", "tiza-prod-uploads")}
    assert raw["PhotoBucket"]["DependsOn"] == "UploadsQueuePolicy"


def test_work_and_photos_outlive_the_stack(raw: dict[str, Any]) -> None:
    kinds = ("AWS::SQS::Queue", "AWS::S3::Bucket")
    # What the bucket of the pages holds can be built again.
    kept = [one for name, one in raw.items() if one["Type"] in kinds and name != "WebBucket"]
    assert len(kept) == 2 * len(queues.ALL) + 1
    assert {one["DeletionPolicy"] for one in kept} == {"RetainExceptOnCreate"}
    assert {one["UpdateReplacePolicy"] for one in kept} == {"Retain"}


def test_nothing_refers_in_a_circle(raw: dict[str, Any]) -> None:
    """CloudFormation refuses a circle of references at the first real deployment; moto does not."""
    left = {name: _referred(resource) & raw.keys() for name, resource in raw.items()}
    while left:
        free = {name for name, others in left.items() if not others & left.keys()}
        assert free, f"in a circle: {sorted(left)}"
        left = {name: others for name, others in left.items() if name not in free}


def test_every_kind_of_resource_is_read_back(raw: dict[str, Any]) -> None:
    assert {one["Type"] for one in raw.values()} == set(gaps.KINDS)


def test_stages_share_no_name() -> None:
    """Two stages may stand in one account: every physical name bears the stage."""
    resolver = Resolver(template.build(), PLACE, {**VALUES, "AlarmAddress": "a@a.example"})
    fields = ("QueueName", "BucketName", "TopicName", "AlarmName", "Name")
    names = [
        (one.type, one.properties[field])
        for one in resolver.resources()
        for field in fields
        if field in one.properties
    ]
    assert len(names) == len(set(names)) > 4 * len(queues.ALL)
    assert [name for _, name in names if "prod" not in name] == []


def test_without_addresses_there_is_nobody_to_tell_and_no_domain(resources: dict[str, Any]) -> None:
    given = {**VALUES, "AlarmAddress": "a@a.example", "MailDomain": "a.example"}
    full = {resource.logical_id for resource in Resolver(template.build(), PLACE, given).resources()}
    assert full - resources.keys() == {"AlarmSubscription", "MailIdentity"}


def test_a_parameter_without_a_value_is_an_error() -> None:
    with pytest.raises(ValueError, match="MailFrom"):
        Resolver(template.build(), PLACE, {"Stage": "prod", "CorsOrigins": "x"})


def _referred(tree: Any) -> set[str]:
    if isinstance(tree, list):
        return set().union(*map(_referred, tree))
    if not isinstance(tree, dict):
        return set()
    found: set[str] = set()
    for name, value in tree.items():
        if name in ("Ref", "DependsOn"):
            found.add(value)
        elif name == "Fn::GetAtt":
            found.add(value[0])
        elif name == "Fn::Sub":
            found.update(re.findall(r"\$\{(\w+)\}", value))
        else:
            found |= _referred(value)
    return found
