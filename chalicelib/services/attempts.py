"""Attempts: a student's answer is stored, diagnosed, and counted towards mastery, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import UNSET

from chalicelib.caller import STUDENT, Caller
from chalicelib.errors import ConflictError, NotFoundError
from chalicelib.learning import bkt
from chalicelib.schemas import attempts as schemas
from chalicelib.services import (
    access,
    assignments_automatic,
    audit,
    beliefs,
    device_time,
    findings,
    second_opinion,
)
from chalicelib.store.models.base import now
from chalicelib.store.models.people import User
from chalicelib.store.models.work import RIGHT, Attempt, AttemptSkill, Diagnosis, Exercise

HISTORY = 20  # earlier answers that the engine is shown
UNREADABLE = "unreadable"
IN_SUMMARY = (Diagnosis.verdict, Diagnosis.expected, Diagnosis.bug, Diagnosis.probability)
FINAL, PENDING = "final", "pending"


class Asked(NamedTuple):
    """What was answered: the problem in its canonical form, and the exercise that it is from."""

    topic: str
    problem: str
    exercise_id: UUID | None


def submit(caller: Caller, body: schemas.SubmitAttempt) -> schemas.Attempt:
    """Store a student's answer with its diagnosis, and move their mastery by it.

    One that no rule explains is `pending` where a language model may be asked for a second opinion.

    An answer that was sent before, under the same `client_id`, is given back as it was stored. Raises
    `ProblemError`, `NotFoundError` for an unknown exercise, `ValidationError` for a time out of bounds, and
    `ConflictError` for a `client_id` that belongs to another answer.
    """
    asked = _asked(caller, body)
    answered_at = _answered_at(body)
    if body.client_id is not None:
        earlier = _find(caller, Attempt.client_id == body.client_id)
        if earlier is not None:
            return _sent_again(caller, earlier, body, asked)
    history = _history(caller, asked.topic, answered_at)
    found = findings.diagnose(asked.problem, body.answer, body.steps, history, caller.locale)
    attempt = Attempt(
        school=caller.school,
        student_id=caller.user_id,
        exercise=asked.exercise_id,
        topic=asked.topic,
        problem=asked.problem,
        answer=body.answer,
        steps=body.steps,
        verdict=found.verdict,
        status=PENDING if second_opinion.is_wanted(found) else FINAL,
        client_id=body.client_id,
        answered_at=answered_at,
    )
    inserted = Attempt.insert(attempt.__data__).on_conflict_ignore().returning(Attempt.id).execute()
    if not list(inserted):  # the same device sent it twice at the same moment, and the other one was first
        return _sent_again(caller, _one(caller, Attempt.client_id == body.client_id), body, asked)
    said = Diagnosis.create(
        attempt_id=attempt.id,
        school=caller.school,
        student_id=caller.user_id,
        **findings.stored(found, caller.locale),
    )
    if attempt.status == PENDING:
        second_opinion.ask(attempt)
    moves = []
    if (right := counts_as(found.verdict)) is not None:
        moves = beliefs.move(attempt, right, beliefs.models_of(asked.topic, asked.exercise_id))
        assignments_automatic.close_finished(attempt)
    return _shown(attempt, said, moves, caller.locale)


def get(caller: Caller, attempt_id: UUID) -> schemas.Attempt:
    """That attempt, of a student whose work the caller may see. Raises `NotFoundError`."""
    attempt = visible(caller, attempt_id)
    audit.student_read(caller, attempt.student_id, "attempt")
    return shown(caller, attempt)


def visible(caller: Caller, attempt_id: UUID) -> Any:
    """That attempt's row with its current `diagnosis`, if the caller may see it. Raises `NotFoundError`."""
    return _one(caller, Attempt.id == attempt_id)


def locked(attempt_id: UUID) -> Attempt:
    """That attempt's row, for whom its reader may change it until the end of the transaction.

    Nobody else does meanwhile; beliefs are locked after it, never before. Raises `NotFoundError`.
    """
    found: Attempt | None = Attempt.select().where(Attempt.id == attempt_id).for_update().first()
    if found is None:
        raise NotFoundError()
    return found


def shown(caller: Caller, attempt: Any) -> schemas.Attempt:
    """An attempt of `visible` as it is answered."""
    return _shown(attempt, attempt.diagnosis, _moves(attempt.id), caller.locale)


def counts_as(verdict: str) -> bool | None:
    """Whether an answer of that verdict counts as right or wrong; None: it does not count."""
    return None if verdict == UNREADABLE else verdict in RIGHT


