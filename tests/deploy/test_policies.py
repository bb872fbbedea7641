"""The policies of the deployed stages: every call is allowed, by its own function's, and nothing else is.

A walk through all functions, on the local AWS as stage `prod`, with the committed files. Beside it, each test
of `tests/integration` fails where a handler asks AWS for what that very handler has not declared.
"""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import app
from chalicelib import queues, settings
from chalicelib.message import Message
from chalicelib.queues import Queue
from chalicelib.services import transcripts
from chalicelib.services.transcripts import Line
from chalicelib.store import outbox
from chalicelib.store.ids import uuid7
from dev.aws import server
from dev.deploy import limits, policies
from dev.deploy.uses import API, Function, functions
from tests.integration.accounts.conftest import World
from tests.integration.work.conftest import made, submit
from tests.support import aws as local_aws
from tests.support import models, pdfs, permissions, pictures
from tests.support.aws import LocalAws
from tests.support.client import ApiClient
from tests.support.guides import Desk
from tests.support.mails import Post, bounce
from tests.support.permissions import Asked, Right, allows
from tests.support.photos import OF_AGE, Camera, swept

pytestmark = pytest.mark.xdist_group("policies")

STAGE = "prod"
AUTHORIZER = "authorize"
CONFIG_TEXT = policies.CONFIG.read_text()
CONFIG = json.loads(CONFIG_TEXT)
FUNCTIONS = {function.name: function for function in functions(app)}
Json = dict[str, Any]
Rights = dict[str, list[Right]]  # by function


# --- the walk ---


@pytest.fixture(scope="module")
def prod() -> Iterator[LocalAws]:
    """A local AWS with the stage's resources and secrets."""
    secrets = {
        "token_keys": "one:a-key-of-these-tests-that-opens-nothing-0123456789",
        "web_url": "https://tiza.example",
        "api_url": "https://api.tiza.example",
    }
    with server.start() as local:
        yield LocalAws(local.endpoint, STAGE, **secrets)


@pytest.fixture
def asked(prod: LocalAws, database: str, owner: Any) -> Rights:
    """What each function asked of AWS in a walk through all of them."""
    permissions.watch()
    ssm = prod.client("ssm")
    url = settings.get().database_url
    ssm.put_parameter(Name=f"/tiza/{STAGE}/database_url", Value=url, Type="SecureString", Overwrite=True)
    with local_aws.entered(prod), models.served() as bedrock, pytest.MonkeyPatch.context() as patch:
        bedrock.say(said)
        for name, value in CONFIG["stages"][STAGE]["environment_variables"].items():
            patch.setenv(name, value)
        patch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", bedrock.address)
        permissions.of_app()
        Walk(prod, owner).all()
        return by_function(permissions.of_app())


def said(told: str) -> str:
    """What Bedrock answers: to who shows a photo, that a sum is on it; to others nothing of use."""
    if "Q: <data>" in told:
        return json.dumps({"kind": "off_subject", "reply": "", "sources": []})
    if "T: <data>" in told:  # questions of a worksheet
        grade = {"right": True, "confidence": 1} if "A: <data>" in told else {}
        return json.dumps({"items": [{"number": int(each), **grade} for each in models.CASE.findall(told)]})
    piece = {"problem": "1/2 + 1/4", "answer": "3/4", "confidence": 1}
    return json.dumps({"pieces": [piece]}) if "Copy the work" in told else models.saying("none")(told)


