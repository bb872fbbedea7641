"""What every topic builds on: a way of working a problem, right or buggy, and the register of the buggy ones.

A topic writes its right procedure as a `Procedure` cut into small methods, and each bug as a subclass that
overrides the one or two methods where such a student departs. Overrides hand on to `super()` wherever the
bug has nothing to say, so that two bugs together are simply a class with both as its bases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, NamedTuple, TypeVar


class NoAnswerError(Exception):
    """The procedure does not apply to the problem, or gets stuck before an answer."""


class Phrase(NamedTuple):
    """A sentence of the trace: its key under `trace` in the topic's locale file, and its values."""

    key: str
    values: Mapping[str, str]


class Step(NamedTuple):
    """One line of work, before it is put into words.

    `place` is a key of the common `places` texts (`ones`, `row`), or `work` where the whole work is one
    line; `wrote` what is put down there; `says` the sentences that tell how.
    """

    place: str
    wrote: str
    says: tuple[Phrase, ...]


WORK = "work"
WHOLE = 10**6
"""The agreement of two answers that are the same."""


class Procedure:
    """One way of working a problem of a topic, run once: `answer` or `steps`, not both on one object."""

    cases: ClassVar[frozenset[str]] = frozenset()
    """What a bug changes: by default the methods that it overrides. Bugs that share a case are rivals."""

    def __init__(self, task: Any) -> None:
        self.task = task

    def answer(self) -> str:
        """The answer, in the grammar. Raises NoAnswerError where there is none."""
        raise NotImplementedError

    def steps(self) -> list[Step]:
        """The work line by line. Raises NoAnswerError where `answer` would."""
        raise NotImplementedError


Way = TypeVar("Way", bound=type[Procedure])


class Register:
    """The buggy procedures of one topic, by catalogue id; calling it gives the decorator that adds one.

        bug = Register("subtraction")

        @bug("smaller_from_larger")
        class SmallerFromLarger(Columns): ...

    `cases` names what the bug changes, where that is narrower than the methods it overrides: two bugs that
    override one method for different columns (0 - N, and N - 0) can then be held together.
    """

    def __init__(self, topic: str) -> None:
        self.topic = topic
        self.procedures: dict[str, type[Procedure]] = {}

    def __call__(self, name: str, *, cases: tuple[str, ...] = ()) -> Callable[[Way], Way]:
        def add(procedure: Way) -> Way:
            bug = f"{self.topic}.{name}"
            if bug in self.procedures:
                raise ValueError(f"two procedures for {bug}")
            procedure.cases = frozenset(cases) or _changed(procedure)
            self.procedures[bug] = procedure
            return procedure

        return add


def _changed(procedure: type[Procedure]) -> frozenset[str]:
    own = {name for name, member in vars(procedure).items() if callable(member) and not name.startswith("_")}
    return frozenset(own).union(*(base.cases for base in procedure.__bases__ if issubclass(base, Procedure)))


def compatible(first: type[Procedure], second: type[Procedure]) -> bool:
    """Whether one student can hold both bugs: they change different things, and neither the whole work."""
    if "answer" in first.cases or "answer" in second.cases:
        return False
    return first.cases.isdisjoint(second.cases) and not issubclass(first, second) and first is not second


def is_compound(procedure: type[Procedure]) -> bool:
    """Whether the procedure is made of two bugs: of its bases, more than one changes something."""
    return sum(issubclass(base, Procedure) and bool(base.cases) for base in procedure.__bases__) > 1


_made: dict[tuple[object, ...], type[Procedure]] = {}
"""The classes made by `together` and `slipping`, as making one takes longer than running it."""


def together(first: type[Procedure], second: type[Procedure]) -> type[Procedure]:
    """The procedure of a student with both bugs; the first has the first word."""
    made = _made.get((first, second))
    if made is None:
        made = type(f"{first.__name__}And{second.__name__}", (first, second), {})
        _made[first, second] = made
    return made


def common_ending(answer: str, other: str) -> int:
    """How many characters at the end of two different answers are the same."""
    same = 0
    for mine, theirs in zip(reversed(answer), reversed(other), strict=False):
        if mine != theirs:
            break
        same += 1
    return same


def outcome(procedure: type[Procedure], task: Any) -> str | None:
    """What `procedure` answers to `task`; None where it does not apply or ends without an answer."""
    try:
        return procedure(task).answer()
    except NoAnswerError:
        return None


def slipping(slip: type[Procedure], at: int | tuple[int, int], amount: int = 0) -> type[Procedure]:
    """`slip` set to happen at one place of the work, by one amount."""
    made = _made.get((slip, at, amount))
    if made is None:
        made = type(slip.__name__, (slip,), {"at": at, "amount": amount})
        _made[slip, at, amount] = made
    return made
