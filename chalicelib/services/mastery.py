"""What is read of mastery: a student's skills, a class's heat map, the bugs that a class shares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from chalicelib.caller import STUDENT, Caller
from chalicelib.learning import bkt
from chalicelib.schemas import mastery as schemas
from chalicelib.services import access, audit, findings
from chalicelib.services.skills import name_in
from chalicelib.store.database import database
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Membership
from chalicelib.store.models.people import User
from chalicelib.store.models.work import Mastery, Skill

HAS_BUG = 0.8  # from this probability on, a student is said to have a bug
# Two bugs that show together (`id+id`) are each had; a single slip (`slip.kind`) is no bug.
BUGS_OF_CLASS = """
    SELECT found.bug, count(DISTINCT d.student_id), count(*), array_agg(DISTINCT d.student_id::text),
        max(a.answered_at)
    FROM diagnoses d
    JOIN attempts a ON a.id = d.attempt_id
    JOIN memberships m ON m.user_id = d.student_id AND m.role = 'student'
    JOIN users u ON u.id = d.student_id AND u.status <> 'deleted'
    CROSS JOIN LATERAL string_to_table(d.bug, '+') AS found (bug)
    WHERE m.classroom_id = %(classroom)s AND d.school_id = %(school)s AND d.is_current
        AND d.probability >= %(probability)s AND a.answered_at >= %(since)s
        AND found.bug NOT LIKE 'slip.%%'
    GROUP BY found.bug
    ORDER BY 2 DESC, 3 DESC, 1
"""


def of_student(caller: Caller, student_id: UUID) -> schemas.StudentMastery:
    """What one student is believed to know of each skill they have practised. Raises `NotFoundError`."""
    student = access.student(caller, student_id)
    audit.student_read(caller, student.id, "mastery")
    rows = (
        Mastery.select(Mastery, Skill)
        .join(Skill)
        .where(Mastery.student_id == student.id)
        .order_by(Skill.position, Skill.id)
    )
    return schemas.StudentMastery(
        student_id=student.id,
        skills=[
            schemas.SkillMastery(
                skill_id=row.skill.id,
                slug=row.skill.slug,
                topic=row.skill.topic,
                name=name_in(row.skill.name, caller.locale),
                p_known=row.p_known,
                level=bkt.level(row.p_known),
                attempts=row.seq,
                updated_at=row.updated_at,
            )
            for row in rows
        ],
    )


def of_classroom(caller: Caller, classroom_id: UUID) -> schemas.HeatMap:
    """A class, students by skills that any of them has practised, in three statements.

    Raises `NotFoundError`.
    """
    classroom = access.classroom(caller, classroom_id)
    students: Any = (
        User.select(User.id, User.name)
        .join(Membership, on=(Membership.user_id == User.id))
        .where(Membership.classroom_id == classroom.id, Membership.role == STUDENT, User.status != "deleted")
        .order_by(User.name, User.id)
    )
    names: dict[UUID, str] = dict(students.tuples())
    cells: Any = (
        Mastery.select(
            Mastery.student_id, Mastery.p_known, Mastery.seq, Skill.id, Skill.slug, Skill.topic, Skill.name
        )
        .join(Skill)
        .where(Mastery.student_id.in_(list(names)))
        .order_by(Skill.position, Skill.id)
        .tuples()
    )
    skills: dict[UUID, tuple[str, str, dict[str, str]]] = {}
    known: dict[UUID, dict[UUID, schemas.HeatMapCell]] = {student_id: {} for student_id in names}
    for student_id, p_known, seq, skill_id, slug, topic, name in cells:
        skills[skill_id] = (slug, topic, name)
        cell = schemas.HeatMapCell(p_known=p_known, level=bkt.level(p_known), attempts=seq)
        known[student_id][skill_id] = cell
    return schemas.HeatMap(
        classroom_id=classroom.id,
        skills=[
            schemas.HeatMapSkill(
                id=skill_id,
                slug=slug,
                topic=topic,
                name=name_in(name, caller.locale),
                mean=_mean(row[skill_id].p_known for row in known.values() if skill_id in row),
            )
            for skill_id, (slug, topic, name) in skills.items()
        ],
        students=[
            schemas.HeatMapRow(
                student_id=student_id,
                name=name,
                cells=[known[student_id].get(skill_id) for skill_id in skills],
            )
            for student_id, name in names.items()
        ],
    )


def bugs_of_classroom(caller: Caller, classroom_id: UUID, query: schemas.BugQuery) -> schemas.ClassBugs:
    """The bugs that students of a class have, the most shared first. Raises `NotFoundError`."""
    classroom = access.classroom(caller, classroom_id)
    values = {
        "classroom": str(classroom.id),
        "school": str(classroom.school_id),
        "probability": HAS_BUG,
        "since": now() - timedelta(days=query.days),
    }
    rows = database.execute_sql(BUGS_OF_CLASS, values).fetchall()
    return schemas.ClassBugs(
        classroom_id=classroom.id,
        bugs=[_shared_bug(caller.locale, *row) for row in rows],
    )


def _shared_bug(
    locale: str, bug: str, students: int, attempts: int, student_ids: list[str], last_seen_at: Any
) -> schemas.SharedBug:
    name, explanation = findings.bug_text(bug, locale)
    return schemas.SharedBug(
        bug=bug,
        name=name,
        explanation=explanation,
        students=students,
        attempts=attempts,
        student_ids=[UUID(each) for each in student_ids],
        last_seen_at=last_seen_at,
    )


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
