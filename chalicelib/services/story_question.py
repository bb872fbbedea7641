"""The two questions about a story: a model is told a problem and writes one; it is told a story and says what
has to be worked out. That second answer is held against the problem: a story is never believed by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, Literal, NamedTuple, TypeVar
from uuid import UUID

import msgspec

from chalicelib.llm.conversation import DATA_RULE, Request, as_data, user
from chalicelib.services import language_model, story_check
from chalicelib.services.language_model import Question

T = TypeVar("T")

TASK: Final = "exercise"
# So that stories differ, and another one can be had of the same problem.
SCENES: Final = (
    "in a bakery", "on a farm", "in a library", "at a railway station", "in a school garden", "at a market",
    "in a sports hall", "on a beach", "in a bicycle workshop", "in a kitchen", "in a zoo", "at a harbour",
    "in an orchard", "in a toy shop", "on a hike in the mountains", "in a museum", "at a swimming pool",
    "in a paper mill", "at a fair", "in a theatre", "on a building site", "in a flower shop", "in a cinema",
    "at a post office",
)  # fmt: skip
TOKENS_OF_A_STORY: Final = 300
TOKENS_OF_A_READING: Final = 100
HINTS: Final = {
    "+": "It is about what comes together.",
    "-": "It is about what is left, or about a difference.",
    "×": "It is about so many times the same, or about a part of something.",
    "÷": "It is about sharing equally, or about how often something fits. Where it does not come out even, "
    "ask how much each gets and how much is left over; never for a rounded number.",
}
DECIMALS: Final = " The numbers are amounts of money where they have two decimals, else measures."

WRITE: Final = """\
You write word problems for school children. P is a calculation. Tell it in {language} as a story of two or
three short sentences, {scene}, that ends with one question. To answer it, exactly P has to be calculated:
nothing more, nothing less, nothing else. {hint}

Each number of P stands in the story as often as in P, in digits, written exactly as in P. No other number
stands in it, neither in digits nor in words; so no "two", "half", "double" or "dozen", no date, no time of
day. The result does not stand in it, nor a sign such as + or =. People have no names: write "a baker", "some
children". The story is plain, friendly and could be true. `story` is the story with its question.

{data_rule}"""

READ: Final = """\
You are given a word problem for school children. Say which calculation answers its question; do not work it
out. `expression` is that calculation: the numbers exactly as they stand in the story, in the order in which
they are calculated with, joined by +, -, × or ÷, a part of something by "of". Examples: "503 - 278",
"24 × 13", "17 ÷ 5", "3/4 of 20", "2.50 + 0.35". It has no letters else, no units and no equals sign. Where
the story is unclear, contradicts itself, or cannot be calculated, it is "".

`asks` is "result" where the question asks for what the calculation comes to; of a division that does not
come out even, that is how often it fits together with what is left over. It is "other" where it asks for
anything else, such as a rounded number or what is left over alone.

{data_rule}"""


class Story(msgspec.Struct, forbid_unknown_fields=True):
    """What a model answers that is to write a story."""

    story: str


class Reading(msgspec.Struct, forbid_unknown_fields=True):
    """What a model answers that is to read one."""

    expression: str
    asks: Literal["result", "other"]


class Wish(NamedTuple):
    """What is wanted: a story about a canonical problem, in one of the scenes, without those names."""

    problem: str
    locale: str
    scene: int
    names: frozenset[str]


class ToldOnce(Generic[T]):
    """A check that tells a model once what is wrong. After that its answer is taken, to be judged by us.

    So an answer that is wrong again is one that came, not one that is to be asked for another time.
    """

    def __init__(self, fault: Callable[[T], str | None]) -> None:
        self._fault = fault
        self._was_told = False

    def __call__(self, said: T) -> None:
        """Raises `ValueError`, in words for the model."""
        found = None if self._was_told else self._fault(said)
        if found is not None:
            self._was_told = True
            raise ValueError(found)


def write(school_id: UUID, wish: Wish) -> str | None:
    """A story whose words are sound, in one line; None where the model wrote none.

    Whether it tells the problem is for `tells` to say. Raises as `language_model.ask_for` does.
    """
    operation = story_check.operation(wish.problem)
    if operation is None:
        raise ValueError("no story can be told about this problem")

    def fault(said: Story) -> str | None:
        story = story_check.one_line(said.story)
        return story_check.fault(story, operation.numbers, wish.locale, wish.names)

    system = WRITE.format(
        language=story_check.texts(wish.locale)["language"],
        scene=SCENES[wish.scene % len(SCENES)],
        hint=HINTS[operation.sign] + (DECIMALS if any("." in each for each in operation.numbers) else ""),
        data_rule=DATA_RULE,
    )
    request = Request(system, (user(f"P: {as_data(wish.problem)}"),), TOKENS_OF_A_STORY)
    said = language_model.ask_for(Question(TASK, school_id, request), Story, ToldOnce(fault))
    return None if fault(said) else story_check.one_line(said.story)


def tells(school_id: UUID, story: str, problem: str) -> bool:
    """Whether who reads only `story` finds that `problem` has to be worked out. Raises as `write` does."""
    request = Request(READ.format(data_rule=DATA_RULE), (user(as_data(story)),), TOKENS_OF_A_READING)
    said = language_model.ask_for(Question(TASK, school_id, request), Reading, _any_reading)
    return said.asks == "result" and story_check.agrees(said.expression, problem)


def _any_reading(said: Reading) -> None:
    """What does not agree with the problem is no fault of the answer, but of the story."""
