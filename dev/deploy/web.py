"""Puts the built pages (`make web`) where the stage hosts them: a private bucket behind CloudFront.

    python -m dev.deploy.web --stage prod             upload what differs
    python -m dev.deploy.web --stage prod --hosted    say by the exit code whether the stage hosts pages

`make deploy` does it too, for a stage whose `tiza.stack` says `"WebHosting": "on"`. Files whose names hold a
hash of what is in them go first, the index last: whoever has the index of this build, or still that of the
build before, finds all that it names. Doing it again changes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4

from dev import pages
from dev.aws import stack, template_web
from dev.deploy import parameters, store
from dev.deploy.state import State
from dev.deploy.target import DeployError, Target, complain, say

KEY = "pages.json"  # beside the record of deployments: which files the last two builds have
BUILDS = 2
GIVEN = ".cloudfront.net"  # in the address that CloudFront gives
IMMUTABLE = f"public, max-age={pages.A_YEAR}, immutable"
ASK = "no-cache"


class File(NamedTuple):
    """A file as S3 keeps it and CloudFront sends it."""

    key: str
    content: bytes
    kind: str
    cache: str


class Hosting(NamedTuple):
    """Where the stage's pages are, as its stack tells."""

    bucket: str
    distribution: str
    address: str
    target: str  # what the CNAME of an own domain says


def is_hosted(target: Target) -> bool:
    """Whether the stage is to host pages."""
    return bool(target.options.get("stack", {}).get("WebHosting") == template_web.ON)


def check(target: Target) -> None:
    """Refuse what could not be hosted. Raises `DeployError`."""
    if not is_hosted(target):
        return
    values = target.options["stack"]
    domain, certificate = values.get("WebDomain", ""), values.get("WebCertificateArn", "")
    if not pages.are_built():
        raise DeployError("the pages are not built: make web.")
    if bool(domain) != bool(certificate):
        raise DeployError("WebDomain and WebCertificateArn go together (tiza.stack in .chalice/config.json).")
    if certificate and ":acm:us-east-1:" not in certificate:
        raise DeployError("CloudFront takes certificates of us-east-1 only (WebCertificateArn).")
    if domain and f"https://{domain}" not in _origins(target):
        raise DeployError(f"CorsOrigins must have https://{domain}, or its pages could not upload photos.")


def stack_values(target: Target) -> dict[str, str]:
    """The stack's parameters: those of the settings, and what only a stage that stands knows."""
    values: dict[str, str] = dict(target.options["stack"])
    api = _api(target) if is_hosted(target) else None
    return values if api is None else {**values, "WebApiOrigin": origin(api)}


def run(target: Target) -> str:
    """Upload the pages; their address. Raises `DeployError` where that cannot be."""
    check(target)
    if not is_hosted(target):
        raise DeployError(f"{target.stage} hosts no pages: tiza.stack.WebHosting in .chalice/config.json.")
    api, hosting = _api(target), _hosting(target)
    if api is None or hosting is None:
        raise DeployError(f"{target.stage} has no place for pages yet: make deploy STAGE={target.stage}.")
    made = files(pages.BUILT, api)
    there = _keys(target, hosting.bucket)
    kept = _note_build(target, {one.key for one in made}, there)
    written = [one.key for one in made if _put(target, hosting.bucket, one)]
    gone = sorted(there - kept)
    for key in gone:
        target.client("s3").delete_object(Bucket=hosting.bucket, Key=key)
    _forget(target, hosting.distribution, [key for key in written if _cache(key) != IMMUTABLE])
    say(f"  pages: {len(written)} of {len(made)} files written, {len(gone)} of older builds removed")
    _tell(target, hosting)
    return hosting.address


def files(built: Path, api: str) -> list[File]:
    """All files of the build in the order in which they go up: assets, others, the index."""
    names = sorted(path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file())
    names.sort(key=lambda name: (name == pages.INDEX, _cache(name) != IMMUTABLE))
    return [File(name, _content(built / name, api), _kind(name), _cache(name)) for name in names]


def make_room(target: Target, values: Mapping[str, str]) -> None:
    """Empty the bucket where the stack, with these `values`, has none: CloudFormation deletes no full one."""
    hosting = _hosting(target)
    if hosting is not None and "WebApiOrigin" not in values:
        for key in _keys(target, hosting.bucket):
            target.client("s3").delete_object(Bucket=hosting.bucket, Key=key)
        say(f"  the pages are no longer hosted: emptied {hosting.bucket}")


def address(target: Target) -> str | None:
    """Where the stage's pages are; None where it hosts none."""
    hosting = _hosting(target) if is_hosted(target) else None
    return hosting and hosting.address


