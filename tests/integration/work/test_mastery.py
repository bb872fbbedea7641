"""What is read of mastery: a student's skills, a class's heat map, the bugs that a class shares."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.accounts.conftest import World
from tests.integration.work.conftest import Scene, submit

SMALLER_FROM_LARGER = "subtraction.smaller_from_larger"
# The last of these answers settles that the smaller digit is taken from the larger.
TELLING = (("542 - 389", "247"), ("73 - 28", "55"), ("621 - 254", "433"), ("503 - 278", "375"))


def test_a_student_starts_with_nothing_known(scene: Scene) -> None:
    assert scene.student.api.get(f"/v1/students/{scene.student.id}/mastery").data == {
        "student_id": str(scene.student.id), "skills": [],
    }  # fmt: skip


def test_each_skill_has_its_level(scene: Scene) -> None:
    for _ in range(3):
        submit(scene.student, "7 + 5", "12")
    submit(scene.student, "9 - 4", "6")
    for person in (scene.student, scene.parent, scene.teacher, scene.admin):
        skills = person.api.get(f"/v1/students/{scene.student.id}/mastery").data["skills"]
        assert [(each["slug"], each["level"], each["attempts"]) for each in skills] == [
            ("addition", "mastered", 3), ("subtraction", "at_risk", 1),
        ]  # fmt: skip


def test_the_heat_map_has_a_cell_for_each_student_and_skill(scene: Scene, world: World) -> None:
    absent = world.person(scene.school, "student", name="Zoe")
    path = f"/v1/classrooms/{scene.classroom}"
    scene.admin.api.put(f"{path}/members/{absent.id}", {"role": "student"})
    submit(scene.student, "9 - 4", "5")
    submit(scene.student, "7 + 5", "12")
    submit(scene.classmate, "9 - 4", "6")
    heat_map = scene.teacher.api.get(f"{path}/mastery").data
    assert heat_map["classroom_id"] == str(scene.classroom)
    assert [skill["slug"] for skill in heat_map["skills"]] == ["addition", "subtraction"]
    rows = {row["student_id"]: row["cells"] for row in heat_map["students"]}
    assert set(rows) == {str(each.id) for each in (scene.student, scene.classmate, absent)}
    assert rows[str(absent.id)] == [None, None]
    assert rows[str(scene.classmate.id)][0] is None
    right, wrong = rows[str(scene.student.id)][1], rows[str(scene.classmate.id)][1]
    assert (right["level"], right["attempts"]) == ("struggling", 1)
    assert (wrong["level"], wrong["attempts"]) == ("at_risk", 1)
    mean = heat_map["skills"][1]["mean"]
    assert mean == pytest.approx((0.692683 + 0.145763) / 2, abs=1e-6)


def test_an_empty_class_has_an_empty_heat_map(scene: Scene) -> None:
    empty = scene.admin.api.post("/v1/classrooms", {"name": "new"}).data["id"]
    heat_map = scene.admin.api.get(f"/v1/classrooms/{empty}/mastery").data
    assert (heat_map["skills"], heat_map["students"]) == ([], [])
    assert scene.admin.api.get(f"/v1/classrooms/{empty}/bugs").data["bugs"] == []


def test_the_heat_map_is_of_the_class_alone(scene: Scene, elsewhere: Scene, world: World) -> None:
    outside = world.person(scene.school, "student")
    submit(outside, "9 - 4", "5")
    submit(elsewhere.student, "9 - 4", "5")
    heat_map = scene.admin.api.get(f"/v1/classrooms/{scene.classroom}/mastery").data
    assert heat_map["skills"] == []
    assert len(heat_map["students"]) == 2


def test_the_bug_that_most_students_share_comes_first(scene: Scene, elsewhere: Scene) -> None:
    for person in (scene.student, scene.classmate, elsewhere.student):
        for problem, answer in TELLING:
            submit(person, problem, answer)
    for problem, answer in (("45 + 38", "713"), ("27 + 65", "812"), ("86 + 47", "1213")):
        submit(scene.student, problem, answer)  # writes each column's sum in full
    bugs = scene.teacher.api.get(f"/v1/classrooms/{scene.classroom}/bugs").data["bugs"]
    assert [bug["students"] for bug in bugs] == sorted((bug["students"] for bug in bugs), reverse=True)
    first = bugs[0]
    assert (first["bug"], first["students"]) == (SMALLER_FROM_LARGER, 2)
    assert set(first["student_ids"]) == {str(scene.student.id), str(scene.classmate.id)}
    assert first["name"]
    assert len(bugs) > 1
    assert bugs[1]["student_ids"] == [str(scene.student.id)]


def test_a_bug_counts_from_a_probability_of_four_fifths(scene: Scene) -> None:
    attempt = submit(scene.student, "503 - 278", "375").data
    assert attempt["diagnosis"]["candidates"][0]["probability"] < 0.8
    assert scene.teacher.api.get(f"/v1/classrooms/{scene.classroom}/bugs").data["bugs"] == []


def test_bugs_are_counted_over_the_days_asked_for(scene: Scene) -> None:
    for problem, answer in TELLING:
        when = (datetime.now(UTC) - timedelta(days=10)).isoformat()
        submit(scene.student, problem, answer, answered_at=when)
    path = f"/v1/classrooms/{scene.classroom}/bugs"
    assert [bug["bug"] for bug in scene.teacher.api.get(f"{path}?days=11").data["bugs"]] == [
        SMALLER_FROM_LARGER
    ]
    assert scene.teacher.api.get(f"{path}?days=9").data["bugs"] == []
    for query in ("days=0", "days=366", "days=many", "weeks=1"):
        assert scene.teacher.api.get(f"{path}?{query}").status == 400


def test_slips_are_no_bugs(scene: Scene) -> None:
    for answer in ("226", "224", "235"):
        submit(scene.student, "503 - 278", answer)
    bugs = scene.teacher.api.get(f"/v1/classrooms/{scene.classroom}/bugs").data["bugs"]
    assert not [bug for bug in bugs if bug["bug"].startswith("slip.")]
