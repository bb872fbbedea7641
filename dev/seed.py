"""Demo data: two small schools whose history is made by the services, from published wrong answers.

Everybody signs in with a password or PIN that is printed here for all to see, so only the `dev` stage takes
them. The whole is one transaction: it is there, or it is not. From the command line: `python -m dev.seed`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

DEMO = Path(__file__).resolve().parent / "demo"
PASSWORD = "tiza-demo-password"  # noqa: S105 (meant to be known)
PIN = "2468"
ENROLLED = timedelta(days=21)


class SeedError(Exception):
    """The demo data must not go there."""


class DemoUser(NamedTuple):
    """Somebody to sign in as; `login` is the body for `POST /v1/auth/login`."""

    role: str
    name: str
    login: dict[str, str]


def ensure(owner_url: str, app_url: str) -> list[DemoUser]:
    """Put the demo data into the database unless they are there; whom to sign in as, one of each kind.

    Tiza's settings must be those of the `dev` stage and lead to `app_url`. Raises `SeedError` otherwise.
    """
    from chalicelib import settings

    current = settings.get()
    if not current.is_dev or current.database_url != app_url:
        raise SeedError("Demo data are only for the dev stage, in the database that Tiza works with.")
    people = _read("people.json")
    if not _is_seeded(owner_url, people):
        with _without_models():
            _seed(people)
    return _demo_users(people)


def users() -> list[DemoUser]:
    """Whom one can sign in as once the demo data are there, one of each kind."""
    return _demo_users(_read("people.json"))


def _is_seeded(owner_url: str, people: dict[str, Any]) -> bool:
    import psycopg2

    with closing(psycopg2.connect(owner_url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM schools WHERE id = %s", (people["schools"][0]["id"],))
        return cursor.fetchone() is not None


@contextmanager
def _without_models() -> Iterator[None]:
    """No language model set up: nobody is to be asked, and paid, about answers that nobody gave."""
    from chalicelib import settings

    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("TIZA_LLM_")}
    settings.reset()
    try:
        yield
    finally:
        os.environ.update(kept)
        settings.reset()


def _seed(people: dict[str, Any]) -> None:
    from chalicelib.services import passwords
    from chalicelib.store import database, outbox
    from chalicelib.store.models.base import now
    from dev.demo import history

    secrets = {"password": passwords.hashed(PASSWORD), "pin": passwords.hashed(PIN)}
    start = now()
    with database.transaction():
        _add_operator(people["operator"], secrets["password"], start)
        for school in people["schools"]:
            classes = _add_school(school, secrets, start)
            exercises = _add_exercises(school)
            for classroom, pupils in zip(school["classrooms"], classes, strict=True):
                everything = classroom["answers_all_bugs"]
                plan = history.planned(len(pupils), list(exercises), start, published=everything)
                _answer(pupils, plan, exercises)
            _report(classes[0][0])
        outbox.give_up_claims()  # nobody here sends what was written: the first sweep may
    database.forget()  # whoever seeds may live long, and needs the database no more


def _add_operator(operator: dict[str, str], secret_hash: str, start: datetime) -> None:
    from chalicelib.store.ids import uuid7
    from chalicelib.store.models.people import User

    user_id = uuid7()
    enter(None, user_id, "operator")
    User.create(id=user_id, role="operator", secret_hash=secret_hash, email_verified_at=start, **operator)


def _add_school(school: dict[str, Any], secrets: dict[str, str], start: datetime) -> list[list[Any]]:
    """The school, its people and its classes; gives back the students of each class."""
    from chalicelib.store.models.people import FamilyLink, School, User

    school_id = UUID(school["id"])
    since = {"created_at": start - ENROLLED, "updated_at": start - ENROLLED}
    adult = {"school": school_id, "secret_hash": secrets["password"], "email_verified_at": start, **since}
    enter(school_id, None, None)
    about = {name: school[name] for name in ("name", "time_zone", "languages")}
    School.create(id=school_id, **about, **since)
    staff = {person["email"]: User.create(**person, **adult) for person in school["staff"]}
    admin = next(person for person in staff.values() if person.role == "admin")
    pupil = {"school": school_id, "role": "student", "secret_hash": secrets["pin"], **since}
    classes = [
        [User.create(**student, **pupil) for student in classroom["students"]]
        for classroom in school["classrooms"]
    ]
    for classroom, students in zip(school["classrooms"], classes, strict=True):
        _add_class(classroom, staff[classroom["teacher"]], admin, students)
    if school["parent"]:
        parent = User.create(role="parent", **school["parent"], **adult)
        link = {
            "parent_id": parent.id,
            "student_id": classes[0][0].id,
            "confirmed_by": admin.id,
        }
        FamilyLink.create(school=school_id, confirmed_at=start, **link)
    return classes


def _add_class(classroom: dict[str, Any], teacher: Any, admin: Any, students: list[Any]) -> None:
    """A class made by its teacher and filled by an admin, with a code that is the same on every machine."""
    from chalicelib import schemas, services
    from chalicelib.store.models.classes import Classroom, Membership

    body = schemas.classrooms.NewClassroom(name=classroom["name"], grade=classroom["grade"])
    made = services.classrooms.create(acting_as(teacher), body).id
    Classroom.update(code=classroom["code"]).where(Classroom.id == made).execute()
    caller = acting_as(admin)
    for student in students:
        services.members.put(caller, made, student.id, schemas.classrooms.SetMember(role="student"))
    since = Membership.update(joined_at=admin.created_at)
    since.where(Membership.classroom_id == made).execute()


def _add_exercises(school: dict[str, Any]) -> dict[str, UUID]:
    """The school's exercises, by their problem; made by its admin."""
    from chalicelib import schemas, services
    from chalicelib.store.models.people import User
    from chalicelib.store.models.work import Skill

    caller = acting_as(User.get(User.email == school["staff"][0]["email"]))
    skills = {skill.slug: skill.id for skill in Skill.select(Skill.slug, Skill.id)}
    exercises = {}
    for given in _read("exercises.json"):
        body = schemas.exercises.NewExercise(
            problem=given["problem"],
            difficulty=given["difficulty"],
            skill_ids=[skills[slug] for slug in given["skills"]],
        )
        made = services.exercises.create(caller, body)
        exercises[given["problem"]] = made.id
    return exercises


