"""Registering, and the mails that prove an address.

Whether an address has an account is told to its owner only, by mail. Everybody else gets the same answer
after the same work: a registration with a taken address does what any other does, and then undoes it.
"""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

import peewee
from msgspec import UNSET

from chalicelib.caller import ADMIN, PARENT, STUDENT, TEACHER
from chalicelib.errors import ConflictError, InviteError
from chalicelib.schemas import auth as schemas
from chalicelib.services import invites, mail, one_time, passwords, schools, sessions
from chalicelib.store import database, entering
from chalicelib.store.ids import uuid7
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Classroom, Membership
from chalicelib.store.models.people import FamilyLink, School, User

EMAIL_INDEX = "users_email"
USERNAME_INDEX = "users_school_id_username"


class _Undo(Exception):
    """Leaves a savepoint, so that all since it is rolled back."""


def register(
    body: schemas.RegisterTeacher | schemas.RegisterStudent | schemas.RegisterParent,
) -> schemas.Registered:
    """Make an account.

    Raises `InviteError` for a code that is not good, `ConflictError` for a student's user name that is taken
    (whoever hears it holds a good code of the class), `ValidationError` for an unknown time zone. A
    registration that fails uses up no code.
    """
    if isinstance(body, schemas.RegisterStudent):
        return _register_student(body, passwords.hashed(body.pin))
    if isinstance(body, schemas.RegisterTeacher) and body.school is not UNSET:
        schools.check_time_zone(body.school.time_zone, "$.school.time_zone")
    secret_hash = passwords.hashed(body.password)
    try:
        _register_by_mail(body, secret_hash)
    except peewee.IntegrityError as error:
        if database.constraint(error) != EMAIL_INDEX:
            raise
        _register_by_mail(body, secret_hash)  # somebody was faster: now the address is taken
    return schemas.Registered(status="verification_sent")


def verify_email(body: schemas.VerifyEmail) -> None:
    """Confirm an address. Raises `TokenUsedError`."""
    user_id = one_time.redeem(body.token, ["verify_email"])
    User.update(email_verified_at=now(), updated_at=now()).where(User.id == user_id).execute()


def resend_verification(body: schemas.Address) -> schemas.Sent:
    """Mail a new token to confirm the address, if it waits for one."""
    mail.send("verify_email", entering.by_email(body.email.lower()))
    return schemas.Sent()


def forgot_password(body: schemas.Address) -> schemas.Sent:
    """Mail a token to choose a new password, if the address has an account."""
    mail.send("reset_password", entering.by_email(body.email.lower()))
    return schemas.Sent()


def reset_password(body: schemas.ResetPassword) -> None:
    """Choose a password with the token of a mail, and end every session. Raises `TokenUsedError`.

    Whoever has the token reads the mails of that address, so it is confirmed, too.
    """
    secret_hash = passwords.hashed(body.password)
    with database.transaction():
        user_id = one_time.redeem(body.token, ["reset_password", "set_password"])
        verified_at = peewee.fn.coalesce(User.email_verified_at, now())
        changed = User.update(secret_hash=secret_hash, email_verified_at=verified_at)
        changed.where(User.id == user_id).execute()
        one_time.void_all(user_id)
        sessions.end_all(user_id)


def _register_by_mail(body: schemas.RegisterTeacher | schemas.RegisterParent, secret_hash: str) -> None:
    """Make the account, or undo it where the address is taken; a mail to its owner either way."""
    email = body.email.lower()
    with database.transaction() as db:
        is_taken = entering.email_is_taken(email)
        with suppress(_Undo), db.atomic():
            _create(body, f"{uuid7()}@taken.invalid" if is_taken else email, secret_hash)
            if is_taken:
                raise _Undo
        owner = entering.by_email(email)
        if is_taken:
            mail.send("address_taken", owner)
        else:
            mail.send("verify_email", owner)


def _create(body: schemas.RegisterTeacher | schemas.RegisterParent, email: str, secret_hash: str) -> None:
    """The account, with what it comes with: the school that it founds, or the link to the child."""
    person = {"name": body.name, "locale": body.locale, "email": email, "secret_hash": secret_hash}
    if isinstance(body, schemas.RegisterParent):
        school_id, student_id = _admitted(body.link_code, invites.LINK)
        parent = User.create(school=school_id, role=PARENT, **person)
        FamilyLink.create(school=school_id, parent_id=parent.id, student_id=student_id)
    elif body.school is not UNSET:
        school_id = uuid7()
        entering.new_school(school_id)
        School.create(
            id=school_id, name=body.school.name, time_zone=body.school.time_zone, languages=[body.locale]
        )
        User.create(school=school_id, role=ADMIN, **person)
    else:
        school_id, _ = _admitted(str(body.invite_code), invites.STAFF)
        User.create(school=school_id, role=TEACHER, **person)


def _register_student(body: schemas.RegisterStudent, secret_hash: str) -> schemas.Registered:
    username = body.username.lower()
    with database.transaction():
        school_id, classroom_id = _admitted(body.class_code, invites.CLASS)
        try:
            student = User.create(
                school=school_id,
                role=STUDENT,
                name=body.name,
                locale=body.locale,
                username=username,
                secret_hash=secret_hash,
            )
        except peewee.IntegrityError as error:
            if database.constraint(error) != USERNAME_INDEX:
                raise
            raise ConflictError("This user name is taken.", reason="username_taken") from error
        Membership.create(classroom_id=classroom_id, user_id=student.id, school=school_id, role=STUDENT)
        classroom = Classroom.get_by_id(classroom_id)
    return schemas.Registered(status="ready", class_code=classroom.code, username=username)


def _admitted(code: str, kind: str) -> tuple[UUID, UUID | None]:
    """Enter the school of an invite and use it once; the school, and the class or student it leads to."""
    if entering.by_invite(invites.normalised(code)) is None:
        raise InviteError()
    invite = invites.redeem(code, kind)
    return invite.school_id, invite.classroom_id or invite.student_id
