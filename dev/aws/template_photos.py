"""Of the template: the bucket of the photos and worksheets."""

from __future__ import annotations

from dev.aws.cfn import KEPT, PRIVATE, Json, arn_of, policy, sub, tls_only

BUCKET = "tiza-${Stage}-photos-${AWS::AccountId}"
PHOTOS = "photos/"
PHOTO_DAYS = 30
INCOMING = "incoming/"
GUIDES_INCOMING = "guides/incoming/"
INCOMING_DAYS = 1  # an upload that was never checked
BROWSER_CACHE_SECONDS = 3600


def build() -> Json:
    """The bucket. Without versions: a child's photo that is deleted must be gone.

    Photos go by their age; a worksheet is kept as long as the school works with it.
    """
    bucket: Json = {
        "BucketName": sub(BUCKET),
        **PRIVATE,
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
                    "Filter": {"S3Key": {"Rules": [{"Name": "prefix", "Value": prefix}]}},
                }
                for prefix in (INCOMING, GUIDES_INCOMING)
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
        {"Id": "photos", "Status": "Enabled", "Prefix": PHOTOS, "ExpirationInDays": PHOTO_DAYS},
        {"Id": "incoming", "Status": "Enabled", "Prefix": INCOMING, "ExpirationInDays": INCOMING_DAYS},
        {
            "Id": "guides",
            "Status": "Enabled",
            "Prefix": GUIDES_INCOMING,
            "ExpirationInDays": INCOMING_DAYS,
        },
        {
            "Id": "unfinished",
            "Status": "Enabled",
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": INCOMING_DAYS},
        },
    ]
