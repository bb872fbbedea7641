"""A message to the tutor, from the student's words to the reply.

First a place in the quota is reserved, together with the message, then the model is asked, in no transaction,
then the reply is stored and the place counts. Where there is no reply, both are taken back. A message that is
sent again under the same `client_id` is the same one: it gets the reply that it got, and counts once.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from uuid import UUID

from chalicelib import deadline, observe
from chalicelib.caller import Caller
from chalicelib.errors import ConflictError, InProgressError, NotFoundError, UnavailableError
from chalicelib.schemas import tutor as schemas
from chalicelib.services import (
    attempts,
    findings,
    language_model,
    tutor,
    tutor_quota,
    tutor_search,
    tutor_sources,
)
from chalicelib.services import tutor_question as questions
from chalicelib.services.tutor_question import Said, Told, Tried, Turn
from chalicelib.services.tutor_quota import Place
from chalicelib.services.tutor_sources import Source
from chalicelib.store import entering
from chalicelib.store.ids import uuid7
from chalicelib.store.models.base import now
from chalicelib.store.models.tutor import TutorMessage, TutorSession
from chalicelib.store.models.work import Attempt, Diagnosis

MOST_TURNS: Final = 6  # of a talk that are told again
RESERVE_SECONDS: Final = 10.0  # with less time left nobody is asked: it would look as if the model were slow
RETRY_AFTER_SECONDS: Final = 2
LIKELY: Final = 0.5  # a bug that is less probable is not told


class Begun(NamedTuple):
    """A message that is to be answered; `listed` is all that may be told with it, with vectors or without."""

    session: TutorSession
    place: Place
    listed: list[Source]
    have_vectors: bool


def ask(caller: Caller, session_id: UUID, body: schemas.NewMessage) -> schemas.Answered:
    """Say something in a talk of the student's own, and get the reply.

    Raises `NotFoundError`, `SwitchedOffError`, `ConsentRequiredError`, `QuotaSpentError`, `BudgetSpentError`,
    `UnavailableError` where no model answers, `ConflictError` for a `client_id` of another message, and
    `InProgressError` while the same message is being answered.
    """
    with entering.working_for(caller):
        session = tutor.own(caller, session_id)
        earlier = _sent_before(caller, session, body)
        if earlier is not None:
            return _shown(caller, earlier)
        tutor.require(caller)
        language_model.require(tutor.FEATURE, caller.school)
        begun = _begun(caller, session, body)
    try:
        if deadline.left() < RESERVE_SECONDS:
            raise UnavailableError(retry_after=RETRY_AFTER_SECONDS)
        vector = tutor_search.vector_of(caller.school, body.text) if begun.have_vectors else None
        with entering.working_for(caller):
            told = _told(caller, begun, body.text, vector)
        said = questions.ask(caller.school, told)
        with entering.working_for(caller):
            return _stored(caller, begun, said)
    except BaseException:
        _take_back(caller, begun.place)
        raise


def _sent_before(caller: Caller, session: TutorSession, body: schemas.NewMessage) -> TutorMessage | None:
    """The answered message under the same `client_id`; one whose process died is forgotten.

    Raises `ConflictError` for another message, and `InProgressError`.
    """
    if body.client_id is None:
        return None
    mine = (TutorMessage.student_id == caller.user_id) & (TutorMessage.client_id == body.client_id)
    found: TutorMessage | None = TutorMessage.select().where(mine).for_update().first()
    if found is None:
        return None
    if (found.session_id, found.text) != (session.id, body.text):
        raise ConflictError("The client id belongs to another message.", reason="client_id_reused")
    if found.answered_at is not None:
        return found
    if found.waits_until > now():
        raise InProgressError(retry_after=RETRY_AFTER_SECONDS)
    TutorMessage.delete().where(TutorMessage.id == found.id).execute()
    return None


def _begun(caller: Caller, session: TutorSession, body: schemas.NewMessage) -> Begun:
    """Reserve a place for the message and write it down. Raises `QuotaSpentError` and `InProgressError`."""
    where = tutor_quota.today(caller, caller.user_id)
    message = TutorMessage(
        id=uuid7(),
        school=caller.school,
        session_id=session.id,
        student_id=caller.user_id,
        client_id=body.client_id,
        text=body.text,
        day=where.day,
        waits_until=now() + tutor_quota.RESERVED,
    )
    written = TutorMessage.insert(message.__data__).on_conflict_ignore().returning(TutorMessage.id).execute()
    if not list(written):  # the same device sent it twice at the same moment, and the other one was first
        raise InProgressError(retry_after=RETRY_AFTER_SECONDS)
    place = tutor_quota.reserve(caller, message.id, where)
    listed = tutor_sources.readable(caller.user_id, session.topic, caller.locale)
    return Begun(session, place, listed, tutor_search.have_vectors(listed))


def _told(caller: Caller, begun: Begun, text: str, vector: list[float] | None) -> Told:
    """What the model is told."""
    session, locale = begun.session, caller.locale
    newest = tutor.said_in(session).order_by(TutorMessage.id.desc()).limit(MOST_TURNS)
    history = [Turn(row.text, row.reply) for row in newest][::-1]
    tried = _tried(caller, session)
    found = tutor_search.relevant(begun.listed, text, locale, vector)
    if tried is not None and tried.bug is not None:
        found = [tried.bug, *(source for source in found if source != tried.bug)][: tutor_search.MOST_FOUND]
    from chalicelib.diagnosis import problems_in

    stated = {
        problem for each in (text, *(turn.text for turn in history)) for problem in problems_in(each, locale)
    }
    stated |= {session.problem, *(source.problem for source in found if source.problem)}
    guarded = {problem for problem in stated - tutor.answered(caller, stated) if _has_answer(problem)}
    return Told(session.topic, session.problem, text, locale, history, tried, found, guarded)


def _tried(caller: Caller, session: TutorSession) -> Tried | None:
    """The answer that the talk is about, or the student's newest to its problem."""
    which: Any = Attempt.problem == session.problem
    if session.attempt_id is not None:
        which = Attempt.id == session.attempt_id
    could_be_read = Attempt.verdict != attempts.UNREADABLE
    found = (
        attempts.of_visible(caller, Diagnosis)
        .where(which, could_be_read)
        .order_by(Attempt.answered_at.desc(), Attempt.id.desc())
        .first()
    )
    if found is None:
        return None
    said = found.diagnosis
    is_told = said.bug is not None and said.probability >= LIKELY
    bug = tutor_sources.of_bug(said.bug, caller.locale) if is_told else None
    return Tried(found.answer, attempts.counts_as(found.verdict) is True, said.expected, bug)


