"""The surface of Tiza: every route, worker, schedule, and the authorizer. Each delegates in a line or two.

A route's parameters say what it needs, its annotations how that looks, its docstring what it does: the
OpenAPI document is made from them. Services and schemas are imported when a route first needs them.
"""

from __future__ import annotations

import os
from uuid import UUID

from chalice import Chalice

from chalicelib import observe, queues, schemas, services, settings
from chalicelib.caller import ADMIN, OPERATOR, PARENT, STAFF, STUDENT, TEACHER, Caller
from chalicelib.edge import authorizer
from chalicelib.edge.http import Page
from chalicelib.edge.request import Request
from chalicelib.edge.responses import CSV, HTML, SVG, Answer
from chalicelib.edge.routes import PUBLIC, Api
from chalicelib.edge.workers import Workers
from chalicelib.errors import (
    BudgetSpentError,
    ConflictError,
    ConsentRequiredError,
    CredentialsError,
    EmailNotVerifiedError,
    ForbiddenError,
    InProgressError,
    InviteError,
    LockedError,
    ModelUnavailableError,
    NotFoundError,
    ProblemError,
    QuotaSpentError,
    SwitchedOffError,
    TokenReplacedError,
    TokenUsedError,
    UnauthorizedError,
)

observe.configure()
settings.check()
app = Chalice(app_name="tiza", configure_logs=False)


@app.authorizer(ttl_seconds=300)
def authorize(auth_request):
    return authorizer.check(auth_request)


api = Api(app, authorize)
workers = Workers(app)


# --- the service itself ---------------------------------------------------------------------------


@api.get("/health", allow=PUBLIC, transaction=False)
def health() -> schemas.system.Health:
    """Whether the process answers. Needs no database."""
    return schemas.system.Health()


@api.get("/ready", allow=PUBLIC)
def ready() -> schemas.system.Readiness:
    """Whether the database answers and has the schema that this code needs."""
    return services.health.ready()


@api.get("/openapi.json", allow=PUBLIC, transaction=False, etag=True)
def openapi_document(request: Request) -> Answer:
    """This API as an OpenAPI 3.1 document."""
    from chalicelib.edge import openapi

    return openapi.answer(api.endpoints, request.base_url)


@api.get("/docs", allow=PUBLIC, transaction=False, etag=True, media_type=HTML)
def docs(request: Request) -> Answer:
    """This API as a page to read."""
    from chalicelib.edge import docs_page

    return docs_page.answer(api.endpoints, request.base_url)


# --- signing in -----------------------------------------------------------------------------------


@api.post(
    "/v1/auth/register",
    allow=PUBLIC,
    status=202,
    transaction=False,
    sends=(queues.MAIL,),
    raises=(InviteError, ConflictError),
)
def register(body: schemas.auth.Registration) -> schemas.auth.Registered:
    """Make an account.

    A teacher founds a school or comes in by a staff invite, a student by a class's code, a parent by a
    child's link code. Teachers and parents get a mail; the answer is the same whether their address has an
    account already or not. A student is ready to sign in at once.
    """
    return services.accounts.register(body)


@api.post(
    "/v1/auth/login",
    allow=PUBLIC,
    limit="sign-in",
    transaction=False,
    raises=(CredentialsError, EmailNotVerifiedError, LockedError),
)
def log_in(body: schemas.auth.EitherSignIn, request: Request) -> schemas.auth.SignedIn:
    """Sign in with e-mail address and password, or with class code, user name and PIN.

    After five failures within a quarter of an hour the account is locked for this address: for a minute, then
    for twice as long each time, up to a quarter of an hour.
    """
    return services.sessions.sign_in(body, request.address)


@api.post("/v1/auth/refresh", allow=PUBLIC, transaction=False, raises=(UnauthorizedError, TokenReplacedError))
def refresh(body: schemas.auth.Refresh) -> schemas.auth.SignedIn:
    """Exchange a refresh token for new tokens.

    Each refresh token is good once. One that comes back ends the session, the newest token included. Of two
    requests at the same moment one gets the tokens, the other `TOKEN_JUST_REPLACED`.
    """
    return services.sessions.refresh(body)


@api.post("/v1/auth/logout", allow=PUBLIC, status=204)
def log_out(body: schemas.auth.Refresh) -> None:
    """End the session of a refresh token. The same answer whether there is one or not."""
    services.sessions.sign_out(body)


@api.post("/v1/auth/email/verify", allow=PUBLIC, status=204, raises=(TokenUsedError,))
def verify_email(body: schemas.auth.VerifyEmail) -> None:
    """Confirm an e-mail address with the token of the mail."""
    services.accounts.verify_email(body)


@api.post("/v1/auth/email/resend", allow=PUBLIC, status=202, limit="sign-in", sends=(queues.MAIL,))
def resend_verification(body: schemas.auth.Address) -> schemas.auth.Sent:
    """Send the mail to confirm an address once more.

    The same answer, whatever the address. At most five mails an hour go to one person.
    """
    return services.accounts.resend_verification(body)


@api.post("/v1/auth/password/forgot", allow=PUBLIC, status=202, limit="sign-in", sends=(queues.MAIL,))
def forgot_password(body: schemas.auth.Address) -> schemas.auth.Sent:
    """Send a mail to choose a new password.

    The same answer, whatever the address. At most five mails an hour go to one person.
    """
    return services.accounts.forgot_password(body)


@api.post(
    "/v1/auth/password/reset",
    allow=PUBLIC,
    status=204,
    limit="sign-in",
    transaction=False,
    raises=(TokenUsedError,),
)
def reset_password(body: schemas.auth.ResetPassword) -> None:
    """Choose a password with the token of a mail. Ends every session."""
    services.accounts.reset_password(body)


# --- me ---------------------------------------------------------------------------------------------


@api.get("/v1/me", etag=True)
def get_me(caller: Caller) -> schemas.me.Me:
    """Who the caller is."""
    return services.me.get(caller)


@api.patch("/v1/me", raises=(ForbiddenError,))
def change_me(caller: Caller, body: schemas.me.ChangeMe) -> schemas.me.Me:
    """Change one's name or language. A student's name is kept by the school."""
    return services.me.change(caller, body)


@api.post(
    "/v1/me/password",
    allow=(TEACHER, PARENT, ADMIN, OPERATOR),
    transaction=False,
    raises=(CredentialsError, LockedError),
)
def change_password(
    caller: Caller, body: schemas.me.ChangePassword, request: Request
) -> schemas.auth.SignedIn:
    """Change one's password. Ends every session, and answers with a new one."""
    return services.credentials.change_password(caller, body, request.address)


@api.get("/v1/me/export")
def export_me(caller: Caller, query: schemas.exports.PersonExportQuery) -> Page[schemas.exports.Row]:
    """Everything that is stored about the caller, table by table."""
    return Page(*services.exports.of_person(caller, query))


@api.post("/v1/me/deletion", status=202, raises=(ConflictError,))
def request_deletion(caller: Caller) -> schemas.me.Deletion:
    """Ask for the end of one's account.

    A student's request waits for a parent or an admin to confirm it; everybody else's counts at once. After
    30 days of grace personal data are purged. Asking again changes nothing.
    """
    return services.deletion.request(caller)


@api.delete("/v1/me/deletion")
def cancel_deletion(caller: Caller) -> None:
    """Take the request for deletion back."""
    services.deletion.cancel(caller)


@api.get("/v1/me/identities")
def list_identities(caller: Caller) -> list[schemas.me.Identity]:
    """The accounts at outside OpenID issuers that may act as the caller."""
    return services.credentials.list_identities(caller)


@api.post("/v1/me/identities", status=201, transaction=False, raises=(ConflictError,))
def link_identity(caller: Caller, body: schemas.me.LinkIdentity) -> schemas.me.Identity:
    """Let an account at a trusted OpenID issuer act as the caller, by presenting a token of it.

    From then on that issuer's tokens are accepted as bearer tokens of the caller. Linking again changes
    nothing.
    """
    return services.credentials.link_identity(caller, body)


@api.delete("/v1/me/identities", raises=(NotFoundError,))
def unlink_identity(caller: Caller, query: schemas.me.IdentityQuery) -> None:
    """Take an outside account's right to act as the caller back."""
    services.credentials.unlink_identity(caller, query)


# --- schools and users --------------------------------------------------------------------------------


@api.get("/v1/schools", allow=(OPERATOR,))
def list_schools(query: schemas.base.PageQuery) -> Page[schemas.schools.School]:
    """All schools."""
    return Page(*services.schools.list_all(query))


