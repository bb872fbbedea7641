"""All that is stored about a person or a school, table by table and page by page, as it is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from chalicelib.caller import Caller
from chalicelib.schemas import exports as schemas
from chalicelib.services import schools
from chalicelib.store import paging
from chalicelib.store.models.alerts import Alert
from chalicelib.store.models.assignments import Assignment, AssignmentExercise, AssignmentStudent
from chalicelib.store.models.base import Model
from chalicelib.store.models.classes import Classroom, Invite, Membership
from chalicelib.store.models.events import Consent, Switch
from chalicelib.store.models.guides import (
    Guide,
    GuideClassroom,
    GuidePage,
    GuidePublication,
    GuideSubmission,
    GuideVersion,
)
from chalicelib.store.models.mails import MailDelivery, MailPreference
from chalicelib.store.models.operations import Cost, ServiceKey
from chalicelib.store.models.people import AuditEntry, FamilyLink, Identity, School, User
from chalicelib.store.models.photos import Photo, Transcript
from chalicelib.store.models.practice import PracticeGiven
from chalicelib.store.models.reviews import Review
from chalicelib.store.models.security import TokenFamily
from chalicelib.store.models.telemetry import TelemetryEvent
from chalicelib.store.models.tutor import TutorDay, TutorMessage, TutorSession
from chalicelib.store.models.work import (
    Attempt,
    AttemptSkill,
    Diagnosis,
    Exercise,
    ExerciseSkill,
    Mastery,
)

SECRET_COLUMNS = ("secret_hash", "token_version", "code", "unsubscribe_token", "file_key")


class Section(NamedTuple):
    """A table, the columns that sort it, and the condition for the rows of a person or a school."""

    model: type[Model]
    keys: tuple[Any, ...]
    of: Callable[[UUID], Any]


def _of_school(model: Any, *keys: Any) -> Section:
    """A table of which a school's rows name it."""
    return Section(model, keys, lambda school: model.school == school)


