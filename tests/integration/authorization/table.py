"""Who may do what: one entry for each route, as product.md has the roles. Denied unless allowed.

admin="own other_class"     succeeds in these scopes; elsewhere the thing is not found: 404
student="own:409"           may do this, but here gets another answer
a role that is not named    never does this: 403
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from chalicelib.caller import ADMIN, ANYONE, OPERATOR, PARENT, STUDENT, TEACHER
from tests.integration.accounts.conftest import PASSWORD, PIN
from tests.support.world import (
    ANY,
    CLASSMATE,
    MIXED_CLASS,
    MIXED_SCHOOL,
    OTHER_CLASS,
    OTHER_SCHOOL,
    OWN,
    PLATFORM,
    QUESTION,
)

EVERYBODY = dict.fromkeys(ANYONE, ANY)
CLASS = (OWN, OTHER_CLASS, OTHER_SCHOOL)
STUDENTS = (OWN, CLASSMATE, OTHER_CLASS, OTHER_SCHOOL)
SCHOOL = (OWN, OTHER_SCHOOL)
NESTED = (*CLASS, MIXED_CLASS, MIXED_SCHOOL)
EXERCISE = (OWN, OTHER_CLASS, OTHER_SCHOOL, PLATFORM)

MINE, MY_CLASS = "own", "own classmate"  # of students: myself or my child; those whom I teach
MY_SCHOOL = "own classmate other_class"
ALL_CLASSES = "own other_class"
BOTH_SCHOOLS = "own other_school"
ADDRESS = {"email": "new@school.example"}
NO_FIELDS: dict[str, Any] = {}
NEW_TEACHER = {**ADDRESS, "kind": "teacher", "password": PASSWORD, "name": "Ada"}


class Entry(NamedTuple):
    """A route's row: the status of success, in which scopes it is tried, who gets what there, what is sent.

    `{names}` in `body` and `query` stand for the world's, as in the route's path.
    """

    status: int
    scopes: tuple[str, ...]
    who: Mapping[str, Mapping[str, int]]
    public: bool
    body: Mapping[str, Any] | None
    query: str
    classroom: str  # which of the things is `classroom_id`
    guide: str  # and which is `guide_id`

    def expected(self, role: str | None, scope: str) -> int:
        """The status for somebody in `role` (None: nobody is signed in) who acts in `scope`."""
        if self.public:
            return self.status
        if role is None:
            return 401
        if role not in self.who:
            return 403
        return self.who[role].get(scope, 404)


def entry(
    status: int,
    scopes: tuple[str, ...] = (ANY,),
    *,
    public: bool = False,
    body: Mapping[str, Any] | None = None,
    query: str = "",
    classroom: str = "classroom",
    guide: str = "guide",
    **who: str,
) -> Entry:
    """One row; `who` says by role in which scopes they succeed."""
    outcomes = {role: {} for role in who}
    for role, words in who.items():
        for word in words.split():
            scope, _, other = word.partition(":")
            outcomes[role][scope] = int(other or status)
    assert {scope for by_scope in outcomes.values() for scope in by_scope} <= set(scopes)
    return Entry(status, scopes, outcomes, public, body, query, classroom, guide)


SYSTEM = {
    "GET /health": entry(200, public=True),
    "GET /ready": entry(200, public=True),
    "GET /openapi.json": entry(200, public=True),
    "GET /docs": entry(200, public=True),
}
# Whoever has the right code, secret or token gets in, signed in or not.
AUTH = {
    "POST /v1/auth/register": entry(
        202,
        public=True,
        body={**NEW_TEACHER, "school": {"name": "Escuela New", "time_zone": "Europe/Madrid"}},
    ),
    "POST /v1/auth/login": entry(200, public=True, body={"email": "{email}", "password": PASSWORD}),
    "POST /v1/auth/refresh": entry(200, public=True, body={"refresh_token": "{refresh_token}"}),
    "POST /v1/auth/logout": entry(204, public=True, body={"refresh_token": "{refresh_token}"}),
    "POST /v1/auth/email/verify": entry(204, public=True, body={"token": "{verify_token}"}),
    "POST /v1/auth/email/resend": entry(202, public=True, body=ADDRESS),
    "POST /v1/auth/password/forgot": entry(202, public=True, body=ADDRESS),
    "POST /v1/auth/password/reset": entry(
        204, public=True, body={"token": "{reset_token}", "password": "another good one"}
    ),
}
ME = {
    "GET /v1/me": entry(200, **EVERYBODY),
    "PATCH /v1/me": entry(200, body={"locale": "es"}, **EVERYBODY),
    "POST /v1/me/password": entry(  # a student's PIN is set by the school
        200,
        body={"current_password": PASSWORD, "new_password": "another good one"},
        teacher=ANY,
        parent=ANY,
        admin=ANY,
        operator=ANY,
    ),
    "GET /v1/me/export": entry(200, query="section=profile", **EVERYBODY),
    "POST /v1/me/deletion": entry(202, **EVERYBODY),
    "DELETE /v1/me/deletion": entry(204, **EVERYBODY),
    "GET /v1/me/identities": entry(200, **EVERYBODY),
    "POST /v1/me/identities": entry(  # let through, with no good token; accounts/test_identities has such
        400, body={"token": "no token of a trusted issuer"}, **EVERYBODY
    ),
    "DELETE /v1/me/identities": entry(
        204, STUDENTS, query="issuer={issuer}&subject={subject}", **dict.fromkeys(ANYONE, MINE)
    ),
}
SCHOOLS = {
    "GET /v1/schools": entry(200, operator=ANY),
    "GET /v1/schools/{school_id}": entry(200, SCHOOL, admin=MINE, operator=BOTH_SCHOOLS),
    "PATCH /v1/schools/{school_id}": entry(
        200, SCHOOL, body={"age_of_consent": 14}, admin=MINE, operator=BOTH_SCHOOLS
    ),
    "GET /v1/schools/{school_id}/export": entry(
        200, SCHOOL, query="section=users&limit=100", admin=MINE, operator=BOTH_SCHOOLS
    ),
    "POST /v1/schools/{school_id}/deletion": entry(202, SCHOOL, admin=MINE, operator=BOTH_SCHOOLS),
    "DELETE /v1/schools/{school_id}/deletion": entry(204, SCHOOL, admin=MINE, operator=BOTH_SCHOOLS),
    "POST /v1/schools/{school_id}/invites": entry(201, SCHOOL, body=NO_FIELDS, admin=MINE),
    "GET /v1/schools/{school_id}/invites": entry(200, SCHOOL, admin=MINE),
    "DELETE /v1/schools/{school_id}/invites/{invite_id}": entry(204, (*SCHOOL, MIXED_SCHOOL), admin=MINE),
}
USERS = {
    # Everybody's list holds their own; that a class is not theirs leaves nothing of it.
    "GET /v1/users": entry(
        200,
        CLASS,
        query="classroom_id={classroom_id}",
        teacher="own other_class other_school",
        admin="own other_class other_school",
    ),
    "POST /v1/users": entry(
        201,
        CLASS,
        body={
            "role": "student",
            "name": "Eva",
            "username": "eva.m",
            "pin": PIN,
            "classroom_id": "{classroom_id}",
        },
        admin=ALL_CLASSES,
    ),
    "GET /v1/users/{user_id}": entry(200, STUDENTS, teacher=MY_CLASS, admin=MY_SCHOOL),
    "PATCH /v1/users/{user_id}": entry(200, STUDENTS, body={"status": "disabled"}, admin=MY_SCHOOL),
    "DELETE /v1/users/{user_id}": entry(204, STUDENTS, admin=MY_SCHOOL),
    "PUT /v1/users/{user_id}/pin": entry(
        204, STUDENTS, body={"pin": "2468"}, teacher=MY_CLASS, admin=MY_SCHOOL
    ),
    "POST /v1/users/{user_id}/move": entry(
        200,
        STUDENTS,
        body={"from_classroom_id": "{classroom_id}", "to_classroom_id": "{empty_classroom_id}"},
        teacher=MY_CLASS,
        admin=MY_SCHOOL,
    ),
    "POST /v1/users/{user_id}/deletion/confirmation": entry(200, STUDENTS, parent=MINE, admin=MY_SCHOOL),
    "POST /v1/users/{user_id}/link-codes": entry(
        201, STUDENTS, body=NO_FIELDS, teacher=MY_CLASS, admin=MY_SCHOOL
    ),
}
FAMILIES = {
    "GET /v1/families/links": entry(200, teacher=ANY, parent=ANY, admin=ANY),
    "POST /v1/families/links": entry(  # the first two links exist; another school's code opens nothing
        201,
        STUDENTS,
        body={"link_code": "{link_code}"},
        parent="own:409 classmate:409 other_class other_school:409",
    ),
    "POST /v1/families/links/{link_id}/confirmation": entry(200, STUDENTS, teacher=MY_CLASS, admin=MY_SCHOOL),
    "DELETE /v1/families/links/{link_id}": entry(204, STUDENTS, parent=MY_CLASS, admin=MY_SCHOOL),
    "GET /v1/families/children/{student_id}/summary": entry(200, STUDENTS, parent=MINE),
    "GET /v1/families/children/{student_id}/consents": entry(200, STUDENTS, parent=MINE),
    "PUT /v1/families/children/{student_id}/consents/{kind}": entry(
        200, STUDENTS, body={"granted": True}, parent=MINE
    ),
    "GET /v1/users/{user_id}/consents": entry(200, STUDENTS, teacher=MY_CLASS, admin=MY_SCHOOL),
    "PUT /v1/users/{user_id}/consents/{kind}": entry(200, STUDENTS, body={"granted": True}, admin=MY_SCHOOL),
}
OPERATIONS = {
    "GET /v1/operations/status": entry(200, operator=ANY, service="any:403"),  # for keys of the platform
    "GET /v1/operations/queues/{queue}/dead-letters": entry(200, operator=ANY),
    "POST /v1/operations/queues/{queue}/redrive": entry(200, body=NO_FIELDS, operator=ANY),
    "PUT /v1/operations/switches/{name}": entry(200, body={"is_on": False}, operator=ANY),
    "GET /v1/operations/fits": entry(200, operator=ANY),
    "GET /v1/schools/{school_id}/costs": entry(200, SCHOOL, admin=MINE, operator=BOTH_SCHOOLS),
    "GET /v1/schools/{school_id}/switches": entry(200, SCHOOL, admin=MINE, operator=BOTH_SCHOOLS),
    "PUT /v1/schools/{school_id}/switches/{name}": entry(
        200, SCHOOL, body={"is_on": False}, admin=MINE, operator=BOTH_SCHOOLS
    ),
    "POST /v1/service-keys": entry(
        201, body={"name": "A gradebook", "scopes": ["diagnose"]}, admin=ANY, operator=ANY
    ),
    "GET /v1/service-keys": entry(200, admin=ANY, operator=ANY),
    "DELETE /v1/service-keys/{key_id}": entry(
        204, (OWN, OTHER_SCHOOL, PLATFORM), admin=MINE, operator=PLATFORM
    ),
}
NOTIFICATIONS = {
    "GET /v1/notifications/preferences": entry(200, student=ANY, parent=ANY),
    "PUT /v1/notifications/preferences/{kind}": entry(  # no student here has an address
        200, body={"subscribed": True}, student="any:409", parent=ANY
    ),
    "POST /v1/notifications/unsubscribe": entry(204, public=True, query="token=unknown"),
}
CLASSROOMS = {
    "POST /v1/classrooms": entry(201, body={"name": "5b"}, teacher=ANY, admin=ANY),
    "GET /v1/classrooms": entry(200, student=ANY, teacher=ANY, admin=ANY),
    "GET /v1/classrooms/{classroom_id}": entry(200, CLASS, student=MINE, teacher=MINE, admin=ALL_CLASSES),
    "PATCH /v1/classrooms/{classroom_id}": entry(
        200, CLASS, body={"archived": True}, teacher=MINE, admin=ALL_CLASSES
    ),
    "DELETE /v1/classrooms/{classroom_id}": entry(204, CLASS, classroom="empty_classroom", admin=ALL_CLASSES),
    "POST /v1/classrooms/{classroom_id}/code": entry(200, CLASS, teacher=MINE, admin=ALL_CLASSES),
    "POST /v1/classrooms/join": entry(  # one is in the own class already; a code of the school lets in
        201, CLASS, body={"code": "{class_code}"}, student="own:409 other_class other_school:409"
    ),
    "GET /v1/classrooms/{classroom_id}/members": entry(200, CLASS, teacher=MINE, admin=ALL_CLASSES),
    "PUT /v1/classrooms/{classroom_id}/members/{user_id}": entry(
        200, NESTED, body={"role": "student"}, teacher=MINE, admin="own other_class mixed_class"
    ),
    "DELETE /v1/classrooms/{classroom_id}/members/{user_id}": entry(
        204, NESTED, teacher=MINE, admin=ALL_CLASSES
    ),
    "POST /v1/classrooms/{classroom_id}/invites": entry(
        201, CLASS, body=NO_FIELDS, teacher=MINE, admin=ALL_CLASSES
    ),
    "GET /v1/classrooms/{classroom_id}/invites": entry(200, CLASS, teacher=MINE, admin=ALL_CLASSES),
    "DELETE /v1/classrooms/{classroom_id}/invites/{invite_id}": entry(
        204, NESTED, teacher=MINE, admin=ALL_CLASSES
    ),
    "GET /v1/classrooms/{classroom_id}/mastery": entry(
        200, CLASS, teacher=MINE, admin=ALL_CLASSES, service=ALL_CLASSES
    ),
    "GET /v1/classrooms/{classroom_id}/bugs": entry(
        200, CLASS, teacher=MINE, admin=ALL_CLASSES, service=ALL_CLASSES
    ),
    "GET /v1/classrooms/{classroom_id}/groups": entry(
        200, CLASS, teacher=MINE, admin=ALL_CLASSES, service=ALL_CLASSES
    ),
    "GET /v1/classrooms/{classroom_id}/attention": entry(
        200, CLASS, teacher=MINE, admin=ALL_CLASSES, service=ALL_CLASSES
    ),
}
ROSTER = {
    "POST /v1/roster/imports": entry(
        200, body={"users": "sourcedId,role,username,givenName,familyName\ns1,student,eva.m,Eva,M"}, admin=ANY
    ),
    "GET /v1/roster/users.csv": entry(200, admin=ANY),
    "GET /v1/roster/classes.csv": entry(200, admin=ANY),
    "GET /v1/roster/enrollments.csv": entry(200, admin=ANY),
    "POST /v1/roster/school-years": entry(
        200, body={"classes": [{"sourced_id": "2027-5b", "name": "5b"}]}, admin=ANY
    ),
    "POST /v1/classrooms/{classroom_id}/pins": entry(
        200, CLASS, body={"students": "all"}, teacher=MINE, admin=ALL_CLASSES
    ),
}
AUDIT = {
    "GET /v1/audit": entry(200, admin=ANY),
    "GET /v1/audit.csv": entry(200, admin=ANY),
}
SKILLS = {
    "GET /v1/skills": entry(200, **EVERYBODY, service=ANY),
    "GET /v1/skills/{skill_id}": entry(200, **EVERYBODY, service=ANY),
    "POST /v1/skills": entry(
        201,
        body={
            "slug": "algebra.new",
            "topic": "algebra",
            "names": {"en": "New", "es": "Nueva"},
        },
        operator=ANY,
    ),
    "PATCH /v1/skills/{skill_id}": entry(200, body={"position": 99}, operator=ANY),
    "DELETE /v1/skills/{skill_id}": entry(204, operator=ANY),
    "PUT /v1/skills/{skill_id}/prerequisites": entry(200, body={"prerequisites": []}, operator=ANY),
}
# A school's are for all its classes, the platform's for all schools; an operator keeps only those.
EXERCISES = {
    "POST /v1/exercises": entry(201, body={"problem": "61 - 28"}, teacher=ANY, admin=ANY, operator=ANY),
    "POST /v1/exercises/generate": entry(  # another system's are not stored
        200,
        body={"topic": "addition", "count": 2, "store": True},
        teacher=ANY,
        admin=ANY,
        service="any:403",
    ),
    "GET /v1/exercises": entry(200, **EVERYBODY),
    "GET /v1/exercises/{exercise_id}": entry(
        200,
        EXERCISE,
        **{
            **dict.fromkeys((STUDENT, TEACHER, PARENT, ADMIN), "own other_class platform"),
            OPERATOR: PLATFORM,
        },
    ),
    "PATCH /v1/exercises/{exercise_id}": entry(
        200,
        EXERCISE,
        body={"difficulty": 1.5},
        teacher=ALL_CLASSES,
        admin=ALL_CLASSES,
        operator=PLATFORM,
    ),
    "DELETE /v1/exercises/{exercise_id}": entry(
        204, EXERCISE, teacher=ALL_CLASSES, admin=ALL_CLASSES, operator=PLATFORM
    ),
    # Language models are paid for by a school: nobody has them tell the platform's exercises.
    "POST /v1/exercises/{exercise_id}/story": entry(
        202, EXERCISE, body=NO_FIELDS, teacher=ALL_CLASSES, admin=ALL_CLASSES
    ),
    "DELETE /v1/exercises/{exercise_id}/story": entry(204, EXERCISE, teacher=ALL_CLASSES, admin=ALL_CLASSES),
}
BUGS = {
    "GET /v1/bugs": entry(200, **EVERYBODY, service=ANY),
    "GET /v1/bugs/{bug_id}": entry(200, **EVERYBODY, service=ANY),
    "PATCH /v1/bugs/{bug_id}": entry(200, body={"retired": True}, operator=ANY),
    "POST /v1/diagnose": entry(200, body={"problem": "61 - 28", "answer": "47"}, **EVERYBODY, service=ANY),
}
READERS = {STUDENT: MINE, TEACHER: MY_CLASS, PARENT: MINE, ADMIN: MY_SCHOOL}
ATTEMPTS = {
    "POST /v1/attempts": entry(
        201,
        EXERCISE,
        body={"exercise_id": "{exercise_id}", "answer": "1234"},
        student="own other_class platform",
    ),
    "GET /v1/attempts": entry(200, STUDENTS, query="student_id={student_id}", **READERS, service=MY_SCHOOL),
    "GET /v1/attempts/{attempt_id}": entry(200, STUDENTS, **READERS, service=MY_SCHOOL),
    "GET /v1/students/{student_id}/mastery": entry(200, STUDENTS, **READERS, service=MY_SCHOOL),
    "GET /v1/students/{student_id}/mastery/history": entry(200, STUDENTS, **READERS, service=MY_SCHOOL),
    "GET /v1/attempts/{attempt_id}/diagnoses": entry(200, STUDENTS, **READERS, service=MY_SCHOOL),
    "POST /v1/attempts/{attempt_id}/override": entry(
        201, STUDENTS, body={"verdict": "correct"}, teacher=MY_CLASS, admin=MY_SCHOOL
    ),
    "POST /v1/attempts/{attempt_id}/report": entry(201, STUDENTS, body=NO_FIELDS, student=MINE),
    "GET /v1/reviews": entry(
        200, STUDENTS, query="student_id={student_id}", student=MINE, teacher=MY_CLASS, admin=MY_SCHOOL
    ),
    "POST /v1/reviews/{review_id}/resolution": entry(
        200, STUDENTS, body=NO_FIELDS, teacher=MY_CLASS, admin=MY_SCHOOL
    ),
}
ASSIGNMENTS = {
    "POST /v1/assignments": entry(
        201,
        CLASS,
        body={"classroom_id": "{classroom_id}", "title": "Zeros", "skill_id": "{skill_id}", "count": 1},
        teacher=MINE,
        admin=ALL_CLASSES,
    ),
    "GET /v1/assignments": entry(200, STUDENTS, query="student_id={student_id}", **READERS),
    "GET /v1/assignments/{assignment_id}": entry(200, STUDENTS, **READERS),
    "PATCH /v1/assignments/{assignment_id}": entry(
        200, STUDENTS, body={"closed": True}, teacher=MY_CLASS, admin=MY_SCHOOL
    ),
    "DELETE /v1/assignments/{assignment_id}": entry(204, STUDENTS, teacher=MY_CLASS, admin=MY_SCHOOL),
    "GET /v1/assignments/{assignment_id}/progress": entry(200, STUDENTS, teacher=MY_CLASS, admin=MY_SCHOOL),
    "GET /v1/assignments/{assignment_id}/students/{student_id}": entry(200, STUDENTS, **READERS),
}
PRACTICE = {
    "POST /v1/practice/next": entry(201, body=NO_FIELDS, student=ANY),
}
PHOTOS = {
    "POST /v1/photos": entry(
        201,
        EXERCISE,
        body={"exercise_id": "{exercise_id}", "content_type": "image/png", "size": 9},
        student="own other_class platform",
    ),
    "GET /v1/photos": entry(200, STUDENTS, query="student_id={student_id}", **READERS),
    "GET /v1/photos/{photo_id}": entry(200, STUDENTS, **READERS),
    "DELETE /v1/photos/{photo_id}": entry(204, STUDENTS, **READERS),
    "POST /v1/photos/{photo_id}/lines": entry(
        201, STUDENTS, body={"line": 0}, student=MINE, teacher=MY_CLASS, admin=MY_SCHOOL
    ),
}
SHEET = {"teacher": MINE, "admin": ALL_CLASSES}
GUIDES = {
    "POST /v1/guides": entry(
        201, CLASS, body={"classroom_id": "{classroom_id}", "title": "Worksheet", "size": 9}, **SHEET
    ),
    # A parent sees no class, only what their child is given.
    "GET /v1/guides": entry(
        200, CLASS, query="classroom_id={classroom_id}", student=MINE, parent="", **SHEET
    ),
    "GET /v1/guides/{guide_id}": entry(200, CLASS, student=MINE, parent=MINE, **SHEET),
    "PATCH /v1/guides/{guide_id}": entry(200, CLASS, body={"closed": True}, **SHEET),
    "DELETE /v1/guides/{guide_id}": entry(204, CLASS, **SHEET),
    "POST /v1/guides/{guide_id}/go-on": entry(
        200, CLASS, body={"without_model": True}, guide="held", **SHEET
    ),
    "PUT /v1/guides/{guide_id}/questions": entry(
        200,
        CLASS,
        body={"version": 1, "questions": [{"label": "1", "text": "Subtract.", "problem": "9 - 4"}]},
        guide="draft",
        **SHEET,
    ),
    "GET /v1/guides/{guide_id}/versions": entry(200, CLASS, guide="draft", **SHEET),
    "POST /v1/guides/{guide_id}/publication": entry(
        201, CLASS, body={"version": 1, "classroom_ids": ["{classroom_id}"]}, guide="draft", **SHEET
    ),
    "GET /v1/guides/{guide_id}/results": entry(200, CLASS, query="classroom_id={classroom_id}", **SHEET),
    "GET /v1/guides/{guide_id}/students/{student_id}": entry(200, STUDENTS, **READERS),
    "POST /v1/guides/{guide_id}/submissions": entry(
        201, CLASS, body={"photos": [{"content_type": "image/png", "size": 9}]}, student=MINE
    ),
    "GET /v1/guides/{guide_id}/submissions": entry(200, STUDENTS, query="student_id={student_id}", **READERS),
    "GET /v1/guides/{guide_id}/submissions/{submission_id}": entry(200, STUDENTS, **READERS),
    "POST /v1/guides/{guide_id}/submissions/{submission_id}/marks": entry(
        200,
        STUDENTS,
        body={"marks": [{"question_id": QUESTION, "right": True}]},
        teacher=MY_CLASS,
        admin=MY_SCHOOL,
    ),
}
TUTOR = {
    "POST /v1/tutor/sessions": entry(
        201, EXERCISE, body={"exercise_id": "{exercise_id}"}, student="own other_class platform"
    ),
    "GET /v1/tutor/sessions": entry(200, student=ANY),
    "GET /v1/tutor/sessions/{session_id}": entry(200, STUDENTS, student=MINE),
    "DELETE /v1/tutor/sessions/{session_id}": entry(204, STUDENTS, student=MINE),
    "GET /v1/tutor/sessions/{session_id}/messages": entry(200, STUDENTS, student=MINE),
    # On this stage there is no language model.
    "POST /v1/tutor/sessions/{session_id}/messages": entry(
        503, STUDENTS, body={"text": "How do I begin?"}, student=MINE
    ),
    "GET /v1/students/{student_id}/tutor-use": entry(200, STUDENTS, **READERS),
}
EVENT = {
    "client_id": "01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4e",
    "kind": "app.opened",
    "occurred_at": datetime.now(UTC).isoformat(),
}
ALERTS = {
    "POST /v1/events": entry(202, body={"events": [EVENT]}, student=ANY),
    "GET /v1/alerts": entry(200, CLASS, query="classroom_id={classroom_id}", teacher=MINE, admin=ALL_CLASSES),
    "GET /v1/alerts/{alert_id}": entry(200, STUDENTS, teacher=MY_CLASS, admin=MY_SCHOOL),
    "POST /v1/alerts/{alert_id}/resolution": entry(200, STUDENTS, teacher=MY_CLASS, admin=MY_SCHOOL),
}
TABLE: Mapping[str, Entry] = {
    **SYSTEM,
    **AUTH,
    **ME,
    **SCHOOLS,
    **USERS,
    **FAMILIES,
    **NOTIFICATIONS,
    **CLASSROOMS,
    **ROSTER,
    **SKILLS,
    **EXERCISES,
    **BUGS,
    **ATTEMPTS,
    **PRACTICE,
    **ASSIGNMENTS,
    **PHOTOS,
    **GUIDES,
    **TUTOR,
    **ALERTS,
    **AUDIT,
    **OPERATIONS,
}
