"""The climb: never down, to the top, within the bounds, and honest about where it ended."""

from __future__ import annotations

from itertools import pairwise

import pytest

from chalicelib.learning import em
from chalicelib.learning.em import Point

# Two slow coordinates: a step covers only a hundredth and a fiftieth of what is left.
TOP = (3.0, -1.0)
SPEED = (0.01, 0.02)


def height(point: Point) -> float:
    return -sum((at - top) ** 2 for at, top in zip(point, TOP, strict=True))


def step(point: Point) -> tuple[float, Point]:
    moved = (at + speed * (top - at) for at, top, speed in zip(point, TOP, SPEED, strict=True))
    return height(point), tuple(moved)


def anywhere(point: Point) -> Point:
    return point


def test_it_reaches_the_top_in_far_fewer_steps_than_were_needed_one_by_one() -> None:
    found = em.climb(step, (0.0, 0.0), inside=anywhere, tolerance=1e-9, most=100)  # one by one: about 1,700
    assert found.converged
    assert found.point == pytest.approx(TOP, abs=1e-5)
    assert found.height == height(found.point)
    assert all(later >= earlier for earlier, later in pairwise(found.heights))


def test_it_stays_within_the_bounds() -> None:
    def below_two(point: Point) -> Point:
        return min(point[0], 2.0), point[1]

    def bounded(point: Point) -> tuple[float, Point]:
        assert point[0] <= 2.0
        return height(point), below_two(step(point)[1])

    found = em.climb(bounded, (0.0, 0.0), inside=below_two, tolerance=1e-9, most=200)
    assert found.point == pytest.approx((2.0, -1.0), abs=1e-5)


def test_it_says_when_the_steps_did_not_suffice() -> None:
    found = em.climb(step, (0.0, 0.0), inside=anywhere, tolerance=1e-9, most=5)
    assert not found.converged
    assert found.height == height(found.point)


def test_a_step_that_leads_down_is_no_top() -> None:
    found = em.climb(
        lambda point: (-abs(point[0]), (point[0] + 1.0,)), (0.5,), inside=anywhere, tolerance=1e-9, most=50
    )
    assert not found.converged
    assert found.point == (0.5,)


def test_two_climbs_in_a_row_are_one() -> None:
    first = em.climb(step, (0.0, 0.0), inside=anywhere, tolerance=1e-9, most=5)
    whole = em.climb(step, first.point, inside=anywhere, tolerance=1e-9, most=100).after(first)
    assert all(later >= earlier for earlier, later in pairwise(whole.heights))
    assert whole.heights[: len(first.heights)] == first.heights
