"""How long the nightly fit takes, and how much memory, on a real Postgres and one core.

    python -m dev.bench.calibrate [ANSWERS]     (1,000,000)

1,000,000 answers of 1,000 students in 10 schools, to 500 exercises of 50 skills, which are mixed as they are
at school. The fit runs in a process of its own, kept to one core, as Lambda calls it: with 900 seconds, and
again as long as a run leaves skills over. Then pyBKT fits one skill to the very same answers.
"""

from __future__ import annotations

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg2

from dev import postgres
from dev.bench import answers
from dev.bench.stage import TOKEN_KEYS

ANSWERS = 1_000_000
SCHOOLS, STUDENTS_EACH, SKILLS, EXERCISES_EACH = 10, 100, 50, 10
LAMBDA_SECONDS = 900.0
RUN = "--run"


def main(count: int) -> None:
    """Fill a database, fit it in another process, and print what that took and how close it came."""
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.start(Path(folder, "home"), durable=False) as server,
    ):
        from chalicelib.store import migrate

        migrate.upgrade(server.owner_url)
        start = time.perf_counter()
        with closing(psycopg2.connect(server.owner_url)) as connection:
            truth = _fill(connection, count // (SCHOOLS * STUDENTS_EACH * SKILLS))
            print(f"{count} answers written in {time.perf_counter() - start:.0f} s", flush=True)
            _run(server)
            _report(connection, truth)
            _beside_pybkt(connection, server)


def _fill(connection: Any, each: int) -> dict[UUID, answers.Exercise]:
    """Write the answers, turn by turn; the exercises as the simulation has them."""
    draw = random.Random(1)  # noqa: S311 (a simulation)
    truth: dict[UUID, answers.Exercise] = {}
    with connection, connection.cursor() as cursor:
        students = answers.people(cursor, SCHOOLS, STUDENTS_EACH)
        turns = []
        for skill in answers.skills(cursor, SKILLS):
            given = answers.exercises(cursor, draw, skill, EXERCISES_EACH)
            truth |= {exercise.id: exercise for exercise in given}
            turns.append(answers.answers(draw, students, skill, given, each))
        for _ in range(each):
            for turn in turns:
                answers.write(cursor, islice(turn, len(students)))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) attempts, attempt_skills, exercises, exercise_skills")
    return truth


def _run(server: postgres.Server) -> None:
    """Run the schedule until nothing is left, each run a process of its own."""
    environment = {**os.environ, **_environment(server)}
    left = 1
    while left:
        command = [sys.executable, "-m", "dev.bench.calibrate", RUN]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        result = json.loads(done.stdout.splitlines()[-1])
        print(
            f"a run of {result['seconds']:.0f} s, {result['processor']:.0f} s of them on the processor, "
            f"at most {result['megabytes']:.0f} MB of memory: {result['counts']}",
            flush=True,
        )
        left = result["counts"]["left"]


def _environment(server: postgres.Server) -> dict[str, str]:
    return {
        "TIZA_STAGE": "dev",
        "TIZA_DATABASE_URL": server.app_url,
        "TIZA_TOKEN_KEYS": TOKEN_KEYS,
        "TIZA_LOG_LEVEL": "WARNING",
    }


def run_once() -> None:
    """Call the schedule as Lambda does, on one core; what it took, as a line of JSON."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    import app
    from dev import lambdas

    start = time.perf_counter()
    counts = lambdas.call_schedule(app.calibrate, "calibrate", "eu-west-1", LAMBDA_SECONDS)
    seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    result = {
        "seconds": seconds,
        "processor": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / 1024,
        "counts": counts,
    }
    print(json.dumps(result))


def _report(connection: Any, truth: dict[UUID, answers.Exercise]) -> None:
    """Print what the fits took by kind, and how close the exercises came to what they are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, count(*), count(*) FILTER (WHERE reason IS NULL), sum(milliseconds) / 1000.0,"
            " max(milliseconds) / 1000.0, avg(iterations) FROM fits GROUP BY 1 ORDER BY 1"
        )
        for kind, fits, accepted, total, longest, iterations in cursor.fetchall():
            print(
                f"{kind}: {fits} fits, {accepted} accepted, {total:.0f} s together, {longest:.1f} s the "
                f"longest, {iterations:.0f} iterations on average"
            )
        cursor.execute("SELECT reason, count(*) FROM fits WHERE reason IS NOT NULL GROUP BY 1 ORDER BY 1")
        print("not accepted:", dict(cursor.fetchall()) or "none")
        cursor.execute("SELECT id::text, difficulty, discrimination FROM exercises")
        found = {UUID(key): values for key, *values in cursor.fetchall()}
    for place, name in enumerate(("difficulty", "discrimination")):
        pairs = [(truth[key][place + 1], found[key][place]) for key in truth]
        print(
            f"correlation of {name} with the truth: {statistics.correlation(*zip(*pairs, strict=True)):.3f}"
        )


def _beside_pybkt(connection: Any, server: postgres.Server) -> None:
    """Have pyBKT fit the skill that Tiza fitted first, to the same students, and print both."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.skill_id::text, f.milliseconds, f.log_likelihood, f.held_out_log_likelihood FROM fits f"
            " WHERE f.kind = 'bkt' ORDER BY f.id LIMIT 1"
        )
        skill, milliseconds, *ours = cursor.fetchone()
    os.environ.update(_environment(server))
    from chalicelib.learning import bkt_fit
    from chalicelib.services import calibrate_answers
    from dev.bench.learning import with_pybkt

    fitted, held_out = calibrate_answers.of_skill(UUID(skill)).halves()
    start = time.process_time()
    theirs = with_pybkt([each.sequence for each in fitted])
    seconds = time.process_time() - start
    likelihoods = [
        bkt_fit.log_likelihood([each.sequence for each in half], theirs) for half in (fitted, held_out)
    ]
    print(
        f"one skill, {len(fitted)} students fitted to, {len(held_out)} held out: pyBKT {seconds:.1f} s, Tiza "
        f"{milliseconds / 1000:.1f} s with the choice of forgetting; log-likelihoods of pyBKT "
        f"{likelihoods[0]:.2f} and {likelihoods[1]:.2f}, of Tiza {ours[0]:.2f} and {ours[1]:.2f}"
    )


if __name__ == "__main__":
    if RUN in sys.argv:
        run_once()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ANSWERS)
