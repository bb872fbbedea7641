"""What the worker makes of uploads, whatever is in them, and however often and in whatever order S3 tells."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chalicelib import queues
from chalicelib.aws import files
from chalicelib.errors import UnavailableError
from chalicelib.services import photo_files, photo_uploads
from tests.integration.accounts.conftest import World
from tests.integration.work.conftest import Scene, made
from tests.support import pictures
from tests.support.aws import LocalAws
from tests.support.client import ApiClient
from tests.support.logs import Log
from tests.support.photos import FAILED, HANDLED, OF_AGE, Camera, deliver, notification, swept
from tests.support.pictures import photo

HOSTILE = {
    "a text called a photo": (b"#!/bin/sh\nrm -rf ~\n", "image/jpeg", "wrong_type"),
    "a GIF called a JPEG": (pictures.encoded(pictures.drawn(), "GIF"), "image/jpeg", "wrong_type"),
    "a PNG called a JPEG": (photo("image/png"), "image/jpeg", "wrong_type"),
    "half a JPEG": (pictures.encoded(pictures.drawn(400, 300))[:900], "image/jpeg", "damaged"),
    "a PNG of 4 billion pixels": (pictures.png_of(65_535, 65_535), "image/png", "too_many_pixels"),
    "a WebP of 4 billion pixels": (pictures.webp_of(2**24, 255, b"VP8X"), "image/webp", "too_many_pixels"),
    "a PNG that moves": (pictures.animated("image/png"), "image/png", "animated"),
    "a WebP that moves": (pictures.animated("image/webp"), "image/webp", "animated"),
    "more than the form lets in": (photo() + b"\x00" * 10_000_000, "image/jpeg", "too_large"),
}


@pytest.fixture
def scene(client: ApiClient) -> Scene:
    """A school with a class, whose student is of age."""
    from chalicelib.store.models.people import User

    world = World(client)
    scene = made(world)
    with world.inside(scene.school):
        User.update(birth_date=OF_AGE).where(User.id == scene.student.id).execute()
    return scene


@pytest.fixture
def camera(aws: LocalAws, scene: Scene) -> Camera:
    return Camera(aws, scene.student)


@pytest.fixture
def told(camera: Camera, aws: LocalAws) -> Callable[[str], str]:
    """Makes S3's notification of an upload to a photo, again."""
    return lambda key: notification(aws.stack.photo_bucket, key)


def uploaded(camera: Camera, content: bytes | None = None) -> tuple[str, str]:
    """A photo that has arrived, of which S3 has not told yet: its id and the upload's key."""
    announced = camera.announced()
    camera.upload(announced, photo() if content is None else content)
    for message in camera.aws.receive(queues.UPLOADS):
        camera.aws.delete(queues.UPLOADS, message)
    return announced["id"], announced["upload"]["fields"]["key"]


def transcriptions(aws: LocalAws) -> list[str]:
    """The photos that are to be read."""
    return [message["payload"]["photo_id"] for message in aws.messages(queues.TRANSCRIBE)]


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason_and_leaves_nothing(
    case: str, camera: Camera, aws: LocalAws
) -> None:
    content, content_type, reason = HOSTILE[case]
    photo_id = camera.hand_in(content, content_type)
    assert camera.work() == 1
    assert camera.seen(photo_id) == ("refused", reason)
    assert camera.look(photo_id)["files"] is None
    assert aws.objects() == []
    assert transcriptions(aws) == []


def test_the_request_is_found_again_in_the_message_and_in_the_log(
    camera: Camera, aws: LocalAws, log: Log
) -> None:
    sent = camera.student.api.post("/v1/photos", {"content_type": "image/jpeg", "size": 5})
    camera.upload(sent.data, photo())
    camera.work()
    (message,) = aws.messages(queues.TRANSCRIBE)
    assert message["correlation_id"] == sent.headers["X-Request-Id"]
    (line,) = log.of("photo")
    assert (line["photo_id"], line["outcome"]) == (sent.data["id"], "checked")
    assert line.get("correlation_id", "") == sent.headers["X-Request-Id"]
    assert sent.data["upload"]["fields"]["key"].rpartition("/")[2] not in json.dumps(log.lines)


def test_told_three_times_one_after_the_other_it_is_one_photo(
    camera: Camera, aws: LocalAws, told: Callable[[str], str]
) -> None:
    photo_id, key = uploaded(camera)
    assert [deliver(told(key)) for _ in range(3)] == [HANDLED] * 3
    assert camera.seen(photo_id) == ("checked", None)
    assert transcriptions(aws) == [photo_id]
    assert len(aws.objects()) == 2


