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
TRANSCRIBE = Queue(
    "transcribe",
    batch_size=1,  # one question to a language model, which may take most of a minute
    payload={"photo_id": "a photo that was checked and waits to be read"},
)
CLASSIFY = Queue(
    "classify",
    batch_size=20,  # one question to a language model
    window_seconds=5,
    payload={"attempt_id": "an answer that no rule explains, which is `pending`"},
)
REPROCESS = Queue("reprocess", payload={"transcript_id": "lines of work that are to become attempts"})
EXERCISE_GENERATE = Queue(
    "exercise-generate",
    timeout_seconds=120,
    batch_size=5,  # each may be four questions to a language model
    payload={
        "task": "`assignment`: an automatic assignment for a student who fell to `at_risk`; `story`: a word "
        "problem around an exercise",
        "student_id": "of an assignment: for whom",
        "skill_id": "of which skill",
        "exercise_id": "of a story: around which exercise",
        "locale": "in which language",
        "scene": "a number that says where it is set",
    },
)
GUIDE_INGEST = Queue(
    "guide-ingest",
    timeout_seconds=300,  # as many questions to a language model as there are scanned pages
    batch_size=1,
    payload={"guide_id": "a worksheet whose pages are to be read"},
)
GUIDE_SOLVE = Queue(
    "guide-solve",
    timeout_seconds=120,
    batch_size=1,
    payload={"guide_id": "a worksheet whose questions are to be answered"},
)
GUIDE_GRADE = Queue(
    "guide-grade",
    timeout_seconds=120,
    batch_size=1,
    payload={"submission_id": "what a student has handed in of a worksheet, to be graded"},
)
TUTOR_INDEX = Queue(
    "tutor-index",
    payload={
        "student_id": "of whose readable texts the missing vectors are to be made",
        "topic": "about which the student talks with the tutor",
    },
)

ALL = (
    TELEMETRY,
    MAIL,
    FEEDBACK,
    UPLOADS,
    TRANSCRIBE,
    REPROCESS,
    CLASSIFY,
    EXERCISE_GENERATE,
    GUIDE_INGEST,
    GUIDE_SOLVE,
    GUIDE_GRADE,
    TUTOR_INDEX,
)


def by_key(key: str) -> Queue | None:
    """The queue with that key, or None."""
    return next((queue for queue in ALL if queue.key == key), None)
