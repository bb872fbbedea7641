"""The publication of a worksheet: to which classes, until when. There is one, ever.

The row of the worksheet is locked, its state and version are looked at, and the publication has the
worksheet's own key: of two who publish at the same moment one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from msgspec import UNSET

from chalicelib.caller import Caller
from chalicelib.errors import ConflictError, NotFoundError, ValidationError
from chalicelib.schemas import guides as schemas
from chalicelib.services import (
    access,
    assignments_automatic,
    audit,
    guide_questions,
    guide_review,
    guide_states,
    guides_seen,
)
from chalicelib.services.guide_questions import Question
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Classroom
from chalicelib.store.models.guides import Guide, GuideClassroom, GuidePublication
from chalicelib.store.models.people import School
from chalicelib.store.models.work import Exercise, ExerciseSkill


def publish(caller: Caller, guide_id: UUID, body: schemas.NewPublication) -> schemas.Guide:
    """Give a worksheet to classes.

    Raises `NotFoundError` for it or a class that the caller may not see, `ValidationError` for a time that is
    over, and `ConflictError` where it is not in review, has another version by now, has no question, or one
    without an answer or that nobody has confirmed (`question_ids`), or where a class is archived.
    """
    guide = guides_seen.locked(caller, guide_id)
    state = guide_states.after(guide_states.GUIDE, guide.state, "publish")
    guide_review.require_version(guide, body.version)
    due_at = _due_at(caller, body)
    classrooms = _classrooms(caller, body.classroom_ids)
    questions = guide_questions.of_version(guide.id, guide.version)
    _require_whole(questions)
    version = guide_questions.add_version(guide, _with_exercises(caller, questions), caller.user_id)
    GuidePublication.create(
        guide_id=guide.id,
        school=caller.school,
        version=version,
        due_at=due_at,
        most_submissions=body.most_submissions,
        published_by=caller.user_id,
    )
    rows = [{"guide_id": guide.id, "classroom_id": each, "school": caller.school} for each in classrooms]
    GuideClassroom.insert_many(rows).execute()
    Guide.update(state=state, updated_at=now()).where(Guide.id == guide.id).execute()
    audit.record(caller, "guide.published", "guide", guide.id, classroom_ids=list(map(str, classrooms)))
    return guides_seen.whole(caller, guides_seen.one(caller, guide.id))


def _due_at(caller: Caller, body: schemas.NewPublication) -> datetime:
    """When it is due. Raises `ValidationError` for a moment that is over."""
    if body.due_at is UNSET:
        return assignments_automatic.due_at(School.get_by_id(caller.school), now())
    if body.due_at <= now():
        raise ValidationError(path="$.due_at", reason="The time is over.")
    return body.due_at.astimezone(UTC)


def _classrooms(caller: Caller, ids: Sequence[UUID]) -> list[UUID]:
    """These classes, each once. Raises `NotFoundError` naming those that the caller may not see."""
    rooms = {each.id: each for each in access.visible_classrooms(caller).where(Classroom.id.in_(list(ids)))}
    if missing := set(ids) - set(rooms):
        raise NotFoundError("There is no such class.", classroom_ids=sorted(map(str, missing)))
    if any(each.archived_at is not None for each in rooms.values()):
        raise ConflictError("A class is archived.", reason="archived")
    return sorted(rooms)


def _require_whole(questions: Sequence[Question]) -> None:
    """Raises `ConflictError` where there is nothing to answer, or something for staff to look at."""
    if not questions:
        raise ConflictError("The worksheet has no questions.", reason="no_questions")
    waiting = [str(each.id) for each in questions if each.answer is None or not each.is_confirmed]
    if waiting:
        fault = "Some questions have no answer, or nobody has confirmed them."
        raise ConflictError(fault, reason="unconfirmed", question_ids=waiting)


def _with_exercises(caller: Caller, questions: Sequence[Question]) -> list[Question]:
    """`questions`, each that is a problem with an exercise, which says what answers to it count towards.

    Archived from the start: nobody is set or given it but by this worksheet.
    """
    from chalicelib.diagnosis import parse_problem

    given = []
    for question in questions:
        if question.problem is not None:
            exercise = Exercise.create(
                school=caller.school,
                topic=parse_problem(question.problem).topic,
                problem=question.problem,
                expected=question.answer,
                created_by=caller.user_id,
                archived_at=now(),
            )
            question.exercise_id = exercise.id
            if question.skill_id is not None:
                ExerciseSkill.create(exercise=exercise.id, skill=question.skill_id, school=caller.school)
        given.append(question)
    return given
