"""Reviews: diagnoses that are doubted, by the student or by the machine itself, until staff have looked.

Staff uphold a diagnosis here; they correct it by an override of the attempt, which ends its reviews too.
"""

from __future__ import annotations

from typing import Any, Final, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET

from chalicelib.caller import STAFF, STUDENT, Caller
from chalicelib.errors import NotFoundError
from chalicelib.schemas import reviews as schemas
from chalicelib.services import access, attempts, attempts_listed, audit
from chalicelib.store import paging
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Membership
from chalicelib.store.models.people import User
from chalicelib.store.models.reviews import OPEN, UPHELD, Review
from chalicelib.store.models.work import Attempt, Diagnosis

REPORTED: Final = "reported"


def report(caller: Caller, attempt_id: UUID, body: schemas.Report) -> schemas.Review:
    """Note that a student finds an answer of theirs wrongly diagnosed. Raises `NotFoundError`.

    One report is open at a time, and a diagnosis is reported once: a second time changes nothing.
    """
    attempt = attempts.locked(attempts.visible(caller, attempt_id).id)
    comment = None if body.comment is UNSET else body.comment
    return _shown(caller, _one(caller, doubt(attempt, REPORTED, comment).id))


def doubt(attempt: Attempt, reason: Literal["reported", "unsure"], comment: str | None = None) -> Review:
    """The review of an attempt for that reason: one that is open, or of its current diagnosis, or a new one.

    The lock of the attempt's row is the caller's.
    """
    said = Diagnosis.get(Diagnosis.attempt_id == attempt.id, Diagnosis.is_current)
    is_the_same = (Review.status == OPEN) | (Review.diagnosis == said.id)
    of_attempt = (Review.attempt_id == attempt.id) & (Review.reason == reason)
    earlier: Review | None = Review.select().where(of_attempt, is_the_same).order_by(Review.id.desc()).first()
    if earlier is not None:
        return earlier
    made: Review = Review.create(
        school=attempt.school_id,
        student_id=attempt.student_id,
        attempt_id=attempt.id,
        diagnosis=said.id,
        reason=reason,
        comment=comment,
    )
    return made


def list_visible(caller: Caller, query: schemas.ReviewQuery) -> tuple[list[schemas.Review], str | None]:
    """The reviews about students whose work the caller may see, newest first; a student's own reports.

    Raises `NotFoundError` for a student or a class that the caller may not see.
    """
    reviews = _visible(caller)
    if query.student_id is not UNSET:
        student = access.student(caller, query.student_id)
        audit.student_read(caller, student.id, "reviews")
        reviews = reviews.where(Review.student_id == student.id)
    if query.classroom_id is not UNSET:
        classroom = access.classroom(caller, query.classroom_id)
        members = Membership.select(Membership.user_id).where(Membership.classroom_id == classroom.id)
        reviews = reviews.where(Review.student_id.in_(members))
    if query.status is not UNSET:
        reviews = reviews.where(Review.status == query.status)
    if query.reason is not UNSET:
        reviews = reviews.where(Review.reason == query.reason)
    filters = msgspec.structs.replace(query, limit=1, cursor=None)
    rows, cursor = paging.page(
        reviews,
        [Review.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"reviews|{caller.user_id}|{filters}",
        descending=True,
    )
    if query.student_id is UNSET:
        audit.students_read(caller, (row.student_id for row in rows), "reviews")
    return [_shown(caller, row) for row in rows], cursor


def uphold(caller: Caller, review_id: UUID, body: schemas.Resolution) -> schemas.Review:
    """Note that staff find the diagnosis right, which makes it final. Raises `NotFoundError`.

    Nothing changes where somebody has resolved the review before.
    """
    attempt = attempts.locked(_one(caller, review_id).attempt_id)
    comment = None if body.comment is UNSET else body.comment
    if close(caller, attempt.id, UPHELD, comment, Review.id == review_id):
        if attempt.status != attempts.FINAL:
            Attempt.update(status=attempts.FINAL, updated_at=now()).where(Attempt.id == attempt.id).execute()
        audit.record(caller, "review.upheld", "review", review_id, attempt_id=str(attempt.id))
    return _shown(caller, _one(caller, review_id))


def close(caller: Caller, attempt_id: UUID, status: str, response: str | None, *which: Any) -> bool:
    """End the open reviews of an attempt; whether there were any. `which` are further conditions.

    The lock of the attempt's row is the caller's.
    """
    changes = {"status": status, "response": response, "resolved_by": caller.user_id, "resolved_at": now()}
    is_open = (Review.attempt_id == attempt_id) & (Review.status == OPEN)
    return bool(Review.update(**changes).where(is_open, *which).execute())


def _visible(caller: Caller) -> Any:
    """The reviews that `caller` may see, each with its `attempt` and that one's current `diagnosis`."""
    current = (Diagnosis.attempt_id == Attempt.id) & Diagnosis.is_current
    query = (
        Review.select(Review, Attempt, *attempts.IN_SUMMARY)
        .join(Attempt, on=(Review.attempt_id == Attempt.id), attr="attempt")
        .join(Diagnosis, on=current, attr="diagnosis")
        .where(Review.school == caller.school)
    )
    if caller.role == STUDENT:
        return query.where(Review.student_id == caller.user_id, Review.reason == REPORTED)
    return query.where(Review.student_id.in_(access.visible_students(caller).select(User.id)))


def _one(caller: Caller, review_id: UUID) -> Any:
    found = _visible(caller).where(Review.id == review_id).first()
    if found is None:
        raise NotFoundError()
    return found


def _shown(caller: Caller, review: Any) -> schemas.Review:
    return schemas.Review(
        id=review.id,
        attempt_id=review.attempt_id,
        student_id=review.student_id,
        diagnosis_id=review.diagnosis_id,
        attempt=attempts_listed.summary(review.attempt, caller.locale),
        reason=review.reason,
        comment=review.comment,
        status=review.status,
        response=review.response,
        resolved_by=review.resolved_by if caller.role in STAFF else None,
        resolved_at=review.resolved_at,
        created_at=review.created_at,
    )
