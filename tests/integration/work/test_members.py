"""Members of a class, and the codes by which students join."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from chalicelib.store.models.base import now
from tests.integration.accounts.conftest import World, at_once
from tests.integration.work.conftest import Scene, walk


def members(scene: Scene, role: str = "") -> set[str]:
    query = f"?role={role}" if role else ""
    reply = scene.admin.api.get(f"/v1/classrooms/{scene.classroom}/members{query}")
    return {member["user_id"] for member in reply.data}


def test_members_are_listed_by_role(scene: Scene) -> None:
    students = {str(scene.student.id), str(scene.classmate.id)}
    assert members(scene, "teacher") == {str(scene.teacher.id)}
    assert members(scene, "student") == students
    assert members(scene) == students | {str(scene.teacher.id)}
    assert len(walk(scene.teacher, f"/v1/classrooms/{scene.classroom}/members", 1)) == 3


def test_a_member_is_shown_with_their_user_name(scene: Scene) -> None:
    listed = scene.teacher.api.get(f"/v1/classrooms/{scene.classroom}/members?role=student").data
    assert {member["username"] for member in listed} == {scene.student.username, scene.classmate.username}


def test_moving_a_student_is_in_here_and_out_there(scene: Scene, world: World) -> None:
    new = world.classroom(scene.school, (scene.other_teacher, "teacher")).id
    moved = scene.admin.api.put(f"/v1/classrooms/{new}/members/{scene.student.id}", {"role": "student"})
    assert (moved.status, moved.data["role"]) == (200, "student")
    old = f"/v1/classrooms/{scene.classroom}/members/{scene.student.id}"
    assert scene.admin.api.delete(old).status == 204
    assert scene.admin.api.delete(old).status == 404
    assert [each["id"] for each in scene.student.api.get("/v1/classrooms").data] == [str(new)]
    mastery = f"/v1/students/{scene.student.id}/mastery"
    assert scene.teacher.api.get(mastery).status == 404
    assert scene.other_teacher.api.get(mastery).status == 200


def test_a_co_teacher_acts_as_a_teacher_does(scene: Scene) -> None:
    path = f"/v1/classrooms/{scene.classroom}"
    assert scene.other_teacher.api.get(path).status == 404
    put = scene.teacher.api.put(f"{path}/members/{scene.other_teacher.id}", {"role": "teacher"})
    assert put.status == 200
    assert scene.other_teacher.api.patch(path, {"name": "ours"}).status == 200


def test_a_teacher_puts_in_only_students_whom_they_teach(scene: Scene, world: World) -> None:
    stranger = world.person(scene.school, "student")
    path = f"/v1/classrooms/{scene.classroom}/members/{stranger.id}"
    assert scene.teacher.api.put(path, {"role": "student"}).status == 404
    assert scene.teacher.api.get(f"/v1/students/{stranger.id}/mastery").status == 404
    second = scene.teacher.api.post("/v1/classrooms", {"name": "4b"}).data["id"]
    own = f"/v1/classrooms/{second}/members/{scene.student.id}"
    assert scene.teacher.api.put(own, {"role": "student"}).status == 200
    assert scene.admin.api.put(path, {"role": "student"}).status == 200


def test_putting_a_member_again_changes_nothing(scene: Scene) -> None:
    path = f"/v1/classrooms/{scene.classroom}/members/{scene.student.id}"
    first = scene.teacher.api.put(path, {"role": "student"})
    assert first.status == 200
    assert scene.teacher.api.put(path, {"role": "student"}).data == first.data
    assert len(members(scene)) == 3


def test_the_role_in_a_class_fits_the_account(scene: Scene) -> None:
    path = f"/v1/classrooms/{scene.classroom}/members"
    for person, role in (
        (scene.student, "teacher"),
        (scene.other_teacher, "student"),
        (scene.parent, "student"),
        (scene.parent, "teacher"),
        (scene.admin, "student"),
    ):
        reply = scene.admin.api.put(f"{path}/{person.id}", {"role": role})
        assert (reply.status, reply.json["error"]["details"]["reason"]) == (409, "role_does_not_fit")
    assert scene.admin.api.put(f"{path}/{scene.admin.id}", {"role": "teacher"}).status == 200
    assert scene.admin.api.put(f"{path}/{scene.student.id}", {"role": "owner"}).status == 400


def test_nobody_of_another_school_comes_in(scene: Scene, elsewhere: Scene, world: World) -> None:
    path = f"/v1/classrooms/{scene.classroom}/members"
    gone = world.person(scene.school, "student", status="deleted")
    for stranger in (elsewhere.student.id, gone.id, uuid4()):
        assert scene.teacher.api.put(f"{path}/{stranger}", {"role": "student"}).status == 404
        assert scene.teacher.api.delete(f"{path}/{stranger}").status == 404
    theirs = f"/v1/classrooms/{elsewhere.classroom}/members/{scene.student.id}"
    assert scene.teacher.api.put(theirs, {"role": "student"}).status == 404


def test_a_class_keeps_a_teacher_unless_an_admin_acts(scene: Scene) -> None:
    path = f"/v1/classrooms/{scene.classroom}/members/{scene.teacher.id}"
    reply = scene.teacher.api.delete(path)
    assert (reply.status, reply.json["error"]["details"]["reason"]) == (409, "last_teacher")
    assert scene.admin.api.delete(path).status == 204


def test_two_teachers_cannot_remove_each_other_at_once(scene: Scene) -> None:
    path = f"/v1/classrooms/{scene.classroom}/members"
    scene.admin.api.put(f"{path}/{scene.other_teacher.id}", {"role": "teacher"})
    pair = (scene.teacher, scene.other_teacher)
    replies = at_once(2, lambda number: pair[number].api.delete(f"{path}/{pair[1 - number].id}"))
    # The second finds itself out of the class, or the class with itself as the last teacher.
    assert sorted(reply.status for reply in replies)[0] == 204
    assert sorted(reply.status for reply in replies)[1] in (404, 409)
    assert len(members(scene, "teacher")) == 1


def test_an_archived_class_takes_nobody_in(scene: Scene, world: World) -> None:
    path = f"/v1/classrooms/{scene.classroom}"
    code = scene.teacher.api.post(f"{path}/invites", {"max_uses": 5}).data["code"]
    newcomer = world.person(scene.school, "student")
    scene.teacher.api.patch(path, {"archived": True})
    put = scene.admin.api.put(f"{path}/members/{newcomer.id}", {"role": "student"})
    assert (put.status, put.json["error"]["details"]["reason"]) == (409, "archived")
    assert scene.teacher.api.post(f"{path}/invites", {}).status == 409
    assert newcomer.api.post("/v1/classrooms/join", {"code": code}).code == "INVALID_CODE"


def test_a_student_joins_by_a_code_however_it_is_typed(scene: Scene, world: World) -> None:
    invite = scene.teacher.api.post(f"/v1/classrooms/{scene.classroom}/invites", {"max_uses": 2})
    assert invite.status == 201
    newcomer = world.person(scene.school, "student")
    typed = invite.data["code"].replace("-", "").lower()
    reply = newcomer.api.post("/v1/classrooms/join", {"code": typed})
    assert (reply.status, reply.data["id"]) == (201, str(scene.classroom))
    assert reply.data["student_count"] == 3
    assert str(newcomer.id) in members(scene, "student")


def test_joining_twice_does_not_use_the_code_up(scene: Scene) -> None:
    invites = f"/v1/classrooms/{scene.classroom}/invites"
    code = scene.teacher.api.post(invites, {"max_uses": 1}).data["code"]
    reply = scene.student.api.post("/v1/classrooms/join", {"code": code})
    assert (reply.status, reply.json["error"]["details"]["reason"]) == (409, "already_a_member")
    assert scene.teacher.api.get(invites).data[0]["uses"] == 0


def test_a_code_that_is_no_good_says_nothing_about_why(scene: Scene, elsewhere: Scene, world: World) -> None:
    newcomer = world.person(scene.school, "student")
    used = world.invite(scene.school, "class", classroom_id=scene.classroom, uses=1)
    expired = world.invite(
        scene.school, "class", classroom_id=scene.classroom, expires_at=now() - timedelta(seconds=1)
    )
    revoked = scene.teacher.api.post(f"/v1/classrooms/{scene.classroom}/invites", {}).data
    path = f"/v1/classrooms/{scene.classroom}/invites/{revoked['id']}"
    assert scene.teacher.api.delete(path).status == 204
    foreign = world.invite(elsewhere.school, "class", classroom_id=elsewhere.classroom)
    link = world.invite(scene.school, "link", student_id=scene.student.id)
    replies = [
        newcomer.api.post("/v1/classrooms/join", {"code": code})
        for code in (used, expired, revoked["code"], foreign, link, "ZZZZ-ZZZZ")
    ]
    assert {reply.status for reply in replies} == {409}
    assert {(reply.code, reply.json["error"]["message"]) for reply in replies} == {
        (replies[0].code, replies[0].json["error"]["message"])
    }
    assert replies[0].code == "INVALID_CODE"
    assert newcomer.api.get("/v1/classrooms").data == []


def test_no_more_come_in_than_a_code_lets(scene: Scene, world: World) -> None:
    code = scene.teacher.api.post(f"/v1/classrooms/{scene.classroom}/invites", {"max_uses": 3}).data["code"]
    crowd = [world.person(scene.school, "student") for _ in range(8)]
    replies = at_once(8, lambda number: crowd[number].api.post("/v1/classrooms/join", {"code": code}))
    assert sorted(reply.status for reply in replies) == [201] * 3 + [409] * 5
    assert len(members(scene, "student")) == 2 + 3


def test_invites_are_listed_newest_first_and_only_of_the_class(scene: Scene, elsewhere: Scene) -> None:
    path = f"/v1/classrooms/{scene.classroom}/invites"
    made = [scene.teacher.api.post(path, {"days": days}).data["id"] for days in (1, 2, 3)]
    assert [invite["id"] for invite in walk(scene.teacher, path)] == made[::-1]
    assert elsewhere.teacher.api.get(path).status == 404
    assert elsewhere.teacher.api.delete(f"{path}/{made[0]}").status == 404
    other = f"/v1/classrooms/{elsewhere.classroom}/invites/{made[0]}"
    assert elsewhere.teacher.api.delete(other).status == 404


@pytest.mark.parametrize("body", [{"max_uses": 0}, {"max_uses": 501}, {"days": 91}, {"days": 0}, {"uses": 3}])
def test_a_malformed_invite_is_refused(scene: Scene, body: dict[str, Any]) -> None:
    assert scene.teacher.api.post(f"/v1/classrooms/{scene.classroom}/invites", body).status == 400


def test_only_students_join(scene: Scene) -> None:
    for person in (scene.teacher, scene.admin, scene.parent):
        assert person.api.post("/v1/classrooms/join", {"code": "ZZZZ-ZZZZ"}).status == 403
