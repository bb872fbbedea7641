"""Calibrating exercises: recovered from simulated students, sensible with little data, never downhill."""

from __future__ import annotations

from itertools import pairwise
from math import exp, fsum, log, pi, sqrt
from statistics import correlation

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.learning import irt, irt_fit
from chalicelib.learning.irt import Item
from dev.bench.learners import items, responses

TRUE = items(20)
given_responses = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from("abcd"), st.booleans()), min_size=1, max_size=24
)


def test_simulated_exercises_are_recovered() -> None:
    found = irt_fit.fit(responses(TRUE, 1500))
    assert found.converged
    assert found.students == 1500
    true, fitted = [*TRUE.values()], [found.items[key] for key in TRUE]
    assert correlation([each.difficulty for each in true], [each.difficulty for each in fitted]) > 0.95
    assert correlation([each.discrimination for each in true], [each.discrimination for each in fitted]) > 0.9
    assert fsum(abs(a.difficulty - b.difficulty) for a, b in zip(true, fitted, strict=True)) / len(true) < 0.1


def test_each_student_may_have_answered_other_exercises() -> None:
    found = irt_fit.fit(responses(TRUE, 1500, each=8))
    assert sum(found.answers.values()) == 1500 * 8
    fitted = [found.items[key].difficulty for key in TRUE]
    assert correlation([each.difficulty for each in TRUE.values()], fitted) > 0.95


@given(given_responses)
@settings(max_examples=40)
def test_the_posterior_never_falls_and_little_data_stays_sensible(
    answered: list[tuple[int, str, bool]],
) -> None:
    found = irt_fit.fit(answered)
    assert found.converged
    assert all(later >= earlier for earlier, later in pairwise(found.history))
    assert found.log_likelihood == pytest.approx(irt_fit.log_likelihood(answered, found.items), abs=1e-9)
    for item in found.items.values():
        assert abs(item.difficulty) < 4
        assert 0.4 < item.discrimination < 2.5


def test_an_exercise_with_one_answer_stays_where_most_exercises_are() -> None:
    found = irt_fit.fit([*responses(TRUE, 200), (0, "new", False)])
    assert found.answers["new"] == 1
    assert 0 < found.items["new"].difficulty < irt_fit.DIFFICULTY_SD
    assert found.items["new"].discrimination == pytest.approx(1.0, abs=0.2)


def test_what_everybody_answers_rightly_is_easy_and_finite() -> None:
    always = [(student, "always", True) for student in range(300)]
    found = irt_fit.fit([*responses(TRUE, 300), *always])
    assert -irt_fit.MOST_DIFFICULT <= found.items["always"].difficulty < -2.5


def test_the_first_answer_of_a_student_counts() -> None:
    answered = responses(TRUE, 50, each=5)
    again = [(student, key, not correct) for student, key, correct in answered]
    assert irt_fit.fit([*answered, *again]) == irt_fit.fit(answered)


def test_known_items_save_steps_and_lead_to_the_same_place() -> None:
    answered = responses(TRUE, 200)
    cold = irt_fit.fit(answered)
    warm = irt_fit.fit(answered, start=cold.items)
    assert warm.iterations < cold.iterations
    for key, item in cold.items.items():
        assert warm.items[key] == pytest.approx(item, abs=0.02)


def test_log_likelihood_is_the_integral_over_abilities() -> None:
    known = {"a": Item(0.5, 1.2), "b": Item(-1.0, 0.8)}
    total = 0.0
    for step in range(-700, 701):
        able = step / 100
        density = exp(-able * able / 2) / sqrt(2 * pi) / 100
        total += density * irt.probability(able, known["a"]) * (1 - irt.probability(able, known["b"]))
    found = irt_fit.log_likelihood([(1, "a", True), (1, "b", False)], known)
    assert found == pytest.approx(log(total), abs=1e-4)


def test_without_answers_there_is_nothing_to_fit() -> None:
    with pytest.raises(ValueError, match="no answers"):
        irt_fit.fit([])
