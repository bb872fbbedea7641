"""From what a reader of photos says to lines of work: only what is in the grammar, and only what is sure.

A reader is not believed where the engine can judge: a problem or an answer outside the grammar is unreadable,
whatever the reader thinks of it. What it is not sure of, and work on another problem than the student said,
waits for somebody's word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from chalicelib.services.readers import Piece, Sheet
from chalicelib.services.transcripts import UNREADABLE, UNSURE, Line

if TYPE_CHECKING:
    from chalicelib.diagnosis import Problem

SURE: Final = 0.8
LONGEST_TEXT: Final = 500  # of what cannot be read


def lines(sheet: Sheet, pieces: Sequence[Piece]) -> list[Line]:
    """What becomes of each of `pieces`, in their order."""
    from chalicelib.diagnosis import parse_problem

    known = parse_problem(sheet.problem) if sheet.problem else None
    return [_line(sheet, known, piece) for piece in pieces]


def _line(sheet: Sheet, known: Problem | None, piece: Piece) -> Line:
    from chalicelib.diagnosis import canonical_answer

    problem = known if sheet.problem and not piece.problem else _problem(piece.problem, sheet.locale)
    is_read = problem is not None and canonical_answer(problem, piece.answer, sheet.locale) is not None
    if problem is None or not is_read or piece.unreadable:
        return Line(_text(piece), "", confidence=piece.confidence, status=UNREADABLE)
    is_known = problem == known
    is_sure = piece.confidence >= SURE and (known is None or is_known)
    return Line(
        str(problem) if is_known else piece.problem,
        piece.answer,
        piece.steps,
        piece.confidence,
        sheet.exercise_id if is_known else None,
        status=None if is_sure else UNSURE,
    )


def _problem(text: str, locale: str) -> Problem | None:
    from chalicelib.diagnosis import ProblemSyntaxError, parse_problem

    try:
        return parse_problem(text, locale)
    except ProblemSyntaxError:
        return None


def _text(piece: Piece) -> str:
    """All that was made out in one place, as far as it is worth keeping."""
    said = " = ".join(filter(None, (piece.problem, *piece.steps, piece.answer, piece.unreadable)))
    return said[:LONGEST_TEXT] or "?"