def _answer(pupils: list[Any], answers: list[Any], exercises: dict[str, UUID]) -> None:
    """Submit the planned answers, oldest first, each by its student."""
    from chalicelib import schemas, services

    for answer in answers:
        asked = (
            {"exercise_id": exercises[answer.problem]} if answer.is_exercise else {"problem": answer.problem}
        )
        body = schemas.attempts.SubmitAttempt(answer=answer.answer, answered_at=answer.answered_at, **asked)
        services.attempts.submit(acting_as(pupils[answer.pupil]), body)


def _report(pupil: Any) -> None:
    """Have a student report the diagnosis of their latest wrong answer, for a teacher to review."""
    from chalicelib import schemas, services

    caller = acting_as(pupil)
    wrong = schemas.attempts.AttemptQuery(verdict="incorrect", limit=1)
    (attempt,), _ = services.attempts_listed.list_visible(caller, wrong)
    body = schemas.reviews.Report(comment="I did it the way we learnt it.")
    services.reviews.report(caller, attempt.id, body)


def acting_as(user: Any) -> Any:
    """Enter as that user; the caller that services are told of."""
    from chalicelib.caller import Caller
    from chalicelib.store import entering

    entering.by_user(user.id)
    return Caller(user.id, user.school_id, user.role, user.locale, "free")


def enter(school_id: UUID | None, user_id: UUID | None, role: str | None) -> None:
    """Work for a school, or as a user, that is about to be made."""
    from chalicelib.store.database import database

    values = tuple(str(each) if each else None for each in (school_id, user_id, role))
    database.execute_sql("SELECT app_enter(%s, %s, %s)", values)


def _demo_users(people: dict[str, Any]) -> list[DemoUser]:
    """One of each kind, and a teacher of the other school, who must see nothing of this one."""
    school, other = people["schools"]
    classroom = school["classrooms"][0]
    student = classroom["students"][0]
    adults = [
        *school["staff"],
        {**school["parent"], "role": "parent"},
        {**people["operator"], "role": "operator"},
    ]
    stranger = next(person for person in other["staff"] if person["role"] == "teacher")
    by_code = {"class_code": classroom["code"], "username": student["username"], "pin": PIN}
    return [
        DemoUser("student", student["name"], by_code),
        *(DemoUser(each["role"], each["name"], _by_mail(each)) for each in adults),
        DemoUser("teacher", f"{stranger['name']}, {other['name']}", _by_mail(stranger)),
    ]


def _by_mail(person: dict[str, str]) -> dict[str, str]:
    return {"email": person["email"], "password": PASSWORD}


def _read(name: str) -> Any:
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


def main() -> int:
    """Migrate and seed the developer's database; the exit code."""
    from dev import postgres, run

    with postgres.start() as server:
        for user in run.prepare(server):
            print(f"{user.role:<9} {user.name:<28} {json.dumps(user.login, ensure_ascii=False)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
