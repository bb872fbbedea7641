"""Automatic assignments: who falls to `at_risk` gets five exercises, once, whatever is delivered twice."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chalicelib import queues
from chalicelib.diagnosis import bug_named, expected_answer, parse_problem, simulate
from chalicelib.message import Message
from chalicelib.services import assignments_automatic
from chalicelib.store.ids import uuid7
from tests.integration.accounts.conftest import Person, World, at_once
from tests.integration.work.conftest import Scene, made, skill_id, submit
from tests.support import batches
from tests.support.aws import LocalAws
from tests.support.client import ApiClient

BUG = "subtraction.smaller_from_larger"
NOW = datetime.now(UTC)


@pytest.fixture
def world(client: ApiClient) -> World:
    return World(client)


@pytest.fixture
def scene(world: World, aws: LocalAws) -> Scene:
    return made(world)


@pytest.fixture
def skill(scene: Scene) -> str:
    return skill_id(scene.teacher, "subtraction")


def fall(person: Person) -> None:
    """A right answer, and then a wrong one: the belief rises above `at_risk` and falls back."""
    levels = [
        submit(person, problem, answer).data["mastery"][0]["level"]
        for problem, answer in (("7031 - 4598", "2433"), ("6203 - 1857", "5654"))
    ]
    assert levels == ["struggling", "at_risk"]


def order(scene: Scene, skill: str, person: Person | None = None) -> Message:
    """A message of its own for an assignment of that skill."""
    student = (person or scene.student).id
    payload = {"task": "assignment", "student_id": str(student), "skill_id": skill}
    return Message(uuid7(), queues.EXERCISE_GENERATE.key, payload, scene.school, "request")


def deliver(*messages: Message) -> int:
    """Give the worker a batch; how many of it were handled well."""
    import app

    return batches.deliver(app.exercise_generate, queues.EXERCISE_GENERATE, *messages, seconds=60)


def assigned(person: Person, closed: str = "false") -> list[dict[str, Any]]:
    return list(person.api.get(f"/v1/assignments?kind=automatic&closed={closed}").data)


def asked(person: Person, assignment: dict[str, Any]) -> list[dict[str, Any]]:
    path = f"/v1/assignments/{assignment['id']}/students/{assignment['student_id']}"
    return list(person.api.get(path).data["exercises"])


def shows(problem: str) -> bool:
    """Whether the bug gives a wrong answer to it."""
    is_of_topic = parse_problem(problem).topic == bug_named(BUG).topic
    return is_of_topic and simulate(BUG, problem) != expected_answer(problem)


def test_who_falls_gets_five_exercises_for_their_own_bug_and_the_teacher_sees_it(
    scene: Scene, skill: str, aws: LocalAws
) -> None:
    """The belief that starts low does not fall, nor one that falls further."""
    submit(scene.classmate, "7031 - 4598", "3567")
    assert aws.messages(queues.EXERCISE_GENERATE) == []
    fall(scene.student)
    submit(scene.student, "7031 - 4598", "3567")
    (message,) = aws.messages(queues.EXERCISE_GENERATE)
    assert message["payload"] == order(scene, skill).payload
    assert message["school_id"] == str(scene.school)
    assert deliver(order(scene, skill)) == 1
    (mine,) = assigned(scene.student)
    assert assigned(scene.teacher) == assigned(scene.parent) == [mine]
    assert assigned(scene.other_teacher) == assigned(scene.classmate) == []
    assert (mine["title"], mine["skill_id"], mine["created_by"]) == ("Practise: Subtraction", skill, None)
    exported = scene.student.api.get("/v1/me/export?section=assignments").data
    assert [row["values"]["id"] for row in exported] == [mine["id"]]
    scene.student.api.patch("/v1/me", {"locale": "es"})
    assert assigned(scene.student)[0]["title"] == "Para practicar: Resta"
    problems = [each["problem"] for each in asked(scene.student, mine)]
    assert len(set(problems)) == 5
    assert sum(shows(each) for each in problems) >= 4, problems


def test_the_same_twice_at_once_and_again_is_once(scene: Scene, skill: str, owner: Any) -> None:
    """The same message, and others for the same student and skill, all at the same moment."""
    fall(scene.student)
    same = order(scene, skill)
    messages = [same, same, order(scene, skill), order(scene, skill)]
    start, done = threading.Barrier(len(messages), timeout=20), []

    def deliver_one(message: Message) -> None:
        start.wait()
        done.append(deliver(message))

    threads = [threading.Thread(target=deliver_one, args=(each,)) for each in messages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [1] * len(messages)
    assert deliver(same, order(scene, skill)) == 2
    owner.execute("SELECT (SELECT count(*) FROM assignments), (SELECT count(*) FROM assignment_exercises)")
    assert owner.fetchone() == (1, 5)


def test_it_closes_itself_with_the_last_answer_and_there_is_no_other_for_a_week(
    scene: Scene, skill: str, owner: Any
) -> None:
    fall(scene.student)
    deliver(order(scene, skill))
    (mine,) = assigned(scene.student)
    exercises = [each["exercise_id"] for each in asked(scene.student, mine)]
    answers: list[dict[str, Any]] = [{"exercise_id": each, "answer": "1"} for each in exercises]
    for body in (*answers[:4], {**answers[4], "answer": "???"}, *answers[:4]):
        scene.student.api.post("/v1/attempts", body)
        assert [each["id"] for each in assigned(scene.student)] == [mine["id"]]
    scene.student.api.post("/v1/attempts", answers[4])
    assert assigned(scene.student) == []
    (over,) = assigned(scene.student, closed="true")
    assert (over["id"], over["result"]["finished"], over["result"]["answered"]) == (mine["id"], 1, 5)
    deliver(order(scene, skill))
    assert assigned(scene.student) == []
    owner.execute("UPDATE assignments SET closed_at = closed_at - interval '7 days'")
    deliver(order(scene, skill))
    (another,) = assigned(scene.student)
    reopened = scene.teacher.api.patch(f"/v1/assignments/{mine['id']}", {"closed": False})
    assert (reopened.status, reopened.json["error"]["details"]) == (409, {"reason": "another_is_open"})
    deleted = scene.teacher.api.delete(f"/v1/assignments/{another['id']}")
    assert (deleted.status, deleted.json["error"]["details"]) == (409, {"reason": "automatic"})


def test_two_last_answers_at_the_same_moment_close_it(scene: Scene, skill: str) -> None:
    fall(scene.student)
    deliver(order(scene, skill))
    (mine,) = assigned(scene.student)
    bodies = [{"exercise_id": each["exercise_id"], "answer": "1"} for each in asked(scene.student, mine)]
    for body in bodies[2:]:
        scene.student.api.post("/v1/attempts", body)
    replies = at_once(2, lambda number: scene.student.api.post("/v1/attempts", bodies[number]))
    assert [reply.status for reply in replies] == [201, 201]
    assert assigned(scene.student) == []


def test_one_that_was_never_done_makes_way_in_the_end(scene: Scene, skill: str, owner: Any) -> None:
    fall(scene.student)
    deliver(order(scene, skill))
    (first,) = assigned(scene.student)
    for days, is_another in ((10, False), (15, True)):
        owner.execute("UPDATE assignments SET due_at = now() - %s", (timedelta(days=days),))
        deliver(order(scene, skill))
        assert ([each["id"] for each in assigned(scene.student)] != [first["id"]]) == is_another


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE mastery SET p_known = 0.5",
        "UPDATE users SET status = 'deleted' WHERE role = 'student'",
        "UPDATE skills SET retired_at = now()",
        "DELETE FROM schools",
    ],
)
def test_nothing_is_made_where_there_is_no_need_any_more(
    scene: Scene, skill: str, owner: Any, change: str
) -> None:
    fall(scene.student)
    message = order(scene, skill)
    owner.execute(change)
    assert deliver(message) == 1
    owner.execute("SELECT count(*) FROM assignments")
    assert owner.fetchone() == (0,)


def test_a_task_of_a_later_version_fails_alone(scene: Scene, skill: str) -> None:
    fall(scene.student)
    unknown = order(scene, skill)._replace(payload={"task": "word_problems"})
    assert deliver(unknown, order(scene, skill)) == 1
    assert len(assigned(scene.student)) == 1


def test_it_is_due_at_the_end_of_the_fifth_school_day(world: World, owner: Any) -> None:
    """Of the school's own days: without week-ends and holidays, in its time zone, summer time or not."""
    school_id = world.school()
    owner.execute(
        "UPDATE schools SET time_zone = 'America/Bogota', holidays = '[\"2026-11-24\"]' WHERE id = %s",
        (str(school_id),),
    )
    with world.inside(school_id):
        school = assignments_automatic.School.get_by_id(school_id)
        late_on_friday = datetime(2026, 11, 20, 23, tzinfo=ZoneInfo("America/Bogota"))
        due = assignments_automatic.due_at(school, late_on_friday.astimezone(UTC))
    assert due.astimezone(ZoneInfo("America/Bogota")).replace(tzinfo=None) == datetime(2026, 11, 30, 23, 59)
