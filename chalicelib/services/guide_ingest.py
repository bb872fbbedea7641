"""The worker `guide_ingest`: from the pages of a worksheet to its questions.

The text of the pages comes first, by a library, and problems are found in it by the grammar. A language model
is asked only about pages that have no text, and about questions in words; what it finds is not confirmed.
A worksheet with pages that only a model can read waits for one; questions in words do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import msgspec

from chalicelib import observe, queues
from chalicelib.aws import guide_files
from chalicelib.errors import BudgetSpentError, ModelUnavailableError, SwitchedOffError
from chalicelib.message import Message
from chalicelib.services import (
    guide_pdf,
    guide_prompts,
    guide_questions,
    guide_states,
    guide_steps,
    guide_text,
    guide_uploads,
    guide_work,
)
from chalicelib.services.guide_pdf import Page
from chalicelib.services.guide_questions import LLM, TEXT, Question
from chalicelib.services.guide_steps import Step
from chalicelib.services.transcripts import UNFIT
from chalicelib.store import database, outbox
from chalicelib.store.models.guides import Guide

QUEUE = queues.GUIDE_INGEST


class Read(NamedTuple):
    """What was found on all pages; `unread` are the numbers of those of which nothing could be."""

    questions: list[Question]
    unread: list[int]


def handle(message: Message) -> None:
    """Find the questions of a worksheet; nothing where it is not to be read any more.

    Raises `UnavailableError` and its like where another try may help.
    """
    school_id, guide_id = message.school_id, UUID(message.payload["guide_id"])
    if school_id is None:
        return
    guide = database.run(lambda: guide_work.locked(school_id, guide_id, guide_states.READING))
    if guide is None:
        return
    try:
        pages = _pages(guide)
    except guide_pdf.RefusedError as refusal:
        reason = refusal.reason
        database.run(lambda: _refuse(school_id, guide_id, reason))
        return
    try:
        found = _with_problems(guide, message, _read(guide, pages))
    except (SwitchedOffError, BudgetSpentError, ModelUnavailableError) as error:
        held = guide_work.why_not(error, message, QUEUE)
        if held is None:
            raise
        database.run(lambda: guide_work.hold(school_id, guide_id, guide_states.READING, QUEUE, held))
        return
    database.run(lambda: _store(school_id, guide_id, len(pages), found))


def _pages(guide: Guide) -> list[Page]:
    """The pages of the file. Raises `guide_pdf.RefusedError` and `UnavailableError`."""
    content = guide_files.fetch(guide_uploads.names_of(guide).kept, guide_pdf.LARGEST_BYTES)
    if content is None:
        raise guide_pdf.RefusedError(guide_pdf.DAMAGED)
    return guide_pdf.read(content)


def _read(guide: Guide, pages: Sequence[Page]) -> Read:
    """The questions of all pages, in their order; a page with which there are too many counts as unread."""
    found: list[Question] = []
    unread = []
    for number, page in enumerate(pages, 1):
        asked = _of_page(guide, page) if len(found) < guide_questions.MOST else None
        if asked is None or len(found) + len(asked) > guide_questions.MOST:
            unread.append(number)
        else:
            found += asked
    return Read(found, unread)


def _of_page(guide: Guide, page: Page) -> list[Question] | None:
    """The questions of one page; None where it cannot be read."""
    if page.text:
        text = UNFIT.sub("", page.text)
        return [_of_text(each) for each in guide_text.questions([text], guide.locale)]
    if page.picture is None or guide.is_without_model:
        return None
    return _of_picture(guide, page.picture)


def _of_text(found: guide_text.Found) -> Question:
    return Question(
        id=guide_questions.new_id(),
        label=found.label,
        text=found.text,
        problem=found.problem,
        found_by=TEXT,
    )


def _of_picture(guide: Guide, picture: bytes) -> list[Question]:
    """The questions that a model reads on the picture of a page; problems are what the grammar takes."""
    step = Step(guide.school_id, guide.id, "read")
    said = guide_steps.ask(step, guide_prompts.read_page(picture), guide_prompts.ReadPage, lambda _: None)
    return [
        Question(
            id=guide_questions.new_id(),
            label=UNFIT.sub("", each.label).strip(),
            text=UNFIT.sub("", each.text).strip(),
            problem=guide_text.problem_in(each.problem or each.text, guide.locale),
            found_by=LLM,
        )
        for each in said.questions
        if UNFIT.sub("", each.text).strip()
    ]


def _with_problems(guide: Guide, message: Message, found: Read) -> Read:
    """What was found, with problems for questions in words, where a model can be asked for them."""
    worded = [number for number, each in enumerate(found.questions) if each.problem is None]
    if not worded or guide.is_without_model:
        return found
    texts = [found.questions[number].text for number in worded]
    step = Step(guide.school_id, guide.id, "map")
    request = guide_prompts.of_texts(guide_prompts.MAP, texts)
    try:
        said = guide_steps.ask(step, request, guide_prompts.Mapping, guide_prompts.Numbered(len(texts)))
    except (SwitchedOffError, BudgetSpentError, ModelUnavailableError) as error:
        if guide_work.why_not(error, message, QUEUE) is None:
            raise
        observe.event("questions in words stay without problems", guide_id=str(guide.id))
        return found
    questions = list(found.questions)
    for each in said.items:
        problem = guide_text.problem_in(each.problem, guide.locale) if each.problem else None
        if problem is not None:
            where = worded[each.number - 1]
            questions[where] = msgspec.structs.replace(questions[where], problem=problem, found_by=LLM)
    return found._replace(questions=questions)


def _refuse(school_id: UUID, guide_id: UUID, reason: str) -> None:
    guide = guide_work.locked(school_id, guide_id, guide_states.READING)
    if guide is not None:
        guide_work.move(guide, "refuse", reason=reason)


def _store(school_id: UUID, guide_id: UUID, pages: int, found: Read) -> None:
    """Make what was found the first version, in the open transaction, and have it solved; once."""
    guide = guide_work.locked(school_id, guide_id, guide_states.READING)
    if guide is None:
        return
    guide_questions.add_version(guide, found.questions, None)
    guide_work.move(guide, "read", pages=pages, unread=found.unread)
    outbox.put(queues.GUIDE_SOLVE, {"guide_id": str(guide_id)}, school_id=school_id)
