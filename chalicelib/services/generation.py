"""Exercises made to order: of a topic or skill, to provoke bugs, to tell bugs apart."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from uuid import UUID

from msgspec import UNSET

from chalicelib.caller import SERVICE, Caller
from chalicelib.errors import ForbiddenError, NotFoundError, ValidationError
from chalicelib.schemas import exercises as schemas
from chalicelib.services import exercises
from chalicelib.store.models.work import Skill

SEEDS = 2**31
MIDDLE_LEVEL = 3  # the difficulty that is 0 on the scale of ability
MIXED = 0.0


def generate(caller: Caller, body: schemas.GenerateExercises) -> schemas.GeneratedExercises:
    """Make exercises, and store them in the school where `body` says so.

    Raises `ValidationError` for a bug that is unknown or of another topic, `NotFoundError` for an unknown
    or retired skill, and `ForbiddenError` where a service key would store.
    """
    from chalicelib import diagnosis

    if body.store and caller.role == SERVICE:
        raise ForbiddenError("A service key makes exercises without storing them.")
    skill = _skill(body)
    _check_bugs(body.provoke, "provoke", skill.topic)
    _check_bugs(body.tell_apart, "tell_apart", skill.topic)
    seed = secrets.randbelow(SEEDS) if body.seed is UNSET else body.seed
    problems = diagnosis.generate(
        skill.topic,
        seed=seed,
        difficulty=None if body.difficulty is UNSET else body.difficulty,
        count=body.count,
        skill=skill.slug,
        provoke=body.provoke,
        separate=body.tell_apart,
    )
    difficulty = MIXED if body.difficulty is UNSET else float(body.difficulty - MIDDLE_LEVEL)
    ids: Sequence[UUID | None] = [None] * len(problems)
    if body.store and problems:
        ids = exercises.add(caller, problems, skill, difficulty)
    bugs = list(dict.fromkeys([*body.provoke, *body.tell_apart]))
    return schemas.GeneratedExercises(
        seed=seed,
        exercises=[
            _made(problem, exercise_id, skill, difficulty, bugs)
            for problem, exercise_id in zip(problems, ids, strict=True)
        ],
    )


def _skill(body: schemas.GenerateExercises) -> Skill:
    """The skill that is asked for, or the topic's own."""
    which = Skill.slug == body.topic if body.skill_id is UNSET else Skill.id == body.skill_id
    skill: Skill | None = Skill.get_or_none(which, Skill.retired_at.is_null())
    if skill is None:
        raise NotFoundError("There is no such skill.", skill_ids=[str(body.skill_id)])
    return skill


def _check_bugs(bugs: Sequence[str], field: str, topic: str) -> None:
    """Raises `ValidationError` for one that is not in the catalogue of `topic`."""
    from chalicelib.diagnosis import UnknownBugError, bug_named

    for index, bug in enumerate(bugs):
        try:
            found = bug_named(bug)
        except UnknownBugError as error:
            raise ValidationError(path=f"$.{field}[{index}]", reason=f"There is no bug {bug}.") from error
        if found.topic != topic:
            reason = f"{bug} is a bug of {found.topic}, not of {topic}."
            raise ValidationError(path=f"$.{field}[{index}]", reason=reason)


def _made(
    problem: str, exercise_id: UUID | None, skill: Skill, difficulty: float, bugs: Sequence[str]
) -> schemas.GeneratedExercise:
    from chalicelib.diagnosis import expected_answer, simulate

    return schemas.GeneratedExercise(
        id=exercise_id,
        topic=skill.topic,
        problem=problem,
        expected=expected_answer(problem),
        skill_ids=[skill.id],
        difficulty=difficulty,
        answers=[schemas.BugAnswer(bug=bug, answer=simulate(bug, problem)) for bug in bugs],
    )
