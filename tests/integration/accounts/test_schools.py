"""Schools: settings, staff invites, export, end; an admin's own, any for an operator, who is noted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from chalicelib.store.ids import uuid7
from tests.integration.accounts.conftest import Person, World
from tests.support.client import ApiClient


@pytest.fixture
def operator(world: World) -> Person:
    return world.person(None, "operator")


def audit(owner: Any) -> list[tuple[str, UUID]]:
    owner.execute("SELECT action, actor_id FROM audit_entries ORDER BY id")
    return list(owner.fetchall())


def test_settings_can_be_changed_and_it_is_noted(admin: Person, school: UUID, owner: Any) -> None:
    changes = {
        "name": "Escuela Tiza",
        "time_zone": "America/Argentina/Buenos_Aires",
        "holidays": ["2026-12-25", "2026-12-24", "2026-12-25"],
        "age_of_consent": 14,
        "languages": ["es", "en"],
    }
    data = admin.api.patch(f"/v1/schools/{school}", changes).data
    expected = {**changes, "holidays": ["2026-12-24", "2026-12-25"], "languages": ["en", "es"]}
    assert {name: data[name] for name in changes} == expected
    assert admin.api.get(f"/v1/schools/{school}").data == data
    assert audit(owner) == [("school.changed", admin.id)]


@pytest.mark.parametrize(
    "change",
    [
        {"time_zone": "Europe/Atlantis"},
        {"time_zone": "../etc/passwd"},
        {"holidays": ["2026-02-30"]},
        {"holidays": ["tomorrow"]},
        {"age_of_consent": 12},
        {"age_of_consent": 22},
        {"age_of_consent": 14.5},
        {"languages": []},
        {"languages": ["fr"]},
        {"name": ""},
        {"name": None},
        {"plan": "platinum"},
        {"id": str(uuid7())},
    ],
)
def test_bad_settings_are_refused(admin: Person, school: UUID, change: dict[str, Any]) -> None:
    assert admin.api.patch(f"/v1/schools/{school}", change).code == "VALIDATION_ERROR"


def test_the_plan_is_the_operators_to_change(
    admin: Person, operator: Person, school: UUID, owner: Any
) -> None:
    assert admin.api.patch(f"/v1/schools/{school}", {"plan": "school"}).code == "FORBIDDEN"
    assert operator.api.patch(f"/v1/schools/{school}", {"plan": "school"}).data["plan"] == "school"
    assert admin.api.get(f"/v1/schools/{school}").data["plan"] == "school"
    assert audit(owner) == [("school.changed", operator.id)]


def test_an_operator_lists_all_schools_page_by_page(operator: Person, world: World) -> None:
    schools = [str(world.school(f"School {n}")) for n in range(5)]
    found: list[str] = []
    reply = operator.api.get("/v1/schools?limit=2")
    while True:
        found += [school["id"] for school in reply.data]
        cursor = reply.json["meta"]["next_cursor"]
        if cursor is None:
            break
        reply = operator.api.get(f"/v1/schools?limit=2&cursor={cursor}")
    assert found == schools


def test_an_operators_look_into_a_school_is_noted(operator: Person, school: UUID, owner: Any) -> None:
    assert operator.api.get(f"/v1/schools/{school}").status == 200
    assert operator.api.get(f"/v1/schools/{school}/export?section=users").status == 200
    assert [action for action, _ in audit(owner)] == ["school.viewed", "school.exported"]
    owner.execute("SELECT DISTINCT school_id FROM audit_entries")
    assert owner.fetchall() == [(school,)]


def test_another_school_is_not_found(admin: Person, operator: Person, world: World) -> None:
    other = world.school()
    paths = [
        ("GET", f"/v1/schools/{other}"),
        ("PATCH", f"/v1/schools/{other}"),
        ("GET", f"/v1/schools/{other}/export?section=users"),
        ("POST", f"/v1/schools/{other}/deletion"),
        ("DELETE", f"/v1/schools/{other}/deletion"),
        ("POST", f"/v1/schools/{other}/invites"),
        ("GET", f"/v1/schools/{other}/invites"),
        ("DELETE", f"/v1/schools/{other}/invites/{uuid7()}"),
    ]
    for method, path in paths:
        body = {} if method in ("PATCH", "POST") else None
        assert admin.api.call(method, path, json=body).code == "NOT_FOUND", path
    assert operator.api.get(f"/v1/schools/{uuid7()}").code == "NOT_FOUND"
    assert operator.api.get("/v1/schools/no-uuid").code == "NOT_FOUND"


@pytest.mark.parametrize("role", ["student", "teacher", "parent"])
def test_settings_are_no_business_of_others(world: World, school: UUID, role: str) -> None:
    person = world.person(school, role)
    for path in ("/v1/schools", f"/v1/schools/{school}", f"/v1/schools/{school}/invites"):
        assert person.api.get(path).code == "FORBIDDEN"


def test_a_schools_end_can_be_asked_for_and_taken_back(
    admin: Person, operator: Person, school: UUID, owner: Any
) -> None:
    path = f"/v1/schools/{school}/deletion"
    reply = admin.api.post(path)
    assert (reply.status, reply.data["deletion_requested_at"] is not None) == (202, True)
    assert admin.api.post(path).data == reply.data
    assert operator.api.delete(path).status == 204
    assert operator.api.delete(path).status == 204
    assert admin.api.get(f"/v1/schools/{school}").data["deletion_requested_at"] is None
    expected = [("school.deletion_requested", admin.id), ("school.deletion_cancelled", operator.id)]
    assert audit(owner) == expected


def test_staff_invites_are_made_listed_and_taken_back(client: ApiClient, admin: Person, school: UUID) -> None:
    path = f"/v1/schools/{school}/invites"
    made = [admin.api.post(path, {"max_uses": 2, "days": 7}).data for _ in range(3)]
    assert made[0]["kind"] == "staff"
    assert len(made[0]["code"].replace("-", "")) == 12
    reply = admin.api.get(f"{path}?limit=2")
    rest = admin.api.get(f"{path}?limit=2&cursor={reply.json['meta']['next_cursor']}")
    assert reply.data + rest.data == made[::-1]

    assert admin.api.delete(f"{path}/{made[0]['id']}").status == 204
    assert admin.api.delete(f"{path}/{uuid7()}").code == "NOT_FOUND"
    body = {"kind": "teacher", "email": "a@b.example", "password": "x" * 10, "name": "A"}
    assert client.post("/v1/auth/register", {**body, "invite_code": made[0]["code"]}).code == "INVALID_CODE"
    assert client.post("/v1/auth/register", {**body, "invite_code": made[1]["code"]}).status == 202
    assert {invite["uses"] for invite in admin.api.get(path).data} == {0, 1}


def test_the_same_idempotency_key_makes_one_invite(admin: Person, school: UUID) -> None:
    path = f"/v1/schools/{school}/invites"
    replies = [admin.api.post(path, {}, headers={"Idempotency-Key": "one"}) for _ in range(2)]
    assert replies[0].text == replies[1].text
    assert len(admin.api.get(path).data) == 1


def test_a_schools_export_holds_every_table_but_no_secret(admin: Person, world: World, school: UUID) -> None:
    from typing import get_args

    from chalicelib.schemas.exports import SchoolSection

    student = world.person(school, "student")
    world.classroom(school, (student, "student"))
    world.person(world.school(), "student")
    for section in get_args(SchoolSection):
        reply = admin.api.get(f"/v1/schools/{school}/export?section={section}")
        assert reply.status == 200, section
        for row in reply.data:
            assert not {"secret_hash", "token_version", "code"} & row["values"].keys()
    users = admin.api.get(f"/v1/schools/{school}/export?section=users").data
    assert {row["values"]["id"] for row in users} == {str(admin.id), str(student.id)}
    audited = admin.api.get(f"/v1/schools/{school}/export?section=audit").data
    assert audited[0]["values"]["action"] == "school.exported"
