"""How well the reader of a developer's machine reads print, and how fast.

    python -m dev.bench.reader

Problems of every topic with their right answers are printed on sheets of ten lines, once with the signs of a
keyboard and once with those of a printer. A line is read as it was printed, or is held back (not sure,
unreadable, not found), or is read otherwise: that would be counted as an answer which nobody gave.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from uuid import uuid4

from chalicelib.diagnosis import expected_answer, generate, parse_problem
from chalicelib.services import photo_work
from chalicelib.services.readers import Sheet
from chalicelib.services.transcripts import Line
from dev import reader
from tests.support.pictures import printed

TOPICS = (
    "addition",
    "subtraction",
    "multiplication",
    "division",
    "integers",
    "decimals",
    "fractions",
    "powers",
)
OF_A_TOPIC = 25
ON_A_SHEET = 10
KEYBOARD = str.maketrans("×÷", "x:")
PRINTER = str.maketrans("-", "−")


def main() -> None:
    if why := reader.missing():
        raise SystemExit(why)
    statements = [f"{problem} = {expected_answer(problem)}" for problem in _problems()]
    print(f"{len(statements)} lines, {ON_A_SHEET} on a sheet\n")
    print("| signs | as printed | held back | otherwise | seconds a sheet, median |\n|---|---|---|---|---|")
    for name, signs in (("+ - x : / =", KEYBOARD), ("+ − × ÷ / =", PRINTER)):
        counts, seconds = _read([each.translate(signs) for each in statements])
        median = sorted(seconds)[len(seconds) // 2]
        shares = (f"{counts[kind]}" for kind in ("as printed", "held back", "otherwise"))
        print(f"| `{name}` | {' | '.join(shares)} | {median:.2f} |", flush=True)


def _problems() -> Iterator[str]:
    for topic in TOPICS:
        # Without equations, and without `(-9) x (-2)`, where the grammar takes the x for a variable.
        made = generate(topic, seed=7, count=OF_A_TOPIC)
        yield from (each for each in made if "=" not in each and ") ×" not in each)


def _read(statements: Sequence[str]) -> tuple[Counter[str], list[float]]:
    """What became of the lines, and how long each sheet took."""
    counts: Counter[str] = Counter()
    seconds = []
    reader.read(_sheet(statements[:1]))  # loads the models
    for start in range(0, len(statements), ON_A_SHEET):
        some = statements[start : start + ON_A_SHEET]
        sheet = _sheet(some)
        begin = time.perf_counter()
        pieces = reader.read(sheet)
        seconds.append(time.perf_counter() - begin)
        lines = [line for line in photo_work.lines(sheet, pieces) if line.status is None]
        good = len({_meaning(each) for each in some} & {_said(line) for line in lines})
        counts["as printed"] += good
        counts["otherwise"] += len(lines) - good
        counts["held back"] += len(some) - len(lines)
    return counts, seconds


def _sheet(statements: Sequence[str]) -> Sheet:
    return Sheet(uuid4(), printed(statements), "image/png")


def _meaning(statement: str) -> tuple[str, str]:
    problem, _, answer = statement.partition(" = ")
    return str(parse_problem(problem)), _close(answer)


def _said(line: Line) -> tuple[str, str]:
    return str(parse_problem(line.problem)), _close(line.answer)


def _close(answer: str) -> str:
    return answer.replace(" ", "").replace("−", "-")


if __name__ == "__main__":
    main()
