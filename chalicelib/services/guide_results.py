"""What came of a worksheet: for a class, for each question, for one student. Read off the submissions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from msgspec import UNSET

from chalicelib.caller import Caller
from chalicelib.errors import NotFoundError
from chalicelib.schemas import guide_submissions as schemas
from chalicelib.services import access, audit, guide_grade, guide_grading, guide_submissions, guides_seen
from chalicelib.services.guide_states import FAILED, GRADED, WITHDRAWN
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Membership
from chalicelib.store.models.guides import GuideSubmission
from chalicelib.store.models.people import User


def of_guide(caller: Caller, guide_id: UUID, query: schemas.ResultQuery) -> schemas.Results:
    """What came of a worksheet, of the students whose work the caller may see.

    Raises `NotFoundError` where it is not published, or for a class that the caller may not see.
    """
    guide = guides_seen.one(caller, guide_id)
    published = guides_seen.publication(guide.id)
    members = guides_seen.members(guide.id)
    if query.classroom_id is not UNSET:
        members = members.where(Membership.classroom_id == access.classroom(caller, query.classroom_id).id)
    students = _students(caller, members)
    audit.students_read(caller, (each.id for each in students), "guide_results")
    found = _handed_in(guide.id, [each.id for each in students])
    results = [_result(each, found[each.id], published.due_at) for each in students]
    settled = sum(each.right + each.wrong for each in results)
    return schemas.Results(
        guide_id=guide.id,
        due_at=published.due_at,
        mean=round(sum(each.right for each in results) / settled, 4) if settled else None,
        students=results,
        questions=_of_questions(guide.id, [_last(each) for each in found.values()]),
    )


def of_student(caller: Caller, guide_id: UUID, student_id: UUID) -> schemas.OneResult:
    """How one student stands with a worksheet. Raises `NotFoundError` also where it is not for them."""
    guide = guides_seen.one(caller, guide_id)
    published = guides_seen.publication(guide.id)
    student = access.student(caller, student_id)
    found = _handed_in(guide.id, [student.id])[student.id]
    is_member = guides_seen.members(guide.id).where(Membership.user_id == student.id).exists()
    if not (is_member or found):
        raise NotFoundError()
    audit.student_read(caller, student.id, "guide_result")
    return schemas.OneResult(
        result=_result(student, found, published.due_at),
        submissions=[guide_submissions.summary(each) for each in reversed(found)],
    )


def _students(caller: Caller, members: Any) -> list[User]:
    seen = access.visible_students(caller).where(User.id.in_(members.select(Membership.user_id)))
    return list(seen.order_by(User.name, User.id))


def _handed_in(guide_id: UUID, students: Sequence[UUID]) -> dict[UUID, list[GuideSubmission]]:
    """What each of these students has handed in, the first first."""
    of_students = (GuideSubmission.guide_id == guide_id) & GuideSubmission.student_id.in_(list(students))
    found: dict[UUID, list[GuideSubmission]] = {each: [] for each in students}
    for row in GuideSubmission.select().where(of_students).order_by(GuideSubmission.number):
        found[row.student_id].append(row)
    return found


def _last(submissions: Sequence[GuideSubmission]) -> GuideSubmission | None:
    """The one that counts: the last that was graded."""
    return next((each for each in reversed(submissions) if each.state == GRADED), None)


def _result(student: User, submissions: Sequence[GuideSubmission], due_at: datetime) -> schemas.StudentResult:
    counting = [each for each in submissions if each.state not in (FAILED, WITHDRAWN)]
    last = _last(submissions)
    right, wrong, to_review = guide_grading.totals(guide_grading.read(last.answers) if last else [])
    return schemas.StudentResult(
        student_id=student.id,
        name=student.name,
        state=_state(counting, last, due_at),
        submissions=len(counting),
        submission_id=last.id if last else None,
        is_late=bool(last and last.is_late),
        right=right,
        wrong=wrong,
        to_review=to_review,
    )


def _state(
    submissions: Sequence[GuideSubmission], last: GuideSubmission | None, due_at: datetime
) -> Literal["to_do", "handed_in", "graded", "overdue"]:
    if last is not None:
        return "graded"
    if submissions:
        return "handed_in"
    return "overdue" if now() > due_at else "to_do"


def _of_questions(guide_id: UUID, counting: Sequence[GuideSubmission | None]) -> list[schemas.QuestionResult]:
    """How the students did at each question."""
    answers = [guide_grading.read(each.answers) for each in counting if each is not None]
    found = []
    for place, asked in enumerate(guide_grade.questions_of(guide_id)):
        right, wrong, to_review = guide_grading.totals([each[place] for each in answers])
        found.append(
            schemas.QuestionResult(
                question_id=asked.id,
                label=asked.label,
                text=asked.text,
                right=right,
                wrong=wrong,
                to_review=to_review,
            )
        )
    return found
