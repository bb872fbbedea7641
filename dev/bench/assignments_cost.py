"""What a school's assignments cost beside small and large other schools.

    python -m dev.bench.assignments_cost [CALLS] [--explain] [--other=10000,1000000]

As `dev.bench.views`, with more calls: every answer is to one of 50 exercises of the platform, which all
schools share, and each class has 20 open assignments of 10 of them, set 100 days ago: all that was answered
since counts.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import psycopg2

from dev import cluster, postgres
from dev.bench import views
from dev.bench.schools import Some, fill
from dev.bench.stage import Stage, api_event

EXERCISES = """
    INSERT INTO exercises (id, topic, problem, expected, difficulty, discrimination, created_at, updated_at)
        SELECT gen_random_uuid(), 'addition', n || ' + 7', (n + 7)::text, n %% 5 - 2, 1, now(), now()
        FROM generate_series(1, 50) n;
    INSERT INTO exercise_skills (exercise_id, skill_id)
        SELECT e.id, s.id FROM exercises e JOIN skills s ON s.slug = 'addition';
"""
ASSIGNMENTS = """
    CREATE TEMP TABLE numbered ON COMMIT DROP AS
        SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM exercises WHERE school_id IS NULL;
    UPDATE attempts a SET exercise_id = e.id FROM numbered e
        WHERE a.exercise_id IS NULL AND e.n = abs(hashtext(a.id::text)) %% 50;
    CREATE TEMP TABLE new_assignments ON COMMIT DROP AS
        SELECT gen_random_uuid() AS id, c.school_id, c.id AS classroom_id, n
        FROM classrooms c, generate_series(1, 20) n
        WHERE NOT EXISTS (SELECT 1 FROM assignments a WHERE a.classroom_id = c.id);
    INSERT INTO assignments (id, school_id, kind, classroom_id, is_for_all, title, due_at, created_by,
            created_at, updated_at)
        SELECT id, school_id, 'teacher', classroom_id, true, 'Work ' || n, now() + n * interval '1 day', id,
            now() - interval '100 days', now() FROM new_assignments;
    INSERT INTO assignment_exercises (id, assignment_id, school_id, exercise_id, position)
        SELECT gen_random_uuid(), a.id, a.school_id, e.id, e.n
        FROM new_assignments a JOIN numbered e ON (e.n + a.n) %% 5 = 0;
"""


def calls(own: Some, assignment: str) -> dict[str, views.Event]:
    """What is measured: each call's name and event."""
    one, of_one = f"/v1/assignments/{assignment}", "/v1/assignments/{assignment_id}"
    body = {"classroom_id": str(own.classroom), "title": "Work", "count": 5, "for_each": True}

    def get(path: str, resource: str, caller: Any = own.teacher) -> views.Event:
        return api_event("GET", path, resource=resource, caller=caller)

    return {
        "list, 20 of a class": get("/v1/assignments", "/v1/assignments"),
        "list, a student's own": get("/v1/assignments", "/v1/assignments", own.student),
        "one": get(one, of_one),
        "one's progress": get(f"{one}/progress", f"{of_one}/progress"),
        "one's progress, a student": get(
            f"{one}/students/{own.student}", f"{of_one}/students/{{student_id}}", own.student
        ),
        "make one, for each student": api_event(
            "POST", "/v1/assignments", caller=own.teacher, body={**body, "skill_id": _skill()}
        ),
    }


def main(given: views.Arguments) -> None:
    """Measure and print every call beside each size of the other schools."""
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.start(Path(folder, "home"), durable=False) as server,
    ):
        Stage.made(server)
        superuser = psycopg2.connect(server.url(postgres.DATABASE, cluster.SUPERUSER))
        _write(superuser, EXERCISES)
        own = fill(superuser, views.OWN)
        results = []
        there = 0
        for answers in given.others:
            fill(superuser, views.other_schools(answers - there))
            there = answers
            _write(superuser, ASSIGNMENTS)
            measured = calls(own, _assignment(superuser, own))
            results.append({name: views.measure(event, given.rounds) for name, event in measured.items()})
            views.print_table(answers, results[0], results[-1])
            _write(superuser, "DELETE FROM assignments WHERE title = 'Work'")  # those that were just made
        superuser.close()
    if given.explain:
        views.print_plans(results[-1])


def _write(superuser: Any, sql: str) -> None:
    with superuser, superuser.cursor() as cursor:
        cursor.execute(sql, {})
    superuser.autocommit = True
    with superuser.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    superuser.autocommit = False


def _assignment(superuser: Any, own: Some) -> str:
    with superuser, superuser.cursor() as cursor:
        cursor.execute(
            "SELECT id::text FROM assignments WHERE classroom_id = %s ORDER BY id LIMIT 1",
            (str(own.classroom),),
        )
        return str(cursor.fetchone()[0])


def _skill() -> str:
    from chalicelib.store import database
    from chalicelib.store.models.work import Skill

    with database.connection():
        return str(Skill.get(Skill.slug == "addition").id)


if __name__ == "__main__":
    main(views.arguments())