PERSON = {
    "profile": Section(User, (User.id,), lambda me: User.id == me),
    "memberships": Section(Membership, (Membership.classroom_id,), lambda me: Membership.user_id == me),
    "identities": Section(Identity, (Identity.issuer, Identity.subject), lambda me: Identity.user == me),
    "family_links": Section(
        FamilyLink,
        (FamilyLink.id,),
        lambda me: (FamilyLink.parent_id == me) | (FamilyLink.student_id == me),
    ),
    "consents": Section(
        Consent, (Consent.id,), lambda me: (Consent.student_id == me) | (Consent.given_by == me)
    ),
    "sessions": Section(TokenFamily, (TokenFamily.id,), lambda me: TokenFamily.user == me),
    "attempts": Section(Attempt, (Attempt.id,), lambda me: Attempt.student_id == me),
    "diagnoses": Section(Diagnosis, (Diagnosis.id,), lambda me: Diagnosis.student_id == me),
    "reviews": Section(Review, (Review.id,), lambda me: Review.student_id == me),
    "attempt_skills": Section(
        AttemptSkill, (AttemptSkill.skill, AttemptSkill.seq), lambda me: AttemptSkill.student_id == me
    ),
    "mastery": Section(Mastery, (Mastery.skill,), lambda me: Mastery.student_id == me),
    "practice": Section(PracticeGiven, (PracticeGiven.id,), lambda me: PracticeGiven.student_id == me),
    "photos": Section(Photo, (Photo.id,), lambda me: Photo.student_id == me),
    "transcripts": Section(Transcript, (Transcript.id,), lambda me: Transcript.student_id == me),
    "notifications": Section(MailPreference, (MailPreference.kind,), lambda me: MailPreference.user == me),
    "mails": Section(MailDelivery, (MailDelivery.message_id,), lambda me: MailDelivery.user == me),
    "alerts": Section(Alert, (Alert.id,), lambda me: Alert.student_id == me),
    "telemetry": Section(
        TelemetryEvent, (TelemetryEvent.client_id,), lambda me: TelemetryEvent.student_id == me
    ),
    "assignments": Section(
        Assignment,
        (Assignment.id,),
        lambda me: (Assignment.student_id == me) | (Assignment.created_by == me),
    ),
    "assignment_students": Section(
        AssignmentStudent, (AssignmentStudent.assignment_id,), lambda me: AssignmentStudent.student_id == me
    ),
    "assignment_exercises": Section(
        AssignmentExercise, (AssignmentExercise.id,), lambda me: AssignmentExercise.student_id == me
    ),
    "tutor_sessions": Section(TutorSession, (TutorSession.id,), lambda me: TutorSession.student_id == me),
    "tutor_messages": Section(TutorMessage, (TutorMessage.id,), lambda me: TutorMessage.student_id == me),
    "tutor_days": Section(TutorDay, (TutorDay.day,), lambda me: TutorDay.student_id == me),
    "guides": Section(Guide, (Guide.id,), lambda me: Guide.created_by == me),
    "guide_submissions": Section(
        GuideSubmission, (GuideSubmission.id,), lambda me: GuideSubmission.student_id == me
    ),
    "guide_pages": Section(GuidePage, (GuidePage.photo_id,), lambda me: GuidePage.student_id == me),
    "audit": Section(
        AuditEntry,
        (AuditEntry.id,),
        lambda me: (AuditEntry.actor_id == me) | (AuditEntry.subject_id == me),
    ),
}
SCHOOL = {
    "school": Section(School, (School.id,), lambda school: School.id == school),
    "users": _of_school(User, User.id),
    "classrooms": _of_school(Classroom, Classroom.id),
    "memberships": _of_school(Membership, Membership.classroom_id, Membership.user_id),
    "invites": _of_school(Invite, Invite.id),
    "identities": _of_school(Identity, Identity.issuer, Identity.subject),
    "family_links": _of_school(FamilyLink, FamilyLink.id),
    "consents": _of_school(Consent, Consent.id),
    "switches": _of_school(Switch, Switch.id),
    "costs": _of_school(Cost, Cost.id),
    "service_keys": _of_school(ServiceKey, ServiceKey.id),
    "exercises": _of_school(Exercise, Exercise.id),
    "exercise_skills": _of_school(ExerciseSkill, ExerciseSkill.exercise, ExerciseSkill.skill),
    "attempts": _of_school(Attempt, Attempt.id),
    "diagnoses": _of_school(Diagnosis, Diagnosis.id),
    "reviews": _of_school(Review, Review.id),
    "attempt_skills": _of_school(AttemptSkill, AttemptSkill.attempt_id, AttemptSkill.skill),
    "mastery": _of_school(Mastery, Mastery.student_id, Mastery.skill),
    "practice": _of_school(PracticeGiven, PracticeGiven.id),
    "photos": _of_school(Photo, Photo.id),
    "transcripts": _of_school(Transcript, Transcript.id),
    "notifications": _of_school(MailPreference, MailPreference.user, MailPreference.kind),
    "mails": _of_school(MailDelivery, MailDelivery.message_id),
    "alerts": _of_school(Alert, Alert.id),
    "telemetry": _of_school(TelemetryEvent, TelemetryEvent.student_id, TelemetryEvent.client_id),
    "assignments": _of_school(Assignment, Assignment.id),
    "assignment_students": _of_school(
        AssignmentStudent, AssignmentStudent.assignment_id, AssignmentStudent.student_id
    ),
    "assignment_exercises": _of_school(AssignmentExercise, AssignmentExercise.id),
    # What a student says to the tutor is not the school's to read.
    "tutor_days": _of_school(TutorDay, TutorDay.student_id, TutorDay.day),
    "guides": _of_school(Guide, Guide.id),
    "guide_versions": _of_school(GuideVersion, GuideVersion.guide_id, GuideVersion.version),
    "guide_publications": _of_school(GuidePublication, GuidePublication.guide_id),
    "guide_classrooms": _of_school(GuideClassroom, GuideClassroom.guide_id, GuideClassroom.classroom_id),
    "guide_submissions": _of_school(GuideSubmission, GuideSubmission.id),
    "guide_pages": _of_school(GuidePage, GuidePage.photo_id),
    "audit": _of_school(AuditEntry, AuditEntry.id),
}


def of_person(caller: Caller, query: schemas.PersonExportQuery) -> tuple[list[schemas.Row], str | None]:
    """A page of one table of the caller's own data."""
    return _page(PERSON[query.section], caller.user_id, query)


def of_school(
    caller: Caller, school_id: UUID, query: schemas.SchoolExportQuery
) -> tuple[list[schemas.Row], str | None]:
    """A page of one table of a school's data; noted when it is begun. Raises `NotFoundError`."""
    schools.entered(caller, school_id, None)
    if query.cursor is None:
        schools.note(caller, "school.exported", school_id, section=query.section)
    return _page(SCHOOL[query.section], school_id, query)


def _page(
    section: Section, owner: UUID, query: schemas.PersonExportQuery | schemas.SchoolExportQuery
) -> tuple[list[schemas.Row], str | None]:
    rows, cursor = paging.page(
        section.model.select().where(section.of(owner)),
        section.keys,
        limit=query.limit,
        cursor=query.cursor,
        scope=f"export|{owner}|{query.section}",
    )
    return [schemas.Row(section=query.section, values=_values(row)) for row in rows], cursor


def _values(row: Model) -> dict[str, Any]:
    """The row by column, without what lets somebody in."""
    return {
        field.column_name: row.__data__[field.name]
        for field in row._meta.sorted_fields
        if field.column_name not in SECRET_COLUMNS
    }
