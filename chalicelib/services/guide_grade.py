"""The worker `guide_grade`: what a student has handed in of a worksheet is graded, and becomes attempts.

The engine judges what it can. Of the rest a language model says what it thinks; that counts for nothing until
staff have looked, and it moves no mastery. Where there is no model to ask staff judge it themselves: no
student waits for one.

A student's first answer to a question that the engine can read becomes an attempt, as with assignments: with
it they are told what is right. What they hand in later changes the result of the worksheet alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from chalicelib import observe, queues
from chalicelib.errors import BudgetSpentError, ModelUnavailableError, SwitchedOffError
from chalicelib.message import Message
from chalicelib.services import (
    guide_grading,
    guide_prompts,
    guide_questions,
    guide_states,
    guide_steps,
    guide_work,
    transcripts,
)
from chalicelib.services.guide_grading import Answer
from chalicelib.services.guide_questions import Question
from chalicelib.services.guide_states import GRADED, GRADING, SUBMISSION
from chalicelib.services.guide_steps import Step
from chalicelib.services.transcripts import Line
from chalicelib.store import database, entering
from chalicelib.store.models.base import now
from chalicelib.store.models.guides import GuidePage, GuidePublication, GuideSubmission
from chalicelib.store.models.people import User

QUEUE = queues.GUIDE_GRADE


class Work(NamedTuple):
    """A submission with the questions that were asked, and the answers as far as the engine judges them."""

    submission: GuideSubmission
    questions: list[Question]
    answers: list[Answer]


def handle(message: Message) -> None:
    """Grade a submission; nothing where that is done.

    Raises `UnavailableError` and its like where another try may help.
    """
    school_id, submission_id = message.school_id, UUID(message.payload["submission_id"])
    if school_id is None:
        return
    work = database.run(lambda: _begun(school_id, submission_id))
    if work is None:
        return
    answers = _with_opinions(work, message)
    database.run(lambda: _store(school_id, submission_id, work.questions, answers))


def questions_of(guide_id: UUID) -> list[Question]:
    """The questions of a worksheet as they were published."""
    published = GuidePublication.get(GuidePublication.guide_id == guide_id)
    return guide_questions.of_version(guide_id, published.version)


def record(submission: GuideSubmission, questions: Sequence[Question], answers: Sequence[Answer]) -> None:
    """Have those of `answers` made into attempts that may be, once for each question; notes which are.

    The rows of all that the student has handed in of the worksheet are locked.
    """
    earlier = GuideSubmission.select(GuideSubmission.answers).where(
        GuideSubmission.guide_id == submission.guide_id, GuideSubmission.student_id == submission.student_id
    )
    done = {
        each.question_id for row in earlier for each in guide_grading.read(row.answers) if each.is_counted
    }
    lines = []
    for question, given in zip(questions, answers, strict=True):
        if guide_grading.counts(question, given) and question.id not in done:
            given.is_counted = True
            lines.append(
                Line(
                    question.problem or "", given.answer or "", given.steps, exercise_id=question.exercise_id
                )
            )
    if lines:
        transcripts.record(submission.school_id, submission.student_id, "guide", lines)


def locked(school_id: UUID, submission_id: UUID, state: str) -> GuideSubmission | None:
    """That submission if it is in `state`, with all others of the student locked, in the open transaction."""
    if not entering.as_worker(school_id):
        return None
    found = GuideSubmission.get_or_none(GuideSubmission.id == submission_id)
    return None if found is None else lock(found, state)


def lock(submission: GuideSubmission, state: str) -> GuideSubmission | None:
    """The same for one whose school was entered."""
    of_student = (GuideSubmission.guide_id == submission.guide_id) & (
        GuideSubmission.student_id == submission.student_id
    )
    query: Any = GuideSubmission.select().where(of_student).order_by(GuideSubmission.number).for_update()
    rows = list(query)
    return next((row for row in rows if (row.id, row.state) == (submission.id, state)), None)


def _begun(school_id: UUID, submission_id: UUID) -> Work | None:
    """The submission as the engine judges it; None where it is not to be graded."""
    submission = locked(school_id, submission_id, GRADING)
    if submission is None:
        return None
    locale = User.get_by_id(submission.student_id).locale
    questions = questions_of(submission.guide_id)
    given = _given(submission, questions, locale)
    answers = [
        guide_grading.judged(question, each, locale) for question, each in zip(questions, given, strict=True)
    ]
    return Work(submission, questions, answers)


def _given(submission: GuideSubmission, questions: Sequence[Question], locale: str) -> list[Answer]:
    """What was answered to each question, typed or on the photos."""
    if submission.kind == "typed":
        typed = {each.question_id: each for each in guide_grading.read(submission.answers)}
        return [typed.get(each.id) or Answer(question_id=each.id) for each in questions]
    pages = GuidePage.select().where(GuidePage.submission_id == submission.id).order_by(GuidePage.position)
    lines = [line for page in pages for line in page.lines or []]
    return guide_grading.matched(questions, lines, locale)


def _with_opinions(work: Work, message: Message) -> list[Answer]:
    """The answers, with a model's opinion of those that the engine cannot judge, for staff to look at."""
    answers = list(work.answers)
    pairs = zip(work.questions, answers, strict=True)
    open_ones = [number for number, (asked, given) in enumerate(pairs) if guide_grading.is_open(asked, given)]
    for number in open_ones:
        answers[number] = msgspec.structs.replace(answers[number], to_review=True)
    if not open_ones:
        return answers
    items = [
        guide_prompts.ToGrade(
            work.questions[number].text, work.questions[number].answer or "", answers[number].answer or ""
        )
        for number in open_ones
    ]
    step = Step(work.submission.school_id, work.submission.guide_id, "grade")
    check = guide_prompts.Numbered(len(items))
    try:
        said = guide_steps.ask(step, guide_prompts.grade(items), guide_prompts.Grades, check)
    except (SwitchedOffError, BudgetSpentError, ModelUnavailableError) as error:
        if guide_work.why_not(error, message, QUEUE) is None:
            raise
        observe.event("answers wait for staff", submission_id=str(work.submission.id), count=len(items))
        return answers
    for each in said.items:
        where = open_ones[each.number - 1]
        answers[where] = msgspec.structs.replace(answers[where], right=each.right, by="llm")
    return answers


def _store(
    school_id: UUID, submission_id: UUID, questions: Sequence[Question], answers: Sequence[Answer]
) -> None:
    """Make the grades final, in the open transaction, and have attempts made of the answers; once."""
    submission = locked(school_id, submission_id, GRADING)
    if submission is None:
        return
    record(submission, questions, answers)
    store(submission, answers, state=guide_states.after(SUBMISSION, GRADING, "grade"), graded_at=now())
    observe.event("guide submission", submission_id=str(submission_id), event="grade", state=GRADED)


def store(submission: GuideSubmission, answers: Sequence[Answer], **changes: Any) -> None:
    """Write the answers of a submission, whose row is locked."""
    GuideSubmission.update(
        answers=msgspec.to_builtins(answers),
        to_review=guide_grading.totals(answers)[2],
        updated_at=now(),
        **changes,
    ).where(GuideSubmission.id == submission.id).execute()
