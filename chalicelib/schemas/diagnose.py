"""Diagnosing an answer that is not stored."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType, field

from chalicelib.schemas.attempts import Answer, Diagnosis, Expected, Steps, Verdict
from chalicelib.schemas.base import In, Locale, Out, Problem, Topic


class EarlierAnswer(In):
    """What the same student answered before."""

    problem: Annotated[Problem, Meta(examples=["62 - 38"])]
    answer: Annotated[Answer, Meta(examples=["36"])]


class Diagnose(In):
    """An answer to a problem."""

    problem: Problem
    answer: Answer
    steps: Steps = field(default_factory=list)
    history: Annotated[
        list[EarlierAnswer],
        Meta(
            max_length=40,
            description="The student's earlier answers on the topic, oldest first: they tell bugs apart. "
            "What cannot be read is left out.",
        ),
    ] = field(default_factory=list)
    locale: Annotated[Locale | UnsetType, Meta(description="Left out: the caller's own language.")] = UNSET


class Diagnosed(Out):
    """What was found about the answer."""

    topic: Topic
    problem: Annotated[Problem, Meta(description="In its canonical form.")]
    verdict: Verdict
    expected: Expected
    diagnosis: Diagnosis
