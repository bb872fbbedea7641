"""What a teacher sees: trends, histories, groups, whom to see first; drawn, and as tables."""

from __future__ import annotations

import csv
import io
import itertools
import random
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from chalicelib.services import alert_causes
from chalicelib.store import database as store
from chalicelib.store import entering
from chalicelib.store.models.people import School
from tests.integration.accounts.conftest import Person, World
from tests.support.classes import Class
from tests.support.client import Reply

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=60)
SMALLER, BORROWED = "subtraction.smaller_from_larger", "subtraction.borrow_across_zero"
FORMULA = "=HYPERLINK(1)"


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


@pytest.fixture
def room(world: World, owner: Any) -> Class:
    return Class(world, owner)


def read(room: Class, what: str, person: Person | None = None, **headers: str) -> Reply:
    """What the class's teacher, or another, is answered."""
    return (person or room.teacher).api.get(f"/v1/classrooms/{room.id}/{what}", headers=headers)


def histories(person: Person, student: Person, query: str = "") -> list[Any]:
    return list(person.api.get(f"/v1/students/{student.id}/mastery/history{query}").data["skills"])


def answers(room: Class, student: Person, beliefs: list[float], every: timedelta = timedelta(days=1)) -> None:
    """One answer after the other, the last of them now."""
    for place, belief in enumerate(beliefs, start=1):
        room.answer(student, NOW - every * (len(beliefs) - place), beliefs={"addition": belief})


def test_a_trend_is_the_change_since_what_was_believed_a_week_ago(room: Class) -> None:
    student = room.student(LONG_AGO)
    room.answer(student, ago(days=20), beliefs={"addition": 0.9, "division": 0.5})
    room.answer(student, ago(days=8), beliefs={"addition": 0.6})
    room.answer(student, ago(days=6), beliefs={"addition": 0.7, "subtraction": 0.8})
    room.answer(student, ago(hours=1), beliefs={"addition": 0.25})
    skills = room.teacher.api.get(f"/v1/students/{student.id}/mastery").data["skills"]
    trends = {skill["slug"]: skill["trend"] for skill in skills}
    assert trends == {"addition": pytest.approx(-0.35), "subtraction": None, "division": 0}
    heat_map = read(room, "mastery").data
    cells = dict(
        zip([skill["slug"] for skill in heat_map["skills"]], heat_map["students"][0]["cells"], strict=True)
    )
    assert {slug: cell["trend"] for slug, cell in cells.items()} == trends


def test_a_history_has_every_answer_in_order(room: Class) -> None:
    student = room.student(LONG_AGO)
    answers(room, student, [0.3, 0.5, 0.4])
    (addition,) = histories(room.teacher, student)
    assert (addition["slug"], addition["answers"]) == ("addition", 3)
    assert [(point["seq"], point["p_known"]) for point in addition["points"]] == [
        (1, 0.3),
        (2, 0.5),
        (3, 0.4),
    ]
    assert addition["points"][0]["answered_at"] < addition["points"][2]["answered_at"]


def test_a_long_history_is_thinned_evenly(room: Class) -> None:
    student = room.student(LONG_AGO)
    for total in range(1, 26):
        room.answer(student, ago(hours=26 - total), beliefs={"addition": 0.5})
        for most in (2, 7, 10, 24):
            (addition,) = histories(room.teacher, student, f"?points={most}")
            places = [point["seq"] for point in addition["points"]]
            assert addition["answers"] == total
            assert len(places) == min(total, most)
            assert (places[0], places[-1]) == (1, total)
            steps = {after - before for before, after in itertools.pairwise(places)}
            assert max(steps, default=0) - min(steps, default=0) <= 1


def test_a_history_is_of_the_skill_and_time_that_are_asked_for(room: Class) -> None:
    student = room.student(LONG_AGO)
    answers(room, student, [0.3, 0.5, 0.4])
    room.answer(student, ago(days=5), beliefs={"division": 0.6})
    assert len(histories(room.teacher, student)) == 2
    since = ago(days=1, hours=1).isoformat().replace("+00:00", "Z")
    (addition,) = histories(room.teacher, student, f"?since={since}")
    assert [point["seq"] for point in addition["points"]] == [2, 3]
    (division,) = histories(room.teacher, student, f"?skill_id={room.skills['division']}")
    assert division["slug"] == "division"
    for query in ("?points=1", "?points=501", "?since=today", "?skill_id=x"):
        assert room.teacher.api.get(f"/v1/students/{student.id}/mastery/history{query}").status == 400


