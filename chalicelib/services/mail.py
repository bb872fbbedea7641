"""Mails: written to the outbox in the transaction of the work, and delivered after its commit.

An outbox message of kind `mail` carries the template's name, the user's id and, where the template needs
one, the one-time token; name, address and language are looked up when the mail is made. A message without
a user goes to nobody: it keeps the work the same where an address is not known.

With the setting `mail=log` (a developer's machine) each mail becomes one line of the log as soon as the
transaction has committed. With `mail=ses` the messages stay in the outbox for the mail worker.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from chalicelib import observe, settings
from chalicelib.store import entering, outbox
from chalicelib.store.database import database, transaction
from chalicelib.store.models.people import User
from chalicelib.store.models.security import OutboxMessage

KIND = "mail"
VERSION = 1
TEXTS = Path(__file__).parent.parent / "locales"
NOBODY = UUID(int=0)
# Where each template leads, on the frontend. The token stands behind `#`, so that no server logs it.
PAGES = {
    "verify_email": "verify-email",
    "address_taken": "reset-password",
    "reset_password": "reset-password",
    "set_password": "set-password",
}


class Mail(NamedTuple):
    """A mail as it leaves."""

    to: str
    subject: str
    text: str
    link: str


def send(template: str, user_id: UUID | None, *, token: str | None = None) -> None:
    """Put a mail to that user, or to nobody, into the outbox of the open transaction."""
    payload = {
        "version": VERSION,
        "template": template,
        "user_id": str(user_id) if user_id else None,
        "token": token if user_id else None,
    }
    message_id = outbox.put(KIND, payload)
    if settings.get().mail == "log":
        database.after_commit(lambda: _deliver_to_log(message_id))


def compose(template: str, user: User, token: str | None) -> Mail:
    """The mail that `template` makes for `user`, in their language."""
    words = _texts(user.locale)[template]
    link = f"{settings.get().web_url}/{PAGES[template]}" + (f"#token={token}" if token else "")
    return Mail(str(user.email), words["subject"], words["text"].format(name=user.name, link=link), link)


@functools.cache
def _texts(locale: str) -> dict[str, dict[str, str]]:
    """The templates of a language: subject and text by template."""
    texts: dict[str, dict[str, str]] = json.loads((TEXTS / f"mail.{locale}.json").read_text("utf-8"))
    return texts


def _deliver_to_log(message_id: UUID) -> None:
    """Show the mail in the log of a developer's machine; whatever fails, the work before has committed."""
    try:
        with transaction():
            message = OutboxMessage.get_by_id(message_id)
            user_id = UUID(message.payload["user_id"]) if message.payload["user_id"] else NOBODY
            entering.by_user(user_id)
            user = User.get_or_none(User.id == user_id)
            if user is not None and user.email is not None:
                token = message.payload["token"]
                mail = compose(message.payload["template"], user, token)
                observe.event("mail", to=mail.to, subject=mail.subject, link=mail.link, token=token)
            message.delete_instance()
    except Exception:
        observe.log.exception("a mail could not be shown; it stays in the outbox")
