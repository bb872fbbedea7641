"""The pictures: well-formed, harmless, legible, and never by colour alone."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from uuid import UUID
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.drawing import levels, svg
from chalicelib.learning import bkt
from chalicelib.schemas import mastery as schemas
from chalicelib.services import mastery_pictures, mastery_texts

ID = UUID("01938e4e-4a5c-7b2f-9d1e-3c5a7f0b2d4e")
NAMESPACE = "{http://www.w3.org/2000/svg}"
HARMLESS = {"svg", "title", "desc", "rect", "text", "g", "circle", "polygon", "polyline", "line"}
NASTY = '"><script>alert(1)</script>&\x00\ud800\ufffe'
LONG = (
    "Bartholomew-Featherstonehaugh von und zu Hohenzollern-Sigmaringen y García de la Torre, the younger one"
)


def heat_map(students: int, skills: int, name: str = "Ada") -> schemas.HeatMap:
    """A class in which each belief is another one, one is missing, and all have one bug."""
    beliefs = itertools.cycle([0.0, 0.3999, 0.4, 0.6999, 0.95, 1.0, None])
    cells = [[cell(next(beliefs)) for _ in range(skills)] for _ in range(students)]
    columns = [
        schemas.HeatMapSkill(id=ID, slug="addition", topic="addition", name=f"{name} {number}", mean=0.5)
        for number in range(skills)
    ]
    return schemas.HeatMap(
        classroom_id=ID,
        name=name,
        skills=columns,
        students=[
            schemas.HeatMapRow(student_id=ID, name=name, cells=row, bugs=["addition.bug"]) for row in cells
        ],
        bugs=[schemas.BugCount(bug="addition.bug", name=name, students=students)] if students else [],
        updated_at=datetime(2026, 11, 20, tzinfo=UTC) if students and skills else None,
    )


def cell(p_known: float | None) -> schemas.HeatMapCell | None:
    if p_known is None:
        return None
    return schemas.HeatMapCell(p_known=p_known, level=bkt.level(p_known), trend=-0.2, attempts=1)


def history(answers: int, skills: int = 1, name: str = "Ada") -> schemas.MasteryHistory:
    start = datetime(2026, 11, 1, tzinfo=UTC)
    points = [
        schemas.HistoryPoint(
            seq=seq, correct=seq % 2 == 0, p_known=seq / answers, answered_at=start + timedelta(days=seq)
        )
        for seq in range(1, answers + 1)
    ]
    curves = [
        schemas.SkillHistory(
            skill_id=ID, slug="addition", topic="addition", name=name, answers=answers, points=points
        )
        for _ in range(skills)
    ]
    return schemas.MasteryHistory(student_id=ID, name=name, skills=curves)


PICTURES = {
    "35 x 8": mastery_pictures.heat_map(heat_map(35, 8), "en"),
    "3 x 2, long names": mastery_pictures.heat_map(heat_map(3, 2, LONG), "es"),
    "no answers": mastery_pictures.heat_map(heat_map(3, 0), "es"),
    "nobody": mastery_pictures.heat_map(heat_map(0, 0), "en"),
    "nasty": mastery_pictures.heat_map(heat_map(2, 2, NASTY), "en"),
    "curves": mastery_pictures.curves(history(120, 5), "en"),
    "one answer": mastery_pictures.curves(history(1, 1, NASTY), "es"),
    "no curve": mastery_pictures.curves(history(1, 0, LONG), "en"),
}


@pytest.fixture(params=PICTURES)
def picture(request: pytest.FixtureRequest) -> ElementTree.Element:
    return ElementTree.fromstring(PICTURES[request.param])  # noqa: S314 (our own)


def texts(picture: ElementTree.Element, tag: str = "text") -> list[str]:
    return [each.text or "" for each in picture.iter(NAMESPACE + tag)]


def test_it_holds_nothing_that_runs_or_comes_from_elsewhere(picture: ElementTree.Element) -> None:
    for each in picture.iter():
        assert each.tag.removeprefix(NAMESPACE) in HARMLESS
        assert not [
            name for name in each.attrib if name.startswith("on") or "href" in name or name == "style"
        ]


def test_it_is_read_out_by_its_title_and_description(picture: ElementTree.Element) -> None:
    assert picture.get("role") == "img"
    said = {each.get("id"): each.text for each in picture[:2]}
    assert all(said.values())
    assert (picture.get("aria-labelledby") or "").split() == list(said)
    assert picture.get("lang") in ("en", "es")


def test_nothing_lies_outside_of_it(picture: ElementTree.Element) -> None:
    _, _, width, height = map(float, (picture.get("viewBox") or "").split())
    for each in picture.iter(NAMESPACE + "text"):
        size, x, y = (float(each.get(name) or 0) for name in ("font-size", "x", "y"))
        length = svg.width_of(each.text or "", size)
        assert 0 < y <= height
        if "transform" not in each.attrib:
            before = {"end": length, "middle": length / 2}.get(each.get("text-anchor") or "", 0)
            assert x - before >= -1, each.text
            assert x - before + length <= width + 1, each.text


def test_a_name_is_text_whatever_it_holds() -> None:
    for name in ("nasty", "one answer"):
        assert "<script" not in PICTURES[name]
        assert "alert(1)" in "".join(ElementTree.fromstring(PICTURES[name]).itertext())  # noqa: S314


def test_each_cell_has_its_number_within_its_level() -> None:
    shown = heat_map(7, 3)
    picture = ElementTree.fromstring(mastery_pictures.heat_map(shown, "en"))  # noqa: S314
    numbers = [int(said) for said in texts(picture) if said.isdigit()]
    known = [each for row in shown.students for each in row.cells if each is not None]
    assert numbers[: len(known)] == [0, 39, 40, 69, 95, 100] * 3
    for number, each in zip(numbers, known, strict=False):
        assert bkt.level(number / 100) == each.level


def test_a_right_answer_looks_different_from_a_wrong_one_without_colour() -> None:
    picture = ElementTree.fromstring(mastery_pictures.curves(history(6), "en"))  # noqa: S314
    fills = [each.get("fill") for each in picture.iter(NAMESPACE + "circle")]
    assert fills == [svg.GROUND, "#0072b2"] * 3


def test_the_levels_are_legible_and_ever_lighter() -> None:
    grounds = [luminance(each.ground) for each in levels.LEVELS]
    assert all(after > 1.8 * before for before, after in itertools.pairwise(grounds))
    for each in levels.LEVELS:
        assert contrast(each.ground, each.ink) >= 4.5
    assert min(contrast(svg.GROUND, ink) for ink in (svg.INK, svg.FAINT)) >= 4.5


def test_both_languages_say_the_same_things() -> None:
    english, spanish = mastery_texts.words("en"), mastery_texts.words("es")
    assert english.keys() == spanish.keys()
    for name, phrase in english.items():
        assert fields(phrase) == fields(spanish[name]), name


@settings(max_examples=50)
@given(st.text(max_size=60), st.floats(5, 300))
def test_what_is_fitted_fits(said: str, width: float) -> None:
    shown = svg.fitted(said, width, 12)
    assert shown in (said, svg.ELLIPSIS) or svg.width_of(shown, 12) <= width + 0.01
    ElementTree.fromstring(svg.words(0, 0, shown))  # noqa: S314


def fields(phrase: str) -> set[str]:
    return {part.partition("}")[0] for part in phrase.split("{")[1:]}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
