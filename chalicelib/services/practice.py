"""Practice: the exercise that helps a student most next, and why.

What was given is kept: an exercise comes to a student again only after a while, and to no more than a fifth
of a class within a week while others would do. Exercises are made where the stored ones run out.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import UNSET

from chalicelib.caller import Caller
from chalicelib.errors import NotFoundError
from chalicelib.learning import selection
from chalicelib.learning.selection import Aim
from chalicelib.schemas import practice as schemas
from chalicelib.schemas.exercises import Story
from chalicelib.services import exercises, findings, practice_pool, practice_state, skills
from chalicelib.services.practice_pool import Offer
from chalicelib.services.practice_state import State
from chalicelib.services.skills import name_in
from chalicelib.store.database import database
from chalicelib.store.models.base import now
from chalicelib.store.models.practice import PracticeGiven
from chalicelib.store.models.work import Exercise

WAITS = timedelta(hours=1)  # for an answer; until then the same exercise is given
MOST_AIMS = 3  # that are looked at before what was seen lately is given again
NEXT, ASSIGNMENT = "next", "assignment"
TEXTS = Path(__file__).parent.parent / "locales"

LOCK_STUDENT = "SELECT pg_advisory_xact_lock(hashtextextended('practice ' || %(student)s, 0))"
# The last exercises that the student asked for and was given, newest first; whether each is still to be
# answered, and may be: neither archived nor of a retired skill.
LAST_GIVEN = """
    SELECT g.id::text, g.exercise_id::text, g.skill_id::text, g.wanted_skill_id::text, g.reason, g.bug,
        g.given_at, e.topic, e.problem, e.story, e.story_locale, e.story_source,
        e.archived_at IS NULL AND s.retired_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM attempts a
            WHERE a.student_id = g.student_id AND a.exercise_id = g.exercise_id AND a.created_at >= g.given_at
        )
    FROM (
        SELECT * FROM practice_given
        WHERE student_id = %(student)s AND source = 'next' AND given_at >= %(since)s
        ORDER BY given_at DESC LIMIT %(most)s
    ) g
    JOIN exercises e ON e.id = g.exercise_id
    JOIN skills s ON s.id = g.skill_id
    ORDER BY g.given_at DESC
