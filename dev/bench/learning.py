"""How fast and how well the learner model is fitted, on simulated students.

    python -m dev.bench.learning [--quick] [--pybkt SKILLS]

First knowledge tracing, 50 skills of 20,000 answers each, beside pyBKT on as many of those skills as are
asked for (1); then exercises, 1,000,000 answers to 500. Times are processor seconds of one core. All is
seeded: the same code prints the same numbers, but for the times.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Sequence
from math import sqrt
from random import Random
from statistics import correlation, fmean
from typing import NamedTuple, TypeVar

from chalicelib.learning import bkt_fit, irt_fit
from chalicelib.learning.bkt import Parameters
from dev.bench.learners import items, responses, sequences

Result = TypeVar("Result")
THIN = ((20, 5), (50, 5), (50, 10), (100, 10), (200, 10))  # students, answers of each
PYBKT_STARTS = 5  # its default


class Size(NamedTuple):
    """How much is simulated."""

    skills: int
    students: int
    answers: int
    exercises: int
    calibrating: int
    each: int
    forgetting: int
    thin: int


FULL = Size(50, 1000, 20, exercises=500, calibrating=10_000, each=100, forgetting=20, thin=40)
QUICK = Size(3, 1000, 20, exercises=50, calibrating=1_000, each=40, forgetting=3, thin=4)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m dev.bench.learning", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smaller sample")
    parser.add_argument("--pybkt", type=int, default=1, metavar="SKILLS", help="how many skills pyBKT fits")
    chosen = parser.parse_args(arguments)
    size = QUICK if chosen.quick else FULL
    _tracing(size, chosen.pybkt)
    _forgetting(size)
    _thin(size)
    _recovery()
    _exercises(size)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory of the process: {peak:.0f} MB", flush=True)


def _truths(count: int, *, forgetting: bool = False) -> list[Parameters]:
    rng = Random(1)  # noqa: S311 (reproducible, not secret)
    return [
        Parameters(
            p_init=rng.uniform(0.1, 0.7),
            p_transit=rng.uniform(0.05, 0.3),
            p_slip=rng.uniform(0.03, 0.2),
            p_guess=rng.uniform(0.05, 0.3),
            p_forget=rng.uniform(0.03, 0.15) if forgetting else 0.0,
        )
        for _ in range(count)
    ]


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    start = time.process_time()
    return work(), time.process_time() - start


def _tracing(size: Size, compared: int) -> None:
    truths = _truths(size.skills)
    classes = [sequences(truth, size.students, size.answers, seed) for seed, truth in enumerate(truths)]
    fits, seconds = _timed(lambda: [bkt_fit.fit(each) for each in classes])
    print(
        f"\nKnowledge tracing: {size.skills} skills, {size.skills * size.students * size.answers:,} answers"
    )
    print(f"  all fitted, 6 starts each     {seconds:8.1f} s")
    print(f"  converged                     {sum(fit.converged for fit in fits):6} of {size.skills}")
    for place, name in enumerate(Parameters._fields[:-1]):
        errors = [
            (fit.parameters[place] - truth[place]) ** 2 for fit, truth in zip(fits, truths, strict=True)
        ]
        print(f"  error of {name:<21}{sqrt(fmean(errors)):8.4f}  (root mean square)")
    _, seconds = _timed(lambda: [bkt_fit.choose(each) for each in classes])
    print(f"  with the choice of forgetting {seconds:8.1f} s", flush=True)
    for number in range(min(compared, size.skills)):
        theirs, seconds = _timed(lambda number=number: with_pybkt(classes[number]))
        _, ours = _timed(lambda number=number: bkt_fit.fit(classes[number]))
        ahead = fits[number].log_likelihood - bkt_fit.log_likelihood(classes[number], theirs)
        print(
            f"  skill {number}: pyBKT {seconds:.1f} s ({PYBKT_STARTS} starts), Tiza {ours:.1f} s,"
            f" log-likelihood higher by {ahead:.4f}",
            flush=True,
        )


def with_pybkt(answers: Sequence[bytes]) -> Parameters:
    """What pyBKT finds, used as its users do."""
    import warnings

    import pandas
    from pyBKT.models import Model

    rows = [(student, "skill", right) for student, each in enumerate(answers) for right in each]
    table = pandas.DataFrame(rows, columns=["user_id", "skill_name", "correct"])
    table["order_id"] = range(len(table))
    model = Model(seed=1, num_fits=PYBKT_STARTS, parallel=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        model.fit(data=table)
    found = model.coef_["skill"]
    values = (found["prior"], *(found[name][0] for name in ("learns", "slips", "guesses", "forgets")))
    return Parameters(*map(float, values))


def _forgetting(size: Size) -> None:
    print("\nForgetting, chosen by held-out log-likelihood (1,000 students, 20 answers each)")
    for there in (True, False):
        taken = 0
        for seed, truth in enumerate(_truths(size.forgetting, forgetting=there)):
            taken += bkt_fit.choose(sequences(truth, 1000, 20, seed)).parameters.p_forget > 0
        print(
            f"  taken where there is {'some' if there else 'none'}: {taken} of {size.forgetting}", flush=True
        )


def _thin(size: Size) -> None:
    print("\nLittle data: log-likelihood of an answer of others, fitted less default, and fitted less true")
    for students, answers in THIN:
        rows = []
        for seed, truth in enumerate(_truths(size.thin)):
            fitted = bkt_fit.fit(sequences(truth, students, answers, seed)).parameters
            others = sequences(truth, 300, answers, seed + 1000)
            likely = [bkt_fit.log_likelihood(others, each) for each in (fitted, Parameters(), truth)]
            rows.append([each / (300 * answers) for each in likely])
        better = sum(fitted > default for fitted, default, _ in rows)
        gained = fmean(fitted - default for fitted, default, _ in rows)
        short = fmean(fitted - true for fitted, _, true in rows)
        print(
            f"  {students:4} students x {answers:2} answers: better in {better} of {size.thin},"
            f" {gained:+.4f}, {short:+.4f}",
            flush=True,
        )


def _recovery() -> None:
    known = items(30)
    for each in (30, 10):
        fit, seconds = _timed(lambda each=each: irt_fit.fit(responses(known, 2000, each=each)))
        pairs = [(true, fit.items[key]) for key, true in known.items()]
        print(
            f"\nExercises: 30, 2,000 students, {each} answers each"
            f"\n  {seconds:.1f} s, {fit.iterations} steps; correlation of difficulty"
            f" {correlation([a.difficulty for a, _ in pairs], [b.difficulty for _, b in pairs]):.3f},"
            f" of discrimination"
            f" {correlation([a.discrimination for a, _ in pairs], [b.discrimination for _, b in pairs]):.3f}",
            flush=True,
        )


def _exercises(size: Size) -> None:
    known = items(size.exercises)
    answered = responses(known, size.calibrating, each=size.each)
    fit, seconds = _timed(lambda: irt_fit.fit(answered))
    pairs = [(true, fit.items[key]) for key, true in known.items()]
    print(f"\nExercises: {size.exercises}, {len(answered):,} answers of {size.calibrating:,} students")
    print(f"  fitted in                     {seconds:8.1f} s, {fit.iterations} steps")
    for name in ("difficulty", "discrimination"):
        true, found = ([getattr(pair[side], name) for pair in pairs] for side in (0, 1))
        print(f"  correlation of {name:<15}{correlation(true, found):8.3f}", flush=True)


if __name__ == "__main__":
    main()
