"""Two schools with every role in them, to see who may do what to whom.

Who acts is of the first school: a student, their teacher, their parent, an admin, and another system, whose
key has all of a school's scopes; or they are an operator.
What they act on lies in a scope: their own, a classmate's, another class's, another school's. The parent's
link to the classmate waits for confirmation: to that child they are a stranger.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from chalicelib import tokens
from chalicelib.caller import ADMIN, OPERATOR, PARENT, SERVICE, STUDENT, TEACHER
from chalicelib.services import sessions
from chalicelib.store.models.alerts import Alert
from chalicelib.store.models.base import now
from chalicelib.store.models.classes import Classroom, Invite
from chalicelib.store.models.events import Consent
from chalicelib.store.models.guides import (
    Guide,
    GuideClassroom,
    GuidePublication,
    GuideSubmission,
    GuideVersion,
)
from chalicelib.store.models.operations import ServiceKey
from chalicelib.store.models.people import Identity, User
from chalicelib.store.models.photos import Photo, Transcript
from chalicelib.store.models.security import OneTimeToken
from tests.integration.accounts.conftest import Person
from tests.integration.accounts.conftest import World as Maker
from tests.support.client import ApiClient

ANY, OWN, CLASSMATE, OTHER_CLASS, OTHER_SCHOOL = "any", "own", "classmate", "other_class", "other_school"
PLATFORM = "platform"  # what belongs to no school
# The own class and school, with a child of others: an id that is smuggled in.
MIXED_CLASS, MIXED_SCHOOL = "mixed_class", "mixed_school"
ISSUER = "https://login.example.org"
QUESTION = "01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4f"  # of every worksheet
SCHOOL_SCOPES = [
    "diagnose", "exercises:generate", "bugs:read", "skills:read", "attempts:read", "mastery:read",
]  # fmt: skip
# What was answered and what is to be, by scope; no number occurs elsewhere.
ANSWERED = {
    OWN: "7031 - 4598",
    CLASSMATE: "6203 - 1857",
    OTHER_CLASS: "9402 - 3765",
    OTHER_SCHOOL: "8105 - 2649",
}
TO_BE_SET = {
    OWN: "4302 - 1956",
    OTHER_CLASS: "3014 - 2877",
    OTHER_SCHOOL: "6005 - 2718",
    PLATFORM: "5006 - 1238",
}


class Things(NamedTuple):
    """What a scope holds to act on; ids and codes."""

    school: UUID
    classroom: UUID
    empty_classroom: UUID
    student: UUID
    class_invite: UUID
    class_code: str  # of that invite
    staff_invite: UUID
    link: UUID
    link_code: str
    attempt: str
    review: str
    assignment: str
    alert: UUID
    photo: UUID
    talk: str  # with the tutor
    guide: UUID  # a worksheet that is published
    draft: UUID  # one in review
    held: UUID  # one that waits for a language model
    submission: UUID  # of the student, to the published one
    exercise: str
    subject: str  # of an identity
    service_key: UUID


class World(NamedTuple):
    """The world as it was made. `texts`: by owner, what shows that somebody has seen their data."""

    people: Mapping[str, Person]  # who acts, by role
    things: Mapping[str, Things]  # by scope
    texts: Mapping[str, frozenset[str]]
    sign_in_code: str  # of the own class
    skill: str  # one that no other needs, and no topic's own
    verify_token: str
    reset_token: str
    refresh_token: str

    def of(self, scope: str, role: str = STUDENT) -> Things:
        """The things of `scope` for somebody in `role`, whose own identity has the role's name as subject."""
        own = self.things[OWN]._replace(subject=role)
        if scope in (ANY, OWN):
            return own
        if scope not in (MIXED_CLASS, MIXED_SCHOOL):
            return self.things[scope]
        other = self.things[OTHER_CLASS if scope == MIXED_CLASS else OTHER_SCHOOL]
        children = ("student", "class_invite", "staff_invite")
        return own._replace(**{name: getattr(other, name) for name in children})


class _Class(NamedTuple):
    """A class at work, with its grown-ups."""

    school: UUID
    room: Classroom
    empty_room: Classroom
    teacher: Person
    parent: Person


