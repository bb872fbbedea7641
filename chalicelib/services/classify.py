"""The worker `classify`: second opinions of a language model on answers that no rule explains.

A model's word is never taken where the engine can judge. A bug that it names must lead to the student's very
answer; one that leads elsewhere is refused. What cannot be simulated counts as a guess. What is a guess, or
said without confidence, is on the teachers' list of reviews. Where nothing is found the rules' word stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from chalicelib import deadline, observe, queues
from chalicelib.errors import BudgetSpentError, NotFoundError, SwitchedOffError, TizaError
from chalicelib.learning.suspicion import HAS_BUG
from chalicelib.message import Message
from chalicelib.services import attempts, classify_question, corrections, reviews, second_opinion
from chalicelib.services.classify_question import NONE, SLIP, Case, Opinion
from chalicelib.services.corrections import INCORRECT, Finding
from chalicelib.services.had_bugs import TOGETHER
from chalicelib.store import database, entering, handled
from chalicelib.store.models.base import now
from chalicelib.store.models.work import Attempt, Diagnosis

UNSURE_BELOW: Final = HAS_BUG  # what would count in alerts and class views, nobody needs to look at first
SUREST: Final = 0.95  # what a model's word can come to at most, once the engine has confirmed it
GUESS: Final = 0.5  # and where the engine cannot
RESERVE_SECONDS: Final = 10.0  # with less time left nobody is asked: it would look as if the model were slow


class Item(NamedTuple):
    """A message with what it asks for; `case` is None where there is nothing to tell a model."""

    message: Message
    attempt_id: UUID
    topic: str
    case: Case | None
    locale: str  # of the student, in whose language a diagnosis is stored


def handle(messages: Sequence[Message]) -> set[UUID]:
    """Give the attempts of a batch a second opinion; the ids of the messages that are to come back.

    One question for each school and topic. No transaction is open while the model is waited for; what is
    found of each attempt is one of its own.
    """
    of_school: dict[UUID, dict[UUID, Message]] = defaultdict(dict)
    again: set[UUID] = set()
    for message in messages:
        try:
            attempt_id = UUID(message.payload["attempt_id"])
        except (KeyError, ValueError, TypeError, AttributeError):
            again.add(message.id)
            continue
        if message.school_id is not None:
            of_school[message.school_id][attempt_id] = message
    for school_id, asked in of_school.items():
        by_topic = defaultdict(list)
        for item in _waiting(school_id, asked):
            by_topic[item.topic].append(item)
        for topic, items in by_topic.items():
            again |= _classified(school_id, topic, items)
    return again


def _waiting(school_id: UUID, asked: Mapping[UUID, Message]) -> list[Item]:
    """Those of the attempts that are still pending."""
    current = (Diagnosis.attempt_id == Attempt.id) & Diagnosis.is_current
    with database.transaction():
        if not entering.as_worker(school_id):
            return []
        rows: Any = (
            Attempt.select(Attempt, Diagnosis.locale)
            .join(Diagnosis, on=current, attr="diagnosis")
            .where(Attempt.id.in_(list(asked)), Attempt.status == attempts.PENDING)
        )
        return [_item(asked[row.id], row, row.diagnosis.locale) for row in rows]


def _item(message: Message, attempt: Attempt, locale: str) -> Item:
    from chalicelib.diagnosis import canonical_answer

    answer = canonical_answer(attempt.problem, attempt.answer, locale)
    case = None if answer is None else Case(attempt.problem, answer, tuple(attempt.steps))
    return Item(message, attempt.id, attempt.topic, case, locale)


def _classified(school_id: UUID, topic: str, items: Sequence[Item]) -> set[UUID]:
    """Ask about these attempts and store what is found; the ids of the messages that are to come back."""
    cases = {item.case for item in items if item.case is not None}
    opinions, may_come = _asked(school_id, topic, cases)
    again = set()
    for item in items:
        opinion = opinions.get(item.case) if item.case else None
        is_last = item.case is None or item.message.receive_count >= queues.CLASSIFY.max_receives
        waits = opinion is None and may_come and not is_last
        if waits or not _stored(school_id, item, opinion):
            again.add(item.message.id)
    come_back = len(again)
    observe.event("second opinions", school_id=str(school_id), cases=len(cases), come_back=come_back)
    return again


def _asked(school_id: UUID, topic: str, cases: Collection[Case]) -> tuple[dict[Case, Opinion], bool]:
    """The opinions that there are, and whether those that are missing may come at another try."""
    if not cases or deadline.left() < RESERVE_SECONDS:
        return {}, True
    try:
        return classify_question.ask(school_id, topic, cases), True
    except TizaError as error:
        observe.event("no second opinion was had", school_id=str(school_id), reason=error.code)
        return {}, not isinstance(error, SwitchedOffError | BudgetSpentError)
    except Exception:
        observe.unforeseen("a second opinion could not be asked for", school_id=str(school_id))
        return {}, True


def _stored(school_id: UUID, item: Item, opinion: Opinion | None) -> bool:
    """Store what came of it, in a transaction; whether that went well. The fault of one is not another's."""
    try:
        found = _checked(item, opinion)
        database.run(lambda: _store(school_id, item, found))
    except Exception:
        observe.unforeseen("a second opinion was not stored", attempt_id=str(item.attempt_id))
        return False
    return True


def _checked(item: Item, opinion: Opinion | None) -> tuple[str, float] | None:
    """The bug that is to be said, and how probable it is; None where the rules' word stands."""
    from chalicelib.diagnosis import leads_to

    if opinion is None or item.case is None or opinion.bug in (NONE, SLIP):
        return None
    bug = TOGETHER.join(sorted(opinion.bug.split(TOGETHER)))
    leads = leads_to(bug, item.case.problem, item.case.answer)
    if leads:
        return bug, min(opinion.confidence, SUREST)
    if leads is None and TOGETHER not in bug:
        return bug, min(opinion.confidence, GUESS)
    observe.event("a second opinion was refused", attempt_id=str(item.attempt_id), bug=bug)
    return None


def _store(school_id: UUID, item: Item, found: tuple[str, float] | None) -> None:
    """Make an attempt final, in the open transaction, by what was found or by the rules' word.

    Nothing where it is no longer pending: staff have spoken, or another message of it was first.
    """
    if not entering.as_worker(school_id) or not handled.first_time(second_opinion.TASK, item.message.id):
        return
    if found is None:
        is_pending = (Attempt.id == item.attempt_id) & (Attempt.status == attempts.PENDING)
        Attempt.update(status=attempts.FINAL, updated_at=now()).where(is_pending).execute()
        return
    try:
        finding = Finding(INCORRECT, [found])
        is_new = corrections.correct(item.attempt_id, finding, source="llm", locale=item.locale)
    except NotFoundError:
        return
    if is_new and found[1] < UNSURE_BELOW:
        reviews.doubt(attempts.locked(item.attempt_id), "unsure")
