"""What a correction costs: a student's first answer of many, overridden, with all that follows replayed.

    python -m dev.bench.corrections [CALLS] [--other=10000,1000000]

The school is that of `dev.bench.views`: each time, the 357 answers of the student to the skill are replayed,
the first one being right and wrong in turn. Milliseconds are of the whole call, an API Gateway event in and
the answer out; busy ones are on the processor, of this process and of Postgres' together.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import psycopg2

from dev import cluster, postgres
from dev.bench import views
from dev.bench.schools import Some, fill
from dev.bench.stage import Stage, api_event

CALLS = 100
WARM_UP = 10
FIRST = "SELECT attempt_id::text FROM attempt_skills WHERE student_id = %s AND seq = 1 LIMIT 1"


def main(given: views.Arguments) -> None:
    """Measure and print overrides beside each size of the other schools."""
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.start(Path(folder, "home"), durable=False) as server,
    ):
        Stage.made(server)
        superuser = psycopg2.connect(server.url(postgres.DATABASE, cluster.SUPERUSER))
        own = fill(superuser, views.OWN)
        events = _overrides(own, _first(superuser, own))
        print(f"{'other answers':>14}{'median ms':>11}{'p99 ms':>9}{'busy ms':>9}{'statements':>12}")
        there = 0
        for answers in given.others:
            fill(superuser, views.other_schools(answers - there))
            there = answers
            _print(answers, [_measured(event) for event in islice(events, given.rounds + WARM_UP)][WARM_UP:])
        superuser.close()


def _first(superuser: Any, own: Some) -> str:
    """The student's first answer to one of the skills."""
    with superuser, superuser.cursor() as cursor:
        cursor.execute(FIRST, (str(own.student),))
        return str(cursor.fetchone()[0])


def _overrides(own: Some, attempt: str) -> Any:
    """The teacher's overrides without end, each of which changes how the answer counts."""
    path, resource = f"/v1/attempts/{attempt}/override", "/v1/attempts/{attempt_id}/override"
    bodies = ({"verdict": "incorrect"}, {"verdict": "correct"})
    return cycle(
        [api_event("POST", path, resource=resource, caller=own.teacher, body=body) for body in bodies]
    )


def _measured(event: dict[str, Any]) -> tuple[float, float, int]:
    """Milliseconds in all and on the processor, and the statements without BEGIN and COMMIT."""
    from chalicelib.observe import SqlUse, sql_use

    use, backend = SqlUse(), views.backend_of_connection()
    token = sql_use.set(use)
    start, busy = time.perf_counter(), views.busy_seconds(backend)
    views.answer(event)
    took = (time.perf_counter() - start) * 1000, (views.busy_seconds(backend) - busy) * 1000
    sql_use.reset(token)
    return *took, sum(statement not in ("BEGIN", "COMMIT") for statement in use.statements)


def _print(answers: int, measured: list[tuple[float, float, int]]) -> None:
    times, busy, statements = zip(*measured, strict=True)
    median, p99 = statistics.median(times), statistics.quantiles(times, n=100)[98]
    print(f"{answers:>14,}{median:11.2f}{p99:9.2f}{statistics.median(busy):9.2f}{max(statements):12d}")


if __name__ == "__main__":
    main(views.arguments(CALLS))
