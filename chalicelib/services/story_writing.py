"""The part of the worker `exercise_generate` that has stories written by a language model.

A story is believed by nobody: its words must be sound (`story_check.py`), and whoever reads it alone, with no
sight of the problem, must find that very problem to be worked out. Where two stories fail at that, the
exercise is left without one, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from chalicelib import deadline, observe, queues
from chalicelib.errors import BudgetSpentError, SwitchedOffError, TizaError, UnavailableError
from chalicelib.message import MalformedMessageError, Message
from chalicelib.services import private_words, stories, story_question
from chalicelib.services.story_question import Wish
from chalicelib.store import database, entering, handled
from chalicelib.store.models.base import now
from chalicelib.store.models.people import LOCALES, User
from chalicelib.store.models.work import PENDING, WRITTEN, Exercise

TRIES: Final = 2
RESERVE_SECONDS: Final = 10.0  # with less time left nobody is asked: it would look as if the model were slow
UNSOUND, UNAVAILABLE = "unsound", "unavailable"


class Outcome(NamedTuple):
    """What becomes of a wish; `story` is there where the status is `written`."""

    status: str
    story: str | None = None


def handle(message: Message) -> None:
    """Have the story written that a message asks for; nothing where it is wished for no more.

    No transaction is open while a model is waited for. Raises `MalformedMessageError`, and what makes the
    message come back: while no model answers, until its last time.
    """
    try:
        exercise_id = UUID(message.payload["exercise_id"])
        locale, scene = message.payload["locale"], int(message.payload["scene"])
    except (KeyError, ValueError, TypeError, AttributeError):
        raise MalformedMessageError("The payload is of no story.") from None
    if locale not in LOCALES:
        raise MalformedMessageError("The language is unknown.")
    if message.school_id is None:
        return
    school_id = message.school_id
    wish = _waiting(school_id, exercise_id, locale, scene)
    if wish is None:
        return
    outcome = _outcome(message, school_id, wish)
    stands = _stands(school_id, exercise_id, locale)
    database.run(lambda: _store(message, school_id, stands, outcome))
    observe.event("story", school_id=str(school_id), exercise_id=str(exercise_id), status=outcome.status)


def _waiting(school_id: UUID, exercise_id: UUID, locale: str, scene: int) -> Wish | None:
    """The wish, if it still stands."""
    with database.transaction():
        if not entering.as_worker(school_id):
            return None
        exercise = Exercise.get_or_none(*_stands(school_id, exercise_id, locale))
        if exercise is None:
            return None
        names: Any = User.select(User.name, User.username).where(User.status != "deleted").tuples()
        parts = private_words.parts_of(name for row in names for name in row if name)
        return Wish(exercise.problem, locale, scene, frozenset(parts))


def _stands(school_id: UUID, exercise_id: UUID, locale: str) -> tuple[Any, ...]:
    """The conditions that an exercise of the school waits for its story in that language."""
    return (
        Exercise.id == exercise_id,
        Exercise.school == school_id,
        Exercise.story_status == PENDING,
        Exercise.story_locale == locale,
    )


def _outcome(message: Message, school_id: UUID, wish: Wish) -> Outcome:
    """What comes of asking. Raises what may pass, as long as the message can come back."""
    try:
        return _written(school_id, wish)
    except SwitchedOffError:
        return Outcome("switched_off")
    except BudgetSpentError:
        return Outcome("budget_spent")
    except Exception as error:
        if message.receive_count < queues.EXERCISE_GENERATE.max_receives:
            raise
        if not isinstance(error, TizaError):
            observe.unforeseen("a story could not be asked for", school_id=str(school_id))
        return Outcome(UNAVAILABLE)


def _written(school_id: UUID, wish: Wish) -> Outcome:
    """The first of some stories that tells just the problem. The answer to it is the exercise's own."""
    for number in range(TRIES):
        _require_time()
        story = story_question.write(school_id, wish._replace(scene=wish.scene + number))
        if story is None:
            observe.event("a story was refused", school_id=str(school_id), reason="words")
            continue
        _require_time()
        if story_question.tells(school_id, story, wish.problem):
            return Outcome(WRITTEN, story)
        observe.event("a story was refused", school_id=str(school_id), reason="another problem")
    return Outcome(UNSOUND)


def _require_time() -> None:
    if deadline.left() < RESERVE_SECONDS:
        raise UnavailableError("No time is left to ask a model.")


def _store(message: Message, school_id: UUID, stands: Sequence[Any], outcome: Outcome) -> None:
    """Write down what came of a wish, in the open transaction; nothing where it stands no more."""
    if not entering.as_worker(school_id) or not handled.first_time(stories.TASK, message.id):
        return
    changes = {"story_status": outcome.status, "story": outcome.story, "updated_at": now()}
    Exercise.update(**changes).where(*stands).execute()
