"""The unpacked artifact handles what API Gateway, SQS and EventBridge send."""

from __future__ import annotations

import json
from typing import Any

import pytest

import app
from chalicelib import queues
from dev.bench.stage import api_event
from dev.deploy.artifact_run import ExecutionEnvironment, HandlerError
from dev.lambdas import Context
from dev.runner import Runner
from tests.integration.accounts.conftest import PASSWORD, Person, World
from tests.integration.work import conftest as scenes
from tests.support import pdfs
from tests.support.aws import LocalAws
from tests.support.client import ApiClient
from tests.support.guides import Desk
from tests.support.photos import OF_AGE, Camera
from tests.support.pictures import drawn, encoded

pytestmark = pytest.mark.xdist_group("deploy")

METHOD_ARN = "arn:aws:execute-api:eu-west-1:123456789012:abcdefghij/api/GET/v1/me"


def worker(name: str) -> Any:
    return next(each for each in app.workers.workers if each.name == name)


def schedule(name: str) -> Any:
    return next(each for each in app.workers.schedules if each.name == name)


def test_somebody_signs_in_and_reads_their_account(lambdas: ExecutionEnvironment, world: World) -> None:
    health = lambdas.call("app.app", api_event("GET", "/health"))
    assert health["statusCode"] == 200
    teacher = world.person(world.school(), "teacher", name="Ada Lambda")
    sign_in = {"email": teacher.email, "password": PASSWORD}
    signed_in = lambdas.call("app.app", api_event("POST", "/v1/auth/login", body=sign_in))
    assert signed_in["statusCode"] == 200
    token = json.loads(signed_in["body"])["data"]["access_token"]

    asked = {"type": "TOKEN", "authorizationToken": f"Bearer {token}", "methodArn": METHOD_ARN}
    allowed = lambdas.call("app.authorize", asked)
    assert allowed["principalId"] == str(teacher.id)
    event = api_event("GET", "/v1/me")
    event["requestContext"]["authorizer"] = {**allowed["context"], "principalId": allowed["principalId"]}
    answer = lambdas.call("app.app", event)
    assert answer["statusCode"] == 200
    assert json.loads(answer["body"])["data"]["email"] == teacher.email


def test_a_bad_token_is_refused(lambdas: ExecutionEnvironment) -> None:
    asked = {"type": "TOKEN", "authorizationToken": "Bearer nonsense", "methodArn": METHOD_ARN}
    with pytest.raises(HandlerError) as raised:
        lambdas.call("app.authorize", asked)
    assert raised.value.name == "Unauthorized"


def test_a_diagnosis_is_made(lambdas: ExecutionEnvironment, world: World) -> None:
    student = world.person(world.school(), "student")
    body = {"problem": "503 - 278", "answer": "375"}
    event = api_event("POST", "/v1/attempts", caller=student.id, body=body)
    answer = lambdas.call("app.app", event)
    assert answer["statusCode"] == 201
    assert json.loads(answer["body"])["data"]["diagnosis"]["candidates"]


def test_a_mail_is_sent(runner: Runner, world: World, client: ApiClient, aws: LocalAws) -> None:
    teacher = world.person(world.school(), "teacher")
    client.post("/v1/auth/password/forgot", {"email": teacher.email})
    assert runner.take(worker("mail")) == 1
    (mail,) = aws.mails()
    assert mail["Destination"]["ToAddresses"] == [teacher.email]
    assert aws.messages(queues.MAIL) == []


def test_of_a_batch_only_what_fails_comes_back(
    lambdas: ExecutionEnvironment, world: World, aws: LocalAws, owner: Any
) -> None:
    student = world.person(world.school(), "student")
    event = {
        "client_id": "6f2f6c0e-93c3-4a57-9d3b-1f6f2c9c0a11",
        "kind": "exercise.opened",
        "occurred_at": "2026-11-21T09:00:00Z",
    }
    assert student.api.post("/v1/events", {"events": [event]}).status == 202
    aws.send(queues.TELEMETRY, "not a message", group="another")
    received = aws.receive(queues.TELEMETRY)
    records = [
        {
            "messageId": message["MessageId"],
            "body": message["Body"],
            "attributes": message["Attributes"],
            "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:tiza-dev-telemetry.fifo",
        }
        for message in received
    ]
    answer = lambdas.call("app.telemetry", {"Records": records}, Context("telemetry", 60))
    bad = [each["MessageId"] for each in received if each["Body"] == "not a message"]
    assert [failure["itemIdentifier"] for failure in answer["batchItemFailures"]] == bad
    owner.execute("SELECT student_id::text FROM telemetry_events")
    assert owner.fetchall() == [(str(student.id),)]


@pytest.mark.parametrize("content_type", ["image/jpeg", "image/png", "image/webp"])
def test_a_photo_is_looked_at(content_type: str, runner: Runner, world: World, aws: LocalAws) -> None:
    from PIL import ImageCms

    student = of_age(world)
    camera = Camera(aws, student)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = camera.hand_in(encoded(drawn(), content_type, icc_profile=profile), content_type)
    assert runner.take(worker("uploads")) == 1
    assert camera.seen(photo) == ("checked", None)


@pytest.mark.parametrize("made", [pdfs.text_pdf, pdfs.scanned_pdf], ids=["text", "scan"])
def test_a_worksheet_is_read(made: Any, runner: Runner, world: World, aws: LocalAws) -> None:
    """In a process of its own, out of the artifact; a scanned one then waits for a language model."""
    desk = Desk(aws, scenes.made(world))
    guide = desk.laid_down(made("1) 503 - 278 ="))
    for name in ("uploads", "guide_ingest"):
        assert runner.take(worker(name)) == 1
    seen = desk.look(guide)
    assert (seen["state"], seen["held"]) in (("solving", None), ("reading", "not_set_up"))
    assert [each["problem"] for each in seen["questions"]] == ["503 - 278"] * (seen["held"] is None)
    assert (seen["held"] is None) == (made is pdfs.text_pdf)


def of_age(world: World) -> Person:
    school = world.school()
    return world.person(school, "student", birth_date=OF_AGE)


def test_the_sweep_sends_what_waits(
    runner: Runner, world: World, client: ApiClient, aws: LocalAws, owner: Any
) -> None:
    teacher = world.person(world.school(), "teacher")
    with aws.away("sqs"):
        client.post("/v1/auth/password/forgot", {"email": teacher.email})
    owner.execute("UPDATE outbox SET claimed_until = now()")
    assert aws.messages(queues.MAIL) == []
    runner.fire(schedule("sweep"))
    (message,) = aws.messages(queues.MAIL)
    assert message["payload"]["user_id"] == str(teacher.id)


@pytest.mark.parametrize("name", [each.name for each in app.workers.schedules])
def test_every_schedule_runs(name: str, runner: Runner, world: World, owner: Any) -> None:
    school = world.school()
    owner.execute("UPDATE schools SET time_zone = 'America/Montevideo' WHERE id = %s", (str(school),))
    runner.fire(schedule(name))
