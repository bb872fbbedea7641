"""Deploys an earlier version again, from its own commit: its code, its resources, its way of deploying.

    python -m dev.deploy.rollback --stage prod            to the version that last passed the smoke test
    python -m dev.deploy.rollback --stage prod --to SHA

The database stays as it is: it is never migrated down. Where it has migrations that the earlier version does
not know and that are not marked as compatible, that version's own deployment refuses.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from dev.deploy import released
from dev.deploy.state import State
from dev.deploy.target import CHECKOUT, DeployError, Target, complain, say

# What make tells the programs that it starts: another make must not take it as meant for itself.
MAKE_VARIABLES = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES")


def run(checkout: Path, commit: str, variables: Mapping[str, str]) -> None:
    """`make deploy` and `make smoke` with these `variables`, in a copy of `checkout` as `commit` had it.

    Raises `DeployError`.
    """
    environment = {name: value for name, value in os.environ.items() if name not in MAKE_VARIABLES}
    given = [f"{name}={value}" for name, value in variables.items() if value]
    with tempfile.TemporaryDirectory(prefix="tiza-rollback-") as place:
        copy = str(Path(place) / "tiza")
        _git(checkout, "worktree", "add", "--detach", copy, commit)
        try:
            for step in ("deploy", "smoke"):
                say(f"make {step} at {commit}")
                done = subprocess.run(["make", "-C", copy, step, *given], env=environment, check=False)
                if done.returncode:
                    raise DeployError(f"make {step} at {commit} failed; look at what it said.")
        finally:
            _git(checkout, "worktree", "remove", "--force", copy)


def is_own_under_way(target: Target) -> bool:
    """Whether the record names a deployment of this very run of GitHub's that never ended: it was killed.

    Anybody else's is left alone.
    """
    deployment = (State(target).read() or {}).get("deployment", {})
    run_id = os.environ.get("GITHUB_RUN_ID")
    is_own = run_id is not None and deployment.get("by") == f"GitHub run {run_id}"
    return is_own and deployment.get("ended") is None


def main(arguments: Sequence[str]) -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m dev.deploy.rollback")
    parser.add_argument("--stage", required=True, help="staging or prod")
    parser.add_argument("--endpoint", help="the address of a local AWS, instead of AWS itself")
    parser.add_argument("--to", metavar="SHA", help="a commit, instead of the last that passed")
    options = parser.parse_args(arguments)
    try:
        target = Target(options.stage, options.endpoint)
        commit = options.to or released.read(target)
        if commit is None:
            raise DeployError(
                f"no version of {options.stage} has passed yet: there is nothing to go back to."
            )
        take_over = "yes" if is_own_under_way(target) else ""
        variables = {"STAGE": options.stage, "ENDPOINT": options.endpoint or "", "TAKE_OVER": take_over}
        run(CHECKOUT, commit, variables)
    except DeployError as error:
        complain(f"rollback: {error}")
        return 1
    say(f"{options.stage} is back at {commit}.")
    return 0


def _git(checkout: Path, *arguments: str) -> None:
    try:
        subprocess.run(["git", "-C", str(checkout), *arguments], check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        raise DeployError(f"git {' '.join(arguments)}: {error.stderr.strip()}") from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
