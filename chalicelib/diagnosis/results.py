"""What the engine hands back: plain, immutable tuples of strings, numbers and one another.

They serialise as they are (a named tuple is a JSON array); `as_dict` gives nested dicts where a frontend
wants names. Named tuples rather than dataclasses, since importing `dataclasses` alone costs two thirds of
the 30 ms that the package may take.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias

Verdict: TypeAlias = Literal["correct", "not_simplified", "incorrect", "unreadable"]


class TraceLine(NamedTuple):
    """One line of a student's work: in column arithmetic one column, ones first.

    `place` is the line's name in the locale ("ones"; empty where the work is one line), `wrote` what the
    student puts down there (empty: nothing), `right` what is right there, `text` the work in words, and
    `first_departure` is true on the first line where the work leaves the right procedure.
    """

    place: str
    wrote: str
    right: str
    text: str
    first_departure: bool


class Candidate(NamedTuple):
    """One explanation of a wrong answer.

    `bug` is a catalogue id, `id+id`, `slip.<kind>`, or `id+slip.<kind>` for a slip on top of a bug.
    """

    bug: str
    probability: float
    name: str
    explanation: str
    trace: tuple[TraceLine, ...]


class WrongStep(NamedTuple):
    """The first wrong one of the student's steps: its number from 0, and what is right in its place.

    `expected` is a line of the same kind: an equation for an equation, a number or an expression for such a
    one. For a sum with its result (`13 - 8 = 4`) it is the right result, or the right sum where the result
    is right and another sum belongs there. It is empty where that cannot be said in one line.
    """

    step: int
    line: str
    expected: str


class Diagnosis(NamedTuple):
    """The outcome of `diagnose`.

    For `incorrect`, the probabilities of `candidates` (best first) and `unexplained` sum to 1; for every
    other verdict there are no candidates and `unexplained` is 0. `wrong_step` is the first wrong line where
    steps were given and one is wrong, whatever the verdict on the answer.
    """

    verdict: Verdict
    expected: str
    candidates: tuple[Candidate, ...] = ()
    unexplained: float = 0.0
    wrong_step: WrongStep | None = None

    def as_dict(self) -> dict[str, Any]:
        """The same as nested dicts and lists, ready for JSON."""
        candidates = [
            {**candidate._asdict(), "trace": [line._asdict() for line in candidate.trace]}
            for candidate in self.candidates
        ]
        step = self.wrong_step._asdict() if self.wrong_step else None
        return {**self._asdict(), "candidates": candidates, "wrong_step": step}


class Bug(NamedTuple):
    """One known bug, as the catalogue has it.

    `problem`, `wrong` and `correct` are its worked example; `prior` is `common`, `uncommon` or `rare`, a
    judgement from the literature; `source` says where it is reported ("recalled": from memory of it).
    """

    id: str
    topic: str
    definition: str
    problem: str
    wrong: str
    correct: str
    source: str
    prior: Literal["common", "uncommon", "rare"]
