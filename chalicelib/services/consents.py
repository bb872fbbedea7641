"""Consent: what may be done with a minor's data, as their parents say, or on paper to the school.

What was said is only ever added to, and the newest word that counts is the one that holds: a parent's while
their confirmed link to the child lasts, or one that the school recorded from paper. Any one of them can so
take back what another has granted. Who has reached the school's age of consent needs none; a student whose
birth date is not known counts as a minor.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal, NamedTuple
from uuid import UUID

from chalicelib.caller import PARENT, Caller
from chalicelib.errors import ConflictError, NotFoundError
from chalicelib.schemas import families as schemas
from chalicelib.services import access, audit
from chalicelib.store.database import database
from chalicelib.store.models.events import CONSENT_KINDS, Consent

# A link that was ended and made anew does not bring back what was said under the old one.
STANDING = """
    SELECT k.kind,
        coalesce(extract(year FROM age((now() AT TIME ZONE s.time_zone)::date, u.birth_date))
            >= s.age_of_consent, false),
        said.granted, said.given_by, said.on_paper, said.created_at
    FROM users u
    JOIN schools s ON s.id = u.school_id
    CROSS JOIN unnest(%(kinds)s::text[]) AS k (kind)
    LEFT JOIN LATERAL (
        SELECT c.granted, c.given_by, c.on_paper, c.created_at FROM consents c
        WHERE c.student_id = u.id AND c.kind = k.kind AND (c.on_paper OR EXISTS (
            SELECT 1 FROM family_links l
            WHERE l.parent_id = c.given_by AND l.student_id = c.student_id
                AND l.confirmed_at IS NOT NULL AND l.created_at <= c.created_at
        ))
        ORDER BY c.id DESC LIMIT 1
    ) said ON true
    WHERE u.id = %(student)s AND u.role = 'student'
    ORDER BY k.kind
"""


class Standing(NamedTuple):
    """How it stands with one kind: whether the student is of age, and the word that counts, if any."""

    kind: Literal["photos", "tutor"]
    of_age: bool
    granted: bool | None
    given_by: UUID | None
    on_paper: bool | None
    said_at: datetime | None

    @property
    def given(self) -> bool:
        """Whether it may be done."""
        return self.of_age or self.granted is True


def given(student_id: UUID, kind: str) -> bool:
    """Whether `kind` (`photos` or `tutor`) may be done with that student's data: of age, or consented to.

    In a transaction that has entered the student's school. False for whom it does not find there.
    """
    return any(standing.given for standing in _standing(student_id, [kind]))


def list_of(caller: Caller, student_id: UUID) -> list[schemas.Consent]:
    """How each kind stands for a student whom the caller may see. Raises `NotFoundError`."""
    student = access.student(caller, student_id)
    audit.student_read(caller, student.id, "consents")
    return [_shown(standing) for standing in _standing(student.id, CONSENT_KINDS)]


def decide(caller: Caller, student_id: UUID, kind: str, body: schemas.Decision) -> schemas.Consent:
    """Grant or refuse: as a parent for one's child, as an admin what the school has on paper.

    Saying the same again adds nothing. Raises `NotFoundError`, also for an unknown kind, and `ConflictError`
    for a student who is of age.
    """
    if kind not in CONSENT_KINDS:
        raise NotFoundError("There is no such kind of consent.", kind=kind)
    student = access.student(caller, student_id)
    (standing,) = _standing(student.id, [kind])
    if standing.of_age:
        raise ConflictError("The student is of age and needs no consent.", reason="of_age")
    on_paper = caller.role != PARENT
    said = (body.granted, caller.user_id, on_paper)
    if said != (standing.granted, standing.given_by, standing.on_paper):
        Consent.create(
            student_id=student.id,
            school=caller.school,
            kind=kind,
            granted=body.granted,
            given_by=caller.user_id,
            on_paper=on_paper,
        )
        action = "consent.granted" if body.granted else "consent.refused"
        audit.record(caller, action, "user", student.id, kind=kind, on_paper=on_paper)
    return _shown(*_standing(student.id, [kind]))


def _standing(student_id: UUID, kinds: Sequence[str]) -> list[Standing]:
    """How these kinds stand; nothing for a student who is not found in the entered school."""
    values = {"student": str(student_id), "kinds": list(kinds)}
    return [
        Standing(kind, of_age, granted, _uuid(given_by), on_paper, said_at)
        for kind, of_age, granted, given_by, on_paper, said_at in database.execute_sql(STANDING, values)
    ]


def _uuid(value: UUID | str | None) -> UUID | None:
    return UUID(value) if isinstance(value, str) else value


def _shown(standing: Standing) -> schemas.Consent:
    said_by: Literal["parent", "school"] | None = None
    if standing.given_by is not None:
        said_by = "school" if standing.on_paper else "parent"
    return schemas.Consent(
        kind=standing.kind,
        needed=not standing.of_age,
        given=standing.given,
        said_by=said_by,
        said_at=standing.said_at.astimezone(UTC) if standing.said_at else None,
    )