def made(client: ApiClient) -> World:
    """Make the world in the database that Tiza is connected to."""
    make = Maker(client)
    here, there = make.school("Escuela Here"), make.school("Escuela There")
    schools = {OWN: here, CLASSMATE: here, OTHER_CLASS: here, OTHER_SCHOOL: there}
    students = {
        scope: make.person(school, STUDENT, name=f"Leo {scope}", deletion_requested_at=now())
        for scope, school in schools.items()
    }
    own = _class(make, here, students[OWN], students[CLASSMATE])
    other, foreign = _class(make, here, students[OTHER_CLASS]), _class(make, there, students[OTHER_SCHOOL])
    classes = {OWN: own, CLASSMATE: own, OTHER_CLASS: other, OTHER_SCHOOL: foreign}
    admin, operator = make.person(here, ADMIN), make.person(None, OPERATOR)
    second_admin = make.person(here, ADMIN)  # so that the one who acts is not the last
    setters = {
        OWN: own.teacher,
        OTHER_CLASS: other.teacher,
        OTHER_SCHOOL: foreign.teacher,
        PLATFORM: operator,
    }
    exercises = {scope: _exercise(setter, TO_BE_SET[scope]) for scope, setter in setters.items()}
    exercises[CLASSMATE] = exercises[OWN]
    things = {
        scope: _things(make, scope, classes[scope], students[scope], exercises[scope]) for scope in classes
    }
    platform_key = _issued(operator, ["diagnose"]).id
    things[PLATFORM] = things[OWN]._replace(exercise=exercises[PLATFORM], service_key=platform_key)
    people = {
        STUDENT: students[OWN],
        TEACHER: own.teacher,
        PARENT: own.parent,
        ADMIN: admin,
        OPERATOR: operator,
    }
    strangers = {scope: students[scope] for scope in (CLASSMATE, OTHER_CLASS, OTHER_SCHOOL)}
    for subject, person in {**people, **strangers}.items():
        _identity(make, None if person is operator else schools.get(subject, here), person, subject)
    people[SERVICE] = _issued(admin, SCHOOL_SCOPES)
    assert people[SERVICE].api.get("/v1/bugs?limit=1").status == 200  # its day of use is noted from now on
    texts = {
        **{scope: _of_student(students[scope], things[scope]) for scope in classes},
        **{role: _of(people[role]) for role in (TEACHER, PARENT)},
        OPERATOR: _of(operator) | {str(platform_key)},
        "keys": frozenset(str(things[scope].service_key) for scope in (OWN, CLASSMATE, OTHER_CLASS))
        | {str(people[SERVICE].id)},
        ADMIN: _of(admin, second_admin),
        "class": _of_rooms(own.room),
        "teachers_class": _of_rooms(own.empty_room)
        | {str(things[OWN].class_invite), things[OWN].class_code}
        | _drafts(things[OWN], things[CLASSMATE]),
        "worksheets": frozenset({str(things[OWN].guide), str(things[CLASSMATE].guide)}),
        "other_classes": _of_rooms(other.room, other.empty_room)
        | _of(other.teacher, other.parent)
        | _drafts(things[OTHER_CLASS])
        | {str(things[OTHER_CLASS].guide)},
        "staff_invite": frozenset({str(things[OWN].staff_invite)}),
        "school": frozenset({str(here), "Escuela Here"}),
        "there": _of(foreign.teacher, foreign.parent)
        | _drafts(things[OTHER_SCHOOL])
        | {str(things[OTHER_SCHOOL].guide)}
        | {str(things[OTHER_SCHOOL].service_key)}
        | _of_rooms(foreign.room, foreign.empty_room)
        | {str(there), "Escuela There", exercises[OTHER_SCHOOL], TO_BE_SET[OTHER_SCHOOL]},
    }
    skills = {skill["slug"]: skill["id"] for skill in operator.api.get("/v1/skills?limit=100").data}
    return World(
        people, things, texts, own.room.code, skills["subtraction.zeros"], *_secrets(make, here, own.teacher)
    )


