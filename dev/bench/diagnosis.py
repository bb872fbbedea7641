"""How fast the diagnosis engine is, what it costs to import, and how much memory it keeps.

    python -m dev.bench.diagnosis [CASES]

A case's time is the least of several runs, so that a busy machine does not count; the caches of problems are
emptied before each run, so that a case is always new to the engine.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from chalicelib.diagnosis import bugs, diagnose, evidence, problem, simulate

CASES = 500
REPEATS = 5
IMPORTS = 9
FRESH = """
import time
start = time.perf_counter()
import chalicelib.diagnosis
loaded = time.perf_counter()
chalicelib.diagnosis.diagnose("5034 - 2786", "2358")
print(loaded - start, time.perf_counter() - start)
"""
EVERYTHING = """
import tracemalloc
tracemalloc.start()
import chalicelib.diagnosis as engine
for bug in engine.bugs():
    for locale in ("en", "es"):
        engine.diagnose(bug.problem, bug.wrong, locale=locale)
print(tracemalloc.get_traced_memory()[0])
"""


class Case(NamedTuple):
    """One wrong answer, with the student's earlier answers."""

    problem: str
    answer: str
    history: tuple[tuple[str, str], ...] = ()


def main(arguments: Sequence[str]) -> None:
    count = int(arguments[0]) if arguments else CASES
    rng = Random(1)  # noqa: S311 (the same cases in every run)
    explained = [_explained(rng) for _ in range(count)]
    random = [Case(case.problem, str(rng.randint(0, 9999))) for case in explained]
    earlier = [(case.problem, case.answer) for case in explained]
    told = [case._replace(history=tuple(earlier[i : i + 10])) for i, case in enumerate(explained)]
    print(f"diagnose a four-digit subtraction, all {len(bugs('subtraction'))} bugs, {count} cases")
    _print("a bug explains the answer", explained)
    _print("a random answer (pairs and slips tried)", random)
    _print("10 earlier answers, never seen before", told)
    alone, first = _import_milliseconds()
    print(f"import of the package {alone:.1f} ms, with the first diagnosis {first:.1f} ms")
    memory = int(_fresh(EVERYTHING)) / 2**20
    print(f"memory of the loaded engine, all topics and languages: {memory:.1f} MiB")


def _explained(rng: Random) -> Case:
    """A random problem with the wrong answer of a bug that shows on it."""
    top = rng.randint(1000, 9999)
    bottom = rng.randint(100, top)
    text = f"{top} - {bottom}"
    answers = {simulate(bug.id, text) or "" for bug in bugs("subtraction")} - {"", str(top - bottom)}
    return Case(text, rng.choice(sorted(answers)))


def _print(name: str, cases: Sequence[Case]) -> None:
    times = sorted(_milliseconds(case) for case in cases)
    median, high = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"  {name:<40} median {median:6.3f} ms, 99th percentile {high:6.3f} ms")


def _milliseconds(case: Case) -> float:
    best = float("inf")
    for _ in range(REPEATS):
        problem.forget()
        evidence.outcomes.cache_clear()
        start = time.perf_counter()
        diagnose(case.problem, case.answer, history=case.history)
        best = min(best, time.perf_counter() - start)
    return best * 1000


def _import_milliseconds() -> tuple[float, float]:
    """Of the import alone, and with the first diagnosis: the least of several fresh interpreters."""
    runs = [_fresh(FRESH).split() for _ in range(IMPORTS)]
    return min(float(run[0]) for run in runs) * 1000, min(float(run[1]) for run in runs) * 1000


def _fresh(script: str) -> str:
    command = [sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main(sys.argv[1:])
