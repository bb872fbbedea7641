"""The teacher's override and the student's report: who wins, what stays on record, what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest

from chalicelib.caller import STUDENT, TEACHER
from chalicelib.schemas.reviews import ReviewQuery
from chalicelib.services import alert_rules, attempts, corrections, reviews
from chalicelib.services.corrections import Finding
from chalicelib.store import entering
from tests.integration.accounts.conftest import Person, World, at_once
from tests.integration.work.conftest import Scene, replayed, submit, walk
from tests.integration.work.test_statements import counted
from tests.support.client import Reply

SMALLER_FROM_LARGER = "subtraction.smaller_from_larger"
NO_DECREMENT = "subtraction.borrow_no_decrement"
# The last of these answers settles that the smaller digit is taken from the larger.
TELLING = (("542 - 389", "247"), ("73 - 28", "55"), ("621 - 254", "433"), ("503 - 278", "375"))


def override(person: Person, attempt: str, verdict: str, **fields: Any) -> Reply:
    return person.api.post(f"/v1/attempts/{attempt}/override", {"verdict": verdict, **fields})


def report(person: Person, attempt: str, **fields: Any) -> Reply:
    return person.api.post(f"/v1/attempts/{attempt}/report", fields)


def resolve(person: Person, review: str, **fields: Any) -> Reply:
    return person.api.post(f"/v1/reviews/{review}/resolution", fields)


def known(person: Person) -> dict[str, tuple[float, int]]:
    """What is believed of `person`, and from how many answers, by skill."""
    skills = person.api.get(f"/v1/students/{person.id}/mastery").data["skills"]
    return {skill["slug"]: (round(skill["p_known"], 6), skill["attempts"]) for skill in skills}


# --- the override ---


def test_a_teachers_word_replaces_the_diagnosis_and_both_stay_on_record(scene: Scene, owner: Any) -> None:
    attempt = submit(scene.student, "503 - 278", "375").data
    corrected = override(scene.teacher, attempt["id"], "incorrect", bug=NO_DECREMENT, comment="Look again.")
    assert corrected.status == 201
    diagnosis = corrected.data["diagnosis"]
    assert (diagnosis["source"], diagnosis["comment"], diagnosis["unexplained"]) == (
        "human",
        "Look again.",
        0,
    )
    [bug] = diagnosis["candidates"]
    assert (bug["bug"], bug["probability"], bug["trace"]) == (NO_DECREMENT, 1, [])  # it leads elsewhere
    for person in (scene.student, scene.parent):
        assert person.api.get(f"/v1/attempts/{attempt['id']}").data == corrected.data
    path = f"/v1/attempts/{attempt['id']}/diagnoses"
    new, old = scene.teacher.api.get(path).data
    assert (new["diagnosis"], new["is_current"], new["made_by"]) == (diagnosis, True, str(scene.teacher.id))
    assert (old["diagnosis"], old["is_current"], old["made_by"]) == (attempt["diagnosis"], False, None)
    assert [each["id"] for each in walk(scene.teacher, path, 1)] == [new["id"], old["id"]]
    assert [each["made_by"] for each in scene.student.api.get(path).data] == [None, None]
    owner.execute("SELECT actor_id::text, details FROM audit_entries WHERE action = 'attempt.overridden'")
    assert owner.fetchall() == [(str(scene.teacher.id), {"verdict": "incorrect", "bug": NO_DECREMENT})]


def test_a_bug_that_leads_to_the_answer_is_shown_at_work_in_each_language(scene: Scene, world: World) -> None:
    spanish = world.person(scene.school, "admin", locale="es")
    attempt = submit(scene.student, "503 - 278", "375").data["id"]
    [english] = override(scene.teacher, attempt, "incorrect", bug=SMALLER_FROM_LARGER).data["diagnosis"][
        "candidates"
    ]
    [other] = spanish.api.get(f"/v1/attempts/{attempt}").data["diagnosis"]["candidates"]
    assert (
        [line["wrote"] for line in english["trace"]] == [line["wrote"] for line in other["trace"]] == [*"573"]
    )
    assert english["trace"][0]["place"] != other["trace"][0]["place"]
    [listed] = scene.teacher.api.get("/v1/attempts").data
    assert (listed["bug"], listed["probability"]) == (SMALLER_FROM_LARGER, 1)
    elsewhere = override(scene.teacher, attempt, "incorrect", bug=NO_DECREMENT).data["diagnosis"][
        "candidates"
    ][0]
    [translated] = spanish.api.get(f"/v1/attempts/{attempt}").data["diagnosis"]["candidates"]
    assert translated["name"] != elsewhere["name"]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"verdict": "incorrect", "bug": "subtraction.no_such_bug"}, "$.bug"),
        ({"verdict": "incorrect", "bug": "fractions.add_tops_and_bottoms"}, "$.bug"),
        ({"verdict": "correct", "bug": SMALLER_FROM_LARGER}, "$"),
        ({"verdict": "good"}, "$.verdict"),
        ({"bug": SMALLER_FROM_LARGER}, "$"),
        ({"verdict": "correct", "comment": ""}, "$.comment"),
        ({"verdict": "correct", "source": "rule"}, "$"),
    ],
)
def test_what_cannot_be_is_refused(scene: Scene, body: dict[str, str], path: str) -> None:
    attempt = submit(scene.student, "503 - 278", "375").data
    reply = scene.teacher.api.post(f"/v1/attempts/{attempt['id']}/override", body)
    assert (reply.status, reply.code) == (400, "VALIDATION_ERROR")
    assert reply.json["error"]["details"]["path"] == path
    assert scene.student.api.get(f"/v1/attempts/{attempt['id']}").data == attempt


def test_mastery_is_as_if_it_had_been_so_from_the_start(scene: Scene, owner: Any) -> None:
    for person, first in ((scene.student, "6"), (scene.classmate, "5")):
        for answer in (first, "5", "6"):
            submit(person, "9 - 4", answer)
    expected, before = known(scene.classmate), scene.student.api.get("/v1/attempts").data
    path = f"/v1/students/{scene.student.id}/mastery"
    tag = scene.student.api.get(path).headers["ETag"]
    assert known(scene.student) != expected
    moved = override(scene.teacher, before[-1]["id"], "correct").data
    assert known(scene.student) == expected
    assert (moved["verdict"], round(moved["mastery"][0]["p_known"], 6)) == ("correct", 0.692683)
    assert scene.student.api.get(path, headers={"If-None-Match": tag}).status == 200
    assert moved["updated_at"] > before[0]["updated_at"]
    since = moved["updated_at"].replace("+", "%2B")
    listed = scene.student.api.get(f"/v1/attempts?updated_since={since}").data
    assert [each["id"] for each in listed] == [moved["id"]]
    replayed(owner)


def test_an_answer_may_cease_to_count_and_count_again_in_its_place(scene: Scene, owner: Any) -> None:
    attempts = [submit(scene.student, "9 - 4", answer).data["id"] for answer in ("6", "5", "6")]
    before = known(scene.student)
    without = override(scene.teacher, attempts[1], "unreadable").data
    assert (without["mastery"], without["expected"]) == ([], None)
    assert known(scene.student)["subtraction"] == (known_after(scene.classmate, ["6", "6"])[0], 2)
    replayed(owner)
    override(scene.teacher, attempts[1], "not_simplified")
    assert known(scene.student) == before
    replayed(owner)


def test_where_no_answer_counts_any_more_nothing_is_known(scene: Scene, owner: Any) -> None:
    wrong = [submit(scene.student, problem, "1").data["id"] for problem in ("9 - 4", "7 + 5")]
    submit(scene.classmate, "9 - 4", "5")
    for attempt in wrong:
        override(scene.teacher, attempt, "unreadable")
    assert known(scene.student) == {}
    heat_map = scene.teacher.api.get(f"/v1/classrooms/{scene.classroom}/mastery").data
    assert {row["student_id"]: row["cells"] for row in heat_map["students"]}[str(scene.student.id)] == [None]
    alert_rules.run()
    owner.execute("SELECT type FROM alerts")
    assert owner.fetchall() == []  # 0.3, which is believed before the first answer, puts nobody at risk
    submit(scene.student, "9 - 4", "5")
    assert known(scene.student)["subtraction"] == (0.692683, 1)
    replayed(owner)


def test_what_could_not_be_read_counts_from_the_teachers_word_on(scene: Scene, owner: Any) -> None:
    unread = submit(scene.student, "9 - 4", "five").data["id"]
    submit(scene.student, "9 - 4", "6")
    read = override(scene.teacher, unread, "correct").data
    assert (read["verdict"], read["expected"]) == ("correct", "5")
    assert known(scene.student)["subtraction"] == (0.490909, 2)  # wrong, then right
    replayed(owner)


def test_two_teachers_at_once_come_one_after_the_other(scene: Scene, owner: Any) -> None:
    attempt = submit(scene.student, "9 - 4", "6").data["id"]
    people, verdicts = (scene.teacher, scene.admin), ("correct", "unreadable")
    replies = at_once(8, lambda number: override(people[number % 2], attempt, verdicts[number % 2]))
    assert {reply.status for reply in replies} == {201}
    said = scene.admin.api.get(f"/v1/attempts/{attempt}/diagnoses").data
    assert [each["diagnosis"]["source"] for each in said] == ["human"] * 8 + ["rule"]
    assert [each["is_current"] for each in said] == [True] + [False] * 8
    assert scene.student.api.get(f"/v1/attempts/{attempt}").data["verdict"] == said[0]["verdict"]
    replayed(owner)


def test_no_machine_replaces_a_teachers_word(scene: Scene, owner: Any) -> None:
    first, second, third = (
        submit(scene.student, "503 - 278", answer).data["id"] for answer in ("375", "9", "8")
    )
    owner.execute("UPDATE attempts SET status = 'pending' WHERE id <> %s", (first,))
    override(scene.teacher, second, "correct")
    found = Finding("incorrect", [(NO_DECREMENT, 0.7), (SMALLER_FROM_LARGER, 0.2)])
    caller = scene.caller(scene.student, STUDENT)

    def second_opinion(attempt: str) -> bool:
        with entering.working_for(caller):
            return corrections.correct(UUID(attempt), found, source="llm", locale="en")

    assert [second_opinion(each) for each in (first, second, third, third)] == [False, False, True, False]
    shown = scene.student.api.get(f"/v1/attempts/{third}").data
    assert (shown["status"], shown["diagnosis"]["source"]) == ("final", "llm")
    assert [each["probability"] for each in shown["diagnosis"]["candidates"]] == [0.7, 0.2]
    assert shown["diagnosis"]["unexplained"] == pytest.approx(0.1)
    assert override(scene.teacher, third, "correct").data["diagnosis"]["source"] == "human"


def test_an_override_that_is_sent_twice_is_made_once(scene: Scene) -> None:
    attempt = submit(scene.student, "9 - 4", "6").data["id"]
    path, headers = f"/v1/attempts/{attempt}/override", {"Idempotency-Key": str(uuid4())}
    first, again = (scene.teacher.api.post(path, {"verdict": "correct"}, headers=headers) for _ in range(2))
    assert first.text == again.text
    assert len(scene.teacher.api.get(f"/v1/attempts/{attempt}/diagnoses").data) == 2


def test_what_follows_from_a_bug_goes_with_it(scene: Scene, owner: Any) -> None:
    for person in (scene.student, scene.classmate):
        for problem, answer in TELLING:
            submit(person, problem, answer)

    def shared() -> tuple[Sequence[str], Sequence[str], list[str]]:
        alert_rules.run()
        owner.execute("SELECT bug FROM alerts WHERE type = 'shared_bug' AND status = 'open'")
        bugs = scene.teacher.api.get(f"/v1/classrooms/{scene.classroom}/bugs").data["bugs"]
        child = scene.parent.api.get(f"/v1/families/children/{scene.student.id}/summary").data
        return (
            [bug for (bug,) in owner.fetchall()],
            [bug["bug"] for bug in bugs if bug["students"] == 2],
            [bug["bug"] for bug in child["bugs"]],
        )

    assert shared() == ([SMALLER_FROM_LARGER], [SMALLER_FROM_LARGER], [SMALLER_FROM_LARGER])
    for attempt in scene.student.api.get("/v1/attempts").data:
        override(scene.teacher, attempt["id"], "correct")
    assert shared() == ([], [], [])
    child = scene.parent.api.get(f"/v1/families/children/{scene.student.id}/summary").data
    assert (child["answers"], child["right"]) == (4, 4)


# --- the report ---


def test_a_student_reports_and_the_teacher_upholds(scene: Scene, owner: Any) -> None:
    attempt = submit(scene.student, "503 - 278", "375").data
    made = report(scene.student, attempt["id"], comment="I did borrow.")
    assert (made.status, made.data["status"], made.data["comment"]) == (201, "open", "I did borrow.")
    assert report(scene.student, attempt["id"], comment="Really!").data == made.data
    [review] = scene.teacher.api.get("/v1/reviews?status=open").data
    assert (review["id"], review["attempt"]["bug"]) == (made.data["id"], SMALLER_FROM_LARGER)
    upheld = resolve(scene.teacher, review["id"], comment="You did not.").data
    assert (upheld["status"], upheld["response"], upheld["resolved_by"]) == (
        "upheld", "You did not.", str(scene.teacher.id),
    )  # fmt: skip
    assert resolve(scene.admin, review["id"], comment="Later.").data == upheld
    assert report(scene.student, attempt["id"]).data == {**upheld, "resolved_by": None}  # asked and answered
    assert scene.student.api.get(f"/v1/attempts/{attempt['id']}").data == attempt
    owner.execute("SELECT count(*) FROM audit_entries WHERE action = 'review.upheld'")
    assert owner.fetchone() == (1,)


def test_an_override_resolves_the_report_and_may_be_reported_itself(scene: Scene) -> None:
    attempt = submit(scene.student, "503 - 278", "375").data["id"]
    first = report(scene.student, attempt).data
    override(scene.teacher, attempt, "incorrect", bug=NO_DECREMENT, comment="It is this one.")
    second = report(scene.student, attempt).data
    assert second["id"] != first["id"]
    listed = scene.student.api.get("/v1/reviews").data
    assert [(each["id"], each["status"], each["response"]) for each in listed] == [
        (second["id"], "open", None), (first["id"], "corrected", "It is this one."),
    ]  # fmt: skip
    assert resolve(scene.teacher, first["id"]).data["status"] == "corrected"


def test_reports_at_the_same_moment_are_one(scene: Scene, owner: Any) -> None:
    attempt = submit(scene.student, "503 - 278", "375").data["id"]
    replies = at_once(6, lambda _: report(scene.student, attempt))
    assert {reply.status for reply in replies} == {201}
    assert len({reply.data["id"] for reply in replies}) == 1


def test_reviews_are_filtered_and_come_in_pages(scene: Scene, world: World) -> None:
    other = world.person(scene.school, STUDENT)
    room = world.classroom(scene.school, (scene.teacher, TEACHER), (other, STUDENT))
    people = (scene.student, scene.classmate, other)
    made = [report(each, submit(each, "9 - 4", "6").data["id"]).data["id"] for each in people]
    resolve(scene.teacher, made[0])

    def found(query: str) -> list[str]:
        return [each["id"] for each in scene.teacher.api.get(f"/v1/reviews?{query}").data]

    assert [each["id"] for each in walk(scene.teacher, "/v1/reviews", 1)] == made[::-1]
    assert found("status=open") == made[:0:-1]
    assert found(f"student_id={scene.student.id}") == made[:1]
    assert found(f"classroom_id={room.id}") == made[2:]
    assert found("reason=unsure") == []
    assert round_trips(scene, 1) == round_trips(scene, 3) == 5  # BEGIN and COMMIT, who calls, list, who read


def test_what_is_doubted_by_the_machine_is_for_staff_alone(scene: Scene) -> None:
    attempt = submit(scene.student, "9 - 4", "6").data["id"]
    with entering.working_for(scene.caller(scene.student, STUDENT)):
        reviews.doubt(attempts.locked(UUID(attempt)), "unsure")
    report(scene.student, attempt)
    assert [each["reason"] for each in scene.teacher.api.get("/v1/reviews").data] == ["reported", "unsure"]
    assert [each["reason"] for each in scene.student.api.get("/v1/reviews").data] == ["reported"]


def known_after(person: Person, answers: Sequence[str]) -> tuple[float, int]:
    """What is believed of subtraction after these answers of somebody new to it."""
    for answer in answers:
        submit(person, "9 - 4", answer)
    return known(person)["subtraction"]


def round_trips(scene: Scene, limit: int) -> int:
    """How often the list of reviews goes to the database, for that many of them."""
    caller = scene.caller(scene.teacher, TEACHER)
    with counted() as use, entering.working_for(caller):
        listed, _ = reviews.list_visible(caller, ReviewQuery(limit=limit))
    assert len(listed) == limit
    return use.round_trips
