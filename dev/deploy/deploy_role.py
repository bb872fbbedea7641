"""The role that GitHub's workflows become to deploy one stage: who may become it, and what it may do.

It reaches what bears the stage's name. Four things it cannot be kept from, for want of names to hold on to:
other REST APIs of the account (API Gateway gives them random ids), SES identities, listing things, and, since
it makes the functions' roles, whatever its own functions could be given; where it hosts pages, also other
distributions of CloudFront. So production deserves an account of its own.
"""

from __future__ import annotations

import re
from typing import Any

from dev.aws.resolve import Place
from dev.deploy.target import APP, LAYER, DeployError

ISSUER = "token.actions.githubusercontent.com"
AUDIENCE = "sts.amazonaws.com"
# The ids came with repositories made after 2026-07-15, whose `sub` claim bears them (GitHub's changelog of
# 2026-04-23, "Immutable subject claims"); both forms are asked for by the very text that GitHub sends.
REPOSITORY = re.compile(r"[\w.-]+(@\d+)?/[\w.-]+(@\d+)?")
SESSION_SECONDS = 7200
MOST_CHARACTERS = 10_240  # of a role's inline policies
BUCKET_PARTS = (
    "Versioning", "Policy", "PublicAccessBlock", "OwnershipControls", "CORS", "Notification", "Tagging"
)  # fmt: skip

Json = dict[str, Any]


def name(stage: str) -> str:
    """The role's name; not one that it could change itself (`tiza-{stage}-...`)."""
    return f"{APP}-deploy-{stage}"


def trust(place: Place, repository: str, stage: str) -> Json:
    """Only jobs of `repository` in its environment `stage` may become the role. Raises `DeployError`."""
    if not REPOSITORY.fullmatch(repository):
        raise DeployError(f"{repository!r} is not of the form owner/name or owner@1/name@2.")
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Federated": provider_arn(place)},
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Condition": {
                    "StringEquals": {
                        f"{ISSUER}:aud": AUDIENCE,
                        f"{ISSUER}:sub": f"repo:{repository}:environment:{stage}",
                    }
                },
            }
        ],
    }


def provider_arn(place: Place) -> str:
    """The ARN of GitHub's OpenID provider in the account."""
    return f"arn:{place.partition}:iam::{place.account}:oidc-provider/{ISSUER}"


def policy(place: Place, stage: str, *, hosts_pages: bool = False) -> Json:
    """What the role may do: all that `dev.deploy`, Chalice and the resources stack do for `stage`."""
    parts = [*_code(place, stage), *_watch(place, stage), *_resources(place, stage)]
    if hosts_pages:
        parts += _pages(place, stage)
    return {"Version": "2012-10-17", "Statement": [*parts, _listings()]}


def _code(place: Place, stage: str) -> list[Json]:
    """Functions, their roles, the API and the schedules."""
    own = f"{APP}-{stage}"
    functions = [place.arn("lambda", f"function:{own}"), place.arn("lambda", f"function:{own}-*")]
    layer = place.arn("lambda", f"layer:{own}-{LAYER}")
    roles = f"arn:{place.partition}:iam::{place.account}:role/{own}-*"
    api = f"arn:{place.partition}:apigateway:{place.region}::"
    return [
        _allow(
            "Functions",
            _of("lambda", "CreateFunction UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction "
                "GetFunction GetFunctionConfiguration GetPolicy AddPermission ListTags "
                "TagResource UntagResource PutFunctionConcurrency DeleteFunctionConcurrency "
                "GetFunctionEventInvokeConfig PutFunctionEventInvokeConfig"),
            functions,
        ),
        _allow(
            "Layer",
            _of("lambda", "PublishLayerVersion DeleteLayerVersion GetLayerVersion ListLayerVersions"),
            [layer, f"{layer}:*"],
        ),
        _allow(
            "Mappings",
            _of("lambda", "CreateEventSourceMapping UpdateEventSourceMapping DeleteEventSourceMapping "
                "GetEventSourceMapping"),
            ["*"],
            {"ArnLike": {"lambda:FunctionArn": functions}},
        ),
        _allow(
            "FunctionRoles",
            _of("iam", "CreateRole DeleteRole GetRole PutRolePolicy GetRolePolicy DeleteRolePolicy "
                "ListRolePolicies"),
            [roles],
        ),
        _allow(
            "PassFunctionRoles",
            ["iam:PassRole"],
            [roles],
            {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}},
        ),
        _allow(
            "Api",
            _of("apigateway", "GET POST PUT PATCH DELETE"),
            [f"{api}/{part}{end}" for part in ("restapis", "domainnames", "tags") for end in ("", "/*")],
        ),
        _allow(
            "Schedules",
            _of("events", "PutRule DeleteRule PutTargets RemoveTargets ListTargetsByRule"),
            [place.arn("events", f"rule/{own}-*")],
        ),
    ]  # fmt: skip


def _watch(place: Place, stage: str) -> list[Json]:
    """Logs, alarms and the dashboard."""
    own = f"{APP}-{stage}"
    groups = [f"log-group:/aws/lambda/{each}" for each in (own, f"{own}:*", f"{own}-*")]
    dashboard = f"arn:{place.partition}:cloudwatch::{place.account}:dashboard/{own}"
    return [
        _allow(
            "Logs",
            _of("logs", "CreateLogGroup DeleteLogGroup FilterLogEvents"),
            [place.arn("logs", each) for each in groups],
        ),
        _allow(
            "LogRetention",
            _of("logs", "PutRetentionPolicy DeleteRetentionPolicy"),
            [place.arn("logs", each) for each in groups],
        ),
        _allow(
            "Alarms",
            _of("cloudwatch", "PutMetricAlarm DeleteAlarms"),
            [place.arn("cloudwatch", f"alarm:{own}-*")],
        ),
        _allow("Dashboard", _of("cloudwatch", "GetDashboard PutDashboard DeleteDashboards"), [dashboard]),
    ]


