"""Photos over HTTP: announced with consent, seen by whom they concern, deleted with their files."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from chalicelib import queues, settings
from chalicelib.aws import files
from chalicelib.services import photos, switches
from chalicelib.store.ids import uuid7
from tests.integration.accounts.conftest import Person, World, at_once
from tests.integration.work.conftest import Scene, made, walk
from tests.support import pictures
from tests.support.aws import LocalAws
from tests.support.client import ApiClient
from tests.support.photos import OF_AGE, Camera
from tests.support.pictures import decoded, photo


@pytest.fixture
def world(client: ApiClient) -> World:
    return World(client)


@pytest.fixture
def scene(world: World) -> Scene:
    """A school with a class, whose student is of age."""
    scene = made(world)
    with world.inside(scene.school):
        of_age(scene.student)
    return scene


@pytest.fixture
def camera(aws: LocalAws, scene: Scene) -> Camera:
    return Camera(aws, scene.student)


def of_age(student: Person) -> None:
    from chalicelib.store.models.people import User

    User.update(birth_date=OF_AGE).where(User.id == student.id).execute()


def conditions(upload: Any) -> list[Any]:
    """What S3 holds an upload against."""
    policy = json.loads(base64.b64decode(upload["fields"]["policy"]))
    return list(policy["conditions"])


def is_there(url: str) -> bool:
    return httpx.get(url).status_code == 200


def test_a_photo_is_handed_in_checked_and_shown(camera: Camera, aws: LocalAws, scene: Scene) -> None:
    announced = camera.announced(size=2_400_000, problem="503-278")
    assert announced["status"] == "waiting"
    camera.upload(announced, pictures.with_exif("image/jpeg", orientation=6))
    assert camera.seen(announced["id"]) == ("waiting", None)
    assert camera.look(announced["id"])["files"] is None

    assert camera.work() == 1
    seen = camera.look(announced["id"])
    assert (seen["status"], seen["problem"], seen["student_id"]) == (
        "checked", "503 - 278", str(scene.student.id),
    )  # fmt: skip
    assert (seen["width"], seen["height"]) == (40, 60)
    image = httpx.get(seen["files"]["image_url"])
    assert image.headers["content-type"] == "image/jpeg"
    assert decoded(image.content).size == (40, 60)
    assert pictures.SECRET.encode() not in image.content
    assert decoded(httpx.get(seen["files"]["thumbnail_url"]).content).size == (40, 60)
    assert not aws.objects("incoming/"), "the upload is deleted"
    assert len(aws.objects("photos/")) == 2
    (message,) = aws.messages(queues.TRANSCRIBE)
    assert (message["payload"], message["school_id"]) == ({"photo_id": announced["id"]}, str(scene.school))


def test_the_form_takes_one_file_of_one_name_type_and_size_for_ten_minutes(camera: Camera) -> None:
    announced = camera.announced("image/png")
    upload = announced["upload"]
    key = upload["fields"]["key"]
    assert key.startswith(f"incoming/{announced['id']}/")
    assert len(key.rpartition("/")[2]) == 43
    held = conditions(upload)
    assert {"key": key} in held
    assert {"bucket": settings.get().photo_bucket} in held
    assert {"Content-Type": "image/png"} in held
    assert ["content-length-range", 1, 10_000_000] in held
    assert upload["fields"]["Content-Type"] == "image/png"
    assert upload["fields"]["x-amz-algorithm"] == "AWS4-HMAC-SHA256"
    left = datetime.fromisoformat(upload["expires_at"]) - datetime.now(UTC)
    assert timedelta(minutes=9) < left <= timedelta(minutes=10)
    names = {camera.announced()["upload"]["fields"]["key"] for _ in range(3)}
    assert len(names) == 3


def test_real_addresses_name_the_region_and_bear_the_new_signature(
    camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a local AWS, as deployed. S3 refuses the old signature for any bucket of today."""
    from tests.support import aws as local_aws

    monkeypatch.delenv("AWS_ENDPOINT_URL")
    monkeypatch.setenv("TIZA_STAGE", "staging")
    monkeypatch.setenv("TIZA_TOKEN_KEYS", "k:a-key-of-32-bytes-for-this-test-alone")
    monkeypatch.setenv("TIZA_PHOTO_BUCKET", "tiza-staging-photos-1")
    settings.reset()
    local_aws.forget()
    host = "https://tiza-staging-photos-1.s3.eu-west-1.amazonaws.com/"
    form = files.upload_form("incoming/a", "image/png", 10, present=datetime.now(UTC), seconds=60)
    assert form.url == host
    assert form.fields["x-amz-algorithm"] == "AWS4-HMAC-SHA256"
    address = files.address("photos/a.png", 60)
    assert address.startswith(host + "photos/a.png?X-Amz-Algorithm=AWS4-HMAC-SHA256")
    settings.reset()
    local_aws.forget()


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"size": 0}, "$.size"),
        ({"size": 10_000_001}, "$.size"),
        ({"content_type": "image/gif"}, "$.content_type"),
        ({"problem": "1 + 1", "exercise_id": str(uuid7())}, "$"),
    ],
)
def test_what_cannot_be_handed_in_is_refused_at_once(camera: Camera, fields: Any, path: str) -> None:
    reply = camera.student.api.post("/v1/photos", {"content_type": "image/png", "size": 10, **fields})
    assert (reply.status, reply.json["error"]["details"]["path"]) == (400, path)


