"""Parents and their children: a link is asked for with a code, and counts once the school confirms it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import peewee
from msgspec import UNSET

from chalicelib.caller import ADMIN, PARENT, Caller
from chalicelib.errors import ConflictError, NotFoundError
from chalicelib.schemas import families as schemas
from chalicelib.services import access, audit, invites
from chalicelib.store import database, paging
from chalicelib.store.models.base import now
from chalicelib.store.models.people import FamilyLink, User

LINK_INDEX = "family_links_parent_id_student_id"
Parent = User.alias("parent")
Student = User.alias("student")


def list_links(caller: Caller, query: schemas.LinkQuery) -> tuple[list[schemas.Link], str | None]:
    """A parent's own links, those of a teacher's students, or all of an admin's school; newest first."""
    links = _visible(caller)
    if query.status is not UNSET:
        links = links.where(FamilyLink.confirmed_at.is_null(query.status == "pending"))
    rows, cursor = paging.page(
        links,
        [FamilyLink.id],
        limit=query.limit,
        cursor=query.cursor,
        scope=f"links|{caller.user_id}|{query.status}",
        descending=True,
    )
    return [_shown(caller, link) for link in rows], cursor


def ask(caller: Caller, body: schemas.NewLink) -> schemas.Link:
    """Ask for a link to another child, with a code of its school, which is the parent's own.

    Raises `InviteError`, and `ConflictError` where the link exists already; then the code is not used up.
    """
    invite = invites.redeem(body.link_code, invites.LINK)
    try:
        link = FamilyLink.create(school=caller.school, parent_id=caller.user_id, student_id=invite.student_id)
    except peewee.IntegrityError as error:
        if database.constraint(error) != LINK_INDEX:
            raise
        raise ConflictError("You have this link already.", reason="linked_already") from error
    return _shown(caller, _one(caller, link.id))


def confirm(caller: Caller, link_id: UUID) -> schemas.Link:
    """Confirm a link, as an admin or a teacher of the child. Raises `NotFoundError`."""
    link = _one(caller, link_id)
    if link.confirmed_at is None:
        confirmed = FamilyLink.update(confirmed_at=now(), confirmed_by=caller.user_id)
        confirmed.where(FamilyLink.id == link_id, FamilyLink.confirmed_at.is_null()).execute()
        audit.record(caller, "family_link.confirmed", "family_link", link_id)
        link = _one(caller, link_id)
    return _shown(caller, link)


def remove(caller: Caller, link_id: UUID) -> None:
    """End a link, as the parent or an admin. Raises `NotFoundError`."""
    link = _one(caller, link_id)
    FamilyLink.delete().where(FamilyLink.id == link.id).execute()
    if caller.role != PARENT:
        audit.record(caller, "family_link.removed", "family_link", link_id)


def _visible(caller: Caller) -> Any:
    """The links that `caller` may see, with the names at both ends."""
    links = (
        FamilyLink.select(FamilyLink, Parent.name.alias("parent_name"), Student.name.alias("student_name"))
        .join(Parent, on=(Parent.id == FamilyLink.parent_id))
        .join(Student, on=(Student.id == FamilyLink.student_id))
        .where(FamilyLink.school == caller.school)
        .objects()
    )
    if caller.role == ADMIN:
        return links
    if caller.role == PARENT:
        return links.where(FamilyLink.parent_id == caller.user_id)
    students = access.visible_students(caller).select(User.id)
    return links.where(FamilyLink.student_id.in_(students))


def _one(caller: Caller, link_id: UUID) -> Any:
    link = _visible(caller).where(FamilyLink.id == link_id).first()
    if link is None:
        raise NotFoundError()
    return link


def _shown(caller: Caller, link: Any) -> schemas.Link:
    is_hidden = caller.role == PARENT and link.confirmed_at is None
    return schemas.Link(
        id=link.id,
        status="confirmed" if link.confirmed_at else "pending",
        parent=schemas.Person(id=link.parent_id, name=link.parent_name),
        student=schemas.Person(id=link.student_id, name=None if is_hidden else link.student_name),
        created_at=link.created_at,
        confirmed_at=link.confirmed_at,
    )
