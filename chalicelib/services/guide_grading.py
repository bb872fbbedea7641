"""What answers to a worksheet are worth, as far as that can be said without a language model. Pure.

Lines that were read from a photo are matched with the questions by their problems. The engine judges what is
a problem of the grammar; of other questions only the right answer itself, word by word, is known to be right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal
from uuid import UUID

import msgspec

from chalicelib.services.guide_questions import Question
from chalicelib.services.transcripts import KEPT, UNSURE

UNREADABLE: Final = "unreadable"
RIGHT: Final = ("correct", "not_simplified")


class Answer(msgspec.Struct, kw_only=True):
    """What was answered to a question and, once it was judged, whether that is right, and by whom.

    `answer` is null where nothing was answered. `is_counted`: it became an attempt. `confidence` is that of
    the reader of a photo.
    """

    question_id: UUID
    answer: str | None = None
    steps: list[str] = []
    confidence: float = 1.0
    right: bool | None = None
    by: Literal["engine", "key", "llm", "teacher"] | None = None
    to_review: bool = False
    is_counted: bool = False


def read(stored: object) -> list[Answer]:
    """Answers as they are stored."""
    return msgspec.convert(stored, list[Answer])


def matched(questions: Sequence[Question], lines: Sequence[Mapping[str, Any]], locale: str) -> list[Answer]:
    """The answers of a photo's lines, one for each question, in their order.

    Of several lines on one problem the surest counts, of equally sure ones the last, as a child crosses out
    and writes again below. What the reader was not sure of staff should look at, and so they should at every
    question without an answer where some line could not be read.
    """
    by_problem: dict[str, Mapping[str, Any]] = {}
    is_all_read = True
    for line in lines:
        problem = _canonical(line["problem"], locale)
        if line.get("status") == KEPT or problem is None:
            is_all_read = False
            continue
        earlier = by_problem.get(problem)
        if earlier is None or line["confidence"] >= earlier["confidence"]:
            by_problem[problem] = line
    return [_matched(question, by_problem, is_all_read=is_all_read) for question in questions]


def _matched(question: Question, lines: Mapping[str, Mapping[str, Any]], *, is_all_read: bool) -> Answer:
    line = lines.get(question.problem) if question.problem is not None else None
    if line is None:
        is_hidden = question.problem is None or not is_all_read
        return Answer(question_id=question.id, to_review=is_hidden)
    return Answer(
        question_id=question.id,
        answer=line["answer"],
        steps=list(line["steps"]),
        confidence=line["confidence"],
        to_review=line.get("status") == UNSURE,
    )


def judged(question: Question, given: Answer, locale: str) -> Answer:
    """`given` as the engine or the key judges it; as it is where they cannot."""
    if given.answer is None or not given.answer.strip():
        return given
    if question.problem is not None:
        verdict = _verdict(question.problem, given, locale)
        if verdict == UNREADABLE:
            return given
        return msgspec.structs.replace(given, right=verdict in RIGHT, by="engine")
    if question.answer is not None and _folded(given.answer) == _folded(question.answer):
        return msgspec.structs.replace(given, right=True, by="key")
    return given


def is_open(question: Question, given: Answer) -> bool:
    """Whether there is an answer that nobody has judged, to a question of which it is known what is right."""
    return bool(given.answer and given.answer.strip()) and given.right is None and question.answer is not None


def counts(question: Question, given: Answer) -> bool:
    """Whether an answer may become an attempt: the engine judged it, and it was read for sure."""
    return given.by == "engine" and not given.to_review and question.exercise_id is not None


def totals(answers: Sequence[Answer]) -> tuple[int, int, int]:
    """How many are right, wrong, and to be looked at by staff.

    What a language model judged counts as neither until staff have.
    """
    settled = [each.right for each in answers if each.right is not None and each.by != "llm"]
    return sum(settled), len(settled) - sum(settled), sum(each.to_review for each in answers)


def _verdict(problem: str, given: Answer, locale: str) -> str:
    from chalicelib.diagnosis import diagnose

    return diagnose(problem, given.answer or "", steps=given.steps, locale=locale).verdict


def _canonical(problem: str, locale: str) -> str | None:
    from chalicelib.diagnosis import ProblemSyntaxError, parse_problem

    try:
        return str(parse_problem(problem, locale))
    except ProblemSyntaxError:
        return None


def _folded(text: str) -> str:
    """Without capitals, doubled spaces and a full stop at the end."""
    return " ".join(text.casefold().split()).rstrip(" .")
