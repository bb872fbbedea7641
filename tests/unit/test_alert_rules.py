"""What the alerts decide without a database."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.services.alert_causes import Key, levels_fallen, shared_by
from chalicelib.services.alert_rules import SEVERITY, Open, compared
from chalicelib.store.models import alerts as model

KEYS = st.builds(
    Key,
    st.sampled_from(["4a", "4b"]),
    st.sampled_from(sorted(SEVERITY)),
    st.sampled_from([None, "addition"]),
    st.sampled_from([None, "leo"]),
    st.sampled_from([None, "subtraction.smaller_from_larger"]),
)
DETAILS = st.dictionaries(st.sampled_from(["mean", "students"]), st.integers(0, 3))


@pytest.mark.parametrize(
    ("class_size", "students"),
    [(1, 2), (2, 2), (10, 2), (13, 2), (14, 3), (19, 3), (20, 3), (21, 3), (35, 3), (200, 3)],
)
def test_a_bug_is_shared_by_15_percent_but_by_2_at_least_and_3_at_most(
    class_size: int, students: int
) -> None:
    assert shared_by(class_size) == students


@given(st.integers(0, 500), st.integers(0, 500))
def test_that_is_the_formula_itself_asked_of_a_whole_number(class_size: int, students: int) -> None:
    by_formula = students >= max(2, min(3, 0.15 * class_size))
    assert (students >= shared_by(class_size)) == by_formula


@pytest.mark.parametrize(
    ("before", "after", "levels"),
    [
        (0.95, 0.69, 2),
        (0.9499, 0.69, 1),
        (0.70, 0.39, 2),
        (0.6999, 0.39, 1),
        (0.99, 0.10, 3),
        (0.50, 0.50, 0),
        (0.30, 0.95, -3),
    ],
)
def test_levels_are_counted_between_beliefs(before: float, after: float, levels: int) -> None:
    assert levels_fallen(before, after) == levels


def test_every_type_of_the_table_is_raised_here_or_comes_with_worksheets() -> None:
    assert set(SEVERITY) | {"guide_ready", "guide_graded"} == set(model.TYPES)
    assert set(SEVERITY.values()) <= set(model.SEVERITIES)


@given(
    st.dictionaries(KEYS, DETAILS, max_size=8),
    st.dictionaries(KEYS, DETAILS, max_size=8),
    st.sets(KEYS, max_size=4),
)
def test_afterwards_what_is_open_is_what_there_is_cause_for(
    causes: dict[Key, dict[str, Any]], before: dict[Key, dict[str, Any]], resting: set[Key]
) -> None:
    standing = {key: Open(str(number), details) for number, (key, details) in enumerate(before.items())}
    changes = compared(causes, standing, resting)

    after = {alert.id: (key, alert.details) for key, alert in standing.items()}
    for alert_id in changes.closed:
        del after[alert_id]
    for alert_id, details in changes.updated.items():
        assert after[alert_id][1] != details
        after[alert_id] = (after[alert_id][0], details)
    is_open = dict(after.values())
    assert not is_open.keys() & changes.raised.keys()
    is_open |= changes.raised
    expected = {key: details for key, details in causes.items() if key in before or key not in resting}
    assert is_open == expected

    again = compared(
        causes, {key: Open(str(n), details) for n, (key, details) in enumerate(is_open.items())}, resting
    )
    assert again == ({}, {}, [])
