"""Of the bootstrap: what a program can only look at. What is to be done by hand says how."""

from __future__ import annotations

from typing import NamedTuple

from dev.deploy import deploy_role, secrets
from dev.deploy.target import CHECKOUT, Target

DONE, MADE, BY_HAND, NOT_NEEDED = "done", "made", "by hand", "not needed"
ENOUGH_CONCURRENCY = 100  # a class of 30 signs in at once, and the workers run beside it
MODEL_ACTIONS = '"bedrock:'  # in the policy of a function that asks a model


class Step(NamedTuple):
    """How one step stands. `text` says what is there, or what to do."""

    name: str
    state: str
    text: str


def mail_identity(target: Target) -> Step:
    """The domain that mails come from; the resources stack makes it, its owner proves it by DNS."""
    name = "domain of mails"
    domain = target.options.get("stack", {}).get("MailDomain", "")
    if not domain:
        return Step(
            name, BY_HAND, "name it in .chalice/config.json (tiza.stack.MailDomain), or verify it in SES"
        )
    from botocore.exceptions import ClientError

    try:
        found = target.client("sesv2").get_email_identity(EmailIdentity=domain)
    except ClientError as error:
        if error.response["Error"]["Code"] != "NotFoundException":
            raise
        return Step(name, BY_HAND, f"{domain}: the first deployment makes it; then come back for its records")
    if found.get("VerifiedForSendingStatus"):
        return Step(name, DONE, domain)
    tokens = found.get("DkimAttributes", {}).get("Tokens", [])
    records = [f"{each}._domainkey.{domain} CNAME {each}.dkim.amazonses.com" for each in tokens]
    return Step(
        name, BY_HAND, "put into DNS: " + "; ".join([*records, f'_dmarc.{domain} TXT "v=DMARC1; p=none"'])
    )


def mail_sandbox(target: Target) -> Step:
    """Whether SES sends to everybody."""
    if target.client("sesv2").get_account().get("ProductionAccessEnabled"):
        return Step("SES out of its sandbox", DONE, "mails go to everybody")
    text = "SES console, Request production access; until then only verified addresses get mail"
    return Step("SES out of its sandbox", BY_HAND, text)


def concurrency(target: Target) -> Step:
    """How many functions may run at once: 10 in a new account."""
    limits = target.client("lambda").get_account_settings().get("AccountLimit", {})
    allowed = limits.get("ConcurrentExecutions", 0)
    if allowed >= ENOUGH_CONCURRENCY:
        return Step("functions at once", DONE, str(allowed))
    text = f"{allowed} are allowed; Service Quotas, AWS Lambda, Concurrent executions: ask for 1000"
    return Step("functions at once", BY_HAND, text)


def models(target: Target) -> Step:
    """Access to a language model, where a function asks one."""
    files = (CHECKOUT / ".chalice" / "policies" / target.stage).glob("*.json")
    if not any(MODEL_ACTIONS in file.read_text(encoding="utf-8") for file in files):
        return Step("access to models", NOT_NEEDED, "no function asks a model")
    return Step("access to models", BY_HAND, "Bedrock console, Model access, in this region")


def alarm_receiver(target: Target) -> Step:
    """Whether somebody is told of alarms."""
    name = "receiver of alarms"
    if not target.options.get("stack", {}).get("AlarmAddress"):
        return Step(name, BY_HAND, "name an address in .chalice/config.json (tiza.stack.AlarmAddress)")
    from botocore.exceptions import ClientError

    try:
        answer = target.client("sns").list_subscriptions_by_topic(TopicArn=target.alarm_topic)
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("NotFound", "NotFoundException"):
            raise
        return Step(name, BY_HAND, "the first deployment asks; then click the link in the mail")
    arns = [one["SubscriptionArn"] for one in answer["Subscriptions"]]
    if any(arn.startswith("arn:") for arn in arns):
        return Step(name, DONE, "confirmed")
    return Step(name, BY_HAND, "click the link in the mail of AWS Notifications")


def parameters(target: Target) -> Step:
    """The stage's secrets."""
    missing = secrets.missing(target.client("ssm"), target.stage)
    if not missing:
        return Step("parameters", DONE, "all are there")
    command = f"python -m dev.deploy.secrets put --stage {target.stage}"
    return Step("parameters", BY_HAND, f"{', '.join(each.name for each in missing)}: {command}")


def github(target: Target) -> Step:
    """The environment at GitHub, which no right at AWS reaches."""
    role = f"arn:{target.place.partition}:iam::{target.place.account}:role/{deploy_role.name(target.stage)}"
    text = (
        f"Settings, Environments: make {target.stage!r} for main only, with reviewers, and its variables "
        f"AWS_REGION={target.region} TIZA_DEPLOY_ROLE={role}"
    )
    return Step("environment at GitHub", BY_HAND, text)