def test_the_heat_map_counts_the_students_of_each_bug(room: Class) -> None:
    one, two, three = (room.student(LONG_AGO) for _ in range(3))
    room.answer(one, ago(days=2), bug=f"{SMALLER}+{BORROWED}")
    room.answer(one, ago(days=1), bug=SMALLER)
    room.answer(two, ago(days=29), bug=SMALLER)
    room.answer(three, ago(days=31), bug=SMALLER)
    room.answer(three, ago(days=1), bug=SMALLER, probability=0.79)
    room.answer(three, ago(days=1), bug="slip.digit")
    heat_map = read(room, "mastery").data
    assert [(bug["bug"], bug["students"]) for bug in heat_map["bugs"]] == [(SMALLER, 2), (BORROWED, 1)]
    rows = {row["student_id"]: row["bugs"] for row in heat_map["students"]}
    assert rows == {str(one.id): sorted((SMALLER, BORROWED)), str(two.id): [SMALLER], str(three.id): []}
    (first, second) = read(room, "bugs").data["bugs"]
    assert (first["students"], first["attempts"], second["attempts"]) == (2, 3, 1)


def test_an_answer_that_came_late_counts_when_it_was_given(room: Class) -> None:
    student = room.student(LONG_AGO)
    attempt = room.answer(student, ago(days=1), bug=SMALLER)
    room.owner.execute("UPDATE attempts SET answered_at = %s WHERE id = %s", (ago(days=40), str(attempt)))
    assert read(room, "mastery").data["bugs"] == []
    assert read(room, "bugs").data["bugs"] == []
    assert read(room, "bugs?days=41").data["bugs"][0]["bug"] == SMALLER


def test_students_with_the_same_bugs_are_a_group(room: Class) -> None:
    one, two, three, four, five = (room.student(LONG_AGO) for _ in range(5))
    for student in (one, two):
        room.answer(student, ago(days=1), bug=SMALLER)
        room.answer(student, ago(days=1), bug=BORROWED)
    room.answer(three, ago(days=1), bug="addition.no_carry")
    room.answer(four, ago(days=1), bug="addition.no_carry")
    room.answer(four, ago(days=20), bug="division.quotient_zero_omitted")
    room.answer(five, ago(days=1), bug="division.quotient_zero_omitted")
    room.answer(three, ago(days=20), bug="division.quotient_zero_omitted")
    found = read(room, "groups").data

    def ids(students: list[Any]) -> set[str]:
        return {student["student_id"] for student in students}

    groups = [([bug["bug"] for bug in group["bugs"]], ids(group["students"])) for group in found["groups"]]
    assert groups == [
        (["division.quotient_zero_omitted"], {str(three.id), str(four.id), str(five.id)}),
        (["addition.no_carry"], {str(three.id), str(four.id)}),
        ([BORROWED, SMALLER], {str(one.id), str(two.id)}),
    ]
    assert found["alone"] == []
    lately = read(room, "groups?days=14").data
    assert ids(lately["alone"]) == {str(five.id)}
    assert len(lately["groups"]) == 2


def test_whom_to_see_first(room: Class) -> None:
    fallen, low, gone, well = (room.student(LONG_AGO) for _ in range(4))
    for student in (fallen, low, well):
        room.answer(student, ago(minutes=1), beliefs={"division": 0.8})
    room.answer(fallen, ago(days=10), beliefs={"addition": 0.97})
    room.answer(fallen, ago(days=2), beliefs={"addition": 0.3})
    room.answer(low, ago(days=2), beliefs={"addition": 0.2, "subtraction": 0.2})
    room.answer(gone, ago(days=40), beliefs={"addition": 0.9})
    room.answer(low, ago(days=2), bug=SMALLER)
    room.answer(gone, ago(days=13), bug=SMALLER)
    found = read(room, "attention").data["students"]
    said = [(each["student_id"], [reason["type"] for reason in each["reasons"]]) for each in found]
    assert said == [
        (str(low.id), ["at_risk", "shared_bug"]),
        (str(fallen.id), ["dropped"]),
        (str(gone.id), ["inactive", "shared_bug"]),
    ]
    assert [each["points"] for each in found] == [4, 4, 4]  # who knows less comes first
    at_risk = found[0]["reasons"][0]
    assert at_risk["text"] == "At risk in 2 skills: Addition, Subtraction."
    assert set(at_risk["skill_ids"]) == {room.skills["addition"], room.skills["subtraction"]}
    room.owner.execute("UPDATE users SET locale = 'es' WHERE id = %s", (str(room.teacher.id),))
    assert read(room, "attention").data["students"][0]["reasons"][0]["text"].startswith("En riesgo en 2")
    room.owner.execute("UPDATE users SET status = 'disabled' WHERE id = %s", (str(low.id),))
    assert str(low.id) not in [each["student_id"] for each in read(room, "attention").data["students"]]


