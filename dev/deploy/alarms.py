"""Of the finish step: the alarms on code and API, and the dashboard. Those on queues are the stack's.

A function's `Errors` are crashes and timeouts: what a handler foresees it answers, and of a batch it names
the messages that failed. The authorizer's are not watched: a refused token counts as one.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from chalicelib import queues
from chalicelib.observe import NAMESPACE
from dev.deploy.target import API_STAGE, Target

PERIOD_SECONDS = 300
AUTHORIZER = "authorize"

Json = dict[str, Any]


def prefix(target: Target) -> str:
    """What the names of these alarms begin with; no other alarm's does."""
    return f"{target.prefix}-run-"


class Watched(NamedTuple):
    """A metric in CloudWatch, and from which value in each of `periods` on it is an alarm."""

    namespace: str
    metric: str
    dimensions: dict[str, str]
    threshold: float
    statistic: str = "Sum"
    periods: int = 1


def wanted(target: Target, functions: list[str]) -> list[Json]:
    """All alarms, as PutMetricAlarm takes them."""
    api = {"ApiName": target.prefix, "Stage": API_STAGE}
    limit = target.options["alarms"]
    faults = Watched(NAMESPACE, "UnforeseenErrors", {"stage": target.stage}, 1)
    failed = Watched("AWS/ApiGateway", "5XXError", api, limit["api_5xx"])
    slow = Watched("AWS/ApiGateway", "Latency", api, limit["api_latency_p95_ms"], "p95", 3)
    found = [
        _alarm(
            target, "unforeseen", faults, "An unforeseen fault: its trace is in the log, with a fingerprint."
        ),
        _alarm(target, "api-5xx", failed, "Calls were answered with 5XX."),
        _alarm(target, "api-latency", slow, "The slowest twentieth of calls takes too long."),
    ]
    for name in functions:
        function = {"FunctionName": target.function(name)}
        if name != AUTHORIZER:
            errors = Watched("AWS/Lambda", "Errors", function, 1)
            crashed = f"The function {name} crashed or ran out of time."
            found.append(_alarm(target, f"{name}-errors", errors, crashed))
        throttles = Watched("AWS/Lambda", "Throttles", function, 1)
        refused = f"Calls of the function {name} were refused: the account's concurrency is used up."
        found.append(_alarm(target, f"{name}-throttles", throttles, refused))
    return found


def put(target: Target, functions: list[str]) -> list[str]:
    """Set the alarms and remove those of functions that are gone; the names of what was changed."""
    cloudwatch = target.client("cloudwatch")
    standing = {one["AlarmName"]: one for one in described(target)}
    alarms = wanted(target, functions)
    changed = []
    for alarm in alarms:
        found = standing.get(alarm["AlarmName"], {})
        if {name: found.get(name) for name in alarm} != alarm:
            cloudwatch.put_metric_alarm(**alarm)
            changed.append(alarm["AlarmName"])
    gone = sorted(standing.keys() - {alarm["AlarmName"] for alarm in alarms})
    if gone:
        cloudwatch.delete_alarms(AlarmNames=gone)
    return [name.removeprefix(prefix(target)) for name in (*changed, *gone)]


def described(target: Target) -> list[Json]:
    """The alarms that are there."""
    return target.pages(
        "cloudwatch",
        "describe_alarms",
        "MetricAlarms",
        AlarmNamePrefix=prefix(target),
        AlarmTypes=["MetricAlarm"],
    )


def remove(target: Target) -> None:
    """Remove alarms and dashboard."""
    cloudwatch = target.client("cloudwatch")
    if names := [one["AlarmName"] for one in described(target)]:
        cloudwatch.delete_alarms(AlarmNames=names)
    if dashboards(target):
        cloudwatch.delete_dashboards(DashboardNames=[target.prefix])


def dashboards(target: Target) -> list[str]:
    """The stage's dashboard, if it is there."""
    found = target.client("cloudwatch").list_dashboards(DashboardNamePrefix=target.prefix)["DashboardEntries"]
    return [one["DashboardName"] for one in found if one["DashboardName"] == target.prefix]


def put_dashboard(target: Target, functions: list[str]) -> list[str]:
    """Set the dashboard `tiza-{stage}`: calls, faults, functions, queues. Its name, if it was changed."""
    cloudwatch, wanted = target.client("cloudwatch"), {"widgets": _widgets(target, functions)}
    if dashboards(target):
        found = cloudwatch.get_dashboard(DashboardName=target.prefix)["DashboardBody"]
        if json.loads(found) == wanted:
            return []
    cloudwatch.put_dashboard(DashboardName=target.prefix, DashboardBody=json.dumps(wanted))
    return [target.prefix]


def _widgets(target: Target, functions: list[str]) -> list[Json]:
    own = ["stage", target.stage]
    api = ["ApiName", target.prefix, "Stage", API_STAGE]
    lambdas = [["FunctionName", target.function(name)] for name in functions]
    queue_names = [queue.name(target.stage) for queue in queues.ALL]
    dead_names = [queue.dead_letter_name(target.stage) for queue in queues.ALL]
    graphs: list[tuple[str, str, list[list[str]]]] = [
        ("Calls and errors", "Sum", [[NAMESPACE, name, *own] for name in ("Requests", "Errors")]),
        ("Unforeseen faults", "Sum", [[NAMESPACE, "UnforeseenErrors", *own]]),
        ("Latency (p95, ms)", "p95", [[NAMESPACE, "Latency", *own], ["AWS/ApiGateway", "Latency", *api]]),
        ("4XX and 5XX", "Sum", [["AWS/ApiGateway", name, *api] for name in ("4XXError", "5XXError")]),
        ("Cold starts", "Sum", [[NAMESPACE, "ColdStarts", *own]]),
        ("Time of functions (p95, ms)", "p95", [["AWS/Lambda", "Duration", *one] for one in lambdas]),
        ("Errors of functions", "Sum", [["AWS/Lambda", "Errors", *one] for one in lambdas]),
        ("Functions at once", "Maximum", [["AWS/Lambda", "ConcurrentExecutions", *one] for one in lambdas]),
        ("Oldest message (s)", "Maximum",
         [["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", name] for name in queue_names]),
        ("Dead letters", "Maximum",
         [["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", name] for name in dead_names]),
    ]  # fmt: skip
    return [
        {
            "type": "metric",
            "x": 12 * (place % 2),
            "y": 6 * (place // 2),
            "width": 12,
            "height": 6,
            "properties": {
                "title": title,
                "metrics": metrics,
                "stat": statistic,
                "period": PERIOD_SECONDS,
                "region": target.region,
                "view": "timeSeries",
            },
        }
        for place, (title, statistic, metrics) in enumerate(graphs)
    ]


def _alarm(target: Target, name: str, watched: Watched, description: str) -> Json:
    kind = "Statistic" if watched.statistic == "Sum" else "ExtendedStatistic"
    return {
        "AlarmName": prefix(target) + name,
        "AlarmDescription": description,
        "Namespace": watched.namespace,
        "MetricName": watched.metric,
        "Dimensions": [{"Name": key, "Value": value} for key, value in watched.dimensions.items()],
        kind: watched.statistic,
        "Period": PERIOD_SECONDS,
        "EvaluationPeriods": watched.periods,
        "Threshold": float(watched.threshold),
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "TreatMissingData": "notBreaching",
        "AlarmActions": [target.alarm_topic],
        "OKActions": [target.alarm_topic],
    }
