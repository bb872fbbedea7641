"""Consent: who may say yes or no for a child, whose word holds, and how long."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from chalicelib.services import consents
from chalicelib.store import database as store
from chalicelib.store import entering
from chalicelib.store.ids import uuid7
from chalicelib.store.models.events import Consent
from tests.integration.accounts.conftest import Person, World
from tests.support.client import Reply


class Family(NamedTuple):
    school: UUID
    child: Person
    mother: Person
    father: Person
    mothers_link: UUID


@pytest.fixture
def family(world: World, school: UUID) -> Family:
    child, mother, father = (world.person(school, role) for role in ("student", "parent", "parent"))
    mothers_link = world.link(school, mother, child)
    world.link(school, father, child)
    return Family(school, child, mother, father, mothers_link)


def say(parent: Person, child: Person, granted: bool, kind: str = "photos") -> Reply:
    return parent.api.put(f"/v1/families/children/{child.id}/consents/{kind}", {"granted": granted})


def on_paper(admin: Person, child: Person, granted: bool) -> Reply:
    return admin.api.put(f"/v1/users/{child.id}/consents/photos", {"granted": granted})


def is_given(school: UUID, child: Person, kind: str = "photos") -> bool:
    with store.transaction():
        entering.as_worker(school)
        return consents.given(child.id, kind)


def test_until_somebody_consents_nothing_is_given(family: Family) -> None:
    listed = family.mother.api.get(f"/v1/families/children/{family.child.id}/consents").data
    nothing = {"needed": True, "given": False, "said_by": None, "said_at": None}
    assert listed == [{"kind": "photos", **nothing}, {"kind": "tutor", **nothing}]
    assert not is_given(family.school, family.child)


def test_a_parent_consents_to_one_thing_and_takes_it_back(family: Family, owner: Any) -> None:
    said = say(family.mother, family.child, True).data
    assert (said["given"], said["said_by"]) == (True, "parent")
    assert is_given(family.school, family.child)
    assert not is_given(family.school, family.child, "tutor")
    assert say(family.mother, family.child, False).data["given"] is False
    assert not is_given(family.school, family.child)
    owner.execute("SELECT granted FROM consents ORDER BY id")
    assert owner.fetchall() == [(True,), (False,)], "what was said stays"
    owner.execute("SELECT action, actor_id FROM audit_entries ORDER BY id")
    assert owner.fetchall() == [
        ("consent.granted", family.mother.id),
        ("consent.refused", family.mother.id),
    ]


def test_saying_the_same_again_adds_nothing(family: Family, owner: Any) -> None:
    assert say(family.mother, family.child, True).data == say(family.mother, family.child, True).data
    owner.execute("SELECT count(*) FROM consents")
    assert owner.fetchone() == (1,)
    say(family.father, family.child, True)
    owner.execute("SELECT count(*) FROM consents")
    assert owner.fetchone() == (2,), "the other parent's word is their own"


def test_the_newest_word_of_either_parent_holds(family: Family) -> None:
    say(family.mother, family.child, True)
    say(family.father, family.child, False)
    assert not is_given(family.school, family.child)
    say(family.mother, family.child, True)
    assert is_given(family.school, family.child)


def test_with_a_link_what_was_said_ends_and_does_not_come_back(
    world: World, family: Family, admin: Person
) -> None:
    say(family.father, family.child, False)
    say(family.mother, family.child, True)
    assert admin.api.delete(f"/v1/families/links/{family.mothers_link}").status == 204
    assert not is_given(family.school, family.child), "the father's word holds again"
    world.link(family.school, family.mother, family.child)
    assert not is_given(family.school, family.child)


def test_a_link_that_waits_says_nothing(world: World, school: UUID) -> None:
    parent, child = world.person(school, "parent"), world.person(school, "student")
    world.link(school, parent, child, confirmed=False)
    assert say(parent, child, True).code == "NOT_FOUND"
    assert parent.api.get(f"/v1/families/children/{child.id}/consents").code == "NOT_FOUND"


def test_the_school_records_what_it_has_on_paper(family: Family, admin: Person, owner: Any) -> None:
    said = on_paper(admin, family.child, True).data
    assert (said["given"], said["said_by"]) == (True, "school")
    assert admin.api.get(f"/v1/users/{family.child.id}/consents").data[0] == said
    say(family.mother, family.child, False)
    assert not is_given(family.school, family.child)
    owner.execute("SELECT details FROM audit_entries WHERE action = 'consent.granted'")
    assert owner.fetchone() == ({"kind": "photos", "on_paper": True},)


def test_an_admin_of_another_school_and_an_unknown_kind_are_not_found(world: World, family: Family) -> None:
    assert on_paper(world.person(world.school(), "admin"), family.child, True).code == "NOT_FOUND"
    assert say(family.mother, family.child, True, "biometry").code == "NOT_FOUND"
    assert not is_given(world.school(), family.child), "from another school it is not found"


def years_before(day: date, years: int) -> date:
    """The birthday of who turns `years` on `day`."""
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def test_who_is_of_age_needs_no_consent(world: World, school: UUID, admin: Person) -> None:
    today = datetime.now(UTC).date()
    born = years_before(today, 16)
    grown = world.person(school, "student", birth_date=born)
    nearly = world.person(school, "student", birth_date=born + timedelta(days=2))
    unknown = world.person(school, "student", birth_date=None)
    assert [is_given(school, each) for each in (grown, nearly, unknown)] == [True, False, False]
    refused = on_paper(admin, grown, False)
    assert (refused.status, refused.json["error"]["details"]) == (409, {"reason": "of_age"})
    assert admin.api.get(f"/v1/users/{grown.id}/consents").data[0]["needed"] is False
    assert admin.api.patch(f"/v1/schools/{school}", {"age_of_consent": 17}).status == 200
    assert not is_given(school, grown)


def test_a_birthday_begins_in_the_time_zone_of_the_school(world: World, school: UUID, admin: Person) -> None:
    zones = ("Pacific/Kiritimati", "Pacific/Pago_Pago")  # 25 hours apart: always on different days
    ahead = datetime.now(ZoneInfo(zones[0])).date()
    child = world.person(school, "student", birth_date=years_before(ahead, 16))
    found = []
    for zone in zones:
        assert admin.api.patch(f"/v1/schools/{school}", {"time_zone": zone}).status == 200
        found.append(is_given(school, child))
    assert found == [True, False]


def test_consents_are_in_the_exports(family: Family, admin: Person) -> None:
    say(family.mother, family.child, True)
    for person in (family.mother, family.child):
        (row,) = person.api.get("/v1/me/export?section=consents").data
        assert (row["values"]["kind"], row["values"]["granted"]) == ("photos", True)
    (row,) = admin.api.get(f"/v1/schools/{family.school}/export?section=consents").data
    assert row["values"]["given_by"] == str(family.mother.id)


def test_without_a_where_only_the_own_school_is_read(world: World, family: Family) -> None:
    elsewhere = world.school()
    parent, child = world.person(elsewhere, "parent"), world.person(elsewhere, "student")
    world.link(elsewhere, parent, child)
    say(family.mother, family.child, True)
    say(parent, child, True)
    with store.transaction():
        entering.as_worker(elsewhere)
        assert [row.student_id for row in Consent.select()] == [child.id]
    with store.transaction():
        entering.as_worker(uuid7())
        assert list(Consent.select()) == []
