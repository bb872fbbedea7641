"""A school's roster as OneRoster's files: read in line by line, given out, read in again."""

from __future__ import annotations

import threading
from typing import Any
from uuid import UUID

import pytest

from chalicelib.services import roster
from tests.integration.accounts.conftest import PASSWORD, Mailbox, Person, World, at_once
from tests.support.client import ApiClient, Reply

HEADER = "sourcedId,status,enabledUser,role,username,givenName,familyName,email\n"
USERS = (
    HEADER + "t1,,true,teacher,tea,Thea,Ruiz,Tea@school.example\n"
    "s1,active,true,student,Ada.L,Ada María,López García,ada@home.example\n"
    "s2,,false,student,bo,Bo,,\n"
)
CLASSES = "sourcedId;status;title;grades\r\nc1;;4a;04\r\n"
ENROLLMENTS = (
    "sourcedId,status,classSourcedId,userSourcedId,role\n"
    "e1,,c1,t1,teacher\ne2,,c1,s1,student\ne3,,c1,s2,student\n"
)
FILES = {"users": USERS, "classes": CLASSES, "enrollments": ENROLLMENTS}
EXPORTS = ("users", "classes", "enrollments")
# Changes with each row that is written.
WRITTEN = " UNION ALL ".join(
    f"SELECT sum(xmin::text::bigint) FROM {table}"  # noqa: S608 (constants)
    for table in ("users", "classrooms", "memberships")
)


def load(person: Person, query: str = "", **files: str) -> Any:
    reply = person.api.post(f"/v1/roster/imports?{query}", files)
    assert reply.status == 200, reply.text
    return reply.data


def outcomes(report: Any) -> list[str]:
    return [line["outcome"] for line in report["lines"]]


def reasons(report: Any) -> list[Any]:
    """Why each line was refused: the reason, or the cell that is wrong; None where it was not."""
    faults = [line["error"] for line in report["lines"]]
    return [
        fault and fault["details"].get("reason" if fault["code"] == "CONFLICT" else "path")
        for fault in faults
    ]


def people(admin: Person) -> dict[str, Any]:
    return {
        user["name"]: user
        for user in admin.api.get("/v1/users?limit=100").data
        if user["id"] != str(admin.id)
    }


def test_people_classes_and_who_is_in_them(
    client: ApiClient, admin: Person, mailbox: Mailbox, owner: Any
) -> None:
    report = load(admin, **FILES)
    assert report["applied"] is True
    assert report["counts"] == {"created": 7, "changed": 0, "unchanged": 0, "refused": 0}
    assert [(line["file"], line["line"], line["sourced_id"]) for line in report["lines"]][:4] == [
        ("users", 2, "t1"), ("users", 3, "s1"), ("users", 4, "s2"), ("classes", 2, "c1"),
    ]  # fmt: skip
    found = people(admin)
    told = {name: (user["role"], user["status"], user["username"]) for name, user in found.items()}
    assert told == {
        "Thea Ruiz": ("teacher", "active", None),
        "Ada María López García": ("student", "active", "ada.l"),
        "Bo": ("student", "disabled", "bo"),
    }
    assert found["Ada María López García"]["email"] is None, "a child's address is not taken over"
    (room,) = admin.api.get("/v1/classrooms").data
    assert (room["name"], room["grade"], room["student_count"]) == ("4a", 4, 2)
    mail = mailbox.last("tea@school.example")
    assert (
        client.post("/v1/auth/password/reset", {"token": mail["token"], "password": PASSWORD}).status == 204
    )
    sign_in = {"class_code": room["code"], "username": "ada.l", "pin": "0000"}
    assert client.post("/v1/auth/login", sign_in).code == "INVALID_CREDENTIALS", "there is no PIN yet"
    owner.execute("SELECT action, count(*) FROM audit_entries GROUP BY 1 ORDER BY 1")
    assert owner.fetchall() == [
        ("classroom.created", 1), ("classroom.member_added", 3), ("roster.imported", 1), ("user.created", 3),
    ]  # fmt: skip


def test_a_second_import_changes_nothing(admin: Person, mailbox: Mailbox, owner: Any) -> None:
    load(admin, **FILES)
    owner.execute(WRITTEN)
    before = owner.fetchall()
    assert load(admin, **FILES)["counts"] == {"created": 0, "changed": 0, "unchanged": 7, "refused": 0}
    owner.execute(WRITTEN)
    assert owner.fetchall() == before
    assert len(mailbox.subjects("tea@school.example")) == 1