@api.get("/v1/schools/{school_id}", allow=(ADMIN, OPERATOR), etag=True)
def get_school(caller: Caller, school_id: UUID) -> schemas.schools.School:
    """A school and its settings."""
    return services.schools.get(caller, school_id)


@api.patch("/v1/schools/{school_id}", allow=(ADMIN, OPERATOR))
def change_school(
    caller: Caller, school_id: UUID, body: schemas.schools.ChangeSchool
) -> schemas.schools.School:
    """Change a school's settings. Only an operator changes its plan."""
    return services.schools.change(caller, school_id, body)


@api.get("/v1/schools/{school_id}/export", allow=(ADMIN, OPERATOR))
def export_school(
    caller: Caller, school_id: UUID, query: schemas.exports.SchoolExportQuery
) -> Page[schemas.exports.Row]:
    """Everything that is stored about a school, table by table."""
    return Page(*services.exports.of_school(caller, school_id, query))


@api.post("/v1/schools/{school_id}/deletion", allow=(ADMIN, OPERATOR), status=202)
def request_school_deletion(caller: Caller, school_id: UUID) -> schemas.schools.School:
    """Ask for the end of a school. After 30 days of grace it is purged. Asking again changes nothing."""
    return services.schools.request_deletion(caller, school_id)


@api.delete("/v1/schools/{school_id}/deletion", allow=(ADMIN, OPERATOR))
def cancel_school_deletion(caller: Caller, school_id: UUID) -> None:
    """Take the request for a school's deletion back."""
    services.schools.cancel_deletion(caller, school_id)


@api.post("/v1/schools/{school_id}/invites", allow=(ADMIN,), status=201, idempotent=True)
def invite_staff(caller: Caller, school_id: UUID, body: schemas.invites.NewInvite) -> schemas.invites.Invite:
    """Make a code with which teachers register in the school."""
    return services.schools.invite_staff(caller, school_id, body)


@api.get("/v1/schools/{school_id}/invites", allow=(ADMIN,))
def list_staff_invites(
    caller: Caller, school_id: UUID, query: schemas.base.PageQuery
) -> Page[schemas.invites.Invite]:
    """The school's staff invites, newest first."""
    return Page(*services.schools.list_invites(caller, school_id, query))


@api.delete("/v1/schools/{school_id}/invites/{invite_id}", allow=(ADMIN,))
def revoke_staff_invite(caller: Caller, school_id: UUID, invite_id: UUID) -> None:
    """Take a staff invite back."""
    services.schools.revoke_invite(caller, school_id, invite_id)


@api.get("/v1/users", allow=STAFF)
def list_users(caller: Caller, query: schemas.users.UserQuery) -> Page[schemas.users.User]:
    """The people of an admin's school, or the students of a teacher."""
    return Page(*services.users.list_visible(caller, query))


@api.post(
    "/v1/users",
    allow=(ADMIN,),
    status=201,
    idempotent=True,
    sends=(queues.MAIL,),
    ahead=lambda body: services.users.hashed_pin(body),  # noqa: PLW0108 (imports the service when called)
    raises=(ConflictError, NotFoundError),
)
def create_user(caller: Caller, body: schemas.users.NewUser, ahead: str | None) -> schemas.users.User:
    """Make an account in one's school.

    A student gets a user name and a PIN, everybody else a mail to set a password.
    """
    return services.users.create(caller, body, ahead)


@api.get("/v1/users/{user_id}", allow=STAFF)
def get_user(caller: Caller, user_id: UUID) -> schemas.users.User:
    """One person. The look at a student's record is noted."""
    return services.users.get(caller, user_id)


@api.patch("/v1/users/{user_id}", allow=(ADMIN,), raises=(ConflictError,))
def change_user(caller: Caller, user_id: UUID, body: schemas.users.ChangeUser) -> schemas.users.User:
    """Change an account. A new role or status ends its sessions; a school keeps at least one admin."""
    return services.users.change(caller, user_id, body)


@api.delete("/v1/users/{user_id}", allow=(ADMIN,), raises=(ConflictError,))
def delete_user(caller: Caller, user_id: UUID) -> None:
    """Delete an account.

    It cannot sign in from now on, and is purged after 30 days; until then it can be made active again.
    """
    services.deletion.delete(caller, user_id)


@api.put("/v1/users/{user_id}/pin", allow=STAFF, status=204, transaction=False)
def set_pin(caller: Caller, user_id: UUID, body: schemas.users.NewPin) -> None:
    """Give a student a new PIN. Ends their sessions."""
    services.users.set_pin(caller, user_id, body)


@api.post("/v1/users/{user_id}/move", allow=STAFF, raises=(ConflictError,))
def move_student(
    caller: Caller, user_id: UUID, body: schemas.classrooms.MoveStudent
) -> schemas.classrooms.Member:
    """Move a student from one class to another. All that they did moves along.

    A teacher teaches both classes. Moving again changes nothing.
    """
    return services.members.move(caller, user_id, body)


@api.post("/v1/users/{user_id}/deletion/confirmation", allow=(ADMIN, PARENT), raises=(ConflictError,))
def confirm_deletion(caller: Caller, user_id: UUID) -> schemas.me.Deletion:
    """Confirm that a student's account shall end, as an admin or a parent with a confirmed link."""
    return services.deletion.confirm(caller, user_id)


@api.post("/v1/users/{user_id}/link-codes", allow=STAFF, status=201, idempotent=True)
def make_link_code(caller: Caller, user_id: UUID, body: schemas.users.NewLinkCode) -> schemas.invites.Invite:
    """Make a code with which a parent asks for a link to this student."""
    return services.users.make_link_code(caller, user_id, body)


# --- families -----------------------------------------------------------------------------------------


@api.get("/v1/families/links", allow=(PARENT, TEACHER, ADMIN))
def list_family_links(caller: Caller, query: schemas.families.LinkQuery) -> Page[schemas.families.Link]:
    """A parent's own links, those of a teacher's students, or all of an admin's school."""
    return Page(*services.families.list_links(caller, query))


@api.post(
    "/v1/families/links",
    allow=(PARENT,),
    status=201,
    idempotent=True,
    raises=(InviteError, ConflictError),
)
def ask_family_link(caller: Caller, body: schemas.families.NewLink) -> schemas.families.Link:
    """Ask for a link to another child, with its link code. It counts once the school has confirmed it."""
    return services.families.ask(caller, body)


@api.post("/v1/families/links/{link_id}/confirmation", allow=STAFF)
def confirm_family_link(caller: Caller, link_id: UUID) -> schemas.families.Link:
    """Confirm that the parent is the child's. Confirming again changes nothing."""
    return services.families.confirm(caller, link_id)


@api.delete("/v1/families/links/{link_id}", allow=(PARENT, ADMIN))
def remove_family_link(caller: Caller, link_id: UUID) -> None:
    """End a link."""
    services.families.remove(caller, link_id)


# --- notifications ------------------------------------------------------------------------------------


@api.get("/v1/notifications/preferences", allow=(STUDENT, PARENT))
def list_preferences(caller: Caller) -> list[schemas.notifications.Preference]:
    """Read which mails one is offered, and which of them one wants. Nobody wants any until they say so."""
    return services.notifications.list_own(caller)


@api.put(
    "/v1/notifications/preferences/{kind}", allow=(STUDENT, PARENT), raises=(NotFoundError, ConflictError)
)
def set_preference(
    caller: Caller, kind: str, body: schemas.notifications.SetPreference
) -> schemas.notifications.Preference:
    """Ask for the mails of one kind, or for no more of them."""
    return services.notifications.put(caller, kind, body)


@api.post("/v1/notifications/unsubscribe", allow=PUBLIC, status=204)
def unsubscribe(query: schemas.notifications.Unsubscribe) -> None:
    """End a subscription by one click in a mail program (RFC 8058), whose form is not read.

    The same answer whether the token is known or not, and when it is sent again.
    """
    services.notifications.unsubscribe(query)


@api.get("/v1/families/children/{student_id}/summary", allow=(PARENT,))
def get_child_summary(caller: Caller, student_id: UUID) -> schemas.families.ChildSummary:
    """Read what one's child did in the last seven days."""
    return services.family_summary.last_days(caller, student_id)


@api.get("/v1/families/children/{student_id}/consents", allow=(PARENT,), etag=True)
def list_child_consents(caller: Caller, student_id: UUID) -> list[schemas.families.Consent]:
    """Read what may be done with one's child's data."""
    return services.consents.list_of(caller, student_id)


