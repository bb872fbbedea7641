"""Parents and children: a code makes a link, the school confirms it, parent or admin ends it."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

import pytest

from chalicelib.store.ids import uuid7
from tests.integration.accounts.conftest import Person, World, at_once


class Family(NamedTuple):
    teacher: Person
    student: Person
    parent: Person


@pytest.fixture
def family(world: World, school: UUID) -> Family:
    teacher, student = world.person(school, "teacher"), world.person(school, "student")
    world.classroom(school, (teacher, "teacher"), (student, "student"))
    return Family(teacher, student, world.person(school, "parent"))


def code_of(person: Person, student: Person, **body: Any) -> Any:
    return person.api.post(f"/v1/users/{student.id}/link-codes", body)


def test_from_code_to_confirmed_link(family: Family, owner: Any) -> None:
    reply = code_of(family.teacher, family.student)
    assert (reply.status, reply.data["kind"], reply.data["max_uses"]) == (201, "link", 1)
    link = family.parent.api.post("/v1/families/links", {"link_code": reply.data["code"]})
    assert (link.status, link.data["status"], link.data["student"]["name"]) == (201, "pending", None)

    (waiting,) = family.teacher.api.get("/v1/families/links?status=pending").data
    assert (waiting["id"], waiting["parent"]["id"]) == (link.data["id"], str(family.parent.id))
    assert waiting["student"]["name"].startswith("student")
    path = f"/v1/families/links/{waiting['id']}/confirmation"
    confirmed = family.teacher.api.post(path).data
    assert confirmed["status"] == "confirmed"
    assert family.teacher.api.post(path).data == confirmed
    assert family.teacher.api.get("/v1/families/links?status=pending").data == []
    owner.execute("SELECT count(*) FROM audit_entries WHERE action = 'family_link.confirmed'")
    assert owner.fetchone() == (1,)
    owner.execute("SELECT confirmed_by FROM family_links")
    assert owner.fetchone() == (family.teacher.id,)


def test_a_link_exists_once_and_asking_again_uses_no_code_up(
    family: Family, admin: Person, owner: Any
) -> None:
    for _ in range(2):
        code = code_of(admin, family.student, max_uses=4, days=30).data["code"]
        reply = family.parent.api.post("/v1/families/links", {"link_code": code})
    assert (reply.status, reply.json["error"]["details"]) == (409, {"reason": "linked_already"})
    owner.execute("SELECT uses FROM invites ORDER BY id")
    assert owner.fetchall() == [(1,), (0,)]


def test_a_code_links_no_more_parents_than_it_may(
    world: World, school: UUID, family: Family, owner: Any
) -> None:
    code = code_of(family.teacher, family.student, max_uses=2).data["code"]
    parents = [world.person(school, "parent") for _ in range(5)]
    replies = at_once(5, lambda n: parents[n].api.post("/v1/families/links", {"link_code": code}))
    assert sorted(reply.status for reply in replies) == [201, 201, 409, 409, 409]
    owner.execute("SELECT count(*) FROM family_links")
    assert owner.fetchone() == (2,)


def test_a_code_of_another_school_opens_nothing(world: World, family: Family) -> None:
    other = world.school()
    code = world.invite(other, "link", student_id=world.person(other, "student").id)
    assert family.parent.api.post("/v1/families/links", {"link_code": code}).code == "INVALID_CODE"


def test_who_may_make_a_code(world: World, school: UUID, family: Family, admin: Person) -> None:
    assert code_of(admin, family.student).status == 201
    assert code_of(world.person(school, "teacher"), family.student).code == "NOT_FOUND"
    assert code_of(world.person(world.school(), "admin"), family.student).code == "NOT_FOUND"
    assert code_of(family.teacher, family.parent).code == "NOT_FOUND"
    assert code_of(family.parent, family.student).code == "FORBIDDEN"
    assert code_of(family.student, family.student).code == "FORBIDDEN"


def test_who_may_confirm(world: World, school: UUID, family: Family) -> None:
    link = world.link(school, family.parent, family.student, confirmed=False)
    path = f"/v1/families/links/{link}/confirmation"
    assert world.person(school, "teacher").api.post(path).code == "NOT_FOUND"
    assert world.person(world.school(), "admin").api.post(path).code == "NOT_FOUND"
    assert family.parent.api.post(path).code == "FORBIDDEN"
    assert family.teacher.api.post(f"/v1/families/links/{uuid7()}/confirmation").code == "NOT_FOUND"
    assert family.teacher.api.post(path).status == 200


def test_who_sees_which_links(world: World, school: UUID, family: Family, admin: Person) -> None:
    mine = str(world.link(school, family.parent, family.student))
    other = str(world.link(school, world.person(school, "parent"), world.person(school, "student")))
    elsewhere = world.school()
    world.link(elsewhere, world.person(elsewhere, "parent"), world.person(elsewhere, "student"))

    def seen_by(person: Person) -> list[str]:
        return [link["id"] for link in person.api.get("/v1/families/links").data]

    assert seen_by(family.parent) == [mine]
    assert seen_by(family.teacher) == [mine]
    assert seen_by(admin) == [other, mine]
    assert family.student.api.get("/v1/families/links").code == "FORBIDDEN"


def test_links_come_page_by_page(world: World, school: UUID, family: Family, admin: Person) -> None:
    links = [str(world.link(school, family.parent, world.person(school, "student"))) for _ in range(3)]
    first = admin.api.get("/v1/families/links?limit=2")
    second = admin.api.get(f"/v1/families/links?limit=2&cursor={first.json['meta']['next_cursor']}")
    assert [link["id"] for link in first.data + second.data] == links[::-1]
    assert second.json["meta"]["next_cursor"] is None


def test_parent_or_admin_ends_a_link(
    world: World, school: UUID, family: Family, admin: Person, owner: Any
) -> None:
    first = world.link(school, family.parent, family.student)
    assert family.teacher.api.delete(f"/v1/families/links/{first}").code == "FORBIDDEN"
    stranger = world.person(school, "parent")
    assert stranger.api.delete(f"/v1/families/links/{first}").code == "NOT_FOUND"
    assert family.parent.api.delete(f"/v1/families/links/{first}").status == 204
    assert family.parent.api.delete(f"/v1/families/links/{first}").code == "NOT_FOUND"
    second = world.link(school, family.parent, family.student)
    assert admin.api.delete(f"/v1/families/links/{second}").status == 204
    owner.execute("SELECT actor_id, subject_id FROM audit_entries WHERE action = 'family_link.removed'")
    assert owner.fetchall() == [(admin.id, second)]
