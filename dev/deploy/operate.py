"""What is done with a stage that stands: read its logs, start a function, see how it is."""

from __future__ import annotations

import base64
import json
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from dev.aws.stack import LOCAL_KEY
from dev.deploy import finish, reconcile
from dev.deploy.state import State
from dev.deploy.target import DeployError, Target, complain, say

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
FOLLOW_SECONDS = 2.0
SLOW_SECONDS = 905  # the longest that a function may run, and a little


def logs(target: Target, function: str | None, since: str, *, follow: bool = False) -> None:
    """Print what the functions (or one, by Chalice's name) logged for the last `since` ("10m")."""
    groups = finish.log_groups(target)
    wanted = [finish.LOGS + target.function(function)] if function else sorted(groups)
    if missing := [group for group in wanted if group not in groups]:
        raise DeployError(f"no such log: {missing[0]}. There are {', '.join(sorted(groups)) or 'none'}.")
    start = int((time.time() - seconds(since)) * 1000)
    seen: set[str] = set()
    while True:
        events = [
            {**event, "group": group}
            for group in wanted
            for event in target.pages(
                "logs", "filter_log_events", "events", logGroupName=group, startTime=start
            )
        ]
        for event in sorted(events, key=lambda one: int(one["timestamp"])):
            if event["eventId"] not in seen:
                seen.add(event["eventId"])
                moment = datetime.fromtimestamp(event["timestamp"] / 1000, UTC)
                name = event["group"].removeprefix(finish.LOGS)
                say(f"{moment:%Y-%m-%dT%H:%M:%S}Z {name} {event['message'].rstrip()}")
        if not follow:
            return
        time.sleep(FOLLOW_SECONDS)


def seconds(text: str) -> int:
    """`10m` in seconds. Raises `DeployError`."""
    if text[-1:] not in UNITS or not text[:-1].isdigit():
        raise DeployError(f"{text!r} is no time: a number and one of {', '.join(UNITS)}.")
    return int(text[:-1]) * UNITS[text[-1]]


def invoke(target: Target, function: str, payload: str | None) -> None:
    """Call a function, a schedule with the event of its rule, and print answer and log.

    Raises `DeployError` when it fails.
    """
    client = _patient(target)
    try:
        answer = client.invoke(
            FunctionName=target.function(function),
            Payload=(payload or json.dumps(_event(target, function))).encode(),
            LogType="Tail",
        )
    except client.exceptions.ResourceNotFoundException as error:
        raise DeployError(f"there is no function {target.function(function)}.") from error
    complain(base64.b64decode(answer.get("LogResult", "")).decode())
    say(answer["Payload"].read().decode())
    if "FunctionError" in answer:
        raise DeployError(f"{target.function(function)} failed: {answer['FunctionError']}.")


def status(target: Target) -> None:
    """Print how the stage stands: the last deployment, the address, what the record does not know."""
    state = State(target)
    recorded = state.read() if state.exists() else None
    if recorded is None:
        say(f"{target.prefix}: no record of a deployment.")
    else:
        last = recorded["deployment"]
        ended = f"{last.get('outcome', 'done')} {last['ended']}" if last["ended"] else "under way"
        say(f"{target.prefix}: began {last['began']} by {last['by']}, {ended}")
        say(f"  commit:    {last['commit'] or 'unknown'}")
    found = reconcile.standing(target, recorded)
    say(f"  address:   {reconcile.value(found.resources, 'rest_api', 'rest_api_url') or 'none'}")
    say(f"  functions: {', '.join(finish.function_names(found.resources)) or 'none'}")
    for line in [*reconcile.difference(recorded, found.resources), *found.leftover_apis]:
        say(f"  unexpected: {line}")


def _patient(target: Target) -> Any:
    """A client that waits for the slowest function, and does not start it a second time meanwhile."""
    import boto3
    from botocore.config import Config

    local: dict[str, Any] = {}
    if target.endpoint is not None:
        local = {"endpoint_url": target.endpoint, "aws_access_key_id": LOCAL_KEY}
        local["aws_secret_access_key"] = LOCAL_KEY
    once = Config(read_timeout=SLOW_SECONDS, retries={"total_max_attempts": 1})
    return boto3.client("lambda", region_name=target.region, config=once, **local)


def _event(target: Target, function: str) -> dict[str, Any]:
    """The event of an EventBridge rule, as a schedule gets it."""
    return {
        "version": "0",
        "id": str(uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": target.place.account,
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": target.region,
        "resources": [target.place.arn("events", f"rule/{target.function(function)}-event")],
        "detail": {},
    }
