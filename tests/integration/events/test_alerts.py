"""Alerts are raised when they should be, once, and close when their cause is gone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from chalicelib import tokens
from chalicelib.caller import Caller
from chalicelib.services import alert_rules, alerts
from chalicelib.services.rounds import UnfinishedError
from chalicelib.store import database as store
from chalicelib.store import entering
from chalicelib.store.models.alerts import Alert
from tests.integration.accounts.conftest import Person, World
from tests.integration.work.test_statements import counted
from tests.support.classes import Class
from tests.support.client import ApiClient

BUG = "subtraction.smaller_from_larger"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THURSDAY = datetime(2026, 11, 19, 12, tzinfo=UTC)
LONG_AGO = THURSDAY - 60 * DAY

Found = dict[tuple[Any, ...], dict[str, Any]]


@pytest.fixture
def world(client: ApiClient) -> World:
    return World(client)


@pytest.fixture
def room(world: World, owner: Any) -> Class:
    return Class(world, owner)


@pytest.fixture
def busy(room: Class) -> Person:
    """A student who practises: no alert of inactivity."""
    student = room.student(LONG_AGO)
    room.answer(student, THURSDAY - HOUR)
    return student


def open_alerts(owner: Any) -> Found:
    """The details of all open alerts by type, student, skill and bug."""
    owner.execute(
        "SELECT type, student_id::text, skill_id::text, bug, details FROM alerts WHERE status = 'open'"
    )
    rows = owner.fetchall()
    found = {tuple(row[:4]): row[4] for row in rows}
    assert len(found) == len(rows)
    return found


def run(owner: Any, at: datetime = THURSDAY) -> Found:
    alert_rules.run(at)
    return open_alerts(owner)


def rows(owner: Any) -> list[tuple[Any, ...]]:
    owner.execute("SELECT type, status FROM alerts ORDER BY id")
    return list(owner.fetchall())


def resolve_all(room: Class, owner: Any, at: datetime) -> None:
    """The teacher resolves every open alert at that moment."""
    caller = Caller(room.teacher.id, room.school, "teacher", "en", "free")
    owner.execute("SELECT id FROM alerts WHERE status = 'open'")
    for (alert_id,) in owner.fetchall():
        with entering.working_for(caller):
            alerts.resolve(caller, UUID(str(alert_id)))
        owner.execute("UPDATE alerts SET ended_at = %s WHERE id = %s", (at, alert_id))


# --- the rules ---


def test_two_skills_below_04_put_a_student_at_risk(room: Class, busy: Person, owner: Any) -> None:
    room.answer(busy, THURSDAY - HOUR, beliefs={"addition": 0.39, "subtraction": 0.4})
    assert run(owner) == {}
    room.answer(busy, THURSDAY - HOUR, beliefs={"subtraction": 0.38})
    skills = sorted(room.skills[slug] for slug in ("addition", "subtraction"))
    assert run(owner) == {("student_at_risk", str(busy.id), None, None): {"skill_ids": skills}}
    room.answer(busy, THURSDAY - HOUR, beliefs={"division": 0.35})
    skills = sorted([*skills, room.skills["division"]])
    assert run(owner) == {("student_at_risk", str(busy.id), None, None): {"skill_ids": skills}}
    room.answer(busy, THURSDAY - HOUR, beliefs={"subtraction": 0.7, "division": 0.7})
    assert run(owner) == {}


def test_a_skill_that_is_retired_is_no_part_of_the_course(room: Class, busy: Person, owner: Any) -> None:
    room.answer(busy, THURSDAY - HOUR, beliefs={"addition": 0.1, "subtraction": 0.1})
    assert len(run(owner)) == 3
    owner.execute("UPDATE skills SET retired_at = now() WHERE slug = 'addition'")
    assert set(run(owner)) == {("unit_off_track", None, room.skills["subtraction"], None)}


@pytest.mark.parametrize(
    ("steps", "is_raised"),
    [
        ([(3, 0.96), (2, 0.69)], True),
        ([(3, 0.96), (2, 0.70)], False),
        ([(3, 0.70), (2, 0.39)], True),
        ([(3, 0.69), (2, 0.39)], False),
        ([(30, 0.96), (2, 0.5)], True),  # was that high until two days ago
        ([(30, 0.96), (8, 0.5), (1, 0.45)], False),  # fell before
        ([(6, 0.96), (5, 0.1), (1, 0.75)], False),  # has risen again
        ([(6, 0.75), (5, 0.97), (4, 0.75), (1, 0.5)], True),
        ([(2, 0.1)], False),
    ],
    ids=str,
)
def test_a_student_who_falls_two_levels_within_7_days_has_dropped(
    room: Class, busy: Person, owner: Any, steps: list[tuple[int, float]], is_raised: bool
) -> None:
    for days, p_known in steps:
        room.answer(busy, THURSDAY - days * DAY, beliefs={"addition": p_known})
    found = run(owner)
    key = ("student_dropped", str(busy.id), room.skills["addition"], None)
    assert (key in found) == is_raised
    if is_raised:
        highest = max(p_known for _, p_known in steps)
        assert found[key] == {"p_known": steps[-1][1], "highest": highest}
        assert key not in run(owner, THURSDAY + 7 * DAY)


@pytest.mark.parametrize(
    ("answered", "at", "days"),
    [
        ("2026-11-13 12:00", "2026-11-18 23:59", None),  # only Monday and Tuesday are over
        ("2026-11-13 12:00", "2026-11-19 00:01", 3),
        ("2026-11-13 12:00", "2026-11-20 09:00", 4),
        ("2026-11-15 12:00", "2026-11-18 09:00", None),  # on Sunday; the last three began on Friday
        ("2026-11-15 12:00", "2026-11-19 09:00", 3),
        ("2026-11-19 08:00", "2026-11-19 09:00", None),
        (None, "2026-11-19 09:00", 20),
    ],
)
def test_a_student_without_an_answer_since_three_school_days_began_is_inactive(
    room: Class, owner: Any, answered: str | None, at: str, days: int | None
) -> None:
    student = room.student(LONG_AGO)
    if answered:
        room.answer(student, datetime.fromisoformat(answered).replace(tzinfo=UTC))
    found = run(owner, datetime.fromisoformat(at).replace(tzinfo=UTC))
    key = ("student_inactive", str(student.id), None, None)
    assert found == ({key: {"school_days": days}} if days else {})


def test_a_new_student_has_three_school_days(room: Class, owner: Any) -> None:
    student = room.student(datetime(2026, 11, 16, 15, tzinfo=UTC))
    assert run(owner, datetime(2026, 11, 18, 23, tzinfo=UTC)) == {}
    key = ("student_inactive", str(student.id), None, None)
    assert run(owner, datetime(2026, 11, 19, 1, tzinfo=UTC)) == {key: {"school_days": 3}}


def test_holidays_and_the_time_zone_are_the_schools(world: World, owner: Any) -> None:
    """Auckland is 13 hours ahead: Thursday begins there on Wednesday at 11."""
    room = Class(world, owner, time_zone="Pacific/Auckland", holidays='["2026-11-17"]')
    student = room.student(LONG_AGO)
    room.answer(student, datetime(2026, 11, 13, 10, 30, tzinfo=UTC))  # Friday, 23:30
    assert run(owner, datetime(2026, 11, 19, 10, 59, tzinfo=UTC)) == {}
    key = ("student_inactive", str(student.id), None, None)
    assert run(owner, datetime(2026, 11, 19, 11, 1, tzinfo=UTC)) == {key: {"school_days": 3}}


def test_a_skill_whose_mean_in_the_class_is_below_03_is_off_track(room: Class, owner: Any) -> None:
    for p_known in (0.1, 0.2, 0.61):
        room.answer(room.student(LONG_AGO), THURSDAY - HOUR, beliefs={"addition": p_known})
    room.answer(room.student(LONG_AGO), THURSDAY - HOUR)  # has not practised it
    assert run(owner) == {}
    late = room.student(LONG_AGO)
    room.answer(late, THURSDAY - HOUR, beliefs={"addition": 0.25})
    key = ("unit_off_track", None, room.skills["addition"], None)
    assert run(owner) == {key: {"mean": 0.29, "students": 4}}
    room.leave(late)
    assert run(owner) == {}


def test_a_bug_that_enough_students_show_is_shared(room: Class, owner: Any) -> None:
    students = [room.student(LONG_AGO) for _ in range(14)]
    for student in students:
        room.answer(student, THURSDAY - HOUR)
    for student in students[:2]:
        for _ in range(3):
            room.answer(student, THURSDAY - 13 * DAY, bug=BUG)
    room.answer(students[2], THURSDAY - 13 * DAY, bug=BUG, probability=0.79)
    room.answer(students[3], THURSDAY - 15 * DAY, bug=BUG)
    assert run(owner) == {}
    room.answer(students[4], THURSDAY - DAY, bug=f"subtraction.other+{BUG}", probability=0.8)
    key = ("shared_bug", None, None, BUG)
    assert run(owner) == {key: {"students": 3, "class_size": 14}}
    room.leave(students[13])  # of 13, two are enough
    room.leave(students[4])
    assert run(owner) == {key: {"students": 2, "class_size": 12}}
    assert key not in run(owner, THURSDAY + DAY + HOUR)


def test_slips_and_diagnoses_that_were_replaced_are_not_shared(room: Class, owner: Any) -> None:
    for student in [room.student(LONG_AGO) for _ in range(3)]:
        room.answer(student, THURSDAY - HOUR, bug="slip.fact")
        room.answer(student, THURSDAY - HOUR, bug=BUG)
    owner.execute("UPDATE diagnoses SET is_current = false WHERE bug = %s", (BUG,))
    assert run(owner) == {}


@pytest.mark.parametrize(
    "end",
    [
        "UPDATE users SET status = 'disabled' WHERE role = 'student'",
        "UPDATE users SET status = 'deleted' WHERE role = 'student'",
        "UPDATE classrooms SET archived_at = now()",
        "DELETE FROM memberships WHERE role = 'student'",
    ],
)
def test_who_is_gone_and_a_class_in_the_archive_have_no_alerts(room: Class, owner: Any, end: str) -> None:
    room.answer(room.student(LONG_AGO), LONG_AGO, beliefs={"addition": 0.1, "subtraction": 0.1})
    assert len(run(owner)) == 4
    owner.execute(end)
    assert run(owner) == {}
    assert {status for _, status in rows(owner)} == {"closed"}


def test_a_student_of_two_classes_is_an_alert_in_each(room: Class, world: World, owner: Any) -> None:
    student = room.student(LONG_AGO)
    other = world.classroom(room.school, (student, "student"))
    owner.execute("UPDATE memberships SET joined_at = %s", (LONG_AGO,))
    alert_rules.run(THURSDAY)
    owner.execute("SELECT classroom_id::text FROM alerts")
    assert {row[0] for row in owner.fetchall()} == {str(room.id), str(other.id)}


# --- their life ---


def test_an_alert_lasts_is_updated_and_closes_once_its_cause_is_gone(room: Class, owner: Any) -> None:
    student = room.student(LONG_AGO)
    for number in range(3):
        run(owner, THURSDAY + number * HOUR)
    owner.execute("SELECT id, created_at, updated_at, details FROM alerts")
    ((alert_id, created_at, updated_at, _),) = owner.fetchall()
    assert (created_at, updated_at) == (THURSDAY, THURSDAY)
    room.answer(student, THURSDAY)
    later = THURSDAY + 4 * HOUR
    assert run(owner, later) == {}
    owner.execute("SELECT id, status, ended_at, updated_at, resolved_by FROM alerts")
    assert owner.fetchall() == [(alert_id, "closed", later, later, None)]
    assert len(run(owner, THURSDAY + 14 * DAY)) == 1  # inactive again: another alert
    assert rows(owner) == [("student_inactive", "closed"), ("student_inactive", "open")]


def test_the_details_follow_and_say_when(room: Class, owner: Any) -> None:
    room.student(THURSDAY - 3 * DAY)
    assert list(run(owner).values()) == [{"school_days": 3}]
    assert list(run(owner, THURSDAY + DAY).values()) == [{"school_days": 4}]
    owner.execute("SELECT created_at, updated_at FROM alerts")
    assert owner.fetchall() == [(THURSDAY, THURSDAY + DAY)]


def test_what_was_resolved_is_raised_again_only_after_three_days(room: Class, owner: Any) -> None:
    room.student(LONG_AGO)
    run(owner)
    resolve_all(room, owner, THURSDAY)
    assert run(owner, THURSDAY + HOUR) == {}
    assert run(owner, THURSDAY + 3 * DAY - HOUR) == {}
    assert len(run(owner, THURSDAY + 3 * DAY)) == 1
    assert rows(owner) == [("student_inactive", "resolved"), ("student_inactive", "open")]


def test_that_holds_for_this_student_and_no_other(room: Class, owner: Any) -> None:
    room.student(LONG_AGO)
    run(owner)
    resolve_all(room, owner, THURSDAY)
    other = room.student(LONG_AGO)
    assert set(run(owner, THURSDAY + HOUR)) == {("student_inactive", str(other.id), None, None)}


def test_an_alert_about_worksheets_that_are_gone_is_closed(room: Class, owner: Any) -> None:
    owner.execute(
        "INSERT INTO alerts (id, school_id, classroom_id, type, severity, status, details, created_at,"
        " updated_at) VALUES (gen_random_uuid(), %s, %s, 'guide_ready', 'low', 'open', '{}', now(), now())",
        (str(room.school), str(room.id)),
    )
    assert run(owner) == {}
    assert rows(owner) == [("guide_ready", "closed")]


def test_runs_at_the_same_time_raise_each_alert_once(room: Class, owner: Any) -> None:
    for _ in range(5):
        room.answer(room.student(LONG_AGO), LONG_AGO, beliefs={"addition": 0.1, "subtraction": 0.1}, bug=BUG)
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: alert_rules.run(THURSDAY), range(4)))
    assert len(open_alerts(owner)) == 5 + 5 + 2
    assert sum(each["raised"] for each in counts) == 12
    assert len(rows(owner)) == 12


def test_the_database_holds_that_one_is_open(room: Class, owner: Any) -> None:
    room.student(LONG_AGO)
    run(owner)
    with pytest.raises(Exception, match="alerts_open"):
        owner.execute(
            "INSERT INTO alerts SELECT gen_random_uuid(), school_id, classroom_id, type, severity, status,"
            " skill_id, student_id, bug, details, created_at, updated_at FROM alerts"
        )


def test_a_fault_in_one_school_does_not_stop_the_others(world: World, owner: Any) -> None:
    rooms = [Class(world, owner) for _ in range(3)]
    for each in rooms:
        each.student(LONG_AGO)
    owner.execute("UPDATE schools SET time_zone = 'Nowhere/Land' WHERE id = %s", (str(rooms[1].school),))
    with pytest.raises(UnfinishedError, match="1 of 3 schools"):
        alert_rules.run(THURSDAY)
    owner.execute("SELECT school_id::text FROM alerts")
    assert {row[0] for row in owner.fetchall()} == {str(rooms[0].school), str(rooms[2].school)}


def test_a_larger_class_takes_no_more_statements(room: Class, owner: Any, database: str) -> None:
    used = []
    for _ in range(2):
        for _ in range(6):
            room.answer(room.student(LONG_AGO), LONG_AGO, beliefs={"addition": 0.1, "subtraction": 0.1})
        owner.execute("DELETE FROM alerts")
        with counted() as use:
            alert_rules.run(THURSDAY)
        used.append(use.round_trips)
    assert used[0] == used[1]


# --- read and resolved ---


@pytest.fixture
def alerted(room: Class, owner: Any) -> Class:
    """A class with four alerts: one student is inactive, at risk, and pulls two skills down."""
    room.answer(room.student(LONG_AGO), LONG_AGO, beliefs={"addition": 0.1, "subtraction": 0.1})
    run(owner)
    return room


def test_a_teacher_reads_the_alerts_of_the_own_classes_newest_first(alerted: Class, world: World) -> None:
    found = alerted.teacher.api.get("/v1/alerts").data
    assert len(found) == 4
    assert [each["id"] for each in found] == sorted((each["id"] for each in found), reverse=True)
    assert {each["classroom_id"] for each in found} == {str(alerted.id)}
    colleague = world.person(alerted.school, "teacher")
    assert colleague.api.get("/v1/alerts").data == []
    assert colleague.api.get(f"/v1/alerts?classroom_id={alerted.id}").status == 404
    assert colleague.api.get(f"/v1/alerts/{found[0]['id']}").status == 404
    assert colleague.api.post(f"/v1/alerts/{found[0]['id']}/resolution").status == 404
    assert len(world.person(alerted.school, "admin").api.get("/v1/alerts").data) == 4
    assert world.person(world.school(), "admin").api.get("/v1/alerts").data == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("type=unit_off_track", 2),
        ("type=guide_ready", 0),
        ("severity=high", 3),
        ("severity=high&type=student_at_risk", 1),
        ("status=open", 4),
        ("status=closed", 0),
    ],
)
def test_the_list_is_filtered(alerted: Class, query: str, count: int) -> None:
    assert len(alerted.teacher.api.get(f"/v1/alerts?{query}").data) == count


def test_the_list_is_read_page_by_page_and_a_cursor_holds_for_its_filters(alerted: Class) -> None:
    api = alerted.teacher.api
    whole = [each["id"] for each in api.get("/v1/alerts?status=open").data]
    first = api.get("/v1/alerts?status=open&limit=3").json
    cursor = first["meta"]["next_cursor"]
    second = api.get(f"/v1/alerts?status=open&limit=3&cursor={cursor}").json
    assert [each["id"] for each in first["data"] + second["data"]] == whole
    assert second["meta"]["next_cursor"] is None
    assert api.get(f"/v1/alerts?limit=3&cursor={cursor}").code == "INVALID_CURSOR"


def test_who_watches_is_told_when_something_changed(alerted: Class, owner: Any) -> None:
    api = alerted.teacher.api
    tag = api.get("/v1/alerts").headers["ETag"]
    run(owner, THURSDAY + HOUR)
    assert api.get("/v1/alerts", headers={"If-None-Match": tag}).status == 304
    owner.execute("DELETE FROM memberships WHERE role = 'student'")
    run(owner, THURSDAY + 2 * HOUR)
    assert api.get("/v1/alerts", headers={"If-None-Match": tag}).status == 200


def test_a_look_at_a_students_alert_is_noted(alerted: Class, owner: Any) -> None:
    api = alerted.teacher.api
    for each in api.get("/v1/alerts").data:
        assert api.get(f"/v1/alerts/{each['id']}").data == each
    owner.execute("SELECT action, count(*) FROM audit_entries GROUP BY action")
    looks = sorted(owner.fetchall())
    assert looks == [("alert.viewed", 1), ("alerts.viewed", 1)], "the same look counts once"


def test_resolving_is_noted_and_done_once(alerted: Class, world: World, owner: Any) -> None:
    alert = alerted.teacher.api.get("/v1/alerts?type=student_at_risk").data[0]
    path = f"/v1/alerts/{alert['id']}/resolution"
    reply = alerted.teacher.api.post(path)
    assert reply.status == 200
    assert (reply.data["status"], reply.data["resolved_by"]) == ("resolved", str(alerted.teacher.id))
    assert reply.data["ended_at"] is not None
    assert world.person(alerted.school, "admin").api.post(path).data == reply.data
    owner.execute(
        "SELECT actor_id::text, subject_id::text FROM audit_entries WHERE action = 'alert.resolved'"
    )
    assert owner.fetchall() == [(str(alerted.teacher.id), alert["id"])]


def test_what_has_closed_itself_can_still_be_resolved(alerted: Class, owner: Any) -> None:
    owner.execute("DELETE FROM memberships WHERE role = 'student'")
    run(owner, THURSDAY + HOUR)
    alert = alerted.teacher.api.get("/v1/alerts?status=closed&limit=1").data[0]
    assert alerted.teacher.api.post(f"/v1/alerts/{alert['id']}/resolution").data["status"] == "resolved"


def test_an_alert_that_is_resolved_during_a_run_stays_resolved(alerted: Class, owner: Any) -> None:
    """The run has read it as open; the teacher's word comes before it writes."""
    with store.transaction():
        entering.as_worker(alerted.school)
        standing, _ = alert_rules._standing(alerted.school, THURSDAY)
        resolve_in_another_transaction(alerted, owner)
        ids = [alert.id for alert in standing.values()]
        assert alert_rules._close(ids, THURSDAY) == 0
        assert alert_rules._update({each: {"mean": 0.5} for each in ids}, THURSDAY) == 0
    assert {status for _, status in rows(owner)} == {"resolved"}


def resolve_in_another_transaction(room: Class, owner: Any) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(resolve_all, room, owner, THURSDAY).result()


def test_the_second_wall_holds(alerted: Class, world: World) -> None:
    stranger = world.person(world.school(), "admin")
    with store.transaction():
        entering.by_user(stranger.id)
        assert list(Alert.select().tuples()) == []
        assert Alert.update(severity="low").execute() == 0
    with store.transaction():
        entering.as_worker(alerted.school)
        assert Alert.select().count() == 4


def test_alerts_are_part_of_a_students_export(alerted: Class, owner: Any) -> None:
    owner.execute("SELECT user_id FROM memberships WHERE role = 'student'")
    api = alerted.teacher.api.as_user(tokens.issue(UUID(str(owner.fetchone()[0])), 1))
    exported = api.get("/v1/me/export?section=alerts").data
    assert {row["values"]["type"] for row in exported} == {"student_inactive", "student_at_risk"}