def test_a_dry_run_says_what_the_real_one_does_and_does_nothing(
    world: World, admin: Person, mailbox: Mailbox, owner: Any
) -> None:
    world.person(world.school(), "teacher", email="tea@school.example")
    dry = load(admin, "dry_run=true", **FILES)
    assert (dry["applied"], dry["counts"]["created"], dry["counts"]["refused"]) == (False, 5, 2)
    assert people(admin) == {}
    owner.execute("SELECT count(*) FROM audit_entries WHERE action <> 'user.viewed'")
    assert owner.fetchone() == (0,)
    assert load(admin, **FILES)["lines"] == dry["lines"]


def test_an_export_is_imported_unchanged(world: World, school: UUID, admin: Person) -> None:
    load(admin, **FILES)
    grown_ups = [
        world.person(school, role, name=name) for role, name in (("parent", "=1+1 |cmd"), ("teacher", "-"))
    ]
    students = [
        world.person(school, "student", name=name) for name in ("'=x", "Ana  de la  Cruz", "'t Hooft")
    ]
    world.person(school, "student", name="Gone", status="deleted")
    places = [(each, "student") for each in students]
    world.classroom(school, (admin, "teacher"), (grown_ups[1], "teacher"), *places)
    files = {name: admin.api.get(f"/v1/roster/{name}.csv") for name in EXPORTS}
    assert files["users"].headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "\r\ns1,,,true," in files["users"].text
    assert ",Ada María,López García," in files["users"].text
    assert ",=1" not in files["users"].text
    report = load(admin, **{name: reply.text for name, reply in files.items()})
    assert set(outcomes(report)) == {"unchanged"}
    assert len(report["lines"]) == (3 + 6) + 2 + (3 + 5)


def test_one_bad_line_does_not_stop_the_others(world: World, school: UUID, admin: Person) -> None:
    world.person(world.school(), "teacher", email="far@school.example")
    world.person(school, "student", username="taken", external_id="x9")
    lines = (
        "t2,,,teacher,,Far,Away,far@school.example",
        "s3,,,student,taken,A,B,",
        "s4,,,student,a b,A,B,",
        "s5,,,administrator,x,A,B,a@b.example",
        "s6,,,,free,A,B,",
        "s7,,,student,fine,A,B,",
        "s7,,,student,other,A,B,",
        "s8,,,aide,x,A,B,",
        "s9,,,student,nine,A,B,,,",
        "s10,tobedeleted,,student,ten,A,B,",
    )
    report = load(admin, users=HEADER + "\n".join(lines))
    assert reasons(report) == [
        "email_taken", "username_taken", "username", "admin_by_hand", "role", None, "repeated", "role", "$",
        None,
    ]  # fmt: skip
    assert (outcomes(report)[5], outcomes(report)[9]) == ("created", "unchanged")
    error = report["lines"][1]["error"]
    assert error == {
        "code": "CONFLICT", "message": "This user name is taken.", "details": {"reason": "username_taken"},
    }  # fmt: skip
    enrolments = (
        "classSourcedId,userSourcedId,role\nc9,s7,student\nc1,t2,teacher\nc1,s7,teacher\nc1,s7,student"
    )
    report = load(admin, classes=CLASSES, enrollments=enrolments)
    faults = [line["error"] and line["error"]["code"] for line in report["lines"]]
    assert faults == [None, "NOT_FOUND", "NOT_FOUND", "CONFLICT", None], "who was refused is nobody"


def test_all_or_nothing(admin: Person) -> None:
    files = {**FILES, "users": USERS + "s3,,,student,bo,Third,Bo,\n"}
    report = load(admin, "all_or_nothing=true", **files)
    assert (report["applied"], report["counts"]["refused"]) == (False, 1)
    assert people(admin) == {}
    assert load(admin, **files)["applied"] is True


def test_what_is_to_end_ends(client: ApiClient, admin: Person, world: World, school: UUID) -> None:
    load(admin, **FILES)
    student = world.person(school, "student", username="eva", external_id="s8")
    room = admin.api.get("/v1/classrooms").data[0]["id"]
    ending = "sourcedId,status,classSourcedId,userSourcedId,role\ne2,tobedeleted,c1,s1,student\n"
    report = load(admin, users=HEADER + "s8,tobedeleted,,student,eva,Eva,M,\n", enrollments=ending)
    assert outcomes(report) == ["changed", "changed"]
    assert student.api.get("/v1/me").status == 401, "their sessions have ended"
    assert people(admin)["Eva M"]["status"] == "disabled"
    assert admin.api.get(f"/v1/classrooms/{room}").data["student_count"] == 1
    assert outcomes(load(admin, classes="sourcedId,status,title\nc1,tobedeleted,4a")) == ["changed"]
    assert admin.api.get("/v1/classrooms").data == []
    again = load(admin, classes=CLASSES, enrollments=ENROLLMENTS)
    assert reasons(again) == ["archived"] * 4, "an archived class is taken out of the archive by hand"
    assert outcomes(load(admin, users=HEADER + "s8,active,true,student,eva,Eva,M,\n")) == ["changed"]


