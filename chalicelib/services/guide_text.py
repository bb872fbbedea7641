"""The questions in the text of a worksheet: found by their numbers and by the grammar. Pure.

A line that begins with a number or a letter and a mark (`1.`, `b)`) begins a question; so does one that is a
problem of the grammar. Several of them may stand in one line, in columns. What comes before the first is no
question, what comes after one belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

MOST_BLANKS: Final = 3  # lines between a question and what still belongs to it
LONGEST: Final = 1000  # characters of a question
LABEL = re.compile(r"(?:(?<=\s\s)|^)\s*(?:\(?(?P<label>\d{1,3}|[a-zA-Z])(?P<mark>[.):]))(?=\s+\S)")
# What is printed for the student to write into, and what asks for the result.
TO_FILL = " \t=_.?\u2026\u25a1\u2610"
LEAD = re.compile(r"^\D*?[:.]\s+(?=\S)")  # "Work out: 12 x 3"
SPACES = re.compile(r"\s+")


class Found(NamedTuple):
    """A question as it was found: its number, its words and its problem, if the grammar has it."""

    label: str
    text: str
    problem: str | None


def questions(pages: Sequence[str], locale: str) -> list[Found]:
    """The questions in the text of `pages`, in their order; canonical problems."""
    return [_found(label, text, locale) for page in pages for label, text in _pieces(page, locale) if text]


def problem_in(text: str, locale: str) -> str | None:
    """The problem that `text` states, canonical; None where it is none of the grammar.

    The sign of equality, the place to fill in and words before a colon are no part of it.
    """
    from chalicelib.diagnosis import ProblemSyntaxError, parse_problem

    bare = text.strip()
    for stated in dict.fromkeys((bare, bare.rstrip(TO_FILL), LEAD.sub("", bare).rstrip(TO_FILL))):
        try:
            return str(parse_problem(stated, locale))
        except ProblemSyntaxError:
            continue
    return None


def _pieces(page: str, locale: str) -> Iterator[tuple[str, str]]:
    """The labels and texts of the questions on a page; without a label an empty one."""
    label, blanks = "", 0
    lines: list[str] = []
    for line in page.splitlines():
        if not line.strip():
            blanks += 1
            continue
        for begins, begun, text in _columns(line):
            if begins or problem_in(text, locale) is not None:
                if lines:
                    yield label, " ".join(lines)
                label, lines = begun, [text]
            elif lines and blanks < MOST_BLANKS and not _is_done(lines, locale):
                lines.append(text)
            elif lines:
                yield label, " ".join(lines)
                label, lines = "", []
            blanks = 0
    if lines:
        yield label, " ".join(lines)


def _is_done(lines: Sequence[str], locale: str) -> bool:
    """Whether what was gathered is a whole problem: what follows is another thing, such as a heading."""
    return problem_in(" ".join(lines), locale) is not None


def _columns(line: str) -> Iterator[tuple[bool, str, str]]:
    """The parts of a line that begin with a label: whether they do, the label, and the text after it."""
    marks = list(LABEL.finditer(line))
    ends = [each.start() for each in marks] + [len(line)]
    if head := SPACES.sub(" ", line[: ends[0]]).strip():
        yield False, "", head
    for mark, end in zip(marks, ends[1:], strict=True):
        text = SPACES.sub(" ", line[mark.end() : end]).strip()
        yield True, mark["label"], text


def _found(label: str, text: str, locale: str) -> Found:
    return Found(label, text[:LONGEST], problem_in(text, locale))
