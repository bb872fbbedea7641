"""What a topic tells the engine. Importing a topic's package must stay cheap: its procedures load later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar

from ..grammar.tree import Command, Tree, show
from ..procedure import WHOLE, common_ending, outcome

if TYPE_CHECKING:
    from random import Random

    from ..procedure import Procedure
    from ..results import Verdict

Task = TypeVar("Task")


class Slip(NamedTuple):
    """A single slip: its kind (`fact`, `carry` ...) and the right procedure with that slip in it."""

    kind: str
    procedure: type[Procedure]


class Part(NamedTuple):
    """A part of the right work that a student may write as a line: a smaller problem, and its answers.

    The first of `answers` is the usual one; `alone` says whether it usually has a line of its own.
    """

    problem: str
    answers: tuple[str, ...]
    alone: bool = False


class Topic(Generic[Task]):
    """One topic. `Task` is what its procedures work on, made from a problem's tree by `claim`."""

    name: ClassVar[str]
    order: ClassVar[int]
    """Where a problem is in the domain of several topics, the lowest one at home there comes first."""
    whole_numbers: ClassVar[bool] = False
    """Whether a comma before three digits always groups, in every locale."""
    modules: ClassVar[tuple[str, ...]]
    """The modules of the package that hold its bugs; each registers them as it is imported."""

    def claim(self, tree: Tree) -> Task | None:
        """The task in `tree`, or None where the problem is not of this topic."""
        raise NotImplementedError

    def at_home(self, task: Task) -> bool:  # noqa: ARG002 (for topics to override)
        """Whether the problem is mainly of this topic, and not just in its domain (as `3 - 5` is)."""
        return True

    def expected(self, task: Task) -> str:
        """The right answer in its usual form."""
        raise NotImplementedError

    def judge(self, task: Task, answer: Tree) -> Verdict:
        """The verdict on `answer`; `unreadable` where its form is no answer to such a problem."""
        raise NotImplementedError

    def key(self, answer: Tree) -> str:
        """What makes two answers the same answer, for comparison with what a procedure gives."""
        return show(answer)

    def output_key(self, output: str) -> str:
        """The key of a procedure's own output, which is in canonical form."""
        return output

    def neighbours(self, key: str) -> frozenset[str]:  # noqa: ARG002 (for topics to override)
        """The keys of the answers that are within a small slip of the answer with `key`."""
        return frozenset()

    def predicts(self, procedure: type[Procedure], task: Task) -> str | None:
        """The key of what a student with `procedure` answers to `task`; None where that is not known."""
        output = outcome(procedure, task)
        return None if output is None else self.output_key(output)

    def agreements(self, procedures: Sequence[type[Procedure]], task: Task, key: str) -> list[int]:
        """How far what each procedure answers agrees with the answer `key`: WHOLE where it is the same.

        Else the number of places, in the order of the work, before the first difference: by default of
        characters from the end, as column work goes from the right. 0 without an answer.
        """
        found = []
        for procedure in procedures:
            output = outcome(procedure, task)
            given = "" if output is None else self.output_key(output)
            found.append(WHOLE if given == key else common_ending(given, key))
        return found

    def right(self) -> type[Procedure]:
        """The right procedure."""
        raise NotImplementedError

    def slips(self, task: Task) -> Iterable[Slip]:  # noqa: ARG002 (for topics to override)
        """Every single slip that the right procedure could suffer on `task`."""
        return ()

    def worth(self, line: Tree) -> object | None:
        """What a line of work is worth, the same for equivalent lines; None where it is worth nothing alone.

        A number or an expression is worth its value, also where only another form of it is asked for
        (`simplify 4/8`). A topic of equations overrides this.
        """
        from ..grammar.values import NoValueError, value

        if isinstance(line, Command) and line.name in {"simplify", "improper", "decimal"}:
            (line,) = line.operands
        try:
            return value(line)
        except NoValueError:
            return None

    def parts(self, task: Task) -> Sequence[Part]:  # noqa: ARG002 (for topics to override)
        """The smaller problems that the right work on `task` consists of, in their order."""
        return ()

    def right_line(self, before: Tree, wrong: Tree) -> str:  # noqa: ARG002 (for topics to override)
        """The right line after `before` in place of the line `wrong`, where the right result is no such line.

        A topic of equations overrides this: the right result is a number. Elsewhere it is empty.
        """
        return ""

    def draw(self, rng: Random, difficulty: int) -> str:
        """A random problem of difficulty 1 (easiest) to 5."""
        raise NotImplementedError

    def procedures(self) -> dict[str, type[Procedure]]:
        """The buggy procedures by catalogue id, loaded at the first call."""
        found: dict[str, type[Procedure]] | None = vars(self).get("_procedures")
        if found is None:
            package = f"{__package__}.{self.name}"
            for module in self.modules:
                import_module(f"{package}.{module}")
            register: Any = import_module(f"{package}.{self.modules[0]}")
            found = dict(sorted(register.bug.procedures.items()))
            self._procedures = found
        return found
