"""Makes a demo school in a deployed stage: invented people, with passwords that nobody else has.

    python -m dev.deploy.demo_users --stage staging --confirm 'seed staging'

Unlike `dev/seed.py`, whose passwords are published, it makes new ones and keeps them in Parameter Store, as
`/tiza/{stage}/demo_users`, encrypted; they are shown to nobody here. The school is one tenant beside others:
its people see nothing of them. No operator is made. Mails to its people end in SES's own mailbox simulator.
A second run changes nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from dev.deploy import parameters
from dev.deploy.target import DeployError, Target, complain, say

SCHOOL_ID = UUID("01938e4e-0000-7000-8000-00000000dee0")
SCHOOL = {"name": "Tiza Demo School", "time_zone": "Europe/Madrid", "languages": ["en", "es"]}
CLASSROOM = ("Demo 4a", 4)  # its name and grade
ADULTS = (("admin", "Dora Demo"), ("teacher", "Tom Demo"))
PUPILS = ("Ana Demo", "Ben Demo", "Cleo Demo", "Dan Demo")
MAILBOX = "success+tiza-demo-{role}@simulator.amazonses.com"  # takes all, bounces nothing (SES guide)
ANSWERS = (("503 - 278", "375"), ("46 + 38", "74"), ("62 - 27", "45"), ("7 × 8", "56"))
PIN_DIGITS = 8
LOGINS = "demo_users"


class Login(NamedTuple):
    """Somebody to sign in as; `body` is that of `POST /v1/auth/login`."""

    role: str
    name: str
    body: dict[str, str]


def make() -> list[Login]:
    """Make the school in the database of Tiza's settings, within the open transaction; whom to sign in as."""
    from chalicelib.services import passwords
    from chalicelib.store.models.base import now
    from chalicelib.store.models.people import School, User
    from dev import seed

    seed.enter(SCHOOL_ID, None, None)
    School.create(id=SCHOOL_ID, **SCHOOL)
    staff, logins = {}, []
    for role, name in ADULTS:
        password = secrets.token_urlsafe(16)
        person = {"name": name, "email": MAILBOX.format(role=role), "locale": "en", "role": role}
        staff[role] = User.create(
            school=SCHOOL_ID, secret_hash=passwords.hashed(password), email_verified_at=now(), **person
        )
        logins.append(Login(role, name, {"email": person["email"], "password": password}))
    pins = ["".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS)) for _ in PUPILS]
    pupils = [
        User.create(
            school=SCHOOL_ID,
            role="student",
            name=name,
            username=name.split()[0].lower(),
            locale="en",
            secret_hash=passwords.hashed(pin),
        )
        for name, pin in zip(PUPILS, pins, strict=True)
    ]
    code = _make_class(seed.acting_as, staff, pupils)
    for pupil, pin in zip(pupils, pins, strict=True):
        body = {"class_code": code, "username": str(pupil.username), "pin": pin}
        logins.append(Login("student", pupil.name, body))
    return logins


def is_there() -> bool:
    """Whether the school is in the database of Tiza's settings; enters it."""
    from chalicelib.store.models.people import School
    from dev import seed

    seed.enter(SCHOOL_ID, None, None)
    return School.get_or_none(School.id == SCHOOL_ID) is not None


def seed_stage(target: Target) -> bool:
    """Make the school in the stage's database, and keep its log-ins; False where it was there already.

    Tiza's settings must be those of the stage.
    """
    from chalicelib.store import database

    try:
        with database.transaction():
            if is_there():
                return False
            kept = json.dumps([login._asdict() for login in make()], ensure_ascii=False)
            # Before the commit: were this to fail, nobody could ever sign in.
            target.client("ssm").put_parameter(
                Name=path(target.stage), Value=kept, Type="SecureString", Overwrite=True
            )
    finally:
        database.forget()
    return True


def path(stage: str) -> str:
    """The parameter that holds the log-ins."""
    return f"/tiza/{stage}/{LOGINS}"


def main(arguments: Sequence[str]) -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m dev.deploy.demo_users")
    parser.add_argument("--stage", required=True, help="staging or prod")
    parser.add_argument("--endpoint", help="the address of a local AWS, instead of AWS itself")
    parser.add_argument("--confirm", default="", help="'seed STAGE', so that nobody does it by mistake")
    options = parser.parse_args(arguments)
    try:
        target = Target(options.stage, options.endpoint)
        if options.confirm != f"seed {options.stage}":
            raise DeployError(f"this makes people in {options.stage}: say --confirm 'seed {options.stage}'.")
        os.environ.update({**target.environment(), **parameters.environment(options.stage)})
        is_new = seed_stage(target)
    except DeployError as error:
        complain(f"demo users: {error}")
        return 1
    say("The demo school is made." if is_new else "The demo school was there already; nothing was changed.")
    say(f"Who may, reads its log-ins: aws ssm get-parameter --with-decryption --name {path(options.stage)}")
    return 0


def _make_class(acting_as: Any, staff: dict[str, Any], pupils: list[Any]) -> str:
    """The class of the teacher with all pupils, who have answered something; its code."""
    from chalicelib import schemas, services

    room = services.classrooms.create(
        acting_as(staff["teacher"]), schemas.classrooms.NewClassroom(*CLASSROOM)
    )
    admin = acting_as(staff["admin"])
    for pupil in pupils:
        services.members.put(admin, room.id, pupil.id, schemas.classrooms.SetMember(role="student"))
    for pupil, (problem, answer) in zip(pupils, ANSWERS, strict=True):
        body = schemas.attempts.SubmitAttempt(problem=problem, answer=answer)
        services.attempts.submit(acting_as(pupil), body)
    return str(room.code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
