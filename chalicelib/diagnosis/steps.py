"""The first wrong line in a student's work. Lines are compared as mathematics: equivalent ones are right.

A line may be

- a rewriting of the line before it (`24 × 10 + 24 × 3`, `240 + 72`): it must be worth as much;
- a small sum with its result (`13 - 8 = 5`): it must be true, and where the lines are the columns of the
  problem one by one, it must be the column of the right work;
- a number: the next part of the work (a partial product, a running total), or the result of the line
  before it if that one was a rewriting.

A line that is not in the grammar is passed over: unreadable is not wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from .errors import ProblemSyntaxError
from .grammar import Tree, parse_answer_tree, show
from .grammar.tree import Binary, Command, Decimal, Fraction, Mixed, Negative, Relation, Remainder, Whole
from .problem import Problem, expected_answer, parse_problem
from .results import WrongStep
from .topics import topic_named
from .topics.base import Part, Topic


class Wrong(NamedTuple):
    """The first wrong line, and the smaller problem with its wrong answer that it states.

    `problem` is empty where the line is right in itself and only out of place in the work.
    """

    step: WrongStep
    problem: str
    answer: str


def first_wrong(
    problem: Problem, steps: Sequence[str], locale: str, *, right_in_the_end: bool
) -> Wrong | None:
    """The first wrong line of `steps`; None where all can be right.

    A line that is only out of place is let pass where the answer is right in the end: there are other
    good ways to work than the one that is taught here.
    """
    topic = topic_named(problem.topic)
    lines = [(index, tree) for index, text in enumerate(steps) if (tree := _read(topic, text, locale))]
    work = _Work(topic, problem)
    for index, line in lines:
        found = work.check(line)
        if found:
            expected, part, answer = found
            return Wrong(WrongStep(index, steps[index], expected), part, answer)
    if right_in_the_end:
        return None
    return _out_of_place(topic, problem, lines, steps)


def _read(topic: Topic[Any], text: str, locale: str) -> Tree | None:
    try:
        return parse_answer_tree(text, commas_group=topic.whole_numbers or locale.startswith("en"))
    except ProblemSyntaxError:
        return None


Finding = tuple[str, str, str]
"""What is right in place of a line, and the smaller problem and wrong answer that the line states."""


class _Work:
    """The work so far: the last line that stood for the whole problem, and the parts still to come."""

    def __init__(self, topic: Topic[Any], problem: Problem) -> None:
        self.topic = topic
        self.expected = topic.expected(problem.tasks[topic.name])
        self.last: Tree = problem.tree
        self.rewritten = False
        self.worth = topic.worth(problem.tree)
        self.parts = list(topic.parts(problem.tasks[topic.name]))

    def check(self, line: Tree) -> Finding | None:
        """What is wrong with the next line, if anything."""
        worth = self.topic.worth(line)
        if isinstance(line, Relation) and worth is None:
            return self._check_sum(line)
        if worth is not None and worth == self.worth:
            self.last = Command(self.last.name, (line,)) if isinstance(self.last, Command) else line
            self.rewritten = True
            return None
        part = None if self.rewritten else self._next_part(line)
        if part is not None:
            right = show(line) in {part.problem, *part.answers}
            return None if right else (part.answers[0], part.problem, show(line))
        return None if worth is None else self._first_difference(self.last, line)

    def _check_sum(self, line: Relation) -> Finding | None:
        """A line `sum = result`: both sides must be worth the same."""
        left, right = self.topic.worth(line.left), self.topic.worth(line.right)
        if isinstance(line.right, Remainder):
            return self._check_division(line.left, line.right)
        if left is None or right is None or left == right:
            return None
        right = self.topic.right_line(self.last, line) or show(line.left)
        return _stated(line.left, line.right) or (right, "", "")

    def _check_division(self, left: Tree, right: Remainder) -> Finding | None:
        expected = _right_answer(show(left))
        return None if expected in {"", show(right)} else (expected, show(left), show(right))

    def _next_part(self, line: Tree) -> Part | None:
        """The part of the right work that `line` is to be held against.

        A line that is a part's problem or its answer is that part, and those before it are skipped. Any
        other number is the next part's, if such a part has a line of its own or the number is one digit.
        """
        text = show(line)
        for i, part in enumerate(self.parts):
            if text == part.problem or text in part.answers:
                del self.parts[: i + 1]
                return part
        if self.parts and _is_number(line) and (self.parts[0].alone or len(text) == 1):
            return self.parts.pop(0)
        return None

    def _first_difference(self, before: Tree, line: Tree) -> Finding:
        """The smallest part of `before` that `line` rewrites wrongly; the whole problem where it is none."""
        if isinstance(before, Binary) and isinstance(line, Binary) and before.operator == line.operator:
            for old, new in ((before.left, line.left), (before.right, line.right)):
                if self.topic.worth(old) != self.topic.worth(new):
                    return self._first_difference(old, new)
        right, part, answer = _stated(before, line) or (self.expected, "", "")
        return self.topic.right_line(before, line) or right, part, answer


def _stated(before: Tree, after: Tree) -> Finding | None:
    """The problem that is answered wrongly where `after` stands for `before`; None where that is none."""
    problem, answer = show(before), show(after)
    match before, after:
        case Fraction(), Fraction(numerator, denominator):
            missing = _right_answer(f"{problem} = ?/{denominator}")
            if missing.isdigit():
                return f"{missing}/{denominator}", f"{problem} = ?/{denominator}", str(numerator)
        case Mixed(), Fraction():
            problem = f"improper {problem}"
        case Fraction(), Decimal():
            problem = f"decimal {problem}"
    for asked in (problem, f"expand {problem}"):
        right = _right_answer(asked)
        if right:
            return right, asked, answer
    return None


def _right_answer(text: str) -> str:
    """The right answer to `text` as a problem; empty where it is none that is known."""
    try:
        return expected_answer(text)
    except ProblemSyntaxError:
        return ""


def _is_number(tree: Tree) -> bool:
    inner = tree.operand if isinstance(tree, Negative) else tree
    return isinstance(inner, Whole | Decimal | Fraction | Mixed | Remainder)


def _out_of_place(
    topic: Topic[Any], problem: Problem, lines: Sequence[tuple[int, Tree]], steps: Sequence[str]
) -> Wrong | None:
    """The first line that is not the column of the right work where the lines are columns, one by one.

    The lines are columns if each is `a operator b = c` with the second number of the column in its place.
    """
    parts = topic.parts(problem.tasks[topic.name])
    if not parts or len(parts) != len(lines):
        return None
    for (index, line), part in zip(lines, parts, strict=True):
        right = parse_problem(part.problem).tree
        if not (isinstance(line, Relation) and isinstance(line.left, Binary) and isinstance(right, Binary)):
            return None
        if line.left.operator != right.operator or line.left.right != right.right:
            return None
        if line.left.left != right.left:
            return Wrong(WrongStep(index, steps[index], f"{part.problem} = {part.answers[0]}"), "", "")
    return None
