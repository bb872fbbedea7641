"""Creates or updates the resources stack of a stage through CloudFormation, here or in the cloud.

    local = server.start()
    made = stack.create(local.endpoint, "dev")
    os.environ.update(made.environment)

`endpoint` None is AWS itself, with the caller's own credentials. On a local AWS, `gaps` then adds what moto's
CloudFormation leaves out and reads every property back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from chalicelib import queues
from dev.aws import template
from dev.aws.resolve import Place, Resolver

LOCAL_REGION = "eu-west-1"
LOCAL_KEY = "local"  # moto asks for some key and checks none
LOCAL_VALUES: Mapping[str, str] = {
    "CorsOrigins": "http://localhost:5173,http://127.0.0.1:5173,http://localhost:3000",
    "MailFrom": "Tiza <no-reply@tiza.example>",
    "MailDomain": "tiza.example",
    "AlarmAddress": "operator@tiza.example",
}
WAIT_SECONDS = 5
WAIT_TIMES = 180  # a distribution of CloudFront takes its time


class StackError(Exception):
    """The stack could not be made; the message is CloudFormation's."""


class Aws:
    """Where to and as whom calls go: a local endpoint, or AWS itself with the caller's credentials."""

    def __init__(self, endpoint: str | None, region: str = LOCAL_REGION) -> None:
        self.endpoint = endpoint
        self.region = region
        self._clients: dict[str, Any] = {}

    def client(self, service: str) -> Any:
        """A boto3 client of `service`, made once: that takes as long as ten calls."""
        if service not in self._clients:
            self._clients[service] = self._made(service)
        return self._clients[service]

    def _made(self, service: str) -> Any:
        import boto3

        if self.endpoint is None:
            return boto3.client(service, region_name=self.region)
        from botocore.config import Config

        return boto3.client(
            service,
            region_name=self.region,
            endpoint_url=self.endpoint,
            aws_access_key_id=LOCAL_KEY,
            aws_secret_access_key=LOCAL_KEY,
            config=Config(s3={"addressing_style": "path"}, retries={"mode": "standard"}),
        )


class Stack(NamedTuple):
    """A stage's resources. Queues by their key (`mail`)."""

    stage: str
    queue_urls: dict[str, str]
    dead_letter_urls: dict[str, str]
    queue_arns: dict[str, str]
    photo_bucket: str
    feedback_topic_arn: str
    alarm_topic_arn: str
    mail_configuration_set: str
    mended: list[str]  # the resources that `gaps` had to touch; none on AWS itself
    environment: dict[str, str]  # what a Tiza process needs to use them


def name(stage: str) -> str:
    """The stack's name."""
    return f"tiza-{stage}-resources"


def create(
    endpoint: str | None,
    stage: str = "dev",
    values: Mapping[str, str] = LOCAL_VALUES,
    *,
    region: str = LOCAL_REGION,
    secrets: Mapping[str, str] | None = None,
) -> Stack:
    """Create the stack of `stage`, or bring it up to date; doing so twice changes nothing.

    `values` are the template's parameters but `Stage`. `secrets` (name under `/tiza/{stage}/` -> value) are
    kept encrypted in Parameter Store, where a stack must not have them. Raises `StackError`.
    """
    aws = Aws(endpoint, region)
    parameters = {**values, "Stage": stage}
    _bring_up_to_date(aws.client("cloudformation"), name(stage), parameters)
    identity = aws.client("sts").get_caller_identity()
    place = Place(identity["Arn"].split(":")[1], region, identity["Account"])
    mended = []
    if endpoint is not None:
        from dev.aws import gaps

        ids = outputs(aws.client("cloudformation"), stage)  # each is called as what it tells of
        resolver = Resolver(json.loads(template.PATH.read_text()), place, parameters, ids)
        mended = gaps.mend(aws, place, resolver)
    _keep_secrets(aws.client("ssm"), stage, secrets or {})
    return _describe(aws, place, stage, values, mended)


