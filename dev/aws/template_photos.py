"""Of the template: the bucket of the photos."""

from __future__ import annotations

from dev.aws.cfn import KEPT, Json, arn_of, policy, sub, tls_only

BUCKET = "tiza-${Stage}-photos-${AWS::AccountId}"
PHOTO_DAYS = 30
INCOMING = "incoming/"
INCOMING_DAYS = 1  # an upload that was never checked
BROWSER_CACHE_SECONDS = 3600


def build() -> Json:
    """The bucket of the photos. Without versions: a child's photo that is deleted must be gone."""
    bucket: Json = {
        "BucketName": sub(BUCKET),
        "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
        "PublicAccessBlockConfiguration": {
            "BlockPublicAcls": True,
            "BlockPublicPolicy": True,
            "IgnorePublicAcls": True,
            "RestrictPublicBuckets": True,
        },
        "BucketEncryption": {
            "ServerSideEncryptionConfiguration": [
                {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
            ]
        },
        "LifecycleConfiguration": {"Rules": _lifecycle()},
        "CorsConfiguration": {
            "CorsRules": [
                {
                    "AllowedOrigins": {"Ref": "CorsOrigins"},
                    "AllowedMethods": ["GET", "POST"],
                    "AllowedHeaders": ["*"],
                    "ExposedHeaders": ["ETag"],
                    "MaxAge": BROWSER_CACHE_SECONDS,
                }
            ]
        },
        "NotificationConfiguration": {
            "QueueConfigurations": [
                {
                    "Event": "s3:ObjectCreated:*",
                    "Queue": arn_of("UploadsQueue"),
                    "Filter": {"S3Key": {"Rules": [{"Name": "prefix", "Value": INCOMING}]}},
                }
            ]
        },
    }
    objects = sub(f"arn:${{AWS::Partition}}:s3:::{BUCKET}/*")
    return {
        "PhotoBucket": {
            "Type": "AWS::S3::Bucket",
            # S3 tries the notification when it is set: the queue must let it in by then.
            "DependsOn": "UploadsQueuePolicy",
            **KEPT,
            "Properties": bucket,
        },
        "PhotoBucketPolicy": {
            "Type": "AWS::S3::BucketPolicy",
            "Properties": {
                "Bucket": {"Ref": "PhotoBucket"},
                "PolicyDocument": policy([tls_only("s3:*", [arn_of("PhotoBucket"), objects])]),
            },
        },
    }


def _lifecycle() -> list[Json]:
    return [
        {"Id": "photos", "Status": "Enabled", "Prefix": "", "ExpirationInDays": PHOTO_DAYS},
        {"Id": "incoming", "Status": "Enabled", "Prefix": INCOMING, "ExpirationInDays": INCOMING_DAYS},
        {
            "Id": "unfinished",
            "Status": "Enabled",
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": INCOMING_DAYS},
        },
    ]
