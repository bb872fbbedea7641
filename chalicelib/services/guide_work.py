"""What the workers of worksheets share: to find one in the state that is theirs, to move it on, to hold it.

A worksheet that needs a language model which is not there is held: it keeps its state and says why, and its
message is sent again after an hour. So no message dies for want of a model, and staff may go on without.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from chalicelib import observe
from chalicelib.errors import BudgetSpentError, SwitchedOffError, TizaError
from chalicelib.message import Message
from chalicelib.queues import Queue
from chalicelib.services import guide_states
from chalicelib.store import entering, outbox
from chalicelib.store.models.base import now
from chalicelib.store.models.guides import Guide

PAUSE: Final = timedelta(hours=1)
BUDGET, AWAY = "budget_spent", "unavailable"


def locked(school_id: UUID, guide_id: UUID, state: str) -> Guide | None:
    """That worksheet if it is in `state`; nobody else changes it until the end of the open transaction."""
    if not entering.as_worker(school_id):
        return None
    in_state = (Guide.id == guide_id) & (Guide.state == state)
    found: Guide | None = Guide.select().where(in_state).for_update().first()
    return found


def move(guide: Guide, event: str, **columns: Any) -> None:
    """Let `event` happen to a worksheet whose row is locked. Raises `ConflictError`."""
    state = guide_states.after(guide_states.GUIDE, guide.state, event)
    changes = {"state": state, "held": None, "updated_at": now(), **columns}
    Guide.update(**changes).where(Guide.id == guide.id).execute()
    guide.state = state
    observe.event("guide", guide_id=str(guide.id), event=event, state=state)


def hold(school_id: UUID, guide_id: UUID, state: str, queue: Queue, reason: str) -> None:
    """Let a worksheet wait in `state`, in the open transaction, and try again after a pause."""
    guide = locked(school_id, guide_id, state)
    if guide is None:
        return
    Guide.update(held=reason, updated_at=now()).where(Guide.id == guide.id).execute()
    outbox.put_off(queue, {"guide_id": str(guide_id)}, PAUSE, school_id=school_id)
    observe.event("a worksheet waits for a model", guide_id=str(guide_id), reason=reason)


def why_not(error: TizaError, message: Message, queue: Queue) -> str | None:
    """Why there will be no answer of a model soon; None where the message's next try may bring one."""
    if isinstance(error, SwitchedOffError):
        return str(error.details["reason"])
    if isinstance(error, BudgetSpentError):
        return BUDGET
    return AWAY if message.receive_count >= queue.max_receives else None
