"""Keyset pagination on real rows: every row once, whatever happens between the pages."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.errors import CursorError
from chalicelib.store import paging
from chalicelib.store.database import transaction
from chalicelib.store.models.work import Skill

SCOPE = "skills"


@pytest.fixture
def skills(owner: Any) -> list[str]:
    """Eleven skills at positions that repeat; their slugs, as they sort by position and slug."""
    owner.execute("TRUNCATE skills CASCADE")
    with transaction():
        for number in range(11):
            Skill.create(slug=f"skill-{number:02}", topic="addition", name={"en": "x"}, position=number % 3)
        return [one.slug for one in Skill.select().order_by(Skill.position, Skill.slug)]


def page(limit: int, cursor: str | None, **options: Any) -> tuple[list[str], str | None]:
    with transaction():
        keys = (Skill.position, Skill.slug)
        rows, after = paging.page(Skill.select(), keys, limit=limit, cursor=cursor, scope=SCOPE, **options)
        return [row.slug for row in rows], after


def walk(limit: int, **options: Any) -> list[str]:
    seen, cursor = page(limit, None, **options)
    while cursor:
        more, cursor = page(limit, cursor, **options)
        seen += more
    return seen


@pytest.mark.parametrize("limit", [1, 2, 3, 10, 11, 12, 100])
def test_every_row_comes_once_in_order(skills: list[str], limit: int) -> None:
    assert walk(limit) == skills
    assert walk(limit, descending=True) == skills[::-1]


def test_the_end_has_no_cursor(skills: list[str]) -> None:
    assert page(11, None) == (skills, None)
    assert page(10, None)[1] is not None


def test_rows_that_come_and_go_between_pages_move_no_other(skills: list[str]) -> None:
    first, cursor = page(4, None)
    with transaction():
        Skill.create(slug="a-before", topic="addition", name={}, position=0)
        Skill.create(slug="z-after", topic="addition", name={}, position=9)
        Skill.delete().where(Skill.slug == first[-1]).execute()
    rest, _ = page(100, cursor)
    assert rest == [*skills[4:], "z-after"]


def test_a_cursor_is_bound_to_its_list(skills: list[str]) -> None:
    _, cursor = page(4, None)
    with transaction(), pytest.raises(CursorError):
        paging.page(Skill.select(), (Skill.slug,), limit=4, cursor=cursor, scope=SCOPE)
    with transaction(), pytest.raises(CursorError):
        paging.page(Skill.select(), (Skill.position, Skill.slug), limit=4, cursor=cursor, scope="others")
