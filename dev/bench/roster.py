"""What a school's roster and audit cost: imports of many lines, a sheet of PINs, an audit of many entries.

    python -m dev.bench.roster [ENTRIES] [--explain]

Seconds are of the whole call, an API Gateway event in and the answer out; then those on the processor,
without Postgres'. A tenth of the audit's entries are the school's own, over two years. Each look into it is
run once more under `EXPLAIN (ANALYZE, BUFFERS)`; the 8 KB pages that it takes do not depend on what else the
machine does.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import psycopg2

from dev import cluster, postgres
from dev.bench.schools import Size, Some, fill
from dev.bench.stage import Stage, api_event

ENTRIES = 1_000_000
SCHOOL = Size(schools=1, classes=1, students=40, skills=1, each=1, days=1)
SCHOOLS = 10
PUPILS, TEACHERS, CLASSES = 1_000, 40, 35
PAGES = re.compile(r"Buffers: shared (?:hit=(\d+))?\s?(?:read=(\d+))?")
LOOKS = re.compile(r'FROM "?audit_entries')
# Ids as `store/ids.py` makes them: the milliseconds first.
FILL = """
    INSERT INTO audit_entries
        (id, school_id, actor_id, actor_role, action, subject_type, subject_id, details, created_at)
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
            || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
        school, md5('actor' || n / %(count)s %% 40)::uuid, 'teacher',
        CASE WHEN n / %(count)s %% 1000 = 7 THEN 'user.changed' ELSE 'mastery.viewed' END,
        'user', md5('subject' || n / %(count)s %% 997)::uuid, '{}', at
    FROM (
        SELECT n, now() - make_interval(secs => n * 63072000.0 / %(entries)s) AS at,
            (%(schools)s::uuid[])[1 + n %% %(count)s] AS school
        FROM generate_series(1, %(entries)s) AS n
    ) AS planned
