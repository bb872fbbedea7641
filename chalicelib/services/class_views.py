"""What a teacher sees of a class: heat map, bugs, and groups of students who share them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from chalicelib.caller import Caller
from chalicelib.learning import bkt
from chalicelib.schemas import mastery as schemas
from chalicelib.services import access, audit, class_record, findings, had_bugs
from chalicelib.store.database import database
from chalicelib.store.models.base import now

BUGS_WITHIN = timedelta(days=30)
BUGS_COUNTED = f"""
    WITH RECURSIVE asked AS (
        SELECT %(classroom)s::uuid AS classroom_id, %(since)s::timestamptz AS bugs_since
    ), {had_bugs.STUDENTS}, {had_bugs.BUGS} {had_bugs.COUNTED}
"""


class Seen(NamedTuple):
    """Who has a bug, in how many answers it was found, and when last."""

    students: set[UUID]
    answers: int
    last_at: datetime


def heat_map(caller: Caller, classroom_id: UUID) -> schemas.HeatMap:
    """A class, students by skills that any of them has practised, with the bugs that they have.

    One statement, and one that notes the look. Raises `NotFoundError`.
    """
    record = class_record.read(caller, classroom_id, now(), bugs_within=BUGS_WITHIN)
    audit.class_read(caller, record.id, "mastery")
    return schemas.HeatMap(
        classroom_id=record.id,
        name=record.name,
        skills=[
            schemas.HeatMapSkill(
                id=skill.id, slug=skill.slug, topic=skill.topic, name=skill.name, mean=_mean(record, skill.id)
            )
            for skill in record.skills
        ],
        students=[
            schemas.HeatMapRow(
                student_id=student,
                name=name,
                cells=[_cell(beliefs.get(skill.id)) for skill in record.skills],
                bugs=record.bugs[student],
            )
            for student, name in record.students.items()
            for beliefs in (record.beliefs[student],)
        ],
        bugs=[
            schemas.BugCount(bug=bug, name=findings.bug_text(bug, caller.locale)[0], students=len(students))
            for bug, students in sharing(record.bugs).items()
        ],
        updated_at=record.updated_at,
    )


def bugs(caller: Caller, classroom_id: UUID, query: schemas.BugQuery) -> schemas.ClassBugs:
    """The bugs that students of a class have, the most shared first. Raises `NotFoundError`."""
    classroom = access.classroom(caller, classroom_id)
    audit.class_read(caller, classroom.id, "bugs")
    values = {"classroom": str(classroom.id), "since": now() - timedelta(days=query.days)}
    rows = database.execute_sql(BUGS_COUNTED, values).fetchall()
    seen = counted((UUID(student), diagnosed, answers, last) for student, diagnosed, answers, last in rows)
    return schemas.ClassBugs(
        classroom_id=classroom.id,
        bugs=[_shared_bug(caller.locale, bug, found) for bug, found in seen.items()],
    )


def groups(caller: Caller, classroom_id: UUID, query: schemas.BugQuery) -> schemas.ClassGroups:
    """The students of a class who have a bug in common with others, and who has none in common.

    Raises `NotFoundError`.
    """
    record = class_record.read(caller, classroom_id, now(), bugs_within=timedelta(days=query.days))
    audit.class_read(caller, record.id, "groups")
    found = grouped(record.bugs)
    together = {student for students in found for student in students}
    return schemas.ClassGroups(
        classroom_id=record.id,
        groups=[
            schemas.BugGroup(
                bugs=[_group_bug(caller.locale, bug) for bug in shared],
                students=[schemas.Pupil(student_id=each, name=record.students[each]) for each in students],
            )
            for students, shared in found.items()
        ],
        alone=[
            schemas.Pupil(student_id=student, name=name)
            for student, name in record.students.items()
            if record.bugs[student] and student not in together
        ],
    )


def sharing(bugs_of: Mapping[UUID, Iterable[str]]) -> dict[str, list[UUID]]:
    """Who has each bug, in the order of `bugs_of`; the most shared bug first."""
    who: dict[str, list[UUID]] = defaultdict(list)
    for student, bugs_had in bugs_of.items():
        for bug in bugs_had:
            who[bug].append(student)
    return dict(sorted(who.items(), key=lambda item: (-len(item[1]), item[0])))


def grouped(bugs_of: Mapping[UUID, Iterable[str]]) -> dict[tuple[UUID, ...], list[str]]:
    """Each set of two or more students with the bugs that exactly they have; the largest set first.

    Bugs which the same students have make one group of them, not several.
    """
    found: dict[tuple[UUID, ...], list[str]] = defaultdict(list)
    for bug, students in sharing(bugs_of).items():
        if len(students) > 1:
            found[tuple(students)].append(bug)
    return dict(found)


def counted(rows: Iterable[tuple[UUID, str, int, datetime]]) -> dict[str, Seen]:
    """Each bug with who has it, the most shared first.

    A row holds who was diagnosed, with what, in how many answers, and when it was answered last.
    """
    found: dict[str, Seen] = {}
    for student, diagnosed, answers, last_at in rows:
        for bug in had_bugs.each(diagnosed):
            before = found.get(bug, Seen(set(), 0, last_at))
            found[bug] = Seen(
                before.students | {student}, before.answers + answers, max(before.last_at, last_at)
            )
    return dict(sorted(found.items(), key=lambda item: (-len(item[1].students), -item[1].answers, item[0])))


def _cell(belief: class_record.Belief | None) -> schemas.HeatMapCell | None:
    if belief is None:
        return None
    return schemas.HeatMapCell(
        p_known=belief.p_known,
        level=bkt.level(belief.p_known),
        trend=belief.trend,
        attempts=belief.attempts,
    )


def _mean(record: class_record.ClassRecord, skill_id: UUID) -> float:
    known = [row[skill_id].p_known for row in record.beliefs.values() if skill_id in row]
    return sum(known) / len(known)


def _shared_bug(locale: str, bug: str, seen: Seen) -> schemas.SharedBug:
    name, explanation = findings.bug_text(bug, locale)
    return schemas.SharedBug(
        bug=bug,
        name=name,
        explanation=explanation,
        students=len(seen.students),
        attempts=seen.answers,
        student_ids=sorted(seen.students),
        last_seen_at=seen.last_at,
    )


def _group_bug(locale: str, bug: str) -> schemas.GroupBug:
    name, explanation = findings.bug_text(bug, locale)
    return schemas.GroupBug(bug=bug, name=name, explanation=explanation)
