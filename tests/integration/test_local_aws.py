"""The local AWS: it is what the template says, and behaves like AWS where the proofs rest on that."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from typing import Any
from urllib.parse import unquote_plus

import httpx
import pytest
from botocore.exceptions import ClientError

from chalicelib import queues
from chalicelib.aws import client as tiza
from chalicelib.aws import queues as sending
from chalicelib.errors import UnavailableError
from chalicelib.queues import Queue
from dev.aws import gaps, stack, template
from dev.aws.resolve import Place, Resolver
from tests.support.aws import LocalAws
from tests.support.running import CHECKOUT, until

PLACE = Place("aws", stack.LOCAL_REGION, "123456789012")
every_queue = pytest.mark.parametrize("queue", queues.ALL, ids=lambda queue: queue.key)


def resolver(**changes: str) -> Resolver:
    values = {**stack.LOCAL_VALUES, "Stage": "dev", **changes}
    return Resolver(json.loads(template.PATH.read_text()), PLACE, values)


# --- the stack ---


def test_the_stack_is_what_the_template_says(aws: LocalAws) -> None:
    assert gaps.differences(stack.Aws(aws.endpoint), PLACE, resolver()) == []


def test_to_create_it_again_changes_nothing(aws: LocalAws) -> None:
    again = stack.create(aws.endpoint, "dev")
    assert again == aws.stack._replace(mended=[])


def test_what_was_changed_by_hand_is_found_and_put_right(aws: LocalAws) -> None:
    aws.client("s3").delete_bucket_cors(Bucket=aws.stack.photo_bucket)
    aws.client("sqs").set_queue_attributes(
        QueueUrl=aws.stack.queue_urls["mail"], Attributes={"VisibilityTimeout": "7"}
    )
    found = gaps.differences(stack.Aws(aws.endpoint), PLACE, resolver())
    assert [f"{one.resource}.{one.aspect}" for one in found] == [
        "MailQueue.Attributes",
        "PhotoBucket.CORSConfiguration",
    ]
    assert stack.create(aws.endpoint, "dev").mended == [
        "MailQueue.Attributes",
        "PhotoBucket.CORSConfiguration",
    ]


def test_two_stages_stand_side_by_side(aws: LocalAws) -> None:
    secrets = {"database_url": "postgresql://tiza_app@db.example/tiza"}
    values = {**stack.LOCAL_VALUES, "MailDomain": ""}
    other = stack.create(aws.endpoint, "staging", values, secrets=secrets)
    assert not set(other.queue_urls.values()) & set(aws.stack.queue_urls.values())
    got = aws.client("ssm").get_parameters_by_path(Path="/tiza/staging", WithDecryption=True)["Parameters"]
    assert {one["Name"].rpartition("/")[2]: one["Value"] for one in got} == {
        "photo_bucket": "tiza-staging-photos-123456789012",
        "mail_configuration_set": "tiza-staging",
        "mail_from": stack.LOCAL_VALUES["MailFrom"],
        "cors_origins": stack.LOCAL_VALUES["CorsOrigins"],
        **secrets,
    }
    assert stack.create(aws.endpoint, "dev").mended == []


def test_a_change_of_the_parameters_arrives(aws: LocalAws) -> None:
    values = {**stack.LOCAL_VALUES, "MailDomain": "", "CorsOrigins": "https://one.example"}
    stack.create(aws.endpoint, "trial", values)
    stack.create(aws.endpoint, "trial", {**values, "CorsOrigins": "https://two.example"})
    cors = aws.client("s3").get_bucket_cors(Bucket="tiza-trial-photos-123456789012")["CORSRules"]
    assert cors[0]["AllowedOrigins"] == ["https://two.example"]
    parameter = aws.client("ssm").get_parameter(Name="/tiza/trial/cors_origins")["Parameter"]
    assert parameter["Value"] == "https://two.example"


@pytest.mark.parametrize(
    "resource",
    [
        {"Type": "AWS::Kinesis::Stream", "Properties": {}},
        {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "tiza-dev-alarms", "KmsMasterKeyId": "x"}},
    ],
    ids=["kind", "property"],
)
def test_nothing_is_left_out_in_silence(aws: LocalAws, resource: dict[str, Any]) -> None:
    document = {"Parameters": {}, "Resources": {"New": resource}}
    with pytest.raises(gaps.GapError, match="New: nobody"):
        gaps.mend(stack.Aws(aws.endpoint), PLACE, Resolver(document, PLACE, {}))


def test_exports_name_the_queues(aws: LocalAws) -> None:
    exports = aws.client("cloudformation").list_exports()["Exports"]
    found = {one["Name"]: one["Value"] for one in exports if one["Name"].startswith("tiza-dev-")}
    assert found == {
        f"tiza-dev-{template.camel(queue.key)}QueueArn": aws.stack.queue_arns[queue.key]
        for queue in queues.ALL
    }


def test_a_fault_of_the_stack_is_told(aws: LocalAws) -> None:
    aws.client("s3").create_bucket(
        Bucket="tiza-taken-photos-123456789012",
        CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
    )
    with pytest.raises(stack.StackError, match="tiza-taken-resources"):
        stack.create(aws.endpoint, "taken")


# --- S3 to SQS ---


@pytest.mark.parametrize(
    "name", ["plain.jpg", "two words.jpg", "a+b=c&d.jpg", "ñandú año.jpg", "数学 1+1.png"]
)
def test_an_upload_is_told_to_the_queue(aws: LocalAws, name: str) -> None:
    key = f"incoming/{name}"
    aws.client("s3").put_object(Bucket=aws.stack.photo_bucket, Key=key, Body=b"x")
    [event] = aws.messages(queues.UPLOADS)
    [record] = event["Records"]
    assert record["eventName"] == "ObjectCreated:Put"
    assert record["s3"]["bucket"]["name"] == aws.stack.photo_bucket
    assert unquote_plus(record["s3"]["object"]["key"]) == key
    assert record["s3"]["object"]["key"] != key  # S3 sends keys as a form would


def test_what_lies_elsewhere_is_told_to_nobody(aws: LocalAws) -> None:
    aws.client("s3").put_object(Bucket=aws.stack.photo_bucket, Key="photos/1.jpg", Body=b"x")
    assert aws.messages(queues.UPLOADS) == []


def test_an_upload_by_a_form_is_told_too(aws: LocalAws) -> None:
    form = aws.client("s3").generate_presigned_post(
        aws.stack.photo_bucket, "incoming/a b.jpg", Conditions=[["content-length-range", 1, 100]]
    )
    sent = httpx.post(form["url"], data=form["fields"], files={"file": ("x.jpg", b"xyz", "image/jpeg")})
    assert sent.status_code == 204
    assert aws.objects() == ["incoming/a b.jpg"]
    assert len(aws.messages(queues.UPLOADS)) == 1


# --- SQS as AWS has it ---


def test_in_a_group_one_after_the_other(aws: LocalAws) -> None:
    for number in range(3):
        aws.send(queues.TELEMETRY, number, group="ana")
    aws.send(queues.TELEMETRY, "other", group="ben")
    [first] = aws.receive(queues.TELEMETRY, 1)
    assert [bodies(one) for one in aws.receive(queues.TELEMETRY)] == ["other"]
    aws.delete(queues.TELEMETRY, first)
    assert [bodies(one) for one in aws.receive(queues.TELEMETRY)] == [1, 2]


def test_a_group_whose_time_ran_out_comes_back_in_order(aws: LocalAws) -> None:
    for number in range(3):
        aws.send(queues.TELEMETRY, number, group="ana")
    assert [bodies(one) for one in aws.receive(queues.TELEMETRY)] == [0, 1, 2]
    assert aws.receive(queues.TELEMETRY) == []
    aws.come_back(queues.TELEMETRY)
    assert [bodies(one) for one in aws.receive(queues.TELEMETRY)] == [0, 1, 2]


def test_one_groups_poison_does_not_block_another(aws: LocalAws) -> None:
    aws.send(queues.TELEMETRY, "poison", group="ana")
    aws.send(queues.TELEMETRY, "next", group="ana")
    aws.send(queues.TELEMETRY, "good", group="ben")
    for _ in range(queues.TELEMETRY.max_receives):
        received = {bodies(one): one for one in aws.receive(queues.TELEMETRY, 1)}
        assert list(received) == ["poison"]
        aws.come_back(queues.TELEMETRY)
    assert [bodies(one) for one in aws.receive(queues.TELEMETRY)] == ["next", "good"]
    assert aws.dead_letters(queues.TELEMETRY) == ["poison"]


def test_a_fifo_queue_remembers_what_it_has_taken(aws: LocalAws) -> None:
    aws.send(queues.TELEMETRY, "once", group="ana", key="k1")
    [message] = aws.receive(queues.TELEMETRY)
    aws.delete(queues.TELEMETRY, message)
    aws.send(queues.TELEMETRY, "twice", group="ana", key="k1")
    aws.send(queues.TELEMETRY, "more", group="ana", key="k2")
    assert aws.messages(queues.TELEMETRY) == ["more"]


@every_queue
def test_after_the_most_receives_it_is_a_dead_letter(aws: LocalAws, queue: Queue) -> None:
    aws.send(queue, {"bad": True}, group="ana")
    for count in range(1, queue.max_receives + 1):
        [message] = aws.receive(queue)
        assert message["Attributes"]["ApproximateReceiveCount"] == str(count)
        assert aws.receive(queue) == []
        aws.come_back(queue)
    assert aws.dead_letters(queue) == []
    assert aws.receive(queue) == []
    assert (aws.messages(queue), aws.dead_letters(queue)) == ([], [{"bad": True}])


def test_parallel_senders_and_receivers_lose_and_double_nothing(aws: LocalAws) -> None:
    count, got = 200, []

    def send(start: int) -> None:
        for number in range(start, count, 4):
            aws.send(queues.REPROCESS, number)

    def receive() -> None:
        while len(got) < count and not stop.is_set():
            for message in aws.receive(queues.REPROCESS, wait=1):
                got.append(bodies(message))
                aws.delete(queues.REPROCESS, message)

    stop = threading.Event()
    senders = [threading.Thread(target=send, args=(start,)) for start in range(4)]
    receivers = [threading.Thread(target=receive) for _ in range(4)]
    for thread in (*senders, *receivers):
        thread.start()
    for thread in senders:
        thread.join()
    try:
        until(lambda: len(got) >= count)
    finally:
        stop.set()
        for thread in receivers:
            thread.join()
    assert sorted(got) == list(range(count))
    assert aws.messages(queues.REPROCESS) == []


RACE = """
import threading
from dev.aws import moto_mends
from moto.sqs.models import Message, sqs_backends