@api.put(
    "/v1/families/children/{student_id}/consents/{kind}",
    allow=(PARENT,),
    raises=(ConflictError,),
)
def set_child_consent(
    caller: Caller, student_id: UUID, kind: str, body: schemas.families.Decision
) -> schemas.families.Consent:
    """Consent for one's child, refuse, or take a consent back.

    The newest word of a parent or of the school holds. When the link to the child ends, so does what was
    said.
    """
    return services.consents.decide(caller, student_id, kind, body)


@api.get("/v1/users/{user_id}/consents", allow=STAFF, etag=True)
def list_user_consents(caller: Caller, user_id: UUID) -> list[schemas.families.Consent]:
    """Read what may be done with a student's data."""
    return services.consents.list_of(caller, user_id)


@api.put("/v1/users/{user_id}/consents/{kind}", allow=(ADMIN,), raises=(ConflictError,))
def record_consent(
    caller: Caller, user_id: UUID, kind: str, body: schemas.families.Decision
) -> schemas.families.Consent:
    """Record what a student's parents told the school on paper."""
    return services.consents.decide(caller, user_id, kind, body)


# --- classrooms ---------------------------------------------------------------------------------------


@api.post("/v1/classrooms", allow=STAFF, status=201, idempotent=True)
def create_classroom(caller: Caller, body: schemas.classrooms.NewClassroom) -> schemas.classrooms.Classroom:
    """Make a class.

    A teacher who makes it teaches it; an admin puts teachers in afterwards.
    """
    return services.classrooms.create(caller, body)


@api.get("/v1/classrooms", allow=(STUDENT, TEACHER, ADMIN), etag=True)
def list_classrooms(
    caller: Caller, query: schemas.classrooms.ClassroomQuery
) -> Page[schemas.classrooms.Classroom]:
    """List the classes that one is in; an admin's whole school."""
    return Page(*services.classrooms.list_visible(caller, query))


@api.get("/v1/classrooms/{classroom_id}", allow=(STUDENT, TEACHER, ADMIN), etag=True)
def get_classroom(caller: Caller, classroom_id: UUID) -> schemas.classrooms.Classroom:
    """Read a class."""
    return services.classrooms.get(caller, classroom_id)


@api.patch("/v1/classrooms/{classroom_id}", allow=STAFF)
def change_classroom(
    caller: Caller, classroom_id: UUID, body: schemas.classrooms.ChangeClassroom
) -> schemas.classrooms.Classroom:
    """Change a class, archive it, or take it out of the archive."""
    return services.classrooms.change(caller, classroom_id, body)


@api.delete("/v1/classrooms/{classroom_id}", allow=(ADMIN,), raises=(ConflictError,))
def delete_classroom(caller: Caller, classroom_id: UUID) -> None:
    """Delete a class in which there are no students.

    One with students is archived instead. Answers belong to students and stay.
    """
    services.classrooms.delete(caller, classroom_id)


@api.post("/v1/classrooms/{classroom_id}/code", allow=STAFF)
def renew_classroom_code(caller: Caller, classroom_id: UUID) -> schemas.classrooms.Classroom:
    """Give a class a new sign-in code; the old one ends."""
    return services.classrooms.renew_code(caller, classroom_id)


@api.post(
    "/v1/classrooms/join",
    allow=(STUDENT,),
    status=201,
    idempotent=True,
    raises=(InviteError, ConflictError),
)
def join_classroom(caller: Caller, body: schemas.classrooms.JoinClassroom) -> schemas.classrooms.Classroom:
    """Join a class by an invite code."""
    return services.members.join(caller, body)


@api.get("/v1/classrooms/{classroom_id}/members", allow=STAFF, etag=True)
def list_members(
    caller: Caller, classroom_id: UUID, query: schemas.classrooms.MemberQuery
) -> Page[schemas.classrooms.Member]:
    """List the teachers and students of a class."""
    return Page(*services.members.list_members(caller, classroom_id, query))


@api.put("/v1/classrooms/{classroom_id}/members/{user_id}", allow=STAFF, raises=(ConflictError,))
def put_member(
    caller: Caller, classroom_id: UUID, user_id: UUID, body: schemas.classrooms.SetMember
) -> schemas.classrooms.Member:
    """Put somebody of the school into a class.

    A teacher puts in colleagues, and students whom they teach already; others join by an invite code, or are
    put in by an admin. To move a student, put them into the new class and take them out of the old one.
    """
    return services.members.put(caller, classroom_id, user_id, body)


@api.delete("/v1/classrooms/{classroom_id}/members/{user_id}", allow=STAFF, raises=(ConflictError,))
def remove_member(caller: Caller, classroom_id: UUID, user_id: UUID) -> None:
    """Take somebody out of a class.

    A class keeps at least one teacher, unless an admin decides otherwise.
    """
    services.members.remove(caller, classroom_id, user_id)


@api.post(
    "/v1/classrooms/{classroom_id}/invites",
    allow=STAFF,
    status=201,
    idempotent=True,
    raises=(ConflictError,),
)
def create_class_invite(
    caller: Caller, classroom_id: UUID, body: schemas.invites.NewInvite
) -> schemas.invites.Invite:
    """Make a code with which students join a class."""
    return services.members.invite(caller, classroom_id, body)


@api.get("/v1/classrooms/{classroom_id}/invites", allow=STAFF)
def list_class_invites(
    caller: Caller, classroom_id: UUID, query: schemas.base.PageQuery
) -> Page[schemas.invites.Invite]:
    """List the invite codes of a class, newest first."""
    return Page(*services.members.list_invites(caller, classroom_id, query))


@api.delete("/v1/classrooms/{classroom_id}/invites/{invite_id}", allow=STAFF)
def revoke_class_invite(caller: Caller, classroom_id: UUID, invite_id: UUID) -> None:
    """Take an invite code of a class back."""
    services.members.revoke_invite(caller, classroom_id, invite_id)


# --- roster -------------------------------------------------------------------------------------------


# Takes no Idempotency-Key: what is there already stays as it is, so that sending it again does nothing.
@api.post("/v1/roster/imports", allow=(ADMIN,), sends=(queues.MAIL,), raises=(ConflictError,))
def import_roster(
    caller: Caller, query: schemas.roster.ImportQuery, body: schemas.roster.Import
) -> schemas.roster.ImportReport:
    """Import people, classes and enrolments from the CSV files of OneRoster 1.1 or 1.2.

    Each line is reported: created, changed, unchanged, or refused with the reason; the others go on. A dry
    run gives the same report and changes nothing. To import again is safe. Lines that are not there mean
    nothing: an account with the status `tobedeleted` is disabled, a class archived, an enrolment ended.
    Teachers and parents who are new get a mail to set a password, students a PIN from their teacher. Up to
    10,000 lines at once.
    """
    return services.roster.take(caller, body, query)


@api.get("/v1/roster/users.csv", allow=(ADMIN,), media_type=CSV)
def export_roster_users(caller: Caller) -> str:
    """Export the school's people as OneRoster's `users.csv`. Imported again, nothing changes.

    Where a cell could be taken for a formula, an apostrophe is put before it; the import takes it off.
    """
    return services.roster.users_csv(caller)


@api.get("/v1/roster/classes.csv", allow=(ADMIN,), media_type=CSV)
def export_roster_classes(caller: Caller) -> str:
    """Export the school's classes, without archived ones, as OneRoster's `classes.csv`."""
    return services.roster.classes_csv(caller)


@api.get("/v1/roster/enrollments.csv", allow=(ADMIN,), media_type=CSV)
def export_roster_enrollments(caller: Caller) -> str:
    """Export who is in these classes as OneRoster's `enrollments.csv`."""
    return services.roster.enrollments_csv(caller)


# Takes no Idempotency-Key, as the import.
@api.post("/v1/roster/school-years", allow=(ADMIN,), raises=(ConflictError,))
def begin_school_year(
    caller: Caller, query: schemas.roster.SchoolYearQuery, body: schemas.roster.SchoolYear
) -> schemas.roster.SchoolYearReport:
    """Begin a new school year: archive last year's classes, and put their students into new ones.

    All of the plan is done, or nothing; each class is reported. A planned class that is there already, by its
    `sourced_id`, stays as it is: to send the plan again is safe. Students stay on the list of the archived
    class, its teachers leave it. What students know moves along.
    """
    return services.school_year.begin(caller, body, query)


