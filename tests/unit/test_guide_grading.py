"""What answers to a worksheet are worth without a language model: matched with the questions, and judged."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.services import guide_grading, guide_questions
from chalicelib.services.guide_grading import Answer
from chalicelib.services.guide_questions import Question


def question(problem: str | None = None, answer: str | None = None) -> Question:
    made = Question(id=guide_questions.new_id(), label="1", text="T", problem=problem, answer=answer)
    made.exercise_id = guide_questions.new_id() if problem else None
    return made


def line(problem: str, answer: str, confidence: float = 0.9, **more: Any) -> dict[str, Any]:
    return {"problem": problem, "answer": answer, "steps": [], "confidence": confidence, **more}


def judged(asked: Question, answer: str, locale: str = "en") -> tuple[bool | None, str | None]:
    found = guide_grading.judged(asked, Answer(question_id=asked.id, answer=answer), locale)
    return found.right, found.by


@pytest.mark.parametrize(
    ("problem", "answer", "expected"),
    [
        ("503 - 278", "225", (True, "engine")),
        ("503 - 278", "375", (False, "engine")),
        ("1/4 + 1/4", "2/4", (True, "engine")),
        ("503 - 278", "two hundred", (None, None)),
        ("503 - 278", " ", (None, None)),
    ],
)
def test_the_engine_judges_what_is_in_the_grammar(
    problem: str, answer: str, expected: tuple[bool | None, str | None]
) -> None:
    assert judged(question(problem), answer) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Rhombus.", (True, "key")),
        ("  rhombus ", (True, "key")),
        ("square", (None, None)),
        ("", (None, None)),
    ],
)
def test_words_are_right_by_themselves_where_they_are_the_key(
    answer: str, expected: tuple[bool | None, str | None]
) -> None:
    assert judged(question(answer="rhombus"), answer) == expected


def test_lines_are_matched_with_questions_by_their_problems() -> None:
    asked = [question("503 - 278"), question("12 × 13"), question(answer="rhombus"), question("84 ÷ 7")]
    lines = [
        line("12 * 13", "146", 0.8),
        line("503-278", "225"),
        line("12 x 13", "156", 0.9),
        line("84 : 7", "12", 0.5, status="unsure"),
    ]
    found = guide_grading.matched(asked, lines, "en")
    assert [(each.answer, each.to_review) for each in found] == [
        ("225", False), ("156", False), (None, True), ("12", True),
    ]  # fmt: skip


def test_where_something_could_not_be_read_staff_look_at_what_is_missing() -> None:
    asked = [question("503 - 278"), question("700 - 1")]
    unread = line("5?3 - 278", "", status="kept", reason="unreadable")
    assert [e.to_review for e in guide_grading.matched(asked, [line("700 - 1", "699")], "en")] == [
        False,
        False,
    ]
    found = guide_grading.matched(asked, [unread, line("700 - 1", "699")], "en")
    assert [each.to_review for each in found] == [True, False]


def test_only_what_the_engine_judged_and_was_read_for_sure_may_count() -> None:
    asked = question("503 - 278")
    sure = Answer(question_id=asked.id, answer="225", right=True, by="engine")
    assert guide_grading.counts(asked, sure)
    for change in ({"by": "llm"}, {"by": "teacher"}, {"to_review": True}):
        other = Answer(question_id=asked.id, **{"answer": "225", "right": True, "by": "engine", **change})
        assert not guide_grading.counts(asked, other)


def test_a_models_word_counts_as_neither_right_nor_wrong() -> None:
    values = [(True, "engine"), (False, "engine"), (True, "llm"), (None, None), (True, "teacher")]
    answers = [
        Answer(question_id=guide_questions.new_id(), right=right, by=by, to_review=by == "llm")  # type: ignore[arg-type]
        for right, by in values
    ]
    assert guide_grading.totals(answers) == (2, 1, 1)
