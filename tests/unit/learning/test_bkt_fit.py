"""Fitting knowledge tracing: against all hidden paths written out, and on simulated students."""

from __future__ import annotations

from itertools import pairwise, product
from math import fsum, log, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.learning import bkt_fit, bkt_tree
from chalicelib.learning.bkt import Parameters
from dev.bench.learners import sequences

inside = st.floats(0.01, 0.45)
models = st.builds(Parameters, inside, inside, inside, inside, st.just(0.0) | st.floats(0.01, 0.2))
answers = st.lists(st.integers(0, 1), min_size=1, max_size=5).map(bytes)
classes = st.lists(answers, min_size=1, max_size=6)
FORGETFUL = Parameters(0.3, 0.2, 0.05, 0.15, 0.15)


def paths(model: Parameters, given_answers: bytes) -> list[tuple[tuple[int, ...], float]]:
    """Each way in which the skill can have been known (1) or not (0), with its joint probability."""
    p_init, learn, slip, guess, forget = model
    right = (guess, 1 - slip)
    moves = {(0, 0): 1 - learn, (0, 1): learn, (1, 0): forget, (1, 1): 1 - forget}
    return [
        (
            path,
            (p_init if path[0] else 1 - p_init)
            * prod(
                right[state] if answer else 1 - right[state]
                for state, answer in zip(path, given_answers, strict=True)
            )
            * prod(moves[move] for move in pairwise(path)),
        )
        for path in product((0, 1), repeat=len(given_answers))
    ]


def by_hand(model: Parameters, given_answers: list[bytes]) -> tuple[float, Parameters]:
    """The log-likelihood and the next step of expectation-maximisation, from all paths."""
    height, known_first = 0.0, 0.0
    shown = dict.fromkeys(product((0, 1), repeat=2), 0.0)  # (known, right)
    moved = dict.fromkeys(product((0, 1), repeat=2), 0.0)  # (known, known next)
    for each in given_answers:
        ways = paths(model, each)
        total = fsum(probability for _, probability in ways)
        height += log(total)
        for path, probability in ways:
            share = probability / total
            known_first += share * path[0]
            for state, answer in zip(path, each, strict=True):
                shown[state, answer] += share
            for move in pairwise(path):
                moved[move] += share
    learners, knowers = moved[0, 0] + moved[0, 1], moved[1, 0] + moved[1, 1]
    return height, Parameters(
        known_first / len(given_answers),
        moved[0, 1] / learners if learners else model.p_transit,
        shown[1, 0] / (shown[1, 0] + shown[1, 1]),
        shown[0, 1] / (shown[0, 0] + shown[0, 1]),
        moved[1, 0] / knowers if knowers else model.p_forget,
    )


@given(models, classes)
@settings(max_examples=60)
def test_a_step_is_what_all_hidden_paths_written_out_give(
    model: Parameters, given_answers: list[bytes]
) -> None:
    height, following = by_hand(model, given_answers)
    found, parameters = bkt_tree.step(bkt_tree.grown(given_answers), model)
    assert found == pytest.approx(height, abs=1e-9)
    assert parameters == pytest.approx(following, abs=1e-9)
    assert bkt_fit.log_likelihood(given_answers, model) == pytest.approx(height, abs=1e-9)


@given(classes, st.booleans(), st.integers(0, 9))
@settings(max_examples=40)
def test_the_likelihood_never_falls_also_where_guards_hold(
    given_answers: list[bytes], forgetting: bool, seed: int
) -> None:
    found = bkt_fit.fit(given_answers, forgetting=forgetting, starts=2, seed=seed)
    assert all(later >= earlier for earlier, later in pairwise(found.history))
    assert (
        found.log_likelihood
        == found.history[-1]
        == pytest.approx(bkt_fit.log_likelihood(given_answers, found.parameters))
    )
    fitted = found.parameters if forgetting else found.parameters[:-1]
    for lowest, value, highest in zip(bkt_fit.LOWEST, fitted, bkt_fit.HIGHEST, strict=False):
        assert lowest - 1e-12 <= value <= highest + 1e-12


