"""The mastery views as tables for a spreadsheet."""

from __future__ import annotations

from chalicelib.schemas import mastery as schemas
from chalicelib.services import csv_text
from chalicelib.services.mastery_texts import words

DIGITS = 6


def heat_map(shown: schemas.HeatMap, locale: str) -> str:
    """A line for each student: name, the probability of knowing each skill (empty: never practised), bugs."""
    said = words(locale)
    columns = [said["table.student"], *(skill.name for skill in shown.skills), said["table.bugs"]]
    names = {each.bug: each.name for each in shown.bugs}
    rows = [
        [
            row.name,
            *(None if cell is None else round(cell.p_known, DIGITS) for cell in row.cells),
            "; ".join(names[bug] for bug in row.bugs),
        ]
        for row in shown.students
    ]
    return csv_text.written(columns, rows)


def history(shown: schemas.MasteryHistory, locale: str) -> str:
    """A line for each answer of each skill."""
    said = words(locale)
    columns = [
        said[f"table.{column}"] for column in ("student", "skill", "seq", "answered_at", "correct", "p_known")
    ]
    rows = [
        [
            shown.name,
            skill.name,
            point.seq,
            point.answered_at.isoformat(),
            int(point.correct),
            round(point.p_known, DIGITS),
        ]
        for skill in shown.skills
        for point in skill.points
    ]
    return csv_text.written(columns, rows)
