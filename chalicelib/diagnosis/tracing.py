"""The work of a procedure, line by line and in words, beside what is right; found by running both."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .procedure import WORK, NoAnswerError, Phrase, Procedure, Step
from .results import TraceLine
from .texts import language, texts
from .topics.base import Topic


def trace_of(topic: Topic[Any], procedure: type[Procedure], task: Any, locale: str) -> tuple[TraceLine, ...]:
    """The lines that a student with `procedure` writes; empty where it has no answer.

    The first line that is not as in the right work is marked; where the student stops early, that is the
    first line missing, which is added.
    """
    steps = _steps(procedure, task)
    right = right_steps(topic, task)
    expected = topic.expected(task)
    words = _Words(topic.name, language(locale))
    lines: list[TraceLine] = []
    departed = False
    for step in steps:
        departs = not departed and step != right.get(step.place)
        departed = departed or departs
        correct = expected if step.place == WORK else _wrote(right.get(step.place))
        text = " ".join(map(words.sentence, step.says))
        lines.append(TraceLine(words.place(step.place), step.wrote, correct, text, departs))
    if steps and not departed:
        done = {step.place for step in steps}
        missing = [step for place, step in right.items() if place not in done]
        for step in missing[:1]:
            lines.append(TraceLine(words.place(step.place), "", step.wrote, words.stops(), True))
    return tuple(lines)


def _steps(procedure: type[Procedure], task: Any) -> list[Step]:
    try:
        return procedure(task).steps()
    except NoAnswerError:
        return []


@lru_cache(maxsize=64)
def right_steps(topic: Topic[Any], task: Any) -> dict[str, Step]:
    """The right work by the names of its places; kept, as each candidate's is held against it."""
    return {step.place: step for step in _steps(topic.right(), task)}


def _wrote(step: Step | None) -> str:
    return step.wrote if step else ""


class _Words:
    """The sentences and the names of places in one language."""

    def __init__(self, topic: str, lang: str) -> None:
        common, own = texts(lang, "common"), texts(lang, topic)
        self.sentences: Mapping[str, str] = {**common["trace"], **own["trace"]}
        self.places: Mapping[str, str] = {**common["places"], **own.get("places", {})}

    def sentence(self, phrase: Phrase) -> str:
        values = dict(phrase.values)
        if "place" in values:
            values["place"] = self.place(values["place"])
        return self.sentences[phrase.key].format_map(values)

    def place(self, key: str) -> str:
        """The name of a place; `row 2` and `column 9` are a name with a number."""
        if key == WORK:
            return ""
        name, _, number = key.partition(" ")
        text = self.places[name]
        return text.format(number=number) if number else text

    def stops(self) -> str:
        return self.sentences["stops"]
