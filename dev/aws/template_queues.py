"""Of the template: each queue with its dead-letter queue, policies and alarms."""

from __future__ import annotations

from chalicelib import queues
from chalicelib.queues import Queue
from dev.aws.cfn import KEPT, Json, allow, arn_of, policy, queue_arn, sub, tls_only
from dev.aws.template_photos import BUCKET

DAY_SECONDS = 86_400
RETENTION_SECONDS = 7 * DAY_SECONDS
# SQS counts a message's age from its first sending, also in the dead-letter queue: it must keep longer.
DEAD_RETENTION_SECONDS = 14 * DAY_SECONDS
LATE_SECONDS = 900
ALARM_PERIOD_SECONDS = 300


def build() -> Json:
    """The resources of all queues."""
    resources: Json = {}
    for queue in queues.ALL:
        resources |= _queue(queue) | _queue_alarms(queue)
    return resources


def camel(key: str) -> str:
    """A queue's key as its resources are named: `guide-solve` is `GuideSolve`."""
    return "".join(part.capitalize() for part in key.split("-"))


def _queue(queue: Queue) -> Json:
    """The queue, its dead-letter queue and who may use both."""
    name = camel(queue.key)
    fifo: Json = {}
    if queue.fifo:
        fifo = {
            "FifoQueue": True,
            "ContentBasedDeduplication": False,  # the sender names each message: its id is the key
            "DeduplicationScope": "messageGroup",
            "FifoThroughputLimit": "perMessageGroupId",
        }
    main: Json = {
        "QueueName": sub(queue.name("${Stage}")),
        "VisibilityTimeout": queue.visibility_seconds,
        "MessageRetentionPeriod": RETENTION_SECONDS,
        "SqsManagedSseEnabled": True,
        "RedrivePolicy": {
            "deadLetterTargetArn": arn_of(f"{name}DeadLetterQueue"),
            "maxReceiveCount": queue.max_receives,
        },
        **fifo,
    }
    dead: Json = {
        "QueueName": sub(queue.dead_letter_name("${Stage}")),
        "MessageRetentionPeriod": DEAD_RETENTION_SECONDS,
        "SqsManagedSseEnabled": True,
        "RedriveAllowPolicy": {
            "redrivePermission": "byQueue",
            "sourceQueueArns": [sub(queue_arn(queue.name("${Stage}")))],
        },
        **fifo,
    }
    return {
        f"{name}DeadLetterQueue": {"Type": "AWS::SQS::Queue", **KEPT, "Properties": dead},
        f"{name}Queue": {"Type": "AWS::SQS::Queue", **KEPT, "Properties": main},
        f"{name}QueuePolicy": _queue_policy(f"{name}Queue", _senders(queue)),
        f"{name}DeadLetterQueuePolicy": _queue_policy(f"{name}DeadLetterQueue", []),
    }


def _senders(queue: Queue) -> list[Json]:
    """The statements for the AWS services that send to a queue; our functions have roles of their own."""
    if queue.key == queues.UPLOADS.key:
        condition = {
            "ArnEquals": {"aws:SourceArn": sub(f"arn:${{AWS::Partition}}:s3:::{BUCKET}")},
            "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}},
        }
        return [allow("PhotosNotify", "s3.amazonaws.com", "sqs:SendMessage", "UploadsQueue", condition)]
    if queue.key == queues.FEEDBACK.key:
        condition = {"ArnEquals": {"aws:SourceArn": {"Ref": "MailFeedbackTopic"}}}
        return [allow("MailFeedback", "sns.amazonaws.com", "sqs:SendMessage", "FeedbackQueue", condition)]
    return []


def _queue_policy(logical_id: str, statements: list[Json]) -> Json:
    return {
        "Type": "AWS::SQS::QueuePolicy",
        "Properties": {
            "Queues": [{"Ref": logical_id}],
            "PolicyDocument": policy([*statements, tls_only("sqs:*", arn_of(logical_id))]),
        },
    }


def _queue_alarms(queue: Queue) -> Json:
    """One alarm on the dead-letter queue, and one on messages that wait longer than tries can explain."""
    name = camel(queue.key)
    patience = max(LATE_SECONDS, queue.max_receives * queue.visibility_seconds)
    return {
        f"{name}DeadLetterAlarm": _alarm(
            f"tiza-${{Stage}}-{queue.key}-dead",
            f"{name}DeadLetterQueue",
            "ApproximateNumberOfMessagesVisible",
            1,
            f"Messages of {queue.key} have failed for good: look at them, mend, send them again.",
        ),
        f"{name}LateAlarm": _alarm(
            f"tiza-${{Stage}}-{queue.key}-late",
            f"{name}Queue",
            "ApproximateAgeOfOldestMessage",
            patience,
            f"The oldest message of {queue.key} waits for longer than its tries take.",
        ),
    }


def _alarm(name: str, queue: str, metric: str, threshold: int, description: str) -> Json:
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmName": sub(name),
            "AlarmDescription": description,
            "Namespace": "AWS/SQS",
            "MetricName": metric,
            "Dimensions": [{"Name": "QueueName", "Value": {"Fn::GetAtt": [queue, "QueueName"]}}],
            "Statistic": "Maximum",
            "Period": ALARM_PERIOD_SECONDS,
            "EvaluationPeriods": 1,
            "Threshold": threshold,
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "TreatMissingData": "notBreaching",  # SQS stops counting a queue that nobody has used for hours
            "AlarmActions": [{"Ref": "AlarmTopic"}],
            "OKActions": [{"Ref": "AlarmTopic"}],
        },
    }
