"""What a school's calls cost beside small and large other schools.

    python -m dev.bench.views [CALLS] [--explain] [--only=NAME] [--other=10000,1000000]

A school has one class of 35 with 100,000 answers to 8 skills; other schools have 10,000 and then 1,000,000.
Each call is measured as a whole, an API Gateway event in and the answer out; then each of its statements is
run once more under `EXPLAIN (ANALYZE, BUFFERS)`. Milliseconds depend on what else the machine does; the time
on the processor, of this process and of Postgres' together, does so less; the 8 KB pages that the statements
look at do not. A call whose pages do not grow does not cost more; a tree that is a level deeper adds a page
to each look-up.

To measure another call, add a line to `calls`.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import psycopg2

from dev import cluster, postgres
from dev.bench.schools import Size, Some, exercises, fill
from dev.bench.stage import Stage, api_event

CALLS = 200
WARM_UP = 20
OTHERS = (10_000, 1_000_000)
OWN = Size(schools=1, classes=1, students=35, skills=8, each=357, days=120)
EXERCISES = 25  # of the platform, for each skill
WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE)\b")
PAGES = re.compile(r"shared (?:hit=(\d+))?\s?(?:read=(\d+))?")
GROWN = 1.5  # as many pages: then the last column says so

Event = dict[str, Any]


class Measured(NamedTuple):
    """Of a call: milliseconds, those on the processor, statements without BEGIN and COMMIT, pages, plans."""

    times: list[float]
    busy: float
    statements: int
    pages: int
    plans: list[tuple[str, str]]


class Arguments(NamedTuple):
    """How many calls, beside how many answers of other schools, which of them, and whether with plans."""

    rounds: int
    others: tuple[int, ...]
    only: str
    explain: bool


def calls(own: Some) -> dict[str, Event]:
    """What is measured: each call's name and event."""
    classroom, student = f"/v1/classrooms/{own.classroom}", f"/v1/students/{own.student}"
    of_class, of_student = "/v1/classrooms/{classroom_id}", "/v1/students/{student_id}"
    teacher, admin = own.teacher, own.school

    def get(path: str, resource: str, caller: UUID = teacher, accept: str = "", **query: str) -> Event:
        event = api_event("GET", path, resource=resource, caller=caller, query=query)
        event["headers"]["accept"] = accept
        return event

    def post(path: str, body: dict[str, str], caller: UUID = own.student) -> Event:
        return api_event("POST", path, caller=caller, body=body)

    return {
        "heat map": get(f"{classroom}/mastery", f"{of_class}/mastery"),
        "heat map, SVG": get(f"{classroom}/mastery", f"{of_class}/mastery", accept="image/svg+xml"),
        "heat map, CSV": get(f"{classroom}/mastery", f"{of_class}/mastery", accept="text/csv"),
        "class's bugs": get(f"{classroom}/bugs", f"{of_class}/bugs"),
        "class's groups": get(f"{classroom}/groups", f"{of_class}/groups"),
        "class's attention": get(f"{classroom}/attention", f"{of_class}/attention"),
        "student's mastery": get(f"{student}/mastery", f"{of_student}/mastery"),
        "student's history": get(f"{student}/mastery/history", f"{of_student}/mastery/history"),
        "student's history, SVG": get(
            f"{student}/mastery/history", f"{of_student}/mastery/history", accept="image/svg+xml"
        ),
        "submit an answer": post("/v1/attempts", {"problem": "503 - 278", "answer": "375"}),
        "practice": post("/v1/practice/next", {}),
        "attempts": get("/v1/attempts", "/v1/attempts"),
        "an attempt's diagnoses": get(
            f"/v1/attempts/{own.attempt}/diagnoses", "/v1/attempts/{attempt_id}/diagnoses"
        ),
        "reviews": get("/v1/reviews", "/v1/reviews"),
        "alerts": get("/v1/alerts", "/v1/alerts"),
        "assignments": get("/v1/assignments", "/v1/assignments"),
        "audit": get("/v1/audit", "/v1/audit", admin),
        "roster's users": get("/v1/roster/users.csv", "/v1/roster/users.csv", admin),
        "roster's classes": get("/v1/roster/classes.csv", "/v1/roster/classes.csv", admin),
        "roster's enrolments": get("/v1/roster/enrollments.csv", "/v1/roster/enrollments.csv", admin),
    }


def main(given: Arguments) -> None:
    """Measure and print every call beside each size of the other schools."""
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.start(Path(folder, "home"), durable=False) as server,
    ):
        Stage.made(server)
        superuser = psycopg2.connect(server.url(postgres.DATABASE, cluster.SUPERUSER))
        exercises(superuser, OWN.skills, EXERCISES)
        own = fill(superuser, OWN)
        results = []
        there = 0
        for answers in given.others:
            fill(superuser, other_schools(answers - there))
            there = answers
            chosen = {name: event for name, event in calls(own).items() if given.only in name}
            results.append({name: measure(event, given.rounds) for name, event in chosen.items()})
            print_table(answers, results[0], results[-1])
        superuser.close()
    if given.explain:
        print_plans(results[-1])


