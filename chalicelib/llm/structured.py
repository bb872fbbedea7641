"""Answers that are an object of a given type: asked for, read, and asked for once more where they are not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final, TypeVar

import msgspec

from chalicelib.llm.conversation import Reply, Request
from chalicelib.llm.faults import MalformedError

T = TypeVar("T")

INSTRUCTION: Final = (
    "Answer with one JSON object and nothing else, no words before or after it. "
    "It must fit this JSON Schema:\n"
)
LONGEST_FAULT: Final = 300


def schema_of(answer_type: Any) -> str:
    """The JSON Schema of a type, always in the same words."""
    return json.dumps(msgspec.json.schema(answer_type), separators=(",", ":"), sort_keys=True)


def converse(
    request: Request, answer_type: type[T], say: Callable[[Request], Reply], check: Callable[[T], None]
) -> T:
    """The object that a model answers with, after at most one turn of repair.

    `say` asks the model (and counts what that uses); `check` raises `ValueError` for an object that has the
    right shape and cannot be right all the same. Raises `MalformedError` and what `say` raises.
    """
    system = f"{request.system}\n\n{INSTRUCTION}{schema_of(answer_type)}"
    shaped = request._replace(system=system)
    said = say(shaped)
    try:
        return _read(said, answer_type, check)
    except ValueError as error:
        fault = str(error)[:LONGEST_FAULT]
    again = f"That is not valid: {fault}\nAnswer again, with the JSON object alone."
    try:
        return _read(say(shaped.after(said.text, again)), answer_type, check)
    except ValueError as error:
        raise MalformedError(str(error)[:LONGEST_FAULT]) from error


def _read(said: Reply, answer_type: type[T], check: Callable[[T], None]) -> T:
    """The object in what was said, which some models put between marks of code. Raises `ValueError`."""
    if not said.is_whole:
        raise ValueError("it is too long and was cut off")
    text = said.text
    begin, end = text.find("{"), text.rfind("}")
    if begin < 0 or end < begin:
        raise ValueError("there is no JSON object in it")
    try:
        found = msgspec.json.decode(text[begin : end + 1].encode(), type=answer_type)
    except msgspec.DecodeError as error:  # a ValidationError is one too
        raise ValueError(str(error)) from error
    check(found)
    return found
