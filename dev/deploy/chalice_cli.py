"""Runs the real `chalice` command on a copy of the project, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dev.deploy.target import DeployError, Target

SECONDS = 1800
HOOK = Path(__file__).with_name("hook")


def run(target: Target, command: str, project: Path, *arguments: str) -> None:
    """`chalice COMMAND --stage STAGE` in `project`, its output shown as it comes.

    Raises `DeployError` when it fails.
    """
    program = Path(sys.executable).with_name("chalice")
    try:
        done = subprocess.run(
            [program, command, "--stage", target.stage, *arguments],
            cwd=project,
            env={**target.environment(), "PYTHONPATH": str(HOOK)},
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise DeployError(f"there is no {program}: build the environment anew (make clean).") from error
    except subprocess.TimeoutExpired as error:
        raise DeployError(f"chalice {command} did not end within {SECONDS // 60} minutes.") from error
    if done.returncode != 0:
        raise DeployError(f"chalice {command} failed (exit code {done.returncode}).")
