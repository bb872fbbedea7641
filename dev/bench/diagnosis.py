"""How fast the diagnosis engine is, what it costs to import, and how much memory it keeps.

    python -m dev.bench.diagnosis [CASES]

A case's time is its least in several rounds over all cases, so that a busy moment does not count. Unless it
says otherwise, the caches of problems are emptied before each run, so that a case is new to the engine.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from chalicelib.diagnosis import bugs, diagnose, evidence, problem, simulate, tracing

CASES = 500
ROUNDS = 15
HISTORY_CASES = 50
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

# What costs most within the grammar's limits: the longest numbers, the longest chains, the most brackets.
# The answer is one that no bug gives, so that pairs and slips are tried as well.
HOSTILE_ANSWER = "7654321"
HOSTILE = (
    "900000000000000000 - 123456789123456789",
    " + ".join(["999999999999999999"] * 8),
    "987654321987654321 × 123456789123456789",
    "9999999999 × 1234567891",
    "987654321987654321 ÷ 7",
    "9999/9998 + 9997/9996",
    "123456.789 ÷ 0.0007",
    "decimal 1/262144",
    "-4 + (-3)" + " - (-3) + 5" * 8,
    "-1 + (" * 11 + "1" + ")" * 11,
    "compare " + ", ".join(str(-number) for number in range(30)),
    "4^-1 - (2^1 + 1^2 - 4^0 - 8 × 4^-1 ÷ 13 + sqrt(36) ÷ 3^2)",
    "(5^-1 + 1^-1) + (1^-1 + 6) + 4^0 + 3 + 12 + 18 + 1 + 3^1",
    " - ".join(["2^2"] * 8),
    "(" * 11 + "2^1" + ")^1" * 11,
    "9876.54 plus 50% less 50%",
    "1 × 1" + " - 1 × 1" * 16,
    "3(x + 1 + x + 2 + x) - 2(x - 1 - x - 4) = 5(x + 1) - 9",
    " + ".join(["x"] * 18) + " = 7",
    "expand (a + b + 1 + 2 + a + b + 3 + a)(a + b + 3 + a + b + 4 + b)",
    "expand (x + y + 1 + x)^3",
)


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
    few = explained[:HISTORY_CASES]
    told = {
        count: [case._replace(history=tuple(earlier[i + 1 : i + 1 + count])) for i, case in enumerate(few)]
        for count in (10, 20)
    }
    print(f"diagnose a four-digit subtraction, all {len(bugs('subtraction'))} bugs, {count} cases")
    _print("a bug explains the answer", explained)
    _print("a random answer (pairs and slips tried)", random)
    _print("10 earlier answers, new to the engine", told[10])
    _print("20 earlier answers, new to the engine", told[20])
    _print("20 earlier answers, diagnosed before", told[20], new=False)
    hostile = _milliseconds([Case(text, HOSTILE_ANSWER) for text in HOSTILE])
    worst = max(range(len(HOSTILE)), key=lambda i: hostile[i])
    print(f"the costliest of {len(HOSTILE)} hostile problems {hostile[worst]:.0f} ms: {HOSTILE[worst]}")
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


def _print(name: str, cases: Sequence[Case], *, new: bool = True) -> None:
    times = sorted(_milliseconds(cases, new=new))
    median, high = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"  {name:<40} median {median:6.3f} ms, 99th percentile {high:6.3f} ms")


def _milliseconds(cases: Sequence[Case], *, new: bool = True) -> list[float]:
    """The time of each case."""
    best = [float("inf")] * len(cases)
    for _ in range(ROUNDS):
        for i, case in enumerate(cases):
            if new:
                problem.forget()
                evidence.outcomes.cache_clear()
                tracing.right_steps.cache_clear()
            start = time.perf_counter()
            diagnose(case.problem, case.answer, history=case.history)
            best[i] = min(best[i], time.perf_counter() - start)
    return [seconds * 1000 for seconds in best]


def _import_milliseconds() -> tuple[float, float]:
    """Of the import alone, and with the first diagnosis: the least of several fresh interpreters."""
    runs = [_fresh(FRESH).split() for _ in range(IMPORTS)]
    return min(float(run[0]) for run in runs) * 1000, min(float(run[1]) for run in runs) * 1000


def _fresh(script: str) -> str:
    command = [sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main(sys.argv[1:])
