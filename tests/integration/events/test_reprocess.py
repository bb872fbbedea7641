"""From transcripts to attempts: every readable line once, whatever comes again; the others are kept."""

from __future__ import annotations

import threading
from typing import Any
from uuid import UUID, uuid5

import pytest

from chalicelib import queues
from chalicelib.message import Message
from chalicelib.services import reprocess, transcripts
from chalicelib.services.transcripts import Line
from chalicelib.store.database import transaction
from chalicelib.store.ids import uuid7
from tests.integration.accounts.conftest import Person, World
from tests.integration.work.conftest import Scene, made, replayed, walk
from tests.support import batches
from tests.support.aws import LocalAws
from tests.support.client import ApiClient
from tests.support.photos import swept

WORK = [
    Line("503 - 278", "375", ("503 - 278 = 375",), 0.98),
    Line("61 - 28", "33"),
    Line("what is this?", "47"),
    Line("61 - 28", "???"),
    Line("82 - 37", "45", confidence=0.4),
]
KEPT = {2: "problem", 3: "answer"}


@pytest.fixture
def world(client: ApiClient) -> World:
    return World(client)


@pytest.fixture
def scene(world: World, aws: LocalAws) -> Scene:
    return made(world)


def recorded(world: World, scene: Scene, lines: list[Line], student: Person | None = None) -> UUID:
    with world.inside(scene.school):
        return transcripts.record(scene.school, (student or scene.student).id, "photo", lines)


def message_of(scene: Scene, transcript: UUID) -> Message:
    payload = {"transcript_id": str(transcript)}
    return Message(uuid7(), queues.REPROCESS.key, payload, scene.school, "request")


def deliver(*messages: Message) -> int:
    """Give the worker a batch; how many of it were handled well."""
    import app

    return batches.deliver(app.reprocess, queues.REPROCESS, *messages, seconds=30)


def stored(owner: Any, transcript: UUID) -> tuple[list[dict[str, Any]], bool]:
    owner.execute("SELECT lines, processed_at IS NOT NULL FROM transcripts WHERE id = %s", (str(transcript),))
    lines, is_processed = owner.fetchone()
    return lines, is_processed


def attempts(person: Person) -> list[dict[str, Any]]:
    return walk(person, "/v1/attempts")


def moves(owner: Any) -> int:
    owner.execute("SELECT count(*) FROM attempt_skills")
    return int(owner.fetchone()[0])


def test_lines_that_can_be_read_become_attempts_and_the_others_are_kept(
    world: World, scene: Scene, aws: LocalAws, owner: Any
) -> None:
    transcript = recorded(world, scene, WORK)
    swept()
    (waiting,) = aws.messages(queues.REPROCESS)
    assert waiting["payload"] == {"transcript_id": str(transcript)}
    assert deliver(message_of(scene, transcript)) == 1
    lines, is_processed = stored(owner, transcript)
    assert is_processed
    assert {number: line["reason"] for number, line in enumerate(lines) if line["status"] == "kept"} == KEPT
    assert [(line["problem"], line["answer"], line["confidence"]) for line in lines] == [
        (line.problem, line.answer, line.confidence) for line in WORK
    ]
    made_of = {line["attempt_id"]: number for number, line in enumerate(lines) if line["status"] == "attempt"}
    found = {attempt["id"]: attempt for attempt in attempts(scene.student)}
    assert found.keys() == made_of.keys()
    assert {made_of[id]: attempt["verdict"] for id, attempt in found.items()} == {
        0: "incorrect",
        1: "correct",
        4: "correct",
    }
    wrong = scene.student.api.get(f"/v1/attempts/{lines[0]['attempt_id']}").data
    assert wrong["steps"] == ["503 - 278 = 375"]
    assert wrong["client_id"] == str(uuid5(transcript, "0"))
    assert wrong["diagnosis"]["candidates"][0]["bug"] == "subtraction.smaller_from_larger"
    replayed(owner)


