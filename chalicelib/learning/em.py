"""Expectation-maximisation, taken in longer steps that never lead downhill.

Dempster, Laird & Rubin (1977), "Maximum likelihood from incomplete data via the EM algorithm", Journal of the
Royal Statistical Society B 39, 1-38. The longer steps are squared extrapolation (SQUAREM, third scheme):
Varadhan & Roland (2008), "Simple and globally convergent methods for accelerating the convergence of any EM
algorithm", Scandinavian Journal of Statistics 35, 335-353.
"""

from __future__ import annotations

from collections.abc import Callable
from math import hypot
from typing import Final, NamedTuple, TypeAlias

Point: TypeAlias = tuple[float, ...]
Step: TypeAlias = Callable[[Point], tuple[float, Point]]

_STRIDE: Final = 4.0  # the longest first extrapolation, in steps; it grows and shrinks by this factor
_ROUNDING: Final = 1e-10  # of a height: how much of it may be an error of floating-point numbers


class Climb(NamedTuple):
    """Where a climb ended. `heights` are those of the points on its way, the last that of `point`."""

    point: Point
    heights: tuple[float, ...]
    converged: bool

    @property
    def height(self) -> float:
        """The height of the point reached."""
        return self.heights[-1]

    def after(self, earlier: Climb) -> Climb:
        """The two climbs as one; this one began where `earlier` ended."""
        return self._replace(heights=earlier.heights + self.heights[1:])


def climb(
    step: Step, start: Point, *, inside: Callable[[Point], Point], tolerance: float, most: int
) -> Climb:
    """Climb from `start` until a step moves no coordinate by more than `tolerance`, in at most `most` steps.

    `step` gives the height of a point and the next point, which is no lower; `inside` brings a point back
    within its bounds. An extrapolated point is taken only where it is no lower than the step before it.
    A step that leads down by more than rounding ends the climb, which has not converged then.
    """
    point = start
    height, following = step(point)
    heights = [height]
    longest = _STRIDE
    for _ in range((most - 1) // 2):
        if distance(point, following) <= tolerance:
            return Climb(point, tuple(heights), converged=True)
        height, after = step(following)
        if height < heights[-1]:  # by rounding, no step from here leads higher
            return Climb(point, tuple(heights), heights[-1] - height <= _ROUNDING * abs(height))
        heights.append(height)
        length = min(_length(point, following, after), longest)
        further = inside(_extrapolated(point, following, after, length))
        height, beyond = step(further)
        if height >= heights[-1]:
            point, following = further, beyond
            heights.append(height)
            longest *= _STRIDE if length == longest else 1
        else:
            point, following = following, after
            longest = max(longest / _STRIDE, _STRIDE)
    return Climb(point, tuple(heights), converged=False)


def distance(one: Point, other: Point) -> float:
    """The largest difference between the coordinates of two points."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _length(first: Point, second: Point, third: Point) -> float:
    """How many steps the curve of two steps in a row asks for at once: 1 or more."""
    curve = hypot(*(c - 2 * b + a for a, b, c in zip(first, second, third, strict=True)))
    return max(1.0, hypot(*(b - a for a, b in zip(first, second, strict=True))) / curve) if curve else 1.0


def _extrapolated(first: Point, second: Point, third: Point, length: float) -> Point:
    """The point that the squared iteration takes for this length; for 1 it is the third point."""
    return tuple(
        a + 2 * length * (b - a) + length * length * (c - 2 * b + a)
        for a, b, c in zip(first, second, third, strict=True)
    )
