"""What Tiza costs in a month, from what students do and what AWS and Neon ask for it.

    python -m dev.deploy.costs     print the table of docs/runbook.md

US dollars, list prices of us-east-1 without free tiers, discounts and taxes; others ask up to a quarter
more. `ASSUMED` and `PRICES` are all there is to change.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import NamedTuple

PRICES_OF = "2026-11-21"
STUDENTS = (1_000, 100_000)
MONTH_HOURS = 730
MONTH_SECONDS = MONTH_HOURS * 3600
GB = 1e9
MILLION = 1e6


class Price(NamedTuple):
    """What one unit costs in US dollars; `looked_up`: in a page of 2026, else known from before."""

    usd: float
    unit: str
    looked_up: bool


PRICES = {
    "gateway": Price(3.50, "million calls of a REST API", True),
    "lambda_call": Price(0.20, "million calls of a function", True),
    "lambda_time": Price(0.0000166667, "GB-second (x86)", True),
    "queue": Price(0.50, "million requests to SQS (FIFO; others 0.40)", True),
    "logs": Price(0.50, "GB of logs taken in", True),
    "metric": Price(0.30, "metric of one's own", True),
    "alarm": Price(0.10, "alarm on one metric", True),
    "trace": Price(5.00, "million traces", False),
    "mail": Price(0.10, "thousand mails", False),
    "storage": Price(0.023, "GB-month in S3", False),
    "put": Price(5.00, "million writes to S3", False),
    "transfer": Price(0.09, "GB out to the internet", False),
    "compute": Price(0.106, "CU-hour of Neon (Launch)", True),
    "database": Price(0.35, "GB-month in Neon", True),
    "history": Price(0.20, "GB-month of Neon's history for restoring", True),
}

# What one student does in a month of 20 school days.
ASSUMED = {
    "calls of the API": 500.0,  # 200 answers, the rest reading; a teacher's share included
    "calls of the authorizer": 60.0,  # its answer is kept for 5 minutes
    "batches of telemetry": 40.0,
    "photos": 4.0,
    "mails": 2.0,
    "seconds of a call": 0.08,  # measured warm 5 to 14 ms; the way to Neon and cold starts on top
    "seconds of a worker's call": 0.2,
    "bytes logged per call": 1_500.0,
    "bytes per answer": 3_000.0,
    "bytes per photo": 700_000.0,  # with its thumbnail; kept for 30 days
    "bytes in the database per year": 8_000_000.0,  # 2,000 answers of 3 kB; telemetry of 90 days
}
TRACED = 0.05  # X-Ray's own rule: the first of each second, and 5 % of the others
MEMORY_GB = 1.0
METRICS = 100  # names by stage, code and worker
ALARMS = 40
QUEUES = 5  # that a function is mapped to
POLLERS, POLL_SECONDS = 5, 20  # of Lambda, for each mapping, also of an empty queue
SCHEDULED_SECONDS = 2.0  # of a run
SCHEDULED_CALLS = MONTH_HOURS * (12 + 4 + 1) + 30 * (1 + 6)  # sweep, digest, alerts; cleanup, calibrate
# The sweep keeps Neon awake: it asks every 5 minutes, and Neon sleeps after 5 idle ones.
BASE_CU = 0.25
BUSY_HOURS = 20 * 7
CALLS_PER_CU_SECOND = 60.0  # ten statements each; assumed, to be measured on Neon
PEAK = 4.0  # of the mean of school hours
HISTORY_SHARE = 0.1  # changes of a week by what is stored


def lines(students: int) -> Iterator[tuple[str, float]]:
    """What each part costs in a month, in US dollars."""
    a = {
        name: value * students
        for name, value in ASSUMED.items()
        if "seconds" not in name and "bytes" not in name
    }
    calls, workers = a["calls of the API"], a["batches of telemetry"] + 3 * a["photos"] + a["mails"]
    all_calls = calls + a["calls of the authorizer"] + workers + SCHEDULED_CALLS
    seconds = (
        (calls + a["calls of the authorizer"]) * ASSUMED["seconds of a call"]
        + workers * ASSUMED["seconds of a worker's call"]
        + SCHEDULED_CALLS * SCHEDULED_SECONDS
    )
    polls = QUEUES * POLLERS * MONTH_SECONDS / POLL_SECONDS
    yield "API Gateway", _usd("gateway", calls / MILLION)
    yield "Lambda", _usd("lambda_call", all_calls / MILLION) + _usd("lambda_time", seconds * MEMORY_GB)
    yield "SQS", _usd("queue", (polls + 3 * workers) / MILLION)
    yield "CloudWatch: logs", _usd("logs", all_calls * ASSUMED["bytes logged per call"] / GB)
    yield "CloudWatch: metrics and alarms", _usd("metric", METRICS) + _usd("alarm", ALARMS)
    yield "X-Ray", _usd("trace", all_calls * TRACED / MILLION)
    photo_bytes = a["photos"] * ASSUMED["bytes per photo"]
    yield "S3", _usd("storage", photo_bytes / GB) + _usd("put", 3 * a["photos"] / MILLION)
    yield "Mail", _usd("mail", a["mails"] / 1000)
    yield "Data out", _usd("transfer", (calls * ASSUMED["bytes per answer"] + 2 * photo_bytes) / GB)
    stored = students * ASSUMED["bytes in the database per year"] / GB
    yield "Neon: compute", _usd("compute", _cu_hours(calls))
    yield "Neon: storage after a year", _usd("database", stored) + _usd("history", stored * HISTORY_SHARE)


def table() -> Iterator[str]:
    """The costs as a table in Markdown."""
    columns = [dict(lines(students)) for students in STUDENTS]
    yield f"| US dollars a month | {' | '.join(f'{students:,} students' for students in STUDENTS)} |"
    yield "|---|" + "---:|" * len(STUDENTS)
    for name in columns[0]:
        yield f"| {name} | {' | '.join(f'{column[name]:,.2f}' for column in columns)} |"
    sums = [sum(column.values()) for column in columns]
    yield f"| **together** | {' | '.join(f'**{one:,.2f}**' for one in sums)} |"
    each = (one / students for one, students in zip(sums, STUDENTS, strict=True))
    yield f"| for each student | {' | '.join(f'{one:,.4f}' for one in each)} |"


def prices() -> Iterator[str]:
    """The prices as a table in Markdown."""
    yield "| unit | US dollars | |"
    yield "|---|---:|---|"
    for price in PRICES.values():
        yield f"| {price.unit} | {price.usd:g} | {'' if price.looked_up else 'assumed'} |"


def _usd(price: str, count: float) -> float:
    return PRICES[price].usd * count


def _cu_hours(calls: float) -> float:
    """Neon's least size all month, and in school hours as much as their peak takes."""
    busy = max(BASE_CU, calls / (BUSY_HOURS * 3600) * PEAK / CALLS_PER_CU_SECOND)
    return BASE_CU * (MONTH_HOURS - BUSY_HOURS) + busy * BUSY_HOURS


if __name__ == "__main__":
    print("\n".join([*table(), "", *prices()]))
    sys.exit(0)