# Takes no Idempotency-Key: what is remembered for one is the whole answer, and this one holds secrets.
@api.post("/v1/classrooms/{classroom_id}/pins", allow=STAFF, transaction=False, raises=(ConflictError,))
def set_class_pins(caller: Caller, classroom_id: UUID, body: schemas.roster.Pins) -> schemas.roster.PinSheet:
    """Give the students of a class new PINs, as a sheet to print. They are told this once.

    Ends the sessions of those who get one. A class gets a sheet at most once a minute.
    """
    return services.pins.set_class(caller, classroom_id, body)


# --- skills and exercises -----------------------------------------------------------------------------


@api.get("/v1/skills", scope="skills:read", etag=True)
def list_skills(caller: Caller, query: schemas.skills.SkillQuery) -> Page[schemas.skills.Skill]:
    """List the skills, each with its prerequisites."""
    return Page(*services.skills.list_active(caller, query))


@api.get("/v1/skills/{skill_id}", scope="skills:read", etag=True)
def get_skill(caller: Caller, skill_id: UUID) -> schemas.skills.Skill:
    """Read a skill."""
    return services.skills.get(caller, skill_id)


@api.post("/v1/skills", allow=(OPERATOR,), status=201, idempotent=True, raises=(ConflictError, NotFoundError))
def create_skill(caller: Caller, body: schemas.skills.NewSkill) -> schemas.skills.Skill:
    """Add a skill."""
    return services.skills.create(caller, body)


@api.patch("/v1/skills/{skill_id}", allow=(OPERATOR,))
def change_skill(caller: Caller, skill_id: UUID, body: schemas.skills.ChangeSkill) -> schemas.skills.Skill:
    """Change a skill's names or its place in lists."""
    return services.skills.change(caller, skill_id, body)


@api.delete("/v1/skills/{skill_id}", allow=(OPERATOR,), raises=(ConflictError,))
def retire_skill(caller: Caller, skill_id: UUID) -> None:
    """Retire a skill: it is listed no more, and no answer counts towards it."""
    services.skills.retire(caller, skill_id)


@api.put("/v1/skills/{skill_id}/prerequisites", allow=(OPERATOR,), raises=(ConflictError,))
def set_prerequisites(
    caller: Caller, skill_id: UUID, body: schemas.skills.SetPrerequisites
) -> schemas.skills.Skill:
    """Say which skills come right before one. A circle is refused."""
    return services.skills.set_prerequisites(caller, skill_id, body)


@api.post(
    "/v1/exercises",
    allow=(TEACHER, ADMIN, OPERATOR),
    status=201,
    idempotent=True,
    raises=(ProblemError, NotFoundError),
)
def create_exercise(caller: Caller, body: schemas.exercises.NewExercise) -> schemas.exercises.Exercise:
    """Add an exercise. Its answer is computed.

    It belongs to the school of who adds it; an operator's belongs to the platform, for all schools.
    """
    return services.exercises.create(caller, body)


@api.get("/v1/exercises", etag=True)
def list_exercises(
    caller: Caller, query: schemas.exercises.ExerciseQuery
) -> Page[schemas.exercises.Exercise]:
    """List the exercises that may be set in the school, newest first."""
    return Page(*services.exercises.list_visible(caller, query))


@api.get("/v1/exercises/{exercise_id}", etag=True)
def get_exercise(caller: Caller, exercise_id: UUID) -> schemas.exercises.Exercise:
    """Read an exercise."""
    return services.exercises.get(caller, exercise_id)


@api.patch("/v1/exercises/{exercise_id}", allow=(TEACHER, ADMIN, OPERATOR))
def change_exercise(
    caller: Caller, exercise_id: UUID, body: schemas.exercises.ChangeExercise
) -> schemas.exercises.Exercise:
    """Change an exercise of the own school, archive it, or take it out of the archive."""
    return services.exercises.change(caller, exercise_id, body)


@api.delete("/v1/exercises/{exercise_id}", allow=(TEACHER, ADMIN, OPERATOR))
def archive_exercise(caller: Caller, exercise_id: UUID) -> None:
    """Archive an exercise of the own school. Attempts at it stay."""
    services.exercises.archive(caller, exercise_id)


@api.post(
    "/v1/exercises/generate",
    allow=STAFF,
    scope="exercises:generate",
    idempotent=True,
    raises=(NotFoundError, ForbiddenError),
)
def generate_exercises(
    caller: Caller, body: schemas.exercises.Generation
) -> schemas.exercises.GeneratedExercises:
    """Make exercises of a topic or skill, also such that bring given bugs out or tell them apart.

    With `store`, they are added to the school's exercises, which no service key may. The same seed and wishes
    make the same exercises.
    """
    return services.generation.generate(caller, body)


@api.post(
    "/v1/exercises/{exercise_id}/story",
    allow=STAFF,
    status=202,
    idempotent=True,
    sends=(queues.EXERCISE_GENERATE,),
    raises=(ConflictError, SwitchedOffError, BudgetSpentError),
)
def wish_for_story(
    caller: Caller, exercise_id: UUID, body: schemas.exercises.StoryWish
) -> schemas.exercises.Exercise:
    """Have a language model tell an exercise of the own school as a story.

    It takes some seconds: read the exercise again while its `story_status` is `pending`. The story is shown
    once it was checked to be about just this problem; the answer to it is the exercise's, which was computed.
    The problem is one operation on plain numbers: of whole numbers, decimals or fractions (which are not
    divided). For another story, remove the one that it has.
    """
    return services.stories.wish(caller, exercise_id, body)


@api.delete("/v1/exercises/{exercise_id}/story", allow=STAFF)
def remove_story(caller: Caller, exercise_id: UUID) -> None:
    """Remove the story of an exercise of the own school, or the wish for one. The exercise stays."""
    services.stories.remove(caller, exercise_id)


@api.get("/v1/bugs", scope="bugs:read", etag=True)
def list_bugs(caller: Caller, query: schemas.bugs.CatalogueQuery) -> Page[schemas.bugs.Bug]:
    """List the catalogue of bugs, by id, each with a worked example.

    A bug is a wrong procedure that students are known to follow.
    """
    return Page(*services.bugs.list_matching(caller, query))


@api.get("/v1/bugs/{bug_id}", scope="bugs:read", etag=True)
def get_bug(caller: Caller, bug_id: str) -> schemas.bugs.Bug:
    """Read a bug."""
    return services.bugs.get(caller, bug_id)


@api.patch("/v1/bugs/{bug_id}", allow=(OPERATOR,))
def change_bug(caller: Caller, bug_id: str, body: schemas.bugs.ChangeBug) -> schemas.bugs.Bug:
    """Retire a bug, so that no diagnosis proposes it any more, or take it back.

    It holds everywhere within a minute. Diagnoses that were made before stay as they are.
    """
    return services.bugs.change(caller, bug_id, body)


@api.post("/v1/diagnose", scope="diagnose", raises=(ProblemError,))
def diagnose(caller: Caller, body: schemas.diagnose.Diagnose) -> schemas.diagnose.Diagnosed:
    """Diagnose an answer to a problem without storing anything."""
    return services.diagnose.diagnose(caller, body)


# --- attempts and mastery -----------------------------------------------------------------------------


@api.post(
    "/v1/attempts",
    allow=(STUDENT,),
    status=201,
    idempotent=True,
    sends=(queues.CLASSIFY, queues.EXERCISE_GENERATE),
    raises=(ProblemError, NotFoundError, ConflictError),
)
def submit_attempt(caller: Caller, body: schemas.attempts.Submission) -> schemas.attempts.Attempt:
    """Submit an answer and get its diagnosis.

    The answer is to an exercise, or to a problem in the grammar. It counts towards mastery exactly once; one
    that cannot be read does not count. From a device that was offline, send `client_id` and `answered_at`:
    what was stored before under the same `client_id` is answered again.
    """
    return services.attempts.submit(caller, body)


@api.get(
    "/v1/attempts",
    allow=(STUDENT, TEACHER, PARENT, ADMIN),
    scope="attempts:read",
    etag=True,
    raises=(NotFoundError,),
)
def list_attempts(
    caller: Caller, query: schemas.attempts.AttemptQuery
) -> Page[schemas.attempts.AttemptSummary]:
    """List attempts, newest answers first.

    Students see their own, teachers those of the students they teach, parents those of their children, and
    admins the whole school's.
    """
    return Page(*services.attempts_listed.list_visible(caller, query))


@api.get(
    "/v1/attempts/{attempt_id}", allow=(STUDENT, TEACHER, PARENT, ADMIN), scope="attempts:read", etag=True
)
def get_attempt(caller: Caller, attempt_id: UUID) -> schemas.attempts.Attempt:
    """Read an attempt with its whole diagnosis."""
    return services.attempts.get(caller, attempt_id)