def test_the_reasons_are_those_of_the_alerts(room: Class) -> None:
    draw = random.Random(6)  # noqa: S311 (no secret)
    students = [room.student(ago(days=draw.randrange(1, 40))) for _ in range(12)]
    for hours in sorted((draw.randrange(1, 30 * 24) for _ in range(120)), reverse=True):
        beliefs = {draw.choice(("addition", "subtraction", "division")): draw.random()}
        bug = draw.choice((None, None, SMALLER, BORROWED, "addition.no_carry", "division.remainder_dropped"))
        room.answer(draw.choice(students[:10]), ago(hours=hours), beliefs=beliefs, bug=bug)
    with store.transaction():
        entering.as_worker(room.school)
        causes = alert_causes.of_school(School.get_by_id(room.school), datetime.now(UTC))
    about = {(key.type.removeprefix("student_"), key.student_id) for key in causes if key.student_id}
    found = read(room, "attention").data["students"]
    reasons = [(each["student_id"], reason) for each in found for reason in each["reasons"]]
    mine = {(reason["type"], student) for student, reason in reasons if reason["type"] != "shared_bug"}
    assert mine == about
    assert {kind for kind, _ in mine} == {"at_risk", "dropped", "inactive"}
    shared = {bug for _, reason in reasons for bug in reason["bugs"]}
    assert shared == {key.bug for key in causes if key.bug}


def test_the_views_are_drawn_when_a_picture_is_asked_for(room: Class, owner: Any) -> None:
    student = room.student(LONG_AGO)
    owner.execute("UPDATE users SET name = %s WHERE id = %s", ("<b>Ada</b> & co", str(student.id)))
    answers(room, student, [0.3, 0.75])
    heat_map = read(room, "mastery", accept="image/svg+xml")
    history = room.teacher.api.get(
        f"/v1/students/{student.id}/mastery/history", headers={"accept": "image/svg+xml"}
    )
    for reply in (heat_map, history):
        assert (reply.status, reply.headers["Content-Type"]) == (200, "image/svg+xml")
        assert "<b>Ada</b> & co" in "".join(ElementTree.fromstring(reply.text).itertext())  # noqa: S314
    again = read(room, "mastery", accept="image/svg+xml", **{"if-none-match": heat_map.headers["ETag"]})
    assert again.status == 304
    owner.execute("UPDATE users SET locale = 'es' WHERE id = %s", (str(room.teacher.id),))
    assert "competente" in read(room, "mastery", accept="image/svg+xml").text


def test_the_views_are_tables_that_a_spreadsheet_takes_for_no_formula(room: Class, owner: Any) -> None:
    student, absent = room.student(LONG_AGO), room.student(LONG_AGO)
    owner.execute("UPDATE users SET name = %s WHERE id = %s", (FORMULA, str(student.id)))
    owner.execute("UPDATE users SET name = 'Zoë' WHERE id = %s", (str(absent.id),))
    answers(room, student, [0.3, 0.75])
    room.answer(student, NOW, bug=SMALLER)
    reply = read(room, "mastery", accept="text/csv")
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = list(csv.reader(io.StringIO(reply.text.removeprefix("\ufeff"))))
    assert lines[0] == ["Student", "Addition", "Bugs"]
    assert sorted(lines[1:]) == sorted([[f"'{FORMULA}", "0.75", "Smaller from larger"], ["Zoë", "", ""]])
    table = room.teacher.api.get(
        f"/v1/students/{student.id}/mastery/history", headers={"accept": "text/csv"}
    ).text
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))
    assert [row[2] for row in rows] == ["Answer", "1", "2"]
