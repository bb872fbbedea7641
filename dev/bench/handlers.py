"""How long a warm process takes per request, and what it asks of the database.

    python -m dev.bench.handlers [CALLS]

The whole handler is measured: an API Gateway event in, the answer out. Statements and round trips are counted
by `chalicelib.store.database`; a second class, twice as large, shows that they do not grow with the rows.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from dev import postgres
from dev.bench.stage import ATTEMPTS_EACH, SKILLS, STUDENTS, Stage, api_event

CALLS = 300
WARM_UP = 20

Event = dict[str, Any]


class Measured(NamedTuple):
    """Milliseconds per call, and what the last call asked of the database."""

    times: list[float]
    statements: int
    round_trips: int


def main(calls: int) -> None:
    """Measure and print every handler, for a class and for one of twice its size."""
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.start(Path(folder, "home"), durable=False) as server,
    ):
        stage = Stage.made(server)
        small = _measured(stage, calls)
        from dev.bench.fill import fill

        twice = Stage(stage.environment, *fill(2 * STUDENTS, SKILLS, 2 * ATTEMPTS_EACH))
        large = _measured(twice, calls)
    attempts = STUDENTS * SKILLS * ATTEMPTS_EACH
    print(f"class of {STUDENTS} x {SKILLS} skills, {attempts} attempts; {calls} calls each")
    print(f"{'handler':<36}{'median ms':>10}{'p99 ms':>8}{'statements':>12}{'round trips':>13}")
    for name, result in small.items():
        median, p99 = statistics.median(result.times), statistics.quantiles(result.times, n=100)[98]
        line = f"{name:<36}{median:10.2f}{p99:8.2f}{result.statements:12d}{result.round_trips:13d}"
        print(line + ("  grows with the rows!" if large[name].statements != result.statements else ""))


def _measured(stage: Stage, calls: int) -> dict[str, Measured]:
    classroom, attempt = str(stage.classroom), str(stage.some_attempt)
    answers = ("375", "225", "335", "781")

    def submit(number: int) -> Event:
        body = {**stage.attempt(), "answer": answers[number % len(answers)]}
        return api_event("POST", "/v1/attempts", caller=stage.student, body=body)

    def constant(event: Event) -> Callable[[int], Event]:
        return lambda _number: event

    one = api_event(
        "GET", f"/v1/attempts/{attempt}", resource="/v1/attempts/{attempt_id}", caller=stage.teacher
    )
    listed = api_event(
        "GET", "/v1/attempts", caller=stage.teacher, query={"student_id": str(stage.student), "limit": "20"}
    )
    heat_map = api_event(
        "GET",
        f"/v1/classrooms/{classroom}/mastery",
        resource="/v1/classrooms/{classroom_id}/mastery",
        caller=stage.teacher,
    )
    return {
        "POST /v1/attempts": _run(submit, calls),
        "GET /v1/attempts/{attempt_id}": _run(constant(one), calls),
        "GET /v1/attempts (20 of them)": _run(constant(listed), calls),
        f"GET .../mastery ({STUDENTS} x {SKILLS})": _run(constant(heat_map), calls),
    }


def _run(event: Callable[[int], Event], calls: int) -> Measured:
    import app
    from chalicelib.observe import SqlUse, sql_use

    times = []
    for number in range(calls + WARM_UP):
        given = event(number)
        use = SqlUse()
        token = sql_use.set(use)
        start = time.perf_counter()
        answer = app.app(given, None)
        times.append((time.perf_counter() - start) * 1000)
        sql_use.reset(token)
        if answer["statusCode"] not in (200, 201):
            raise SystemExit(f"unexpected answer: {answer}")
    framing = sum(statement in ("BEGIN", "COMMIT") for statement in use.statements)
    return Measured(times[WARM_UP:], use.round_trips - framing, use.round_trips)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CALLS)
