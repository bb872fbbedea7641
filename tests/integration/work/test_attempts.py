"""Attempts: one transaction of answer, diagnosis and mastery; who may read which."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from tests.integration.accounts.conftest import Person, World
from tests.integration.work.conftest import Scene, skill_id, submit, walk

SMALLER_FROM_LARGER = "subtraction.smaller_from_larger"


def ago(**time: float) -> str:
    return (datetime.now(UTC) - timedelta(**time)).isoformat()


def mastery(person: Person) -> dict[str, Any]:
    """What `person` is believed to know, by slug."""
    skills = person.api.get(f"/v1/students/{person.id}/mastery").data["skills"]
    return {skill["slug"]: skill for skill in skills}


def test_a_wrong_answer_is_explained_step_by_step(scene: Scene) -> None:
    reply = submit(scene.student, "503-278", "375")
    assert reply.status == 201
    attempt = reply.data
    assert (attempt["verdict"], attempt["status"], attempt["expected"]) == ("incorrect", "final", "225")
    assert (attempt["problem"], attempt["topic"]) == ("503 - 278", "subtraction")
    diagnosis = attempt["diagnosis"]
    best = diagnosis["candidates"][0]
    assert (diagnosis["source"], best["bug"]) == ("rule", SMALLER_FROM_LARGER)
    assert [line["wrote"] for line in best["trace"]] == ["5", "7", "3"]
    assert [line["first_departure"] for line in best["trace"]] == [True, False, False]
    total = sum(each["probability"] for each in diagnosis["candidates"]) + diagnosis["unexplained"]
    assert total == pytest.approx(1)
    [step] = attempt["mastery"]
    assert (step["skill_id"], step["level"]) == (skill_id(scene.student, "subtraction"), "at_risk")
    assert step["p_known"] == pytest.approx(0.145763, abs=5e-7)


def test_a_stored_attempt_is_read_as_it_was_answered(scene: Scene) -> None:
    submitted = submit(scene.student, "503 - 278", "375", steps=["503 - 278 = 375"]).data
    for person in (scene.student, scene.teacher, scene.parent, scene.admin):
        reply = person.api.get(f"/v1/attempts/{submitted['id']}")
        assert (reply.status, reply.data) == (200, submitted)


@pytest.mark.parametrize(
    ("problem", "answer", "verdict", "p_known"),
    [
        ("17 ÷ 5", "3 r 2", "correct", 0.692683),
        ("503 - 278", " 225 ", "correct", 0.692683),
        ("simplify 4/8", "2/4", "not_simplified", 0.692683),
        ("503 - 278", "224", "incorrect", 0.145763),
    ],
)
def test_what_counts_as_right(scene: Scene, problem: str, answer: str, verdict: str, p_known: float) -> None:
    attempt = submit(scene.student, problem, answer).data
    assert attempt["verdict"] == verdict
    assert attempt["mastery"][0]["p_known"] == pytest.approx(p_known, abs=5e-7)


@pytest.mark.parametrize("answer", ["", "?", "two hundred", "(((", "9" * 60, "ñ🙂", "2 2 5"])
def test_what_cannot_be_read_is_never_wrong_and_touches_nothing(scene: Scene, answer: str) -> None:
    submit(scene.student, "503 - 278", "225")
    before = mastery(scene.student)
    reply = submit(scene.student, "503 - 278", answer)
    assert (reply.status, reply.data["verdict"], reply.data["answer"]) == (201, "unreadable", answer)
    assert reply.data["expected"] is None  # or `?` would be the way to be told it
    assert (reply.data["mastery"], reply.data["diagnosis"]["candidates"]) == ([], [])
    assert mastery(scene.student) == before


def test_an_unreadable_first_answer_leaves_no_mastery_behind(scene: Scene, owner: Any) -> None:
    submit(scene.student, "503 - 278", "?")
    owner.execute("SELECT count(*) FROM mastery")
    assert owner.fetchone() == (0,)


def test_a_problem_outside_the_grammar_is_explained_and_nothing_stored(scene: Scene, owner: Any) -> None:
    reply = submit(scene.student, "503 minus 278", "225")
    assert (reply.status, reply.code) == (400, "PROBLEM_SYNTAX_ERROR")
    assert (reply.json["error"]["details"]["position"], owner.execute("SELECT FROM attempts")) == (4, None)
    assert owner.rowcount == 0


@pytest.mark.parametrize(
    "body",
    [
        {"answer": "1"}, {"problem": "1 + 1"}, {"problem": "1 + 1", "answer": 2},
        {"problem": "1 + 1", "answer": "2", "exercise_id": "01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4e"},
        {"problem": "1 + 1", "answer": "2", "verdict": "correct"},
        {"problem": "1 + 1", "answer": "2", "student_id": "01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4e"},
        {"problem": "1 + 1", "answer": "2" * 501}, {"problem": "1 + 1", "answer": "2\u0000"},
        {"problem": "1 + 1", "answer": "2", "steps": "1 + 1 = 2"},
        {"problem": "1 + 1", "answer": "2", "steps": ["x"] * 51},
        {"problem": "1 + 1", "answer": "2", "client_id": "mine"},
        {"problem": "1 + 1", "answer": "2", "answered_at": "yesterday"},
        {"problem": "1 + 1", "answer": "2", "answered_at": "2026-11-21T09:30:00"},
        {"exercise_id": "no-uuid", "answer": "2"}, [], "2", None,
    ],
)  # fmt: skip
def test_a_malformed_attempt_is_refused(scene: Scene, body: Any) -> None:
    import json

    reply = scene.student.api.post("/v1/attempts", body=json.dumps(body).encode())
    assert (reply.status, reply.code) == (400, "VALIDATION_ERROR")


def test_students_answer_for_themselves_only(scene: Scene, operator: Person) -> None:
    for person in (scene.teacher, scene.parent, scene.admin, operator):
        assert submit(person, "1 + 1", "2").status == 403


def test_an_exercise_moves_each_of_its_skills(scene: Scene) -> None:
    skills = sorted(skill_id(scene.teacher, slug) for slug in ("subtraction.borrowing", "subtraction.zeros"))
    body = {"problem": "503 - 278", "skill_ids": skills}
    exercise = scene.teacher.api.post("/v1/exercises", body).data["id"]
    attempt = scene.student.api.post("/v1/attempts", {"exercise_id": exercise, "answer": "225"}).data
    assert (attempt["exercise_id"], attempt["problem"]) == (exercise, "503 - 278")
    assert [step["skill_id"] for step in attempt["mastery"]] == skills
    assert set(mastery(scene.student)) == {"subtraction.borrowing", "subtraction.zeros"}


def test_an_exercise_of_another_school_does_not_exist(scene: Scene, elsewhere: Scene) -> None:
    theirs = elsewhere.teacher.api.post("/v1/exercises", {"problem": "503 - 278"}).data["id"]
    for unknown in (theirs, str(uuid4())):
        reply = scene.student.api.post("/v1/attempts", {"exercise_id": unknown, "answer": "225"})
        assert (reply.status, reply.code) == (404, "NOT_FOUND")


def test_answers_move_mastery_one_after_the_other(scene: Scene) -> None:
    for answer in ("9", "5"):  # wrong, then right
        submit(scene.student, "9 - 4", answer)
    known = mastery(scene.student)["subtraction"]
    assert known["p_known"] == pytest.approx(0.490909, abs=5e-7)
    assert (known["attempts"], known["level"]) == (2, "struggling")


def test_earlier_answers_settle_what_one_answer_leaves_open(scene: Scene) -> None:
    alone = submit(scene.classmate, "503 - 278", "375").data["diagnosis"]["candidates"][0]
    for problem, answer in (("542 - 389", "247"), ("73 - 28", "55"), ("621 - 254", "433")):
        submit(scene.student, problem, answer)
    settled = submit(scene.student, "503 - 278", "375").data["diagnosis"]["candidates"][0]
    assert alone["bug"] == settled["bug"] == SMALLER_FROM_LARGER
    assert settled["probability"] > max(alone["probability"], 0.8)


def test_a_late_answer_is_judged_by_what_came_before_it(scene: Scene) -> None:
    """Only answers given earlier are history, whenever they arrive."""
    for problem, answer in (("542 - 389", "247"), ("73 - 28", "55"), ("621 - 254", "433")):
        submit(scene.student, problem, answer)
    alone = submit(scene.classmate, "503 - 278", "375").data["diagnosis"]
    late = submit(scene.student, "503 - 278", "375", answered_at=ago(days=1)).data["diagnosis"]
    assert late == alone


def test_wrong_work_is_found_in_its_line(scene: Scene) -> None:
    attempt = submit(scene.student, "503 - 278", "375", steps=["503 - 278 = 375"]).data
    assert attempt["diagnosis"]["wrong_step"]["step"] == 0
    assert attempt["diagnosis"]["wrong_step"]["line"] == "503 - 278 = 375"


def test_a_reader_is_told_in_their_own_language(scene: Scene, world: World) -> None:
    spanish = world.person(scene.school, "admin", locale="es")
    said = submit(scene.student, "503 - 278", "375").data
    read = spanish.api.get(f"/v1/attempts/{said['id']}").data
    for english, other in zip(said["diagnosis"]["candidates"], read["diagnosis"]["candidates"], strict=True):
        assert (english["bug"], english["probability"]) == (other["bug"], other["probability"])
        assert english["explanation"] != other["explanation"]
        assert english["trace"][0]["place"] != other["trace"][0]["place"]
        assert [line["wrote"] for line in english["trace"]] == [line["wrote"] for line in other["trace"]]
    [listed] = spanish.api.get("/v1/attempts").data
    assert listed["bug_name"] == read["diagnosis"]["candidates"][0]["name"]


def test_times_are_kept_within_bounds(scene: Scene) -> None:
    accepted = submit(scene.student, "1 + 1", "2", answered_at=ago(days=29)).data
    assert accepted["answered_at"] < accepted["created_at"]
    slightly_ahead = submit(scene.student, "1 + 1", "2", answered_at=ago(minutes=-4)).data
    assert slightly_ahead["answered_at"] <= slightly_ahead["created_at"]
    for time in (ago(days=31), ago(minutes=-6), "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"):
        reply = submit(scene.student, "1 + 1", "2", answered_at=time)
        assert (reply.status, reply.json["error"]["details"]["path"]) == (400, "$.answered_at")


def test_what_a_device_sends_twice_is_stored_once(scene: Scene) -> None:
    key = str(uuid4())
    first = submit(scene.student, "503 - 278", "375", client_id=key)
    again = submit(scene.student, "503-278", "375", client_id=key, answered_at=ago(days=1))
    assert (again.status, again.data) == (first.status, first.data)
    assert mastery(scene.student)["subtraction"]["attempts"] == 1
    assert len(scene.student.api.get("/v1/attempts").data) == 1


def test_a_client_id_stands_for_one_answer(scene: Scene) -> None:
    key = str(uuid4())
    submit(scene.student, "503 - 278", "375", client_id=key)
    for change in ({"answer": "225"}, {"problem": "503 - 279"}, {"steps": ["x"]}):
        body = {"problem": "503 - 278", "answer": "375", "client_id": key, **change}
        reply = scene.student.api.post("/v1/attempts", body)
        assert (reply.status, reply.json["error"]["details"]["reason"]) == (409, "client_id_reused")
    assert submit(scene.classmate, "1 + 1", "2", client_id=key).status == 201  # another's device


def test_who_sees_which_attempts(scene: Scene, elsewhere: Scene, operator: Person, world: World) -> None:
    mine = submit(scene.student, "503 - 278", "375").data["id"]
    other = submit(scene.classmate, "1 + 1", "2").data["id"]
    stranger = world.person(scene.school, "parent")
    unconfirmed = world.person(scene.school, "parent")
    world.link(scene.school, unconfirmed, scene.student, confirmed=False)

    def seen(person: Person) -> list[str]:
        return [attempt["id"] for attempt in person.api.get("/v1/attempts").data]

    assert seen(scene.student) == seen(scene.parent) == [mine]
    assert seen(scene.teacher) == seen(scene.admin) == [other, mine]
    for person in (scene.other_teacher, stranger, unconfirmed, elsewhere.teacher, elsewhere.admin):
        assert seen(person) == []
        assert person.api.get(f"/v1/attempts/{mine}").status == 404
        assert person.api.get(f"/v1/attempts?student_id={scene.student.id}").status == 404
        assert person.api.get(f"/v1/students/{scene.student.id}/mastery").status == 404
    assert scene.classmate.api.get(f"/v1/attempts/{mine}").status == 404
    assert scene.classmate.api.get(f"/v1/attempts?student_id={scene.student.id}").status == 404
    assert operator.api.get("/v1/attempts").status == 403
    assert operator.api.get(f"/v1/attempts/{mine}").status == 403


def test_attempts_are_filtered(scene: Scene) -> None:
    zeros = skill_id(scene.teacher, "subtraction.zeros")
    exercise = scene.teacher.api.post("/v1/exercises", {"problem": "503 - 278", "skill_ids": [zeros]}).data
    first = submit(scene.student, "7 + 5", "12").data["id"]
    second = submit(scene.classmate, "7 + 5", "13").data["id"]
    body = {"exercise_id": exercise["id"], "answer": "?"}
    third = scene.student.api.post("/v1/attempts", body).data["id"]
    fourth = scene.student.api.post("/v1/attempts", {**body, "answer": "225"}).data

    def found(query: str) -> list[str]:
        reply = scene.teacher.api.get(f"/v1/attempts?{query}")
        assert reply.status == 200
        return [attempt["id"] for attempt in reply.data]

    assert found("") == [fourth["id"], third, second, first]
    assert found(f"student_id={scene.student.id}") == [fourth["id"], third, first]
    assert found("topic=addition") == [second, first]
    assert found("verdict=correct") == [fourth["id"], first]
    assert found("verdict=unreadable") == [third]
    assert found(f"skill_id={zeros}") == [fourth["id"]]
    assert found(f"updated_since={quote(fourth['updated_at'])}") == [fourth["id"]]
    for query in ("verdict=bad", "topic=cooking", "student_id=me", "limit=0", "limit=101", "sort=asc"):
        assert scene.teacher.api.get(f"/v1/attempts?{query}").status == 400


def test_attempts_come_in_pages_newest_answer_first(scene: Scene) -> None:
    days = (3, 9, 1, 7, 5)
    made = {day: submit(scene.student, "1 + 1", "2", answered_at=ago(days=day)).data["id"] for day in days}
    newest_first = [made[day] for day in sorted(days)]
    assert [each["id"] for each in walk(scene.student, "/v1/attempts")] == newest_first
    assert [each["id"] for each in walk(scene.teacher, "/v1/attempts", 3)] == newest_first


def test_answers_of_one_moment_are_each_listed_once(scene: Scene) -> None:
    moment = ago(hours=1)
    made = {submit(scene.student, "1 + 1", "2", answered_at=moment).data["id"] for _ in range(5)}
    listed = [each["id"] for each in walk(scene.student, "/v1/attempts")]
    assert (len(listed), set(listed)) == (5, made)


def test_staff_who_read_a_students_record_are_noted(scene: Scene, owner: Any) -> None:
    attempt = submit(scene.student, "1 + 1", "2").data["id"]
    for person in (scene.student, scene.parent, scene.teacher):
        person.api.get(f"/v1/attempts/{attempt}")
        person.api.get(f"/v1/attempts?student_id={scene.student.id}")
        person.api.get(f"/v1/students/{scene.student.id}/mastery")
    owner.execute("SELECT actor_id::text, action, subject_id::text FROM audit_entries ORDER BY id")
    teacher, student = str(scene.teacher.id), str(scene.student.id)
    assert owner.fetchall() == [
        (teacher, f"{what}.viewed", student) for what in ("attempt", "attempts", "mastery")
    ]


def test_what_is_unchanged_is_not_sent_again(scene: Scene) -> None:
    attempt = submit(scene.student, "1 + 1", "2").data["id"]
    for path in (f"/v1/attempts/{attempt}", "/v1/attempts", f"/v1/students/{scene.student.id}/mastery"):
        tag = scene.student.api.get(path).headers["ETag"]
        assert scene.student.api.get(path, headers={"If-None-Match": tag}).status == 304
