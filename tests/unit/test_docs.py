"""The tables in `docs/` are as the code has them."""

from __future__ import annotations

from chalicelib import settings
from chalicelib.llm import configuration
from dev import make_docs


def test_the_tables_are_up_to_date() -> None:
    assert make_docs.stale() == [], "run `python -m dev.make_docs`"


def test_every_setting_is_explained() -> None:
    every = {*settings.REQUIRED, *settings.DEFAULTS, *configuration.DEFAULTS}
    assert set(make_docs.SETTINGS) == every


def test_what_is_written_by_hand_is_left_alone() -> None:
    page = "before\n<!-- made: errors -->\nold\n<!-- end -->\nafter"
    made = make_docs.made(page)
    assert made.startswith("before\n<!-- made: errors -->\n| status |")
    assert made.endswith("|\n<!-- end -->\nafter")
    assert "old" not in made
    assert make_docs.made(made) == made
