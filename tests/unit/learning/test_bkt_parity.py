"""Beside pyBKT (Badrinath, Wang & Pardos 2021): the same values, and fits as good or better."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pyBKT.fit import EM_fit, predict_onestep
from pyBKT.generate import random_model_uni

from chalicelib.learning import bkt, bkt_fit
from chalicelib.learning.bkt import Parameters
from dev.bench.learners import sequences

# pyBKT converts arrays of one element to numbers, which numpy will not do for much longer.
pytestmark = pytest.mark.filterwarnings("ignore:Conversion of an array:DeprecationWarning")
STARTS = 2


def table(given_answers: list[bytes]) -> dict[str, Any]:
    """Answers as pyBKT takes them: 1 wrong, 2 right, one student after the other; places count from 1."""
    lengths = np.array([len(each) for each in given_answers])
    joined = np.frombuffer(b"".join(given_answers), dtype=np.uint8).astype(np.int64)
    return {
        "data": (joined + 1)[np.newaxis, :],
        "starts": np.concatenate(([1], 1 + np.cumsum(lengths)[:-1])),
        "lengths": lengths,
        "resources": np.ones(len(joined), dtype=np.int64),
    }


@pytest.mark.parametrize(
    "model", [Parameters(), Parameters(0.6, 0.05, 0.3, 0.4), Parameters(0.2, 0.2, 0.1, 0.25, 0.08)]
)
def test_beliefs_and_predictions_are_the_same(model: Parameters) -> None:
    given_answers = sequences(model, 30, 8)
    learns, slips, guesses, forgets = (np.array([each]) for each in model[1:])
    theirs = {
        "prior": model.p_init, "learns": learns, "slips": slips, "guesses": guesses, "forgets": forgets,
    }  # fmt: skip
    predicted, states = predict_onestep.run(theirs, table(given_answers), parallel=False)
    ours = []
    for each in given_answers:
        p_known = model.p_init
        for answer in each:
            ours.append((p_known, bkt.predict(p_known, model)))
            p_known = bkt.update(p_known, answer == 1, model)
    assert [known for known, _ in ours] == pytest.approx(states[1].tolist(), abs=1e-9)
    assert [right for _, right in ours] == pytest.approx(predicted.tolist(), abs=1e-9)


@pytest.mark.parametrize(
    ("truth", "forgetting"),
    [(Parameters(0.3, 0.15, 0.1, 0.2), False), (Parameters(0.5, 0.2, 0.05, 0.15, 0.1), True)],
)
def test_fits_are_as_good_or_better(truth: Parameters, forgetting: bool) -> None:
    given_answers = sequences(truth, 100, 6)
    ours = bkt_fit.fit(given_answers, forgetting=forgetting)
    rng = np.random.RandomState(1)
    fits = []
    for _ in range(STARTS):
        start = random_model_uni.random_model_uni(1, 1, rand=rng)
        start["forgets"] = np.array([0.1 * forgetting])
        model, _ = EM_fit.EM_fit(start, table(given_answers), parallel=False)
        values = (model["prior"], *(model[name][0] for name in ("learns", "slips", "guesses", "forgets")))
        found = Parameters(*map(float, values))
        fits.append((bkt_fit.log_likelihood(given_answers, found), found))
    likelihood, theirs = max(fits)
    assert ours.log_likelihood >= likelihood - 1e-6
    assert ours.parameters == pytest.approx(theirs, abs=0.05)
