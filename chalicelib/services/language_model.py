"""Asking a language model: the one way out, through every guard.

The switch first (one that cannot be read is off), then what leaves is freed of words that identify, then an
answer that is kept already, then the school's budget, then the models of the task in their order, each behind
its breaker. What each call cost is written as soon as it is known, whatever becomes of its answer.

Services that call this are registered without a transaction: none is open while a model is waited for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple, TypeAlias, TypeVar
from uuid import UUID

from chalicelib import observe, settings
from chalicelib.errors import ModelUnavailableError, SwitchedOffError
from chalicelib.llm import configuration, provider, structured
from chalicelib.llm.configuration import Configuration, Model
from chalicelib.llm.conversation import Image, Part, Reply, Request, Usage, user
from chalicelib.llm.faults import AwayError, MalformedError, ModelError
from chalicelib.services import costs, model_breakers, model_budgets, private_words, switches
from chalicelib.services.model_budgets import Reservation
from chalicelib.store import database, entering
from chalicelib.store.models.language_model import ModelAnswer
from chalicelib.store.models.people import User

T = TypeVar("T")
Say: TypeAlias = Callable[[Request], Reply]
Work: TypeAlias = Callable[[Request, Say], str]
AskModel: TypeAlias = Callable[[Model, Request, Configuration], Reply]

RETRY_AFTER_SECONDS = 60
# For the budget a question costs as if it had a token for every two bytes, so many for a picture, and were
# asked twice: what it then really cost is never more.
BYTES_OF_A_TOKEN = 2
TOKENS_OF_AN_IMAGE = 4000
TIMES_ASKED = 2


class Question(NamedTuple):
    """What is asked, for which task (see `llm.configuration.TASKS`) and for which school.

    With `is_kept` the answer is kept, and the same question is not paid for again.
    """

    task: str
    school_id: UUID
    request: Request
    is_kept: bool = True


def is_set_up(task: str) -> bool:
    """Whether this stage has a model for `task`."""
    found = settings.get().llm
    return found is not None and task in found.models


def require(task: str, school_id: UUID) -> Configuration:
    """The models, if they may be asked about `task` now. Raises `SwitchedOffError`."""
    found = settings.get().llm
    if found is None or task not in found.models:
        raise SwitchedOffError(
            "No language model is set up for this.",
            feature="llm",
            reason="not_set_up",
            retry_after=RETRY_AFTER_SECONDS,
        )
    if not switches.is_on("llm", school_id):
        raise SwitchedOffError(feature="llm", reason="switched_off", retry_after=RETRY_AFTER_SECONDS)
    return found


def ask(question: Question) -> str:
    """The text that a model answers with.

    Raises `SwitchedOffError` (with `reason`: `switched_off` or `not_set_up`), `BudgetSpentError` and
    `ModelUnavailableError`.
    """
    return _answered(question, "", _whole)


def ask_for(question: Question, answer_type: type[T], check: Callable[[T], None]) -> T:
    """The object that a model answers with, which fits `answer_type` and passes `check`.

    `check` raises `ValueError`, in words that help the model to mend its answer. Raises as `ask` does.
    """
    import msgspec

    def shaped(request: Request, say: Say) -> str:
        found = structured.converse(request, answer_type, say, check)
        return msgspec.json.encode(found).decode()

    answer = _answered(question, structured.schema_of(answer_type), shaped)
    return msgspec.json.decode(answer, type=answer_type)


def embedding(school_id: UUID, text: str) -> list[float]:
    """The vector of `text` by the model of the task `embed`, of which there is one. Raises as `ask` does."""
    import json

    request = Request(system="", messages=(user(text),), max_tokens=0)
    question = Question(configuration.EMBED, school_id, request)
    found: list[float] = json.loads(_answered(question, "", _whole, provider.embedding))
    return found


def _whole(request: Request, say: Say) -> str:
    reply = say(request)
    if not (reply.is_whole and reply.text.strip()):
        raise MalformedError("there is no answer, or half of one")
    return reply.text


def _answered(question: Question, shape: str, work: Work, ask_model: AskModel = provider.reply) -> str:
    """What `work` makes of the answers of the first model with which it comes to an end."""
    where = require(question.task, question.school_id)
    with _school(question.school_id):
        request = _without_names(question.request)
        request_hash = _hash(question.task, request, shape)
        kept = _kept(question, request_hash)
        if kept is not None:
            return kept
        most = max(_most(model, request) for model in where.models[question.task])
        reservation = model_budgets.reserve(question.school_id, most, where.school_day_micro_usd)
    try:
        for model in where.models[question.task]:
            answer = _tried(
                model, partial(work, request), partial(_say, model, where, reservation, ask_model)
            )
            if answer is not None:
                if question.is_kept:
                    _keep(question.school_id, request_hash, answer, model)
                return answer
    finally:
        with _school(question.school_id):
            model_budgets.release(reservation)
    raise ModelUnavailableError(retry_after=RETRY_AFTER_SECONDS)


def _tried(model: Model, work: Callable[[Say], str], say: Say) -> str | None:
    """What `work` makes of one model's answers; None where that model gives none."""
    with database.connection():
        if not model_breakers.may_ask(str(model)):
            return None
    try:
        answer = work(say)
    except ModelError as error:
        observe.log.warning(
            "a language model gave no answer",
            extra={"fields": {"model": str(model), "fault": type(error).__name__, "reason": str(error)[:80]}},
        )
        if isinstance(error, AwayError):  # the others are of this question, not of the model
            with database.connection():
                model_breakers.failed(str(model))
        return None
    with database.connection():
        model_breakers.answered(str(model))
    return answer