def test_a_photo_belongs_to_a_problem_or_an_exercise_that_there_is(camera: Camera, scene: Scene) -> None:
    exercise = scene.teacher.api.post("/v1/exercises", {"problem": "61 - 28"}).data["id"]
    assert camera.look(camera.announced(exercise_id=exercise)["id"])["exercise_id"] == exercise
    assert camera.announce(exercise_id=str(uuid7())).code == "NOT_FOUND"
    assert camera.announce(problem="what?").code == "PROBLEM_SYNTAX_ERROR"


def test_the_same_client_id_is_the_same_photo_with_a_new_form(camera: Camera) -> None:
    key = str(uuid7())
    first = camera.announced(client_id=key, problem="1+1")
    again = camera.announced(client_id=key, problem="1 + 1")
    assert again["id"] == first["id"]
    assert again["upload"]["fields"]["key"] == first["upload"]["fields"]["key"]
    assert camera.announce(client_id=key, problem="1+1", size=7).code == "CONFLICT"
    assert camera.announce("image/png", client_id=key, problem="1+1").code == "CONFLICT"
    camera.upload(again, photo())
    camera.work()
    last = camera.announced(client_id=key, problem="1+1")
    assert (last["id"], last["status"], last["upload"]) == (first["id"], "checked", None)
    assert len(walk(camera.student, "/v1/photos")) == 1


def test_the_same_client_id_at_the_same_moment_is_one_photo(camera: Camera) -> None:
    key = str(uuid7())
    replies = at_once(4, lambda _: camera.announce(client_id=key))
    assert [reply.status for reply in replies] == [201] * 4
    assert len({reply.data["id"] for reply in replies}) == 1


def test_a_minor_hands_in_photos_only_with_consent(aws: LocalAws, scene: Scene) -> None:
    minor = Camera(aws, scene.classmate)
    refused = minor.announce()
    assert (refused.status, refused.code) == (403, "CONSENT_REQUIRED")
    assert refused.json["error"]["details"] == {"kind": "photos"}
    consent = f"/v1/users/{scene.classmate.id}/consents/photos"
    assert scene.admin.api.put(consent, {"granted": True}).status == 200
    minor.announced()
    assert scene.admin.api.put(consent, {"granted": False}).status == 200
    assert minor.announce().code == "CONSENT_REQUIRED"
    assert len(walk(scene.classmate, "/v1/photos")) == 1


def test_a_school_can_pause_photos(camera: Camera, scene: Scene) -> None:
    switch = f"/v1/schools/{scene.school}/switches/photos"
    assert scene.admin.api.put(switch, {"is_on": False}).status == 200
    refused = camera.announce()
    assert (refused.status, refused.code) == (503, "SWITCHED_OFF")
    assert int(refused.headers["Retry-After"]) > 0
    assert scene.admin.api.put(switch, {"is_on": True}).status == 200
    camera.announced()


def test_a_switch_that_cannot_be_read_counts_as_off(camera: Camera, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switches, "is_on", lambda *_: False)
    assert camera.announce().code == "SWITCHED_OFF"


