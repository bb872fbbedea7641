"""What SES reports: permanent bounces and complaints stop further mail, nothing else does."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from chalicelib import queues
from chalicelib.services import feedback
from tests.integration.accounts.conftest import Person, World
from tests.support.aws import LocalAws
from tests.support.client import ApiClient
from tests.support.mails import Post, bounce, complaint, deliver, order

GREETING = "Successfully validated SNS topic for Amazon SES event publishing."


@pytest.fixture
def post(aws: LocalAws, database: str) -> Post:
    return Post(aws)


@pytest.fixture
def teacher(client: ApiClient) -> Person:
    world = World(client)
    return world.person(world.school(), "teacher")


def envelope(message: Any, **more: Any) -> dict[str, Any]:
    """SNS's notification, as it lies in the queue."""
    return {
        "Type": "Notification",
        "MessageId": str(uuid4()),
        "TopicArn": "arn:aws:sns:eu-west-1:123456789012:tiza-dev-mail-feedback",
        "Subject": "Amazon SES Email Event Notification",
        "Message": message if isinstance(message, str) else json.dumps(message),
        "Timestamp": "2026-11-21T00:41:02.700Z",
        **more,
    }


def suppressed(owner: Any) -> list[str]:
    owner.execute("SELECT reason FROM mail_suppressions")
    return [reason for (reason,) in owner.fetchall()]


def mails_to(post: Post, person: Person) -> int:
    """How many mails leave for `person` when one more is asked for."""
    before = len(post.mails(person.email))
    deliver(order("reset_password", person.id))
    return len(post.mails(person.email)) - before


@pytest.mark.parametrize(("event", "reason"), [(bounce, "bounce"), (complaint, "complaint")])
def test_after_a_bounce_or_complaint_there_is_no_more_mail(
    post: Post, aws: LocalAws, teacher: Person, owner: Any, event: Any, reason: str
) -> None:
    assert mails_to(post, teacher) == 1
    aws.feedback(event(teacher.email.upper()))
    assert post.work("feedback") == 1
    assert suppressed(owner) == [reason]
    assert mails_to(post, teacher) == 0
    owner.execute("SELECT reason FROM mail_deliveries WHERE status = 'dropped'")
    assert owner.fetchall() == [("suppressed",)]


@pytest.mark.parametrize("name", ['"Ada, L." <{}>', "Ada <{}>", "<{}>"])
def test_the_address_is_found_beside_a_name(post: Post, teacher: Person, owner: Any, name: str) -> None:
    feedback.take(envelope(bounce(name.format(teacher.email))))
    assert mails_to(post, teacher) == 0


@pytest.mark.parametrize(
    "event",
    [
        lambda address: bounce(address, "Transient"),
        lambda address: bounce(address, "Undetermined"),
        lambda address: complaint(address, complaintFeedbackType="not-spam"),
        lambda address: {**bounce(address), "eventType": "Delivery"},
    ],
)
def test_what_is_not_for_good_changes_nothing(
    post: Post, aws: LocalAws, teacher: Person, owner: Any, event: Any
) -> None:
    aws.feedback(event(teacher.email))
    assert post.work("feedback") == 1
    assert suppressed(owner) == []
    assert mails_to(post, teacher) == 1


def test_the_notification_of_an_identity_counts_as_well(post: Post, teacher: Person, owner: Any) -> None:
    event = bounce(teacher.email)
    event["notificationType"] = event.pop("eventType")
    feedback.take(envelope(event))
    assert suppressed(owner) == ["bounce"]


def test_the_same_notification_again_has_no_effect(post: Post, teacher: Person, owner: Any) -> None:
    notification = envelope(bounce(teacher.email))
    feedback.take(notification)
    owner.execute("DELETE FROM mail_suppressions")  # somebody has looked into it
    feedback.take(notification)
    assert suppressed(owner) == []


def test_two_reports_of_one_address_are_one(post: Post, teacher: Person, owner: Any) -> None:
    feedback.take(envelope(bounce(teacher.email)))
    feedback.take(envelope(complaint(teacher.email)))
    assert suppressed(owner) == ["bounce"]


def test_only_the_hash_of_an_address_is_kept(post: Post, teacher: Person, owner: Any) -> None:
    feedback.take(envelope(bounce(teacher.email)))
    owner.execute("SELECT address_hash FROM mail_suppressions")
    ((address_hash,),) = owner.fetchall()
    assert len(address_hash) == 64
    assert teacher.email not in address_hash


def test_the_greeting_of_a_new_topic_is_taken_and_means_nothing(post: Post, owner: Any) -> None:
    feedback.take(envelope(GREETING))
    assert suppressed(owner) == []


@pytest.mark.parametrize(
    "body",
    [
        {"hello": "world"},
        envelope("{"),
        envelope({"eventType": "Bounce"}),
        envelope("", Type="SubscriptionConfirmation"),
        "no JSON",
    ],
)
def test_what_is_no_notification_ends_in_the_dead_letter_queue(
    post: Post, aws: LocalAws, owner: Any, body: Any
) -> None:
    aws.send(queues.FEEDBACK, body)
    for _ in range(queues.FEEDBACK.max_receives + 1):
        post.work("feedback")
        aws.come_back()
    assert len(aws.dead_letters(queues.FEEDBACK)) == 1
    assert suppressed(owner) == []
