"""The mail worker at work on the local AWS, as tests drive it."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import app
from chalicelib import queues
from chalicelib.errors import UnavailableError
from chalicelib.message import Message
from chalicelib.services import mail
from chalicelib.store import database as store
from chalicelib.store.ids import uuid7
from dev.runner import Runner
from tests.support.aws import LocalAws

HANDLED, BUSY = "handled", "comes back"


class Post:
    """The queues of mail and of what SES reports, worked off by the handlers of `app.py`."""

    def __init__(self, aws: LocalAws) -> None:
        self.aws = aws
        self._runner = Runner(app)

    def work(self, name: str = "mail") -> int:
        """Have the worker `name` handle all that its queue shows; how many messages it got."""
        worker = next(each for each in app.workers.workers if each.name == name)
        got = 0
        while count := self._runner.take(worker):
            got += count
        return got

    def fire(self, name: str) -> Any:
        """Run the schedule `name` as the clock does."""
        return self._runner.fire(next(each for each in app.workers.schedules if each.name == name))

    def waiting(self) -> list[Any]:
        """The messages that wait in the queue of mails."""
        return self.aws.messages(queues.MAIL)

    def mails(self, address: str | None = None) -> list[dict[str, Any]]:
        """What SES was asked to send, to one address or to all, oldest first."""
        sent = self.aws.mails()
        return [one for one in sent if address in (None, *one["Destination"]["ToAddresses"])]

    def last(self, address: str) -> Sent:
        return Sent(self.mails(address)[-1])

    def subjects(self, address: str) -> list[str]:
        return [Sent(one).subject for one in self.mails(address)]


class Sent:
    """One mail as SES was asked to send it."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.request = request
        simple = request["Content"]["Simple"]
        self.subject: str = simple["Subject"]["Data"]
        self.text: str = simple["Body"]["Text"]["Data"]
        self.html: str = simple["Body"]["Html"]["Data"]
        self.headers = {header["Name"]: header["Value"] for header in simple.get("Headers", [])}
        self.tags = {tag["Name"]: tag["Value"] for tag in request["EmailTags"]}

    @property
    def token(self) -> str:
        """The one-time token in its link."""
        return re.findall(r"#token=([\w-]+)", self.text)[0]


def order(template: str, user_id: UUID | None, **about: str) -> Message:
    """A message of the mail queue."""
    return Message(
        uuid7(),
        queues.MAIL.key,
        {"template": template, "user_id": str(user_id) if user_id else None, **about},
    )


def deliver(message: Message) -> str:
    """Deliver as the worker does; whether it was handled or comes back."""
    try:
        with store.connection():
            mail.deliver(message)
    except UnavailableError:
        return BUSY
    return HANDLED


def in_parallel(count: int, work: Callable[[int], Any]) -> list[Any]:
    """What `work` returns in as many threads at once."""
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(work, range(count)))


def bounce(address: str, kind: str = "Permanent", **more: Any) -> dict[str, Any]:
    """The event of a bounce, as SES publishes it."""
    recipient = {
        "emailAddress": address,
        "action": "failed",
        "status": "5.1.1",
        "diagnosticCode": "smtp; 550 5.1.1 user unknown",
    }
    return {
        "eventType": "Bounce",
        "bounce": {
            "bounceType": kind,
            "bounceSubType": "General",
            "bouncedRecipients": [recipient],
            "timestamp": "2026-11-21T00:41:02.669Z",
            "feedbackId": f"{uuid4()}-000000",
            "reportingMTA": "dsn; mta.example.com",
        },
        "mail": _mail(address),
        **more,
    }


def complaint(address: str, **more: Any) -> dict[str, Any]:
    """The event of a complaint, as SES publishes it."""
    return {
        "eventType": "Complaint",
        "complaint": {
            "complainedRecipients": [{"emailAddress": address}],
            "timestamp": "2026-11-21T00:41:02.669Z",
            "feedbackId": f"{uuid4()}-000000",
            "userAgent": "Any mail program",
            "complaintFeedbackType": "abuse",
            **more,
        },
        "mail": _mail(address),
    }


def _mail(address: str) -> dict[str, Any]:
    return {
        "timestamp": "2026-11-21T00:40:02.012Z",
        "source": "Tiza <hello@tiza.example>",
        "sendingAccountId": "123456789012",
        "messageId": f"EXAMPLE{uuid4()}-000000",
        "destination": [address],
        "headersTruncated": False,
        "tags": {"ses:configuration-set": ["tiza-dev"], "message_id": [str(uuid4())]},
    }