def _resources(place: Place, stage: str) -> list[Json]:
    """The resources stack, which CloudFormation makes with the rights of whoever calls it."""
    own = f"{APP}-{stage}"
    buckets = [
        f"arn:{place.partition}:s3:::{own}-{each}-{place.account}" for each in ("photos", "deployments")
    ]
    topics = place.arn("sns", f"{own}-*")
    return [
        _allow(
            "Stack",
            _of("cloudformation", "CreateStack UpdateStack DeleteStack DescribeStacks DescribeStackEvents "
                "DescribeStackResources GetTemplate UpdateTerminationProtection"),
            [place.arn("cloudformation", f"stack/{own}-resources/*")],
        ),
        _allow(
            "Queues",
            _of("sqs", "CreateQueue DeleteQueue GetQueueAttributes SetQueueAttributes GetQueueUrl TagQueue "
                "UntagQueue ListQueueTags"),
            [place.arn("sqs", f"{own}-*")],
        ),
        _allow(
            "Topics",
            _of("sns", "CreateTopic DeleteTopic GetTopicAttributes SetTopicAttributes Subscribe Unsubscribe "
                "GetSubscriptionAttributes SetSubscriptionAttributes ListSubscriptionsByTopic TagResource "
                "UntagResource ListTagsForResource GetDataProtectionPolicy"),
            [topics, f"{topics}:*"],
        ),
        _allow(
            "Buckets",
            [
                *(f"s3:{verb}Bucket{part}" for part in BUCKET_PARTS for verb in ("Get", "Put")),
                *_of("s3", "CreateBucket ListBucket ListBucketVersions GetBucketLocation DeleteBucketPolicy "
                     "GetEncryptionConfiguration PutEncryptionConfiguration GetLifecycleConfiguration "
                     "PutLifecycleConfiguration"),
            ],
            buckets,
        ),
        _allow("OwnBucket", ["s3:DeleteBucket"], buckets[1:]),
        _allow(
            "Deployments",
            _of("s3", "GetObject PutObject DeleteObject DeleteObjectVersion"),
            [f"{buckets[1]}/*"],
        ),
        _allow(
            "Mail",
            _of("ses", "*ConfigurationSet *ConfigurationSetEventDestination* PutConfigurationSet* "
                "*EmailIdentity PutEmailIdentity*"),
            ["*"],
        ),
        _allow(
            "Parameters",
            _of("ssm", "PutParameter GetParameter GetParameters GetParametersByPath DeleteParameter "
                "DeleteParameters AddTagsToResource RemoveTagsFromResource ListTagsForResource"),
            [place.arn("ssm", f"parameter/{APP}/{stage}{each}") for each in ("", "/*")],
        ),
    ]  # fmt: skip


def _pages(place: Place, stage: str) -> list[Json]:
    """Where the stage hosts pages: their bucket, and what stands before it. Most has random ids."""
    bucket = f"arn:{place.partition}:s3:::{APP}-{stage}-web-{place.account}"
    cloudfront = f"arn:{place.partition}:cloudfront::{place.account}"
    return [
        _allow(
            "PagesBucket",
            [
                *(f"s3:{verb}Bucket{part}" for part in BUCKET_PARTS for verb in ("Get", "Put")),
                *_of("s3", "CreateBucket DeleteBucket ListBucket GetBucketLocation DeleteBucketPolicy "
                     "GetEncryptionConfiguration PutEncryptionConfiguration"),
            ],
            [bucket],
        ),
        _allow("PagesFiles", _of("s3", "GetObject PutObject DeleteObject"), [f"{bucket}/*"]),
        _allow(
            "PagesFunction",
            _of("cloudfront", "CreateFunction UpdateFunction PublishFunction DeleteFunction GetFunction "
                "DescribeFunction"),
            [f"{cloudfront}:function/{APP}-{stage}-*"],
        ),
        _allow(
            "PagesDistribution",
            [
                *(f"cloudfront:{verb}{kind}" for verb in ("Create", "Update", "Delete", "Get")
                  for kind in ("Distribution", "OriginAccessControl", "ResponseHeadersPolicy")),
                *_of("cloudfront", "GetDistributionConfig GetOriginAccessControlConfig "
                     "GetResponseHeadersPolicyConfig CreateInvalidation TagResource UntagResource "
                     "ListTagsForResource"),
            ],
            [f"{cloudfront}:{kind}/*"
             for kind in ("distribution", "origin-access-control", "response-headers-policy")],
        ),
    ]  # fmt: skip


def _listings() -> Json:
    """What AWS allows for everything or nothing; nothing is changed by it."""
    return _allow(
        "Listings",
        ["lambda:ListFunctions", "lambda:ListEventSourceMappings", "iam:ListRoles", "events:ListRules",
         "logs:DescribeLogGroups", "cloudwatch:DescribeAlarms", "cloudwatch:ListDashboards",
         "ssm:DescribeParameters"],
        ["*"],
    )  # fmt: skip


def _allow(sid: str, actions: list[str], resources: list[str], condition: Json | None = None) -> Json:
    statement: Json = {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resources}
    return statement if condition is None else {**statement, "Condition": condition}


def _of(service: str, operations: str) -> list[str]:
    return [f"{service}:{each}" for each in operations.split()]
