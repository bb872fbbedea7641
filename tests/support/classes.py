"""A class whose past can be written at will: beliefs, answers and bugs, each at its own moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from tests.integration.accounts.conftest import Person, World

ATTEMPT = """
    INSERT INTO attempts (id, school_id, student_id, topic, problem, answer, steps, verdict, status,
        answered_at, created_at, updated_at)
    VALUES (%(id)s, %(school)s, %(student)s, 'subtraction', '503 - 278', '375', '[]', 'incorrect', 'final',
        %(at)s, %(at)s, %(at)s)
"""
BELIEF = """
    INSERT INTO mastery (student_id, skill_id, school_id, p_known, seq, updated_at)
    VALUES (%(student)s, %(skill)s, %(school)s, %(p_known)s, 1, %(at)s)
    ON CONFLICT (student_id, skill_id) DO UPDATE
        SET p_known = excluded.p_known, seq = mastery.seq + 1, updated_at = excluded.updated_at;
    INSERT INTO attempt_skills (attempt_id, skill_id, school_id, student_id, seq, parameter_version,
        is_correct, p_known, created_at)
    SELECT %(id)s, skill_id, school_id, student_id, seq, 1, true, p_known, %(at)s FROM mastery
    WHERE student_id = %(student)s AND skill_id = %(skill)s
"""
DIAGNOSIS = """
    INSERT INTO diagnoses (id, attempt_id, school_id, student_id, source, verdict, expected, candidates,
        unexplained, locale, bug, probability, is_current, created_at)
    VALUES (%(diagnosis)s, %(id)s, %(school)s, %(student)s, 'rule', 'incorrect', '225', '[]', 0, 'en',
        %(bug)s, %(probability)s, true, %(at)s)
"""


class Class:
    """A class with one teacher, in a school of its own. `owner` is a cursor of the database's owner."""

    def __init__(self, world: World, owner: Any, *, time_zone: str = "UTC", holidays: str = "[]") -> None:
        self.world, self.owner = world, owner
        self.school = world.school()
        self.teacher = world.person(self.school, "teacher")
        self.id = world.classroom(self.school, (self.teacher, "teacher")).id
        owner.execute(
            "UPDATE schools SET time_zone = %s, holidays = %s WHERE id = %s",
            (time_zone, holidays, str(self.school)),
        )
        owner.execute("SELECT slug, id FROM skills")
        self.skills = {slug: str(skill_id) for slug, skill_id in owner.fetchall()}

    def student(self, joined: datetime) -> Person:
        """A student who joined the class at that moment."""
        student = self.world.person(self.school, "student")
        self.put(student, joined)
        return student

    def put(self, student: Person, joined: datetime) -> None:
        """Put a student of the school into the class."""
        self.owner.execute(
            "INSERT INTO memberships (classroom_id, user_id, school_id, role, joined_at)"
            " VALUES (%s, %s, %s, 'student', %s)",
            (str(self.id), str(student.id), str(self.school), joined),
        )

    def leave(self, student: Person) -> None:
        """Take a student out of the class."""
        self.owner.execute("DELETE FROM memberships WHERE user_id = %s", (str(student.id),))

    def answer(
        self,
        student: Person,
        at: datetime,
        *,
        beliefs: dict[str, float] | None = None,
        bug: str | None = None,
        probability: float = 0.9,
    ) -> UUID:
        """An answer at that moment: what is believed of skills after it, by slug, and the bug it shows."""
        attempt_id = uuid4()
        values = {
            "id": str(attempt_id),
            "school": str(self.school),
            "student": str(student.id),
            "at": at,
            "diagnosis": str(uuid4()),
            "bug": bug,
            "probability": probability if bug else None,
        }
        self.owner.execute(ATTEMPT, values)
        self.owner.execute(DIAGNOSIS, values)
        for slug, p_known in (beliefs or {}).items():
            self.owner.execute(BELIEF, {**values, "skill": self.skills[slug], "p_known": p_known})
        return attempt_id
