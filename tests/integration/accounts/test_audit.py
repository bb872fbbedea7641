"""The audit as an admin reads it; and that what was written stays, whoever comes."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg2
import pytest

from chalicelib.services import cleanup
from chalicelib.store.ids import lowest_at
from tests.integration.accounts.conftest import Person, World, at_once

INSERT = """
    INSERT INTO audit_entries (id, school_id, actor_id, action, subject_type, details, created_at)
    VALUES (%s, %s, %s, 'user.changed', 'user', '{}', %s)
"""


class Place:
    """A school where a teacher has looked at a student, and an admin has changed the teacher's name."""

    def __init__(self, world: World, school: UUID, admin: Person) -> None:
        self.world, self.school, self.admin = world, school, admin
        self.teacher = world.person(school, "teacher", name="Thea")
        self.student = world.person(school, "student", name="Ada")
        self.room = world.classroom(school, (self.teacher, "teacher"), (self.student, "student"))
        self.look()
        self.change("=Thea")

    def look(self) -> None:
        assert self.teacher.api.get(f"/v1/students/{self.student.id}/mastery").status == 200

    def change(self, name: str) -> None:
        assert self.admin.api.patch(f"/v1/users/{self.teacher.id}", {"name": name}).status == 200

    def read(self, query: str = "", person: Person | None = None) -> list[Any]:
        reply = (person or self.admin).api.get(f"/v1/audit?{query}")
        assert reply.status == 200, reply.text
        return list(reply.data)

    def actions(self, query: str = "") -> list[str]:
        return [entry["action"] for entry in self.read(query)]


@pytest.fixture
def place(world: World, school: UUID, admin: Person) -> Place:
    return Place(world, school, admin)


def test_who_did_what_with_the_names_of_today(place: Place) -> None:
    changed, viewed = place.read()
    assert changed["actor"]["role"] == "admin"
    assert changed["details"] == {"fields": ["name"]}
    assert viewed["actor"] == {"id": str(place.teacher.id), "role": "teacher", "name": "=Thea"}
    assert viewed["action"] == "mastery.viewed"
    assert viewed["subject"] == {"type": "user", "id": str(place.student.id), "name": "Ada"}
    assert place.actions() == ["audit.viewed", "user.changed", "mastery.viewed"], "to read it is noted, too"


def test_it_is_filtered(place: Place) -> None:
    moment = datetime.now(UTC)
    place.teacher.api.get(f"/v1/users/{place.student.id}")
    path = f"since={moment.isoformat().replace('+00:00', 'Z')}"
    assert place.actions(path) == ["user.viewed"]
    assert place.actions(path.replace("since", "until")) == ["user.changed", "mastery.viewed"]
    assert place.actions(f"actor_id={place.teacher.id}") == ["user.viewed", "mastery.viewed"]
    assert place.actions(f"subject_id={place.student.id}&action=user.viewed") == ["user.viewed"]
    assert place.actions(f"actor_id={uuid4()}") == []
    assert place.admin.api.get("/v1/audit?action=%25").code == "VALIDATION_ERROR"


def test_it_comes_page_by_page(place: Place) -> None:
    first = place.admin.api.get("/v1/audit?limit=1").json
    place.change("Theodora")
    second = place.admin.api.get(f"/v1/audit?limit=1&cursor={first['meta']['next_cursor']}").json
    found = [first["data"][0]["action"], second["data"][0]["action"], second["meta"]["next_cursor"]]
    assert found == ["user.changed", "mastery.viewed", None]


def test_the_same_look_counts_once_in_ten_minutes(place: Place, owner: Any) -> None:
    at_once(3, lambda _: place.teacher.api.get(f"/v1/users/{place.student.id}"))
    place.look()
    assert place.actions("action=mastery.viewed") == ["mastery.viewed"]
    place.admin.api.get(f"/v1/students/{place.student.id}/mastery")
    assert len(place.actions("action=mastery.viewed")) == 2, "somebody else's look is another one"
    earlier = lowest_at(datetime.now(UTC) - timedelta(minutes=11))
    _insert_look(owner, place, earlier)
    assert len(place.actions("action=photos.viewed")) == 1
    place.teacher.api.get(f"/v1/photos?student_id={place.student.id}")
    assert len(place.actions("action=photos.viewed")) == 2


