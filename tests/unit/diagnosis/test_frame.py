"""The frame: every bug of the catalogue has its procedure, and nothing is loaded before it is needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import chalicelib.diagnosis
from chalicelib.diagnosis import UnknownBugError, UnknownTopicError, bugs, parse_problem, simulate
from chalicelib.diagnosis.procedure import Procedure, Register, compatible, together
from chalicelib.diagnosis.topics import topic_named, topics

ROOT = Path(chalicelib.diagnosis.__file__).parent.parent.parent


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
def test_catalogue_and_procedures_agree(topic) -> None:
    assert set(topic.procedures()) == {bug.id for bug in bugs(topic.name)}


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
def test_every_procedure_states_its_definition(topic) -> None:
    for bug, procedure in topic.procedures().items():
        assert vars(procedure).get("__doc__"), bug


def test_catalogue_has_the_whole_number_bugs() -> None:
    counts = {topic: len(bugs(topic)) for topic in ("addition", "subtraction", "multiplication", "division")}
    assert counts == {"addition": 16, "subtraction": 89, "multiplication": 18, "division": 13}
    for bug in bugs():
        assert bug.prior in {"common", "uncommon", "rare"}
        assert bug.id.startswith(f"{bug.topic}.")
        assert bug.definition
        assert bug.source
        assert bug.topic in parse_problem(bug.problem).topics


def test_right_procedure_gives_the_right_answer() -> None:
    for bug in bugs():
        topic = topic_named(bug.topic)
        assert topic.right()(parse_problem(bug.problem).tasks[bug.topic]).answer() == bug.correct


def test_unknown_bugs_and_topics_are_refused() -> None:
    for unknown in ("nonsense", "subtraction.nonsense", "", "slip.fact", "subtraction.diff_0_n_n+nonsense.x"):
        with pytest.raises(UnknownBugError):
            simulate(unknown, "503 - 278")
    with pytest.raises(UnknownTopicError):
        bugs("nonsense")


def test_bug_of_another_topic_does_not_apply() -> None:
    assert simulate("addition.no_carry", "503 - 278") is None


def test_two_procedures_for_one_bug_are_refused() -> None:
    register = Register("subtraction")
    register("one")(type("One", (Procedure,), {}))
    with pytest.raises(ValueError, match=r"subtraction\.one"):
        register("one")(type("Other", (Procedure,), {}))


def test_bugs_that_change_the_same_thing_are_rivals() -> None:
    procedures = topic_named("subtraction").procedures()
    zero_n, n_zero = procedures["subtraction.diff_0_n_n"], procedures["subtraction.diff_n_0_0"]
    assert compatible(zero_n, n_zero)
    assert not compatible(zero_n, procedures["subtraction.diff_0_n_0"])
    assert not compatible(zero_n, zero_n)
    assert issubclass(together(zero_n, n_zero), zero_n)
    assert together(zero_n, n_zero) is together(zero_n, n_zero)


def modules_after(statement: str) -> set[str]:
    script = f"import sys\nimport chalicelib.diagnosis as d\n{statement}\nprint(*sys.modules)"
    # Coverage would follow into the process, and bring modules of its own.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def test_importing_the_package_loads_nothing_else_of_it() -> None:
    loaded = {name for name in modules_after("") if name.startswith("chalicelib.diagnosis")}
    assert loaded == {"chalicelib.diagnosis"}


def test_diagnosis_loads_the_procedures_of_its_own_topic_only() -> None:
    loaded = modules_after('d.diagnose("38 + 47", "75")')
    assert "chalicelib.diagnosis.topics.addition.carries" in loaded
    assert not any(name.startswith("chalicelib.diagnosis.topics.subtraction.") for name in loaded)
    assert not {"random", "fractions", "dataclasses"} & loaded


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        chalicelib.diagnosis.nonsense  # noqa: B018
