"""What a deployment goes to: a stage in one account and region, and what .chalice/config.json says of it."""

from __future__ import annotations

import json
import os
import sys
from functools import cached_property
from pathlib import Path
from typing import Any

from dev.aws.resolve import Place
from dev.aws.stack import LOCAL_KEY, LOCAL_REGION, Aws

CHECKOUT = Path(__file__).resolve().parents[2]
APP = "tiza"
API_STAGE = "api"
API_FUNCTION = "api_handler"  # Chalice's name for it; the function itself is called tiza-{stage}
LAYER = "managed-layer"


class DeployError(Exception):
    """A deployment cannot go on; the message says why, and what to do."""


class Target:
    """One stage of Tiza at AWS, or at a local `endpoint`. Raises `DeployError` for `dev` or no stage."""

    def __init__(self, stage: str, endpoint: str | None = None, region: str | None = None) -> None:
        self.config = json.loads((CHECKOUT / ".chalice" / "config.json").read_text(encoding="utf-8"))
        deployed = [name for name in self.config["stages"] if name != "dev"]
        if stage == "dev":
            raise DeployError(
                f"dev is a developer's own machine and is never deployed: {', '.join(deployed)}."
            )
        if stage not in deployed:
            raise DeployError(f"there is no stage {stage!r} in .chalice/config.json: {', '.join(deployed)}.")
        self.stage = stage
        self.endpoint = endpoint
        self.region = region or _region(endpoint)
        self.aws = Aws(endpoint, self.region)

    @cached_property
    def place(self) -> Place:
        """Account, region and partition, as AWS names the caller's."""
        identity = self.client("sts").get_caller_identity()
        return Place(identity["Arn"].split(":")[1], self.region, identity["Account"])

    @property
    def prefix(self) -> str:
        """What the names of all things of the stage begin with."""
        return f"{APP}-{self.stage}"

    @property
    def stage_config(self) -> dict[str, Any]:
        """The stage's block of .chalice/config.json."""
        return dict(self.config["stages"][self.stage])

    @property
    def options(self) -> dict[str, Any]:
        """What `tiza` says in .chalice/config.json, the stage's own before that of all stages."""
        return {**self.config.get(APP, {}), **self.stage_config.get(APP, {})}

    def client(self, service: str) -> Any:
        """A boto3 client of `service`."""
        return self.aws.client(service)

    def pages(self, service: str, operation: str, key: str, **arguments: Any) -> list[Any]:
        """All entries under `key` of all pages of a listing."""
        paginator = self.client(service).get_paginator(operation)
        return [one for page in paginator.paginate(**arguments) for one in page.get(key, [])]

    def function(self, name: str) -> str:
        """The Lambda function's name, by Chalice's name for it."""
        return self.prefix if name == API_FUNCTION else f"{self.prefix}-{name}"

    def function_arn(self, name: str) -> str:
        """The Lambda function's ARN, by Chalice's name for it."""
        return self.place.arn("lambda", f"function:{self.function(name)}")

    def function_key(self, function: str) -> str | None:
        """Chalice's name of a Lambda function of this stage, or None where it is another's."""
        if function == self.prefix:
            return API_FUNCTION
        return function.removeprefix(f"{self.prefix}-") if function.startswith(f"{self.prefix}-") else None

    @property
    def alarm_topic(self) -> str:
        """The topic of the resources stack that alarms go to."""
        return self.place.arn("sns", f"{self.prefix}-alarms")

    def environment(self) -> dict[str, str]:
        """The environment of a child process that works on this target."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TIZA_")}
        kept["AWS_DEFAULT_REGION"] = kept["AWS_REGION"] = self.region
        # Chalice's packager hashes all that lies in chalicelib/: importing it must not add to that.
        kept["PYTHONDONTWRITEBYTECODE"] = "1"
        if self.endpoint is not None:
            kept |= {
                "AWS_ENDPOINT_URL": self.endpoint,
                "AWS_ACCESS_KEY_ID": LOCAL_KEY,
                "AWS_SECRET_ACCESS_KEY": LOCAL_KEY,
                "AWS_EC2_METADATA_DISABLED": "true",
            }
            kept.pop("AWS_PROFILE", None)
            kept.pop("AWS_SESSION_TOKEN", None)
        return kept


def say(text: str) -> None:
    """Tell the developer, at once also where the output is a file."""
    print(text, flush=True)


def _region(endpoint: str | None) -> str:
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    if region:
        return region
    if endpoint is not None:
        return LOCAL_REGION
    raise DeployError("no region: set AWS_REGION.")


def complain(text: str) -> None:
    """Tell the developer what is wrong."""
    print(text, file=sys.stderr, flush=True)