@pytest.mark.parametrize("is_one_message", [True, False], ids=["one message", "three messages"])
def test_three_times_at_once_is_once(is_one_message: bool, world: World, scene: Scene, owner: Any) -> None:
    """The same message, and also messages of their own for the same transcript."""
    transcript = recorded(world, scene, WORK)
    message = message_of(scene, transcript)
    start, done = threading.Barrier(3, timeout=20), []

    def deliver_one() -> None:
        start.wait()
        done.append(deliver(message if is_one_message else message_of(scene, transcript)))

    threads = [threading.Thread(target=deliver_one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [1, 1, 1]
    assert len(attempts(scene.student)) == 3
    assert moves(owner) == 3
    replayed(owner)


def test_while_the_student_practises_no_move_is_lost(world: World, scene: Scene, owner: Any) -> None:
    transcript = recorded(world, scene, [Line(f"{70 + n} - 28", str(42 + n)) for n in range(8)])
    practice = threading.Thread(
        target=lambda: [
            scene.student.api.post("/v1/attempts", {"problem": f"{90 + n} - 45", "answer": "1"})
            for n in range(8)
        ]
    )
    practice.start()
    assert deliver(message_of(scene, transcript)) == 1
    practice.join()
    assert len(attempts(scene.student)) == 16
    replayed(owner)


def test_a_batch_is_one_transaction_for_each_transcript(
    world: World, scene: Scene, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours in the middle of the second leaves nothing of it, and all of the others."""
    ids = [recorded(world, scene, [Line("61 - 28", "33"), Line("82 - 37", "45")]) for _ in range(3)]
    submit, fatal = reprocess.attempts.submit, str(uuid5(ids[1], "1"))

    def submit_or_fail(caller: Any, body: Any) -> Any:
        if str(body.client_id) == fatal:
            raise RuntimeError("a fault of ours")
        return submit(caller, body)

    batch = [message_of(scene, transcript) for transcript in ids]
    with monkeypatch.context() as patch:
        patch.setattr(reprocess.attempts, "submit", submit_or_fail)
        assert deliver(*batch) == 2
    assert [stored(owner, transcript)[1] for transcript in ids] == [True, False, True]
    assert (len(attempts(scene.student)), moves(owner)) == (4, 4)
    assert deliver(*batch) == 3
    assert (len(attempts(scene.student)), moves(owner)) == (6, 6)
    replayed(owner)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (Line("1" * 201, "1"), "bounds"),
        (Line("61 - 28", "3" * 501), "bounds"),
        (Line("61 - 28", "33", ("x",) * 51), "bounds"),
        (Line("", "33"), "bounds"),
        (Line("61 -", "33"), "problem"),
        (Line("61 - 28", ""), "answer"),
        (Line("61 - 28", "33", exercise_id=uuid7()), "exercise"),
    ],
)
def test_a_line_that_cannot_be_an_attempt_is_kept_with_its_reason(
    line: Line, reason: str, world: World, scene: Scene, owner: Any
) -> None:
    transcript = recorded(world, scene, [line, Line("61 - 28", "33")])
    assert deliver(message_of(scene, transcript)) == 1
    lines, _ = stored(owner, transcript)
    assert (lines[0]["status"], lines[0]["reason"], lines[0]["problem"]) == ("kept", reason, line.problem)
    assert lines[1]["status"] == "attempt"
    assert len(attempts(scene.student)) == 1
    owner.execute("SELECT count(*) FROM attempts")
    assert owner.fetchone() == (1,)


def test_what_a_reader_lets_through_and_no_database_holds_is_marked(
    world: World, scene: Scene, owner: Any
) -> None:
    transcript = recorded(world, scene, [Line("61 - 28", "3\x003"), Line("61\ud800 - 28", "33", ("\x07",))])
    assert deliver(message_of(scene, transcript)) == 1
    lines, _ = stored(owner, transcript)
    assert [(line["problem"], line["answer"], line["steps"], line["reason"]) for line in lines] == [
        ("61 - 28", "3\ufffd3", [], "answer"),
        ("61\ufffd - 28", "33", ["\ufffd"], "problem"),
    ]


def test_a_line_of_an_exercise_is_an_attempt_at_it(world: World, scene: Scene) -> None:
    exercise = scene.teacher.api.post("/v1/exercises", {"problem": "61 - 28"}).data["id"]
    transcript = recorded(world, scene, [Line("61 - 28", "33", exercise_id=UUID(exercise))])
    deliver(message_of(scene, transcript))
    (attempt,) = attempts(scene.student)
    assert (attempt["exercise_id"], attempt["verdict"]) == (exercise, "correct")


def test_work_is_read_in_the_students_language(world: World, scene: Scene) -> None:
    scene.student.api.patch("/v1/me", {"locale": "es"})
    deliver(message_of(scene, recorded(world, scene, [Line("1,5 + 1,5", "3")])))
    (attempt,) = attempts(scene.student)
    assert attempt["verdict"] == "correct"


def test_work_counts_from_when_it_was_handed_in(world: World, scene: Scene, owner: Any) -> None:
    transcripts_of = [recorded(world, scene, [Line("61 - 28", "33")]) for _ in range(2)]
    for transcript, days in zip(transcripts_of, (2, 40), strict=True):
        owner.execute(
            "UPDATE transcripts SET created_at = now() - %s * interval '1 day' WHERE id = %s",
            (days, str(transcript)),
        )
        assert deliver(message_of(scene, transcript)) == 1
    owner.execute("SELECT extract(day FROM now() - answered_at)::int FROM attempts ORDER BY 1")
    assert owner.fetchall() == [(0,), (2,)], "what is too old for an attempt counts from now"


def test_a_transcript_that_is_gone_or_of_another_school_makes_nothing(
    world: World, scene: Scene, owner: Any
) -> None:
    elsewhere = made(world)
    transcript = recorded(world, scene, WORK)
    foreign = message_of(elsewhere, transcript)
    nowhere = message_of(scene, uuid7())
    assert deliver(foreign, nowhere, foreign._replace(id=uuid7(), school_id=None)) == 3
    assert stored(owner, transcript) == ([transcripts.stored(line) for line in WORK], False)
    assert moves(owner) == 0


def test_a_transcript_outlives_its_photo(world: World, scene: Scene, owner: Any) -> None:
    from chalicelib.store.models.photos import Photo

    with world.inside(scene.school):
        photo = Photo.create(
            school=scene.school, student_id=scene.student.id, content_type="image/png", size=1, file_key="k"
        )
        transcript = transcripts.record(scene.school, scene.student.id, "photo", WORK, photo_id=photo.id)
        Photo.delete().where(Photo.id == photo.id).execute()
    assert len(stored(owner, transcript)[0]) == len(WORK)
    owner.execute("SELECT photo_id, school_id IS NOT NULL FROM transcripts")
    assert owner.fetchone() == (None, True)


def test_nobody_reads_the_photos_and_transcripts_of_another_school(world: World, scene: Scene) -> None:
    from chalicelib.store.models.photos import Photo, Transcript

    recorded(world, scene, WORK)
    with world.inside(made(world).school):
        assert (Photo.select().count(), Transcript.select().count()) == (0, 0)
    with transaction():
        assert Transcript.select().count() == 0
