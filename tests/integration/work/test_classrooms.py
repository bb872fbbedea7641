"""Classes: who makes, sees, changes and deletes them."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest

from tests.integration.accounts.conftest import Person, World
from tests.integration.work.conftest import Scene, walk

CODE = re.compile(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}")


def test_a_teacher_makes_a_class_and_teaches_it(scene: Scene) -> None:
    reply = scene.teacher.api.post("/v1/classrooms", {"name": "5b", "grade": 5})
    assert reply.status == 201
    assert (reply.data["name"], reply.data["grade"], reply.data["student_count"]) == ("5b", 5, 0)
    assert CODE.fullmatch(reply.data["code"])
    members = scene.teacher.api.get(f"/v1/classrooms/{reply.data['id']}/members").data
    assert [(member["user_id"], member["role"]) for member in members] == [(str(scene.teacher.id), "teacher")]


def test_a_class_made_by_an_admin_has_no_teacher_yet(scene: Scene) -> None:
    made = scene.admin.api.post("/v1/classrooms", {"name": "5c"}).data
    assert made["grade"] is None
    assert scene.admin.api.get(f"/v1/classrooms/{made['id']}/members").data == []


def test_each_sees_the_classes_they_are_in_and_an_admin_all(scene: Scene, elsewhere: Scene) -> None:
    mine = str(scene.classroom)
    another = scene.other_teacher.api.post("/v1/classrooms", {"name": "6a"}).data["id"]

    def seen(person: Person) -> list[str]:
        return [classroom["id"] for classroom in person.api.get("/v1/classrooms").data]

    assert seen(scene.teacher) == seen(scene.student) == [mine]
    assert seen(scene.other_teacher) == [another]
    assert seen(scene.admin) == [mine, another]
    assert seen(elsewhere.admin) == [str(elsewhere.classroom)]


def test_what_one_may_not_see_is_not_found(scene: Scene, elsewhere: Scene) -> None:
    path = f"/v1/classrooms/{scene.classroom}"
    for person in (scene.other_teacher, elsewhere.teacher, elsewhere.admin, elsewhere.student):
        assert person.api.get(path).status == 404
    for person in (scene.other_teacher, elsewhere.teacher, elsewhere.admin):
        assert person.api.patch(path, {"name": "mine"}).status == 404
        assert person.api.post(f"{path}/code").status == 404
        assert person.api.get(f"{path}/members").status == 404
        assert person.api.get(f"{path}/mastery").status == 404
        assert person.api.get(f"{path}/bugs").status == 404
        assert person.api.post(f"{path}/invites", {}).status == 404
    assert elsewhere.admin.api.delete(path).status == 404
    assert scene.admin.api.get(f"/v1/classrooms/{uuid4()}").status == 404
    assert scene.admin.api.get("/v1/classrooms/no-uuid").status == 404


def test_roles_that_never_act_on_classes_are_refused(scene: Scene, operator: Person) -> None:
    path = f"/v1/classrooms/{scene.classroom}"
    assert scene.student.api.post("/v1/classrooms", {"name": "x"}).status == 403
    assert scene.student.api.patch(path, {"name": "x"}).status == 403
    assert scene.student.api.get(f"{path}/members").status == 403
    assert scene.student.api.get(f"{path}/mastery").status == 403
    assert scene.parent.api.get(path).status == 403
    assert scene.teacher.api.delete(path).status == 403
    assert operator.api.get("/v1/classrooms").status == 403


def test_what_is_left_out_of_a_change_stays(scene: Scene) -> None:
    path = f"/v1/classrooms/{scene.classroom}"
    assert scene.teacher.api.patch(path, {"grade": 4}).data["grade"] == 4
    renamed = scene.teacher.api.patch(path, {"name": "4b"}).data
    assert (renamed["name"], renamed["grade"]) == ("4b", 4)
    assert scene.teacher.api.patch(path, {"grade": None}).data["grade"] is None
    assert scene.teacher.api.patch(path, {}).data["name"] == "4b"


def test_an_archived_class_is_listed_apart_and_can_come_back(scene: Scene) -> None:
    path = f"/v1/classrooms/{scene.classroom}"
    archived = scene.teacher.api.patch(path, {"archived": True}).data
    assert archived["archived_at"] is not None
    assert scene.teacher.api.patch(path, {"archived": True}).data["archived_at"] == archived["archived_at"]
    assert scene.teacher.api.get("/v1/classrooms").data == []
    assert [each["id"] for each in scene.teacher.api.get("/v1/classrooms?archived=true").data] == [
        str(scene.classroom)
    ]
    assert scene.teacher.api.patch(path, {"archived": False}).data["archived_at"] is None
    assert len(scene.teacher.api.get("/v1/classrooms").data) == 1


@pytest.mark.parametrize(
    "body",
    [
        {}, {"name": ""}, {"name": " x"}, {"name": "x" * 101}, {"name": 5}, {"name": "a\nb"},
        {"name": "x", "grade": 14}, {"name": "x", "grade": -1}, {"name": "x", "grade": "5"},
        {"name": "x", "code": "AAAA-AAAA"}, {"name": "a\u0000b"},
    ],
)  # fmt: skip
def test_a_malformed_class_is_refused(scene: Scene, body: dict[str, Any]) -> None:
    reply = scene.teacher.api.post("/v1/classrooms", body)
    assert (reply.status, reply.code) == (400, "VALIDATION_ERROR")


def test_a_class_with_students_is_not_deleted(scene: Scene) -> None:
    path = f"/v1/classrooms/{scene.classroom}"
    reply = scene.admin.api.delete(path)
    assert (reply.status, reply.json["error"]["details"]["reason"]) == (409, "has_students")
    for student in (scene.student, scene.classmate):
        assert scene.admin.api.delete(f"{path}/members/{student.id}").status == 204
    assert scene.admin.api.delete(path).status == 204
    assert scene.admin.api.get(path).status == 404


def test_a_new_sign_in_code_ends_the_old_one(scene: Scene, owner: Any) -> None:
    path = f"/v1/classrooms/{scene.classroom}"
    old = scene.teacher.api.get(path).data["code"]
    new = scene.teacher.api.post(f"{path}/code").data["code"]
    assert CODE.fullmatch(new)
    assert new != old
    owner.execute("SELECT count(*) FROM classrooms WHERE code = %s", (old,))
    assert owner.fetchone() == (0,)


def test_classes_come_in_pages(scene: Scene) -> None:
    names = [f"class {number}" for number in range(5)]
    for name in names:
        scene.admin.api.post("/v1/classrooms", {"name": name})
    assert [classroom["name"] for classroom in walk(scene.admin, "/v1/classrooms")] == ["4a", *names]


def test_a_cursor_of_another_list_is_refused(scene: Scene, world: World) -> None:
    world.classroom(scene.school, (scene.teacher, "teacher"))
    cursor = scene.teacher.api.get("/v1/classrooms?limit=1").json["meta"]["next_cursor"]
    for person, query in (
        (scene.admin, f"cursor={cursor}"),
        (scene.teacher, f"cursor={cursor}&archived=true"),
        (scene.teacher, f"cursor=x{cursor}"),
        (scene.teacher, "cursor=nonsense"),
    ):
        assert person.api.get(f"/v1/classrooms?{query}").code == "INVALID_CURSOR"


def test_changes_of_a_class_are_on_record(scene: Scene, owner: Any) -> None:
    path = f"/v1/classrooms/{scene.classroom}"
    scene.teacher.api.patch(path, {"name": "4z"})
    scene.teacher.api.post(f"{path}/code")
    scene.teacher.api.delete(f"{path}/members/{scene.student.id}")
    scene.teacher.api.put(f"{path}/members/{scene.other_teacher.id}", {"role": "teacher"})
    owner.execute(
        "SELECT action FROM audit_entries WHERE school_id = %s AND actor_id = %s ORDER BY id",
        (str(scene.school), str(scene.teacher.id)),
    )
    assert [action for (action,) in owner.fetchall()] == [
        "classroom.changed", "classroom.code_renewed", "classroom.member_removed", "classroom.member_added",
    ]  # fmt: skip
