"""The texts: every bug and every sentence in every language, with the same blanks to fill in."""

from __future__ import annotations

import json
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import chalicelib.diagnosis
from chalicelib.diagnosis import UnknownBugError, bug_text, bugs
from chalicelib.diagnosis.topics import topics

LOCALES = Path(chalicelib.diagnosis.__file__).parent / "locales"
LANGUAGES = sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir())


def leaves(texts: dict[str, Any], path: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in texts.items():
        found |= leaves(value, f"{path}/{key}") if isinstance(value, dict) else {f"{path}/{key}": value}
    return found


def load(language: str, name: str) -> dict[str, str]:
    return leaves(json.loads((LOCALES / language / f"{name}.json").read_text(encoding="utf-8")))


def blanks(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


@pytest.mark.parametrize("name", ["common", *(topic.name for topic in topics())])
def test_languages_have_the_same_keys_and_blanks(name: str) -> None:
    english = load("en", name)
    for language in LANGUAGES:
        other = load(language, name)
        assert other.keys() == english.keys(), language
        assert {key: blanks(text) for key, text in other.items()} == {
            key: blanks(text) for key, text in english.items()
        }, language
        assert all(text.strip() for text in other.values()), language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_bug_has_a_name_and_an_explanation(language: str) -> None:
    for bug in bugs():
        name, explanation = bug_text(bug.id, language)
        assert name, bug.id
        assert explanation.endswith("."), bug.id


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
def test_no_text_without_its_bug(topic) -> None:
    told = json.loads((LOCALES / "en" / f"{topic.name}.json").read_text(encoding="utf-8"))["bugs"]
    assert {f"{topic.name}.{name}" for name in told} == {bug.id for bug in bugs(topic.name)}


def test_names_of_two_bugs_and_of_a_slip_are_joined() -> None:
    name, explanation = bug_text("subtraction.diff_0_n_n+slip.fact", "en")
    assert name == "0 - N = N and slip in a basic fact"
    assert "Also: The method is right." in explanation


@pytest.mark.parametrize("bug", ["subtraction.nonsense", "nonsense", "slip.nonsense", ""])
def test_unknown_bug_has_no_text(bug: str) -> None:
    with pytest.raises(UnknownBugError):
        bug_text(bug)