moto_mends.apply()
sqs = sqs_backends["123456789012"]["eu-west-1"]
sqs.create_queue("race")
sqs.send_message("race", "a")
sqs.send_message("race", "b")

def meanwhile(name, call, act):
    # Who comes into Message.name for the call-th time pauses there, so that act runs in its midst if it can.
    inner, calls, thread = getattr(Message, name), [], threading.Thread(target=act)
    def outer(self, *arguments, **named):
        calls.append(name)
        if len(calls) == call:
            thread.start()
            thread.join(0.5)
        return inner(self, *arguments, **named)
    setattr(Message, name, outer)
    return thread.join

got = []
receive = lambda: got.extend(sqs.receive_message("race", 10, 0, 30))
wait = meanwhile("mark_received", 1, receive)
receive()
wait()
print("received:", sorted(one.body for one in got))
handles = {one.body: one.receipt_handle for one in sqs.get_queue("race")._messages}
wait = meanwhile("had_receipt_handle", 2, lambda: sqs.delete_message("race", handles["b"]))
sqs.delete_message("race", handles["a"])
wait()
print("left:", [one.body for one in sqs.get_queue("race")._messages])
"""


def test_a_queue_is_changed_by_one_at_a_time() -> None:
    said = subprocess.run(
        [sys.executable, "-c", RACE], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert said.stdout.splitlines() == ["received: ['a', 'b']", "left: []"]


def test_to_wait_for_a_message_ends_when_it_comes(aws: LocalAws) -> None:
    timer = threading.Timer(0.2, aws.send, args=(queues.MAIL, "late"))
    timer.start()
    assert [bodies(one) for one in aws.receive(queues.MAIL, wait=20)] == ["late"]
    timer.join()


# --- mail ---


def test_a_mail_is_kept_whole(aws: LocalAws) -> None:
    content = {
        "Simple": {
            "Subject": {"Data": "Hola"},
            "Body": {"Text": {"Data": "text"}, "Html": {"Data": "<p>html</p>"}},
            "Headers": [{"Name": "List-Unsubscribe", "Value": "<https://tiza.example/u>"}],
        }
    }
    answer = tiza.call(
        "sesv2",
        "send_email",
        FromEmailAddress=aws.stack.environment["TIZA_MAIL_FROM"],
        Destination={"ToAddresses": ["ana@school.example"]},
        ConfigurationSetName=aws.stack.mail_configuration_set,
        Content=content,
    )
    [mail] = aws.mails()
    assert mail["MessageId"] == answer["MessageId"]
    assert mail["Content"] == content


def test_an_unverified_sender_is_refused(aws: LocalAws) -> None:
    content = {"Simple": {"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "x"}}}}
    with pytest.raises(tiza.Refused):
        tiza.call(
            "sesv2", "send_email", FromEmailAddress="a@elsewhere.example", Destination={}, Content=content
        )
    assert aws.mails() == []


def test_feedback_comes_through_the_topic(aws: LocalAws) -> None:
    event = {"eventType": "Bounce", "bounce": {"bounceType": "Permanent"}}
    aws.feedback(event)
    [notification] = aws.messages(queues.FEEDBACK)
    assert notification["Type"] == "Notification"
    assert notification["TopicArn"] == aws.stack.feedback_topic_arn
    assert json.loads(notification["Message"]) == event


# --- faults ---


@pytest.mark.parametrize("services", [(), ("sqs",)], ids=["all", "sqs"])
def test_away_and_back(aws: LocalAws, services: tuple[str, ...]) -> None:
    with aws.away(*services), pytest.raises(UnavailableError):
        tiza.call("sqs", "list_queues")
    assert sending.send(queues.MAIL, [sending.Outgoing("1", "{}")]) == {"1"}


def test_down_and_up(aws: LocalAws) -> None:
    with aws.down("sqs"):
        with pytest.raises(UnavailableError):
            tiza.call("sqs", "list_queues")
        assert tiza.call("s3", "list_buckets")["Buckets"]
    assert tiza.call("sqs", "list_queues")["QueueUrls"]


def test_each_test_starts_empty(aws: LocalAws) -> None:
    aws.send(queues.MAIL, "x")
    aws.client("s3").put_object(Bucket=aws.stack.photo_bucket, Key="incoming/x", Body=b"x")
    aws.empty()
    assert (aws.messages(queues.MAIL), aws.messages(queues.UPLOADS), aws.objects()) == ([], [], [])
    with pytest.raises(ClientError):
        aws.client("s3").get_object(Bucket=aws.stack.photo_bucket, Key="incoming/x")


# --- the process ---

HOLD = """
import sys, time
from dev.aws import server
print(server.start().endpoint, flush=True)
time.sleep(600)
"""


def test_it_ends_with_its_user_however_that_ends() -> None:
    user = subprocess.Popen([sys.executable, "-c", HOLD], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    assert user.stdout is not None
    endpoint = user.stdout.readline().strip()
    assert answers(endpoint)
    os.kill(user.pid, signal.SIGKILL)
    user.communicate()
    until(lambda: not answers(endpoint))


def test_its_command_line_says_how_it_is_called() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "dev.aws.server"], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert said.returncode == 2
    assert "dev.aws.server hold" in said.stderr


def bodies(message: dict[str, Any]) -> Any:
    return json.loads(message["Body"]) if message["Body"][0] in '0123456789{["' else message["Body"]


def answers(endpoint: str) -> bool:
    try:
        return httpx.get(f"{endpoint}/local/mails", timeout=5).status_code == 200
    except httpx.TransportError:
        return False
