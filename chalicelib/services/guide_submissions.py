"""What students hand in of worksheets: typed or by photo, in time or late, as often as they may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

import msgspec
from msgspec import UNSET

from chalicelib import queues
from chalicelib.caller import STAFF, STUDENT, Caller
from chalicelib.errors import ConflictError, NotFoundError, ValidationError
from chalicelib.schemas import guide_submissions as schemas
from chalicelib.schemas import photos as photo_schemas
from chalicelib.services import (
    access,
    audit,
    guide_grade,
    guide_grading,
    guide_states,
    guides_seen,
    photos,
)
from chalicelib.services.guide_grading import Answer
from chalicelib.services.guide_questions import Question
from chalicelib.services.guide_states import (
    CLOSED,
    FAILED,
    GRADED,
    GRADING,
    GUIDE,
    SUBMISSION,
    WAITING,
    WITHDRAWN,
)
from chalicelib.store import outbox, paging
from chalicelib.store.models.base import now
from chalicelib.store.models.guides import Guide, GuidePage, GuidePublication, GuideSubmission
from chalicelib.store.models.people import User
from chalicelib.store.models.photos import Photo

TYPED, BY_PHOTO = "typed", "photo"
NOT_COUNTED = (WAITING, FAILED, WITHDRAWN)


def submit(caller: Caller, guide_id: UUID, body: schemas.NewSubmission) -> schemas.Submission:
    """Hand in answers, or announce photos of them; what waits for earlier photos is withdrawn.

    Under a `client_id` that was used before it is the same submission, with new forms for its photos. Raises
    `NotFoundError`, `ConflictError` where the worksheet is closed, the student has handed in as often as they
    may, or the `client_id` belongs to another one, `ValidationError` for a question that was not asked, and
    as `photos.announce` does.
    """
    guide = guides_seen.locked(caller, guide_id)
    earlier = _of_client(caller, body)
    if earlier is not None:
        return _sent_again(caller, guide, earlier, body)
    guide_states.after(GUIDE, guide.state, "submit")
    published = guides_seen.publication(guide.id)
    mine = GuideSubmission.select().where(
        GuideSubmission.guide_id == guide.id, GuideSubmission.student_id == caller.user_id
    )
    before = list(mine.order_by(GuideSubmission.number).for_update())
    if sum(each.state not in NOT_COUNTED for each in before) >= published.most_submissions:
        most = published.most_submissions
        raise ConflictError("No more can be handed in.", reason="submissions_spent", most=most)
    _withdraw(before)
    number = before[-1].number + 1 if before else 1
    made = _create(caller, guide, published, body, number=number)
    if made.kind == TYPED:
        outbox.put(queues.GUIDE_GRADE, {"submission_id": str(made.id)}, school_id=caller.school)
    return _whole(caller, guide, made, _announced(caller, made, body))


def list_visible(
    caller: Caller, guide_id: UUID, query: schemas.SubmissionQuery
) -> tuple[list[schemas.SubmissionSummary], str | None]:
    """What was handed in of a worksheet, of the students whose work the caller may see, latest first.

    Raises `NotFoundError`, also for a student whose work they may not.
    """
    guide = guides_seen.one(caller, guide_id)
    rows: Any = _visible(caller, guide)
    if query.student_id is not UNSET:
        rows = rows.where(GuideSubmission.student_id == access.student(caller, query.student_id).id)
    if query.to_review:
        rows = rows.where(GuideSubmission.to_review > 0)
    page, cursor = paging.page(
        rows,
        [GuideSubmission.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"guide_submissions|{guide.id}|{query.student_id}|{query.to_review}",
        descending=True,
    )
    audit.students_read(caller, (row.student_id for row in page), "guide_submissions")
    return [summary(row) for row in page], cursor


def get(caller: Caller, guide_id: UUID, submission_id: UUID) -> schemas.Submission:
    """What was handed in once. Raises `NotFoundError`."""
    guide = guides_seen.one(caller, guide_id)
    submission = one(caller, guide, submission_id)
    audit.student_read(caller, submission.student_id, "guide_submission")
    return _whole(caller, guide, submission, {})


def one(caller: Caller, guide: Guide, submission_id: UUID) -> GuideSubmission:
    """That submission, if the caller may see it. Raises `NotFoundError`."""
    found: GuideSubmission | None = _visible(caller, guide).where(GuideSubmission.id == submission_id).first()
    if found is None:
        raise NotFoundError()
    return found


def summary(submission: Any) -> schemas.SubmissionSummary:
    """A submission in a list."""
    answers = guide_grading.read(submission.answers) if submission.state == GRADED else []
    right, wrong, to_review = guide_grading.totals(answers)
    return schemas.SubmissionSummary(
        id=submission.id,
        guide_id=submission.guide_id,
        student_id=submission.student_id,
        number=submission.number,
        kind=submission.kind,
        state=submission.state,
        is_late=submission.is_late,
        questions=len(answers),
        right=right,
        wrong=wrong,
        to_review=to_review,
        submitted_at=submission.submitted_at,
        graded_at=submission.graded_at,
    )


def not_asked(field: str, number: int) -> ValidationError:
    """The error for the answer or mark in that place, to a question that was not asked, or a second one."""
    reason = "The worksheet does not ask this question, or it is there twice."
    return ValidationError(path=f"$.{field}[{number}].question_id", reason=reason)


def _visible(caller: Caller, guide: Guide) -> Any:
    of_guide = GuideSubmission.select().where(GuideSubmission.guide_id == guide.id)
    if caller.role == STUDENT:
        return of_guide.where(GuideSubmission.student_id == caller.user_id)
    return of_guide.where(GuideSubmission.student_id.in_(access.visible_students(caller).select(User.id)))


def _of_client(caller: Caller, body: schemas.NewSubmission) -> GuideSubmission | None:
    if body.client_id is None:
        return None
    found: GuideSubmission | None = GuideSubmission.get_or_none(
        GuideSubmission.student_id == caller.user_id, GuideSubmission.client_id == body.client_id
    )
    return found


def _sent_again(
    caller: Caller, guide: Guide, earlier: GuideSubmission, body: schemas.NewSubmission
) -> schemas.Submission:
    """The submission that was handed in before. Raises `ConflictError` where it is another."""
    if earlier.guide_id != guide.id or not _is_the_same(earlier, body):
        raise ConflictError("The client id belongs to another submission.", reason="client_id_reused")
    forms = _announced(caller, earlier, body) if earlier.state == WAITING else {}
    return _whole(caller, guide, earlier, forms)


def _is_the_same(earlier: GuideSubmission, body: schemas.NewSubmission) -> bool:
    """Whether `body` hands in what `earlier` did."""
    if body.photos is not UNSET:
        pages = GuidePage.select().where(GuidePage.submission_id == earlier.id).count()
        return earlier.kind == BY_PHOTO and bool(pages == len(body.photos))
    stored = {(each.question_id, each.answer) for each in guide_grading.read(earlier.answers)}
    typed = [] if body.answers is UNSET else body.answers
    return earlier.kind == TYPED and all((each.question_id, each.answer) in stored for each in typed)


def _withdraw(before: Sequence[GuideSubmission]) -> None:
    waiting = [each.id for each in before if each.state == WAITING]
    if waiting:
        changes = {"state": guide_states.after(SUBMISSION, WAITING, "withdraw"), "updated_at": now()}
        is_still = GuideSubmission.id.in_(waiting) & (GuideSubmission.state == WAITING)
        GuideSubmission.update(**changes).where(is_still).execute()


def _create(
    caller: Caller, guide: Guide, published: GuidePublication, body: schemas.NewSubmission, *, number: int
) -> GuideSubmission:
    """The row of what is handed in. Raises `ValidationError` for a question that was not asked."""
    answers: list[Answer] = []
    if body.answers is not UNSET:
        asked = {each.id for each in guide_grade.questions_of(guide.id)}
        for place, typed in enumerate(body.answers):
            if typed.question_id not in asked:
                raise not_asked("answers", place)
            asked.remove(typed.question_id)  # what is there twice was not asked twice
            answers.append(
                Answer(question_id=typed.question_id, answer=typed.answer, steps=list(typed.steps))
            )
    present = now()
    made: GuideSubmission = GuideSubmission.create(
        school=caller.school,
        guide_id=guide.id,
        student_id=caller.user_id,
        number=number,
        kind=TYPED if body.photos is UNSET else BY_PHOTO,
        state=GRADING if body.photos is UNSET else WAITING,
        client_id=body.client_id,
        answers=msgspec.to_builtins(answers),
        is_late=present > published.due_at,
        submitted_at=present,
    )
    return made


def _announced(
    caller: Caller, submission: GuideSubmission, body: schemas.NewSubmission
) -> Mapping[UUID, photo_schemas.UploadForm | None]:
    """The photos of a submission, announced as any photo is; the forms by their ids. Raises as that does."""
    forms = {}
    for position, page in enumerate([] if body.photos is UNSET else body.photos):
        photo = photos.announce(
            caller,
            photo_schemas.NewPhoto(
                content_type=page.content_type,
                size=page.size,
                client_id=uuid5(submission.id, str(position)),
            ),
        )
        forms[photo.id] = photo.upload
        row = {"photo_id": photo.id, "submission_id": submission.id, "position": position}
        whose = {"school": submission.school_id, "student_id": submission.student_id}
        GuidePage.insert({**row, **whose}).on_conflict_ignore().execute()
    return forms


def _whole(
    caller: Caller,
    guide: Guide,
    submission: GuideSubmission,
    forms: Mapping[UUID, photo_schemas.UploadForm | None],
) -> schemas.Submission:
    answers = []
    if submission.state == GRADED:
        given = guide_grading.read(submission.answers)
        tells = caller.role in STAFF or _is_last(guide, submission.student_id)
        asked = guide_grade.questions_of(guide.id)
        answers = [_graded(*pair, tells=tells) for pair in zip(asked, given, strict=True)]
    about = msgspec.structs.asdict(summary(submission))
    return schemas.Submission(**about, answers=answers, pages=_pages(submission, forms))


def _is_last(guide: Guide, student_id: UUID) -> bool:
    """Whether a student can hand in no more."""
    if guide.state == CLOSED:
        return True
    of_student = (GuideSubmission.guide_id == guide.id) & (GuideSubmission.student_id == student_id)
    spent = GuideSubmission.select().where(of_student, GuideSubmission.state.not_in(NOT_COUNTED)).count()
    return spent >= guides_seen.publication(guide.id).most_submissions


def _graded(asked: Question, given: Answer, *, tells: bool) -> schemas.GradedAnswer:
    return schemas.GradedAnswer(
        question_id=asked.id,
        label=asked.label,
        text=asked.text,
        problem=asked.problem,
        answer=given.answer,
        steps=given.steps,
        confidence=given.confidence,
        right=given.right,
        by=given.by,
        to_review=given.to_review,
        expected=asked.answer if tells else None,
    )


def _pages(
    submission: GuideSubmission, forms: Mapping[UUID, photo_schemas.UploadForm | None]
) -> list[schemas.Page]:
    rows: list[Any] = list(
        GuidePage.select().where(GuidePage.submission_id == submission.id).order_by(GuidePage.position)
    )
    there: Any = Photo.select().where(Photo.id.in_([row.photo_id for row in rows]))
    states = {each.id: each.status for each in there}
    return [
        schemas.Page(
            photo_id=row.photo_id,
            status=states.get(row.photo_id),
            is_read=row.lines is not None,
            upload=forms.get(row.photo_id),
        )
        for row in rows
    ]