def _asked(caller: Caller, body: schemas.SubmitAttempt) -> Asked:
    """The problem that was answered. Raises `ProblemError` and `NotFoundError`."""
    if body.problem is not UNSET:
        problem = findings.read_problem(body.problem, caller.locale)
        return Asked(problem.topic, str(problem), None)
    from chalicelib.services import exercises

    exercise = exercises.visible(caller).where(Exercise.id == body.exercise_id).first()
    if exercise is None:
        raise NotFoundError("There is no such exercise.", exercise_id=str(body.exercise_id))
    return Asked(exercise.topic, exercise.problem, exercise.id)


def _answered_at(body: schemas.SubmitAttempt) -> datetime:
    """When it was answered, never in the future. Raises `ValidationError` for a time out of bounds."""
    present = now()
    if body.answered_at is UNSET:
        return present
    device_time.check(body.answered_at, present, "$.answered_at")
    return min(body.answered_at.astimezone(UTC), present)


def _history(caller: Caller, topic: str, before: datetime) -> list[tuple[str, str]]:
    """The student's earlier problems and answers of a topic, oldest first."""
    newest: Any = (
        Attempt.select(Attempt.problem, Attempt.answer)
        .where(
            Attempt.student_id == caller.user_id,
            Attempt.topic == topic,
            Attempt.answered_at <= before,
            Attempt.verdict != UNREADABLE,
        )
        .order_by(Attempt.answered_at.desc(), Attempt.id.desc())
        .limit(HISTORY)
        .tuples()
    )
    return list(newest)[::-1]


def _sent_again(caller: Caller, stored: Any, body: schemas.SubmitAttempt, asked: Asked) -> schemas.Attempt:
    """The stored attempt, as it was answered. Raises `ConflictError` when `body` is another answer."""
    sent = (asked.problem, asked.exercise_id, body.answer, body.steps)
    if sent != (stored.problem, stored.exercise_id, stored.answer, stored.steps):
        raise ConflictError("The client id belongs to another attempt.", reason="client_id_reused")
    return _shown(stored, stored.diagnosis, _moves(stored.id), caller.locale)


def of_school(caller: Caller, *columns: Any) -> Any:
    """All attempts of the caller's school, each with these columns of its current diagnosis."""
    current = (Diagnosis.attempt_id == Attempt.id) & Diagnosis.is_current
    query = Attempt.select(Attempt, *columns).join(Diagnosis, on=current, attr="diagnosis")
    return query.where(Attempt.school == caller.school)


def of_visible(caller: Caller, *columns: Any) -> Any:
    """Those that `caller` may see."""
    if caller.role == STUDENT:
        return of_school(caller, *columns).where(Attempt.student_id == caller.user_id)
    students = access.visible_students(caller).select(User.id)
    return of_school(caller, *columns).where(Attempt.student_id.in_(students))


def _find(caller: Caller, which: Any) -> Any:
    """An attempt that `caller` may see, with its `diagnosis`, or None."""
    return of_visible(caller, Diagnosis).where(which).first()


def _one(caller: Caller, which: Any) -> Any:
    found = _find(caller, which)
    if found is None:
        raise NotFoundError()
    return found


def _moves(attempt_id: UUID) -> list[AttemptSkill]:
    """The steps of an attempt that count."""
    moved = (AttemptSkill.attempt_id == attempt_id) & AttemptSkill.is_correct.is_null(False)
    return list(AttemptSkill.select().where(moved).order_by(AttemptSkill.skill))


def expected(said: Diagnosis) -> str | None:
    """The right answer; kept back where none was given, or `?` would be the way to be told it."""
    return None if said.verdict == UNREADABLE else said.expected


def _shown(attempt: Any, said: Diagnosis, moves: Sequence[AttemptSkill], locale: str) -> schemas.Attempt:
    return schemas.Attempt(
        id=attempt.id,
        student_id=attempt.student_id,
        exercise_id=attempt.exercise_id,
        topic=attempt.topic,
        problem=attempt.problem,
        answer=attempt.answer,
        steps=attempt.steps,
        verdict=attempt.verdict,
        status=attempt.status,
        expected=expected(said),
        diagnosis=findings.shown(said, attempt, locale),
        mastery=[
            schemas.SkillStep(skill_id=move.skill_id, p_known=move.p_known, level=bkt.level(move.p_known))
            for move in moves
        ],
        client_id=attempt.client_id,
        answered_at=attempt.answered_at,
        created_at=attempt.created_at,
        updated_at=attempt.updated_at,
    )
