"""Of the template: how mail is sent, and how bounces and complaints come back."""

from __future__ import annotations

from dev.aws.cfn import Json, allow, arn_of, sub, topic_policy

MAIL_SET = "tiza-${Stage}"


def build() -> Json:
    """How mail is sent, and how bounces and complaints come back: SES -> SNS -> the feedback queue."""
    mail_set = (
        f"arn:${{AWS::Partition}}:ses:${{AWS::Region}}:${{AWS::AccountId}}:configuration-set/{MAIL_SET}"
    )
    from_ses = {
        "ArnEquals": {"aws:SourceArn": sub(mail_set)},
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}},
    }
    return {
        "MailConfigurationSet": {
            "Type": "AWS::SES::ConfigurationSet",
            "Properties": {
                "Name": sub(MAIL_SET),
                "DeliveryOptions": {"TlsPolicy": "REQUIRE"},  # mails carry one-time links
                "ReputationOptions": {"ReputationMetricsEnabled": True},
                "SuppressionOptions": {"SuppressedReasons": ["BOUNCE", "COMPLAINT"]},
            },
        },
        "MailIdentity": {
            "Type": "AWS::SES::EmailIdentity",
            "Condition": "HasMailDomain",
            "Properties": {
                "EmailIdentity": {"Ref": "MailDomain"},
                "ConfigurationSetAttributes": {"ConfigurationSetName": {"Ref": "MailConfigurationSet"}},
            },
        },
        "MailFeedbackTopic": {
            "Type": "AWS::SNS::Topic",
            "Properties": {"TopicName": sub("tiza-${Stage}-mail-feedback")},
        },
        "MailFeedbackTopicPolicy": topic_policy(
            "MailFeedbackTopic",
            allow("Ses", "ses.amazonaws.com", "sns:Publish", "MailFeedbackTopic", from_ses),
        ),
        "MailFeedbackSubscription": {
            "Type": "AWS::SNS::Subscription",
            "DependsOn": "FeedbackQueuePolicy",
            "Properties": {
                "TopicArn": {"Ref": "MailFeedbackTopic"},
                "Protocol": "sqs",
                "Endpoint": arn_of("FeedbackQueue"),
                "RawMessageDelivery": False,
            },
        },
        "MailFeedbackDestination": {
            "Type": "AWS::SES::ConfigurationSetEventDestination",
            "DependsOn": "MailFeedbackTopicPolicy",
            "Properties": {
                "ConfigurationSetName": {"Ref": "MailConfigurationSet"},
                "EventDestination": {
                    "Name": sub("tiza-${Stage}-feedback"),
                    "Enabled": True,
                    "MatchingEventTypes": ["bounce", "complaint"],
                    "SnsDestination": {"TopicARN": {"Ref": "MailFeedbackTopic"}},
                },
            },
        },
    }
