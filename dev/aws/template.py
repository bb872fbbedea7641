"""The resources of a stage as one CloudFormation template, made from the list of queues.

    python -m dev.aws.template            write .chalice/resources.json
    python -m dev.aws.template --check    say whether the committed file is up to date

The same template makes every stage; names bear the stage, the bucket's the account too. Resources refer to
each other by built ARN where a reference would close a circle (queue and dead-letter queue, bucket and the
policy of the queue that it notifies).

What holds data or undelivered work (queues, photos) stays when the stack is deleted or a resource replaced,
on every stage: a mistaken deletion can be undone by an import, a lost message by nothing.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from chalicelib import queues
from dev.aws import template_mail, template_photos, template_queues, template_web
from dev.aws.cfn import Json, allow, arn_of, is_given, sub, topic_policy
from dev.aws.template_queues import camel

PATH = Path(__file__).resolve().parents[2] / ".chalice" / "resources.json"


def build() -> Json:
    """The template as CloudFormation takes it."""
    parts = (template_queues.build(), template_photos.build(), template_mail.build(), template_web.build())
    resources: Json = {}
    for part in (*parts, _alarm_topic(), _parameters()):
        resources |= part
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "Tiza: queues, buckets, mail and alarms of one stage. Made by dev/aws/template.py.",
        "Parameters": _stack_parameters(),
        "Conditions": {
            "HasAlarmAddress": is_given("AlarmAddress"),
            "HasMailDomain": is_given("MailDomain"),
            **template_web.conditions(),
        },
        "Resources": resources,
        "Outputs": _outputs(),
    }


def text() -> str:
    """The template as the committed file holds it."""
    return json.dumps(build(), indent=2) + "\n"


def main(arguments: list[str]) -> int:
    """The command line; the exit code."""
    if arguments == ["--check"]:
        fresh = PATH.exists() and PATH.read_text() == text()
        if not fresh:
            print(f"{PATH.name} is not what dev/aws/template.py makes: run it.", file=sys.stderr)
        return 0 if fresh else 1
    if arguments:
        print((__doc__ or "").split("The same template", 1)[0], file=sys.stderr)
        return 2
    PATH.write_text(text())
    return 0


def _stack_parameters() -> Json:
    return {
        "Stage": {
            "Type": "String",
            "AllowedPattern": "[a-z][a-z0-9]{1,15}",
            "Description": "Part of all names.",
        },
        "CorsOrigins": {
            "Type": "CommaDelimitedList",
            "Description": "Origins of the frontends: for the photo bucket and, through SSM, for the API.",
        },
        "MailFrom": {"Type": "String", "MinLength": 3, "Description": "The sender of all mails."},
        "MailDomain": {
            "Type": "String",
            "Default": "",
            "Description": "The sender's domain, to be verified for SES. Empty: it is verified elsewhere.",
        },
        "AlarmAddress": {
            "Type": "String",
            "Default": "",
            "Description": "The mail address that alarms go to. Empty: nobody is told.",
        },
        **template_web.parameters(),
    }


def _alarm_topic() -> Json:
    """Where alarms go. Not encrypted by AWS's own key for SNS, which lets no CloudWatch alarm in."""
    from_here = {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
    return {
        "AlarmTopic": {
            "Type": "AWS::SNS::Topic",
            "Properties": {"TopicName": sub("tiza-${Stage}-alarms")},
        },
        "AlarmTopicPolicy": topic_policy(
            "AlarmTopic",
            allow("CloudWatch", "cloudwatch.amazonaws.com", "sns:Publish", "AlarmTopic", from_here),
        ),
        "AlarmSubscription": {
            "Type": "AWS::SNS::Subscription",
            "Condition": "HasAlarmAddress",
            "Properties": {
                "TopicArn": {"Ref": "AlarmTopic"},
                "Protocol": "email",
                "Endpoint": {"Ref": "AlarmAddress"},
            },
        },
    }


def _parameters() -> Json:
    """What Tiza's settings refer to by `ssm:`; secrets are put there by hand, never by a stack."""
    values: Json = {
        "photo_bucket": {"Ref": "PhotoBucket"},
        "mail_configuration_set": sub(template_mail.MAIL_SET),
        "mail_from": {"Ref": "MailFrom"},
        "cors_origins": {"Fn::Join": [",", {"Ref": "CorsOrigins"}]},
    }
    return {
        f"{camel(name.replace('_', '-'))}Parameter": {
            "Type": "AWS::SSM::Parameter",
            "Properties": {"Name": sub(f"/tiza/${{Stage}}/{name}"), "Type": "String", "Value": value},
        }
        for name, value in values.items()
    }


def _outputs() -> Json:
    """The ARN of each queue, exported for other services, and what the deployment tells."""
    outputs: Json = {}
    for queue in queues.ALL:
        name = f"{camel(queue.key)}QueueArn"
        outputs[name] = {
            "Value": arn_of(f"{camel(queue.key)}Queue"),
            "Export": {"Name": sub(f"tiza-${{Stage}}-{name}")},
        }
    outputs["PhotoBucket"] = {"Value": {"Ref": "PhotoBucket"}}
    outputs["AlarmTopicArn"] = {"Value": {"Ref": "AlarmTopic"}}
    outputs["MailConfigurationSet"] = {"Value": sub(template_mail.MAIL_SET)}
    return outputs | template_web.outputs()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
