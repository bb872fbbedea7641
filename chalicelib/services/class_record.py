"""What stands about a class: its students, what they are believed to know, and the bugs that they have.

All of it in one statement, together with whether the caller may see the class. Its cost follows the students
and their skills and bugs, and not the answers that lie behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from peewee import SQL, NodeList

from chalicelib.caller import Caller
from chalicelib.errors import NotFoundError
from chalicelib.services import access, had_bugs
from chalicelib.services.skills import name_in
from chalicelib.store.models.classes import Classroom

TREND_DAYS = 7
TREND = timedelta(days=TREND_DAYS)  # over which a change of belief is told

# What was believed at a moment: the belief after the last answer that was counted by then. In the order of
# the index, so that it is one look-up.
HELD_AT = """
    SELECT a.p_known FROM attempt_skills a
    WHERE a.student_id = k.student_id AND a.skill_id = k.skill_id AND a.is_correct IS NOT NULL
        AND a.created_at <= (SELECT trend_since FROM asked)
    ORDER BY a.created_at DESC, a.seq DESC LIMIT 1
"""
ASKED = "(WITH RECURSIVE asked AS (SELECT %s::timestamptz AS trend_since, %s::timestamptz AS bugs_since, "
RECORD = f"""
     AS classroom_id), {had_bugs.STUDENTS}, {had_bugs.BUGS}, cells AS (
        SELECT k.student_id, k.skill_id, k.p_known, k.seq - k.uncounted AS attempts, k.updated_at,
            ({HELD_AT}) AS before
        FROM students JOIN mastery k ON k.student_id = students.id AND k.seq > k.uncounted
    )
    SELECT json_build_array(
        (SELECT json_agg(json_build_array(id, name) ORDER BY name, id) FROM students),
        (SELECT json_agg(json_build_array(id, slug, topic, name) ORDER BY position, id)
            FROM skills WHERE id IN (SELECT skill_id FROM cells)),
        (SELECT json_agg(json_build_array(student_id, skill_id, p_known, attempts, before)) FROM cells),
        (SELECT json_agg(json_build_array(student_id, bug)) FROM ({had_bugs.SEEN_SINCE}) AS seen),
        (SELECT max(updated_at) FROM cells)
    ))
"""  # noqa: S608 (parts of this package)


class SkillNamed(NamedTuple):
    """A skill that students of the class have practised."""

    id: UUID
    slug: str
    topic: str
    name: str


class Belief(NamedTuple):
    """What a student is believed to know of a skill, and was 7 days ago: None before the first answer."""

    p_known: float
    attempts: int
    before: float | None

    @property
    def trend(self) -> float | None:
        """By how much the belief has changed in the 7 days."""
        return None if self.before is None else self.p_known - self.before


class ClassRecord(NamedTuple):
    """Students by name, skills in their order; beliefs by student and skill; bugs by student."""

    id: UUID
    name: str
    school_id: UUID
    students: dict[UUID, str]
    skills: list[SkillNamed]
    beliefs: dict[UUID, dict[UUID, Belief]]
    bugs: dict[UUID, list[str]]
    updated_at: datetime | None


def read(caller: Caller, classroom_id: UUID, at: datetime, *, bugs_within: timedelta) -> ClassRecord:
    """The record of a class that `caller` may see, at the moment `at`, with names in the caller's language.

    `bugs_within`: how long ago a bug was seen last for a student still to have it. Raises `NotFoundError`.
    """
    whole = NodeList((SQL(ASKED, (at - TREND, at - bugs_within)), Classroom.id, SQL(RECORD)))
    visible = access.visible_classrooms(caller).where(Classroom.id == classroom_id)
    found = visible.select(Classroom.name, Classroom.school, whole.alias("record")).tuples().first()
    if found is None:
        raise NotFoundError()
    name, school_id, (students, skills, cells, seen, updated_at) = found
    ids = {text: UUID(text) for text, *_ in (*(students or ()), *(skills or ()))}
    names = {ids[student]: said for student, said in students or ()}
    beliefs: dict[UUID, dict[UUID, Belief]] = {student: {} for student in names}
    for student, skill, *belief in cells or ():
        beliefs[ids[student]][ids[skill]] = Belief(*belief)
    return ClassRecord(
        id=classroom_id,
        name=name,
        school_id=school_id,
        students=names,
        skills=list(_skills(skills or (), caller.locale)),
        beliefs=beliefs,
        bugs=had_bugs.by_student(names, ((ids[student], bug) for student, bug in seen or ())),
        updated_at=datetime.fromisoformat(updated_at).astimezone(UTC) if updated_at else None,
    )


def _skills(rows: Any, locale: str) -> Iterator[SkillNamed]:
    names: Mapping[str, str]
    for skill_id, slug, topic, names in rows:
        yield SkillNamed(UUID(skill_id), slug, topic, name_in(dict(names), locale))
