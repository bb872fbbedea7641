"""What choosing the next exercise costs a school beside small and large other schools.

    python -m dev.bench.practice_cost [CALLS] [--explain] [--other=10000,1000000]

As `dev.bench.views`, of which this is one more call, with exercises: 400 of the own school, 200 of the
platform, 60 of each other school, each given to some students this week. Every call chooses anew, as if the
exercise before had waited for more than an hour.
"""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg2

from dev import cluster, postgres
from dev.bench import views
from dev.bench.schools import fill
from dev.bench.stage import Stage, api_event

# What the calls before have made and given: each size begins with the same.
FORGET = """
    DELETE FROM practice_given WHERE school_id = %(own)s;
    DELETE FROM exercise_skills WHERE school_id = %(own)s;
    DELETE FROM exercises WHERE school_id = %(own)s;
"""
EXERCISES = """
    CREATE TEMP TABLE bench_exercises ON COMMIT DROP AS
        SELECT gen_random_uuid() AS id, o.school_id, k.id AS skill_id, k.topic, n
        FROM (
            SELECT id AS school_id, CASE WHEN id = %(own)s THEN 400 ELSE 60 END AS count FROM schools s
            WHERE NOT EXISTS (SELECT 1 FROM exercises e WHERE e.school_id = s.id)
            UNION ALL SELECT NULL, 200 WHERE NOT EXISTS (SELECT 1 FROM exercises WHERE school_id IS NULL)
        ) o, generate_series(1, o.count) n
        JOIN LATERAL (SELECT id, topic FROM skills ORDER BY position OFFSET n %% 8 LIMIT 1) k ON true;
    INSERT INTO exercises (id, school_id, topic, problem, expected, difficulty, discrimination, created_at,
            updated_at)
        SELECT id, school_id, topic, (n + 20) || ' + ' || (n + 7), (2 * n + 27)::text, n %% 5 - 2, 1,
            now(), now()
        FROM bench_exercises;
    INSERT INTO exercise_skills (exercise_id, skill_id, school_id)
        SELECT id, skill_id, school_id FROM bench_exercises;
    INSERT INTO practice_given (id, school_id, student_id, exercise_id, skill_id, source, reason, given_at)
        SELECT gen_random_uuid(), b.school_id, u.id, b.id, b.skill_id, 'next', 'learning',
            now() - make_interval(hours => 2 + b.n)
        FROM bench_exercises b
        JOIN LATERAL (
            SELECT id FROM users WHERE school_id = b.school_id AND role = 'student'
            ORDER BY id OFFSET b.n %% 5 LIMIT 5
        ) u ON true;
"""


def main(given: views.Arguments) -> None:
    """Measure and print the call beside each size of the other schools."""
    from chalicelib.services import practice

    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.start(Path(folder, "home"), durable=False) as server,
    ):
        Stage.made(server)
        practice.WAITS = timedelta(0)
        superuser = psycopg2.connect(server.url(postgres.DATABASE, cluster.SUPERUSER))
        own = fill(superuser, views.OWN)
        event = api_event("POST", "/v1/practice/next", caller=own.student, body={})
        results = []
        there = 0
        for answers in given.others:
            fill(superuser, views.other_schools(answers - there))
            there = answers
            _add_exercises(superuser, str(own.school))
            results.append({"next exercise": views.measure(event, given.rounds)})
            views.print_table(answers, results[0], results[-1])
        superuser.close()
    if given.explain:
        views.print_plans(results[-1])


def _add_exercises(superuser: Any, own_school: str) -> None:
    with superuser, superuser.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(FORGET + EXERCISES, {"own": own_school})
    superuser.autocommit = True
    with superuser.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    superuser.autocommit = False


if __name__ == "__main__":
    main(views.arguments())