def test_a_stage_without_a_bucket_has_no_photos(camera: Camera, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIZA_PHOTO_BUCKET", "")
    settings.reset()
    assert (camera.announce().status, camera.announce().code) == (503, "SWITCHED_OFF")


def test_reasons_are_told_in_the_readers_language(camera: Camera, scene: Scene) -> None:
    photo_id = camera.hand_in(b"no picture at all")
    camera.work()
    assert camera.seen(photo_id) == ("refused", "wrong_type")
    texts = []
    for locale in ("en", "es"):
        scene.student.api.patch("/v1/me", {"locale": locale})
        texts.append(camera.look(photo_id)["reason_text"])
    assert texts[0].startswith("The file is not the kind")
    assert texts[1].startswith("El archivo no es")
    (listed,) = walk(scene.student, "/v1/photos?status=refused")
    assert listed["reason_text"] == texts[1]


def test_a_photo_is_seen_by_whom_it_concerns(camera: Camera, scene: Scene, world: World, owner: Any) -> None:
    photo_id = camera.hand_in(photo())
    camera.work()
    path, filtered = f"/v1/photos/{photo_id}", f"/v1/photos?student_id={scene.student.id}"
    for person in (scene.teacher, scene.parent, scene.admin):
        assert is_there(person.api.get(path).data["files"]["thumbnail_url"])
        assert [each["id"] for each in walk(person, filtered)] == [photo_id]
        assert [each["id"] for each in walk(person, "/v1/photos")] == [photo_id]
    elsewhere = made(world)
    for person in (scene.classmate, scene.other_teacher, elsewhere.teacher, elsewhere.admin):
        assert person.api.get(path).status == 404
        assert person.api.delete(path).status == 404
        assert person.api.get(filtered).status == 404
        assert walk(person, "/v1/photos") == []
    owner.execute(
        "SELECT action, count(*) FROM audit_entries WHERE subject_id = %s GROUP BY 1",
        (str(scene.student.id),),
    )
    looks = dict(owner.fetchall())
    assert (looks["photo.viewed"], looks["photos.viewed"]) == (2, 2), "staff are noted, a parent is not"


def test_a_list_is_read_page_by_page_newest_first(camera: Camera) -> None:
    ids = [camera.announced()["id"] for _ in range(5)]
    assert [each["id"] for each in walk(camera.student, "/v1/photos")] == ids[::-1]
    assert walk(camera.student, "/v1/photos?status=checked") == []


def test_a_deleted_photo_leaves_no_file(camera: Camera, aws: LocalAws, scene: Scene, owner: Any) -> None:
    kept, gone = camera.hand_in(photo()), camera.hand_in(photo())
    camera.work()
    waiting = camera.hand_in(photo())
    assert scene.student.api.delete(f"/v1/photos/{gone}").status == 204
    assert scene.teacher.api.delete(f"/v1/photos/{waiting}").status == 204
    assert {key.split("/")[1] for key in aws.objects()} == {kept}
    assert scene.student.api.get(f"/v1/photos/{gone}").status == 404
    assert scene.student.api.delete(f"/v1/photos/{gone}").status == 404
    owner.execute("SELECT actor_id::text, details FROM audit_entries WHERE action = 'photo.deleted'")
    assert owner.fetchall() == [(str(scene.teacher.id), {"photo_id": waiting})]


def test_a_photo_stays_while_its_files_cannot_be_deleted(camera: Camera, aws: LocalAws) -> None:
    photo_id = camera.hand_in(photo())
    camera.work()
    with aws.away("s3"):
        assert camera.student.api.delete(f"/v1/photos/{photo_id}").code == "UNAVAILABLE"
    assert camera.seen(photo_id) == ("checked", None)
    assert len(aws.objects()) == 2
    assert camera.student.api.delete(f"/v1/photos/{photo_id}").status == 204
    assert aws.objects() == []


def make_older(owner: Any, photo_id: str, days: float) -> None:
    owner.execute(
        "UPDATE photos SET created_at = now() - %s * interval '1 day' WHERE id = %s", (days, photo_id)
    )


def test_photos_end_after_a_month_and_those_that_never_came_after_a_day(
    camera: Camera, aws: LocalAws, world: World, owner: Any
) -> None:
    old, young, never, soon = (camera.hand_in(photo()) for _ in range(4))
    messages = [camera.aws.receive(queues.UPLOADS, 1)[0] for _ in range(4)]
    for message in messages[2:]:
        aws.delete(queues.UPLOADS, message)
    aws.come_back()
    camera.work()
    for photo_id, days in ((old, 30.1), (young, 29.9), (never, 1.1), (soon, 0.9)):
        make_older(owner, photo_id, days)
    made(world)  # a school without photos
    assert photos.expire(1) == 1
    assert photos.expire(10) == 1
    assert photos.expire(10) == 0
    assert {each["id"] for each in walk(camera.student, "/v1/photos")} == {young, soon}
    assert {key.split("/")[1] for key in aws.objects()} == {young, soon}


def test_files_and_rows_go_with_an_account_or_a_school(
    camera: Camera, aws: LocalAws, scene: Scene, world: World
) -> None:
    elsewhere = made(world)
    with world.inside(elsewhere.school):
        of_age(elsewhere.student)
        of_age(elsewhere.classmate)
    with world.inside(scene.school):
        of_age(scene.classmate)
    people = (scene.student, scene.classmate, elsewhere.student, elsewhere.classmate)
    one, two, three, _ = (Camera(aws, person).hand_in(photo()) for person in people)
    camera.work()
    camera.announced()
    assert photos.purge(scene.school, scene.student.id) == 2
    assert one not in {key.split("/")[1] for key in aws.objects()}
    assert photos.purge(elsewhere.school) == 2
    assert {key.split("/")[1] for key in aws.objects()} == {two}
    assert three not in str(walk(elsewhere.student, "/v1/photos"))
    assert [each["id"] for each in walk(scene.classmate, "/v1/photos")] == [two]


def test_photos_are_exported_without_what_opens_their_files(camera: Camera, scene: Scene) -> None:
    photo_id = camera.announced()["id"]
    for person, path in (
        (scene.student, "/v1/me/export?section=photos"),
        (scene.admin, f"/v1/schools/{scene.school}/export?section=photos"),
    ):
        (row,) = walk(person, path)
        assert row["values"]["id"] == photo_id
        assert "file_key" not in row["values"]