def _class(make: Maker, school: UUID, *students: Person) -> _Class:
    teacher, parent = make.person(school, TEACHER), make.person(school, PARENT)
    room = make.classroom(school, (teacher, TEACHER), *((student, STUDENT) for student in students))
    return _Class(school, room, make.classroom(school, (teacher, TEACHER)), teacher, parent)


def _things(make: Maker, scope: str, place: _Class, student: Person, exercise: str) -> Things:
    class_code = make.invite(place.school, "class", classroom_id=place.room.id, max_uses=9)
    staff_code = make.invite(place.school, "staff")
    with make.inside(place.school):
        class_invite, staff_invite = (Invite.get(Invite.code == code).id for code in (class_code, staff_code))
    attempt = student.api.post("/v1/attempts", {"problem": ANSWERED[scope], "answer": "1234"})
    assert attempt.status == 201, attempt.text
    report = student.api.post(f"/v1/attempts/{attempt.data['id']}/report", {})
    assert report.status == 201, report.text
    return Things(
        school=place.school,
        classroom=place.room.id,
        empty_classroom=place.empty_room.id,
        student=student.id,
        class_invite=class_invite,
        class_code=class_code,
        staff_invite=staff_invite,
        link=make.link(place.school, place.parent, student, confirmed=scope != CLASSMATE),
        link_code=make.invite(place.school, "link", student_id=student.id),
        attempt=attempt.data["id"],
        review=report.data["id"],
        assignment=_assignment(place, student, exercise),
        alert=_alert(make, place, student),
        photo=_photo(make, place.school, student),
        talk=_talk(make, place.school, student, attempt.data["id"]),
        guide=(guide := _guide(make, place, "published")),
        draft=_guide(make, place, "review"),
        held=_guide(make, place, "reading"),
        submission=_submission(make, place, student, guide),
        exercise=exercise,
        subject=scope,
        service_key=_service_key(make, place.school),
    )


def _assignment(place: _Class, student: Person, exercise: str) -> str:
    """An exercise that the teacher has set to this student alone."""
    body = {
        "classroom_id": place.room.id,
        "student_ids": [student.id],
        "exercise_ids": [exercise],
        "title": "Borrowing",
    }
    made = place.teacher.api.post("/v1/assignments", body)
    assert made.status == 201, made.text
    return str(made.data["id"])


def _alert(make: Maker, place: _Class, student: Person) -> UUID:
    """An open alert about a student."""
    with make.inside(place.school):
        alert = Alert.create(
            school=place.school,
            classroom_id=place.room.id,
            type="student_inactive",
            severity="medium",
            student_id=student.id,
            details={"school_days": 4},
        )
    return UUID(str(alert.id))


def _photo(make: Maker, school: UUID, student: Person) -> UUID:
    """A photo of a child whose school has the consent on paper, with a line that nobody is sure of.

    The file is waited for, as in these tests there is none.
    """
    about = {"school": school, "student_id": student.id}
    with make.inside(school):
        Consent.create(**about, kind="photos", granted=True, on_paper=True, given_by=school)
        photo = Photo.create(**about, content_type="image/png", size=1, file_key="k" * 43)
        line = {"problem": "9 - 4", "answer": "5", "steps": [], "confidence": 0.5, "exercise_id": None}
        Transcript.create(
            **about,
            photo_id=photo.id,
            source="photo",
            lines=[{**line, "status": "unsure"}],
            processed_at=now(),
        )
    return UUID(str(photo.id))


def _talk(make: Maker, school: UUID, student: Person, attempt: str) -> str:
    """A talk with the tutor, of a child whose school has the consent on paper."""
    with make.inside(school):
        Consent.create(
            school=school, student_id=student.id, kind="tutor", granted=True, on_paper=True, given_by=school
        )
    begun = student.api.post("/v1/tutor/sessions", {"attempt_id": attempt})
    assert begun.status == 201, begun.text
    return str(begun.data["id"])