def origin(address: str) -> str:
    """Scheme, host and port of `address`."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def main(arguments: Sequence[str]) -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m dev.deploy.web")
    parser.add_argument("--stage", required=True, help="staging or prod")
    parser.add_argument("--endpoint", help="the address of a local AWS, instead of AWS itself")
    parser.add_argument("--hosted", action="store_true", help="exit with 0 where it hosts pages, else with 1")
    options = parser.parse_args(arguments)
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        target = Target(options.stage, options.endpoint)
        if options.hosted:
            return 0 if is_hosted(target) else 1
        run(target)
    except (DeployError, ClientError, BotoCoreError) as error:
        if not options.hosted:
            complain(f"pages: {error}")
        return 1
    return 0


def _hosting(target: Target) -> Hosting | None:
    """What the stack tells; None where it has no pages."""
    told = stack.outputs(target.client("cloudformation"), target.stage)
    if "WebDistribution" not in told:
        return None
    return Hosting(told["WebBucket"], told["WebDistribution"], told["WebAddress"], told["WebTarget"])


def _api(target: Target) -> str | None:
    """The API's public address; None as long as nobody knows it."""
    there = _stored(target, parameters.API_URL)
    return there and there.rstrip("/")


def _stored(target: Target, name: str) -> str | None:
    own = [one for one in parameters.of_stage(target.stage) if one.name == name]
    found = store.read(target.client("ssm"), own).get(name)
    return None if found is None else found.value


def _origins(target: Target) -> list[str]:
    return [one.strip() for one in target.options["stack"]["CorsOrigins"].split(",")]


def _content(path: Path, api: str) -> bytes:
    content = path.read_bytes()
    return pages.filled_in(content.decode(), api).encode() if path.name == pages.INDEX else content


def _kind(name: str) -> str:
    return pages.CONTENT_TYPES.get(Path(name).suffix, "application/octet-stream")


def _cache(name: str) -> str:
    return IMMUTABLE if name.startswith(f"{pages.ASSETS}/") else ASK


def _keys(target: Target, bucket: str) -> set[str]:
    return {one["Key"] for one in target.pages("s3", "list_objects_v2", "Contents", Bucket=bucket)}


def _put(target: Target, bucket: str, file: File) -> bool:
    """Bring the file to what it must be; whether that was needed."""
    from botocore.exceptions import ClientError

    s3 = target.client("s3")
    try:
        found = s3.head_object(Bucket=bucket, Key=file.key)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
            raise
        found = {}
    digest = hashlib.md5(file.content, usedforsecurity=False).hexdigest()
    wanted = (f'"{digest}"', file.kind, file.cache)  # the tag of a file that went up in one piece is its MD5
    if (found.get("ETag"), found.get("ContentType"), found.get("CacheControl")) == wanted:
        return False
    s3.put_object(
        Bucket=bucket, Key=file.key, Body=file.content, ContentType=file.kind, CacheControl=file.cache
    )
    return True


def _note_build(target: Target, names: Iterable[str], there: set[str]) -> set[str]:
    """Note what this build has; the files that stay: its own, and those of the build before.

    Where nothing was noted, all that is `there` may be of the build before.
    """
    from botocore.exceptions import ClientError

    s3, bucket = target.client("s3"), State(target).bucket
    build = sorted(names)
    try:
        builds = json.loads(s3.get_object(Bucket=bucket, Key=KEY)["Body"].read())["builds"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchKey":
            raise
        builds = [sorted(there)]
    if builds[0] != build:
        builds = [build, *builds][:BUILDS]
        body = json.dumps({"builds": builds}).encode()
        s3.put_object(Bucket=bucket, Key=KEY, Body=body, ContentType="application/json")
    return {name for each in builds for name in each}


def _forget(target: Target, distribution: str, keys: Sequence[str]) -> None:
    """Let CloudFront ask the bucket anew for files that have changed under the same name."""
    if keys:
        paths = [f"/{key}" for key in keys]
        target.client("cloudfront").create_invalidation(
            DistributionId=distribution,
            InvalidationBatch={
                "Paths": {"Quantity": len(paths), "Items": paths},
                "CallerReference": str(uuid4()),
            },
        )


def _tell(target: Target, hosting: Hosting) -> None:
    """Say where the pages are, write it down for the links in mails, and what is left to do by hand."""
    own: list[Any] = [one for one in parameters.of_stage(target.stage) if one.name == parameters.WEB_URL]
    there = _stored(target, parameters.WEB_URL)
    if own and (there is None or GIVEN in there) and there != hosting.address:
        store.write(target.client("ssm"), own, {parameters.WEB_URL: hosting.address})
        say(f"  wrote {own[0].path}")
    elif own and there != hosting.address:
        complain(f"  links in mails go to {there} ({own[0].path}), not to these pages.")
    if hosting.address not in _origins(target):
        complain(
            "  these pages cannot upload photos nor read the gateway's own errors yet: put "
            f"{hosting.address} first into CorsOrigins (tiza.stack in .chalice/config.json) and deploy again."
        )
    say(f"  pages: {hosting.address}")
    if GIVEN not in hosting.address:
        say(f"  its DNS: {urlsplit(hosting.address).hostname} CNAME {hosting.target}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
