"""The digest: in each school's own morning, once a day, to those who asked for it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from chalicelib import diagnosis
from chalicelib.services import digest, rounds
from tests.integration.accounts.conftest import Person, World
from tests.support.aws import LocalAws
from tests.support.client import ApiClient
from tests.support.mails import Post, deliver, in_parallel, order

MADRID = "Europe/Madrid"
MONDAY, TUESDAY, WEDNESDAY = "2026-11-23", "2026-11-24", "2026-11-25"
LAST_WEEK = "2026-11-16"
NOTHING = {"schools": 1}


@pytest.fixture
def post(aws: LocalAws, database: str) -> Post:
    return Post(aws)


@pytest.fixture
def world(client: ApiClient) -> World:
    return World(client)


class Family:
    """A school with a parent and a child, all there since January; the parent has asked for mails."""

    def __init__(
        self, world: World, owner: Any, time_zone: str = MADRID, kind: str = "weekly_summary"
    ) -> None:
        self.world, self.owner = world, owner
        self.school = world.school()
        owner.execute("UPDATE schools SET time_zone = %s WHERE id = %s", (time_zone, str(self.school)))
        self.parent = world.person(self.school, "parent", name="Pa Digest", locale="es")
        self.child = self.another_child("Leo Digest")
        self.ask(kind)

    def another_child(self, name: str, *, confirmed: bool = True) -> Person:
        child = self.world.person(self.school, "student", name=name)
        self.world.link(self.school, self.parent, child, confirmed=confirmed)
        self.owner.execute("UPDATE users SET created_at = '2026-01-01' WHERE id = %s", (str(child.id),))
        return child

    def ask(self, kind: str, since: str = "2026-01-01") -> None:
        path = f"/v1/notifications/preferences/{kind}"
        assert self.parent.api.put(path, {"subscribed": True}).status == 200
        self.owner.execute(
            "UPDATE mail_preferences SET changed_at = %s WHERE user_id = %s AND kind = %s",
            (since, str(self.parent.id), kind),
        )

    def answer(self, on: str, answer: str = "3567", child: Person | None = None) -> None:
        """The child answers 7031 - 4598 at that time; 3567 is the work of a bug, 2433 is right."""
        who = child or self.child
        reply = who.api.post("/v1/attempts", {"problem": "7031 - 4598", "answer": answer})
        assert reply.status == 201, reply.text
        sql = "UPDATE attempts SET answered_at = %s WHERE id = %s"
        self.owner.execute(sql, (on, reply.data["id"]))


def at(day: str, clock: str, time_zone: str = MADRID) -> datetime:
    """The moment at which it is `clock` in that time zone."""
    local = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(time_zone))
    return local.astimezone(UTC)


def run(post: Post, moment: datetime) -> dict[str, Any]:
    """A run of the schedule at that moment, with its messages sent and its mails delivered."""
    from chalicelib.edge import work

    with work.begun("test", "test", None):
        found = digest.run(moment)
        work.send_what_was_written()
    post.work()
    return found


@pytest.mark.parametrize("zone", [MADRID, "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Auckland", "UTC"])
def test_it_is_due_from_eight_to_noon_in_the_schools_own_time(
    post: Post, world: World, owner: Any, zone: str
) -> None:
    family = Family(world, owner, zone)
    assert run(post, at(MONDAY, "07:59:59", zone)) == NOTHING
    assert run(post, at(MONDAY, "12:00", zone)) == NOTHING
    assert run(post, at(MONDAY, "08:00", zone)) == {"schools": 1, "digested": 1, "mails": 1}
    assert run(post, at(MONDAY, "08:15", zone)) == NOTHING
    assert len(post.mails(family.parent.email)) == 1
    owner.execute("SELECT day, mails FROM digest_runs")
    assert owner.fetchall() == [(date.fromisoformat(MONDAY), 1)]


def test_a_missed_hour_is_caught_up(post: Post, world: World, owner: Any) -> None:
    Family(world, owner)
    assert run(post, at(MONDAY, "11:59"))["mails"] == 1


def test_a_whole_week_of_runs_sends_one_summary_and_one_reminder(
    post: Post, world: World, owner: Any
) -> None:
    """With the clocks of Madrid going back on the Sunday of that week."""
    family = Family(world, owner)
    family.ask("practice_reminder")
    for day in range(19, 26):
        for hour in range(24):
            digest.run(datetime(2026, 10, day, hour, 7, tzinfo=UTC))
    owner.execute("SELECT payload FROM outbox ORDER BY id")
    assert [payload for (payload,) in owner.fetchall()] == [
        {"template": "weekly_summary", "user_id": str(family.parent.id), "week": "2026-10-12"},
        {"template": "practice_reminder", "user_id": str(family.parent.id), "day": "2026-10-19"},
    ]
    owner.execute("SELECT count(*) FROM digest_runs")
    assert owner.fetchone() == (7,)


def test_overlapping_runs_do_it_once(post: Post, world: World, owner: Any) -> None:
    family = Family(world, owner)
    found = in_parallel(6, lambda _: digest.run(at(MONDAY, "08:00")))
    assert sum(each.get("mails", 0) for each in found) == 1
    owner.execute("SELECT payload->>'user_id' FROM outbox")
    assert owner.fetchall() == [(str(family.parent.id),)]


def test_the_schedule_runs_as_the_clock_fires_it(post: Post, world: World, owner: Any) -> None:
    Family(world, owner)
    assert post.fire("digest")["schools"] == 1


def test_a_message_carries_ids_and_a_date_only(post: Post, world: World, owner: Any) -> None:
    family = Family(world, owner)
    digest.run(at(MONDAY, "08:00"))
    owner.execute("SELECT payload, school_id FROM outbox")
    ((payload, school),) = owner.fetchall()
    assert payload == {"template": "weekly_summary", "user_id": str(family.parent.id), "week": LAST_WEEK}
    assert str(school) == str(family.school)


def test_the_fault_of_one_school_does_not_stop_the_others(post: Post, world: World, owner: Any) -> None:
    families = [Family(world, owner) for _ in range(3)]
    sql = "UPDATE schools SET time_zone = 'Mars/Phobos' WHERE id = %s"
    owner.execute(sql, (str(families[1].school),))
    with pytest.raises(rounds.UnfinishedError):
        digest.run(at(MONDAY, "08:00"))
    owner.execute("SELECT payload->>'user_id' FROM outbox")
    assert {user for (user,) in owner.fetchall()} == {str(families[n].parent.id) for n in (0, 2)}


def test_while_mails_are_switched_off_the_day_waits(post: Post, world: World, owner: Any) -> None:
    family = Family(world, owner)
    owner.execute(
        "INSERT INTO switches (id, name, school_id, is_on, changed_by, changed_at)"
        " VALUES (gen_random_uuid(), 'mail', %s, false, gen_random_uuid(), now())",
        (str(family.school),),
    )
    assert run(post, at(MONDAY, "08:00")) == NOTHING
    owner.execute("UPDATE switches SET is_on = true")
    assert run(post, at(MONDAY, "08:15"))["mails"] == 1


# --- the weekly summary ---


def test_the_summary_tells_of_the_week_before_in_the_parents_words(
    post: Post, world: World, owner: Any
) -> None:
    family = Family(world, owner)
    for minute in range(3):
        family.answer(f"2026-11-18 10:0{minute}+00")
    family.answer("2026-11-22 22:59+00", "2433")  # on Sunday, just before midnight in Madrid
    family.answer("2026-11-22 23:00+00", "2433")  # on Monday
    family.another_child("Eva Digest")
    family.another_child("Stranger Digest", confirmed=False)
    Family(world, owner).answer("2026-11-18 10:00+00")
    run(post, at(MONDAY, "08:00"))

    (sent,) = post.mails(family.parent.email)
    mail = post.last(family.parent.email)
    assert mail.subject == "La semana en matemáticas, del 16 de noviembre al 22 de noviembre"
    assert (
        "Eva Digest\n- Esta semana no hay respuestas.\n\nLeo Digest\n- Respuestas: 4; correctas: 1."
        in mail.text
    )
    assert "Stranger" not in str(sent)
    name, explanation = diagnosis.bug_text("subtraction.smaller_from_larger", "es")
    assert f"- {name}: {explanation}\n" in mail.text


def test_there_is_no_summary_without_a_confirmed_child(post: Post, world: World, owner: Any) -> None:
    family = Family(world, owner)
    owner.execute("UPDATE family_links SET confirmed_at = NULL")
    assert run(post, at(MONDAY, "08:00")) == {"schools": 1, "digested": 1, "mails": 0}
    assert post.mails(family.parent.email) == []


def test_a_link_that_ends_before_the_mail_is_made_takes_its_child_out(
    post: Post, world: World, owner: Any
) -> None:
    family = Family(world, owner)
    digest.run(at(MONDAY, "08:00"))
    owner.execute("DELETE FROM family_links")
    owner.execute("UPDATE outbox SET claimed_until = now()")
    post.fire("sweep")
    assert post.work() == 1
    assert post.mails(family.parent.email) == []
    owner.execute("SELECT status, reason FROM mail_deliveries")
    assert owner.fetchall() == [("dropped", "nothing_to_tell")]


def test_a_monday_without_a_digest_is_caught_up_on_the_next_day(post: Post, world: World, owner: Any) -> None:
    family = Family(world, owner)
    assert run(post, at(TUESDAY, "08:00"))["mails"] == 1
    assert run(post, at(WEDNESDAY, "08:00")).get("mails", 0) == 0
    assert run(post, at("2026-11-30", "08:00"))["mails"] == 1
    subjects = post.subjects(family.parent.email)
    assert [subject.partition(" al ")[2] for subject in subjects] == ["22 de noviembre", "29 de noviembre"]


def test_who_asks_after_the_summaries_left_gets_the_next_one(post: Post, world: World, owner: Any) -> None:
    family = Family(world, owner)
    family.ask("weekly_summary", since=f"{MONDAY} 07:01+00")  # one minute past eight in Madrid
    assert run(post, at(MONDAY, "08:15")).get("mails", 0) == 0
    assert run(post, at(TUESDAY, "08:00")).get("mails", 0) == 0
    assert run(post, at("2026-11-30", "08:00"))["mails"] == 1


@pytest.mark.parametrize(("status", "is_verified"), [("disabled", True), ("active", False)])
def test_who_cannot_get_mail_is_left_out(
    post: Post, world: World, owner: Any, status: str, is_verified: bool
) -> None:
    family = Family(world, owner)
    owner.execute(
        "UPDATE users SET status = %s, email_verified_at = CASE WHEN %s THEN now() END WHERE id = %s",
        (status, is_verified, str(family.parent.id)),
    )
    assert run(post, at(MONDAY, "08:00")).get("mails", 0) == 0


# --- the reminder ---


def test_a_reminder_names_who_has_not_practised_for_three_days(post: Post, world: World, owner: Any) -> None:
    family = Family(world, owner, kind="practice_reminder")
    family.answer("2026-11-20 22:59+00")  # on Friday, an hour before the three days begin
    busy = family.another_child("Eva Digest")
    family.answer("2026-11-20 23:00+00", child=busy)
    family.another_child("Ada Digest")
    assert run(post, at(TUESDAY, "08:00"))["mails"] == 1
    mail = post.last(family.parent.email)
    assert mail.subject == "Toca volver a practicar"
    assert (
        "Ada Digest\n- Todavía sin respuestas.\n\nLeo Digest\n- Sin respuestas desde el 20 de noviembre."
        in mail.text
    )
    assert "Eva" not in mail.text


def test_who_practised_lately_or_is_new_is_not_reminded_of(post: Post, world: World, owner: Any) -> None:
    family = Family(world, owner, kind="practice_reminder")
    family.answer(f"{MONDAY} 10:00+00")
    assert run(post, at(TUESDAY, "08:00")).get("mails", 0) == 0
    owner.execute("DELETE FROM diagnoses; DELETE FROM attempt_skills; DELETE FROM attempts")
    owner.execute("UPDATE users SET created_at = %s", (f"{MONDAY} 10:00+00",))
    assert run(post, at(WEDNESDAY, "08:00")).get("mails", 0) == 0


def test_a_reminder_comes_at_most_once_a_week(post: Post, world: World, owner: Any) -> None:
    Family(world, owner, kind="practice_reminder")
    days = [f"2026-11-{day}" for day in range(23, 31)]
    assert [run(post, at(day, "08:00"))["mails"] for day in days] == [1, 0, 0, 0, 0, 0, 0, 1]


def test_there_are_reminders_on_school_days_only(post: Post, world: World, owner: Any) -> None:
    Family(world, owner, kind="practice_reminder")
    owner.execute("UPDATE schools SET holidays = %s", (f'["{MONDAY}", "{TUESDAY}"]',))
    days = ["2026-11-21", "2026-11-22", MONDAY, TUESDAY, WEDNESDAY]  # from Saturday on
    assert [run(post, at(day, "08:00"))["mails"] for day in days] == [0, 0, 0, 0, 1]


def test_a_reminder_is_dropped_when_the_child_practises_before_it_leaves(
    post: Post, world: World, owner: Any
) -> None:
    family = Family(world, owner, kind="practice_reminder")
    message = order("practice_reminder", family.parent.id, day=MONDAY)
    family.answer(f"{MONDAY} 07:00+00")
    deliver(message)
    assert post.mails() == []


def test_a_student_with_an_address_is_reminded_of_themselves(post: Post, world: World, owner: Any) -> None:
    school = world.school()
    student = world.person(school, "student", name="Leo Digest", email="leo@school.example")
    owner.execute("UPDATE users SET created_at = '2026-01-01', email_verified_at = now()")
    assert (
        student.api.put("/v1/notifications/preferences/practice_reminder", {"subscribed": True}).status == 200
    )
    assert run(post, at(MONDAY, "08:00", "UTC"))["mails"] == 1
    assert "Leo Digest\n- No answers yet." in post.last(student.email).text


def test_nobody_gets_what_they_did_not_ask_for(post: Post, world: World, owner: Any) -> None:
    family = Family(world, owner)
    owner.execute("UPDATE mail_preferences SET is_subscribed = false")
    assert run(post, at(MONDAY, "08:00")) == {"schools": 1, "digested": 1, "mails": 0}
    other: UUID = world.person(family.school, "parent").id
    assert deliver(order("weekly_summary", other, week=LAST_WEEK)) == "handled"
    assert post.mails() == []
