"""Exercises: a school's own, and those of the platform for all schools, which operators keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from chalicelib.caller import OPERATOR, STAFF, Caller
from chalicelib.errors import NotFoundError
from chalicelib.schemas import exercises as schemas
from chalicelib.services import audit, findings, skills
from chalicelib.store import paging
from chalicelib.store.models.base import now
from chalicelib.store.models.work import Exercise, ExerciseSkill, Skill


def create(caller: Caller, body: schemas.NewExercise) -> schemas.Exercise:
    """Add an exercise; its topic, canonical text and right answer are found out here.

    Raises `ProblemError` for a problem outside the grammar, `NotFoundError` for an unknown skill.
    """
    problem = findings.read_problem(body.problem, caller.locale)
    if body.skill_ids is UNSET:
        skill_ids = [skill.id for skill in Skill.select(Skill.id).where(Skill.slug == problem.topic)]
    else:
        skill_ids = body.skill_ids
        skills.require(skill_ids)
    exercise = Exercise.create(
        school=caller.school_id,
        topic=problem.topic,
        problem=str(problem),
        expected=findings.expected(problem),
        difficulty=body.difficulty,
        discrimination=body.discrimination,
        created_by=caller.user_id,
    )
    _set_skills(exercise, skill_ids)
    audit.record(caller, "exercise.created", "exercise", exercise.id)
    return _shown(caller, [exercise])[0]


def add(caller: Caller, problems: Sequence[str], skill: Skill, difficulty: float) -> list[UUID]:
    """Add canonical problems of the topic of `skill` that practise it, all at once; their ids."""
    made = [
        Exercise(
            school=caller.school_id,
            topic=skill.topic,
            problem=problem,
            expected=findings.expected(problem),
            difficulty=difficulty,
            created_by=caller.user_id,
        )
        for problem in problems
    ]
    Exercise.insert_many([each.__data__ for each in made]).execute()
    practised = [{"exercise": each.id, "skill": skill.id, "school": each.school_id} for each in made]
    ExerciseSkill.insert_many(practised).execute()
    ids = [each.id for each in made]
    audit.record(caller, "exercises.generated", "skill", skill.id, exercise_ids=list(map(str, ids)))
    return ids


def list_visible(caller: Caller, query: schemas.ExerciseQuery) -> tuple[list[schemas.Exercise], str | None]:
    """The exercises that the caller's school may set, newest first; filtered by `query`."""
    exercises = visible(caller).where(Exercise.archived_at.is_null(not query.archived))
    if query.skill_id is not UNSET:
        practising = ExerciseSkill.select(ExerciseSkill.exercise).where(ExerciseSkill.skill == query.skill_id)
        exercises = exercises.where(Exercise.id.in_(practising))
    if query.topic is not UNSET:
        exercises = exercises.where(Exercise.topic == query.topic)
    if query.min_difficulty is not UNSET:
        exercises = exercises.where(Exercise.difficulty >= query.min_difficulty)
    if query.max_difficulty is not UNSET:
        exercises = exercises.where(Exercise.difficulty <= query.max_difficulty)
    filters = msgspec.structs.replace(query, limit=1, cursor=None)
    rows, cursor = paging.page(
        exercises,
        [Exercise.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"exercises|{caller.school_id}|{filters}",
        descending=True,
    )
    return _shown(caller, rows), cursor


def get(caller: Caller, exercise_id: UUID) -> schemas.Exercise:
    """That exercise, archived or not. Raises `NotFoundError`."""
    return _shown(caller, [_one(visible(caller), exercise_id)])[0]


def own(caller: Caller, exercise_id: UUID) -> Exercise:
    """That exercise, which `caller` may change. Raises `NotFoundError`."""
    return _one(_own(caller), exercise_id)


def change(caller: Caller, exercise_id: UUID, body: schemas.ChangeExercise) -> schemas.Exercise:
    """Change an exercise of the caller's own. Raises `NotFoundError`, also for an unknown skill."""
    exercise = own(caller, exercise_id)
    changes: dict[str, Any] = {}
    if body.difficulty is not UNSET:
        changes["difficulty"] = body.difficulty
    if body.discrimination is not UNSET:
        changes["discrimination"] = body.discrimination
    if body.archived is not UNSET and body.archived != (exercise.archived_at is not None):
        changes["archived_at"] = now() if body.archived else None
    Exercise.update(updated_at=now(), **changes).where(Exercise.id == exercise.id).execute()
    if body.skill_ids is not UNSET:
        skills.require(body.skill_ids)
        ExerciseSkill.delete().where(ExerciseSkill.exercise == exercise.id).execute()
        _set_skills(exercise, body.skill_ids)
    fields = [name for name, value in msgspec.structs.asdict(body).items() if value is not UNSET]
    audit.record(caller, "exercise.changed", "exercise", exercise.id, fields=fields)
    return get(caller, exercise.id)


def archive(caller: Caller, exercise_id: UUID) -> None:
    """Take an exercise of the caller's own out of the lists; attempts at it stay. Raises `NotFoundError`."""
    change(caller, exercise_id, schemas.ChangeExercise(archived=True))


def visible(caller: Caller) -> Any:
    """The exercises that `caller` may see, as a query on `Exercise`."""
    return Exercise.select().where((Exercise.school == caller.school_id) | Exercise.school.is_null())


def story_of(text: str | None, locale: str | None, source: Any) -> schemas.Story | None:
    """The story of an exercise as it is shown, from its three columns; None while it has none."""
    if text is None or locale is None:
        return None
    return schemas.Story(text=text, locale=locale, source=source)


def _own(caller: Caller) -> Any:
    """Those that `caller` may change: the school's, or an operator's the platform's."""
    if caller.role == OPERATOR:
        return Exercise.select().where(Exercise.school.is_null())
    return Exercise.select().where(Exercise.school == caller.school_id)


def _one(query: Any, exercise_id: UUID) -> Exercise:
    found: Exercise | None = query.where(Exercise.id == exercise_id).first()
    if found is None:
        raise NotFoundError()
    return found


def _set_skills(exercise: Exercise, skill_ids: Sequence[UUID]) -> None:
    rows = [
        {"exercise": exercise.id, "skill": skill_id, "school": exercise.school_id}
        for skill_id in sorted(set(skill_ids))
    ]
    ExerciseSkill.insert_many(rows).execute()


def _shown(caller: Caller, exercises: Sequence[Any]) -> list[schemas.Exercise]:
    """`exercises` as they are answered; one statement for the skills of all."""
    skill_ids: dict[UUID, list[UUID]] = {exercise.id: [] for exercise in exercises}
    practised: Any = ExerciseSkill.select(ExerciseSkill.exercise_id, ExerciseSkill.skill_id).where(
        ExerciseSkill.exercise.in_(list(skill_ids))
    )
    for exercise_id, skill_id in practised.order_by(ExerciseSkill.skill_id).tuples():
        skill_ids[exercise_id].append(skill_id)
    tells = caller.role in STAFF or caller.role == OPERATOR
    return [
        schemas.Exercise(
            id=exercise.id,
            topic=exercise.topic,
            problem=exercise.problem,
            expected=exercise.expected if tells else None,
            skill_ids=skill_ids[exercise.id],
            difficulty=exercise.difficulty,
            discrimination=exercise.discrimination,
            story=story_of(exercise.story, exercise.story_locale, exercise.story_source),
            story_status=exercise.story_status if tells else None,
            is_shared=exercise.school_id is None,
            archived_at=exercise.archived_at,
            created_at=exercise.created_at,
        )
        for exercise in exercises
    ]
