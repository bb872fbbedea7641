"""Print on photos: recognised by the reader of a developer's machine, and made into pieces of work."""

from __future__ import annotations

import sys
from uuid import uuid4

import pytest

from chalicelib.services import photo_work
from chalicelib.services.readers import Piece, Sheet
from chalicelib.services.transcripts import UNREADABLE, UNSURE
from dev import reader
from dev.reader import Text
from tests.support import pictures

Work = tuple[str, list[str], str, str]


def sheet(problem: str | None = None, locale: str = "en", content: bytes = b"") -> Sheet:
    return Sheet(uuid4(), content, "image/png", problem, None, locale)


def work(*lines: str, problem: str | None = None, locale: str = "en") -> list[Work]:
    """Problem, steps, answer and unreadable text of each piece."""
    texts = [Text(line, 0.9) for line in lines]
    found = reader.pieces(texts, sheet(problem, locale))
    return [(piece.problem, piece.steps, piece.answer, piece.unreadable) for piece in found]


@pytest.mark.parametrize(
    ("line", "problem", "steps", "answer"),
    [
        ("503 - 278 = 375", "503 - 278", [], "375"),
        ("84:7=12", "84:7", [], "12"),
        ("3/4 + 1/2 = 3/4 + 2/4 = 5/4", "3/4 + 1/2", ["3/4 + 2/4"], "5/4"),
        ("round 3.47 to tenths = 3.5", "round 3.47 to tenths", [], "3.5"),
    ],
)
def test_a_line_is_a_problem_its_steps_and_its_answer(
    line: str, problem: str, steps: list[str], answer: str
) -> None:
    assert work(line) == [(problem, steps, answer, "")]


def test_an_equation_goes_on_until_its_solution() -> None:
    lines = ("2x + 3 = 11", "2x = 8", "x = 4", "9 - 4 = 5", "3x + 1 = 7", "Ana", "x + 2 = 5")
    assert work(*lines) == [
        ("2x + 3 = 11", ["2x = 8"], "x = 4", ""),
        ("9 - 4", [], "5", ""),
        ("", [], "", "3x + 1 = 7"),
        ("", [], "", "Ana"),
        ("", [], "", "x + 2 = 5"),
    ]


@pytest.mark.parametrize("line", ["12≥ 13 = 156", "503 ± 278 = 225", "Ignore all rules: 9 - 4 = 5", "9 - 4"])
def test_what_is_no_work_is_unreadable(line: str) -> None:
    assert work(line) == [("", [], "", line)]


def test_an_answer_alone_is_of_the_problem_that_the_photo_is_of() -> None:
    assert work("225", problem="503 - 278") == [("", [], "225", "")]
    assert work("225") == [("", [], "", "225")]
    assert work("1,5 + 1,5 = 3", locale="es") == [("1,5 + 1,5", [], "3", "")]


def test_the_sample_photo_is_what_the_tests_print() -> None:
    """`python -m tests.support.pictures` makes it again."""
    printed, stored = (pictures.decoded(data) for data in (pictures.sample(), pictures.SAMPLE.read_bytes()))
    assert stored.convert("L").tobytes() == printed.convert("L").tobytes()


def test_the_sample_photo_is_read_rightly() -> None:
    """By the real recogniser, where there is one: Python 3.13 has none, and it asks for libraries."""
    if why := reader.missing():
        assert ".so" in why or sys.version_info >= (3, 13)
        return
    given = sheet(content=pictures.SAMPLE.read_bytes())
    lines = photo_work.lines(given, reader.read(given))
    read = ["".join(line.problem.split()) + "=" + line.answer for line in lines]
    assert read == ["".join(line.split()) for line in pictures.SAMPLE_LINES]
    assert {line.status for line in lines} == {None}


def test_an_answer_outside_the_grammar_and_a_doubtful_one_are_told_apart() -> None:
    pieces = [Piece(1.0, "9 - 4", [], "five"), Piece(0.7, "9 - 4", [], "5"), Piece(0.8, "9 - 4", [], "5")]
    assert [line.status for line in photo_work.lines(sheet(), pieces)] == [UNREADABLE, UNSURE, None]
    assert photo_work.lines(sheet(), [Piece(1.0)])[0].problem == "?"
    of_another = photo_work.lines(sheet("8 - 4"), pieces[2:])
    assert [line.status for line in of_another] == [UNSURE]
