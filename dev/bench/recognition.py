"""How surely the engine recognises bugs: everything that it is to show, topic by topic.

    python -m dev.bench.recognition [--topic TOPIC] [--quick]

All is seeded: the same code prints the same numbers. `students.py` says what each of them counts.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from math import fsum
from typing import NamedTuple

from chalicelib.diagnosis import bugs, diagnose, generate
from chalicelib.diagnosis.topics import topics
from dev.bench.forms import equivalents
from dev.bench.students import (
    MOST_PROBLEMS,
    Effort,
    Unseen,
    effort,
    falsely_accused,
    ranked_first,
    unseen,
)

WORTH_PROBING = 4
"""Probes are measured over the bugs for which random problems need at least so many."""


class Size(NamedTuple):
    """How much is tried of each thing."""

    unseen: int
    students: int
    probed: int
    slipping: int
    equivalent: int


FULL = Size(unseen=30, students=5, probed=3, slipping=200, equivalent=1000)
QUICK = Size(unseen=5, students=1, probed=1, slipping=30, equivalent=50)
Row = tuple[object, ...]


def main(arguments: Sequence[str] | None = None) -> None:
    known = [topic.name for topic in topics()]
    parser = argparse.ArgumentParser(prog="python -m dev.bench.recognition", description=__doc__)
    parser.add_argument("--topic", choices=known, help="this topic only")
    parser.add_argument("--quick", action="store_true", help="a smaller sample")
    chosen = parser.parse_args(arguments)
    names = [chosen.topic] if chosen.topic else known
    size = QUICK if chosen.quick else FULL
    _unseen(names, size, earlier=0)
    _unseen(names, size, earlier=3)
    _students(names, size)
    _probes(names, size)
    _slipping(names, size)
    _equivalent(names, size)


def _print(title: str, columns: str, names: Sequence[str], row: Callable[[list[str]], Row]) -> None:
    """A table with a row for each topic and, if there are several, one for all together."""
    print(f"\n{title}\n  {'':<15}{columns}", flush=True)
    rows = [(name, [name]) for name in names]
    for name, members in [*rows, ("all", list(names))] if len(rows) > 1 else rows:
        print(f"  {name:<15}" + "".join(f"{_shown(cell):>13}" for cell in row(members)), flush=True)


def _shown(cell: object) -> str:
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)


def _heads(*names: str) -> str:
    return "".join(f"{name:>13}" for name in names)


def _unseen(names: Sequence[str], size: Size, *, earlier: int) -> None:
    totals = {name: Unseen() for name in names}
    for name in names:
        for bug in bugs(name):
            totals[name] = totals[name].plus(unseen(bug.id, name, size.unseen, earlier=earlier))

    def row(members: list[str]) -> Row:
        total = Unseen()
        for member in members:
            total = total.plus(totals[member])
        return (total.cases, *(share / total.cases for share in map(float, total[1:shown])))

    shown = 3 if earlier else len(Unseen._fields)
    columns = ("cases", "listed", "first three", "by class", "at most")[:shown]
    title = f"Unseen problems, each after {earlier} earlier answers of the student (share of the cases)"
    _print(title, _heads(*columns), names, row)
    if not earlier:
        print("  by class: ties settled by lot; at most: any order, were all bugs that coincide as frequent")


def _students(names: Sequence[str], size: Size) -> None:
    firsts = {
        name: [
            first
            for bug in bugs(name)
            for student in range(size.students)
            if (first := ranked_first(bug.id, name, student)) is not None
        ]
        for name in names
    }

    def row(members: list[str]) -> Row:
        found = [first for member in members for first in firsts[member]]
        return len(found), sum(found) / len(found)

    _print(
        "Students with one bug and slips, after 12 problems", _heads("students", "ranked first"), names, row
    )


def _probes(names: Sequence[str], size: Size) -> None:
    efforts = {name: [effort(bug.id, name, size.probed) for bug in bugs(name)] for name in names}

    def row(members: list[str]) -> Row:
        found = [each for member in members for each in efforts[member]]
        never = [each for each in found if min(each) > MOST_PROBLEMS]
        slow = [each for each in found if each.at_random >= WORTH_PROBING and each not in never]
        if not slow:
            return len(found), len(never), 0
        at_random, probing = (
            fsum(each[way] for each in slow) / len(slow) for way in range(len(Effort._fields))
        )
        return len(found), len(never), len(slow), at_random, probing, probing / at_random

    title = f"Problems until a bug has 0.95 ({MOST_PROBLEMS + 1} where {MOST_PROBLEMS} are not enough)"
    columns = _heads("bugs", "never", "4 or more", "random", "probes", "ratio")
    _print(title, columns, names, row)


def _slipping(names: Sequence[str], size: Size) -> None:
    accused = {
        name: sum(falsely_accused(name, student) for student in range(size.slipping)) for name in names
    }

    def row(members: list[str]) -> Row:
        students = size.slipping * len(members)
        return students, sum(accused[member] for member in members) / students

    _print("Students who only slip, 12 problems", _heads("students", "accused"), names, row)


def _equivalent(names: Sequence[str], size: Size) -> None:
    counts = {name: _called_wrong(name, size.equivalent) for name in names}

    def row(members: list[str]) -> Row:
        return tuple(sum(counts[member][i] for member in members) for i in range(2))

    _print("Right answers in equivalent forms", _heads("tried", "called wrong"), names, row)


def _called_wrong(topic: str, problems: int) -> tuple[int, int]:
    """How many forms of right answers were tried, and how many called wrong or unreadable."""
    batches = range(0, problems, 50)
    asked = [problem for batch in batches for problem in generate(topic, seed=f"forms {batch}", count=50)]
    verdicts = [diagnose(problem, form).verdict for problem in asked for form in equivalents(problem)]
    return len(verdicts), sum(verdict in {"incorrect", "unreadable"} for verdict in verdicts)


if __name__ == "__main__":
    main()
