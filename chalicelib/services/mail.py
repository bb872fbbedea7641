"""Mails: asked for in the transaction of the work, sent by the mail worker.

What is asked for names a template and a user, by id, and nothing else: name, address, language and what there
is to tell are read when the mail is made, and a one-time token is minted then, so that none lies in a queue.
A mail to nobody is asked for like any other: it keeps the work the same where an address is not known.

With the setting `mail=log` (a developer's machine without local AWS) there is no queue: each mail becomes one
line of the log as soon as the transaction has committed.
"""

from __future__ import annotations

from uuid import UUID

from chalicelib import observe, queues, settings
from chalicelib.message import Message
from chalicelib.store import outbox
from chalicelib.store.database import database
from chalicelib.store.ids import uuid7


def send(template: str, user_id: UUID | None, *, school_id: UUID | None = None, **about: str) -> None:
    """Ask for a mail to that user, or to nobody, in the open transaction.

    `template` is one of `mail_contents.TEMPLATES`; `about` is what the template needs beside the user: ids
    and dates.
    """
    payload = {"template": template, "user_id": str(user_id) if user_id else None, **about}
    if settings.get().mail == "log":
        message = Message(uuid7(), queues.MAIL.key, payload)
        database.after_commit(lambda: _show(message))
    else:
        outbox.put(queues.MAIL, payload, school_id=school_id)


def deliver(message: Message) -> None:
    """Send the mail that a message of the mail queue asks for, once. Opens short transactions of its own.

    Raises what makes the message come back: `UnavailableError` while SES or the switch of mails is off or
    somebody else is sending this very mail, `client.Refused` where SES refuses us.
    """
    from chalicelib.services import mail_delivery

    mail_delivery.deliver(message)


def _show(message: Message) -> None:
    """Show the mail in the log of a developer's machine; whatever fails, the work before has committed."""
    try:
        deliver(message)
    except Exception:
        observe.log.exception("a mail could not be shown")
