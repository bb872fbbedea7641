"""What a model may say when it is asked to classify: told once what is wrong, then what is sound stands."""

from __future__ import annotations

import msgspec
import pytest

from chalicelib.services.classify_question import Check, Opinion, Opinions

BUGS = {"t.one", "t.two", "t.three"}


def said(*opinions: tuple[int, str]) -> Opinions:
    return Opinions([Opinion(case, bug, 0.9) for case, bug in opinions])


@pytest.mark.parametrize("bug", ["t.one", "t.one+t.two", "none", "slip"])
def test_an_opinion_of_the_catalogue_is_sound(bug: str) -> None:
    Check(1, BUGS)(said((1, bug)))


@pytest.mark.parametrize(
    "opinions",
    [
        [],
        [(1, "t.one")],
        [(1, "t.one"), (2, "t.four")],
        [(1, "t.one"), (2, "")],
        [(1, "t.one"), (2, "t.one+t.one")],
        [(1, "t.one"), (2, "t.one+t.two+t.three")],
        [(1, "t.one"), (2, "none+t.two")],
        [(1, "t.one"), (2, "t.two"), (2, "t.two")],
        [(1, "t.one"), (3, "t.two")],
        [(0, "t.one"), (1, "t.two")],
    ],
)
def test_any_other_is_told_once(opinions: list[tuple[int, str]]) -> None:
    check, answer = Check(2, BUGS), said(*opinions)
    with pytest.raises(ValueError, match="exactly one opinion for each of the cases 1 to 2"):
        check(answer)
    if opinions:
        check(answer)
        assert [opinion.case for opinion in check.sound(answer)] == [1]
    else:
        with pytest.raises(ValueError, match="opinion"):
            check(answer)


@pytest.mark.parametrize("confidence", [-0.1, 1.1, "high"])
def test_confidence_is_a_probability(confidence: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"case": 1, "bug": "none", "confidence": confidence}, Opinion)
