"""The question of the worker `classify`: what a language model is told and may answer.

Told are the catalogue of one topic and, for each case, the problem, the right answer, the student's answer as
the grammar writes it, and the lines of work. Whose they are it is not told. What it may answer is an id of
that catalogue, two of them, or none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple
from uuid import UUID

import msgspec

from chalicelib.llm.conversation import DATA_RULE, Request, as_data, user
from chalicelib.services import findings, language_model, retirement, second_opinion
from chalicelib.services.had_bugs import TOGETHER
from chalicelib.services.language_model import Question

if TYPE_CHECKING:
    from chalicelib.diagnosis import Bug

NONE: Final = "none"
SLIP: Final = "slip"
MOST_BUGS: Final = 2  # that one student is taken to have at once
# What is told of the work; a problem of school has fewer and shorter lines.
MOST_STEPS: Final = 20
LONGEST_STEP: Final = 120
TOKENS_OF_AN_OPINION: Final = 80
TOKENS_BESIDE: Final = 100

SYSTEM: Final = """\
You look for the misconception behind wrong answers of school children in {topic}. Each case begins with its
number, as [1]. P is the problem, R its right answer, A what the student answered, each L a line of the
student's work.

Misconceptions, called bugs, are known. One a line: its id, what the student does, an example with the wrong
and the right answer.
{catalogue}

Say of each case which bug leads to exactly the student's answer when its procedure is followed step by step
on that very problem; work it through before you say so. `bug` is its id, or two ids joined by "+" where it
takes both. It is "{slip}" where the work is right but for a single lapse, and "{none}" where no bug of the
list leads there or the work does not tell. Never guess: "{none}" is a good answer. `confidence`, from 0 to 1,
is how sure you are. Give one opinion for each case, under its number.

{data_rule}"""


class Case(NamedTuple):
    """What is to be told of an attempt; attempts that are alike are one case."""

    problem: str  # canonical, as is the answer
    answer: str
    steps: tuple[str, ...]


class Opinion(msgspec.Struct, forbid_unknown_fields=True):
    """What a model says of one case."""

    case: int
    bug: str
    confidence: Annotated[float, msgspec.Meta(ge=0, le=1)]


class Opinions(msgspec.Struct, forbid_unknown_fields=True):
    """What it says of all of them."""

    opinions: list[Opinion]


def ask(school_id: UUID, topic: str, cases: Collection[Case]) -> dict[Case, Opinion]:
    """A model's opinion of each of these cases of a topic; none of one of which it says nothing sound.

    The same cases make the same question, in whatever order they come: it is not paid for again. Raises as
    `language_model.ask_for` does.
    """
    from chalicelib.diagnosis import bugs

    asked = sorted(set(cases))
    known = [bug for bug in bugs(topic) if bug.id not in retirement.retired()]
    check = Check(len(asked), {bug.id for bug in known})
    request = Request(
        _system(topic, known),
        (user("\n\n".join(_told(number, case) for number, case in enumerate(asked, 1))),),
        max_tokens=TOKENS_BESIDE + TOKENS_OF_AN_OPINION * len(asked),
    )
    said = language_model.ask_for(Question(second_opinion.TASK, school_id, request), Opinions, check)
    return {asked[opinion.case - 1]: opinion for opinion in check.sound(said)}


class Check:
    """Whether opinions are of the catalogue, one for each case.

    A model is told once what is wrong. After that its sound opinions stand without the others: one case that
    misleads it keeps no other student waiting.
    """

    def __init__(self, cases: int, bugs: Collection[str]) -> None:
        self._cases = cases
        self._bugs = bugs
        self._was_told = False

    def __call__(self, said: Opinions) -> None:
        """Raises `ValueError`, in words for the model."""
        sound = self.sound(said)
        if len(sound) == self._cases or (self._was_told and sound):
            return
        self._was_told = True
        rest = sorted(set(range(1, self._cases + 1)) - {opinion.case for opinion in sound})
        raise ValueError(
            f"give exactly one opinion for each of the cases 1 to {self._cases}, with `bug` an id of the "
            f'list, two of them joined by "+", "{SLIP}" or "{NONE}"; that is not so for {rest}'
        )

    def sound(self, said: Opinions) -> list[Opinion]:
        """Those that can be right, one for a case."""
        times = Counter(opinion.case for opinion in said.opinions)
        return [
            opinion
            for opinion in said.opinions
            if times[opinion.case] == 1 and 1 <= opinion.case <= self._cases and self._is_known(opinion.bug)
        ]

    def _is_known(self, bug: str) -> bool:
        if bug in (NONE, SLIP):
            return True
        named = bug.split(TOGETHER)
        return len(set(named)) == len(named) <= MOST_BUGS and all(each in self._bugs for each in named)


def _system(topic: str, known: Sequence[Bug]) -> str:
    """The same for all questions of a topic, so that a provider may keep it."""
    lines = (
        f"{bug.id}: {bug.definition} Example: {bug.problem} -> {bug.wrong}, not {bug.correct}"
        for bug in known
    )
    return SYSTEM.format(topic=topic, catalogue="\n".join(lines), slip=SLIP, none=NONE, data_rule=DATA_RULE)


def _told(number: int, case: Case) -> str:
    """One case. Its marks are letters, as a word of ours may be somebody's name and be taken out."""
    lines = [
        f"[{number}]",
        f"P: {case.problem}",
        f"R: {findings.expected(case.problem)}",
        f"A: {as_data(case.answer)}",
        *(f"L: {as_data(step[:LONGEST_STEP])}" for step in case.steps[:MOST_STEPS]),
    ]
    return "\n".join(lines)
