"""What the choice of the next exercise rests on: a student's beliefs, abilities, suspected bugs and past."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from chalicelib.learning import irt, selection, suspicion
from chalicelib.learning.selection import Aim, Skill
from chalicelib.learning.suspicion import Suspicion
from chalicelib.services import retirement
from chalicelib.store.database import database
from chalicelib.store.models.base import now
from chalicelib.store.models.work import RIGHT

LATELY = timedelta(days=14)  # what was seen since then is not given again
ANSWERS = 40  # the last ones, from which bugs are suspected
HISTORY = 20  # of them that a probe is made with
FAINT = 0.05  # a bug less probable than this is not worth to be followed
SUSPECTS = 8  # the most probable bugs, which a probe is to tell apart
RESPONSES = 6  # the last ones of a skill tell the ability: a learner is no longer as able as before

# A skill is of the student's course where they or others of their classes have practised it.
SKILLS = """
    WITH mates AS (
        SELECT %(student)s::uuid AS id
        UNION SELECT m.user_id FROM memberships own
        JOIN classrooms c ON c.id = own.classroom_id AND c.archived_at IS NULL
        JOIN memberships m ON m.classroom_id = own.classroom_id AND m.role = 'student'
        WHERE own.user_id = %(student)s AND own.role = 'student'
    ), course AS (
        SELECT DISTINCT k.skill_id AS id FROM mates JOIN mastery k ON k.student_id = mates.id
        WHERE k.seq > k.uncounted
    )
    SELECT s.id::text, s.slug, s.topic, s.name, s.position, p.p_transit,
        coalesce(k.p_known, p.p_init), coalesce(k.seq - k.uncounted, 0),
        ARRAY(SELECT q.prerequisite_id::text FROM skill_prerequisites q WHERE q.skill_id = s.id ORDER BY 1),
        s.id IN (SELECT id FROM course),
        (SELECT json_agg(json_build_array(e.difficulty, e.discrimination, l.is_correct)) FROM (
            SELECT m.attempt_id, m.is_correct FROM attempt_skills m
            WHERE m.student_id = %(student)s AND m.skill_id = s.id AND m.is_correct IS NOT NULL
            ORDER BY m.seq DESC LIMIT %(responses)s
        ) l JOIN attempts a ON a.id = l.attempt_id LEFT JOIN exercises e ON e.id = a.exercise_id)
    FROM skills s
    JOIN skill_parameters p ON p.skill_id = s.id AND p.version = s.parameter_version
    LEFT JOIN mastery k ON k.student_id = %(student)s AND k.skill_id = s.id
    WHERE s.retired_at IS NULL
    ORDER BY s.position, s.id
"""
LAST_ANSWERS = """
    SELECT a.problem, a.answer, a.topic, a.verdict, a.answered_at,
        ARRAY(SELECT m.skill_id::text FROM attempt_skills m WHERE m.attempt_id = a.id),
        (SELECT json_agg(json_build_array(c -> 'bug', c -> 'probability'))
            FROM jsonb_array_elements(d.candidates) c)
    FROM attempts a JOIN diagnoses d ON d.attempt_id = a.id AND d.is_current
    WHERE a.student_id = %(student)s AND a.verdict <> 'unreadable'
    ORDER BY a.answered_at DESC, a.id DESC LIMIT %(most)s
"""


class Known(NamedTuple):
    """A skill as it is shown, and the student's ability in it."""

    id: UUID
    slug: str
    topic: str
    name: dict[str, str]
    ability: irt.Ability


class Past(NamedTuple):
    """An earlier answer: which bugs were found in it, by probability."""

    problem: str
    answer: str
    topic: str
    right: bool
    answered_at: datetime
    skill_ids: tuple[UUID, ...]
    found: Mapping[str, float]


class State(NamedTuple):
    """A student, as far as the choice goes. `past` is oldest first; `skills` are those of the course."""

    school_id: UUID
    student_id: UUID
    known: Mapping[UUID, Known]
    skills: Sequence[Skill]
    past: Sequence[Past]
    suspected: Mapping[str, Suspicion]

    def aims(self, wanted: UUID | None, tired_of: frozenset[str] = frozenset()) -> list[Aim]:
        """What to aim at, the best first."""
        return selection.aims(self.skills, self.suspected.values(), wanted=wanted, tired_of=tired_of)

    def shares(self, topic: str) -> dict[str, float]:
        """The suspected bugs of a topic by probability, the most probable ones."""
        found = [each for bug, each in self.suspected.items() if bug.startswith(f"{topic}.")]
        found.sort(key=lambda each: (-each.probability, each.bug))
        return {each.bug: each.probability for each in found[:SUSPECTS]}

    def history(self, topic: str) -> list[tuple[str, str]]:
        """The last problems and answers of a topic, oldest first."""
        return [(each.problem, each.answer) for each in self.past if each.topic == topic][-HISTORY:]

    def lately(self) -> set[str]:
        """The problems that were answered lately."""
        since = now() - LATELY
        return {each.problem for each in self.past if each.answered_at >= since}


