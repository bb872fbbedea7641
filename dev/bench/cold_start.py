"""How long a fresh process takes to its first answer, beside a bare Chalice + Peewee app.

    python -m dev.bench.cold_start [RUNS]

Each run is a new interpreter with bytecode present that imports `app` and handles one API Gateway event. The
runs of all cases are interleaved, so that a busy machine slows all of them alike. Signed-in events carry the
context that the authorizer (a Lambda function of its own) hands over.
"""

from __future__ import annotations

import compileall
import json
import os
import py_compile
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from dev import postgres
from dev.bench.stage import Stage, api_event

CHECKOUT = Path(__file__).resolve().parent.parent.parent
RUNS = 30
LARGEST = 12
BESIDE = (
    ("Tiza: GET /health", "bare: GET /health"),
    ("Tiza: GET /v1/me, signed in", "bare: GET, database"),
)

BARE_APP = """
import os
from chalice import Chalice
from playhouse.pool import PooledPostgresqlDatabase
app = Chalice(app_name="bare")
database = PooledPostgresqlDatabase(os.environ["TIZA_DATABASE_URL"], max_connections=1)

@app.route("/health")
def health():
    return {"status": "ok"}

@app.route("/v1/me")
def me():
    with database.connection_context():
        return {"rows": database.execute_sql("SELECT name FROM schema_migration").fetchall()}
"""

DRIVER = """
import json, sys
sys.path.insert(0, sys.argv[1])
event = json.load(open(sys.argv[2]))
import app
answer = app.app(event, None)
assert answer["statusCode"] in (200, 201), answer
"""


class Case(NamedTuple):
    """One thing to measure: whose app handles which event in which environment."""

    name: str
    app: Path
    event: Path
    environment: Mapping[str, str]


def main(runs: int) -> None:
    """Measure and print every case."""
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.start(Path(folder, "home"), durable=False) as server,
    ):
        place = Path(folder)
        stage = Stage.made(server)
        with stage.parameter_store() as with_ssm:
            cases = _cases(place, stage, {**os.environ, **stage.environment}, {**os.environ, **with_ssm})
            times = _measure(cases, place / "driver.py", runs)
            imports = [_imports(case, place / "driver.py") for case in (cases[3], cases[5])]
    print(f"{'case':<44}{'best':>9}{'median':>9}   milliseconds, {runs} runs each")
    for case in cases:
        best, median = min(times[case.name]), statistics.median(times[case.name])
        print(f"{case.name:<44}{best:9.1f}{median:9.1f}")
    for ours, bare in BESIDE:
        of_best = min(times[ours]) / min(times[bare])
        ratio = statistics.median(times[ours]) / statistics.median(times[bare])
        print(f"{ours} takes {ratio:.2f} times as long as {bare} (the best runs: {of_best:.2f})")
    print(*imports, sep="\n")


def _cases(place: Path, stage: Stage, plain: dict[str, str], with_ssm: dict[str, str]) -> list[Case]:
    bare, tiza = place / "bare", place / "tiza"
    bare.mkdir()
    (bare / "app.py").write_text(BARE_APP)
    tiza.mkdir()
    shutil.copy(CHECKOUT / "app.py", tiza)
    shutil.copytree(
        CHECKOUT / "chalicelib", tiza / "chalicelib", ignore=shutil.ignore_patterns("__pycache__")
    )
    for folder in (bare, tiza):
        compileall.compile_dir(
            folder, quiet=1, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
        )
    (place / "driver.py").write_text(DRIVER)

    def event(name: str, value: dict[str, Any]) -> Path:
        path = place / f"{name}.json"
        path.write_text(json.dumps(value))
        return path

    health = event("health", api_event("GET", "/health"))
    me = event("me", api_event("GET", "/v1/me", caller=stage.student))
    submit = event("submit", api_event("POST", "/v1/attempts", caller=stage.student, body=stage.attempt()))
    return [
        Case("bare: GET /health", bare, health, plain),
        Case("Tiza: GET /health", tiza, health, plain),
        Case("bare: GET, database", bare, me, plain),
        Case("Tiza: GET /v1/me, signed in", tiza, me, plain),
        Case("Tiza: POST /v1/attempts", tiza, submit, plain),
        Case("Tiza: GET /v1/me, settings from SSM", tiza, me, with_ssm),
        Case("Tiza: POST /v1/attempts, settings from SSM", tiza, submit, with_ssm),
    ]


def _measure(cases: list[Case], driver: Path, runs: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {case.name: [] for case in cases}
    for _ in range(runs + 1):
        for case in cases:
            start = time.perf_counter()
            subprocess.run([sys.executable, driver, case.app, case.event], check=True, env=case.environment)
            times[case.name].append((time.perf_counter() - start) * 1000)
    return {name: values[1:] for name, values in times.items()}  # the first round warms the file cache


def _imports(case: Case, driver: Path) -> str:
    """The share of each package in what a process imports, by `-X importtime` (self times, summed)."""
    arguments = [sys.executable, "-X", "importtime", driver, case.app, case.event]
    traced = subprocess.run(arguments, check=True, env=case.environment, capture_output=True, text=True)
    shares: dict[str, float] = {}
    for line in traced.stderr.splitlines():
        fields = line.removeprefix("import time:").split("|")
        if len(fields) == 3 and fields[0].strip().isdigit():
            package = fields[2].strip().split(".")[0]
            package = package if package not in sys.stdlib_module_names else "(standard library)"
            shares[package] = shares.get(package, 0.0) + int(fields[0]) / 1000
    lines = [f"\nimports of {case.name!r}, in milliseconds; the tracing itself adds a third or so"]
    largest = sorted(shares.items(), key=lambda item: -item[1])[:LARGEST]
    return "\n".join([*lines, *(f"  {package:<24}{milliseconds:7.1f}" for package, milliseconds in largest)])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