def test_told_three_times_at_once_it_is_one_photo(
    camera: Camera, aws: LocalAws, told: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All three have fetched the upload before any of them goes on."""
    photo_id, key = uploaded(camera)
    together = threading.Barrier(3, timeout=20)
    fetch = files.fetch

    def fetch_together(*values: Any) -> bytes | None:
        content = fetch(*values)
        together.wait()
        return content

    monkeypatch.setattr(files, "fetch", fetch_together)
    done: list[bool] = []
    threads = [threading.Thread(target=lambda: done.append(deliver(told(key)))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [HANDLED] * 3
    assert camera.seen(photo_id) == ("checked", None)
    assert transcriptions(aws) == [photo_id]
    assert sorted(key.split("/")[0] for key in aws.objects()) == ["photos", "photos"]


def test_told_before_the_upload_is_there_it_waits_for_the_next_word(
    camera: Camera, aws: LocalAws, told: Callable[[str], str]
) -> None:
    announced = camera.announced()
    assert deliver(told(announced["upload"]["fields"]["key"])) == HANDLED
    assert camera.seen(announced["id"]) == ("waiting", None)
    camera.upload(announced, photo())
    camera.work()
    assert camera.seen(announced["id"]) == ("checked", None)


def test_a_second_upload_with_the_same_form_changes_nothing(camera: Camera, aws: LocalAws) -> None:
    announced = camera.announced()
    camera.upload(announced, photo())
    camera.work()
    before = camera.look(announced["id"])
    camera.upload(announced, pictures.encoded(pictures.drawn(200, 100)))
    assert camera.work() == 1
    after = camera.look(announced["id"])
    assert (after["status"], after["width"], after["updated_at"]) == ("checked", 60, before["updated_at"])
    assert not aws.objects("incoming/")
    assert transcriptions(aws) == [announced["id"]]


def test_an_upload_to_a_photo_that_was_deleted_is_deleted_too(camera: Camera, aws: LocalAws) -> None:
    announced = camera.announced()
    assert camera.student.api.delete(f"/v1/photos/{announced['id']}").status == 204
    camera.upload(announced, photo())
    assert camera.work() == 1
    assert aws.objects() == []


def test_a_photo_that_is_deleted_while_it_is_checked_leaves_nothing(
    camera: Camera, aws: LocalAws, told: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    photo_id, key = uploaded(camera)
    store = files.store

    def delete_first(*values: Any) -> None:
        if aws.objects():
            camera.student.api.delete(f"/v1/photos/{photo_id}")
        store(*values)

    monkeypatch.setattr(files, "store", delete_first)
    assert deliver(told(key)) == HANDLED
    assert camera.student.api.get(f"/v1/photos/{photo_id}").status == 404
    assert aws.objects() == []
    assert transcriptions(aws) == []


class Died(BaseException):
    """The process ends here: nothing after it is done, and nobody is told."""


STEPS = ("fetch", "store", "store again", "note", "delete")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_wherever_the_worker_dies_the_next_one_ends_its_work(
    when: str,
    step: str,
    camera: Camera,
    aws: LocalAws,
    told: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    photo_id, key = uploaded(camera)
    owner: Any = photo_uploads if step == "note" else files
    name = "_note" if step == "note" else step.partition(" ")[0]
    real, calls = getattr(owner, name), iter([step != "store again", True])

    def dying(*values: Any, **more: Any) -> Any:
        is_fatal = next(calls)
        if is_fatal and when == "before":
            raise Died
        result = real(*values, **more)
        if is_fatal:
            raise Died
        return result

    notified = json.loads(told(key))
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, dying)
        with pytest.raises(Died):
            photo_uploads.receive(notified)
    assert deliver(told(key)) == HANDLED
    assert camera.seen(photo_id) == ("checked", None)
    assert len(aws.objects("photos/")) == 2
    assert not aws.objects("incoming/")
    if (step, when) in (("note", "after"), ("delete", "before"), ("delete", "after")):
        assert transcriptions(aws) == [], "written with the photo's status; the sweep sends it"
        swept()
    assert transcriptions(aws) == [photo_id]


def test_while_s3_is_away_the_record_comes_back(
    camera: Camera, aws: LocalAws, told: Callable[[str], str]
) -> None:
    photo_id, key = uploaded(camera)
    with aws.away("s3"):
        assert deliver(told(key)) == FAILED
    assert camera.seen(photo_id) == ("waiting", None)
    assert deliver(told(key)) == HANDLED
    assert camera.seen(photo_id) == ("checked", None)


def test_a_connection_that_breaks_is_no_damage_of_the_photo(
    camera: Camera, told: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from botocore.response import StreamingBody

    photo_id, key = uploaded(camera)
    with monkeypatch.context() as patch:
        patch.setattr(StreamingBody, "_verify_content_length", _incomplete)
        assert deliver(told(key)) == FAILED
    assert camera.seen(photo_id) == ("waiting", None)
    assert deliver(told(key)) == HANDLED


def _incomplete(_: Any) -> None:
    from botocore.exceptions import IncompleteReadError

    raise IncompleteReadError(actual_bytes=10, expected_bytes=100)


def test_a_file_that_cannot_be_deleted_is_tried_again(
    camera: Camera, aws: LocalAws, told: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    photo_id, key = uploaded(camera)

    def away(_: Any) -> None:
        raise UnavailableError()

    with monkeypatch.context() as patch:
        patch.setattr(files, "delete", away)
        assert deliver(told(key)) == FAILED
    assert camera.seen(photo_id) == ("checked", None)
    assert aws.objects("incoming/") == [key]
    assert deliver(told(key)) == HANDLED
    assert aws.objects("incoming/") == []
    swept()
    assert transcriptions(aws) == [photo_id]


def odd_keys(photo_id: str) -> Iterator[str]:
    yield "incoming/a photo 1+1=2 (número ñ) 写真.jpg"
    yield "incoming/" + "0" * 36 + "/" + "a" * 43
    yield f"incoming/{photo_id}/" + "a b+c" * 5
    yield f"incoming/{photo_id}/{'a' * 43}/more"
    yield f"photos/{photo_id}/{'a' * 43}.jpg"
    yield "incoming/"


def test_names_that_are_none_of_ours_are_left_alone(camera: Camera, aws: LocalAws, log: Log) -> None:
    """Through S3 itself, which encodes them in its notification."""
    waiting = camera.announced()["id"]
    keys = list(odd_keys(waiting))
    for key in keys:
        aws.client("s3").put_object(Bucket=aws.stack.photo_bucket, Key=key, Body=photo())
    assert camera.work() == len([key for key in keys if key.startswith("incoming/")])
    assert sorted(aws.objects()) == sorted(keys)
    assert camera.seen(waiting) == ("waiting", None)
    assert len(log.of("a notification tells of no upload of ours")) == 5
    assert "写真" not in json.dumps(log.lines, ensure_ascii=False)


def test_a_right_id_with_another_key_is_not_the_photo(camera: Camera, aws: LocalAws) -> None:
    photo_id, key = uploaded(camera)
    forged = f"incoming/{photo_id}/{'a' * 43}"
    aws.client("s3").put_object(Bucket=aws.stack.photo_bucket, Key=forged, Body=photo())
    assert camera.work() == 1
    assert camera.seen(photo_id) == ("waiting", None)
    assert aws.objects() == [key], "what belongs to no photo is deleted, and nothing else"


def test_a_key_is_read_as_s3_encodes_it() -> None:
    record = json.loads(notification("b", "incoming/a photo 1+1=2 ñ.jpg"))["Records"][0]
    assert record["s3"]["object"]["key"] == "incoming%2Fa+photo+1%2B1%3D2+%C3%B1.jpg"
    names = photo_files.of_upload("incoming/01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4e/" + "-_" * 21 + "A")
    assert names is not None
    assert photo_files.of_upload(names.upload) == names


def test_other_words_of_a_bucket_are_passed_over(camera: Camera, aws: LocalAws, told: Any) -> None:
    photo_id, key = uploaded(camera)
    bucket = aws.stack.photo_bucket
    test_event = {"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": bucket}
    assert deliver(json.dumps(test_event)) == HANDLED
    assert deliver(notification(bucket, key, event="ObjectRemoved:Delete")) == HANDLED
    assert deliver(notification("another-bucket", key)) == HANDLED
    assert camera.seen(photo_id) == ("waiting", None)
    assert deliver(json.dumps({"what": "is this"})) == FAILED


def test_one_notification_may_tell_of_many_uploads(camera: Camera, aws: LocalAws) -> None:
    (one, first), (two, second) = uploaded(camera), uploaded(camera, b"no picture")
    assert deliver(notification(aws.stack.photo_bucket, first, second, first)) == HANDLED
    assert (camera.seen(one)[0], camera.seen(two)[0]) == ("checked", "refused")
    assert transcriptions(aws) == [one]
