"""The mastery views as pictures: what they hold, put into the words of a reader's language and drawn."""

from __future__ import annotations

from chalicelib.drawing import curves as drawn_curves
from chalicelib.drawing import heat_map as drawn_map
from chalicelib.learning import bkt
from chalicelib.schemas import mastery as schemas
from chalicelib.services.mastery_texts import text, words

LEVELS = (*(name for name, _ in bkt.UPPER_BOUNDS), bkt.HIGHEST_LEVEL)
BOUNDS = (0.0, *(upper for _, upper in bkt.UPPER_BOUNDS), 1.0)
NOTICEABLE = 0.1  # a change in 7 days from which on it is shown
MOST_BUGS = 12
MAP_KEY, CURVES_KEY = "tiza-map", "tiza-curves"


def heat_map(shown: schemas.HeatMap, locale: str) -> str:
    """The heat map as SVG text."""
    said = words(locale)
    bars = [
        drawn_map.Bar(
            bug.name,
            bug.students,
            text(locale, "map.bug", count=bug.students, students=len(shown.students)),
        )
        for bug in shown.bugs[:MOST_BUGS]
    ]
    more = len(shown.bugs) - len(bars)
    return drawn_map.draw(
        drawn_map.HeatMap(
            title=text(locale, "map.title", name=shown.name),
            about=_about(shown, locale),
            skills=[skill.name for skill in shown.skills],
            rows=[_row(row, shown, locale) for row in shown.students],
            mean=_mean(shown, locale),
            levels=tuple(f"{name} ({span})" for name, span in zip(_levels(locale), _spans(), strict=True)),
            explanation=said["map.key"],
            updated=_updated(shown, locale),
            bars_title=said["map.bugs"],
            bars=bars,
            more_bars=text(locale, "map.more", count=more) if more else "",
            empty=said["map.empty"],
        ),
        key=f"{MAP_KEY}-{shown.classroom_id}",
        locale=locale,
    )


def curves(shown: schemas.MasteryHistory, locale: str) -> str:
    """A student's learning curves as SVG text."""
    said = words(locale)
    return drawn_curves.draw(
        drawn_curves.Curves(
            title=text(locale, "curve.title", name=shown.name),
            about=text(locale, "curve.about", skills=len(shown.skills)),
            panels=[_panel(skill, locale) for skill in shown.skills],
            levels=[
                drawn_curves.Level(name, lower, upper)
                for name, lower, upper in zip(_levels(locale), BOUNDS[:-1], BOUNDS[1:], strict=True)
            ],
            explanation=said["curve.key"],
            empty=said["curve.empty"],
        ),
        key=f"{CURVES_KEY}-{shown.student_id}",
        locale=locale,
    )


def percent(p_known: float) -> int:
    """A belief in whole percent, rounded down: so it always lies within the bounds of its level."""
    return int(100 * p_known + 1e-9)


def _levels(locale: str) -> list[str]:
    return [text(locale, f"level.{level}") for level in LEVELS]


def _spans() -> list[str]:
    starts = [percent(bound) for bound in BOUNDS[:-1]]
    ends = [*(start - 1 for start in starts[1:]), percent(BOUNDS[-1])]
    return [f"{start}–{end}" for start, end in zip(starts, ends, strict=True)]


def _about(shown: schemas.HeatMap, locale: str) -> str:
    cells = [cell for row in shown.students for cell in row.cells if cell is not None]
    counts = [
        f"{name}: {sum(cell.level == level for cell in cells)}"
        for level, name in zip(LEVELS, _levels(locale), strict=True)
    ]
    return text(
        locale,
        "map.about",
        students=len(shown.students),
        skills=len(shown.skills),
        levels=", ".join(counts).capitalize(),
    )


def _updated(shown: schemas.HeatMap, locale: str) -> str:
    if shown.updated_at is None:
        return ""
    return text(locale, "map.updated", day=shown.updated_at.date().isoformat())


def _row(row: schemas.HeatMapRow, shown: schemas.HeatMap, locale: str) -> drawn_map.Row:
    cells = [
        None if cell is None else _cell(cell.p_known, cell.trend, row.name, skill.name, locale)
        for cell, skill in zip(row.cells, shown.skills, strict=True)
    ]
    return drawn_map.Row(row.name, cells)


def _mean(shown: schemas.HeatMap, locale: str) -> drawn_map.Row | None:
    """The last row: the class as a whole."""
    if not shown.skills:
        return None
    name = words(locale)["map.mean"]
    return drawn_map.Row(name, [_cell(skill.mean, None, name, skill.name, locale) for skill in shown.skills])


def _cell(p_known: float, trend: float | None, student: str, skill: str, locale: str) -> drawn_map.Cell:
    level = bkt.level(p_known)
    return drawn_map.Cell(
        percent=percent(p_known),
        level=LEVELS.index(level),
        trend=0 if trend is None or abs(trend) < NOTICEABLE else 1 if trend > 0 else -1,
        said=text(
            locale,
            "map.cell",
            student=student,
            skill=skill,
            percent=percent(p_known),
            level=text(locale, f"level.{level}"),
        ),
    )


def _panel(skill: schemas.SkillHistory, locale: str) -> drawn_curves.Panel:
    last = skill.points[-1].p_known
    days = sorted(point.answered_at.date().isoformat() for point in skill.points)
    level = text(locale, f"level.{bkt.level(last)}")
    now = text(locale, "curve.now", percent=percent(last), level=level)
    counted = "curve.answers" if skill.answers > 1 else "curve.one_answer"
    span = text(locale, counted, answers=skill.answers, first=days[0], last=days[-1])
    return drawn_curves.Panel(
        name=skill.name,
        now=now,
        points=[drawn_curves.Point(point.seq, point.p_known, point.correct) for point in skill.points],
        span=span,
        said=text(locale, "curve.panel", skill=skill.name, now=now, span=span),
    )