def _bring_up_to_date(cloudformation: Any, stack: str, parameters: Mapping[str, str]) -> None:
    from botocore.exceptions import ClientError, WaiterError

    document = json.loads(template.PATH.read_text())
    body = json.dumps(document, separators=(",", ":"))  # at most 51,200 bytes
    arguments = {
        "StackName": stack,
        "TemplateBody": body,
        "Parameters": [
            {"ParameterKey": key, "ParameterValue": value} for key, value in sorted(parameters.items())
        ],
    }
    try:
        standing = _standing(cloudformation, parameters["Stage"])
        if standing is None:
            is_prod = parameters["Stage"] == "prod"
            cloudformation.create_stack(**arguments, OnFailure="DELETE", EnableTerminationProtection=is_prod)
            _wait(cloudformation, "stack_create_complete", stack)
        elif standing != (document, {**_defaults(document), **parameters}):
            cloudformation.update_stack(**arguments)
            _wait(cloudformation, "stack_update_complete", stack)
    except (ClientError, WaiterError) as error:
        if "No updates are to be performed" not in str(error):
            raise StackError(f"{stack}: {error}") from error


def described(cloudformation: Any, stage: str) -> dict[str, Any] | None:
    """What CloudFormation says of the stage's stack: `Parameters`, `Outputs`; None where there is none."""
    from botocore.exceptions import ClientError

    try:
        return dict(cloudformation.describe_stacks(StackName=name(stage))["Stacks"][0])
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise


def _standing(cloudformation: Any, stage: str) -> tuple[Any, dict[str, str]] | None:
    """The template and the parameters that the stack has now; None where there is no such stack."""
    found = described(cloudformation, stage)
    if found is None:
        return None
    body = cloudformation.get_template(StackName=name(stage))["TemplateBody"]
    return (
        json.loads(body) if isinstance(body, str) else body,
        {one["ParameterKey"]: one["ParameterValue"] for one in found.get("Parameters", [])},
    )


def _defaults(document: Mapping[str, Any]) -> dict[str, str]:
    """The template's parameters that need not be given."""
    parameters = document["Parameters"].items()
    return {key: parameter["Default"] for key, parameter in parameters if "Default" in parameter}


def outputs(cloudformation: Any, stage: str) -> dict[str, str]:
    """What the stage's stack tells; nothing where there is none."""
    found = described(cloudformation, stage) or {}
    return {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", [])}


def _wait(cloudformation: Any, condition: str, stack: str) -> None:
    cloudformation.get_waiter(condition).wait(
        StackName=stack, WaiterConfig={"Delay": WAIT_SECONDS, "MaxAttempts": WAIT_TIMES}
    )


def _keep_secrets(ssm: Any, stage: str, secrets: Mapping[str, str]) -> None:
    for key, value in secrets.items():
        ssm.put_parameter(Name=f"/tiza/{stage}/{key}", Value=value, Type="SecureString", Overwrite=True)


def _describe(aws: Aws, place: Place, stage: str, values: Mapping[str, str], mended: list[str]) -> Stack:
    sqs_url = f"{aws.client('sqs').meta.endpoint_url}/{place.account}"
    bucket = f"tiza-{stage}-photos-{place.account}"
    environment = {
        "AWS_DEFAULT_REGION": place.region,
        "TIZA_MAIL": "ses",
        "TIZA_MAIL_FROM": values["MailFrom"],
        "TIZA_MAIL_CONFIGURATION_SET": f"tiza-{stage}",
        "TIZA_PHOTO_BUCKET": bucket,
    }
    if aws.endpoint is not None:
        environment |= {
            "AWS_ENDPOINT_URL": aws.endpoint,
            "AWS_ACCESS_KEY_ID": LOCAL_KEY,
            "AWS_SECRET_ACCESS_KEY": LOCAL_KEY,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
    return Stack(
        stage=stage,
        queue_urls={q.key: f"{sqs_url}/{q.name(stage)}" for q in queues.ALL},
        dead_letter_urls={q.key: f"{sqs_url}/{q.dead_letter_name(stage)}" for q in queues.ALL},
        queue_arns={q.key: place.arn("sqs", q.name(stage)) for q in queues.ALL},
        photo_bucket=bucket,
        feedback_topic_arn=place.arn("sns", f"tiza-{stage}-mail-feedback"),
        alarm_topic_arn=place.arn("sns", f"tiza-{stage}-alarms"),
        mail_configuration_set=f"tiza-{stage}",
        mended=mended,
        environment=environment,
    )
