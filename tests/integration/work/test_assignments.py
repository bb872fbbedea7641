"""Assignments: for whom they are, which answers count, when they are late, what a class has made of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.integration.accounts.conftest import Person, World
from tests.integration.work.conftest import Scene, skill_id, walk
from tests.integration.work.test_statements import counted
from tests.support.client import Reply

SMALLER_FROM_LARGER = "subtraction.smaller_from_larger"
PROBLEMS = {"7031 - 4598": ("2433", "3567"), "61 - 28": ("33", "47")}  # the right answer and the bug's


@pytest.fixture
def exercises(scene: Scene) -> list[str]:
    """The ids of two exercises of the school."""
    return [scene.teacher.api.post("/v1/exercises", {"problem": each}).data["id"] for each in PROBLEMS]


def set_to(scene: Scene, exercises: list[str], **fields: Any) -> dict[str, Any]:
    """The teacher sets these exercises to the class."""
    body = {"classroom_id": scene.classroom, "title": "Borrowing", "exercise_ids": exercises, **fields}
    made = scene.teacher.api.post("/v1/assignments", body)
    assert made.status == 201, made.text
    return dict(made.data)


def answer(person: Person, exercise: str, text: str, **fields: Any) -> Reply:
    reply = person.api.post("/v1/attempts", {"exercise_id": exercise, "answer": text, **fields})
    assert reply.status == 201, reply.text
    return reply


def result(person: Person, assignment: dict[str, Any]) -> dict[str, Any]:
    return dict(person.api.get(f"/v1/assignments/{assignment['id']}").data["result"])


def progress(scene: Scene, assignment: dict[str, Any], person: Person) -> dict[str, Any]:
    """How the teacher sees one student."""
    return dict(scene.teacher.api.get(f"/v1/assignments/{assignment['id']}/students/{person.id}").data)


def own(person: Person, **query: Any) -> list[str]:
    path = "/v1/assignments" + "".join(f"?{name}={value}" for name, value in query.items())
    return [each["id"] for each in walk(person, path)]


def test_the_first_answer_counts_and_the_class_is_seen_at_a_glance(
    scene: Scene, exercises: list[str]
) -> None:
    """What was answered before it was set, and what could not be read, is no answer to it."""
    answer(scene.student, exercises[0], "2433")
    given = set_to(scene, exercises)
    assert given["result"] == {
        "students": 2, "finished": 0, "overdue": 0, "late": 0, "exercises": 4, "answered": 0, "right": 0,
        "mean": None,
    }  # fmt: skip
    answer(scene.student, exercises[0], "???")
    assert result(scene.student, given)["answered"] == 0
    answer(scene.student, exercises[0], "3567")
    answer(scene.student, exercises[0], "2433")
    answer(scene.student, exercises[1], "33")
    answer(scene.classmate, exercises[0], "3567")
    assert result(scene.teacher, given) == {
        "students": 2, "finished": 1, "overdue": 0, "late": 0, "exercises": 4, "answered": 3, "right": 1,
        "mean": 0.3333,
    }  # fmt: skip
    assert result(scene.student, given) == result(scene.parent, given) == {
        "students": 1, "finished": 1, "overdue": 0, "late": 0, "exercises": 2, "answered": 2, "right": 1,
        "mean": 0.5,
    }  # fmt: skip
    seen = scene.teacher.api.get(f"/v1/assignments/{given['id']}/progress").data
    assert seen["assignment"]["result"] == result(scene.teacher, given)
    states = {each["student_id"]: each for each in seen["students"]}
    mine = states[str(scene.student.id)]
    assert mine == progress(scene, given, scene.student)
    assert mine["state"] == "finished"
    assert mine["finished_at"] == mine["exercises"][1]["answered_at"]
    assert [(each["problem"], each["right"], each["right_later"]) for each in mine["exercises"]] == [
        ("7031 - 4598", False, True),
        ("61 - 28", True, False),
    ]
    theirs = states[str(scene.classmate.id)]
    assert (theirs["state"], theirs["finished_at"]) == ("to_do", None)
    assert [each["right"] for each in theirs["exercises"]] == [False, None]
    (bug,) = seen["bugs"]
    assert (bug["bug"], bug["students"]) == (SMALLER_FROM_LARGER, 1)
    assert bug["student_ids"] == [str(scene.classmate.id)]


def test_a_late_answer_is_marked_by_the_devices_time_and_never_refused(
    scene: Scene, exercises: list[str], owner: Any
) -> None:
    given = set_to(scene, exercises)
    hour, present = timedelta(hours=1), datetime.now(UTC)
    summary = f"/v1/families/children/{scene.student.id}/summary"
    assert scene.parent.api.get(summary).data["assignments"] == {"to_do": 1, "overdue": 0}
    owner.execute("UPDATE assignments SET created_at = %s, due_at = %s", (present - 3 * hour, present - hour))
    assert result(scene.teacher, given)["overdue"] == 2
    assert scene.parent.api.get(summary).data["assignments"] == {"to_do": 1, "overdue": 1}
    answer(scene.student, exercises[0], "2433", answered_at=(present - 2 * hour).isoformat())
    # a device that was offline, and answered before the assignment was set
    answer(scene.classmate, exercises[0], "2433", answered_at=(present - 4 * hour).isoformat())
    assert result(scene.classmate, given)["answered"] == 0
    answer(scene.student, exercises[1], "33")
    mine = progress(scene, given, scene.student)
    assert (mine["state"], [each["late"] for each in mine["exercises"]]) == ("finished", [False, True])
    assert scene.parent.api.get(summary).data["assignments"] == {"to_do": 0, "overdue": 0}
    assert progress(scene, given, scene.classmate)["state"] == "overdue"
    seen = result(scene.teacher, given)
    assert (seen["finished"], seen["late"], seen["overdue"]) == (1, 1, 1)
    later = (present + hour).isoformat()
    changed = scene.teacher.api.patch(f"/v1/assignments/{given['id']}", {"due_at": later})
    assert (changed.data["result"]["late"], changed.data["result"]["overdue"]) == (0, 0)


def test_what_is_closed_counts_no_more_answers(scene: Scene, exercises: list[str]) -> None:
    given = set_to(scene, exercises)
    path = f"/v1/assignments/{given['id']}"
    answer(scene.student, exercises[0], "2433")
    assert scene.teacher.api.patch(path, {"closed": True}).data["closed_at"]
    answer(scene.student, exercises[1], "33")
    assert (own(scene.student), own(scene.student, closed="true")) == ([], [given["id"]])
    assert progress(scene, given, scene.student)["state"] == "overdue"
    assert scene.teacher.api.patch(path, {"closed": False}).data["closed_at"] is None
    assert progress(scene, given, scene.student)["state"] == "finished"
    scene.teacher.api.patch(f"/v1/classrooms/{scene.classroom}", {"archived": True})
    assert own(scene.student) == []
    assert scene.teacher.api.get(path).data["closed_at"]
    body = {"classroom_id": scene.classroom, "title": "Borrowing", "exercise_ids": exercises}
    refused = scene.teacher.api.post("/v1/assignments", body)
    assert (refused.status, refused.json["error"]["details"]) == (409, {"reason": "archived"})


def test_who_joins_later_gets_what_is_open_and_who_leaves_has_it_no_more(
    scene: Scene, exercises: list[str], world: World
) -> None:
    over, for_all = (set_to(scene, exercises)["id"] for _ in range(2))
    for_one = set_to(scene, exercises, student_ids=[scene.student.id])["id"]
    scene.teacher.api.patch(f"/v1/assignments/{over}", {"closed": True})
    newcomer = world.person(scene.school, "student")
    path = f"/v1/classrooms/{scene.classroom}/members/{{}}"
    assert scene.admin.api.put(path.format(newcomer.id), {"role": "student"}).status == 200
    assert own(newcomer) == [for_all]
    assert own(newcomer, closed="true") == []
    assert own(scene.student) == own(scene.parent) == [for_all, for_one]
    assert own(scene.teacher) == [for_all, for_one]
    assert own(scene.teacher, student_id=newcomer.id) == [for_all]
    assert own(scene.other_teacher) == []
    assert scene.classmate.api.get(f"/v1/assignments/{for_one}").status == 404
    assert newcomer.api.get(f"/v1/assignments/{over}").status == 404
    assert result(scene.teacher, {"id": for_all})["students"] == 3
    assert result(scene.teacher, {"id": over})["students"] == 2
    scene.admin.api.delete(path.format(scene.student.id))
    assert own(scene.student) == []
    assert scene.student.api.get(f"/v1/assignments/{for_one}").status == 404
    assert result(scene.teacher, {"id": for_one})["students"] == 0
    assert result(scene.teacher, {"id": for_all})["students"] == 2


def test_exercises_are_chosen_for_all_or_for_each(scene: Scene, world: World, owner: Any) -> None:
    """By what each is able to do; who joins later gets what was chosen for the class."""
    skill = skill_id(scene.teacher, "subtraction")
    made = {}
    for number, difficulty in enumerate((-2.0, -1.5, -1.0, 1.0, 1.5, 2.0)):
        body = {"problem": f"9{number} - 4", "difficulty": difficulty, "discrimination": 2.0}
        made[scene.teacher.api.post("/v1/exercises", body).data["id"]] = difficulty
    for exercise in made:
        answer(scene.student, exercise, str(90 + list(made).index(exercise) - 4))
        answer(scene.classmate, exercise, "1")
    owner.execute("UPDATE attempts SET answered_at = answered_at - interval '20 days'")
    body = {"classroom_id": scene.classroom, "title": "For you", "skill_id": skill, "count": 3}
    chosen = {}
    for for_each in (False, True):
        reply = scene.teacher.api.post("/v1/assignments", {**body, "for_each": for_each})
        assert reply.status == 201, reply.text
        seen = scene.teacher.api.get(f"/v1/assignments/{reply.data['id']}/progress").data
        chosen[for_each] = {
            each["student_id"]: [made[cell["exercise_id"]] for cell in each["exercises"]]
            for each in seen["students"]
        }
    student, classmate = str(scene.student.id), str(scene.classmate.id)
    assert chosen[False][student] == chosen[False][classmate]
    assert min(chosen[True][student]) > 0 > max(chosen[True][classmate])
    newcomer = world.person(scene.school, "student")
    scene.admin.api.put(f"/v1/classrooms/{scene.classroom}/members/{newcomer.id}", {"role": "student"})
    seen = scene.teacher.api.get(f"/v1/assignments/{reply.data['id']}/students/{newcomer.id}").data
    assert [made[cell["exercise_id"]] for cell in seen["exercises"]] == chosen[False][student]


def test_exercises_that_are_missing_are_made(scene: Scene) -> None:
    body = {"title": "Zeros", "skill_id": skill_id(scene.teacher, "subtraction.zeros"), "count": 4}
    given = scene.teacher.api.post("/v1/assignments", {"classroom_id": scene.classroom, **body}).data
    asked = progress(scene, given, scene.student)["exercises"]
    assert len({each["problem"] for each in asked}) == 4
    listed = scene.teacher.api.get(f"/v1/exercises?skill_id={body['skill_id']}").data
    assert {each["exercise_id"] for each in asked} == {each["id"] for each in listed}


def test_an_exercise_that_is_archived_is_set_no_more_and_stays_where_it_was(
    scene: Scene, exercises: list[str]
) -> None:
    given = set_to(scene, exercises)
    scene.teacher.api.delete(f"/v1/exercises/{exercises[0]}")
    answer(scene.student, exercises[0], "2433")
    assert result(scene.student, given)["right"] == 1
    body = {"classroom_id": scene.classroom, "title": "Borrowing", "exercise_ids": exercises}
    refused = scene.teacher.api.post("/v1/assignments", body)
    assert refused.json["error"]["details"] == {"exercise_ids": [exercises[0]]}


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"due_at": "2020-01-01T00:00:00Z"}, 400),
        ({"skill_id": str(uuid4())}, 400),
        ({"for_each": True}, 400),
        ({"exercise_ids": []}, 400),
        ({"exercise_ids": [str(uuid4())]}, 404),
        ({"student_ids": [str(uuid4())]}, 404),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_makes_no_sense_is_refused(
    scene: Scene, exercises: list[str], fields: dict[str, Any], status: int
) -> None:
    body = {"classroom_id": scene.classroom, "title": "Borrowing", "exercise_ids": exercises, **fields}
    assert scene.teacher.api.post("/v1/assignments", body).status == status


def test_what_is_deleted_is_gone_and_the_answers_stay(scene: Scene, exercises: list[str]) -> None:
    given = set_to(scene, exercises)
    answer(scene.student, exercises[0], "2433")
    path = f"/v1/assignments/{given['id']}"
    assert scene.teacher.api.delete(path).status == 204
    assert scene.teacher.api.get(path).status == 404
    assert len(walk(scene.student, "/v1/attempts")) == 1


def test_the_statements_are_as_many_for_many_students_as_for_few(
    scene: Scene, exercises: list[str], world: World
) -> None:
    set_body = {"classroom_id": scene.classroom, "title": "Work"}
    named = {**set_body, "exercise_ids": exercises}
    chosen = {**set_body, "skill_id": skill_id(scene.teacher, "subtraction"), "count": 2, "for_each": True}
    path = f"/v1/assignments/{set_to(scene, exercises)['id']}"
    calls = {
        "named": lambda: scene.teacher.api.post("/v1/assignments", named),
        "chosen": lambda: scene.teacher.api.post("/v1/assignments", chosen),
        "one": lambda: scene.teacher.api.get(path),
        "progress": lambda: scene.teacher.api.get(f"{path}/progress"),
        "list": lambda: scene.teacher.api.get("/v1/assignments"),
        "own": lambda: scene.student.api.get("/v1/assignments"),
        "children": lambda: scene.parent.api.get("/v1/assignments"),
    }
    few = {name: round_trips(call) for name, call in calls.items()}
    for _ in range(6):
        person = world.person(scene.school, "student")
        where = f"/v1/classrooms/{scene.classroom}/members/{person.id}"
        scene.admin.api.put(where, {"role": "student"})
        answer(person, exercises[0], "3567")
    assert {name: round_trips(call) for name, call in calls.items()} == few
    assert few == {
        "named": 13, "chosen": 15, "one": 5, "progress": 8, "list": 5, "own": 5, "children": 6,
    }  # fmt: skip


def round_trips(call: Callable[[], Reply]) -> int:
    with counted() as use:
        reply = call()
    assert reply.status < 300, reply.text
    return use.round_trips
