"""Chalice's record of a stage (`.chalice/deployed/<stage>.json`), kept in a versioned bucket.

Chalice writes its file on the machine that deployed, and only after a full success. Here it is an object in
`tiza-{stage}-deployments-{account}`, written only over the version that was read (`If-Match`), so that of two
deployments at once one is refused. It also says which deployment is under way, since when, and of which
commit.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from dev.deploy.target import CHECKOUT, DeployError, Target

KEY = "deployed.json"
UNDER_WAY_SECONDS = 1800  # longer than any deployment takes: one that began before that has died
OLD_VERSION_DAYS = 365
CHANGED = ("PreconditionFailed", "ConditionalRequestConflict")


class StateError(DeployError):
    """The record cannot be taken or written: somebody else deploys."""


class State:
    """The record of one stage. `begin` takes it, `end` gives it back."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._s3 = target.client("s3")
        self._tag: str | None = None  # of the version that was read or written last
        self.document: dict[str, Any] | None = None

    @property
    def bucket(self) -> str:
        """The bucket's name."""
        return f"{self._target.prefix}-deployments-{self._target.place.account}"

    def ensure_bucket(self) -> bool:
        """Make the bucket, and set what it must be like where it is not; whether it is new."""
        is_new = not self.exists()
        if is_new:
            where = {"LocationConstraint": self._target.region}
            more = {} if self._target.region == "us-east-1" else {"CreateBucketConfiguration": where}
            self._s3.create_bucket(Bucket=self.bucket, **more)
        self._harden()
        return is_new

    def read(self) -> dict[str, Any] | None:
        """The record, or None where there is none yet."""
        from botocore.exceptions import ClientError

        try:
            answer = self._s3.get_object(Bucket=self.bucket, Key=KEY)
        except ClientError as error:
            if error.response["Error"]["Code"] not in ("NoSuchKey", "NoSuchBucket"):
                raise
            self.document, self._tag = None, None
        else:
            self.document, self._tag = json.loads(answer["Body"].read()), answer["ETag"]
        return self.document

    def begin(self, resources: list[dict[str, Any]], *, take_over: bool = False) -> None:
        """Write down that this deployment begins and what is there now, here and in the bucket.

        Raises `StateError` when another deployment is under way, unless `take_over`.
        """
        other = (self.document or {}).get("deployment", {})
        if other.get("ended") is None and other and not take_over:
            seconds = time.time() - datetime.fromisoformat(other["began"]).timestamp()
            if seconds < UNDER_WAY_SECONDS:
                raise StateError(
                    f"a deployment by {other['by']} has been under way for {seconds:.0f} s. Wait for it; "
                    "if it has died, say --take-over."
                )
        deployment = {"id": str(uuid4()), "began": _now(), "by": _who(), "commit": _commit(), "ended": None}
        self._write(resources, deployment)

    def end(self, resources: list[dict[str, Any]], outcome: str) -> None:
        """Write down what is there now, and that the deployment has ended, as `outcome`."""
        deployment = (self.document or {}).get("deployment", {})
        self._write(resources, {**deployment, "ended": _now(), "outcome": outcome})

    def remove(self) -> None:
        """Remove the bucket with all versions of the record, and the local file."""
        self.path.unlink(missing_ok=True)
        paginator = self._s3.get_paginator("list_object_versions")
        for page in paginator.paginate(Bucket=self.bucket):
            for one in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]:
                self._s3.delete_object(Bucket=self.bucket, Key=one["Key"], VersionId=one["VersionId"])
        self._s3.delete_bucket(Bucket=self.bucket)

    def exists(self) -> bool:
        """Whether the bucket is there."""
        from botocore.exceptions import ClientError

        try:
            self._s3.head_bucket(Bucket=self.bucket)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
                raise
            return False
        return True

    def write_file(self, resources: list[dict[str, Any]]) -> dict[str, Any]:
        """Write the local file alone; the record."""
        record = {"resources": resources, "schema_version": "2.0", "backend": "api"}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
        return record

    @property
    def path(self) -> Path:
        """Where Chalice looks for the record."""
        return CHECKOUT / ".chalice" / "deployed" / f"{self._target.stage}.json"

    def _write(self, resources: list[dict[str, Any]], deployment: dict[str, Any]) -> None:
        from botocore.exceptions import ClientError

        self.document = {**self.write_file(resources), "deployment": deployment}
        condition = {"IfNoneMatch": "*"} if self._tag is None else {"IfMatch": self._tag}
        body = json.dumps(self.document, indent=2).encode()
        try:
            answer = self._s3.put_object(
                Bucket=self.bucket, Key=KEY, Body=body, ContentType="application/json", **condition
            )
        except ClientError as error:
            if error.response["Error"]["Code"] not in CHANGED:
                raise
            raise StateError(
                f"somebody else deployed {self._target.stage} at the same time: s3://{self.bucket}/{KEY} has "
                "changed since it was read. Wait until they are done, then deploy again."
            ) from error
        self._tag = answer["ETag"]

    def _harden(self) -> None:
        """Nothing public, encrypted, all versions for a year, TLS only."""
        from dev.aws import shape

        for name, key, wanted in self._safeguards():
            put, get = (getattr(self._s3, f"{verb}_{name}") for verb in ("put", "get"))
            found = shape.unless_absent(partial(get, Bucket=self.bucket)) or {}
            found = found.get(key, found)  # some come under the name under which they are set
            if not shape.includes(json.loads(found) if isinstance(found, str) else found, wanted):
                put(Bucket=self.bucket, **{key: json.dumps(wanted) if key == "Policy" else wanted})

    def _safeguards(self) -> list[tuple[str, str, dict[str, Any]]]:
        """What the bucket is like: the part of S3's operations, its argument, and the value of that."""
        from dev.aws.cfn import policy, tls_only

        everything = [f"arn:{self._target.place.partition}:s3:::{self.bucket}{part}" for part in ("", "/*")]
        blocked = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
        encrypted = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
        expiry = {
            "ID": "old",
            "Status": "Enabled",
            "Filter": {"Prefix": ""},
            "NoncurrentVersionExpiration": {"NoncurrentDays": OLD_VERSION_DAYS},
        }
        return [
            ("public_access_block", "PublicAccessBlockConfiguration", dict.fromkeys(blocked, True)),
            ("bucket_versioning", "VersioningConfiguration", {"Status": "Enabled"}),
            ("bucket_encryption", "ServerSideEncryptionConfiguration", {"Rules": [encrypted]}),
            ("bucket_lifecycle_configuration", "LifecycleConfiguration", {"Rules": [expiry]}),
            ("bucket_policy", "Policy", policy([tls_only("s3:*", everything)])),
        ]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _who() -> str:
    run = os.environ.get("GITHUB_RUN_ID")
    if run:
        return f"GitHub run {run}"
    return f"{os.environ.get('USER', 'somebody')} on {socket.gethostname()}"


def _commit() -> str | None:
    """The commit of the checkout, with a + where it has changes; None where there is no git."""
    try:
        found = subprocess.run(
            ["git", "describe", "--always", "--abbrev=40", "--dirty=+"],
            cwd=CHECKOUT, capture_output=True, text=True, check=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return None
    return found.stdout.strip()
