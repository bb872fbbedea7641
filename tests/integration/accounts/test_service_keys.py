"""Service keys: how other systems get in, how far, and how they are kept out again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

import app
from chalicelib import settings, tokens
from chalicelib.edge import openapi
from chalicelib.services import costs
from chalicelib.store import database as store
from chalicelib.store import entering
from chalicelib.store.models.operations import ServiceKey
from tests.integration.accounts.conftest import Person, World
from tests.support.client import ApiClient, Reply

SUBTRACTION = {"problem": "503 - 278", "answer": "375"}


def made(person: Person, *scopes: str, **fields: Any) -> Reply:
    return person.api.post("/v1/service-keys", {"name": "Gradebook", "scopes": list(scopes), **fields})


def system(person: Person, *scopes: str, **fields: Any) -> ApiClient:
    """Another system, with a key that `person` made for it."""
    reply = made(person, *scopes, **fields)
    assert reply.status == 201, reply.text
    return person.api.as_user(reply.data["key"])


@pytest.fixture
def operator(world: World) -> Person:
    return world.person(None, "operator")


def test_a_key_is_told_once_and_kept_as_a_hash(admin: Person, school: UUID, owner: Any) -> None:
    created = made(admin, "diagnose", "bugs:read", "diagnose", days=30).data
    key = created.pop("key")
    assert tokens.is_service_key(key)
    assert (created["school_id"], created["scopes"]) == (str(school), ["bugs:read", "diagnose"])
    assert (datetime.fromisoformat(created["expires_at"]) - datetime.now(UTC)).days in (29, 30)
    assert admin.api.get("/v1/service-keys").data == [created]
    owner.execute("SELECT * FROM service_keys")
    (row,) = owner.fetchall()
    assert tokens.digest(key) in row
    assert key not in str(row)
    owner.execute("SELECT action, actor_id, details FROM audit_entries")
    assert owner.fetchall() == [("service_key.created", admin.id, {"scopes": ["bugs:read", "diagnose"]})]
    exported = admin.api.get(f"/v1/schools/{school}/export?section=service_keys")
    assert len(exported.data) == 1
    assert tokens.digest(key) not in exported.text


def test_a_key_opens_what_its_scopes_name_and_nothing_else(admin: Person, owner: Any) -> None:
    gradebook = system(admin, "diagnose")
    assert gradebook.post("/v1/diagnose", SUBTRACTION).data["verdict"] == "incorrect"
    refused = gradebook.get("/v1/bugs")
    assert (refused.status, refused.json["error"]["details"]) == (403, {"scope": "bugs:read"})
    for path in ("/v1/me", "/v1/classrooms", "/v1/users", "/v1/service-keys"):
        assert gradebook.get(path).code == "FORBIDDEN"
    owner.execute("SELECT last_used_on FROM service_keys")
    assert owner.fetchone() == (costs.today(),)


def test_a_key_that_is_revoked_expired_or_made_up_is_refused(admin: Person, owner: Any) -> None:
    gradebook, library = system(admin, "bugs:read"), system(admin, "bugs:read")
    newest, oldest = admin.api.get("/v1/service-keys").data
    assert admin.api.delete(f"/v1/service-keys/{oldest['id']}").status == 204
    assert admin.api.delete(f"/v1/service-keys/{oldest['id']}").status == 204
    assert gradebook.get("/v1/bugs").code == "UNAUTHORIZED"
    assert library.get("/v1/bugs").status == 200
    owner.execute("UPDATE service_keys SET expires_at = now() WHERE id = %s", (newest["id"],))
    assert library.get("/v1/bugs").code == "UNAUTHORIZED"
    owner.execute("SELECT count(*) FROM audit_entries WHERE action = 'service_key.revoked'")
    assert owner.fetchone() == (1,)


@pytest.mark.parametrize("key", ["tiza_sk_", "tiza_sk_short", "tiza_sk_" + "a" * 44, "tiza_sk_" + "ä" * 43])
def test_what_only_begins_like_a_key_is_refused(client: ApiClient, key: str) -> None:
    assert client.as_user(key).get("/v1/bugs").code == "UNAUTHORIZED"


def test_keys_that_somebody_makes_up_leave_nothing_behind(client: ApiClient, owner: Any) -> None:
    for _ in range(3):
        stranger = client.as_user(tokens.new_service_key())
        assert stranger.post("/v1/diagnose", SUBTRACTION).code == "UNAUTHORIZED"
        assert stranger.get("/v1/bugs").code == "UNAUTHORIZED"
    owner.execute("SELECT count(*) FROM rate_counters")
    assert owner.fetchone() == (0,)


def test_calls_are_limited_by_key(admin: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    gradebook, library = system(admin, "diagnose"), system(admin, "diagnose")
    monkeypatch.setenv("TIZA_WRITE_RATE", "2")
    settings.reset()
    replies = [gradebook.post("/v1/diagnose", SUBTRACTION).status for _ in range(3)]
    assert (replies[0], replies[-1]) == (200, 429)
    assert library.post("/v1/diagnose", SUBTRACTION).status == 200


def test_scopes_fit_their_owner(admin: Person, operator: Person) -> None:
    misfits = ((admin, "operations:read"), (operator, "attempts:read"), (operator, "mastery:read"))
    for person, scope in misfits:
        refused = made(person, "diagnose", scope)
        assert (refused.status, refused.json["error"]["details"]["path"]) == (400, "$.scopes[1]")
    for scopes, days in ((["diagnose"], 366), (["diagnose"], 0), ([], 1), (["everything"], 1)):
        assert made(admin, *scopes, days=days).code == "VALIDATION_ERROR"


def test_a_key_of_the_platform_sees_how_it_is_doing_and_no_school(
    world: World, school: UUID, operator: Person
) -> None:
    for each in (school, world.school()):
        with world.inside(each):
            costs.add(each, "mail", 1, 100)
    monitor = system(operator, "operations:read", "skills:read")
    status = monitor.get("/v1/operations/status")
    assert (status.status, status.data["costs"]["month"]) == (200, {"calls": 2, "micro_usd": 200})
    assert monitor.get("/v1/skills").status == 200
    student = world.person(school, "student")
    assert monitor.get(f"/v1/students/{student.id}/mastery").code == "FORBIDDEN"
    assert monitor.get("/v1/operations/queues/mail/dead-letters").code == "FORBIDDEN"
    assert monitor.get(f"/v1/schools/{school}").code == "FORBIDDEN"


def test_a_key_of_a_school_reads_its_students_which_is_noted(
    world: World, school: UUID, admin: Person, owner: Any
) -> None:
    student, stranger = world.person(school, "student"), world.person(world.school(), "student")
    student.api.post("/v1/attempts", SUBTRACTION)
    stranger.api.post("/v1/attempts", SUBTRACTION)
    gradebook = system(admin, "attempts:read", "mastery:read")
    (attempt,) = gradebook.get("/v1/attempts").data
    assert attempt["student_id"] == str(student.id)
    assert len(gradebook.get(f"/v1/students/{student.id}/mastery").data["skills"]) == 1
    assert gradebook.get(f"/v1/students/{stranger.id}/mastery").code == "NOT_FOUND"
    owner.execute("SELECT actor_id, subject_id FROM audit_entries WHERE action = 'mastery.viewed'")
    key_id = UUID(admin.api.get("/v1/service-keys").data[0]["id"])
    assert owner.fetchall() == [(key_id, student.id)]


def test_a_key_changes_nothing(admin: Person, owner: Any) -> None:
    gradebook = system(admin, "exercises:generate")
    wish = {"topic": "addition", "count": 2}
    assert len(gradebook.post("/v1/exercises/generate", wish).data["exercises"]) == 2
    assert gradebook.post("/v1/exercises/generate", {**wish, "store": True}).code == "FORBIDDEN"
    refused = gradebook.post("/v1/exercises/generate", wish, headers={"Idempotency-Key": "1"})
    assert (refused.status, refused.json["error"]["details"]["path"]) == (400, "Idempotency-Key")
    owner.execute("SELECT count(*) FROM exercises")
    assert owner.fetchone() == (0,)


def test_a_key_is_answered_in_its_language(admin: Person) -> None:
    path = "/v1/bugs/subtraction.smaller_from_larger"
    english = system(admin, "bugs:read").get(path).data["explanation"]
    assert system(admin, "bugs:read", locale="es").get(path).data["explanation"] != english
    assert admin.api.get(path).data["explanation"] == english


def test_keys_are_their_owners_own(world: World, admin: Person, operator: Person) -> None:
    other = world.person(world.school(), "admin")
    mine, theirs, platforms = (made(person, "diagnose").data["id"] for person in (admin, other, operator))
    for person, own in ((admin, mine), (other, theirs), (operator, platforms)):
        assert [key["id"] for key in person.api.get("/v1/service-keys").data] == [own]
        for key in {mine, theirs, platforms} - {own}:
            assert person.api.delete(f"/v1/service-keys/{key}").code == "NOT_FOUND"


def test_without_a_where_only_the_own_keys_are_read(
    world: World, school: UUID, admin: Person, operator: Person
) -> None:
    made(admin, "diagnose")
    made(world.person(world.school(), "admin"), "diagnose")
    made(operator, "diagnose")
    for person, expected in ((admin, {school}), (operator, {None})):
        with store.transaction():
            entering.by_user(person.id)
            assert {key.school_id for key in ServiceKey.select()} == expected
    with store.transaction():
        assert list(ServiceKey.select()) == []


def test_the_document_says_what_a_key_may_call() -> None:
    document = openapi.document(app.api.endpoints, "")
    diagnose = document["paths"]["/v1/diagnose"]["post"]
    assert diagnose["security"] == [{"bearer": []}, {"serviceKey": ["diagnose"]}]
    assert "service keys with the scope `diagnose`" in diagnose["description"]
    assert "security" not in document["paths"]["/v1/me"]["get"]
    scopes = {endpoint.scope for endpoint in app.api.endpoints} - {None}
    created = document["components"]["schemas"]["NewServiceKey"]["properties"]["scopes"]
    assert set(created["items"]["enum"]) == scopes, "every scope opens something"
