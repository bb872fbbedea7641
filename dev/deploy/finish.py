"""The finish step: what Chalice cannot set, set after each deployment. Doing it twice changes nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from dev.deploy import alarms, gateway, reconcile
from dev.deploy.reconcile import Resource
from dev.deploy.target import API_FUNCTION, Target, say

PARTIAL = ["ReportBatchItemFailures"]
BUSY_SECONDS = 90.0  # a mapping that was just made or changed takes no other change for a while
PAUSE_SECONDS = 3.0
RETRIES = 2  # of a schedule that failed; what is due is worked out anew, so a late one does no harm
OLDEST_SECONDS = 3600
LOGS = "/aws/lambda/"


def run(target: Target, resources: list[Resource]) -> None:
    """Bring all that `resources` names to what it must be."""
    _tell("partial failures and concurrency of queues", mappings(target, resources))
    api = reconcile.value(resources, "rest_api", "rest_api_id")
    if api is not None:
        gateway.name_after_stage(target, api)
        seconds = gateway.answer_in_our_words(target, api)
        say(f"  answers of the gateway itself: {len(gateway.ANSWERS) + 1} kinds")
        if seconds is not None:
            say(f"  (it answered its own errors in AWS's words, without CORS, for {seconds:.0f} s)")
        _tell("throttling", gateway.throttle(target, api))
    _tell("failed runs of schedules", destinations(target, resources))
    _tell("retention of logs", retain_logs(target, function_names(resources)))
    _tell("alarms", alarms.put(target, function_names(resources)))
    _tell("dashboard", alarms.put_dashboard(target, function_names(resources)))


def mappings(target: Target, resources: list[Resource]) -> list[str]:
    """Let each queue's mapping report partial failures, with at most so many functions at once.

    `maximum_concurrency` in .chalice/config.json, by worker; the workers whose mapping was changed.
    """
    client = target.client("lambda")
    limits = target.options["maximum_concurrency"]
    changed = []
    for one in resources:
        if one["resource_type"] != "sqs_event":
            continue
        worker = one["name"].removesuffix("-sqs-event-source")
        found = client.get_event_source_mapping(UUID=one["event_uuid"])
        wanted = {
            "FunctionResponseTypes": PARTIAL,
            "ScalingConfig": {"MaximumConcurrency": limits.get(worker, limits["*"])},
        }
        if {name: found.get(name) for name in wanted} != wanted:
            change = partial(client.update_event_source_mapping, UUID=one["event_uuid"], **wanted)
            _insist(change, client.exceptions.ResourceInUseException)
            changed.append(worker)
    return changed


def destinations(target: Target, resources: list[Resource]) -> list[str]:
    """Tell the alarm topic of each run that failed for good; the schedules that were changed."""
    from botocore.exceptions import ClientError

    client = target.client("lambda")
    wanted = {
        "MaximumRetryAttempts": RETRIES,
        "MaximumEventAgeInSeconds": OLDEST_SECONDS,
        "DestinationConfig": {"OnFailure": {"Destination": target.alarm_topic}},
    }
    changed = []
    for one in resources:
        if one["resource_type"] != "cloudwatch_event":
            continue
        name = one["name"].removesuffix("-event")
        function = target.function(name)
        try:
            found = client.get_function_event_invoke_config(FunctionName=function)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
            found = {}
        standing = {key: found.get(key) for key in wanted}
        standing["DestinationConfig"] = {
            "OnFailure": found.get("DestinationConfig", {}).get("OnFailure")  # AWS adds an empty OnSuccess
        }
        if standing != wanted:
            # Lambda asks whether the role may publish; a role's policy takes some seconds to get about.
            change = partial(client.put_function_event_invoke_config, FunctionName=function, **wanted)
            _insist(change, client.exceptions.InvalidParameterValueException)
            changed.append(name)
    return changed


def retain_logs(target: Target, functions: list[str]) -> list[str]:
    """Make each function's log group and let it forget after `log_retention_days`; those that were changed.

    Before the functions, too: they may not make a log group themselves, and one of Lambda's keeps for ever.
    """
    logs = target.client("logs")
    days = target.options["log_retention_days"]
    there = log_groups(target)
    changed = []
    for name in functions:
        group = LOGS + target.function(name)
        if there.get(group, 0) == days:
            continue
        if group not in there:
            logs.create_log_group(logGroupName=group)
        logs.put_retention_policy(logGroupName=group, retentionInDays=days)
        changed.append(name)
    return changed


def log_groups(target: Target) -> dict[str, int | None]:
    """The log groups of the stage's functions, each with its days of retention."""
    found = target.pages("logs", "describe_log_groups", "logGroups", logGroupNamePrefix=LOGS + target.prefix)
    return {
        group["logGroupName"]: group.get("retentionInDays")
        for group in found
        if target.function_key(group["logGroupName"].removeprefix(LOGS)) is not None
    }


def function_names(resources: list[Resource]) -> list[str]:
    """Chalice's names of the functions, the API's first."""
    names = [one["name"] for one in resources if one["resource_type"] == "lambda_function"]
    return sorted(names, key=lambda name: (name != API_FUNCTION, name))


def _insist(change: Callable[[], Any], not_yet: type[Exception]) -> None:
    """Make the change as soon as AWS takes it."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            change()
            return
        except not_yet:
            if time.monotonic() > deadline:
                raise
            time.sleep(PAUSE_SECONDS)


def _tell(what: str, changed: list[str]) -> None:
    say(f"  {what}: {', '.join(changed) if changed else 'as it was'}")
