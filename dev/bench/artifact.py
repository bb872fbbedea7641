"""How long the unpacked artifact takes from process start to its first signed-in answer from the database.

    python -m dev.bench.artifact [RUNS]

Beside it a bare Chalice + Peewee app, packed the same way, and Tiza as Chalice alone packs it: without
bytecode. All are unpacked into read-only folders, as on Lambda, and no run writes bytecode. Each run is a new
interpreter that sees the artifact, the standard library and what Lambda provides; the runs of all cases are
interleaved. Processor time tells more than the clock where a machine is busy.
"""

from __future__ import annotations

import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from dev import postgres
from dev.bench.cold_start import BARE_APP
from dev.bench.stage import Stage, api_event
from dev.deploy import artifact, artifact_run
from dev.deploy.artifact_run import Place

RUNS = 30
MOST = 1.5  # times as long as the bare app; issue 5
BARE_NEEDS = ("peewee", "psycopg2-binary")
BARE_CONFIG = {"version": "2.0", "app_name": "bare", "automatic_layer": True, "stages": {"prod": {}}}

DRIVER = """
import sys
sys.path[:0] = sys.argv[2:]
import json
event = json.load(open(sys.argv[1]))
import app
answer = app.app(event, None)
assert answer["statusCode"] == 200, answer
"""


class Case(NamedTuple):
    """One thing to measure: which unpacked artifact answers which event."""

    name: str
    place: Place
    event: Path


class Run(NamedTuple):
    """How long one run took, in milliseconds."""

    clock: float
    processor: float


def main(runs: int) -> None:
    """Measure and print every case."""
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.start(Path(folder, "home"), durable=False) as server,
    ):
        stage = Stage.made(server)
        cases = _cases(Path(folder), stage)
        times = _measure(cases, Path(folder, "driver.py"), stage.environment, runs)
        for case in cases:  # so that the folder can be removed
            _allow_writing(case.place, True)
    header = "by the clock: best   median   processor: best   median"
    print(f"{f'milliseconds, {runs} runs each':<30}{header}")
    for name, ran in times.items():
        clock, processor = ([run[field] for run in ran] for field in (0, 1))
        print(
            f"{name:<44}{min(clock):5.0f}{_median(clock):9.0f}{min(processor):18.0f}{_median(processor):9.0f}"
        )
    bare, tiza = (times[case.name] for case in cases[:2])
    for field, name in enumerate(Run._fields):
        theirs, ours = ([run[field] for run in ran] for ran in (bare, tiza))
        best, median = min(ours) / min(theirs), _median(ours) / _median(theirs)
        print(
            f"Tiza beside the bare app, by the {name}: best {best:.2f}, median {median:.2f}; at most {MOST}"
        )


def _cases(folder: Path, stage: Stage) -> list[Case]:
    tiza = _unpacked(artifact.copy_of_project(artifact.CHECKOUT, folder / "tiza"), folder / "tiza-lambda")
    bare = _unpacked(_bare_project(folder / "bare"), folder / "bare-lambda")
    chalice = _without_bytecode(tiza, folder / "chalice-lambda")
    event = folder / "event.json"
    event.write_text(json.dumps(api_event("GET", "/v1/me", caller=stage.student)))
    (folder / "driver.py").write_text(DRIVER)
    for place in (tiza, bare, chalice):
        _allow_writing(place, False)
    return [
        Case("bare Chalice + Peewee, database", bare, event),
        Case("Tiza: GET /v1/me, signed in", tiza, event),
        Case("Tiza as Chalice packs it, without bytecode", chalice, event),
    ]


def _unpacked(project: Path, folder: Path) -> Place:
    built = artifact.build("prod", project, artifact.here())
    return artifact_run.unpack(built.code, built.layer, folder)


def _bare_project(folder: Path) -> Path:
    """A project that has nothing but Chalice, Peewee and the driver, each in Tiza's version."""
    (folder / ".chalice").mkdir(parents=True)
    (folder / "app.py").write_text(BARE_APP)
    (folder / ".chalice" / "config.json").write_text(json.dumps(BARE_CONFIG))
    lines = (artifact.CHECKOUT / "requirements.txt").read_text().splitlines(keepends=True)
    needed = [line for line in lines if line.startswith(tuple(f"{name}==" for name in BARE_NEEDS))]
    (folder / "requirements.txt").write_text("".join(needed))
    return folder


def _without_bytecode(place: Place, folder: Path) -> Place:
    ignored = shutil.ignore_patterns("__pycache__")
    copies = [Path(shutil.copytree(each, folder / each.name, ignore=ignored)) for each in place[:2]]
    return Place(copies[0], copies[1], place.provided)


def _allow_writing(place: Place, allowed: bool) -> None:
    for path in (each for top in place[:2] for each in (top, *top.rglob("*"))):
        path.chmod(path.stat().st_mode | 0o200 if allowed else path.stat().st_mode & ~0o222)


def _measure(cases: list[Case], driver: Path, settings: Mapping[str, str], runs: int) -> dict[str, list[Run]]:
    times: dict[str, list[Run]] = {case.name: [] for case in cases}
    environment = artifact_run.variables(settings)
    for _ in range(runs + 1):
        for case in cases:
            command = artifact_run.command(driver, case.event, *case.place.paths)
            start, before = time.perf_counter(), _processor_seconds()
            subprocess.run(
                command, check=True, env=environment, cwd=case.place.code, stdout=subprocess.DEVNULL
            )
            clock, processor = time.perf_counter() - start, _processor_seconds() - before
            times[case.name].append(Run(clock * 1000, processor * 1000))
    return {name: values[1:] for name, values in times.items()}  # the first round warms the file cache


def _processor_seconds() -> float:
    """What all processes that were started here and have ended used together."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _median(values: list[float]) -> float:
    return statistics.median(values)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
