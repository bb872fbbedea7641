"""A student's learning curves: a panel for each skill, with a point for each answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chalicelib.drawing import svg

MARGIN = 20
TITLE, HEADING, SIZE, SMALL = 18, 13, 12, 11
PLOT_WIDTH, PLOT_HEIGHT = 300, 130
LEFT, RIGHT, ABOVE, BELOW = 28, 112, 40, 38  # of a panel, around its plot
PANEL_WIDTH, PANEL_HEIGHT = LEFT + PLOT_WIDTH + RIGHT, ABOVE + PLOT_HEIGHT + BELOW
ACROSS = 2
CROWDED = 40  # points; more are drawn smaller
LINE = "#0072b2"


class Point(NamedTuple):
    """After an answer: its number, what was believed (0 to 1), and whether it was right."""

    seq: int
    p_known: float
    is_right: bool


class Panel(NamedTuple):
    """A skill: its name, how it stands in words, its points in order, and what they span."""

    name: str
    now: str
    points: Sequence[Point]
    span: str
    said: str


class Level(NamedTuple):
    """A level's name, and the beliefs between which it holds."""

    name: str
    lower: float
    upper: float


class Curves(NamedTuple):
    """What is drawn, in the words of one language."""

    title: str
    about: str
    panels: Sequence[Panel]
    levels: Sequence[Level]
    explanation: str
    empty: str


def draw(shown: Curves, *, key: str, locale: str) -> str:
    """The picture as SVG text. `key` tells its ids from those of other pictures on the page."""
    across = max(1, min(ACROSS, len(shown.panels)))
    width = 2 * MARGIN + across * PANEL_WIDTH
    inner = width - 2 * MARGIN
    y = float(MARGIN + TITLE)
    parts = []
    for line in svg.wrapped(shown.title, inner, TITLE):
        parts.append(svg.words(MARGIN, y, line, size=TITLE, font_weight="bold"))
        y += TITLE + 6
    for line in svg.wrapped(shown.explanation if shown.panels else shown.empty, inner, SIZE):
        parts.append(svg.words(MARGIN, y, line, size=SIZE, fill=svg.FAINT))
        y += SIZE + 6
    for number, panel in enumerate(shown.panels):
        column, row = number % across, number // across
        parts.append(_panel(panel, shown.levels, MARGIN + column * PANEL_WIDTH, y + row * PANEL_HEIGHT))
    height = y + PANEL_HEIGHT * -(-len(shown.panels) // across) + MARGIN
    return svg.document(width, height, parts, title=shown.title, about=shown.about, key=key, locale=locale)


def _panel(panel: Panel, bounds: Sequence[Level], x: float, y: float) -> str:
    left, top = x + LEFT, y + ABOVE
    now_width = svg.width_of(panel.now, SIZE)
    name = svg.fitted(panel.name, LEFT + PLOT_WIDTH + RIGHT - now_width - 30, HEADING)
    return svg.titled(
        panel.said,
        svg.words(x, y + 24, name, size=HEADING, font_weight="bold"),
        svg.words(x + PANEL_WIDTH - 16, y + 24, panel.now, size=SIZE, text_anchor="end"),
        *_grid(bounds, left, top),
        *_line(panel.points, left, top),
        svg.words(left, top + PLOT_HEIGHT + 18, panel.span, size=SMALL, fill=svg.FAINT),
    )


def _grid(bounds: Sequence[Level], left: float, top: float) -> Iterator[str]:
    """The bounds of the levels, with their numbers on the left and the levels' names on the right."""
    for level in bounds:
        lower, upper = _height(level.lower, top), _height(level.upper, top)
        yield svg.element(
            "line", x1=left, x2=left + PLOT_WIDTH, y1=lower, y2=lower, stroke=svg.RULE, stroke_width=1
        )
        percent = str(round(100 * level.lower))
        yield svg.words(left - 5, lower + 4, percent, size=SMALL, fill=svg.FAINT, text_anchor="end")
        name = svg.fitted(level.name, RIGHT - 14, SMALL)
        yield svg.words(left + PLOT_WIDTH + 10, (lower + upper) / 2 + 4, name, size=SMALL, fill=svg.FAINT)


def _line(points: Sequence[Point], left: float, top: float) -> Iterator[str]:
    places = [(_across(point, points, left), _height(point.p_known, top)) for point in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield svg.element("polyline", points=path, fill="none", stroke=LINE, stroke_width=2)
    radius = 3.5 if len(points) <= CROWDED else 2.0
    for point, (x, y) in zip(points, places, strict=True):
        fill = LINE if point.is_right else svg.GROUND
        yield svg.element("circle", cx=x, cy=y, r=radius, fill=fill, stroke=LINE, stroke_width=1.5)


def _across(point: Point, points: Sequence[Point], left: float) -> float:
    first, last = points[0].seq, points[-1].seq
    share = (point.seq - first) / (last - first) if last > first else 0.5
    return left + PLOT_WIDTH * share


def _height(p_known: float, top: float) -> float:
    return top + PLOT_HEIGHT * (1 - p_known)
