"""Fill a database quickly: one school, one class, its attempts written as rows. For benchmarks alone."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from chalicelib.learning import bkt
from chalicelib.store import database
from chalicelib.store.ids import uuid7
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Classroom, Membership
from chalicelib.store.models.people import School, User
from chalicelib.store.models.work import Attempt, AttemptSkill, Diagnosis, Mastery, Skill

BATCH = 1000


def fill(students: int, skills: int, attempts_each: int) -> tuple[UUID, UUID, UUID, UUID]:
    """A class of `students`, each with `attempts_each` attempts on every one of `skills` skills.

    Gives back the ids of the teacher, one student, the classroom and one of that student's attempts.
    """
    school, classroom = uuid7(), uuid7()
    with database.transaction() as db:
        db.execute_sql("SELECT enter_new_school(%s)", (str(school),))
        School.create(id=school, name="Bench")
        teacher = _user(school, "teacher", f"t{school.hex}@bench.example")
        Classroom.create(id=classroom, school=school, name="5a", code=f"BENCH{str(classroom)[-8:]}")
        Membership.create(classroom_id=classroom, user_id=teacher, school=school, role="teacher")
        people = [_user(school, "student", f"s{number}") for number in range(students)]
        for student in people:
            Membership.create(classroom_id=classroom, user_id=student, school=school, role="student")
        chosen = [skill.id for skill in Skill.select(Skill.id).order_by(Skill.position).limit(skills)]
        last = [_attempts(school, student, chosen, attempts_each) for student in people]
    return teacher, people[0], classroom, last[0]


def _user(school: UUID, role: str, name: str) -> UUID:
    key = {"email": name} if "@" in name else {"username": name}
    return User.create(school=school, role=role, name=name, **key).id  # type: ignore[no-any-return]


def _attempts(school: UUID, student: UUID, skills: list[UUID], each: int) -> UUID:
    """Write one student's attempts with their diagnoses and the mastery they lead to; the last one's id."""
    attempts, diagnoses, moves, mastery = [], [], [], []
    parameters = bkt.Parameters()
    attempt = student
    for skill in skills:
        p_known = parameters.p_init
        for seq in range(1, each + 1):
            attempt, right = uuid7(), seq % 3 != 0
            verdict = "correct" if right else "incorrect"
            when = now() - timedelta(minutes=each - seq)
            p_known = bkt.update(p_known, right, parameters)
            shared = {"school": school, "student_id": student}
            attempts.append(
                {
                    "id": attempt,
                    "topic": "subtraction",
                    "problem": "503 - 278",
                    "answer": "225" if right else "375",
                }
                | {"steps": [], "verdict": verdict, "status": "final", "answered_at": when, **shared}
            )
            diagnoses.append(
                {"attempt_id": attempt, "source": "rule", "verdict": verdict, "expected": "225", **shared}
                | {"candidates": [], "bug": None if right else "subtraction.smaller_from_larger"}
                | {"probability": None if right else 0.9}
            )
            moves.append(
                {"attempt_id": attempt, "skill": skill, "seq": seq, "parameter_version": 1, **shared}
                | {"is_correct": right, "p_known": p_known}
            )
        mastery.append(
            {"student_id": student, "skill": skill, "school": school, "p_known": p_known, "seq": each}
        )
    for model, rows in (
        (Attempt, attempts),
        (Diagnosis, diagnoses),
        (AttemptSkill, moves),
        (Mastery, mastery),
    ):
        for start in range(0, len(rows), BATCH):
            model.insert_many(rows[start : start + BATCH]).execute()
    return attempt