def read(school_id: UUID, student_id: UUID, wanted: UUID | None) -> State:
    """The student's state, in two statements; of the skills also `wanted` with all that comes before it."""
    values = {"student": str(student_id), "responses": RESPONSES, "most": ANSWERS}
    rows = database.execute_sql(SKILLS, values).fetchall()
    known, skills, course = _skills(rows)
    by_key = {skill.key: skill for skill in skills}
    asked: list[Hashable] = [*course, *([wanted] if wanted else [])] or [skill.key for skill in skills]
    within = {key for each in asked for key in selection.with_all_before(each, by_key)}
    past = [_past(row) for row in database.execute_sql(LAST_ANSWERS, values).fetchall()][::-1]
    return State(
        school_id=school_id,
        student_id=student_id,
        known=known,
        skills=[skill for skill in selection.implied(skills) if skill.key in within],
        past=past,
        suspected=_suspected(past, known),
    )


def _skills(rows: Sequence[Any]) -> tuple[dict[UUID, Known], list[Skill], list[UUID]]:
    """All skills as they are shown and as they are believed, and the ids of those of the course."""
    known, skills, course = {}, [], []
    for number, row in enumerate(rows):
        skill_id, slug, topic, name, _, p_transit, p_known, answers, before, is_of_course, responses = row
        key = UUID(skill_id)
        known[key] = Known(key, slug, topic, name, _ability(responses or ()))
        prerequisites = tuple(UUID(each) for each in before)
        skills.append(Skill(key, p_known, p_transit, answers, prerequisites, number))
        if is_of_course:
            course.append(key)
    return known, skills, course


def _ability(responses: Sequence[tuple[float | None, float | None, bool]]) -> irt.Ability:
    """The ability after these responses; a problem that was no exercise counts as a usual one."""
    usual = irt.Item()
    return irt.ability(
        [
            (usual if difficulty is None or steepness is None else irt.Item(difficulty, steepness), right)
            for difficulty, steepness, right in responses
        ]
    )


def _past(row: Any) -> Past:
    problem, answer, topic, verdict, answered_at, skill_ids, candidates = row
    found: dict[str, float] = {}
    for compound, probability in candidates or ():
        for bug in compound.split("+"):
            if not bug.startswith("slip."):
                found[bug] = min(1.0, found.get(bug, 0.0) + (probability or 0.0))
    ids = tuple(UUID(each) for each in skill_ids)
    return Past(problem, answer, topic, verdict in RIGHT, answered_at, ids, found)


def _suspected(past: Sequence[Past], known: Mapping[UUID, Known]) -> dict[str, Suspicion]:
    """The bugs that are suspected after these answers, by id; no retired ones, and none without a skill."""
    retired = retirement.retired()
    suspected: dict[str, Suspicion] = {}
    for answer in past:
        found = [
            Suspicion(bug, skill, share)
            for bug, share in answer.found.items()
            if share >= FAINT
            and bug not in retired
            and _is_bug(bug)
            and (skill := _skill_of(bug, answer, known))
        ]
        shows = frozenset(bug for bug in suspected if is_shown(bug, answer.problem))
        suspected = suspicion.after(suspected, suspicion.Answer(answer.right, found, shows))
    return suspected


def _skill_of(bug: str, answer: Past, known: Mapping[UUID, Known]) -> UUID | None:
    """The skill in which a bug was seen: one that the answer counted towards, or the bug's whole topic."""
    topic = bug.partition(".")[0]
    for skill_id in answer.skill_ids:
        if skill_id in known and known[skill_id].topic == topic:
            return skill_id
    return next((key for key, skill in known.items() if skill.slug == topic), None)


def is_shown(bug: str, problem: str) -> bool:
    """Whether a student with `bug` answers the canonical problem wrongly."""
    from chalicelib.diagnosis import expected_answer, simulate

    return simulate(bug, problem) not in (None, expected_answer(problem))


def _is_bug(bug: str) -> bool:
    """Whether the catalogue still has it."""
    from chalicelib.diagnosis import UnknownBugError, bug_named

    try:
        bug_named(bug)
    except UnknownBugError:
        return False
    return True
