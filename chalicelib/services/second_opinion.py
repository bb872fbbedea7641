"""Second opinions: an answer that no rule explains is left `pending`, for a language model to look at.

What asks for one, and what ends the waiting; the worker `classify` gives it (`classify.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chalicelib import queues
from chalicelib.store import outbox
from chalicelib.store.database import transaction

if TYPE_CHECKING:
    from chalicelib.diagnosis import Diagnosis
    from chalicelib.store.models.work import Attempt

TASK: Final = "classify"
UNEXPLAINED: Final = 0.5  # above this it is more likely that no rule explains an answer than that one does


def is_wanted(found: Diagnosis) -> bool:
    """Whether a wrong answer stays unexplained, and there is a model to ask."""
    if found.verdict != "incorrect" or found.unexplained <= UNEXPLAINED:
        return False
    from chalicelib.services import language_model

    return language_model.is_set_up(TASK)


def ask(attempt: Attempt) -> None:
    """Have the worker look at a `pending` attempt, once the open transaction is committed."""
    outbox.put(queues.CLASSIFY, {"attempt_id": str(attempt.id)}, school_id=attempt.school_id)


def end_waiting(most: int) -> int:
    """Make final, by the rule's word, at most `most` attempts that have been pending for a day; how many.

    The worker ends the waiting itself, within the hour; these are those whose message was lost or is dead.
    """
    with transaction() as db:
        return int(db.execute_sql("SELECT end_waiting(%s)", (most,)).fetchone()[0])