def _guide(make: Maker, place: _Class, state: str) -> UUID:
    """A worksheet of the class with one question."""
    about = {"school": place.school}
    question = {"id": QUESTION, "label": "1", "text": "9 - 4 =", "problem": "9 - 4", "answer": "5"}
    said = {"found_by": "text", "answered_by": "engine", "is_confirmed": True}
    with make.inside(place.school):
        guide = Guide.create(
            **about,
            classroom_id=place.room.id,
            title="Worksheet",
            locale="en",
            size=1,
            file_key="k" * 43,
            state=state,
            version=1,
        )
        GuideVersion.create(**about, guide_id=guide.id, version=1, questions=[{**question, **said}])
        if state == "published":
            due = {"due_at": now() + timedelta(days=1), "most_submissions": 9}
            GuidePublication.create(**about, guide_id=guide.id, version=1, **due)
            GuideClassroom.create(**about, guide_id=guide.id, classroom_id=place.room.id)
    return UUID(str(guide.id))


def _submission(make: Maker, place: _Class, student: Person, guide: UUID) -> UUID:
    """What the student has handed in of it, graded."""
    answer = {"question_id": QUESTION, "answer": "6", "right": False, "by": "engine"}
    with make.inside(place.school):
        submission = GuideSubmission.create(
            school=place.school,
            guide_id=guide,
            student_id=student.id,
            number=1,
            kind="typed",
            state="graded",
            answers=[answer],
            graded_at=now(),
        )
    return UUID(str(submission.id))


def _service_key(make: Maker, school: UUID) -> UUID:
    """A key that nobody acts with."""
    with make.inside(school):
        key = ServiceKey.create(
            school=school,
            name="A gradebook",
            secret_hash=tokens.digest(tokens.new_service_key()),
            scopes=["diagnose"],
            expires_at=now() + timedelta(days=1),
            created_by=school,
        )
    return UUID(str(key.id))


def _issued(owner: Person, scopes: list[str]) -> Person:
    """Another system, with a key that `owner` made for it."""
    made = owner.api.post("/v1/service-keys", {"name": "A gradebook", "scopes": scopes})
    assert made.status == 201, made.text
    return Person(UUID(made.data["id"]), owner.api.as_user(made.data["key"]), "", None)


def _exercise(setter: Person, problem: str) -> str:
    added = setter.api.post("/v1/exercises", {"problem": problem})
    assert added.status == 201, added.text
    return str(added.data["id"])


def _identity(make: Maker, school: UUID | None, person: Person, subject: str) -> None:
    with make.inside(school, person.id):
        Identity.create(issuer=ISSUER, subject=subject, user=person.id, school=school)


def _secrets(make: Maker, school: UUID, person: Person) -> tuple[str, str, str]:
    """A token to verify the address of `person`, one to reset the password, and a refresh token."""
    with make.inside(school, person.id):
        one_time = {purpose: tokens.new_secret() for purpose in ("verify_email", "reset_password")}
        for purpose, token in one_time.items():
            expires_at = now() + timedelta(days=1)
            OneTimeToken.create(
                token_hash=tokens.digest(token),
                purpose=purpose,
                user=person.id,
                school=school,
                expires_at=expires_at,
            )
        session = sessions.start(User.get_by_id(person.id))
    return one_time["verify_email"], one_time["reset_password"], session.refresh_token


def _of_student(student: Person, things: Things) -> frozenset[str]:
    problem = ANSWERED[things.subject]
    return _of(student) | {
        things.attempt,
        things.review,
        things.assignment,
        str(things.alert),
        str(things.link),
        str(things.photo),
        things.talk,
        str(things.submission),
        things.link_code,
        problem,
        f"Leo {things.subject}",
    }


def _drafts(*things: Things) -> frozenset[str]:
    """Worksheets that are not published."""
    return frozenset(str(each) for scope in things for each in (scope.draft, scope.held))


def _of(*people: Person) -> frozenset[str]:
    """What tells of these people; their names hold their ids."""
    return frozenset(text for each in people for text in (str(each.id), each.email, each.username) if text)


def _of_rooms(*rooms: Classroom) -> frozenset[str]:
    return frozenset(text for room in rooms for text in (str(room.id), room.code))
