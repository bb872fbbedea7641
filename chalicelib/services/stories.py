"""Stories: word problems around the exercises of a school, which staff wish for and may remove.

What asks for one, and what ends the waiting; the worker `exercise_generate` has it written
(`story_writing.py`).
The exercise stays what it is: its problem, and the answer that was computed.
"""

from __future__ import annotations

import secrets
from typing import Final
from uuid import UUID

from msgspec import UNSET

from chalicelib import queues
from chalicelib.caller import Caller
from chalicelib.errors import ConflictError, ValidationError
from chalicelib.schemas import exercises as schemas
from chalicelib.services import audit, exercises, language_model, model_budgets, story_check
from chalicelib.store import outbox
from chalicelib.store.database import transaction
from chalicelib.store.models.base import now
from chalicelib.store.models.work import PENDING, WRITTEN, Exercise

TASK: Final = "story"
MODELS: Final = "exercise"  # the task that models are set up for
SCENES: Final = 2**31
COLUMNS: Final = ("story", "story_status", "story_locale", "story_source", "story_asked_at")


def wish(caller: Caller, exercise_id: UUID, body: schemas.StoryWish) -> schemas.Exercise:
    """Have a story written for an exercise of the caller's school, which is `pending` from then on.

    While one is, wishing again changes nothing. Raises `NotFoundError`, `ConflictError` where it has a story,
    `ValidationError` where its problem makes none, and `SwitchedOffError` or `BudgetSpentError` where no
    model may be asked.
    """
    exercise = exercises.own(caller, exercise_id)
    if story_check.operation(exercise.problem) is None:
        reason = "No story can be told about this problem: it takes one operation on plain numbers."
        raise ValidationError(path="$.exercise_id", reason=reason)
    if exercise.story_status == WRITTEN:
        raise ConflictError("The exercise has a story. Remove it first.", reason="has_story")
    _require_model(caller.school)
    locale = caller.locale if body.locale is UNSET else body.locale
    values = {"story_status": PENDING, "story_locale": locale, "story_source": "llm", "story_asked_at": now()}
    is_free = Exercise.story_status.is_null() | Exercise.story_status.not_in((PENDING, WRITTEN))
    wished = Exercise.update(updated_at=now(), **values).where(Exercise.id == exercise.id, is_free).execute()
    if wished:
        payload = {
            "task": TASK,
            "exercise_id": str(exercise.id),
            "locale": locale,
            "scene": secrets.randbelow(SCENES),
        }
        outbox.put(queues.EXERCISE_GENERATE, payload, school_id=caller.school)
        audit.record(caller, "exercise.story_wished", "exercise", exercise.id, locale=locale)
    return exercises.get(caller, exercise.id)


def remove(caller: Caller, exercise_id: UUID) -> None:
    """Take the story of an exercise away, or the wish for one. Raises `NotFoundError`."""
    exercise = exercises.own(caller, exercise_id)
    if exercise.story_status is None:
        return
    nothing = dict.fromkeys(COLUMNS)
    Exercise.update(updated_at=now(), **nothing).where(Exercise.id == exercise.id).execute()
    audit.record(caller, "exercise.story_removed", "exercise", exercise.id)


def end_waiting(most: int) -> int:
    """Make `unavailable` at most `most` stories that have been pending for a day; how many.

    The worker ends the waiting itself, within the hour; these are those whose message was lost or is dead.
    """
    with transaction() as db:
        return int(db.execute_sql("SELECT end_waiting_for_stories(%s)", (most,)).fetchone()[0])


def _require_model(school_id: UUID) -> None:
    """Raises `SwitchedOffError` or `BudgetSpentError` where nothing would come of asking a model now."""
    found = language_model.require(MODELS, school_id)
    model_budgets.release(model_budgets.reserve(school_id, 1, found.school_day_micro_usd))
