"""Fill a database with whole schools, a million answers if need be: Postgres writes the rows itself.

For benchmarks alone, as its superuser. The answers of each student and skill lie evenly over the last `days`.
Every third is wrong, and half of the wrong ones show one of six bugs.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

NEW = """
    CREATE TEMP TABLE new_schools ON COMMIT DROP AS
        SELECT gen_random_uuid() AS id FROM generate_series(1, %(schools)s);
    CREATE TEMP TABLE new_classes ON COMMIT DROP AS
        SELECT s.id AS school_id, gen_random_uuid() AS id, gen_random_uuid() AS teacher_id
        FROM new_schools s, generate_series(1, %(classes)s);
    CREATE TEMP TABLE new_students ON COMMIT DROP AS
        SELECT c.school_id, c.id AS classroom_id, gen_random_uuid() AS id
        FROM new_classes c, generate_series(1, %(students)s);
    CREATE TEMP TABLE new_answers ON COMMIT DROP AS
        SELECT s.school_id, s.id AS student_id, k.id AS skill_id, k.topic, seq,
            gen_random_uuid() AS id, gen_random_uuid() AS diagnosis_id, seq %% 3 <> 0 AS is_right,
            0.5 + 0.49 * sin(seq + k.position) AS p_known,
            now() - make_interval(secs => %(days)s * 86400.0 * (%(each)s - seq) / %(each)s) AS at
        FROM new_students s,
            (SELECT id, topic, position FROM skills WHERE retired_at IS NULL
                ORDER BY position, id LIMIT %(skills)s) AS k,
            generate_series(1, %(each)s) AS seq;
"""
PEOPLE = """
    INSERT INTO schools (id, name, time_zone, holidays, age_of_consent, plan, languages, created_at,
            updated_at)
        SELECT id, 'Bench', 'Europe/Madrid', '[]', 14, 'free', '["en"]', now(), now() FROM new_schools;
    INSERT INTO users (id, school_id, role, status, name, locale, email, username, token_version, created_at,
            updated_at)
        SELECT teacher_id, school_id, 'teacher', 'active', 'Teacher', 'en', teacher_id || '@bench.example',
            NULL, 1, now(), now() FROM new_classes
        UNION ALL
        SELECT id, id, 'admin', 'active', 'Admin', 'en', id || '@bench.example', NULL, 1, now(), now()
            FROM new_schools
        UNION ALL
        SELECT id, school_id, 'student', 'active', 'Student ' || left(id::text, 4), 'en', NULL, id::text, 1,
            now(), now() FROM new_students;
    INSERT INTO classrooms (id, school_id, name, code, created_at, updated_at)
        SELECT id, school_id, '5a', id::text, now(), now() FROM new_classes;
    INSERT INTO memberships (classroom_id, user_id, school_id, role, joined_at)
        SELECT id, teacher_id, school_id, 'teacher', now() - interval '200 days' FROM new_classes
        UNION ALL
        SELECT classroom_id, id, school_id, 'student', now() - interval '200 days' FROM new_students;
"""
WORK = """
    INSERT INTO attempts (id, school_id, student_id, topic, problem, answer, steps, verdict, status,
            answered_at, created_at, updated_at)
        SELECT id, school_id, student_id, topic, '503 - 278', CASE WHEN is_right THEN '225' ELSE '375' END,
            '[]', CASE WHEN is_right THEN 'correct' ELSE 'incorrect' END, 'final', at, at, at
        FROM new_answers;
    INSERT INTO diagnoses (id, attempt_id, school_id, student_id, source, verdict, expected, candidates,
            unexplained, locale, bug, probability, is_current, created_at)
        SELECT diagnosis_id, id, school_id, student_id, 'rule',
            CASE WHEN is_right THEN 'correct' ELSE 'incorrect' END, '225', '[]', 0, 'en', bug,
            CASE WHEN bug IS NOT NULL THEN CASE WHEN seq %% 2 = 0 THEN 0.9 ELSE 0.5 END END, true, at
        FROM (
            SELECT *, CASE WHEN NOT is_right THEN (%(bugs)s::text[])[
                1 + (seq / 6 + ascii(right(student_id::text, 1))) %% cardinality(%(bugs)s::text[])
            ] END AS bug FROM new_answers
        ) AS said;
    INSERT INTO attempt_skills (attempt_id, skill_id, school_id, student_id, seq, parameter_version,
            is_correct, p_known, created_at)
        SELECT id, skill_id, school_id, student_id, seq, 1, is_right, p_known, at FROM new_answers;
    INSERT INTO mastery (student_id, skill_id, school_id, p_known, seq, updated_at)
        SELECT student_id, skill_id, school_id, p_known, seq, at FROM new_answers WHERE seq = %(each)s;
"""
EXERCISES = """
    CREATE TEMP TABLE new_exercises ON COMMIT DROP AS
        SELECT gen_random_uuid() AS id, k.id AS skill_id, k.topic, n, (n %% 7) - 3.0 AS difficulty
        FROM generate_series(1, %(each)s) AS n, (
            SELECT id, topic FROM skills WHERE retired_at IS NULL ORDER BY position, id LIMIT %(skills)s
        ) AS k;
    INSERT INTO exercises (id, topic, problem, expected, difficulty, discrimination, created_at, updated_at)
        SELECT id, topic, 503 + n || ' - 278', 225 + n, difficulty, 1, now(), now() FROM new_exercises;
    INSERT INTO exercise_skills (exercise_id, skill_id) SELECT id, skill_id FROM new_exercises;
"""
SOME = """
    SELECT s.school_id::text, c.teacher_id::text, s.id::text, c.id::text,
        (SELECT id::text FROM new_answers a WHERE a.student_id = s.id LIMIT 1)
    FROM new_students s JOIN new_classes c ON c.id = s.classroom_id LIMIT 1
"""


class Size(NamedTuple):
    """How many of each; `each`: answers of every student to every skill, within so many `days`."""

    schools: int
    classes: int
    students: int
    skills: int
    each: int
    days: int

    @property
    def answers(self) -> int:
        """All answers."""
        return self.schools * self.classes * self.students * self.skills * self.each


class Some(NamedTuple):
    """Somebody of the new schools; the admin's id is the school's."""

    school: UUID
    teacher: UUID
    student: UUID
    classroom: UUID
    attempt: UUID


def exercises(connection: Any, skills: int, each: int) -> None:
    """Write `each` of the platform's exercises for each of so many skills."""
    with connection, connection.cursor() as cursor:
        cursor.execute(EXERCISES, {"skills": skills, "each": each})


def fill(connection: Any, size: Size) -> Some:
    """Write schools, and have Postgres look at what it has now. `connection` is the superuser's."""
    values = {**size._asdict(), "bugs": bugs()}
    with connection, connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # what is written is sound already
        for sql in (NEW, PEOPLE, WORK):
            cursor.execute(sql, values)
        cursor.execute(SOME)
        found = Some(*map(UUID, cursor.fetchone()))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.autocommit = False
    return found


def bugs() -> list[str]:
    """Six bugs of the catalogue."""
    from chalicelib.diagnosis import catalogue

    return [bug.id for bug in catalogue.bugs("subtraction")][:6]