@given(classes, models)
@settings(max_examples=40)
def test_one_guarded_step_by_itself_does_not_lead_down(given_answers: list[bytes], model: Parameters) -> None:
    tree = bkt_tree.grown(given_answers)
    height = None
    for _ in range(8):
        now, following = bkt_tree.step(tree, model)
        assert height is None or now >= height - 1e-10
        guarded = Parameters(*map(max, bkt_fit.LOWEST, map(min, bkt_fit.HIGHEST, following)))
        height, model = now, guarded if model.p_forget else guarded._replace(p_forget=0.0)


@pytest.mark.parametrize("truth", [Parameters(0.3, 0.1, 0.1, 0.2), Parameters(0.6, 0.3, 0.2, 0.1)])
def test_it_finds_the_parameters_of_simulated_students(truth: Parameters) -> None:
    given_answers = sequences(truth, 1500, 10)
    found = bkt_fit.fit(given_answers)
    assert found.converged
    assert not found.is_thin
    assert (found.students, found.answers) == (1500, 15_000)
    assert found.parameters == pytest.approx(truth, abs=0.04)
    assert found.log_likelihood >= bkt_fit.log_likelihood(given_answers, truth)


def test_nothing_near_what_was_found_is_likelier() -> None:
    given_answers = sequences(Parameters(0.4, 0.15, 0.1, 0.25), 200, 8)
    found = bkt_fit.fit(given_answers)
    for name in ("p_init", "p_transit", "p_slip", "p_guess"):
        for away in (-0.005, 0.005):
            near = found.parameters._replace(**{name: getattr(found.parameters, name) + away})
            assert bkt_fit.log_likelihood(given_answers, near) < found.log_likelihood


def test_a_misleading_start_is_made_up_for_by_the_others() -> None:
    given_answers = sequences(Parameters(0.2, 0.1, 0.05, 0.1), 300, 10)
    misled = bkt_fit.fit(given_answers, start=Parameters(0.999, 0.001, 0.49, 0.49))
    assert misled.log_likelihood == pytest.approx(bkt_fit.fit(given_answers).log_likelihood, abs=1e-3)


def test_who_is_fitted_in_which_order_makes_no_difference() -> None:
    given_answers = sequences(Parameters(), 60, 6)
    found = bkt_fit.fit(given_answers)
    assert bkt_fit.fit(given_answers) == found
    assert bkt_fit.fit(given_answers[::-1]).parameters == pytest.approx(found.parameters, abs=1e-4)


def test_forgetting_is_taken_where_it_predicts_other_students_better() -> None:
    found = bkt_fit.choose(sequences(FORGETFUL, 300, 12))
    assert found.parameters == pytest.approx(FORGETFUL, abs=0.06)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_forgetting_is_not_taken_where_there_is_none(seed: int) -> None:
    found = bkt_fit.choose(sequences(FORGETFUL._replace(p_forget=0.0), 200, 10, seed))
    assert found.parameters.p_forget == 0.0


@pytest.mark.parametrize(("students", "each", "thin"), [(49, 20, True), (60, 8, True), (50, 10, False)])
def test_it_says_where_there_was_too_little(students: int, each: int, thin: bool) -> None:
    assert bkt_fit.fit(sequences(Parameters(), students, each), starts=1).is_thin == thin


def test_parameters_that_exclude_an_answer_make_it_unlikely_only() -> None:
    never = Parameters(1.0, 0.0, 0.0, 0.0)
    assert -100 < bkt_fit.log_likelihood([b"\x00\x01\x00"], never) < -20


@pytest.mark.parametrize(
    ("given_answers", "message"), [([], "no answers"), ([b""], "no answers"), ([b"01"], "1 or 0")]
)
def test_what_is_no_answer_is_refused(given_answers: list[bytes], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        bkt_fit.fit(given_answers)