def test_an_import_takes_nobody_over(admin: Person, world: World, school: UUID) -> None:
    teacher = world.person(school, "teacher", external_id="t1", email="tea@school.example", name="Thea")
    boss = world.person(school, "admin", external_id="a1", name="Ana")
    gone = world.person(school, "student", external_id="s9", username="gone", status="deleted", name="Gone")
    lines = (
        "t1,,,administrator,,Thea,,tea@school.example",
        "t1,,,teacher,,Thea,,thief@elsewhere.example",
        "a1,tobedeleted,,administrator,,Ana,,",
        "s9,,,student,gone,Gone,,",
        f"{admin.id},,,student,,Me,,",
    )
    for line, reason in zip(
        lines,
        ("role_is_fixed", "email_is_fixed", "admin_by_hand", "account_deleted", "role_is_fixed"),
        strict=True,
    ):
        assert reasons(load(admin, users=HEADER + line)) == [reason]
    assert outcomes(load(admin, users=HEADER + "a1,,,teacher,,Ana,,")) == ["unchanged"], "an admin may teach"
    assert outcomes(load(admin, users=HEADER + "s9,tobedeleted,,student,gone,Gone,,")) == ["unchanged"]
    assert (teacher.api.get("/v1/me").status, boss.api.get("/v1/me").status) == (200, 200)
    assert gone.api.get("/v1/me").status == 401


def test_who_is_there_already_gets_the_schools_id(admin: Person, world: World, school: UUID) -> None:
    student = world.person(school, "student", username="ada.l", name="Ada")
    teacher = world.person(school, "teacher", email="tea@school.example")
    room = world.classroom(school, (student, "student"))
    report = load(admin, **FILES)
    assert outcomes(report) == ["changed", "changed", "created", "changed", "created", "unchanged", "created"]
    found = people(admin)
    assert found["Ada María López García"]["id"] == str(student.id)
    assert found["Thea Ruiz"]["id"] == str(teacher.id)
    assert [each["id"] for each in admin.api.get("/v1/classrooms").data] == [str(room.id)]
    assert set(outcomes(load(admin, **FILES))) == {"unchanged"}
    assert student.api.get("/v1/me").status == 200, "a new name ends no session"


def test_version_1_2_has_the_roles_in_a_file_of_their_own(admin: Person) -> None:
    users = "sourcedId,username,givenName,familyName\ns1,ada,Ada,L\n"
    roles = "userSourcedId,roleType,role\ns1,primary,student\ns1,secondary,teacher\ns2,primary,king\n"
    report = load(admin, users=users, roles=roles)
    assert outcomes(report) == ["unchanged", "unchanged", "refused", "created"]
    assert people(admin)["Ada L"]["role"] == "student"


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("users", "sourcedId\nx", "givenName"),
        ("classes", "a\x1ab", "control character"),
        ("users", "sourcedId,givenName,familyName\n" + "x,y,z\n" * 10_001, "more than 10000 lines"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(
    admin: Person, name: str, text: str, reason: str
) -> None:
    reply = admin.api.post("/v1/roster/imports", {name: text})
    assert (reply.status, reply.code) == (400, "VALIDATION_ERROR")
    assert reason in reply.json["error"]["details"]["reason"]


def test_two_imports_at_once_make_nobody_twice(admin: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, go_on = threading.Event(), threading.Event()
    written = roster._written

    def slow(*given: Any) -> Any:
        made = written(*given)
        inside.set()
        go_on.wait(20)
        return made

    monkeypatch.setattr(roster, "_written", slow)
    replies: list[Reply] = []
    first = threading.Thread(target=lambda: replies.append(admin.api.post("/v1/roster/imports", FILES)))
    first.start()
    assert inside.wait(20)
    second = admin.api.post("/v1/roster/imports", FILES)
    go_on.set()
    first.join()
    assert (second.status, second.json["error"]["details"]) == (409, {"reason": "roster_is_changing"})
    assert replies[0].data["counts"]["created"] == 7
    assert len(people(admin)) == 3


def test_imports_of_two_schools_do_not_wait_for_each_other_nor_meet(admin: Person, world: World) -> None:
    elsewhere = world.person(world.school(), "admin")
    both = (admin, elsewhere)
    replies = at_once(2, lambda index: both[index].api.post("/v1/roster/imports", FILES))
    assert [reply.status for reply in replies] == [200, 200]
    refused = sum(reply.data["counts"]["refused"] for reply in replies)
    assert refused == 2, "one of them has the teacher's address, and with it the place in the class"