"""


class Chosen(NamedTuple):
    """An exercise, and what it is to serve."""

    exercise_id: UUID
    skill_id: UUID
    reason: selection.Reason
    bug: str | None


class Given(NamedTuple):
    """Something that was given: its id, and when."""

    id: UUID
    chosen: Chosen
    wanted: UUID | None
    given_at: datetime
    topic: str
    problem: str
    story: Story | None
    is_open: bool


def next_for(caller: Caller, body: schemas.NextPractice) -> schemas.Practice:
    """The student's next exercise, of the skill that they want and what comes before it, or of their course.

    As long as one that was given within the last hour, for the same wish, waits for its answer, it is that
    one. Raises `NotFoundError` for an unknown or retired skill, and where there is nothing to practise.
    """
    wanted = None if body.skill_id is UNSET else body.skill_id
    if wanted:
        skills.require([wanted])
    database.execute_sql(LOCK_STUDENT, {"student": str(caller.user_id)})
    last = _last_given(caller.user_id)
    state = practice_state.read(caller.school, caller.user_id, wanted)
    if last and last[0].is_open and last[0].wanted == wanted and last[0].given_at >= now() - WAITS:
        return _shown(last[0], state, caller.locale)
    aims = state.aims(wanted, _tired_of(last))
    offers = [practice_pool.offer(state, aim) for aim in aims[:1]]
    practice_pool.lock_classes(caller.user_id)
    chosen = _chosen(state, aims, offers, set())
    if chosen is None:
        raise NotFoundError("There is nothing to practise.")
    (given,) = _give(state, [chosen], NEXT, wanted)
    return _shown(given, state, caller.locale)


def choose_for(school_id: UUID, student_id: UUID, skill_id: UUID, count: int) -> list[Chosen]:
    """Up to `count` different exercises to be set to a student together: probes and practice for the bugs
    that they show in a skill and what comes before it, and then that skill or what must be learnt first.

    For a worker, in its transaction, which has entered the school. What is chosen counts as given.
    """
    database.execute_sql(LOCK_STUDENT, {"student": str(student_id)})
    state = practice_state.read(school_id, student_id, skill_id)
    ranked = state.aims(skill_id)
    row = selection.in_a_row(ranked, count)
    offers = {aim: practice_pool.offer(state, aim) for aim in dict.fromkeys(row)}
    practice_pool.lock_classes(student_id)
    chosen: list[Chosen] = []
    for aim in row:
        without = {each.exercise_id for each in chosen}
        found = _chosen(state, [aim, *(each for each in ranked if each != aim)], [offers[aim]], without)
        if found is not None:
            chosen.append(found)
    _give(state, chosen, ASSIGNMENT, skill_id)
    return chosen


def _chosen(state: State, aims: Sequence[Aim], offers: Sequence[Offer], without: set[UUID]) -> Chosen | None:
    """The best exercise for the first aim for which there is one, made if need be. The classes are locked.

    `offers` are those of the first aims that were looked at before.
    """
    seed = str(state.student_id)
    spent = practice_pool.spent(state.student_id)
    looked_at = list(offers)
    for number, aim in enumerate(aims[:MOST_AIMS]):
        if number == len(looked_at):
            looked_at.append(practice_pool.offer(state, aim))
        offered = looked_at[number]
        left = [
            each._replace(spent=key in spent)
            for key, each in offered.candidates.items()
            if key not in without
        ]
        found = selection.pick(aim, left, offered.ability, seed, could_tell=offered.could_tell)
        exercise_id: Any = found.key if found else practice_pool.made(state, offered)
        if exercise_id is not None:
            return _as_chosen(aim, exercise_id)
    nearest = practice_pool.nearest(looked_at, seed, without)
    return None if nearest is None else _as_chosen(*nearest)


def _as_chosen(aim: Aim, exercise_id: UUID) -> Chosen:
    skill_id: Any = aim.skill
    return Chosen(exercise_id, skill_id, aim.reason, aim.bug)


def _give(state: State, chosen: Iterable[Chosen], source: str, wanted: UUID | None) -> list[Given]:
    """Note that these are given, now; each with its problem."""
    rows = [
        PracticeGiven(
            school=state.school_id,
            student_id=state.student_id,
            exercise=each.exercise_id,
            skill=each.skill_id,
            wanted_skill_id=wanted,
            source=source,
            reason=each.reason,
            bug=each.bug,
        )
        for each in chosen
    ]
    if not rows:
        return []
    PracticeGiven.insert_many([row.__data__ for row in rows]).execute()
    found = Exercise.select().where(Exercise.id.in_([row.exercise_id for row in rows]))
    texts = {each.id: each for each in found}
    return [
        Given(
            row.id,
            each,
            wanted,
            row.given_at,
            texts[each.exercise_id].topic,
            texts[each.exercise_id].problem,
            _story(texts[each.exercise_id]),
            is_open=True,
        )
        for row, each in zip(rows, chosen, strict=True)
    ]


def _last_given(student_id: UUID) -> list[Given]:
    values = {
        "student": str(student_id),
        "since": now() - practice_state.LATELY,
        "most": selection.MOST_FOR_A_BUG,
    }
    return [_as_given(*row) for row in database.execute_sql(LAST_GIVEN, values).fetchall()]


def _as_given(given_id: str, exercise_id: str, skill_id: str, wanted: str | None, *row: Any) -> Given:
    """A row of `LAST_GIVEN`."""
    reason, bug, given_at, topic, problem, *story, is_open = row
    return Given(
        UUID(given_id),
        Chosen(UUID(exercise_id), UUID(skill_id), reason, bug),
        UUID(wanted) if wanted else None,
        given_at,
        topic,
        problem,
        exercises.story_of(*story),
        is_open,
    )


def _story(exercise: Exercise) -> Story | None:
    return exercises.story_of(exercise.story, exercise.story_locale, exercise.story_source)


def _tired_of(last: Sequence[Given]) -> frozenset[str]:
    """The bug that all of the last exercises were for, if it was one."""
    bugs = {each.chosen.bug if each.chosen.reason == "bug" else None for each in last}
    is_same = len(last) == selection.MOST_FOR_A_BUG and len(bugs) == 1
    return frozenset(bug for bug in bugs if is_same and bug)


def _shown(given: Given, state: State, locale: str) -> schemas.Practice:
    chosen, skill = given.chosen, state.known[given.chosen.skill_id]
    return schemas.Practice(
        id=given.id,
        exercise_id=chosen.exercise_id,
        topic=given.topic,
        problem=given.problem,
        story=given.story,
        skill=schemas.PracticeSkill(id=skill.id, slug=skill.slug, name=name_in(skill.name, locale)),
        reason=schemas.PracticeReason(code=chosen.reason, sentence=_sentence(given, state, locale)),
        is_probe=chosen.reason == "probe",
        bug=chosen.bug,
        given_at=given.given_at,
    )


def _sentence(given: Given, state: State, locale: str) -> str:
    """Why this exercise, in one sentence. Of a probe it is not said which mistake it looks for."""
    chosen = given.chosen
    wanted = state.known.get(given.wanted) if given.wanted else None
    return _texts(locale)[chosen.reason].format(
        skill=name_in(state.known[chosen.skill_id].name, locale),
        wanted=name_in(wanted.name, locale) if wanted else "",
        bug=findings.bug_text(chosen.bug, locale)[0] if chosen.reason == "bug" and chosen.bug else "",
    )


@functools.cache
def _texts(locale: str) -> dict[str, str]:
    texts: dict[str, str] = json.loads((TEXTS / f"practice.{locale}.json").read_text("utf-8"))
    return texts
