"""What a worksheet asks of language models: each question once, however often and by whomever it is asked.

A question is known by the hash of what is asked. Who asks it claims it first; nobody else then asks the same
until the claim is given back or runs out, and once there is an answer it stands for 30 days.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, Final, Literal, NamedTuple, TypeAlias, TypeVar
from uuid import UUID

import msgspec

from chalicelib import deadline
from chalicelib.errors import UnavailableError
from chalicelib.llm.conversation import Image, Request
from chalicelib.services import language_model
from chalicelib.services.language_model import Question
from chalicelib.store import entering
from chalicelib.store.database import database, transaction

T = TypeVar("T")
StepName: TypeAlias = Literal["read", "map", "solve", "grade"]

TASK: Final = "guide"
LEASE_SECONDS: Final = 120
RESERVE_SECONDS: Final = 10.0  # with less time left nobody is asked: it would look as if the model were slow
RETRY_AFTER_SECONDS: Final = 30

CLAIM = """
    INSERT INTO guide_steps (guide_id, step, input_hash, school_id, claimed_until, created_at)
    VALUES (%(guide)s, %(step)s, %(hash)s, %(school)s, now() + %(lease)s * interval '1 second', now())
    ON CONFLICT (guide_id, step, input_hash) DO UPDATE SET claimed_until = excluded.claimed_until
        WHERE guide_steps.answer IS NULL AND guide_steps.claimed_until < now()
    RETURNING step
"""
ANSWERED = """
    SELECT answer::text FROM guide_steps
    WHERE guide_id = %(guide)s AND step = %(step)s AND input_hash = %(hash)s
"""
ANSWER = """
    UPDATE guide_steps SET answer = %(answer)s::jsonb
    WHERE guide_id = %(guide)s AND step = %(step)s AND input_hash = %(hash)s
"""
GIVE_BACK = """
    UPDATE guide_steps SET claimed_until = now() - interval '1 second'
    WHERE guide_id = %(guide)s AND step = %(step)s AND input_hash = %(hash)s AND answer IS NULL
"""


class Step(NamedTuple):
    """A step of a worksheet that may need a language model."""

    school_id: UUID
    guide_id: UUID
    name: StepName


def ask(step: Step, request: Request, answer_type: type[T], check: Callable[[T], None]) -> T:
    """What a model answers, or has answered before, to `request`; as `language_model.ask_for` has it.

    Raises as that does, and `UnavailableError` while somebody else is asking the same, or where no time is
    left. In no transaction.
    """
    values = {
        "guide": str(step.guide_id),
        "school": str(step.school_id),
        "step": step.name,
        "hash": _hash(request),
        "lease": LEASE_SECONDS,
    }
    before = _claimed(step, values)
    if before is not None:
        return msgspec.json.decode(before, type=answer_type)
    try:
        if deadline.left() < RESERVE_SECONDS:
            raise UnavailableError("No time is left to ask.", retry_after=RETRY_AFTER_SECONDS)
        said = language_model.ask_for(Question(TASK, step.school_id, request), answer_type, check)
    except Exception:
        _run(step, GIVE_BACK, values)
        raise
    _run(step, ANSWER, {**values, "answer": msgspec.json.encode(said).decode()})
    return said


def _claimed(step: Step, values: dict[str, Any]) -> str | None:
    """The answer that there is; None where the question is this worker's to ask now."""
    with transaction():
        entering.as_worker(step.school_id)
        if database.execute_sql(CLAIM, values).fetchone():
            return None
        row = database.execute_sql(ANSWERED, values).fetchone()
    if row is None or row[0] is None:
        raise UnavailableError("Somebody else is asking this.", retry_after=RETRY_AFTER_SECONDS)
    return str(row[0])


def _run(step: Step, statement: str, values: dict[str, Any]) -> None:
    with transaction():
        entering.as_worker(step.school_id)
        database.execute_sql(statement, values)


def _hash(request: Request) -> str:
    """What is asked, as SHA-256 in hexadecimal."""
    found = hashlib.sha256()
    parts = [part for message in request.messages for part in message.parts]
    for part in (request.system, *parts):
        piece = part.content if isinstance(part, Image) else part.encode()
        found.update(len(piece).to_bytes(8, "big") + piece)
    return found.hexdigest()