def _has_answer(problem: str) -> bool:
    """Whether the engine can tell the answer: a stored problem may be of an older grammar."""
    from chalicelib.diagnosis import ProblemSyntaxError

    try:
        findings.expected(problem)
    except ProblemSyntaxError:
        return False
    return True


def _stored(caller: Caller, begun: Begun, said: Said) -> schemas.Answered:
    """Write the reply down, and count the message. Raises `NotFoundError` where the talk is gone."""
    moment = now()
    sources = [{"kind": source.kind, "id": source.id, "title": source.title} for source in said.sources]
    is_waiting = (TutorMessage.id == begun.place.message_id) & TutorMessage.answered_at.is_null()
    changed = (
        TutorMessage.update(kind=said.kind, reply=said.reply, sources=sources, answered_at=moment)
        .where(is_waiting)
        .execute()
    )
    if not changed:
        raise NotFoundError()
    TutorSession.update(updated_at=moment).where(TutorSession.id == begun.session.id).execute()
    tutor_quota.count(begun.place)
    observe.event("tutor", session_id=str(begun.session.id), kind=said.kind, sources=len(sources))
    return _shown(caller, TutorMessage.get_by_id(begun.place.message_id))


def _take_back(caller: Caller, place: Place) -> None:
    """Forget a message that got no reply; it does not count. Where this fails, its time runs out."""
    try:
        with entering.working_for(caller):
            tutor_quota.give_back(place)
            TutorMessage.delete().where(
                TutorMessage.id == place.message_id, TutorMessage.answered_at.is_null()
            ).execute()
    except Exception:
        observe.unforeseen("a message to the tutor was not taken back", student_id=str(caller.user_id))


def _shown(caller: Caller, row: TutorMessage) -> schemas.Answered:
    quota = tutor_quota.today(caller, caller.user_id).quota
    return schemas.Answered(**tutor.shown_message(row), quota=quota)