# --- corrections ---


@api.get(
    "/v1/attempts/{attempt_id}/diagnoses",
    allow=(STUDENT, TEACHER, PARENT, ADMIN),
    scope="attempts:read",
    etag=True,
)
def list_diagnoses(
    caller: Caller, attempt_id: UUID, query: schemas.base.PageQuery
) -> Page[schemas.corrections.RecordedDiagnosis]:
    """List all diagnoses that an attempt has had, newest first."""
    return Page(*services.corrections.list_diagnoses(caller, attempt_id, query))


@api.post(
    "/v1/attempts/{attempt_id}/override",
    allow=STAFF,
    status=201,
    idempotent=True,
    sends=(queues.EXERCISE_GENERATE,),
)
def override_diagnosis(
    caller: Caller, attempt_id: UUID, body: schemas.corrections.Override
) -> schemas.attempts.Attempt:
    """Correct the diagnosis of a student whom one teaches.

    It counts from now on, and no machine replaces it; the one before stays on record. Mastery is recomputed
    as if it had been made at once; an answer that did not count and now does is counted as the newest.
    Reviews of the attempt are resolved by it.
    """
    return services.corrections.override(caller, attempt_id, body)


@api.post("/v1/attempts/{attempt_id}/report", allow=(STUDENT,), status=201, idempotent=True)
def report_diagnosis(
    caller: Caller, attempt_id: UUID, body: schemas.reviews.Report
) -> schemas.reviews.Review:
    """Report that one's own answer was wrongly diagnosed, for staff to review.

    Reporting a diagnosis again changes nothing.
    """
    return services.reviews.report(caller, attempt_id, body)


@api.get("/v1/reviews", allow=(STUDENT, TEACHER, ADMIN), etag=True, raises=(NotFoundError,))
def list_reviews(caller: Caller, query: schemas.reviews.ReviewQuery) -> Page[schemas.reviews.Review]:
    """List the diagnoses that staff should look at, or have, newest first.

    Students see their own reports, teachers what is about students they teach, and admins the whole school's.
    """
    return Page(*services.reviews.list_visible(caller, query))


@api.post("/v1/reviews/{review_id}/resolution", allow=STAFF)
def uphold_diagnosis(
    caller: Caller, review_id: UUID, body: schemas.reviews.Resolution
) -> schemas.reviews.Review:
    """Uphold the diagnosis. To correct it, override the attempt: that resolves the review, too.

    Resolving it again changes nothing.
    """
    return services.reviews.uphold(caller, review_id, body)


# --- mastery ---


@api.get(
    "/v1/students/{student_id}/mastery",
    allow=(STUDENT, TEACHER, PARENT, ADMIN),
    scope="mastery:read",
    etag=True,
)
def get_student_mastery(caller: Caller, student_id: UUID) -> schemas.mastery.StudentMastery:
    """Read what a student is believed to know of each skill they have practised."""
    return services.mastery.of_student(caller, student_id)


@api.get(
    "/v1/students/{student_id}/mastery/history",
    allow=(STUDENT, TEACHER, PARENT, ADMIN),
    scope="mastery:read",
    etag=True,
    also={
        SVG: lambda history, locale: services.mastery_pictures.curves(history, locale),  # noqa: PLW0108
        CSV: lambda history, locale: services.mastery_tables.history(history, locale),  # noqa: PLW0108
    },
)
def get_mastery_history(
    caller: Caller, student_id: UUID, query: schemas.mastery.HistoryQuery
) -> schemas.mastery.MasteryHistory:
    """Read how the belief about a student's skills moved, answer by answer: the points of a plot.

    Also drawn as learning curves (`image/svg+xml`), or as a table (`text/csv`).
    """
    return services.mastery.history(caller, student_id, query)


@api.get(
    "/v1/classrooms/{classroom_id}/mastery",
    allow=STAFF,
    scope="mastery:read",
    etag=True,
    also={
        SVG: lambda heat_map, locale: services.mastery_pictures.heat_map(heat_map, locale),  # noqa: PLW0108
        CSV: lambda heat_map, locale: services.mastery_tables.heat_map(heat_map, locale),  # noqa: PLW0108
    },
)
def get_heat_map(caller: Caller, classroom_id: UUID) -> schemas.mastery.HeatMap:
    """Read a class's heat map: its students by the skills that any of them has practised, and their bugs.

    Also drawn, to be shown or printed (`image/svg+xml`), or as a table (`text/csv`).
    """
    return services.class_views.heat_map(caller, classroom_id)


@api.get("/v1/classrooms/{classroom_id}/bugs", allow=STAFF, scope="mastery:read", etag=True)
def list_class_bugs(
    caller: Caller, classroom_id: UUID, query: schemas.mastery.BugQuery
) -> schemas.mastery.ClassBugs:
    """Read which bugs the students of a class have, the most shared first."""
    return services.class_views.bugs(caller, classroom_id, query)


@api.get("/v1/classrooms/{classroom_id}/groups", allow=STAFF, scope="mastery:read", etag=True)
def list_class_groups(
    caller: Caller, classroom_id: UUID, query: schemas.mastery.BugQuery
) -> schemas.mastery.ClassGroups:
    """Read which students of a class have the same bugs, to work with them in groups, the largest first."""
    return services.class_views.groups(caller, classroom_id, query)


@api.get("/v1/classrooms/{classroom_id}/attention", allow=STAFF, scope="mastery:read", etag=True)
def list_class_attention(caller: Caller, classroom_id: UUID) -> schemas.mastery.Attention:
    """Read whom of a class to see first, and why.

    A student counts points for each reason: 4 for having fallen two levels in a skill within 7 days, 3 for
    being at risk in two skills, 1 more for each further skill of both; 2 for no answer on the last 3 school
    days, 3 from 5 days on; 1 for each bug that the class shares. No reason counts more than 6.
    """
    return services.attention.of_classroom(caller, classroom_id)


# --- assignments --------------------------------------------------------------------------------------


@api.post(
    "/v1/assignments",
    allow=STAFF,
    status=201,
    idempotent=True,
    raises=(NotFoundError, ConflictError),
)
def create_assignment(caller: Caller, body: schemas.assignments.Setting) -> schemas.assignments.Assignment:
    """Set exercises to a class, or to some of its students.

    The exercises are named, or chosen for a skill: the same for all, or for each student by what they know.
    A student answers them like any others; the first answer to each, from now until it is closed, counts.
    """
    return services.assignments_new.create(caller, body)


@api.get("/v1/assignments", allow=(STUDENT, TEACHER, PARENT, ADMIN), etag=True, raises=(NotFoundError,))
def list_assignments(
    caller: Caller, query: schemas.assignments.AssignmentQuery
) -> Page[schemas.assignments.Assignment]:
    """List the open assignments, the next due first; or the closed ones, latest first.

    Students see their own, parents their children's, each with the result of these alone; teachers those of
    their classes, and the automatic ones of the students whom they teach; admins the whole school's.
    """
    return Page(*services.assignments.list_visible(caller, query))


@api.get("/v1/assignments/{assignment_id}", allow=(STUDENT, TEACHER, PARENT, ADMIN), etag=True)
def get_assignment(caller: Caller, assignment_id: UUID) -> schemas.assignments.Assignment:
    """Read an assignment and its result at a glance."""
    return services.assignments.get(caller, assignment_id)


@api.patch("/v1/assignments/{assignment_id}", allow=STAFF, raises=(ConflictError,))
def change_assignment(
    caller: Caller, assignment_id: UUID, body: schemas.assignments.ChangeAssignment
) -> schemas.assignments.Assignment:
    """Change an assignment's title or due date, close it, or open it again.

    What is late follows from the due date as it is now.
    """
    return services.assignments.change(caller, assignment_id, body)


@api.delete("/v1/assignments/{assignment_id}", allow=STAFF, raises=(ConflictError,))
def delete_assignment(caller: Caller, assignment_id: UUID) -> None:
    """Delete an assignment; the answers stay. An automatic one is closed instead."""
    services.assignments.delete(caller, assignment_id)


@api.get("/v1/assignments/{assignment_id}/progress", allow=STAFF, etag=True)
def get_assignment_progress(caller: Caller, assignment_id: UUID) -> schemas.assignments.Progress:
    """Read how each student stands with each exercise, and which bugs the answers showed."""
    return services.assignments.progress(caller, assignment_id)


