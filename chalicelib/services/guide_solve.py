"""The worker `guide_solve`: the solution key of a worksheet.

Where a question is a problem of the grammar the engine computes what is right. Of the others a language model
proposes it, which staff confirm or correct; where there is none to ask, they say it themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from chalicelib import observe, queues
from chalicelib.errors import BudgetSpentError, ModelUnavailableError, SwitchedOffError
from chalicelib.message import Message
from chalicelib.services import guide_prompts, guide_questions, guide_states, guide_steps, guide_work
from chalicelib.services.guide_questions import LLM, Question
from chalicelib.services.guide_steps import Step
from chalicelib.services.transcripts import UNFIT
from chalicelib.store import database
from chalicelib.store.models.guides import Guide

QUEUE = queues.GUIDE_SOLVE


def handle(message: Message) -> None:
    """Answer the questions of a worksheet; nothing where that is done.

    Raises `UnavailableError` and its like where another try may help.
    """
    school_id, guide_id = message.school_id, UUID(message.payload["guide_id"])
    if school_id is None:
        return
    begun = database.run(lambda: _begun(school_id, guide_id))
    if begun is None:
        return
    guide, questions = begun
    solved = _proposed(guide, message, questions)
    database.run(lambda: _store(school_id, guide_id, solved))


def _begun(school_id: UUID, guide_id: UUID) -> tuple[Guide, list[Question]] | None:
    """The worksheet and its questions with what the engine says of them."""
    guide = guide_work.locked(school_id, guide_id, guide_states.SOLVING)
    if guide is None:
        return None
    skills = guide_questions.skills_by_slug()
    questions = guide_questions.of_version(guide.id, guide.version)
    return guide, [guide_questions.solved(each, skills) for each in questions]


def _proposed(guide: Guide, message: Message, questions: Sequence[Question]) -> list[Question]:
    """`questions` with what a model says is right, where nobody else has and it can be asked."""
    open_ones = [number for number, each in enumerate(questions) if each.answer is None]
    solved = list(questions)
    if not open_ones or guide.is_without_model:
        return solved
    step = Step(guide.school_id, guide.id, "solve")
    request = guide_prompts.of_texts(guide_prompts.SOLVE, [questions[number].text for number in open_ones])
    check = guide_prompts.Numbered(len(open_ones))
    try:
        said = guide_steps.ask(step, request, guide_prompts.Solutions, check)
    except (SwitchedOffError, BudgetSpentError, ModelUnavailableError) as error:
        if guide_work.why_not(error, message, QUEUE) is None:
            raise
        observe.event("questions stay without an answer", guide_id=str(guide.id), count=len(open_ones))
        return solved
    for each in said.items:
        if answer := UNFIT.sub("", each.answer or "").strip():
            where = open_ones[each.number - 1]
            solved[where] = msgspec.structs.replace(
                solved[where], answer=answer, answered_by=LLM, is_confirmed=False
            )
    return solved


def _store(school_id: UUID, guide_id: UUID, questions: Sequence[Question]) -> None:
    """Make the key the next version, in the open transaction, and have staff look at it; once."""
    guide = guide_work.locked(school_id, guide_id, guide_states.SOLVING)
    if guide is None:
        return
    guide_questions.add_version(guide, questions, None)
    guide_work.move(guide, "solve")
