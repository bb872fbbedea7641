"""The states of a worksheet and of what students hand in: one table of every transition there is. Pure.

What is not in the table does not happen: a request for it is a conflict, a worker that comes too late finds
nothing to do. The drawing in `docs/guides.md` is made from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from chalicelib.errors import ConflictError

Machine: TypeAlias = Literal["guide", "submission"]
GUIDE: Final = "guide"
SUBMISSION: Final = "submission"

# Of a worksheet.
WAITING, REFUSED, READING, SOLVING = "waiting", "refused", "reading", "solving"
REVIEW, PUBLISHED, CLOSED = "review", "published", "closed"
# Of a submission, which may also be `waiting`.
FAILED, WITHDRAWN, GRADING, GRADED = "failed", "withdrawn", "grading", "graded"


class Transition(NamedTuple):
    """That `event` leads a machine from `start` to `end`; `by` says who makes it happen."""

    machine: Machine
    start: str
    event: str
    end: str
    by: str


TABLE: Final = (
    Transition(GUIDE, WAITING, "arrive", READING, "uploads"),
    Transition(GUIDE, WAITING, "refuse", REFUSED, "uploads"),
    Transition(GUIDE, READING, "read", SOLVING, "guide_ingest"),
    Transition(GUIDE, READING, "refuse", REFUSED, "guide_ingest"),
    Transition(GUIDE, READING, "go_on", READING, "staff"),
    Transition(GUIDE, SOLVING, "solve", REVIEW, "guide_solve"),
    Transition(GUIDE, SOLVING, "go_on", SOLVING, "staff"),
    Transition(GUIDE, REVIEW, "edit", REVIEW, "staff"),
    Transition(GUIDE, REVIEW, "publish", PUBLISHED, "staff"),
    Transition(GUIDE, PUBLISHED, "submit", PUBLISHED, "student"),
    Transition(GUIDE, PUBLISHED, "close", CLOSED, "staff"),
    Transition(GUIDE, CLOSED, "reopen", PUBLISHED, "staff"),
    Transition(SUBMISSION, WAITING, "transcribe", GRADING, "transcribe"),
    Transition(SUBMISSION, WAITING, "fail", FAILED, "uploads"),
    Transition(SUBMISSION, WAITING, "withdraw", WITHDRAWN, "student"),
    Transition(SUBMISSION, GRADING, "grade", GRADED, "guide_grade"),
    Transition(SUBMISSION, GRADED, "mark", GRADED, "staff"),
)
FIRST: Final[dict[Machine, tuple[str, ...]]] = {GUIDE: (WAITING,), SUBMISSION: (WAITING, GRADING)}


def after(machine: Machine, state: str, event: str) -> str:
    """The state to which `event` leads from `state`.

    Raises `ConflictError` where it leads nowhere from there: `from` is the state, `to` that to which the
    event would lead from elsewhere.
    """
    ends = [each for each in TABLE if (each.machine, each.event) == (machine, event)]
    for each in ends:
        if each.start == state:
            return each.end
    if not ends:
        raise ValueError(f"there is no event {event} of a {machine}")
    told: dict[str, Any] = {"from": state, "to": ends[0].end}
    raise ConflictError(f"What is {state} cannot become {ends[0].end}.", reason="state", **told)


def states(machine: Machine) -> tuple[str, ...]:
    """All states of a machine, in the order in which they are reached."""
    found = dict.fromkeys(FIRST[machine])
    for each in TABLE:
        if each.machine == machine:
            found |= dict.fromkeys((each.start, each.end))
    return tuple(found)


def drawing(machine: Machine) -> Iterator[str]:
    """A machine as a Mermaid state diagram, line by line."""
    yield "stateDiagram-v2"
    yield from (f"    [*] --> {state}" for state in FIRST[machine])
    for each in TABLE:
        if each.machine == machine:
            yield f"    {each.start} --> {each.end}: {each.event} ({each.by})"
    starts = {each.start for each in TABLE if each.machine == machine}
    yield from (f"    {state} --> [*]" for state in states(machine) if state not in starts)