@api.get(
    "/v1/assignments/{assignment_id}/students/{student_id}",
    allow=(STUDENT, TEACHER, PARENT, ADMIN),
    etag=True,
)
def get_student_assignment(
    caller: Caller, assignment_id: UUID, student_id: UUID
) -> schemas.assignments.StudentProgress:
    """Read the exercises of one student in an assignment, and how they stand with them."""
    return services.assignments.of_student(caller, assignment_id, student_id)


# --- practice ---


@api.post(
    "/v1/practice/next",
    allow=(STUDENT,),
    status=201,
    idempotent=True,
    raises=(NotFoundError,),
)
def next_practice(caller: Caller, body: schemas.practice.NextPractice) -> schemas.practice.Practice:
    """Get the exercise that helps most next, and why.

    With `skill_id`, it is of that skill or of what must come before it; without, of what is practised by the
    student and in their classes. One that was given within the last hour, and not answered, is given again.
    """
    return services.practice.next_for(caller, body)


# --- photos -------------------------------------------------------------------------------------------


@api.post(
    "/v1/photos",
    allow=(STUDENT,),
    status=201,
    uses=("files.upload_form",),
    raises=(ConsentRequiredError, SwitchedOffError, ProblemError, NotFoundError, ConflictError),
)
def announce_photo(caller: Caller, body: schemas.photos.Announcement) -> schemas.photos.Announced:
    """Hand in work by photo: say what comes, and get a form to upload it with.

    The form is good for ten minutes. To repeat the call safely, send `client_id`: under the same one it is
    the same photo, with a new form. The photo is `checked` or `refused` some seconds after the upload, and
    kept for 30 days. A minor needs a parent's consent.

    What is on it is then read, and becomes attempts: see `reading`, and the photo's `lines`.
    """
    return services.photos.announce(caller, body)


@api.get("/v1/photos", allow=(STUDENT, TEACHER, PARENT, ADMIN), etag=True, raises=(NotFoundError,))
def list_photos(caller: Caller, query: schemas.photos.PhotoQuery) -> Page[schemas.photos.PhotoSummary]:
    """List photos, newest first: one's own, or those of the students whose work one sees."""
    return Page(*services.photos.list_visible(caller, query))


@api.get(
    "/v1/photos/{photo_id}",
    allow=(STUDENT, TEACHER, PARENT, ADMIN),
    uses=("files.address",),
    raises=(SwitchedOffError,),
)
def get_photo(caller: Caller, photo_id: UUID) -> schemas.photos.Photo:
    """Read how it stands with a photo, and where it can be looked at for the next five minutes."""
    return services.photos.get(caller, photo_id)


@api.delete(
    "/v1/photos/{photo_id}",
    allow=(STUDENT, TEACHER, PARENT, ADMIN),
    transaction=False,
    uses=("files.delete",),
    raises=(SwitchedOffError,),
)
def delete_photo(caller: Caller, photo_id: UUID) -> None:
    """Delete a photo and its files. What was read from it stays."""
    services.photos.remove(caller, photo_id)


@api.post(
    "/v1/photos/{photo_id}/lines",
    allow=(STUDENT, TEACHER, ADMIN),
    status=201,
    idempotent=True,
    sends=(queues.CLASSIFY, queues.EXERCISE_GENERATE),
    raises=(ProblemError, ConflictError),
)
def say_photo_line(caller: Caller, photo_id: UUID, body: schemas.photos.LineSaid) -> schemas.attempts.Attempt:
    """Say what a line of a photo is that was not read, or not surely.

    It becomes the student's attempt: as it was read, or with what is said otherwise here.
    """
    return services.photo_words.say(caller, photo_id, body)


# --- the tutor ----------------------------------------------------------------------------------------


@api.post(
    "/v1/tutor/sessions",
    allow=(STUDENT,),
    status=201,
    idempotent=True,
    sends=(queues.TUTOR_INDEX,),
    raises=(ConsentRequiredError, SwitchedOffError, ProblemError, NotFoundError),
)
def begin_tutor_session(caller: Caller, body: schemas.tutor.Subject) -> schemas.tutor.Session:
    """Begin a talk with the tutor about an attempt of one's own, an exercise, or a problem.

    A minor needs a parent's consent. Nobody else reads what is said in it; it is kept for 30 days after the
    last message.
    """
    return services.tutor.begin(caller, body)


@api.get("/v1/tutor/sessions", allow=(STUDENT,), etag=True)
def list_tutor_sessions(caller: Caller, query: schemas.tutor.SessionQuery) -> Page[schemas.tutor.Session]:
    """List one's talks with the tutor, newest first."""
    return Page(*services.tutor.list_own(caller, query))


@api.get("/v1/tutor/sessions/{session_id}", allow=(STUDENT,), etag=True)
def get_tutor_session(caller: Caller, session_id: UUID) -> schemas.tutor.Session:
    """Read what a talk is about, and whether its problem was answered meanwhile."""
    return services.tutor.get(caller, session_id)


@api.delete("/v1/tutor/sessions/{session_id}", allow=(STUDENT,))
def delete_tutor_session(caller: Caller, session_id: UUID) -> None:
    """Delete a talk with all that was said in it. Its messages count as before."""
    services.tutor.remove(caller, session_id)


@api.get("/v1/tutor/sessions/{session_id}/messages", allow=(STUDENT,), etag=True)
def list_tutor_messages(
    caller: Caller, session_id: UUID, query: schemas.tutor.MessageQuery
) -> Page[schemas.tutor.Message]:
    """List what was said in a talk, newest first."""
    return Page(*services.tutor.messages(caller, session_id, query))


@api.post(
    "/v1/tutor/sessions/{session_id}/messages",
    allow=(STUDENT,),
    status=201,
    transaction=False,
    uses=("bedrock.converse", "bedrock.embed"),
    raises=(
        ConsentRequiredError,
        SwitchedOffError,
        QuotaSpentError,
        BudgetSpentError,
        ModelUnavailableError,
        ConflictError,
        InProgressError,
    ),
)
def ask_tutor(caller: Caller, session_id: UUID, body: schemas.tutor.Said) -> schemas.tutor.Answered:
    """Say something to the tutor and get its reply, within some seconds.

    As long as the student has not answered the problem, the reply never has the answer in it. To repeat the
    call safely, send `client_id`: under the same one it is the same message, and counts once. How many
    messages are answered in a day depends on the school's plan; one that gets no reply does not count.
    """
    return services.tutor_messages.ask(caller, session_id, body)


@api.get("/v1/students/{student_id}/tutor-use", allow=(STUDENT, TEACHER, PARENT, ADMIN), etag=True)
def get_tutor_use(caller: Caller, student_id: UUID) -> schemas.tutor.Use:
    """Read how many messages the tutor answered a student, by day, and how many are left today."""
    return services.tutor_quota.of_student(caller, student_id)


# --- guides -------------------------------------------------------------------------------------------


@api.post(
    "/v1/guides",
    allow=STAFF,
    status=201,
    uses=("guide_files.upload_form",),
    raises=(NotFoundError, ConflictError, SwitchedOffError),
)
def announce_guide(caller: Caller, body: schemas.guides.NewGuide) -> schemas.guides.Announced:
    """Make a worksheet of a PDF: say what comes, and get a form to upload it with.

    The form is good for ten minutes. To repeat the call safely, send `client_id`. Its questions and what is
    right are found within some seconds after the upload; then staff look at them in `review`, and publish it.
    """
    return services.guides.announce(caller, body)


@api.get("/v1/guides", allow=(STUDENT, TEACHER, PARENT, ADMIN), etag=True, raises=(NotFoundError,))
def list_guides(caller: Caller, query: schemas.guides.GuideQuery) -> Page[schemas.guides.GuideSummary]:
    """List the worksheets of one's classes, newest first; for students and parents the published ones."""
    return Page(*services.guides.list_visible(caller, query))


@api.get(
    "/v1/guides/{guide_id}",
    allow=(STUDENT, TEACHER, PARENT, ADMIN),
    uses=("guide_files.address",),
    raises=(SwitchedOffError,),
)
def get_guide(caller: Caller, guide_id: UUID) -> schemas.guides.Guide:
    """Read a worksheet, its questions, and where its file can be looked at for the next five minutes."""
    return services.guides.get(caller, guide_id)


@api.patch(
    "/v1/guides/{guide_id}",
    allow=STAFF,
    uses=("guide_files.address",),
    raises=(ConflictError, SwitchedOffError),
)
def change_guide(caller: Caller, guide_id: UUID, body: schemas.guides.ChangeGuide) -> schemas.guides.Guide:
    """Change a worksheet's title; once it is published, also when it is due; close or reopen it."""
    return services.guides.change(caller, guide_id, body)


