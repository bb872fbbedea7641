"""A class as a heat map: students by skills, a number in each cell, and the bugs as bars below."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chalicelib.drawing import levels, svg

MARGIN = 20
CELL_WIDTH, CELL_HEIGHT = 46, 24
TITLE, HEADING, SIZE, SMALL = 18, 13, 12, 11
MOST_NAME, MOST_SKILL, MOST_BUG = 200, 170, 300
SLANT = math.radians(40)
LEAST_WIDTH = 600
BAR_LINE, BAR_LENGTH = 20, 160


class Cell(NamedTuple):
    """A belief: in percent, its level (0 to 3), lately up (1), down (-1) or neither (0), and in words."""

    percent: int
    level: int
    trend: int
    said: str


class Row(NamedTuple):
    """A student; None where a skill was never practised."""

    name: str
    cells: Sequence[Cell | None]


class Bar(NamedTuple):
    """A bug: how many students have it, and that in words."""

    name: str
    students: int
    said: str


class HeatMap(NamedTuple):
    """What is drawn, in the words of one language."""

    title: str
    about: str
    skills: Sequence[str]
    rows: Sequence[Row]
    mean: Row | None
    levels: tuple[str, ...]
    explanation: str
    updated: str
    bars_title: str
    bars: Sequence[Bar]
    more_bars: str
    empty: str


def draw(shown: HeatMap, *, key: str, locale: str) -> str:
    """The picture as SVG text. `key` tells its ids from those of other pictures on the page."""
    left = MARGIN + _names_width(shown) + 8
    labels = [svg.fitted(skill, MOST_SKILL, SIZE) for skill in shown.skills]
    longest = max((svg.width_of(label, SIZE) for label in labels), default=0.0)
    beyond = longest * math.cos(SLANT) - CELL_WIDTH / 2
    width = max(LEAST_WIDTH, left + CELL_WIDTH * len(labels) + max(beyond, 0) + MARGIN)
    inner = width - 2 * MARGIN
    parts, y = _heading(shown, inner)
    top = y + longest * math.sin(SLANT) + (14 if labels else 0)
    parts += _skill_names(labels, left, top - 6)
    rows = [*shown.rows, *([shown.mean] if shown.mean else [])]
    for row in rows:
        is_mean = row is shown.mean
        top += 6 if is_mean else 0
        parts += _row(row, left, top, is_bold=is_mean)
        top += CELL_HEIGHT
    below, y = _below(shown, top + 14, inner)
    return svg.document(
        width,
        y + MARGIN,
        [*parts, *below],
        title=shown.title,
        about=shown.about,
        key=key,
        locale=locale,
    )


def _names_width(shown: HeatMap) -> float:
    names = [row.name for row in shown.rows] + ([shown.mean.name] if shown.mean else [])
    return min(max((svg.width_of(name, SIZE) for name in names), default=0.0), MOST_NAME)


def _heading(shown: HeatMap, width: float) -> tuple[list[str], float]:
    y = MARGIN + TITLE
    parts = []
    for line in svg.wrapped(shown.title, width, TITLE):
        parts.append(svg.words(MARGIN, y, line, size=TITLE, font_weight="bold"))
        y += TITLE + 6
    if shown.updated:
        parts.append(svg.words(MARGIN, y, shown.updated, size=SIZE, fill=svg.FAINT))
    if not shown.skills:
        y += 28
        parts.append(svg.words(MARGIN, y, shown.empty, size=HEADING))
    return parts, y + 10


def _skill_names(labels: Sequence[str], left: float, y: float) -> Iterator[str]:
    for number, label in enumerate(labels):
        x = left + CELL_WIDTH * (number + 0.5)
        yield svg.words(
            x, y, label, size=SIZE, transform=f"rotate({-math.degrees(SLANT):.0f} {x:.1f} {y:.1f})"
        )


def _row(row: Row, left: float, y: float, *, is_bold: bool) -> Iterator[str]:
    name = svg.fitted(row.name, left - MARGIN - 8, SIZE)
    weight = "bold" if is_bold else None
    written = svg.words(left - 8, y + 16, name, size=SIZE, text_anchor="end", font_weight=weight)
    yield svg.titled(row.name, written) if name != row.name else written
    for number, cell in enumerate(row.cells):
        x = left + CELL_WIDTH * number
        if cell is None:
            yield svg.element("circle", cx=x + CELL_WIDTH / 2, cy=y + CELL_HEIGHT / 2, r=1.5, fill=svg.FAINT)
        else:
            yield svg.titled(cell.said, *_cell(cell, x, y))


def _cell(cell: Cell, x: float, y: float) -> Iterator[str]:
    colours = levels.LEVELS[cell.level]
    yield svg.element(
        "rect", x=x, y=y, width=CELL_WIDTH, height=CELL_HEIGHT, fill=colours.ground, stroke=svg.GROUND
    )
    middle = x + CELL_WIDTH / 2 - (4 if cell.trend else 0)
    yield svg.words(middle, y + 16, str(cell.percent), size=SIZE, fill=colours.ink, text_anchor="middle")
    if cell.trend:
        tip, base = (8.0, 15.0) if cell.trend > 0 else (16.0, 9.0)
        at = x + CELL_WIDTH - 11
        corners = f"{at - 4:.1f},{y + base:.1f} {at + 4:.1f},{y + base:.1f} {at:.1f},{y + tip:.1f}"
        yield svg.element("polygon", points=corners, fill=colours.ink)


def _below(shown: HeatMap, y: float, width: float) -> tuple[list[str], float]:
    """The key and the bars, from `y` on; and where they end."""
    parts: list[str] = []
    if shown.skills:
        parts, y = levels.key(MARGIN, y, shown.levels, width)
        for line in svg.wrapped(shown.explanation, width, SMALL):
            y += SMALL + 6
            parts.append(svg.words(MARGIN, y, line, size=SMALL, fill=svg.FAINT))
    if shown.bars:
        y += 34
        parts.append(svg.words(MARGIN, y, shown.bars_title, size=HEADING, font_weight="bold"))
        y += 8
        for bar in shown.bars:
            parts += _bar(bar, y, max(len(shown.rows), 1))
            y += BAR_LINE
    if shown.more_bars:
        y += 14
        parts.append(svg.words(MARGIN, y, shown.more_bars, size=SMALL, fill=svg.FAINT))
    return parts, y


def _bar(bar: Bar, y: float, most: int) -> Iterator[str]:
    name = svg.fitted(bar.name, MOST_BUG, SIZE)
    written = svg.words(MARGIN, y + 15, name, size=SIZE)
    yield svg.titled(bar.name, written) if name != bar.name else written
    x = MARGIN + MOST_BUG + 8
    length = BAR_LENGTH * bar.students / most
    yield svg.element("rect", x=x, y=y + 4, width=length, height=BAR_LINE - 7, fill=levels.LEVELS[1].ground)
    yield svg.words(x + length + 6, y + 15, bar.said, size=SIZE)
