"""The bucket and its policy, as S3's own calls have them (their names differ from CloudFormation's)."""

from __future__ import annotations

import functools
import json
from typing import Any

from dev.aws.resolve import Place
from dev.aws.shape import Aspect, Shape, part, unless_absent

Json = dict[str, Any]


def _bucket(aws: Any, _: Place, properties: Json) -> Shape:
    s3 = aws.client("s3")
    name = properties.pop("BucketName")
    settings = {
        "OwnershipControls": ("bucket_ownership_controls", properties.pop("OwnershipControls")),
        "PublicAccessBlockConfiguration": (
            "public_access_block",
            properties.pop("PublicAccessBlockConfiguration"),
        ),
        "ServerSideEncryptionConfiguration": (
            "bucket_encryption",
            _encryption(properties.pop("BucketEncryption")),
        ),
    }
    if lifecycle := properties.pop("LifecycleConfiguration", None):
        settings["LifecycleConfiguration"] = ("bucket_lifecycle_configuration", _lifecycle(lifecycle))
    if cors := properties.pop("CorsConfiguration", None):
        settings["CORSConfiguration"] = ("bucket_cors", _cors(cors))
    shape = [_setting(s3, name, argument, *setting) for argument, setting in settings.items()]
    notification = properties.pop("NotificationConfiguration", None)
    return [*shape, _notification(s3, name, notification)] if notification else shape


def _setting(s3: Any, bucket: str, argument: str, call: str, wanted: Json) -> Aspect:
    """What `put_...` takes as `argument`; `get_...` gives it back under that name, or its fields bare."""

    def read() -> Any:
        answer = unless_absent(functools.partial(getattr(s3, f"get_{call}"), Bucket=bucket))
        return answer and (answer[argument] if argument in answer else part(answer, wanted))

    write = functools.partial(getattr(s3, f"put_{call}"), Bucket=bucket, **{argument: wanted})
    return Aspect(argument, wanted, read, write)


def _encryption(configuration: Json) -> Json:
    return {
        "Rules": [
            {
                "ApplyServerSideEncryptionByDefault": rule["ServerSideEncryptionByDefault"],
                "BucketKeyEnabled": False,  # as S3 gives it back; it is for KMS
            }
            for rule in configuration["ServerSideEncryptionConfiguration"]
        ]
    }


def _lifecycle(configuration: Json) -> Json:
    rules = []
    for rule in configuration["Rules"]:
        made = {"ID": rule["Id"], "Status": rule["Status"], "Filter": {"Prefix": rule.get("Prefix", "")}}
        if "ExpirationInDays" in rule:
            made["Expiration"] = {"Days": rule["ExpirationInDays"]}
        if "AbortIncompleteMultipartUpload" in rule:
            made["AbortIncompleteMultipartUpload"] = rule["AbortIncompleteMultipartUpload"]
        rules.append(made)
    return {"Rules": rules}


def _cors(configuration: Json) -> Json:
    names = {"ExposedHeaders": "ExposeHeaders", "MaxAge": "MaxAgeSeconds"}
    rules = [
        {names.get(name, name): value for name, value in rule.items()} for rule in configuration["CorsRules"]
    ]
    return {"CORSRules": rules}


def _notification(s3: Any, bucket: str, configuration: Json) -> Aspect:
    wanted = [
        {
            "QueueArn": one["Queue"],
            "Events": [one["Event"]],
            "Filter": {"Key": {"FilterRules": one["Filter"]["S3Key"]["Rules"]}},
        }
        for one in configuration["QueueConfigurations"]
    ]

    def read() -> list[Json]:
        found = s3.get_bucket_notification_configuration(Bucket=bucket).get("QueueConfigurations", [])
        return [{name: value for name, value in one.items() if name != "Id"} for one in found]

    write = functools.partial(
        s3.put_bucket_notification_configuration,
        Bucket=bucket,
        NotificationConfiguration={"QueueConfigurations": wanted},
    )
    return Aspect("NotificationConfiguration", wanted, read, write)


def _bucket_policy(aws: Any, _: Place, properties: Json) -> Shape:
    s3 = aws.client("s3")
    bucket, policy = properties.pop("Bucket"), json.dumps(properties.pop("PolicyDocument"))

    def read() -> Any:
        answer = unless_absent(functools.partial(s3.get_bucket_policy, Bucket=bucket))
        return answer and answer["Policy"]

    return [
        Aspect("Policy", policy, read, functools.partial(s3.put_bucket_policy, Bucket=bucket, Policy=policy))
    ]


KINDS = {"AWS::S3::Bucket": _bucket, "AWS::S3::BucketPolicy": _bucket_policy}