@api.delete(
    "/v1/guides/{guide_id}",
    allow=STAFF,
    transaction=False,
    uses=("guide_files.delete",),
    raises=(SwitchedOffError,),
)
def delete_guide(caller: Caller, guide_id: UUID) -> None:
    """Delete a worksheet, its file, and what was handed in. The attempts that were made of it stay."""
    services.guides.remove(caller, guide_id)


@api.post(
    "/v1/guides/{guide_id}/go-on",
    allow=STAFF,
    uses=("guide_files.address",),
    sends=(queues.GUIDE_INGEST, queues.GUIDE_SOLVE),
    raises=(ConflictError, SwitchedOffError),
)
def go_on_with_guide(caller: Caller, guide_id: UUID, body: schemas.guides.GoOn) -> schemas.guides.Guide:
    """Have a worksheet go on that is held for want of a language model: without one, or with one at once."""
    return services.guides.go_on(caller, guide_id, body)


@api.put(
    "/v1/guides/{guide_id}/questions",
    allow=STAFF,
    uses=("guide_files.address",),
    raises=(ConflictError, ProblemError, SwitchedOffError),
)
def edit_guide(caller: Caller, guide_id: UUID, body: schemas.guides.Edit) -> schemas.guides.Guide:
    """Make these the questions of a worksheet in review: a new version.

    What is right is computed where there is a problem. `version` is the one that was changed: if somebody has
    made another meanwhile this is a conflict, with `reason` `version` and the `current` one.
    """
    return services.guide_review.edit(caller, guide_id, body)


@api.get("/v1/guides/{guide_id}/versions", allow=STAFF, etag=True)
def list_guide_versions(
    caller: Caller, guide_id: UUID, query: schemas.base.PageQuery
) -> Page[schemas.guides.Version]:
    """List all versions of a worksheet's questions, newest first, and who made them."""
    return Page(*services.guide_review.list_versions(caller, guide_id, query))


@api.post(
    "/v1/guides/{guide_id}/publication",
    allow=STAFF,
    status=201,
    uses=("guide_files.address",),
    raises=(ConflictError, SwitchedOffError),
)
def publish_guide(
    caller: Caller, guide_id: UUID, body: schemas.guides.NewPublication
) -> schemas.guides.Guide:
    """Give a worksheet to classes; once. From then on its questions stay as they are.

    Each question has an answer, and what a language model found is confirmed: else this is a conflict, with
    `reason` `unconfirmed` and the `question_ids`.
    """
    return services.guide_publish.publish(caller, guide_id, body)


@api.post(
    "/v1/guides/{guide_id}/submissions",
    allow=(STUDENT,),
    status=201,
    uses=("files.upload_form",),
    sends=(queues.GUIDE_GRADE,),
    raises=(ConflictError, ConsentRequiredError, SwitchedOffError),
)
def submit_guide(
    caller: Caller, guide_id: UUID, body: schemas.guide_submissions.HandIn
) -> schemas.guide_submissions.Submission:
    """Hand in a worksheet: answers that are typed, or photos, for each of which there is a form to upload it.

    To repeat the call safely, send `client_id`. What comes after the due date is late, and graded all the
    same. A student's first answer to each question becomes an attempt; the last submission counts for the
    result.
    """
    return services.guide_submissions.submit(caller, guide_id, body)


@api.get(
    "/v1/guides/{guide_id}/submissions",
    allow=(STUDENT, TEACHER, PARENT, ADMIN),
    etag=True,
    raises=(NotFoundError,),
)
def list_guide_submissions(
    caller: Caller, guide_id: UUID, query: schemas.guide_submissions.SubmissionQuery
) -> Page[schemas.guide_submissions.SubmissionSummary]:
    """List what was handed in of a worksheet, latest first; for staff also what they should look at."""
    return Page(*services.guide_submissions.list_visible(caller, guide_id, query))


@api.get(
    "/v1/guides/{guide_id}/submissions/{submission_id}",
    allow=(STUDENT, TEACHER, PARENT, ADMIN),
    etag=True,
)
def get_guide_submission(
    caller: Caller, guide_id: UUID, submission_id: UUID
) -> schemas.guide_submissions.Submission:
    """Read what was handed in once, and what each answer is worth."""
    return services.guide_submissions.get(caller, guide_id, submission_id)


@api.post(
    "/v1/guides/{guide_id}/submissions/{submission_id}/marks",
    allow=STAFF,
    sends=(queues.REPROCESS,),
    raises=(ConflictError,),
)
def mark_guide_submission(
    caller: Caller, guide_id: UUID, submission_id: UUID, body: schemas.guide_submissions.Marks
) -> schemas.guide_submissions.Submission:
    """Say of answers whether they are right, or what they say where they were misread. Staff's word counts.

    An answer that could not be read, and is said here, may become the student's attempt.
    """
    return services.guide_marks.mark(caller, guide_id, submission_id, body)


@api.get("/v1/guides/{guide_id}/results", allow=STAFF, etag=True)
def get_guide_results(
    caller: Caller, guide_id: UUID, query: schemas.guide_submissions.ResultQuery
) -> schemas.guide_submissions.Results:
    """Read how the students stand with a worksheet, and how they did at each question."""
    return services.guide_results.of_guide(caller, guide_id, query)


@api.get(
    "/v1/guides/{guide_id}/students/{student_id}",
    allow=(STUDENT, TEACHER, PARENT, ADMIN),
    etag=True,
)
def get_student_guide(
    caller: Caller, guide_id: UUID, student_id: UUID
) -> schemas.guide_submissions.OneResult:
    """Read how one student stands with a worksheet, and what they have handed in."""
    return services.guide_results.of_student(caller, guide_id, student_id)


# --- telemetry and alerts -----------------------------------------------------------------------------


@api.post("/v1/events", allow=(STUDENT,), status=202, transaction=False, sends=(queues.TELEMETRY,))
def send_events(caller: Caller, body: schemas.events.EventBatch) -> schemas.events.Accepted:
    """Send what happened in a student's client, up to 100 events at once.

    They are stored a little later, each once: a call that may have failed can be sent again as it was. All
    events of a call together take up to 255 KiB as ASCII JSON.
    """
    from chalicelib.edge import relay

    return services.telemetry.accept(caller, body, relay.send_or_put)


@api.get("/v1/alerts", allow=STAFF, etag=True, raises=(NotFoundError,))
def list_alerts(caller: Caller, query: schemas.alerts.AlertQuery) -> Page[schemas.alerts.Alert]:
    """List the alerts about a teacher's classes, or an admin's whole school, newest first.

    They are raised, kept up to date and closed every hour. To watch them, ask again with `If-None-Match`.
    """
    return Page(*services.alerts.list_visible(caller, query))


@api.get("/v1/alerts/{alert_id}", allow=STAFF, etag=True)
def get_alert(caller: Caller, alert_id: UUID) -> schemas.alerts.Alert:
    """Read an alert."""
    return services.alerts.get(caller, alert_id)


@api.post("/v1/alerts/{alert_id}/resolution", allow=STAFF)
def resolve_alert(caller: Caller, alert_id: UUID) -> schemas.alerts.Alert:
    """Note that one has dealt with an alert. Resolving it again changes nothing.

    Should its cause last, it is raised again after three days.
    """
    return services.alerts.resolve(caller, alert_id)


# --- audit --------------------------------------------------------------------------------------------


@api.get("/v1/audit", allow=(ADMIN,))
def list_audit(caller: Caller, query: schemas.audit.AuditQuery) -> Page[schemas.audit.Entry]:
    """List who did what in the school, and who read which student's record, newest first.

    Operators' looks into the school are there, too. Entries hold ids; names are those of today. The same look
    by the same person counts once in ten minutes. Entries are kept for two years.
    """
    return Page(*services.audit_trail.list_entries(caller, query))


@api.get("/v1/audit.csv", allow=(ADMIN,), media_type=CSV)
def export_audit(caller: Caller, query: schemas.audit.AuditExport) -> str:
    """Export the newest 10,000 of these entries. For older ones, send the last line's id as `before`."""
    return services.audit_trail.as_csv(caller, query)


# --- operations and service keys ----------------------------------------------------------------------


@api.get(
    "/v1/operations/status",
    allow=(OPERATOR,),
    scope="operations:read",
    transaction=False,
    uses=("dead_letters.depth",),
)
def get_operations_status(caller: Caller) -> schemas.operations.Status:
    """Read how the platform is doing: queues, schedules, costs, switches."""
    return services.operations.status(caller)


