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

from dev import pages
from dev.aws import stack
from dev.aws.stack import LOCAL_KEY
from dev.deploy import parameters, reconcile
from dev.deploy.state import KEY
from dev.deploy.target import CHECKOUT, Target
from tests.deploy import recorded
from tests.deploy.recorded import Asked

SECONDS = 300
COPIED = ("app.py", "chalicelib", "dev", ".chalice", "requirements.txt", "requirements-dev.txt", "Makefile",
          ".gitignore")  # fmt: skip
NOT_COPIED = shutil.ignore_patterns("__pycache__", "deployed", "deployments")
TOKEN_KEYS = f"rehearsal:{'k' * 40}"
DOMAIN = {
    "domain_name": "api.tiza.example",
    "certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/1",
    "url_prefix": "(none)",
}
PAGES = {"index.html": f"<head>{pages.API_META}</head>", "assets/index-1.js": "", "icon.svg": "<svg/>"}
FAR_AWAY = 4_102_444_800  # the year 2100: newer than any file that `make` compares with


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
        self.calls: list[tuple[str, Asked]] = []  # what commands asked AWS for, each with its stage
        self._began = 0  # where in `calls` the last command begins
        self._count = 0  # of the calls of anybody that were looked at
        self.mapped: dict[str, str] = {}  # the function of each mapping that was ever made

    def client(self, service: str) -> Any:
        """A boto3 client of the local AWS."""
        return self._aws.client(service)

    def target(self, stage: str) -> Target:
        """The stage, to look at with the deployment's own eyes."""
        target = Target(stage, self.endpoint)
        target.config = json.loads((self.folder / ".chalice" / "config.json").read_text(encoding="utf-8"))
        return target

    def give_domain(self, stage: str) -> None:
        """Give the stage a domain of its own."""
        path = self.folder / ".chalice" / "config.json"
        config = json.loads(path.read_text(encoding="utf-8"))
        config["stages"][stage]["api_gateway_custom_domain"] = DOMAIN
        path.write_text(json.dumps(config, indent=2), encoding="utf-8")

    def host_pages(self, stage: str) -> None:
        """Let the stage host pages, of which there is a small build."""
        path = self.folder / ".chalice" / "config.json"
        config = json.loads(path.read_text(encoding="utf-8"))
        config["stages"][stage]["tiza"]["stack"]["WebHosting"] = "on"
        path.write_text(json.dumps(config, indent=2), encoding="utf-8")
        for name, text in PAGES.items():
            file = self.folder / "web" / "dist" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

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
        with self._noted(stage):
            return self.run("dev.deploy", command, "--stage", stage, "--endpoint", self.endpoint, *arguments)

    def up(self, stage: str, *arguments: str) -> str:
        """Deploy the stage; the output."""
        done = self.deploy("up", stage, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def changes(self) -> list[Asked]:
        """What the last command asked AWS to change."""
        return [one for _, one in self.calls[self._began :] if one.changes]

    def step(self, command: str, stage: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """A step of a workflow: a line of shell, with its variables."""
        aws = {"ENDPOINT": self.endpoint, "AWS_ENDPOINT_URL": self.endpoint, "AWS_REGION": stack.LOCAL_REGION}
        keys = dict.fromkeys(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), LOCAL_KEY)
        with self._noted(stage):
            return subprocess.run(
                ["sh", "-e", "-c", command],
                cwd=self.folder,
                env={**_environment(), **aws, **keys, "STAGE": stage, **variables},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )

    def commit(self, message: str) -> str:
        """Commit all of the copy, with its environment and the layers that are built; the commit."""
        if not (self.folder / ".git").exists():
            self._git("init", "--quiet")
            self._link_environment()
        self._git("add", "--all")
        self._git("add", "--force", ".venv", ".tiza/layers")
        person = ("-c", "user.name=a", "-c", "user.email=a@school.example", "-c", "commit.gpgsign=false")
        self._git(*person, "commit", "--quiet", "--message", message)
        return self._git("rev-parse", "HEAD")

    def run(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A module of the copy."""
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=self.folder,
            env=_environment(),
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

    @contextmanager
    def _noted(self, stage: str) -> Iterator[None]:
        """Note what is asked of AWS meanwhile, but by functions."""
        self._asked_since()  # what tests asked for themselves
        self._began = len(self.calls)
        yield
        made = [recorded.asked(call) for call in self._asked_since() if call["key"] == LOCAL_KEY]
        self.calls += [(stage, one) for one in made if one is not None]
        mappings = self.client("lambda").list_event_source_mappings()["EventSourceMappings"]
        self.mapped |= {one["UUID"]: one["FunctionArn"] for one in mappings}

    def _asked_since(self) -> list[dict[str, Any]]:
        """What AWS was asked for since this was last called."""
        address = f"{self.endpoint}/local/calls?since={self._count}"
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
            found = list(json.loads(answer.read()))
        self._count += len(found)
        return found

    def _link_environment(self) -> None:
        """Let `.venv` be the environment that runs this, never out of date."""
        place = self.folder.with_name(f"{self.folder.name}-venv")
        place.mkdir()
        for one in Path(sys.prefix).iterdir():
            if one.name != ".stamp":
                (place / one.name).symlink_to(one)
        (place / ".stamp").touch()
        os.utime(place / ".stamp", (FAR_AWAY, FAR_AWAY))
        (self.folder / ".venv").symlink_to(place)

    def _git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.folder), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _environment() -> dict[str, str]:
    """This process's own, without what settings of Tiza or AWS a test made."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("TIZA_", "AWS_"))}
