"""Topics with several kinds of problems, whose work is written line by line.

A topic's own `Work` derives from `Lines` and holds the right work on each kind in `right`; each bug derives
from the right work on its kind. A bug that is not about a problem says so as it is made (NoAnswerError in
`__init__`); one that gets stuck says so at work.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from ..procedure import NoAnswerError, Phrase, Procedure, Step
from .base import Topic

if TYPE_CHECKING:
    from fractions import Fraction as Rational
    from typing import Self


class TaskOfKind(Protocol):
    """A task of one of several kinds."""

    @property
    def kind(self) -> str: ...


class Lines(Procedure):
    """Work on one of the `kinds` of problems of a topic, written line by line; the last line is the answer.

    The class that has `right` of its own is right work on a problem of any kind.
    """

    kinds: ClassVar[frozenset[str]] = frozenset()
    right: ClassVar[dict[str, type[Any]]]

    def __init_subclass__(cls) -> None:
        """Work of two kinds of classes (two bugs, a bug and a slip) is on the problems that both are on."""
        super().__init_subclass__()
        if "kinds" not in vars(cls):
            kinds = [base.kinds for base in cls.__bases__ if issubclass(base, Lines) and base.kinds]
            cls.kinds = frozenset.intersection(*kinds) if kinds else frozenset()

    def __new__(cls, task: TaskOfKind) -> Self:
        work: type[Self] = cls.right[task.kind] if "right" in vars(cls) else cls
        return super().__new__(work)

    def __init__(self, task: TaskOfKind) -> None:
        super().__init__(task)
        if task.kind not in self.kinds:
            raise NoAnswerError
        self.lines: list[Step] = []
        """The lines of work so far."""
        self.told = False
        """Whether the lines are read, and not the answer alone: putting them into words costs time."""

    def answer(self) -> str:
        self.work()
        return self.lines[-1].wrote

    def steps(self) -> list[Step]:
        self.told = True
        self.work()
        *earlier, last = self.lines
        return [*earlier, last._replace(place="result")]

    def work(self) -> None:
        """Write the lines of work; at least the last one, where the lines are not told."""
        raise NotImplementedError

    def write(self, place: str, line: str, key: str, **values: object) -> None:
        """Write a line of work, told by the sentence `key` with these values."""
        said = {name: str(number) for name, number in values.items()}
        self.lines.append(Step(place, line, (Phrase(key, {**said, "wrote": line}),)))


Task = TypeVar("Task")


class LineTopic(Topic[Task]):
    """A topic whose procedures are `Lines`."""

    def expected(self, task: Task) -> str:
        return _right_answer(self, task)

    def predicts(self, procedure: type[Procedure], task: Task) -> str | None:
        """Where a bug is not about the problem, the work is right, as where its answer is worth the same."""
        expected = self.expected(task)
        try:
            work = procedure(task)
        except NoAnswerError:
            return self.output_key(expected)
        try:
            output = work.answer()
        except NoAnswerError:
            return None
        right = output == expected or number_in(output) == number_in(expected) is not None
        return self.output_key(expected if right else output)

    def agreements(self, procedures: Sequence[type[Procedure]], task: Task, key: str) -> list[int]:
        """Short of WHOLE: 1 where a bug changes the answer, and so may be one of two bugs; else 0."""
        from ..procedure import WHOLE, outcome

        expected, found = self.expected(task), []
        for procedure in procedures:
            output = outcome(procedure, task)
            if output is None or output == expected:
                found.append(0)
            else:
                found.append(WHOLE if self.output_key(output) == key else 1)
        return found


@lru_cache(maxsize=1024)
def _right_answer(topic: LineTopic[Any], task: Any) -> str:
    """What right work answers; kept, as all bugs are held against it."""
    return topic.right()(task).answer()


def number_in(output: str) -> Rational | None:
    """The number that a procedure has answered, without its percent sign; None for anything else."""
    from fractions import Fraction as Rational

    whole, _, fraction = output.removesuffix("%").rpartition(" ")
    try:
        part = Rational(fraction)
        if not whole:
            return part
        return Rational(whole) - part if whole.startswith("-") else Rational(whole) + part
    except ValueError:
        return None
