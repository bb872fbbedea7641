"""The worker `exercise_generate`: what each task of its queue is."""

from __future__ import annotations

from typing import Final

from chalicelib.message import MalformedMessageError, Message
from chalicelib.services import assignments_automatic, stories
from chalicelib.store import database, handled

WORKER: Final = "exercise_generate"


def handle(message: Message) -> None:
    """Do what a message asks for. Raises `MalformedMessageError` for a task that this code does not know."""
    task = message.payload.get("task")
    if task == stories.TASK:
        from chalicelib.services import story_writing

        story_writing.handle(message)
    elif task == assignments_automatic.TASK:
        database.run(lambda: _make_assignment(message))
    else:
        raise MalformedMessageError("The task is unknown.")


def _make_assignment(message: Message) -> None:
    """In one transaction with the note that it is done."""
    if handled.first_time(WORKER, message.id):
        assignments_automatic.handle(message)