"""
AUDIT = {
    "newest": {},
    "of an actor": {"actor_id": "{actor}"},
    "of a subject": {"subject_id": "{subject}"},
    "a rare action": {"action": "user.changed"},
    "an action that never was": {"action": "user.invented"},
    "a day, a year ago": {"since": "{year_ago}", "until": "{day_later}"},
}


def main(entries: int, explain: bool) -> None:
    """Measure and print."""
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.start(Path(folder, "home"), durable=False) as server,
    ):
        Stage.made(server)
        superuser = psycopg2.connect(server.url(postgres.DATABASE, cluster.SUPERUSER))
        own, *others = (fill(superuser, SCHOOL) for _ in range(SCHOOLS))
        _roster(own)
        with superuser, superuser.cursor() as cursor:
            schools = [str(each.school) for each in (own, *others)]
            cursor.execute(FILL, {"entries": entries, "schools": schools, "count": SCHOOLS})
        superuser.autocommit = True
        with superuser.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE audit_entries")
            _audit(own, cursor, entries, explain)
        superuser.close()


def _roster(own: Some) -> None:
    """Import a school, import it again, and give its class new PINs."""
    users = ["sourcedId,role,username,givenName,familyName,email"]
    users += [f"p{n},student,pupil{n},Given{n},Family{n}," for n in range(PUPILS)]
    users += [f"t{n},teacher,,Given{n},Family{n},t{n}@bench.example" for n in range(TEACHERS)]
    classes = ["sourcedId,title,grades", *(f"c{n},Class {n},05" for n in range(CLASSES))]
    places = ["classSourcedId,userSourcedId,role"]
    places += [f"c{n % CLASSES},p{n},student" for n in range(PUPILS)]
    places += [f"c{n % CLASSES},t{n},teacher" for n in range(TEACHERS)]
    files = {"users": "\n".join(users), "classes": "\n".join(classes), "enrollments": "\n".join(places)}
    many = {"users": "\n".join([users[0], *(f"q{n},student,q{n},Given,Q{n}," for n in range(9_999))])}
    for title, body, query in (
        ("dry run", files, {"dry_run": "true"}),
        ("import", files, {}),
        ("import again", files, {}),
        ("import of 9,999 pupils", many, {}),
        ("import of them again", many, {}),
    ):
        times, answer = _called("POST", "/v1/roster/imports", own.school, body=body, query=query)
        print(f"{title:<26}{_told(times)}  {json.loads(answer)['data']['counts']}  {len(answer):,} bytes")
    for name in ("users", "classes", "enrollments"):
        times, answer = _called("GET", f"/v1/roster/{name}.csv", own.school)
        print(f"{name + '.csv':<26}{_told(times)}  {len(answer):,} bytes")
    resource = "/v1/classrooms/{classroom_id}/pins"
    path = resource.format(classroom_id=own.classroom)
    times, answer = _called("POST", path, own.teacher, resource=resource, body={"students": "all"})
    print(f"{'PINs of a class':<26}{_told(times)}  {len(json.loads(answer)['data']['students'])} students")


def _audit(own: Some, cursor: Any, entries: int, explain: bool) -> None:
    """Read the audit, filtered in every way, note a look, and export it."""
    cursor.execute("SELECT md5('actor1')::uuid::text, md5('subject1')::uuid::text")
    actor, subject = cursor.fetchone()
    year_ago = datetime.now(UTC).replace(microsecond=0) - timedelta(days=365)
    days = [(year_ago + timedelta(days=day)).isoformat() for day in (0, 1)]
    known = {"actor": actor, "subject": subject, "year_ago": days[0], "day_later": days[1]}
    print(f"audit, {entries:,} entries{'median of 5':>20}{'processor':>13}{'pages':>8}")
    for title, filters in AUDIT.items():
        query = {name: value.format(**known) for name, value in filters.items()}
        _measure(title, cursor, explain, "GET", "/v1/audit", own.school, query=query)
    _measure("audit.csv", cursor, explain, "GET", "/v1/audit.csv", own.school)
    resource = "/v1/students/{student_id}/mastery"
    path = resource.format(student_id=own.student)
    _measure("a look at a student", cursor, explain, "GET", path, own.teacher, resource=resource)


def _measure(title: str, cursor: Any, explain: bool, *call: Any, **options: Any) -> None:
    """Print what a call costs, and the pages that its statements on the audit look at."""
    from chalicelib.store.database import database

    walls, busy = zip(*(_called(*call, **options)[0] for _ in range(5)), strict=True)
    seen: list[tuple[str, Any]] = []
    execute = type(database).execute_sql
    type(database).execute_sql = lambda self, sql, params=None: (
        seen.append((sql, params)),
        execute(self, sql, params),
    )[1]
    try:
        _called(*call, **options)
    finally:
        type(database).execute_sql = execute
    plans = [_plan(cursor, sql, params) for sql, params in seen if LOOKS.search(sql)]
    pages = sum(_pages(plan) for plan in plans)
    print(f"  {title:<26}{1000 * median(walls):12.1f} ms{1000 * median(busy):10.1f} ms{pages:8d}")
    for plan in plans if explain else ():
        print("      " + plan.replace("\n", "\n      "))


def _plan(cursor: Any, sql: str, params: Any) -> str:
    """How Postgres carries a statement out; what it writes is taken back."""
    given = params
    if isinstance(params, list | tuple):
        given = [str(each) if isinstance(each, UUID) else each for each in params]
    cursor.execute("BEGIN")
    cursor.execute("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) " + sql, given)
    plan = "\n".join(line for (line,) in cursor.fetchall())
    cursor.execute("ROLLBACK")
    return plan


def _pages(plan: str) -> int:
    """The pages of the whole plan: those of its topmost node."""
    found = PAGES.search(plan)
    return sum(int(each or 0) for each in found.groups()) if found else 0


def _told(times: tuple[float, float]) -> str:
    return "".join(f"{seconds:8.2f} s" for seconds in times)


def _called(method: str, path: str, caller: Any, **options: Any) -> tuple[tuple[float, float], str]:
    """Seconds of a call, and those on the processor; and what it answered."""
    import app

    event = api_event(method, path, caller=caller, **options)
    start, busy = time.perf_counter(), time.process_time()
    answer = app.app(event, None)
    times = time.perf_counter() - start, time.process_time() - busy
    if answer["statusCode"] != 200:
        raise SystemExit(answer["body"])
    return times, answer["body"]


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:] if not each.startswith("--")]
    main(numbers[0] if numbers else ENTRIES, "--explain" in sys.argv)
