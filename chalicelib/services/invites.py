"""Codes that let people in: into a class, into a school's staff, or a parent to a child.

A code is good until it expires, is used up or is taken back. Which of these it was is told to nobody.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from chalicelib.caller import Caller
from chalicelib.errors import InviteError
from chalicelib.schemas import invites as schemas
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Classroom, Invite

CLASS, STAFF, LINK = "class", "staff", "link"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 letters and digits: no 0 and O, no 1, I and L
GROUP = 4
# A class code is typed by children and opens a class to newcomers; the others open a school's or a child's
# data and are pasted by adults: 8 letters have 40 bits, 12 have 59.
GROUPS = {CLASS: 2, STAFF: 3, LINK: 3}


def new_code(groups: int = 2) -> str:
    """A random code as it is printed, such as `K7QM-2XWA`."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(groups))


def normalised(code: str) -> str:
    """`code` as it is stored: in capitals and groups of four, however it was typed."""
    letters = code.upper().replace("-", "")
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def create(
    caller: Caller,
    kind: str,
    *,
    max_uses: int,
    expires_at: datetime,
    classroom_id: UUID | None = None,
    student_id: UUID | None = None,
) -> Invite:
    """A new invite of `caller`'s school, `kind` being `class`, `staff` or `link`.

    The caller has been found fit to make it. A class invite names its classroom, a link invite its student.
    """
    invite: Invite = Invite.create(
        school=caller.school,
        kind=kind,
        code=new_code(GROUPS[kind]),
        classroom_id=classroom_id,
        student_id=student_id,
        max_uses=max_uses,
        expires_at=expires_at,
        created_by=caller.user_id,
    )
    return invite


def redeem(code: str, kind: str) -> Invite:
    """Use the invite once, in the school that the transaction has entered. Raises `InviteError`.

    One conditional UPDATE checks and counts: of many who come at the same time, no more get in than may.
    When the transaction fails later, the code is as good as before.
    """
    archived = Classroom.select(Classroom.id).where(Classroom.archived_at.is_null(False))
    used: Iterable[Invite] = (
        Invite.update(uses=Invite.uses + 1)
        .where(
            Invite.code == normalised(code),
            Invite.kind == kind,
            Invite.uses < Invite.max_uses,
            Invite.expires_at > now(),
            Invite.revoked_at.is_null(),
            Invite.classroom_id.is_null() | Invite.classroom_id.not_in(archived),
        )
        .returning(Invite)
        .execute()
    )
    for invite in used:
        return invite
    raise InviteError()


def revoke(invite: Invite) -> None:
    """Take `invite` back: nobody gets in with it any more."""
    Invite.update(revoked_at=now()).where(Invite.id == invite.id, Invite.revoked_at.is_null()).execute()


def shown(invite: Invite) -> schemas.Invite:
    """`invite` as it is answered."""
    return schemas.Invite(
        id=invite.id,
        kind=invite.kind,
        code=invite.code,
        classroom_id=invite.classroom_id,
        student_id=invite.student_id,
        max_uses=invite.max_uses,
        uses=invite.uses,
        expires_at=invite.expires_at,
        revoked_at=invite.revoked_at,
        created_at=invite.created_at,
    )