class Walk:
    """Has every function do all that it does at AWS."""

    def __init__(self, aws: LocalAws, owner: Any) -> None:
        self.aws, self.owner = aws, owner
        self.post = Post(aws)
        self.world = World(ApiClient(app.app))
        self.scene = made(self.world)
        owner.execute("UPDATE users SET birth_date = %s", (OF_AGE,))
        self.camera = Camera(aws, self.scene.student)

    def all(self) -> None:
        steps = (self.operations, self.accounts, self.photos, self.events, self.mails, self.work_of_students)
        for step in (*steps, self.second_opinions, self.stories, self.tutor, self.guides, self.outbox):
            step()
        for name in ("alerts", "calibrate", "cleanup"):
            self.fire(name)

    def operations(self) -> None:
        """First, as it counts what lies in the queues, and leaves something in each."""
        operator = self.world.person(None, "operator").api
        fresh()
        assert operator.get("/v1/operations/status").data["not_asked"] == []
        for queue in queues.ALL:
            path = f"/v1/operations/queues/{queue.key}"
            wanted, _ = (self.given_up(queue) for _ in range(2))
            assert len(operator.get(f"{path}/dead-letters").data) == 2
            assert operator.post(f"{path}/redrive", {"message_ids": [wanted]}).data["moved"] == 1
        self.aws.empty()

    def accounts(self) -> None:
        """Another function would know neither settings nor addresses of queues: this one asks for them."""
        fresh()
        address = {"email": self.scene.teacher.email}
        assert self.world.client.post("/v1/auth/password/forgot", address).status == 202
        assert self.work("mail") == 1

    def photos(self) -> None:
        fresh()
        ids = [self.camera.hand_in(pictures.with_exif("image/jpeg", orientation=6)) for _ in range(3)]
        self.owner.execute("DELETE FROM photos WHERE id = %s", (ids[2],))  # whose files all go
        assert self.work("uploads") == 3
        assert self.work("transcribe") == 2
        assert self.work("reprocess") == 2
        assert self.camera.look(ids[0])["files"] is not None
        assert self.scene.student.api.delete(f"/v1/photos/{ids[0]}").status == 204
        self.owner.execute("UPDATE photos SET created_at = now() - interval '31 days'")

    def events(self) -> None:
        event = {"client_id": str(uuid7()), "kind": "problem_opened", "occurred_at": moment(), "data": {}}
        reply = self.scene.student.api.post("/v1/events", {"events": [event]})
        assert reply.status == 202, reply.text
        assert self.work("telemetry") == 1

    def mails(self) -> None:
        parent = self.scene.parent
        reply = parent.api.put("/v1/notifications/preferences/weekly_summary", {"subscribed": True})
        assert reply.status == 200, reply.text
        self.owner.execute("UPDATE mail_preferences SET changed_at = '2026-01-01'")
        self.owner.execute("UPDATE schools SET time_zone = %s", (where_it_is_ten(),))
        assert self.fire("digest")["mails"] == 1
        assert self.work("mail") == 1
        self.aws.feedback(bounce(parent.email))
        assert self.work("feedback") == 1

    def work_of_students(self) -> None:
        """Two fall to `at_risk`, who are then set an assignment: one types, the other hands in a photo."""
        fresh()
        answers = ("5", "6")
        for answer in answers:
            assert submit(self.scene.student, "9 - 4", answer).status == 201
        assert self.work("exercise_generate") == 1
        with self.world.inside(self.scene.school):
            lines = [Line("9 - 4", answer) for answer in answers]
            read = transcripts.record(self.scene.school, self.scene.classmate.id, "photo", lines)
        self.owner.execute("DELETE FROM outbox")
        payload = {"transcript_id": str(read)}
        message = Message(uuid7(), queues.REPROCESS.key, payload, self.scene.school, "walk")
        self.aws.send(queues.REPROCESS, message.body())
        assert self.work("reprocess") == 1
        assert self.work("exercise_generate") == 1

    def second_opinions(self) -> None:
        """Two answers that no rule explains, one of them on a photo: Bedrock is asked about both."""
        fresh()
        work = {"problem": "700 - 1", "answer": "798"}
        assert submit(self.scene.student, **work).data["status"] == "pending"
        assert self.work("classify") > 0
        with self.world.inside(self.scene.school):
            transcripts.record(self.scene.school, self.scene.classmate.id, "photo", [Line(**work)])
        swept()
        assert self.work("reprocess") == 1
        assert self.work("classify") == 1
        self.owner.execute("SELECT DISTINCT status FROM attempts")
        assert self.owner.fetchall() == [("final",)]

    def stories(self) -> None:
        """An exercise is to be told as a story; what Bedrock answers is none."""
        fresh()
        teacher = self.scene.teacher.api
        exercise = teacher.post("/v1/exercises", {"problem": "503 - 278"}).data["id"]
        assert teacher.post(f"/v1/exercises/{exercise}/story", {}).status == 202
        assert self.work("exercise_generate") == 1

    def tutor(self) -> None:
        """A student who is of age talks with the tutor, whose sources get their vectors."""
        fresh()
        student = self.scene.student
        self.owner.execute("UPDATE users SET birth_date = '2000-01-01' WHERE id = %s", (str(student.id),))
        talk = student.api.post("/v1/tutor/sessions", {"problem": "39 ÷ 4"}).data["id"]
        assert self.work("tutor_index") == 1
        said = student.api.post(f"/v1/tutor/sessions/{talk}/messages", {"text": "How do I begin?"})
        assert said.data["kind"] == "off_subject"

    def guides(self) -> None:
        """A worksheet goes its way; of another the row is gone, and a third goes with its school."""
        fresh()
        desk, student, api = Desk(self.aws, self.scene), self.scene.student, self.scene.teacher.api
        guide = desk.laid_down(pdfs.text_pdf("1) 9 - 4 =\n2) What is a circle?"))
        self.owner.execute("DELETE FROM guides WHERE id = %s", (desk.laid_down(),))
        leaving = made(self.world)
        Desk(self.aws, leaving).laid_down(pdfs.text_pdf("1) 9 - 4 ="))
        assert self.work("uploads") == 3
        for worker, messages in (("guide_ingest", 3), ("guide_solve", 3)):
            fresh()
            assert api.post(f"/v1/guides/{guide}/go-on", {"without_model": False}).status == 200
            assert self.work(worker) == messages
        fresh()
        published = desk.publish(desk.edit(desk.look(guide)).data, most_submissions=9).data
        typed = desk.type(student, published, "five", "a line").data
        desk.photograph(student, published, pictures.with_exif("image/jpeg"))
        for worker, messages in (("uploads", 1), ("transcribe", 1), ("guide_grade", 2)):
            assert self.work(worker) == messages
        marks = {"marks": [{"question_id": published["questions"][0]["id"], "answer": "5"}]}
        fresh()
        assert api.post(f"/v1/guides/{guide}/submissions/{typed['id']}/marks", marks).status == 200
        desk.type(self.scene.classmate, published, "5")
        assert self.work("guide_grade") == 1
        self.work("reprocess")
        assert api.delete(f"/v1/guides/{guide}").status == 204
        past = "UPDATE schools SET deletion_requested_at = now() - interval '31 days' WHERE id = %s"
        self.owner.execute(past, (str(leaving.school),))

    def outbox(self) -> None:
        with self.world.inside(self.scene.school):
            for queue in FUNCTIONS["sweep"].sends:
                outbox.put(queue, {}, group="one" if queue.fifo else None)
        self.owner.execute("UPDATE outbox SET claimed_until = now()")
        assert self.fire("sweep") == {"sent": len(FUNCTIONS["sweep"].sends)}

    def work(self, name: str) -> int:
        fresh()
        return self.post.work(name)

    def fire(self, name: str) -> Any:
        fresh()
        return self.post.fire(name)

    def given_up(self, queue: Queue) -> str:
        """Put a message into the dead-letter queue of `queue`; its id."""
        message = Message(uuid7(), queue.key, {})
        more = {"MessageGroupId": "one", "MessageDeduplicationId": str(message.id)} if queue.fifo else {}
        url = self.aws.stack.dead_letter_urls[queue.key]
        self.aws.client("sqs").send_message(QueueUrl=url, MessageBody=message.body(), **more)
        return str(message.id)