@contextmanager
def _school(school_id: UUID) -> Iterator[None]:
    """A short transaction in the school."""
    with database.transaction():
        entering.as_worker(school_id)
        yield


def _without_names(request: Request) -> Request:
    """`request` without what identifies people. In a transaction that has entered their school."""
    names: Any = User.select(User.name, User.username).where(User.status != "deleted").tuples()
    parts = private_words.parts_of(name for row in names for name in row if name)

    def freed(part: Part) -> Part:
        return part if isinstance(part, Image) else private_words.removed(part, parts)

    return request._replace(
        messages=tuple(each._replace(parts=tuple(map(freed, each.parts))) for each in request.messages)
    )


def _hash(task: str, request: Request, shape: str) -> str:
    """What was asked, as SHA-256 in hexadecimal."""
    found = hashlib.sha256()
    for piece in _pieces(task, request, shape):
        found.update(len(piece).to_bytes(8, "big") + piece)
    return found.hexdigest()


def _pieces(task: str, request: Request, shape: str) -> Iterator[bytes]:
    for said in (task, shape, request.system, str(request.max_tokens), str(request.temperature)):
        yield said.encode()
    for message in request.messages:
        yield message.role.encode()
        for part in message.parts:
            yield part.content if isinstance(part, Image) else part.encode()


def _kept(question: Question, request_hash: str) -> str | None:
    """The answer that was given to the same question before."""
    if not question.is_kept:
        return None
    same = (ModelAnswer.school == question.school_id) & (ModelAnswer.request_hash == request_hash)
    found = ModelAnswer.get_or_none(same)
    return None if found is None else str(found.answer)


def _keep(school_id: UUID, request_hash: str, answer: str, model: Model) -> None:
    with _school(school_id):
        ModelAnswer.insert(
            school=school_id, request_hash=request_hash, answer=answer, model=str(model)
        ).on_conflict_ignore().execute()


def _most(model: Model, request: Request) -> int:
    """What the question can cost at most, in micro-dollars."""
    parts = [request.system, *(part for message in request.messages for part in message.parts)]
    tokens = sum(
        TOKENS_OF_AN_IMAGE if isinstance(part, Image) else len(part.encode()) // BYTES_OF_A_TOKEN + 1
        for part in parts
    )
    return TIMES_ASKED * model.cost(Usage(input=tokens, output=request.max_tokens))


def _say(
    model: Model, where: Configuration, reservation: Reservation, ask_model: AskModel, request: Request
) -> Reply:
    """One call to one model; what it cost is written down, whatever becomes of its answer."""
    reply = ask_model(model, request, where)
    micro_usd = model.cost(reply.usage)
    with _school(reservation.school_id):
        costs.add(reservation.school_id, f"llm.{model}", 1, micro_usd)
        model_budgets.spend(reservation, micro_usd)
    return reply
