"""A stage is deployed for a rehearsal: the real commands, on a copy of the project, against the local AWS."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dev.aws import stack
from dev.deploy import parameters, reconcile
from dev.deploy.state import KEY
from dev.deploy.target import CHECKOUT, Target

SECONDS = 300
COPIED = ("app.py", "chalicelib", "dev", ".chalice", "requirements.txt", "requirements-dev.txt")
NOT_COPIED = shutil.ignore_patterns("__pycache__", "deployed", "deployments")
TOKEN_KEYS = f"rehearsal:{'k' * 40}"


class Rehearsal:
    """A copy of the project in `folder`, and the local AWS that it is deployed to."""

    def __init__(self, folder: Path, endpoint: str) -> None:
        self.folder = folder
        self.endpoint = endpoint
        for name in COPIED:
            source = CHECKOUT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=NOT_COPIED)
            else:
                shutil.copy(source, folder / name)
        # A layer is built once for the same requirements, for all tests and runs of this checkout.
        built = CHECKOUT / ".tiza" / "layers"
        built.mkdir(parents=True, exist_ok=True)
        (folder / ".tiza").mkdir()
        (folder / ".tiza" / "layers").symlink_to(built)
        self._aws = stack.Aws(endpoint)
        self.databases: dict[str, str] = {}  # by stage, as the owner

    def client(self, service: str) -> Any:
        """A boto3 client of the local AWS."""
        return self._aws.client(service)

    def target(self, stage: str) -> Target:
        """The stage, to look at with the deployment's own eyes."""
        return Target(stage, self.endpoint)

    def put_parameters(self, stage: str, owner_url: str, app_url: str) -> None:
        """What must be in Parameter Store before the first deployment."""
        self.databases[stage] = owner_url
        values = {
            parameters.OWNER_URL: owner_url,
            "database_url": app_url,
            "token_keys": TOKEN_KEYS,
            "web_url": "https://app.tiza.example",
        }
        for name, value in values.items():
            self.client("ssm").put_parameter(
                Name=f"/tiza/{stage}/{name}", Value=value, Type="SecureString", Overwrite=True
            )

    def deploy(self, command: str, stage: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`python -m dev.deploy COMMAND --stage STAGE`; its exit code and output."""
        return self.run("dev.deploy", command, "--stage", stage, "--endpoint", self.endpoint, *arguments)

    def up(self, stage: str, *arguments: str) -> str:
        """Deploy the stage; the output."""
        done = self.deploy("up", stage, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A module of the copy."""
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=self.folder,
            env={name: value for name, value in os.environ.items() if not name.startswith(("TIZA_", "AWS_"))},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    @contextmanager
    def refused(self, call: str) -> Iterator[None]:
        """Each call to AWS whose method and path match this expression fails."""
        self._refuse(call)
        try:
            yield
        finally:
            self._refuse("")

    def _refuse(self, call: str) -> None:
        query = urllib.parse.urlencode({"call": call})
        address = f"{self.endpoint}/local/refuse?{query}"
        with urllib.request.urlopen(urllib.request.Request(address, method="POST"), timeout=10):  # noqa: S310
            pass

    def record(self, stage: str) -> dict[str, Any]:
        """The record of the stage in its bucket."""
        bucket = f"tiza-{stage}-deployments-{self.target(stage).place.account}"
        return dict(json.loads(self.client("s3").get_object(Bucket=bucket, Key=KEY)["Body"].read()))

    def lose_record(self, stage: str) -> None:
        """Delete it, here and in the bucket."""
        bucket = f"tiza-{stage}-deployments-{self.target(stage).place.account}"
        self.client("s3").delete_object(Bucket=bucket, Key=KEY)
        shutil.rmtree(self.folder / ".chalice" / "deployed", ignore_errors=True)

    def functions(self, stage: str) -> set[str]:
        """Chalice's names of the stage's functions that are there."""
        found = reconcile.standing(self.target(stage), None).resources
        return {one["name"] for one in found if one["resource_type"] == "lambda_function"}

    def edit(self, file: str, before: str, after: str) -> None:
        """Put `after` in the place of `before` in a file of the copy."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1, (file, before)
        path.write_text(text.replace(before, after), encoding="utf-8")
