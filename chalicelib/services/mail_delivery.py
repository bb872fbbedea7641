"""One mail on its way: claimed, made, sent, marked; the same message again sends no second one.

The claim is a row of `mail_deliveries` with a lease, committed before SES is called, so that no transaction
is open while Tiza waits for it. Who finds the lease of another fails, and the message comes back. The lease
is longer than a worker may live: when it ends, its holder has died. A mail can leave twice in one case only:
SES took it, and its answer or the mark of it was lost. Nothing can rule that out (RFC 1047).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chalicelib import observe, queues, settings
from chalicelib.aws import mail as ses
from chalicelib.errors import UnavailableError
from chalicelib.message import Message
from chalicelib.services import costs, mail_contents
from chalicelib.services.mail_contents import Letter
from chalicelib.store import entering
from chalicelib.store.database import database, transaction
from chalicelib.store.models.base import now
from chalicelib.store.models.mails import MailDelivery
from chalicelib.store.models.people import User

LEASE_SECONDS = queues.MAIL.timeout_seconds + 5
COST_ITEM = "mail"
CLAIM = """
    INSERT INTO mail_deliveries AS d
        (message_id, template, user_id, school_id, status, attempts, leased_until, created_at, updated_at)
    VALUES (%(id)s, %(template)s, %(user)s, %(school)s, 'sending', 1,
        clock_timestamp() + %(lease)s * interval '1 second', now(), now())
    ON CONFLICT (message_id) DO UPDATE
        SET status = 'sending', attempts = d.attempts + 1,
            leased_until = excluded.leased_until, updated_at = excluded.updated_at
        WHERE d.status = 'failed' OR (d.status = 'sending' AND d.leased_until <= clock_timestamp())
    RETURNING message_id
"""


def deliver(message: Message) -> None:
    """Send the mail that `message` asks for, once. Raises what makes the message come back."""
    user_id = message.payload["user_id"]
    if user_id is None:
        return
    letter = _claimed(message, UUID(user_id))
    if letter is None:
        return
    try:
        provider_id = _sent(letter, message.id)
    except ses.RefusedError as refusal:
        _mark(message, UUID(user_id), status="dropped", reason=refusal.code)
        observe.log.warning("a mail was refused for good", extra={"fields": {"reason": refusal.code}})
    except Exception:
        _mark(message, UUID(user_id), status="failed")
        raise
    else:
        _mark(message, UUID(user_id), status="sent", provider_id=provider_id)


def _claimed(message: Message, user_id: UUID) -> Letter | None:
    """The mail, claimed for this worker; None where there is nothing to send.

    The user's row stays locked to the end: mails to one person are claimed one after the other, so that the
    limit of mails an hour holds. Raises `UnavailableError` while somebody else is sending this one.
    """
    with transaction():
        entering.by_user(user_id)
        users: Any = User.select().where(User.id == user_id)
        user: User | None = users.for_update("FOR NO KEY UPDATE").first()
        if user is None or not _claim(message, user):
            return None
        try:
            return mail_contents.letter(message, user)
        except mail_contents.UnwantedError as reason:
            _change(message.id, status="dropped", reason=str(reason))
            observe.event("a mail was dropped", template=message.payload["template"], reason=str(reason))
            return None


def _claim(message: Message, user: User) -> bool:
    """Write or renew the claim; whether it is ours. False where the mail was sent or dropped before."""
    values = {
        "id": str(message.id),
        "template": message.payload["template"],
        "user": str(user.id),
        "school": str(user.school_id) if user.school_id else None,
        "lease": LEASE_SECONDS,
    }
    if database.execute_sql(CLAIM, values).fetchone():
        return True
    if MailDelivery.get_by_id(message.id).status == "sending":
        raise UnavailableError("Somebody else is sending this mail.", retry_after=LEASE_SECONDS)
    return False


def _sent(letter: Letter, message_id: UUID) -> str | None:
    """Send it by SES; its id there. Without a mail service, and beside it, a developer sees it in the log."""
    current = settings.get()
    provider_id = None
    if current.mail == "ses":
        words = letter.words
        mail = ses.Mail(letter.to, words.subject, words.text, words.html, letter.headers)
        provider_id = ses.send(mail, str(message_id))
    if current.is_dev:
        observe.event(
            "mail", to=letter.to, subject=letter.words.subject, link=letter.link, token=letter.token
        )
    return provider_id


def _mark(message: Message, user_id: UUID, **changes: Any) -> None:
    """End the claim, and count what the mail has cost."""
    with transaction():
        entering.by_user(user_id)
        _change(message.id, **changes)
        delivery = MailDelivery.get_or_none(MailDelivery.message_id == message.id)
        if delivery is not None and delivery.provider_id:
            costs.add(delivery.school_id, COST_ITEM, 1, settings.get().mail_price_micro_usd)


def _change(message_id: UUID, **changes: Any) -> None:
    ended = {"leased_until": None, "updated_at": now(), **changes}
    MailDelivery.update(**ended).where(MailDelivery.message_id == message_id).execute()
