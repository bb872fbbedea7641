"""Whether mastery is what follows from the whole history, bit for bit.

    python -m dev.replay_check             # the developer's database
    python -m dev.replay_check postgresql://...   # another one, as its owner

From the answers as they are diagnosed now, the belief about each skill of each student is worked out again,
step by step, each with the parameters that it was made with. Every stored number must come out exactly.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from itertools import groupby
from typing import Any

from chalicelib.learning import bkt

# An attempt has one current diagnosis, and is what that says.
VERDICTS = """
    SELECT a.id, a.verdict, count(d.id), min(d.verdict)
    FROM attempts a LEFT JOIN diagnoses d ON d.attempt_id = a.id AND d.is_current
    GROUP BY a.id, a.verdict
    HAVING count(d.id) <> 1 OR min(d.verdict) <> a.verdict
"""
# A step counts as the verdict has it.
STEPS = """
    SELECT s.student_id, s.skill_id, s.seq, s.is_correct, s.p_known, a.verdict,
        p.p_init, p.p_transit, p.p_slip, p.p_guess, p.p_forget
    FROM attempt_skills s
    JOIN attempts a ON a.id = s.attempt_id AND a.student_id = s.student_id
    JOIN skill_parameters p ON p.skill_id = s.skill_id AND p.version = s.parameter_version
    ORDER BY s.student_id, s.skill_id, s.seq
"""
COUNT = "SELECT count(*) FROM attempt_skills"
MASTERY = "SELECT student_id, skill_id, p_known, seq, uncounted FROM mastery"
COUNTS_AS = {"correct": True, "not_simplified": True, "incorrect": False, "unreadable": None}

Belief = tuple[float, int, int]  # p_known, seq, uncounted


def faults(cursor: Any) -> Iterator[str]:
    """What does not follow from the history, line by line. `cursor` is the owner's, who sees every school."""
    cursor.execute(VERDICTS)
    for attempt, verdict, count, said in cursor.fetchall():
        yield f"attempt {attempt} is {verdict}: it has {count} current diagnoses, {said}"
    cursor.execute(MASTERY)
    stored = {(student, skill): tuple(belief) for student, skill, *belief in cursor.fetchall()}
    cursor.execute(COUNT)
    (steps,) = cursor.fetchone()
    cursor.execute(STEPS)
    rows = cursor.fetchall()
    if len(rows) != steps:
        yield f"{steps - len(rows)} steps have lost their attempt or their parameters"
    for whose, moves in groupby(rows, key=lambda row: row[:2]):
        belief = yield from _retold(whose, moves)
        if stored.get(whose) != belief:
            yield f"{_of(whose)}: {stored.get(whose)} is stored, {belief} follows"
        stored.pop(whose, None)
    yield from (f"{_of(whose)}: there are no steps" for whose in stored)


def _retold(whose: tuple[Any, ...], moves: Iterable[tuple[Any, ...]]) -> Generator[str, None, Belief]:
    """What does not follow in the steps of one belief; gives back the belief that follows from them."""
    p_known, uncounted, number = 0.0, 0, 0
    for number, move in enumerate(moves, start=1):
        _, _, seq, is_correct, stored, verdict, *numbers = move
        parameters, counts = bkt.Parameters(*numbers), COUNTS_AS[verdict]
        if number == 1:
            p_known = parameters.p_init
        if counts is None:
            uncounted += 1
        else:
            p_known = bkt.update(p_known, counts, parameters)
        step, follows = (seq, is_correct, stored), (number, counts, p_known)
        if step != follows:
            yield f"{_of(whose)}: the step {step} is stored, {follows} follows"
    return p_known, number, uncounted


def _of(whose: tuple[Any, ...]) -> str:
    return f"student {whose[0]}, skill {whose[1]}"


def main(arguments: list[str]) -> int:
    """Check a database; the exit code."""
    import psycopg2

    from dev import postgres

    if arguments:
        with closing(psycopg2.connect(arguments[0])) as connection, connection.cursor() as cursor:
            found = list(faults(cursor))
    else:
        with postgres.start() as server, closing(psycopg2.connect(server.owner_url)) as connection:
            found = list(faults(connection.cursor()))
    for line in found:
        print(line)
    print("Mastery is not what follows." if found else "Mastery is what follows from the history.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
