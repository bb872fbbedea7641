"""The two-parameter logistic model: values by hand, and abilities against an integral done finely."""

from __future__ import annotations

from math import exp, fsum, log, sqrt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chalicelib.learning import irt
from chalicelib.learning.irt import Ability, Item

items = st.builds(Item, st.floats(-6, 6), st.floats(0.2, 6))
responses = st.lists(st.tuples(items, st.booleans()), max_size=12)


@pytest.mark.parametrize(
    ("ability", "item", "right"),
    [(0.0, Item(), 0.5), (1.0, Item(), 1 / (1 + exp(-1))), (0.5, Item(1.5, 2.0), 1 / (1 + exp(2)))],
)
def test_probability_worked_by_hand(ability: float, item: Item, right: float) -> None:
    assert irt.probability(ability, item) == pytest.approx(right)


def test_information_worked_by_hand() -> None:
    assert irt.information(0.3, Item(0.3, 1.4)) == pytest.approx(1.4**2 / 4)
    assert irt.information(1.0, Item(0.0, 2.0)) == pytest.approx(4 * exp(-2) / (1 + exp(-2)) ** 2)


def test_nothing_overflows() -> None:
    hardest = Item(10.0, 10.0)
    assert irt.probability(-1e6, hardest) == 0.0
    assert irt.probability(1e6, hardest) == 1.0
    assert irt.ability([(hardest, True)] * 500).mean > irt.ability([(hardest, False)] * 500).mean


def test_nothing_known_is_the_prior() -> None:
    assert irt.ability([]) == pytest.approx(Ability(0.0, 1.0), abs=1e-6)


@given(responses)
@example([(Item(5.0, 5.0), True), (Item(-3.0, 5.0), False)])
@settings(max_examples=20)
def test_ability_is_the_mean_and_deviation_of_the_posterior(given_responses: list[tuple[Item, bool]]) -> None:
    nodes = [step / 50 for step in range(-500, 501)]
    logs = []
    for node in nodes:
        # Not one minus the other probability: where that is nearly 1, the difference has no digits left.
        logits = [item.discrimination * (node - item.difficulty) for item, _ in given_responses]
        signs = [1 if correct else -1 for _, correct in given_responses]
        likely = fsum(-log(1 + exp(-sign * each)) for sign, each in zip(signs, logits, strict=True))
        logs.append(likely - node * node / 2)
    weights = [exp(each - max(logs)) for each in logs]
    mean = fsum(w * node for w, node in zip(weights, nodes, strict=True)) / fsum(weights)
    spread = fsum(w * (node - mean) ** 2 for w, node in zip(weights, nodes, strict=True)) / fsum(weights)
    assert irt.ability(given_responses) == pytest.approx((mean, sqrt(spread)), abs=5e-3)


@given(responses, items)
@settings(max_examples=30)
def test_one_more_right_answer_speaks_for_ability(
    given_responses: list[tuple[Item, bool]], item: Item
) -> None:
    before = irt.ability(given_responses).mean
    assert irt.ability([*given_responses, (item, True)]).mean >= before - 1e-9
    assert irt.ability([*given_responses, (item, False)]).mean <= before + 1e-9
