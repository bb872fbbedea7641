"""Which commit of Tiza a stage had when it was last found to work: where a failed deployment goes back to.

    python -m dev.deploy.released --stage prod             print it; nothing where there is none
    python -m dev.deploy.released --stage prod --note SHA  note it, after the smoke test

The record of `dev.deploy.state` says what was deployed; this says what was deployed and then passed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence

from dev.deploy.state import State
from dev.deploy.target import DeployError, Target, complain

KEY = "released.json"
COMMIT = re.compile(r"[0-9a-f]{40}")


def read(target: Target) -> str | None:
    """The commit, or None where none has passed yet. Raises `DeployError` where the note is unreadable."""
    from botocore.exceptions import ClientError

    try:
        answer = target.client("s3").get_object(Bucket=State(target).bucket, Key=KEY)
    except ClientError as error:
        if error.response["Error"]["Code"] in ("NoSuchKey", "NoSuchBucket"):
            return None
        raise
    return _valid(str(json.loads(answer["Body"].read()).get("commit")))


def note(target: Target, commit: str) -> None:
    """Note that `commit`, a full hash, works. Raises `DeployError` for anything else."""
    body = json.dumps({"commit": _valid(commit)}).encode()
    target.client("s3").put_object(
        Bucket=State(target).bucket, Key=KEY, Body=body, ContentType="application/json"
    )


def main(arguments: Sequence[str]) -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m dev.deploy.released")
    parser.add_argument("--stage", required=True, help="staging or prod")
    parser.add_argument("--endpoint", help="the address of a local AWS, instead of AWS itself")
    parser.add_argument("--note", metavar="SHA", help="the commit that works")
    options = parser.parse_args(arguments)
    try:
        target = Target(options.stage, options.endpoint)
        if options.note:
            note(target, options.note)
        elif commit := read(target):
            print(commit)
    except DeployError as error:
        complain(f"released: {error}")
        return 1
    return 0


def _valid(commit: str) -> str:
    if not COMMIT.fullmatch(commit):
        raise DeployError(f"{commit!r} is not the full hash of a commit")
    return commit


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