@api.get(
    "/v1/operations/queues/{queue}/dead-letters",
    allow=(OPERATOR,),
    transaction=False,
    uses=("dead_letters.peek",),
)
def list_dead_letters(caller: Caller, queue: str) -> list[schemas.operations.DeadLetter]:
    """Look at up to ten messages that the workers of a queue have given up. They stay where they are."""
    return services.operations.list_dead_letters(caller, queue)


@api.post(
    "/v1/operations/queues/{queue}/redrive",
    allow=(OPERATOR,),
    transaction=False,
    uses=("dead_letters.redrive",),
)
def redrive_dead_letters(
    caller: Caller, queue: str, body: schemas.operations.Redrive
) -> schemas.operations.Redriven:
    """Send dead letters back to their queue, some or all. None is lost, whatever happens meanwhile."""
    return services.operations.redrive(caller, queue, body)


@api.put("/v1/operations/switches/{name}", allow=(OPERATOR,))
def set_platform_switch(
    caller: Caller, name: str, body: schemas.operations.SetSwitch
) -> schemas.operations.Switch:
    """Switch something that costs money on or off, for all schools."""
    return services.switches.set_platform(caller, name, body)


@api.get("/v1/operations/fits", allow=(OPERATOR,))
def list_fits(query: schemas.fits.FitQuery) -> Page[schemas.fits.Fit]:
    """List what the nightly fits of skills and exercises found, newest first, accepted or not."""
    return Page(*services.fits.list_all(query))


@api.get("/v1/schools/{school_id}/costs", allow=(ADMIN, OPERATOR))
def get_school_costs(caller: Caller, school_id: UUID) -> schemas.operations.Costs:
    """Read what a school has cost today and in this month."""
    return services.costs.of_school(caller, school_id)


@api.get("/v1/schools/{school_id}/switches", allow=(ADMIN, OPERATOR))
def list_school_switches(caller: Caller, school_id: UUID) -> list[schemas.operations.Switch]:
    """Read what is paused for a school. What is switched off for all schools is off for it, too."""
    return services.switches.list_school(caller, school_id)


@api.put("/v1/schools/{school_id}/switches/{name}", allow=(ADMIN, OPERATOR))
def set_school_switch(
    caller: Caller, school_id: UUID, name: str, body: schemas.operations.SetSwitch
) -> schemas.operations.Switch:
    """Pause something that costs money for a school, or go on with it."""
    return services.switches.set_school(caller, school_id, name, body)


# Takes no Idempotency-Key: what is remembered for one is the whole answer, and this one holds a secret.
@api.post("/v1/service-keys", allow=(ADMIN, OPERATOR), status=201)
def create_service_key(
    caller: Caller, body: schemas.service_keys.NewServiceKey
) -> schemas.service_keys.IssuedServiceKey:
    """Make a key by which another system calls Tiza; it is told this once.

    An admin's is for the school, an operator's for the platform.
    """
    return services.service_keys.create(caller, body)


@api.get("/v1/service-keys", allow=(ADMIN, OPERATOR))
def list_service_keys(caller: Caller, query: schemas.base.PageQuery) -> Page[schemas.service_keys.ServiceKey]:
    """List the keys of the school, or an operator's those of the platform, newest first."""
    return Page(*services.service_keys.list_own(caller, query))


@api.delete("/v1/service-keys/{key_id}", allow=(ADMIN, OPERATOR))
def revoke_service_key(caller: Caller, key_id: UUID) -> None:
    """Revoke a key. It is refused from now on."""
    services.service_keys.revoke(caller, key_id)


# --- workers and schedules ----------------------------------------------------------------------------


@workers.schedule(
    "rate(5 minutes)",
    lease_seconds=300,
    sends=(
        queues.TELEMETRY,
        queues.MAIL,
        queues.TRANSCRIBE,
        queues.REPROCESS,
        queues.CLASSIFY,
        queues.EXERCISE_GENERATE,
        queues.TUTOR_INDEX,
        queues.GUIDE_INGEST,
        queues.GUIDE_SOLVE,
        queues.GUIDE_GRADE,
    ),
)
def sweep():
    """Send what the outbox still holds, and the photos that can be read now."""
    from chalicelib.edge import relay

    services.transcribe.resume()
    return relay.sweep()


# --- mail ---


@workers.queue(queues.MAIL, transaction=False, uses=("mail.send",))
def mail(message):
    """Send a mail by SES."""
    services.mail.deliver(message)


@workers.queue(queues.FEEDBACK, raw=True)
def feedback(envelope):
    """Send no more to an address that bounced for good, or complained."""
    services.feedback.take(envelope)


@workers.schedule("rate(15 minutes)", lease_seconds=300, sends=(queues.MAIL,))
def digest():
    """Send reminders and weekly summaries to subscribers, school by school, when it is morning there."""
    return services.digest.run()


# --- photos ---


@workers.queue(
    queues.UPLOADS,
    raw=True,
    uses=(
        "files.fetch",
        "files.store",
        "files.delete",
        "guide_files.fetch_upload",
        "guide_files.store",
        "guide_files.delete",
    ),
    sends=(queues.TRANSCRIBE, queues.GUIDE_INGEST),
)
def uploads(body):
    """Check the photos and worksheets that have arrived."""
    services.photo_uploads.receive(body)


@workers.queue(
    queues.TRANSCRIBE,
    transaction=False,
    uses=("files.fetch_photo", "bedrock.converse"),
    sends=(queues.REPROCESS, queues.GUIDE_GRADE),
)
def transcribe(message):
    """Read the work on a photo."""
    services.transcribe.handle(message)


@workers.queue(queues.REPROCESS, sends=(queues.CLASSIFY, queues.EXERCISE_GENERATE))
def reprocess(message):
    """Make attempts of transcribed or graded work."""
    services.reprocess.handle(message)


# --- second opinions ---


@workers.queue(queues.CLASSIFY, together=True, uses=("bedrock.converse",))
def classify(messages):
    """Ask a language model about answers that no rule explains, and check what it says."""
    return services.classify.handle(messages)


# --- exercises ---


@workers.queue(queues.EXERCISE_GENERATE, transaction=False, uses=("bedrock.converse",))
def exercise_generate(message):
    """Make automatic assignments for students who fell to `at_risk`, and stories around exercises."""
    services.exercise_generate.handle(message)


# --- the tutor ---


@workers.queue(queues.TUTOR_INDEX, transaction=False, uses=("bedrock.embed",))
def tutor_index(message):
    """Make the vectors by which the tutor finds its sources."""
    services.tutor_search.index(message)


# --- guides ---


@workers.queue(
    queues.GUIDE_INGEST,
    transaction=False,
    uses=("guide_files.fetch", "bedrock.converse"),
    sends=(queues.GUIDE_SOLVE,),
)
def guide_ingest(message):
    """Find the questions of a worksheet: in its text, and with a language model where it has none."""
    services.guide_ingest.handle(message)


@workers.queue(queues.GUIDE_SOLVE, transaction=False, uses=("bedrock.converse",))
def guide_solve(message):
    """Make the key of a worksheet: by the engine, and with a language model where that cannot."""
    services.guide_solve.handle(message)


@workers.queue(queues.GUIDE_GRADE, transaction=False, uses=("bedrock.converse",), sends=(queues.REPROCESS,))
def guide_grade(message):
    """Grade what a student has handed in of a worksheet, and have attempts made of it."""
    services.guide_grade.handle(message)


# --- telemetry, alerts, cleanup ---


@workers.queue(queues.TELEMETRY)
def telemetry(message):
    """Store the events of one call."""
    services.telemetry.store(message)


@workers.schedule("rate(1 hour)", lease_seconds=900)
def alerts():
    """Raise, update and close the alerts of every school."""
    return services.alert_rules.run()


@workers.schedule("cron(30 2 * * ? *)", lease_seconds=960, uses=("files.delete", "guide_files.delete"))
def cleanup():
    """Delete what is past its time."""
    return services.cleanup.run()


# --- nightly fit ---


@workers.schedule("cron(0,20,40 3,4 * * ? *)", lease_seconds=960)
def calibrate():
    """Fit the parameters of skills and exercises to their answers."""
    return services.calibrate.run()


api.add_preflights()

if os.environ.get("AWS_CHALICE_CLI_MODE"):
    from chalicelib.edge import local_gateway

    local_gateway.install(app)
