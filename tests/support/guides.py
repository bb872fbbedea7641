"""A teacher's desk with worksheets on it, and all workers that a worksheet meets on its way."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import httpx

from chalicelib import queues
from chalicelib.queues import Queue
from dev import lambdas
from tests.integration.accounts.conftest import Person
from tests.integration.work.conftest import Scene
from tests.support import pdfs
from tests.support.aws import LocalAws
from tests.support.client import Reply
from tests.support.models import Models
from tests.support.photos import swept

ARN = "arn:aws:sqs:eu-west-1:123456789012:tiza-dev-{}"
ON_THE_WAY = (
    queues.UPLOADS,
    queues.GUIDE_INGEST,
    queues.GUIDE_SOLVE,
    queues.TRANSCRIBE,
    queues.GUIDE_GRADE,
    queues.REPROCESS,
)
SHEET = """\
Subtraction
Name: ____________

1. 503 - 278 =          2. 700 - 1 = ____
3. Ana has 12 apples and gives away 5.
   How many has she now?
4. What is a shape with four equal sides called?
"""


class Desk:
    """What staff and students do with worksheets, each over HTTP."""

    def __init__(self, aws: LocalAws, scene: Scene) -> None:
        self.aws = aws
        self.scene = scene
        self.teacher = scene.teacher

    def announce(self, **fields: Any) -> Reply:
        """Say that a worksheet comes."""
        body = {"classroom_id": self.scene.classroom, "title": "Subtraction", "size": 1000, **fields}
        return self.teacher.api.post("/v1/guides", body)

    def laid_down(self, content: bytes | None = None, **fields: Any) -> str:
        """A worksheet that was uploaded; its id."""
        reply = self.announce(**fields)
        assert reply.status == 201, reply.text
        upload(reply.data["upload"], content or pdfs.text_pdf(SHEET))
        return str(reply.data["id"])

    def work(self, *only: Queue, receives: int | None = None) -> int:
        """Have the workers do what there is to do, until nothing moves any more; how many messages return."""
        returned = 0
        while True:
            done, failed = self._round(only or ON_THE_WAY, receives)
            returned += failed
            if not done:
                return returned

    def _round(self, asked: tuple[Queue, ...], receives: int | None) -> tuple[int, int]:
        import app

        send_what_is_due()
        done = failed = 0
        for queue in asked:
            for message in self.aws.receive(queue):
                if receives is not None:
                    message["Attributes"]["ApproximateReceiveCount"] = str(receives)
                handler = getattr(app, queue.key.replace("-", "_"))
                if lambdas.call_queue(handler, ARN.format(queue.key), [message], queue.timeout_seconds):
                    self.aws.delete(queue, message)
                    done += 1
                else:
                    failed += 1
        return done, failed

    def look(self, guide: str, person: Person | None = None) -> Any:
        """How it stands with a worksheet."""
        reply = (person or self.teacher).api.get(f"/v1/guides/{guide}")
        assert reply.status == 200, reply.text
        return reply.data

    def in_review(self, content: bytes | None = None) -> Any:
        """A worksheet that is read and solved."""
        guide = self.laid_down(content)
        assert self.work() == 0
        found = self.look(guide)
        assert found["state"] == "review", found
        return found

    def edit(self, guide: Any, **changes: Any) -> Reply:
        """Confirm all questions as they are, and answer the open ones."""
        questions = [said(each) for each in guide["questions"]]
        body = {"version": guide["version"], "questions": questions, **changes}
        return self.teacher.api.put(f"/v1/guides/{guide['id']}/questions", body)

    def publish(self, guide: Any, **changes: Any) -> Reply:
        """Give it to the class."""
        body = {"version": guide["version"], "classroom_ids": [self.scene.classroom], **changes}
        return self.teacher.api.post(f"/v1/guides/{guide['id']}/publication", body)

    def published(self, content: bytes | None = None, **changes: Any) -> Any:
        """A worksheet that was looked at and given to the class."""
        reply = self.publish(self.edit(self.in_review(content)).data, **changes)
        assert reply.status == 201, reply.text
        return reply.data

    def type(self, person: Person, guide: Any, *answers: str, **fields: Any) -> Reply:
        """Hand in answers to the questions in their order."""
        typed = [
            {"question_id": asked["id"], "answer": answer}
            for asked, answer in zip(guide["questions"], answers, strict=False)
        ]
        return person.api.post(f"/v1/guides/{guide['id']}/submissions", {"answers": typed, **fields})

    def photograph(self, person: Person, guide: Any, *pictures: bytes, **fields: Any) -> Reply:
        """Hand in photos, and upload them."""
        photos = [{"content_type": "image/jpeg", "size": 1000} for _ in pictures]
        reply = person.api.post(f"/v1/guides/{guide['id']}/submissions", {"photos": photos, **fields})
        if reply.status == 201:
            for page, picture in zip(reply.data["pages"], pictures, strict=True):
                upload(page["upload"], picture)
        return reply

    def graded(self, submission: Any, person: Person | None = None) -> Any:
        """What was handed in, as it stands now."""
        path = f"/v1/guides/{submission['guide_id']}/submissions/{submission['id']}"
        reply = (person or self.teacher).api.get(path)
        assert reply.status == 200, reply.text
        return reply.data


def said(question: Any) -> dict[str, Any]:
    """A question as staff send it back, confirmed."""
    kept = ("id", "label", "text", "problem", "skill_id", "answer")
    answer = question["answer"] or "I do not know"
    return {**{name: question[name] for name in kept}, "answer": answer, "is_confirmed": True}


def upload(form: Any, content: bytes) -> None:
    """Post a file with the form that was given, as a browser does."""
    answer = httpx.post(form["url"], data=form["fields"], files={"file": ("sheet.pdf", content)})
    assert answer.status_code in (200, 204), answer.text


def send_what_is_due() -> None:
    """Have the sweep send what nobody has put off for longer than a minute."""
    from chalicelib.edge import relay
    from chalicelib.store.database import transaction

    with transaction() as db:
        db.execute_sql(
            "UPDATE outbox SET claimed_until = now() WHERE claimed_until < now() + interval '2 minutes'"
        )
    relay.sweep()


def send_what_was_put_off() -> None:
    """The same an hour later."""
    swept()


def copied(*pieces: dict[str, Any]) -> dict[str, Any]:
    """What a model says that has copied these from a photo."""
    return {"pieces": [{"confidence": 0.95, **piece} for piece in pieces]}


class Clerk:
    """A model that is asked all that worksheets need, and knows by the system prompt what it is asked.

    `asked` holds the task and what was told of each question, in their order.
    """

    MARKS: ClassVar = {
        "read": "You copy the questions",
        "map": "with which one problem",
        "solve": "as short as a student would write it",
        "grade": "whether A is right",
        "copy": "You copy the arithmetic",
    }

    def __init__(self, models: Models, **answers: Any) -> None:
        self.models = models
        self.answers = answers
        self.asked: list[tuple[str, str]] = []
        models.say(self.say)

    def say(self, told: str) -> str:
        """The answer to a question that has just come in."""
        body = self.models.calls[-1].body.decode()
        task = next(name for name, mark in self.MARKS.items() if mark in body)
        self.asked.append((task, told))
        answer = self.answers[task]
        return json.dumps(answer(told) if callable(answer) else answer)

    @property
    def tasks(self) -> list[str]:
        """What it was asked, in order."""
        return [task for task, _ in self.asked]


def items(*values: Any, name: str) -> dict[str, Any]:
    """An answer about each number: `items(None, "rhombus", name="answer")`."""
    return {"items": [{"number": number, name: value} for number, value in enumerate(values, 1)]}


def right(*values: bool) -> dict[str, Any]:
    """A grade for each number."""
    return {"items": [{"number": n, "right": value, "confidence": 0.9} for n, value in enumerate(values, 1)]}
