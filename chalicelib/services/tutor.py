"""Talks with the tutor: each is about one problem, and its student's alone.

Nobody else reads what is said there, staff and parents neither: they see how many messages there were
(`tutor_quota.py`). What was said is kept for 30 days after the last message.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final, NamedTuple
from uuid import UUID

from msgspec import UNSET

from chalicelib.caller import Caller
from chalicelib.errors import ConsentRequiredError, NotFoundError, SwitchedOffError
from chalicelib.schemas import tutor as schemas
from chalicelib.services import attempts, consents, exercises, findings, switches
from chalicelib.services import tutor_search as search
from chalicelib.store import paging
from chalicelib.store.models.tutor import TutorMessage, TutorSession
from chalicelib.store.models.work import Attempt, Exercise

FEATURE: Final = "tutor"  # as the switch, the consent and the model's task are named
RETRY_AFTER_SECONDS: Final = 600


class About(NamedTuple):
    """What a talk is about."""

    topic: str
    problem: str
    exercise_id: UUID | None = None
    attempt_id: UUID | None = None


def begin(caller: Caller, body: schemas.NewSession) -> schemas.Session:
    """Begin a talk. Raises `NotFoundError`, `ProblemError`, and what `require` raises."""
    require(caller)
    about = _about(caller, body)
    session = TutorSession.create(school=caller.school, student_id=caller.user_id, **about._asdict())
    search.prepare(caller, session.topic)
    return shown(session, answered(caller, [session.problem]))


def list_own(caller: Caller, query: schemas.SessionQuery) -> tuple[list[schemas.Session], str | None]:
    """The student's talks, newest first."""
    rows, cursor = paging.page(
        _own(caller),
        [TutorSession.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"tutor|{caller.user_id}",
        descending=True,
    )
    done = answered(caller, {row.problem for row in rows})
    return [shown(row, done) for row in rows], cursor


def get(caller: Caller, session_id: UUID) -> schemas.Session:
    """That talk of the student's own. Raises `NotFoundError`."""
    session = own(caller, session_id)
    return shown(session, answered(caller, [session.problem]))


def remove(caller: Caller, session_id: UUID) -> None:
    """Delete a talk and what was said in it. Its messages still count. Raises `NotFoundError`."""
    session = own(caller, session_id)
    TutorSession.delete().where(TutorSession.id == session.id).execute()


def messages(
    caller: Caller, session_id: UUID, query: schemas.MessageQuery
) -> tuple[list[schemas.Message], str | None]:
    """What was said in a talk of the student's own, newest first. Raises `NotFoundError`."""
    session = own(caller, session_id)
    rows, cursor = paging.page(
        said_in(session),
        [TutorMessage.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"tutor_messages|{session.id}",
        descending=True,
    )
    return [schemas.Message(**shown_message(row)) for row in rows], cursor


def own(caller: Caller, session_id: UUID) -> TutorSession:
    """That talk of the student's own. Raises `NotFoundError`."""
    found: TutorSession | None = _own(caller).where(TutorSession.id == session_id).first()
    if found is None:
        raise NotFoundError()
    return found


def require(caller: Caller) -> None:
    """Whether the tutor may talk with the student now.

    Raises `SwitchedOffError` where it is switched off, and `ConsentRequiredError` for a minor without a
    parent's consent.
    """
    if not switches.is_on(FEATURE, caller.school):
        raise SwitchedOffError(feature=FEATURE, reason="switched_off", retry_after=RETRY_AFTER_SECONDS)
    if not consents.given(caller.user_id, FEATURE):
        raise ConsentRequiredError(kind=FEATURE)


def answered(caller: Caller, problems: Collection[str]) -> set[str]:
    """Those of these canonical problems that the student has answered, so that it could be read."""
    if not problems:
        return set()
    rows: Any = (
        Attempt.select(Attempt.problem)
        .where(
            Attempt.student_id == caller.user_id,
            Attempt.problem.in_(list(problems)),
            Attempt.verdict != attempts.UNREADABLE,
        )
        .distinct()
        .tuples()
    )
    return {problem for (problem,) in rows}


def said_in(session: TutorSession) -> Any:
    """The answered messages of a talk, as a query on `TutorMessage`."""
    in_it = (TutorMessage.session_id == session.id) & TutorMessage.answered_at.is_null(False)
    return TutorMessage.select().where(in_it)


def shown(session: TutorSession, done: Collection[str]) -> schemas.Session:
    """A talk as it is answered; `done` are problems that the student has answered."""
    return schemas.Session(
        id=session.id,
        topic=session.topic,
        problem=session.problem,
        exercise_id=session.exercise_id,
        attempt_id=session.attempt_id,
        is_answered=session.problem in done,
        created_at=session.created_at,
        updated_at=session.updated_at,
    )


def shown_message(row: Any) -> dict[str, Any]:
    """The fields of an answered message."""
    return {
        "id": row.id,
        "session_id": row.session_id,
        "client_id": row.client_id,
        "text": row.text,
        "kind": row.kind,
        "reply": row.reply,
        "sources": [schemas.Source(**source) for source in row.sources],
        "created_at": row.created_at,
        "answered_at": row.answered_at,
    }


def _about(caller: Caller, body: schemas.NewSession) -> About:
    """What the talk is to be about. Raises `NotFoundError` and `ProblemError`."""
    if body.problem is not UNSET:
        problem = findings.read_problem(body.problem, caller.locale)
        return About(problem.topic, str(problem))
    if body.attempt_id is not UNSET:
        attempt = attempts.visible(caller, body.attempt_id)
        return About(attempt.topic, attempt.problem, attempt.exercise_id, attempt.id)
    exercise = exercises.visible(caller).where(Exercise.id == body.exercise_id).first()
    if exercise is None:
        raise NotFoundError("There is no such exercise.", exercise_id=str(body.exercise_id))
    return About(exercise.topic, exercise.problem, exercise.id)


def _own(caller: Caller) -> Any:
    return TutorSession.select().where(
        TutorSession.school == caller.school, TutorSession.student_id == caller.user_id
    )
