"""Going back: which version last worked, and that version's own deployment."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dev.deploy import released, rollback
from dev.deploy.state import State
from dev.deploy.target import DeployError, Target
from tests.support.aws import LocalAws

pytestmark = pytest.mark.xdist_group("deploy")

MAKEFILE = """\
deploy:
\t@echo "deploy {version} $(STAGE)" >> $(LOG)
\t@test "{version}" != broken
smoke:
\t@echo "smoke {version} $(STAGE)" >> $(LOG)
"""


class History:
    """A repository whose commits each have a Makefile of their own; what these did is in `log`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "repository"
        self._log = folder / "log"
        self.folder.mkdir()
        self._git("init", "--quiet")

    def commit(self, version: str) -> str:
        """A new commit whose Makefile tells `version`; its hash."""
        (self.folder / "Makefile").write_text(MAKEFILE.format(version=version))
        self._git("add", "Makefile")
        person = ("-c", "user.name=a", "-c", "user.email=a@school.example", "-c", "commit.gpgsign=false")
        self._git(*person, "commit", "--quiet", "--message", version)
        return self._git("rev-parse", "HEAD")

    def go_back(self, commit: str) -> list[str]:
        """What was made for it."""
        rollback.run(self.folder, commit, {"STAGE": "prod", "LOG": str(self._log), "ENDPOINT": ""})
        return self.log

    @property
    def log(self) -> list[str]:
        return self._log.read_text().splitlines()

    @property
    def copies(self) -> int:
        """How many working copies there are beside the repository's own."""
        return self._git("worktree", "list").count("\n")

    def _git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.folder), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


@pytest.fixture
def target(aws_server: LocalAws) -> Iterator[Target]:
    """Stage `staging`, with the bucket of its deployments and nothing else."""
    target = Target("staging", aws_server.endpoint)
    state = State(target)
    state.ensure_bucket()
    yield target
    state.remove()


def test_the_earlier_version_deploys_itself(history: History) -> None:
    earlier = history.commit("one")
    history.commit("two")
    assert history.go_back(earlier) == ["deploy one prod", "smoke one prod"]
    assert "two" in (history.folder / "Makefile").read_text()
    assert history.copies == 0


def test_one_that_fails_is_reported_and_leaves_no_copy(history: History) -> None:
    broken = history.commit("broken")
    with pytest.raises(DeployError, match="make deploy"):
        history.go_back(broken)
    assert history.log == ["deploy broken prod"]
    assert history.copies == 0


def test_a_commit_that_is_not_there_is_refused(history: History) -> None:
    history.commit("one")
    with pytest.raises(DeployError, match="git worktree add"):
        history.go_back("0" * 40)


def test_the_version_that_passed_is_remembered(target: Target, capsys: pytest.CaptureFixture[str]) -> None:
    assert released.read(target) is None
    released.note(target, "a" * 40)
    place = ["--stage", target.stage, "--endpoint", str(target.endpoint)]
    assert released.main([*place, "--note", "b" * 40]) == 0
    assert released.main(place) == 0
    assert capsys.readouterr().out == f"{'b' * 40}\n"
    assert released.main([*place, "--note", "main"]) == 1
    assert released.read(target) == "b" * 40


def test_only_the_runs_own_deployment_is_taken_over(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_RUN_ID", "7")
    assert not rollback.is_own_under_way(target)
    state = State(target)
    state.begin([])
    assert rollback.is_own_under_way(target)
    monkeypatch.setenv("GITHUB_RUN_ID", "8")
    assert not rollback.is_own_under_way(target)
    monkeypatch.delenv("GITHUB_RUN_ID")
    assert not rollback.is_own_under_way(target)
    monkeypatch.setenv("GITHUB_RUN_ID", "7")
    state.end([], "failed")
    assert not rollback.is_own_under_way(target)


def test_without_a_version_that_passed_there_is_nothing_to_go_back_to(
    aws_server: LocalAws, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rollback.main(["--stage", "staging", "--endpoint", aws_server.endpoint]) == 1
    assert "nothing to go back to" in capsys.readouterr().err
