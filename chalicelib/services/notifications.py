"""Which mails a person wants. Nobody gets any of these without having asked; one click ends it (RFC 8058)."""

from __future__ import annotations

from typing import Any

from chalicelib import tokens
from chalicelib.caller import PARENT, STUDENT, Caller
from chalicelib.errors import ConflictError, NotFoundError
from chalicelib.schemas import notifications as schemas
from chalicelib.store import entering
from chalicelib.store.models.base import now
from chalicelib.store.models.mails import MailPreference
from chalicelib.store.models.people import User

# Who is offered which mails.
KINDS = {"practice_reminder": (STUDENT, PARENT), "weekly_summary": (PARENT,)}


def list_own(caller: Caller) -> list[schemas.Preference]:
    """Every kind of mail that the caller is offered, wanted or not."""
    found = {row.kind: row for row in MailPreference.select().where(MailPreference.user == caller.user_id)}
    return [_shown(kind, found.get(kind)) for kind, roles in KINDS.items() if caller.role in roles]


def put(caller: Caller, kind: str, body: schemas.SetPreference) -> schemas.Preference:
    """Ask for the mails of one kind, or for no more of them; to say the same again changes nothing.

    Raises `NotFoundError` for a kind that the caller is not offered, and `ConflictError` where they have no
    address to send to.
    """
    if caller.role not in KINDS.get(kind, ()):
        raise NotFoundError("There is no such kind of mail for you.", kind=kind)
    if body.subscribed and User.get_by_id(caller.user_id).email is None:
        raise ConflictError("Without an e-mail address there are no mails.", reason="no_address")
    if body.subscribed:
        _subscribe(caller, kind)
    else:
        _end((MailPreference.user == caller.user_id) & (MailPreference.kind == kind))
    row = MailPreference.get_or_none(MailPreference.user == caller.user_id, MailPreference.kind == kind)
    return _shown(kind, row)


def unsubscribe(query: schemas.Unsubscribe) -> None:
    """End the subscription in whose mails that token stands. Nothing happens where there is none."""
    if entering.by_unsubscribe_token(query.token) is None:
        return
    _end(MailPreference.unsubscribe_token == query.token)


def _subscribe(caller: Caller, kind: str) -> None:
    """The token of an earlier subscription stays: the mails of that time may still be answered by a click."""
    MailPreference.insert(
        user=caller.user_id,
        kind=kind,
        school=caller.school_id,
        is_subscribed=True,
        unsubscribe_token=tokens.new_secret(),
    ).on_conflict(
        conflict_target=[MailPreference.user, MailPreference.kind],
        update={MailPreference.is_subscribed: True, MailPreference.changed_at: now()},
        where=~MailPreference.is_subscribed,
    ).execute()


def _end(which: Any) -> None:
    """End the subscription of the condition `which`, if there is one."""
    MailPreference.update(is_subscribed=False, changed_at=now()).where(
        which, MailPreference.is_subscribed
    ).execute()


def _shown(kind: Any, row: MailPreference | None) -> schemas.Preference:
    return schemas.Preference(
        kind=kind,
        subscribed=bool(row and row.is_subscribed),
        changed_at=row.changed_at if row else None,
    )