def other_schools(answers: int) -> Size:
    """Other schools with so many answers in all, rounded up."""
    return Size(schools=-(-answers // 10_000), classes=5, students=25, skills=8, each=10, days=120)


def measure(event: Event, rounds: int) -> Measured:
    from chalicelib.observe import SqlUse, sql_use

    times, busy = [], []
    for _ in range(rounds + WARM_UP):
        backend = backend_of_connection()
        use = SqlUse()
        token = sql_use.set(use)
        start, busy_before = time.perf_counter(), busy_seconds(backend)
        answer(event)
        times.append((time.perf_counter() - start) * 1000)
        busy.append((busy_seconds(backend) - busy_before) * 1000)
        sql_use.reset(token)
    with _explained() as plans:
        answer(event)
    pages = sum(_pages(plan) for _, plan in plans)
    framing = sum(statement in ("BEGIN", "COMMIT") for statement in use.statements)
    busiest = statistics.median(busy[WARM_UP:])
    return Measured(times[WARM_UP:], busiest, use.round_trips - framing, pages, plans)


def backend_of_connection() -> int:
    """The process of Postgres that serves this one."""
    from chalicelib.store import database

    with database.connection() as db:
        return int(db.execute_sql("SELECT pg_backend_pid()").fetchone()[0])


def busy_seconds(backend: int) -> float:
    """Seconds that this process and `backend` have had the processor (Linux, `schedstat`).

    Should the pool have replaced an old connection meanwhile, the backend is gone: one round of many is off.
    """
    schedule = Path(f"/proc/{backend}/schedstat")
    nanoseconds = int(schedule.read_text("ascii").split()[0]) if schedule.exists() else 0
    return time.process_time() + nanoseconds / 1e9


def answer(event: Event) -> None:
    import app

    answer = app.app(event, None)
    if answer["statusCode"] not in (200, 201):
        raise SystemExit(f"unexpected answer: {answer}")


@contextmanager
def _explained() -> Iterator[list[tuple[str, str]]]:
    """Statements that are made inside, each with its plan; what writes is planned and not run twice."""
    from chalicelib.store.database import Database

    made: list[tuple[str, str]] = []
    execute = Database.execute_sql

    def explain_first(self: Any, sql: str, params: Any = None) -> Any:
        options = "" if WRITES.search(sql) else "(ANALYZE, BUFFERS)"
        if sql.lstrip().startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")):
            rows = execute(self, f"EXPLAIN {options} {sql}", params).fetchall()
            made.append((sql, "\n".join(row[0] for row in rows)))
        return execute(self, sql, params)

    Database.execute_sql = explain_first
    try:
        yield made
    finally:
        Database.execute_sql = execute


def _pages(plan: str) -> int:
    """The pages that a plan's topmost node looked at, which holds those below it."""
    found = PAGES.search(plan)
    return sum(int(count) for count in found.groups() if count) if found else 0


def print_table(answers: int, first: dict[str, Measured], measured: dict[str, Measured]) -> None:
    print(f"\nown school: {OWN.answers:,} answers; other schools: {answers:,}")
    print(f"{'call':<28}{'median ms':>10}{'p99 ms':>9}{'busy ms':>9}{'statements':>12}{'pages':>8}")
    for name, one in measured.items():
        median, p99 = statistics.median(one.times), statistics.quantiles(one.times, n=100)[98]
        grown = "  grows!" if one.pages > GROWN * first[name].pages else ""
        print(f"{name:<28}{median:10.2f}{p99:9.2f}{one.busy:9.2f}{one.statements:12d}{one.pages:8d}{grown}")


def print_plans(measured: dict[str, Measured]) -> None:
    for name, one in measured.items():
        for sql, plan in one.plans:
            print(f"\n== {name}\n{' '.join(sql.split())}\n{plan}")


def arguments(calls_by_default: int = CALLS) -> Arguments:
    """What the command line says, in the words of the module's first lines."""
    plain = [each for each in sys.argv[1:] if not each.startswith("--")]
    named = dict(
        each.removeprefix("--").partition("=")[::2] for each in sys.argv[1:] if each.startswith("--")
    )
    sizes = tuple(int(size) for size in named["other"].split(",")) if "other" in named else OTHERS
    rounds = int(plain[0]) if plain else calls_by_default
    return Arguments(rounds, sizes, named.get("only", ""), explain="explain" in named)


if __name__ == "__main__":
    main(arguments())