def _insert_look(owner: Any, place: Place, entry_id: UUID) -> None:
    owner.execute(
        "INSERT INTO audit_entries SELECT %s, school_id, actor_id, 'photos.viewed', subject_type, subject_id,"
        " details, created_at - interval '11 minutes', actor_role FROM audit_entries"
        " WHERE action = 'mastery.viewed' AND actor_id = %s",
        (str(entry_id), str(place.teacher.id)),
    )


def test_an_operators_look_is_seen_by_the_school_alone(place: Place, world: World) -> None:
    operator = world.person(None, "operator", name="Olga")
    assert operator.api.get(f"/v1/schools/{place.school}").status == 200
    entry = place.read("action=school.viewed")[0]
    assert entry["actor"] == {"id": str(operator.id), "role": "operator", "name": None}
    elsewhere = world.person(world.school(), "admin")
    assert place.read(person=elsewhere) == []


def test_it_is_exported_as_a_table(place: Place) -> None:
    reply = place.admin.api.get("/v1/audit.csv?action=mastery.viewed")
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    (row,) = csv.DictReader(io.StringIO(reply.text.removeprefix("\ufeff")))
    assert (row["actor_name"], row["subject_name"]) == ("'=Thea", "Ada"), "a name is no formula"
    assert (row["action"], row["subject_id"]) == ("mastery.viewed", str(place.student.id))
    assert place.actions("action=audit.exported") == ["audit.exported"]
    older = place.admin.api.get(f"/v1/audit.csv?before={row['id']}").text
    assert len(older.splitlines()) == 1, "there is none before the first"


def test_nobody_rewrites_it(place: Place, database: str, owner: Any) -> None:
    for statement in (
        "UPDATE audit_entries SET actor_id = subject_id",
        "UPDATE audit_entries SET created_at = now() - interval '9 years'",
        "DELETE FROM audit_entries",
        "TRUNCATE audit_entries",
    ):
        with pytest.raises(psycopg2.errors.RaiseException, match="stays as it is"):
            owner.execute(statement)
    owner.execute("SELECT count(*) FROM audit_entries")
    assert owner.fetchone() == (2,)


def test_it_goes_after_two_years_or_with_the_school(place: Place, owner: Any) -> None:
    for days in (730, 732):
        values = (str(uuid4()), str(place.school), str(uuid4()), datetime.now(UTC) - timedelta(days=days))
        owner.execute(INSERT, values)
    assert cleanup.expire("audit_entries", 10) == 1
    owner.execute("DELETE FROM schools WHERE id = %s", (str(place.school),))
    owner.execute("SELECT count(*) FROM audit_entries")
    assert owner.fetchone() == (0,)


def test_who_is_gone_leaves_an_id(place: Place, owner: Any) -> None:
    owner.execute("DELETE FROM users WHERE id IN (%s, %s)", (str(place.student.id), str(place.teacher.id)))
    entry = place.read("action=mastery.viewed")[0]
    assert entry["actor"] == {"id": str(place.teacher.id), "role": "teacher", "name": None}
    assert entry["subject"] == {"type": "user", "id": str(place.student.id), "name": None}


def test_a_page_of_a_list_counts_for_each_student_on_it(place: Place) -> None:
    second = place.world.person(place.school, "student")
    absent = place.world.person(place.school, "student")
    for each in (second, absent):
        path = f"/v1/classrooms/{place.room.id}/members/{each.id}"
        assert place.admin.api.put(path, {"role": "student"}).status == 200
    for each in (place.student, place.student, second):
        assert each.api.post("/v1/attempts", {"problem": "503 - 278", "answer": "375"}).status == 201
    assert len(place.teacher.api.get("/v1/attempts").data) == 3
    about = {entry["subject"]["id"] for entry in place.read("action=attempts.viewed")}
    assert about == {str(place.student.id), str(second.id)}
