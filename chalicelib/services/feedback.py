"""What SES reports of mails that left: permanent bounces and complaints stop further mail to an address.

SES publishes events to an SNS topic, which hands them to the feedback queue in its envelope:
https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from chalicelib import observe
from chalicelib.services import mail_suppressions
from chalicelib.services.mail_suppressions import BOUNCE, COMPLAINT
from chalicelib.store import handled
from chalicelib.store.database import transaction

WORKER = "feedback"
PERMANENT = "Permanent"
NOT_SPAM = "not-spam"  # a complaint taken back (RFC 5965, Abuse Reporting Format)


def take(envelope: Mapping[str, Any]) -> None:
    """Take one SNS notification; the same one again has no effect.

    Raises `KeyError` or `ValueError` for what is no such notification: it ends in the dead-letter queue, for
    an operator to look at.
    """
    event = _event(envelope)
    with transaction():
        if not handled.first_time(WORKER, UUID(envelope["MessageId"])):
            return
        for address, reason in _unwanted(event):
            mail_suppressions.add(address, reason)
            observe.event("an address gets no more mail", reason=reason)


def _event(envelope: Mapping[str, Any]) -> Mapping[str, Any]:
    """SES's event in SNS's envelope; empty for the greeting that SES sends to a new topic, which is text."""
    if envelope["Type"] != "Notification":
        raise ValueError("The envelope holds no notification.")
    text = str(envelope["Message"])
    if not text.lstrip().startswith("{"):
        return {}
    event: Mapping[str, Any] = json.loads(text)
    return event


def _unwanted(event: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The addresses that shall get no more mail, each with the reason."""
    kind = event.get("eventType") or event.get("notificationType")  # the latter without a configuration set
    if kind == "Bounce" and event["bounce"]["bounceType"] == PERMANENT:
        yield from ((_address(each), BOUNCE) for each in event["bounce"]["bouncedRecipients"])
    elif kind == "Complaint" and event["complaint"].get("complaintFeedbackType") != NOT_SPAM:
        yield from ((_address(each), COMPLAINT) for each in event["complaint"]["complainedRecipients"])


def _address(recipient: Mapping[str, Any]) -> str:
    """The address alone, of one that may come with a name."""
    return parseaddr(recipient["emailAddress"])[1]
