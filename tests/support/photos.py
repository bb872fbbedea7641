"""A student with a camera: hands in photos, uploads them as a browser does, has the worker look at them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote_plus

import httpx

from chalicelib import queues
from chalicelib.store.database import transaction
from chalicelib.store.ids import uuid7
from dev import lambdas
from tests.integration.accounts.conftest import Person
from tests.support.aws import LocalAws
from tests.support.client import Reply

ARN = "arn:aws:sqs:eu-west-1:123456789012:tiza-dev-uploads"
OF_AGE = "2000-01-01"
HANDLED, FAILED = True, False


class Camera:
    """What a student's device does, and S3 behind it."""

    def __init__(self, aws: LocalAws, student: Person) -> None:
        self.aws = aws
        self.student = student

    def announce(self, content_type: str = "image/jpeg", size: int = 1000, **fields: Any) -> Reply:
        """Say that a photo comes."""
        return self.student.api.post("/v1/photos", {"content_type": content_type, "size": size, **fields})

    def announced(self, content_type: str = "image/jpeg", **fields: Any) -> Any:
        """The answer to that: a photo that is waited for."""
        reply = self.announce(content_type, **fields)
        assert reply.status == 201, reply.text
        return reply.data

    def upload(self, photo: Any, content: bytes) -> None:
        """Post the file with the form that was given."""
        form = photo["upload"]
        answer = httpx.post(form["url"], data=form["fields"], files={"file": ("IMG 1+ñ.jpg", content)})
        assert answer.status_code in (200, 204), answer.text

    def hand_in(self, content: bytes, content_type: str = "image/jpeg", **fields: Any) -> str:
        """Announce and upload a photo; its id."""
        photo = self.announced(content_type, **fields)
        self.upload(photo, content)
        return str(photo["id"])

    def work(self) -> int:
        """Have the worker handle what S3 has told of; how many notifications were handled well."""
        handled = 0
        while messages := self.aws.receive(queues.UPLOADS):
            for message in messages:
                if deliver(message["Body"]):
                    self.aws.delete(queues.UPLOADS, message)
                    handled += 1
        return handled

    def look(self, photo_id: str) -> Any:
        """How it stands with a photo."""
        reply = self.student.api.get(f"/v1/photos/{photo_id}")
        assert reply.status == 200, reply.text
        return reply.data

    def seen(self, photo_id: str) -> tuple[str, str | None]:
        """The status of a photo and why it was refused."""
        photo = self.look(photo_id)
        return photo["status"], photo["reason"]


def deliver(body: str) -> bool:
    """Give the worker one SQS message with that body; whether it was handled."""
    import app

    key = str(uuid7())
    message = {"MessageId": key, "ReceiptHandle": key, "Body": body, "MD5OfBody": ""}
    return lambdas.call_queue(app.uploads, ARN, [message], 100) == [key]


def notification(bucket: str, *keys: str, event: str = "ObjectCreated:Post") -> str:
    """What S3 sends when objects with those names were stored: names are encoded as in a form."""
    records = [
        {
            "eventVersion": "2.1",
            "eventSource": "aws:s3",
            "awsRegion": "eu-west-1",
            "eventName": event,
            "s3": {
                "s3SchemaVersion": "1.0",
                "bucket": {"name": bucket, "arn": f"arn:aws:s3:::{bucket}"},
                "object": {"key": quote_plus(key), "size": 1, "eTag": "0", "sequencer": "0"},
            },
        }
        for key in keys
    ]
    return json.dumps({"Records": records})


def swept() -> None:
    """Let the sweep send what the outbox still holds, as if nobody had it in hand any more."""
    from chalicelib.edge import relay

    with transaction() as db:
        db.execute_sql("UPDATE outbox SET claimed_until = now()")
    relay.sweep()
