"""The queues of a stage: the one list that the workers, the senders and the resources stack are made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

VISIBILITY_FACTOR = 6  # AWS asks for at least six times the function's time limit


class Queue(NamedTuple):
    """One SQS queue with its dead-letter queue; times in seconds.

    `timeout_seconds` is the time limit of the function that handles its batches of at most `batch_size`.
    After `max_receives` failures a message goes to the dead-letter queue. `fifo`: messages of one group
    (a student) are handled in the order in which they were sent. `window_seconds`: for how long a batch is
    gathered; AWS asks for a second at least where it may have more than 10.
    """

    key: str
    timeout_seconds: int = 60
    batch_size: int = 10
    fifo: bool = False
    max_receives: int = 5
    window_seconds: int = 0
    payload: Mapping[str, str] = {}  # the fields of a message's payload, and what each holds

    def __hash__(self) -> int:
        return hash(self.key)  # the payload is a dict, which has none

    def name(self, stage: str) -> str:
        """The queue's name in `stage`."""
        return f"tiza-{stage}-{self.key}" + (".fifo" if self.fifo else "")

    def dead_letter_name(self, stage: str) -> str:
        """The name of its dead-letter queue in `stage`."""
        return f"tiza-{stage}-{self.key}-dead" + (".fifo" if self.fifo else "")

    @property
    def visibility_seconds(self) -> int:
        """For how long a message that is being handled stays hidden from others."""
        return VISIBILITY_FACTOR * self.timeout_seconds + self.window_seconds


TELEMETRY = Queue(
    "telemetry",
    fifo=True,
    payload={
        "student_id": "whose events they are; also the message group",
        "received_at": "when the call came, RFC 3339",
        "events": "up to 100 of `client_id`, `kind`, `occurred_at`, `data`, as the client sent them",
    },
)
MAIL = Queue(
    "mail",
    payload={
        "template": "the name of the mail",
        "user_id": "who gets it; null: nobody, the work is the same",
        "day": "of a `practice_reminder`: an ISO date",
        "week": "of a `weekly_summary`: the Monday, an ISO date",
    },
)
FEEDBACK = Queue("feedback", payload={"": "what SES says of bounces and complaints, in SNS's envelope"})
UPLOADS = Queue(
    "uploads",
    timeout_seconds=120,
    batch_size=5,
    payload={"": "the notification of the photo bucket, as S3 makes it"},
)
TRANSCRIBE = Queue("transcribe", payload={"photo_id": "a photo that was checked and waits to be read"})
CLASSIFY = Queue(
    "classify",
    batch_size=20,  # one question to a language model
    window_seconds=5,
    payload={"attempt_id": "an answer that no rule explains, which is `pending`"},
)
REPROCESS = Queue("reprocess", payload={"transcript_id": "lines of work that are to become attempts"})
EXERCISE_GENERATE = Queue(
    "exercise-generate",
    payload={
        "task": "`assignment`: an automatic assignment for a student who fell to `at_risk`",
        "student_id": "for whom",
        "skill_id": "of which skill",
    },
)

ALL = (TELEMETRY, MAIL, FEEDBACK, UPLOADS, TRANSCRIBE, REPROCESS, CLASSIFY, EXERCISE_GENERATE)


def by_key(key: str) -> Queue | None:
    """The queue with that key, or None."""
    return next((queue for queue in ALL if queue.key == key), None)