def fresh() -> None:
    """Forget what one process would have asked for only once: the next function is another process."""
    settings.reset()
    local_aws.forget()


def moment() -> str:
    return datetime.now(UTC).isoformat()


def where_it_is_ten() -> str:
    """A time zone in which it is past ten in the morning; the sign of these names is the other way round."""
    east = (10 - datetime.now(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-east:+d}"


def by_function(found: list[Asked]) -> Rights:
    """What was asked, by the name of the Lambda function in which it would have been."""
    names = {id(each): each.name for each in (*app.workers.workers, *app.workers.schedules)}
    rights: Rights = {name: [] for name in FUNCTIONS}
    for handler, right in found:
        rights[AUTHORIZER if handler is None else names.get(id(handler), API)].append(right)
    return rights


# --- what is allowed, and what is used ---


def committed(name: str) -> Json:
    """The committed policy of a function, as it is deployed to the local account."""
    text = (policies.POLICIES / STAGE / f"{name}.json").read_text()
    return permissions.filled(json.loads(text))


def of_code(policy: Json) -> Json:
    """`policy` without what Lambda itself does as the function."""
    own = [statement for statement in policy["Statement"] if "Sid" not in statement]
    return {**policy, "Statement": own}


def without_one(policy: Json) -> Iterator[tuple[str, str, Json]]:
    """Each action with a resource that `policy` allows, and the policy without just that."""
    for number, statement in enumerate(policy["Statement"]):
        for action in statement["Action"]:
            for resource in statement["Resource"]:
                less = copy.deepcopy(policy)
                rest = [each for each in statement["Action"] if each != action]
                others = [each for each in statement["Resource"] if each != resource]
                less["Statement"][number]["Action"] = rest
                less["Statement"].append({**statement, "Action": [action], "Resource": others})
                yield action, resource, less


def test_each_call_is_allowed_and_nothing_more_is(asked: Rights) -> None:
    readers = {name for name, rights in asked.items() if any(r.action == "ssm:GetParameters" for r in rights)}
    assert readers == FUNCTIONS.keys(), "the walk has left out a function: each reads its settings"
    refused = {
        (name, right)
        for name, rights in asked.items()
        for right in rights
        if not allows(committed(name), right)
    }
    assert refused == set()
    unused = {
        (name, action, resource)
        for name, rights in asked.items()
        for action, resource, less in without_one(of_code(committed(name)))
        if all(allows(less, right) for right in rights)
    }
    assert unused == set(), "taken away, nobody would notice"


def test_a_call_that_its_handler_has_not_declared_is_noticed() -> None:
    """As each test of `tests/integration` does it, whatever else the same function may do."""
    sending = Right("sqs:SendMessage", f"arn:aws:sqs:eu-west-1:123456789012:{queues.MAIL.name(STAGE)}")
    status, forgotten = (
        next(each for each in app.api.endpoints if each.path == path)
        for path in ("/v1/operations/status", "/v1/auth/password/forgot")
    )
    assert permissions.undeclared([Asked(forgotten, sending)], STAGE) == []
    for handler in (status, app.workers.workers[0], None):
        assert permissions.undeclared([Asked(handler, sending)], STAGE) == [Asked(handler, sending)]


# --- the policies themselves ---


@pytest.fixture(params=["staging", "prod"])
def stage(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def statements(stage: str, function: Function) -> dict[str, Json]:
    """What Lambda itself may do as the function, by its `Sid`."""
    own = policies.document(function, stage, CONFIG)["Statement"]
    return {statement["Sid"]: statement for statement in own if "Sid" in statement}


def test_the_committed_files_are_what_the_code_declares() -> None:
    assert policies.main(["--check"]) == 0


def test_the_check_names_what_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """A file changed by hand, one too many, one missing, a function without its limits."""
    chalice = elsewhere(tmp_path, monkeypatch)
    (chalice / "policies/prod/mail.json").write_text("{}")
    (chalice / "policies/prod/gone.json").write_text("{}")
    (chalice / "policies/staging/sweep.json").unlink()
    config = json.loads((chalice / "config.json").read_text())
    config["lambda_functions"]["uploads"]["lambda_timeout"] = 1
    (chalice / "config.json").write_text(json.dumps(config))
    assert policies.main(["--check"]) == 1
    told = {line.split()[0].removeprefix(".chalice/") for line in capsys.readouterr().out.splitlines()}
    assert told == {
        "policies/prod/mail.json",
        "policies/prod/gone.json",
        "policies/staging/sweep.json",
        "config.json",
    }
    assert policies.main([]) == 0
    assert policies.main(["--check"]) == 0
    assert (chalice / "config.json").read_text() == CONFIG_TEXT


def test_lambda_may_do_what_it_does_as_the_function(stage: str) -> None:
    place = "${Region}:${Account}"
    for function in FUNCTIONS.values():
        found = statements(stage, function)
        log = f"arn:${{Partition}}:logs:{place}:log-group:/aws/lambda/{function.deployed_name(stage)}:*"
        assert found.pop("Log")["Resource"] == [log]
        found.pop("Traces", None)
        if function.queue is not None:
            own = found.pop("OwnQueue")
            assert own["Resource"] == [f"arn:${{Partition}}:sqs:{place}:{function.queue.name(stage)}"]
            # Lambda's own list of what it needs to poll a queue.
            needed = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}
            assert set(own["Action"]) == needed
        if function.is_schedule:
            assert found.pop("FailedRuns")["Resource"] == [
                f"arn:${{Partition}}:sns:{place}:tiza-{stage}-alarms"
            ]
        assert found == {}


def test_traces_may_be_written_where_the_stage_is_traced() -> None:
    for is_traced in (True, False):
        config = copy.deepcopy(CONFIG)
        config["stages"][STAGE]["xray"] = is_traced
        for function in FUNCTIONS.values():
            sids = {each.get("Sid") for each in policies.document(function, STAGE, config)["Statement"]}
            assert ("Traces" in sids) == is_traced


def test_wildcards_stand_only_where_aws_has_nothing_better(stage: str) -> None:
    """Names of log streams, keys of files, the identities that a mail touches, the regions where a profile
    asks its model; X-Ray has no resources."""
    endings = ("/incoming/*", "/photos/*", "/guides/kept/*", ":identity/*")
    for name, function in FUNCTIONS.items():
        for statement in policies.document(function, stage, CONFIG)["Statement"]:
            assert not any("*" in action for action in statement["Action"])
            reached = "arn:${Partition}:bedrock:*::foundation-model/"
            named = [each.removeprefix(reached) for each in statement["Resource"]]
            wild = [resource for resource in named if "*" in resource]
            if statement.get("Sid") not in ("Log", "Traces"):
                assert all(each.count("*") == 1 and each.endswith(endings) for each in wild), name
            if any(each.endswith(":identity/*") for each in wild):
                assert statement["Condition"] == {"StringEquals": {"ses:FromAddress": "${MailFrom}"}}


def test_stages_share_nothing_and_differ_in_nothing_but_their_name() -> None:
    for function in FUNCTIONS.values():
        prod, staging = (
            json.dumps(policies.document(function, stage, CONFIG)) for stage in ("prod", "staging")
        )
        assert "staging" not in prod
        assert "prod" not in staging
        assert staging.replace("staging", "prod") == prod


def test_a_policy_fits_into_a_role(stage: str) -> None:
    """IAM takes 10,240 characters of policies in a role, blanks not counted."""
    for function in FUNCTIONS.values():
        assert len(json.dumps(policies.document(function, stage, CONFIG), separators=(",", ":"))) < 10_000


def test_a_handler_cannot_use_what_no_function_declares() -> None:
    with pytest.raises(policies.PolicyError, match=r"files\.burn"):
        policies.by_code(Function("x", 1, ("files.burn",)), STAGE, {})


def test_the_sweep_sends_whatever_anybody_writes_into_the_outbox() -> None:
    others = {
        queue for function in FUNCTIONS.values() if function.name != "sweep" for queue in function.sends
    }
    assert set(FUNCTIONS["sweep"].sends) == others


def test_what_chalice_reads_is_filled_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chalice = elsewhere(tmp_path, monkeypatch)
    values = {
        "Partition": "aws-cn",
        "Region": "cn-north-1",
        "Account": "210987654321",
        "MailFrom": "a@b.example",
    }
    for _ in range(2):  # the second time over the first
        paths = policies.fill_with(STAGE, **values)
    assert {path.stem for path in paths} == FUNCTIONS.keys()
    for path in paths:
        assert path == chalice / limits.look_up(CONFIG, STAGE, path.stem, "iam_policy_file")
        text = path.read_text()
        assert "$" not in text
        assert "arn:aws-cn:logs:cn-north-1:210987654321:log-group:" in text
    assert "a@b.example" in (chalice / policies.FILLED / STAGE / "mail.json").read_text()
    with pytest.raises(KeyError, match="Account"):
        policies.fill_with(STAGE, Partition="aws", Region="eu-west-1", MailFrom="a@b.example")


def elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the committed files, for the tool to work on."""
    chalice = folder / ".chalice"
    shutil.copytree(policies.POLICIES, chalice / "policies")
    shutil.copy(policies.CONFIG, chalice)
    monkeypatch.setattr(policies, "CHALICE", chalice)
    monkeypatch.setattr(policies, "POLICIES", chalice / "policies")
    monkeypatch.setattr(policies, "CONFIG", chalice / "config.json")
    return chalice


# --- the limits ---


def test_time_limits_are_those_of_the_code(stage: str) -> None:
    found = {name: limits.look_up(CONFIG, stage, name, "lambda_timeout") for name in FUNCTIONS}
    for worker in app.workers.workers:
        assert found.pop(worker.name) == worker.queue.timeout_seconds
    for schedule in app.workers.schedules:
        assert 60 <= found[schedule.name] <= 900
        assert found.pop(schedule.name) + 60 <= schedule.lease_seconds
    assert found == {API: 29, AUTHORIZER: 10}


def test_who_decodes_files_has_the_memory_for_it(stage: str) -> None:
    found = {name: limits.look_up(CONFIG, stage, name, "lambda_memory_size") for name in FUNCTIONS}
    assert found.pop("uploads") == found.pop("guide_ingest") == 1536
    assert set(found.values()) == {CONFIG["lambda_memory_size"]}


def test_a_stage_may_say_otherwise_by_hand() -> None:
    config = copy.deepcopy(CONFIG)
    config["stages"]["prod"]["lambda_functions"]["uploads"]["lambda_timeout"] = 60
    config["stages"]["prod"]["lambda_functions"]["gone"] = {"lambda_timeout": 60}
    made = limits.with_functions(config, list(FUNCTIONS.values()), policies.FILLED)
    assert limits.look_up(made, "prod", "uploads", "lambda_timeout") == 60
    assert limits.look_up(made, "staging", "uploads", "lambda_timeout") == 120
    assert "gone" not in made["stages"]["prod"]["lambda_functions"]
    assert "lambda_functions" not in made["stages"]["dev"]
