"""New PINs for a class: told once, kept as hashes, and the old ones worth nothing from then on."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from tests.integration.accounts.conftest import PIN, World, at_once
from tests.support.client import ApiClient
from tests.support.logs import Log


def signs_in(client: ApiClient, sheet: Any, student: dict[str, Any]) -> bool:
    body = {"class_code": sheet["class_code"], "username": student["username"], "pin": student["pin"]}
    return client.post("/v1/auth/login", body).status == 200


def test_a_sheet_for_those_who_have_no_pin(
    client: ApiClient, world: World, school: UUID, owner: Any, log: Log
) -> None:
    teacher = world.person(school, "teacher")
    new = [world.person(school, "student", name=name, secret_hash=None) for name in ("Leo B", "Leo A")]
    old = world.person(school, "student")
    off = world.person(school, "student", secret_hash=None, status="disabled")
    members = [(each, "student") for each in (*new, old, off)]
    room = world.classroom(school, (teacher, "teacher"), *members)
    sheet = teacher.api.post(f"/v1/classrooms/{room.id}/pins", {}).data
    assert [each["name"] for each in sheet["students"]] == ["Leo A", "Leo B"]
    assert all(signs_in(client, sheet, each) for each in sheet["students"])
    assert old.api.get("/v1/me").status == 200, "who had a PIN keeps it, and their session"
    owner.execute(
        "SELECT string_agg(row::text, ' ') FROM (SELECT u::text FROM users u"
        " UNION ALL SELECT a::text FROM audit_entries a) AS every (row)"
    )
    kept = f"{owner.fetchone()[0]} {log.lines}"
    for each in sheet["students"]:
        assert not re.search(rf"(?<![\w.-]){each['pin']}(?![\w.-])", kept)
    owner.execute("SELECT action, subject_id::text FROM audit_entries ORDER BY id")
    noted = owner.fetchall()
    given = {subject for action, subject in noted if action == "user.pin_set"}
    assert given == {str(each.id) for each in new}
    assert noted[-1] == ("classroom.pins_set", str(room.id))


def test_a_sheet_for_all_ends_the_sessions_and_is_followed_by_a_pause(
    client: ApiClient, world: World, school: UUID, owner: Any
) -> None:
    teacher, student = world.person(school, "teacher"), world.person(school, "student")
    room = world.classroom(school, (teacher, "teacher"), (student, "student"))
    path = f"/v1/classrooms/{room.id}/pins"
    replies = at_once(2, lambda _: teacher.api.post(path, {"students": "all"}))
    assert sorted(reply.status for reply in replies) == [200, 429], "no sheet is void when it comes"
    refused = next(reply for reply in replies if reply.status == 429)
    assert refused.headers["Retry-After"] == "60"
    (sheet,) = (reply.data for reply in replies if reply.status == 200)
    assert student.api.get("/v1/me").status == 401
    (told,) = sheet["students"]
    assert signs_in(client, sheet, told)
    assert not signs_in(client, sheet, {**told, "pin": PIN})


def test_an_archived_class_gets_no_sheet(world: World, school: UUID) -> None:
    teacher = world.person(school, "teacher")
    path = f"/v1/classrooms/{world.classroom(school, (teacher, 'teacher')).id}"
    assert teacher.api.post(f"{path}/pins", {}).data["students"] == []
    assert teacher.api.patch(path, {"archived": True}).status == 200
    assert teacher.api.post(f"{path}/pins", {}).code == "CONFLICT"
