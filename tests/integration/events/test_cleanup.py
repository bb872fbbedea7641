"""The nightly cleanup: what is past its time goes, nothing else does, and nobody finds who was purged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import peewee
import pytest

import app
from chalicelib import deadline
from chalicelib.services import cleanup, me, photo_files, photos, purge, retention
from chalicelib.services.rounds import UnfinishedError
from chalicelib.store import database as store
from chalicelib.store import entering
from chalicelib.store.models.base import now
from chalicelib.store.models.photos import Photo
from dev import lambdas, schema_check
from tests.integration.accounts.conftest import World
from tests.integration.work.conftest import Scene, made, replayed, submit
from tests.support.aws import LocalAws
from tests.support.classes import Class
from tests.support.client import ApiClient

HOUR = timedelta(hours=1)
Row = dict[str, Any]


@pytest.fixture
def world(client: ApiClient) -> World:
    return World(client)


@pytest.fixture
def scene(world: World) -> Scene:
    return made(world)


def insert(owner: Any, table: str, **row: Any) -> None:
    columns, marks = ", ".join(row), ", ".join(f"%({name})s" for name in row)
    owner.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row)  # noqa: S608 (of this file)


def count(owner: Any, table: str) -> int:
    owner.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 (of this file)
    return int(owner.fetchone()[0])


# --- by age ---

# A row of each table whose end is `end`; `s` is a scene's ids as text.
ROWS: dict[str, Callable[[Any, datetime], Row]] = {
    "refresh_tokens": lambda s, end: {**s.token(), "expires_at": end, "family_id": s.family},
    "token_families": lambda s, end: {"id": s.new(), "user_id": s.user, "created_at": end},
    "one_time_tokens": lambda s, end: {**s.token(), "expires_at": end, "purpose": "reset_password"},
    "sign_in_failures": lambda s, end: {"pair_hash": s.new(), "failures": 1, "last_at": end},
    "rate_counters": lambda s, end: {"key": s.new(), "window_start": end, "calls": 1},
    "idempotency_records": lambda s, end: {
        "user_id": s.user, "key": s.new(), "request_hash": "", "status": 201, "body": "", "created_at": end,
    },
    "handled_messages": lambda s, end: {"worker": "mail", "message_id": s.new(), "handled_at": end},
    "telemetry_events": lambda s, end: {
        "student_id": s.student, "client_id": s.new(), "school_id": s.school, "kind": "opened", "data": "{}",
        "occurred_at": end, "received_at": end,
    },
    "invites": lambda s, end: {
        "id": s.new(), "school_id": s.school, "kind": "staff", "code": s.new(), "max_uses": 1, "uses": 0,
        "expires_at": end, "created_by": s.user, "created_at": end,
    },
    "practice_given": lambda s, end: {
        "id": s.new(), "school_id": s.school, "student_id": s.student, "exercise_id": s.exercise,
        "skill_id": s.skill, "source": "next", "reason": "learning", "given_at": end,
    },
    "alerts": lambda s, end: {
        "id": s.new(), "school_id": s.school, "classroom_id": s.classroom, "type": "unit_off_track",
        "severity": "high", "status": "closed", "details": "{}", "created_at": end, "updated_at": end,
        "ended_at": end,
    },
    "transcripts": lambda s, end: {
        "id": s.new(), "school_id": s.school, "student_id": s.student, "source": "photo", "lines": "[]",
        "created_at": end, "processed_at": end,
    },
    "mail_deliveries": lambda s, end: {
        "message_id": s.new(), "template": "x", "user_id": s.user, "status": "sent", "attempts": 1,
        "created_at": end, "updated_at": end,
    },
    "digest_runs": lambda s, end: {
        "school_id": s.school, "day": end.date(), "mails": 0, "created_at": end,
    },
    "service_keys": lambda s, end: {
        "id": s.new(), "school_id": s.school, "name": "x", "secret_hash": s.new(), "scopes": "[]",
        "locale": "en", "expires_at": end, "created_by": s.user, "created_at": end,
    },
    "model_budgets": lambda s, end: {
        "school_id": s.school, "day": end.date(), "reserved_micro_usd": 0, "spent_micro_usd": 1,
    },
    "model_answers": lambda s, end: {
        "school_id": s.school, "request_hash": s.new(), "answer": "x", "model": "y", "created_at": end,
    },
    "costs": lambda s, end: {"id": s.new(), "day": end.date(), "item": "mail", "calls": 1, "micro_usd": 1},
    "guides": lambda s, end: {**s.guide(), "created_at": end},
    "guide_submissions": lambda s, end: {
        "id": s.new(), "school_id": s.school, "guide_id": s.worksheet, "student_id": s.student,
        "number": s.next(), "kind": "typed", "state": "grading", "answers": "[]", "is_late": False,
        "to_review": 0, "submitted_at": end, "updated_at": end,
    },
    "guide_steps": lambda s, end: {
        "guide_id": s.worksheet, "step": "read", "input_hash": s.new(), "school_id": s.school,
        "claimed_until": end, "created_at": end,
    },
    "tutor_sessions": lambda s, end: {
        "id": s.new(), "school_id": s.school, "student_id": s.student, "topic": "subtraction",
        "problem": "503 - 278", "created_at": end, "updated_at": end,
    },
    "tutor_days": lambda s, end: {
        "student_id": s.student, "day": end.date(), "school_id": s.school, "answered": 1, "reserved": "{}",
    },
    "text_vectors": lambda s, end: {
        "id": s.new(), "model": "m", "text_hash": s.new(), "vector": [1.0, 0.5], "created_at": end,
    },
    "audit_entries": lambda s, end: {
        "id": s.new(), "school_id": s.school, "actor_id": s.user, "action": "x", "subject_type": "y",
        "details": "{}", "created_at": end,
    },
}  # fmt: skip
# The same row, open in its end, or ended by the other of two ways.
LASTS = {
    "guides": {"state": "review"},
    "alerts": {"status": "open", "ended_at": None},
    "transcripts": {"processed_at": None},
    "mail_deliveries": {"status": "sending", "leased_until": datetime.now(UTC)},
}
KNOW_DAYS = ("costs", "digest_runs", "model_budgets", "tutor_days")
ENDED_OTHERWISE = {
    "invites": "revoked_at",
    "service_keys": "revoked_at",
    "sign_in_failures": "locked_until",
}


class Ids:
    """The ids that the rows need."""

    def __init__(self, scene: Scene, owner: Any) -> None:
        self.school, self.classroom = str(scene.school), str(scene.classroom)
        self.user, self.student = str(scene.teacher.id), str(scene.student.id)
        self.family = self.new()
        present = datetime.now(UTC)
        insert(owner, "token_families", id=self.family, user_id=self.user, created_at=present)
        insert(owner, "refresh_tokens", **self.token(), family_id=self.family, expires_at=present + HOUR)
        self._owner, self._count, self._worksheet = owner, 0, ""
        exercise = scene.teacher.api.post("/v1/exercises", {"problem": "503 - 278"}).data
        self.exercise, self.skill = exercise["id"], exercise["skill_ids"][0]

    def new(self) -> str:
        return str(uuid4())

    def next(self) -> int:
        self._count += 1
        return self._count

    @property
    def worksheet(self) -> str:
        """One that stays; it is made when it is first asked for."""
        if not self._worksheet:
            row = {**self.guide(), "state": "review"}
            insert(self._owner, "guides", **row)
            self._worksheet = row["id"]
        return self._worksheet

    def guide(self) -> Row:
        present = datetime.now(UTC)
        return {
            "id": self.new(), "school_id": self.school, "title": "x", "locale": "en", "size": 1,
            "file_key": "k", "state": "waiting", "is_without_model": False, "version": 0, "unread": "[]",
            "correlation_id": "", "created_at": present, "updated_at": present,
        }  # fmt: skip

    def token(self) -> Row:
        return {"token_hash": self.new(), "user_id": self.user, "created_at": datetime.now(UTC)}


def after(table: str) -> timedelta:
    return next(kind.after for kind in retention.KINDS if kind.table == table and kind.after is not None)


def margin(table: str) -> timedelta:
    """How far from its time a row is to be on the safe side of it; some tables know days only."""
    return timedelta(days=2) if table in KNOW_DAYS else HOUR


def test_every_table_has_its_place_in_the_retention(database: str) -> None:
    tables = [kind.table for kind in retention.KINDS]
    assert len(tables) == len(set(tables))
    assert set(tables) == {model._meta.table_name for model in schema_check.all_models()}
    assert set(ROWS) == set(retention.BY_AGE)


def test_what_others_say_about_times_is_the_same() -> None:
    kinds = {kind.table: kind.rule for kind in retention.KINDS}
    assert str(me.GRACE.days) in kinds["users"]
    assert str(me.GRACE.days) in kinds["schools"]
    assert f"{photos.KEPT.days} days" in kinds["photos"]
    assert (photos.AWAITED.days, "after a day") == (1, kinds["photos"][-11:])


@pytest.mark.parametrize("table", retention.BY_AGE)
def test_a_row_goes_when_its_time_is_over_and_not_before(table: str, scene: Scene, owner: Any) -> None:
    ids = Ids(scene, owner)
    before = count(owner, table)
    limit = datetime.now(UTC) - after(table)
    insert(owner, table, **ROWS[table](ids, limit - margin(table)))
    insert(owner, table, **ROWS[table](ids, limit + margin(table)))
    if table in LASTS:
        insert(owner, table, **{**ROWS[table](ids, limit - margin(table)), **LASTS[table]})
    assert cleanup.run() == {table: 1}
    assert count(owner, table) == before + 1 + (table in LASTS)
    assert cleanup.run() == {}


@pytest.mark.parametrize("table", ENDED_OTHERWISE)
def test_what_ends_in_one_of_two_ways_is_counted_from_the_right_one(
    table: str, scene: Scene, owner: Any
) -> None:
    """A code counts from the earlier, expiry or revocation; a failed sign-in from the later, try or lock."""
    ids = Ids(scene, owner)
    other = ENDED_OTHERWISE[table]
    limit, present = datetime.now(UTC) - after(table), datetime.now(UTC)
    is_gone = table != "sign_in_failures"
    insert(owner, table, **{**ROWS[table](ids, present), other: limit - HOUR})
    insert(owner, table, **{**ROWS[table](ids, limit - HOUR), other: present})
    assert cleanup.run() == ({table: 2} if is_gone else {})


def test_a_session_with_a_token_that_is_good_stays(scene: Scene, owner: Any) -> None:
    Ids(scene, owner)
    owner.execute("UPDATE token_families SET created_at = now() - interval '1 year'")
    assert cleanup.run() == {}
    owner.execute("UPDATE refresh_tokens SET expires_at = now()")
    assert cleanup.run() == {"refresh_tokens": 1, "token_families": 1}


def test_it_goes_on_in_batches_until_nothing_is_left(
    scene: Scene, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleanup, "BATCH", 3)
    ids = Ids(scene, owner)
    old = datetime.now(UTC) - timedelta(days=100)
    for _ in range(10):
        insert(owner, "telemetry_events", **ROWS["telemetry_events"](ids, old))
    assert cleanup.run() == {"telemetry_events": 10}


def test_two_at_once_do_the_work_once(scene: Scene, owner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleanup, "BATCH", 10)
    ids = Ids(scene, owner)
    old = datetime.now(UTC) - timedelta(days=100)
    for _ in range(60):
        insert(owner, "telemetry_events", **ROWS["telemetry_events"](ids, old))
    with ThreadPoolExecutor(3) as pool:
        counts = list(pool.map(lambda _: cleanup.run().get("telemetry_events", 0), range(3)))
    assert sum(counts) == 60
    assert count(owner, "telemetry_events") == 0


@pytest.fixture
def no_time() -> Iterator[None]:
    token = deadline.enter(SimpleNamespace(get_remaining_time_in_millis=lambda: 10_000))
    yield
    deadline.leave(token)


def test_without_time_it_leaves_the_rest_for_the_next_night(scene: Scene, owner: Any, no_time: None) -> None:
    insert(owner, "rate_counters", **ROWS["rate_counters"](Ids(scene, owner), LONG_AGO))
    with pytest.raises(UnfinishedError, match="rate_counters"):
        cleanup.run()
    assert count(owner, "rate_counters") >= 1


def test_a_part_that_fails_does_not_stop_the_others(
    scene: Scene, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert(owner, "rate_counters", **ROWS["rate_counters"](Ids(scene, owner), LONG_AGO))
    owner.execute("SELECT count(*) FROM rate_counters WHERE window_start < now() - interval '1 day'")
    assert owner.fetchone() == (1,)

    def fails(most: int) -> int:
        raise RuntimeError

    monkeypatch.setattr(photos, "expire", fails)
    with pytest.raises(UnfinishedError, match="photos"):
        cleanup.run()
    owner.execute("SELECT count(*) FROM rate_counters WHERE window_start < now() - interval '1 day'")
    assert owner.fetchone() == (0,)


def test_the_schedule_notes_what_was_deleted(scene: Scene, owner: Any) -> None:
    insert(owner, "rate_counters", **ROWS["rate_counters"](Ids(scene, owner), LONG_AGO))
    assert lambdas.call_schedule(app.cleanup, "tiza-dev-cleanup", "eu-west-1") == {"rate_counters": 1}
    owner.execute("SELECT result FROM leases WHERE name = 'cleanup' AND succeeded_at IS NOT NULL")
    assert owner.fetchone() == ({"rate_counters": 1},)


def test_the_application_cannot_delete_what_is_not_past_its_time(scene: Scene, owner: Any) -> None:
    insert(owner, "audit_entries", **ROWS["audit_entries"](Ids(scene, owner), datetime.now(UTC)))
    for statement in (
        "DELETE FROM audit_entries",
        "UPDATE audit_entries SET created_at = now() - '9 y'::interval",
    ):
        with store.transaction() as db:
            entering.by_user(scene.admin.id)
            with pytest.raises(peewee.ProgrammingError, match="permission denied"):
                db.execute_sql(statement)
            db.rollback()
    for table in ("users", "attempts", "consents", "schools; DROP TABLE users"):
        with store.transaction() as db:
            with pytest.raises(peewee.DatabaseError, match="nothing of"):
                db.execute_sql("SELECT expire(%s, 10)", (table,))
            db.rollback()
    assert cleanup.expire("audit_entries", 10) == 0


# --- the end of an account ---

LONG_AGO = datetime.now(UTC) - timedelta(days=60)


def ask_for_the_end(owner: Any, user_id: UUID, ago: timedelta = me.GRACE + HOUR) -> None:
    owner.execute(
        "UPDATE users SET status = 'deleted', deletion_requested_at = %s, deletion_confirmed_at = %s"
        " WHERE id = %s",
        (now() - ago, now() - ago, str(user_id)),
    )


def found_in(owner: Any, *texts: str) -> set[str]:
    """The tables in which any row holds one of `texts`, in whatever column."""
    owner.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    tables = [row[0] for row in owner.fetchall()]
    found = set()
    for table in tables:
        for text in texts:
            sql = f"SELECT EXISTS (SELECT 1 FROM {table} t WHERE t::text ILIKE %s)"  # noqa: S608 (of Postgres)
            owner.execute(sql, (f"%{text}%",))
            if owner.fetchone()[0]:
                found.add(table)
    return found


@pytest.fixture
def leaver(scene: Scene, owner: Any) -> Scene:
    """A scene whose student has left traces everywhere, free text among them."""
    student = scene.student
    submit(student, "503 - 278", "375", client_id=str(uuid4()), steps=["I am Leonor", "503 - 278 = 375"])
    submit(student, "9 - 4", "5")
    submit(student, "9 - 4", "my name is Leonor")
    submit(scene.classmate, "9 - 4", "5")
    scene.teacher.api.get(f"/v1/students/{student.id}/mastery")
    scene.teacher.api.post(f"/v1/users/{student.id}/link-codes", {})
    student.api.post("/v1/classrooms/join", {"code": "XXXX-XXXX"}, headers={"Idempotency-Key": "a"})
    ids = Ids(scene, owner)
    for table in ("telemetry_events", "transcripts", "tutor_sessions", "tutor_days"):
        insert(owner, table, **ROWS[table](ids, datetime.now(UTC)))
    alert = {**ROWS["alerts"](ids, now()), **LASTS["alerts"], "student_id": str(student.id)}
    insert(owner, "alerts", **alert)
    owner.execute("UPDATE users SET name = 'Leonor' WHERE id = %s", (str(student.id),))
    return scene


def test_nobody_finds_a_student_who_was_purged(leaver: Scene, owner: Any) -> None:
    student = leaver.student
    traces = (str(student.id), "Leonor", str(student.username))
    assert len(found_in(owner, *traces)) >= 10
    ask_for_the_end(owner, student.id)
    owner.execute("UPDATE rate_counters SET window_start = %s", (LONG_AGO,))
    assert cleanup.run().keys() == {"users", "rate_counters"}
    assert found_in(owner, *traces) == {"audit_entries"}  # who did what is kept for two years
    assert cleanup.run() == {}


def test_the_results_stay_as_nobodys(leaver: Scene, owner: Any) -> None:
    ask_for_the_end(owner, leaver.student.id)
    cleanup.run()
    owner.execute(
        "SELECT u.name, u.status, a.answer, a.steps, a.client_id, d.bug IS NULL, d.wrong_step FROM attempts a"
        " JOIN users u ON u.id = a.student_id JOIN diagnoses d ON d.attempt_id = a.id"
        " AND d.student_id = a.student_id WHERE u.id <> %s ORDER BY a.id",
        (str(leaver.classmate.id),),
    )
    assert owner.fetchall() == [
        ("", "deleted", "375", [], None, False, None),
        ("", "deleted", "5", [], None, True, None),
    ]
    assert (count(owner, "mastery"), count(owner, "attempt_skills")) == (2, 3)
    replayed(owner)


def test_what_was_corrected_stays_without_what_was_written(leaver: Scene, owner: Any) -> None:
    student, teacher = leaver.student, leaver.teacher
    named, nine, first = [attempt["id"] for attempt in student.api.get("/v1/attempts").data]
    for attempt, verdict in ((named, "correct"), (nine, "unreadable"), (first, "correct")):
        assert student.api.post(f"/v1/attempts/{attempt}/report", {"comment": "Leonor here"}).status == 201
        body = {"verdict": verdict, "comment": "Well done, Leonor"}
        assert teacher.api.post(f"/v1/attempts/{attempt}/override", body).status == 201
    replayed(owner)
    ask_for_the_end(owner, student.id)
    cleanup.run()
    assert found_in(owner, "Leonor") == set()
    owner.execute("SELECT id::text, answer, verdict FROM attempts WHERE id IN %s", ((named, nine, first),))
    left = {attempt: rest for attempt, *rest in owner.fetchall()}
    assert left == {named: ["", "correct"], nine: ["5", "unreadable"], first: ["375", "correct"]}
    assert count(owner, "reviews") == 0
    owner.execute("SELECT details::text FROM audit_entries WHERE subject_type = 'attempt'")
    assert [details for (details,) in owner.fetchall() if str(student.id) in details] == []
    replayed(owner)


def test_nobody_is_shown_to_nobody(leaver: Scene, owner: Any) -> None:
    ask_for_the_end(owner, leaver.student.id)
    cleanup.run()
    owner.execute("SELECT id::text FROM users WHERE name = ''")
    (nobody,) = owner.fetchone()
    users = leaver.admin.api.get("/v1/users?limit=100").data
    assert nobody not in {user["id"] for user in users}
    assert leaver.admin.api.get(f"/v1/users/{nobody}").status == 404
    assert leaver.admin.api.patch(f"/v1/users/{nobody}", {"status": "active"}).status == 404
    heat_map = leaver.teacher.api.get(f"/v1/classrooms/{leaver.classroom}/mastery").data
    assert [row["student_id"] for row in heat_map["students"]] == [str(leaver.classmate.id)]
    assert nobody not in leaver.admin.api.get("/v1/attempts").text


def test_during_the_grace_nothing_happens(leaver: Scene, owner: Any) -> None:
    ask_for_the_end(owner, leaver.student.id, me.GRACE - HOUR)
    assert cleanup.run() == {}
    assert not purge.user(leaver.student.id)


def test_a_request_that_waits_for_confirmation_purges_nobody(leaver: Scene, owner: Any) -> None:
    owner.execute("UPDATE users SET deletion_requested_at = %s WHERE role = 'student'", (LONG_AGO,))
    assert cleanup.run() == {}


def test_everybody_else_just_goes(scene: Scene, world: World, owner: Any) -> None:
    operator = world.person(None, "operator")
    people = (scene.parent, scene.other_teacher, operator)
    for person in people:
        ask_for_the_end(owner, person.id)
    assert cleanup.run() == {"users": 3}
    assert found_in(owner, *(str(person.id) for person in people)) == set()


def test_a_purge_that_fails_does_not_stop_the_others(
    scene: Scene, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in (scene.student, scene.classmate, scene.parent):
        ask_for_the_end(owner, person.id)

    def fails(school_id: UUID, student_id: UUID | None = None) -> int:
        if student_id == scene.student.id:
            raise RuntimeError
        return 0

    monkeypatch.setattr(photos, "purge", fails)
    with pytest.raises(UnfinishedError, match="users"):
        cleanup.run()
    owner.execute("SELECT id FROM users WHERE deletion_confirmed_at IS NOT NULL")
    assert [str(row[0]) for row in owner.fetchall()] == [str(scene.student.id)]


def photo_of(scene: Scene, aws: LocalAws, created_at: datetime) -> None:
    """A photo with its files."""
    with store.transaction():
        entering.as_worker(scene.school)
        photo = Photo.create(
            school=scene.school,
            student_id=scene.student.id,
            content_type="image/png",
            size=9,
            file_key="k" * 43,
            status="checked",
            width=1,
            height=1,
            created_at=created_at,
        )
    names = photo_files.of(photo)
    for key in (names.image("image/png"), names.thumbnail):
        aws.client("s3").put_object(Bucket=aws.stack.photo_bucket, Key=key, Body=b"x")


def test_photos_go_with_their_time_and_with_their_student(scene: Scene, aws: LocalAws, owner: Any) -> None:
    photo_of(scene, aws, now())
    photo_of(scene, aws, now() - photos.KEPT - HOUR)
    assert len(aws.objects()) == 4
    assert cleanup.run() == {"photos": 1}
    assert len(aws.objects()) == 2
    ask_for_the_end(owner, scene.student.id)
    with aws.away("s3"), pytest.raises(UnfinishedError, match="users"):
        cleanup.run()
    assert count(owner, "photos") == 1
    assert cleanup.run() == {"users": 1}
    assert (aws.objects(), count(owner, "photos")) == ([], 0)


# --- the end of a school ---


def test_a_school_goes_with_everything_below_it_and_no_other_does(
    leaver: Scene, world: World, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purge, "SCHOOL_BATCH", 2)
    other = Class(world, owner)
    other.answer(other.student(LONG_AGO), LONG_AGO, beliefs={"addition": 0.5}, bug="x.y")
    for scene in (leaver, other):
        owner.execute(
            "UPDATE schools SET deletion_requested_at = %s WHERE id = %s",
            (now() - (me.GRACE + (HOUR if scene is leaver else -HOUR)), str(scene.school)),
        )
    assert cleanup.run() == {"schools": 1}
    people = (leaver.admin, leaver.teacher, leaver.student, leaver.classmate, leaver.parent)
    assert found_in(owner, str(leaver.school), *(str(person.id) for person in people)) <= {"rate_counters"}
    for table in ("schools", "attempts", "diagnoses", "attempt_skills", "mastery", "classrooms"):
        assert count(owner, table) == 1
    assert count(owner, "users") == 2


def test_a_school_whose_request_was_taken_back_stays(leaver: Scene, owner: Any) -> None:
    assert not purge.school(leaver.school)
    assert count(owner, "schools") == 1


def test_a_school_for_which_there_is_no_time_waits(leaver: Scene, owner: Any, no_time: None) -> None:
    owner.execute("UPDATE schools SET deletion_requested_at = %s", (LONG_AGO,))
    assert not purge.school(leaver.school)
    assert count(owner, "schools") == 1
