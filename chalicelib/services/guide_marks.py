"""What staff say of answers that were handed in of worksheets. Their word counts, whoever judged before."""

from __future__ import annotations

from uuid import UUID

import msgspec
from msgspec import UNSET

from chalicelib.caller import Caller
from chalicelib.errors import NotFoundError, ValidationError
from chalicelib.schemas import guide_submissions as schemas
from chalicelib.services import (
    audit,
    guide_grade,
    guide_grading,
    guide_states,
    guide_submissions,
    guides_seen,
)
from chalicelib.services.guide_grading import Answer
from chalicelib.services.guide_questions import Question
from chalicelib.services.guide_states import GRADED, SUBMISSION
from chalicelib.store.models.people import User


def mark(caller: Caller, guide_id: UUID, submission_id: UUID, body: schemas.NewMarks) -> schemas.Submission:
    """Note what staff say of some answers: right or wrong, or what they say, which is judged then.

    An answer that nobody could read may so become the student's attempt. Raises `NotFoundError`,
    `ConflictError` where it is not graded yet (`from`, `to`), and `ValidationError` for a question that was
    not asked, and for an answer that the engine cannot judge.
    """
    guide = guides_seen.one(caller, guide_id)
    found = guide_submissions.one(caller, guide, submission_id)
    submission = guide_grade.lock(found, GRADED)
    if submission is None:
        guide_states.after(SUBMISSION, found.state, "mark")
        raise NotFoundError()
    questions = guide_grade.questions_of(guide.id)
    answers = guide_grading.read(submission.answers)
    locale = User.get_by_id(submission.student_id).locale
    places = {each.id: place for place, each in enumerate(questions)}
    for number, said in enumerate(body.marks):
        if said.question_id not in places:
            raise guide_submissions.not_asked("marks", number)
        place = places[said.question_id]
        answers[place] = _marked(questions[place], answers[place], said, number, locale)
    guide_grade.record(submission, questions, answers)
    guide_grade.store(submission, answers)
    marked = [str(each.question_id) for each in body.marks]
    audit.record(caller, "guide.marked", "guide_submission", submission.id, question_ids=marked)
    return guide_submissions.get(caller, guide_id, submission_id)


def _marked(question: Question, given: Answer, said: schemas.Mark, number: int, locale: str) -> Answer:
    if said.right is not UNSET:
        return msgspec.structs.replace(given, right=said.right, by="teacher", to_review=False)
    anew = Answer(question_id=question.id, answer=said.answer or "", is_counted=given.is_counted)
    judged = guide_grading.judged(question, anew, locale)
    if judged.right is None:
        reason = "This cannot be judged by itself: say whether it is right."
        raise ValidationError(path=f"$.marks[{number}].answer", reason=reason)
    return judged
