"""Amazon S3: the bucket of the photos. Clients send and fetch files themselves, by presigned addresses.

Such an address lets its holder do no more than the function that signed it may do itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import NamedTuple

from chalicelib import settings
from chalicelib.aws import client
from chalicelib.aws.uses import BUCKET, PHOTOS, UPLOADS, uses
from chalicelib.errors import SwitchedOffError, UnavailableError

MOST_DELETED = 1000  # keys that one DeleteObjects takes
RETRY_AFTER_SECONDS = 10
IN_BROWSER_CACHE = "private, max-age=300"


class TooLargeError(Exception):
    """The file has more bytes than were asked for."""


class Form(NamedTuple):
    """Where and with which fields a browser posts one file, as multipart/form-data with `file` last."""

    url: str
    fields: dict[str, str]
    expires_at: datetime


@uses(UPLOADS, "s3:PutObject")
def upload_form(key: str, content_type: str, most_bytes: int, *, present: datetime, seconds: int) -> Form:
    """A form that stores one file of that type and of 1 to `most_bytes` bytes under exactly `key`.

    Good until `seconds` after `present`. Nothing is asked of S3 for it. Encryption is the bucket's own.
    """
    made = client.client("s3").generate_presigned_post(
        bucket(),
        key,
        Fields={"Content-Type": content_type},
        Conditions=[{"Content-Type": content_type}, ["content-length-range", 1, most_bytes]],
        ExpiresIn=seconds,
    )
    return Form(made["url"], made["fields"], present + timedelta(seconds=seconds))


@uses(PHOTOS, "s3:GetObject")
def address(key: str, seconds: int) -> str:
    """An address from which anybody who has it can read that file for `seconds`. Nothing is asked of S3."""
    values = {"Bucket": bucket(), "Key": key}
    return str(client.client("s3").generate_presigned_url("get_object", Params=values, ExpiresIn=seconds))


@uses(UPLOADS, "s3:GetObject")
@uses(BUCKET, "s3:ListBucket")  # without it a file that is not there is reported as forbidden
def fetch(key: str, most_bytes: int) -> bytes | None:
    """The content of an upload; None where there is none. Raises `TooLargeError` and `UnavailableError`."""
    return _content(key, most_bytes)


@uses(PHOTOS, "s3:GetObject")
@uses(BUCKET, "s3:ListBucket")
def fetch_photo(key: str, most_bytes: int) -> bytes | None:
    """The same of a photo that was checked."""
    return _content(key, most_bytes)


def _content(key: str, most_bytes: int) -> bytes | None:
    from botocore.exceptions import BotoCoreError

    try:
        answer = client.call("s3", "get_object", Bucket=bucket(), Key=key)
    except client.Refused as refusal:
        if refusal.code == "NoSuchKey":
            return None
        raise
    with closing(answer["Body"]) as body:  # entered itself, it gives a stream that checks nothing
        if answer["ContentLength"] > most_bytes:
            raise TooLargeError()
        try:
            content: bytes = body.read()
        except BotoCoreError as error:  # the connection broke, or fewer bytes came than were announced
            raise UnavailableError("The file did not come whole.", retry_after=RETRY_AFTER_SECONDS) from error
    return content


@uses(PHOTOS, "s3:PutObject")
def store(key: str, content: bytes, content_type: str) -> None:
    """Write a file, over any of the same name. Raises `UnavailableError`."""
    client.call(
        "s3",
        "put_object",
        Bucket=bucket(),
        Key=key,
        Body=content,
        ContentType=content_type,
        CacheControl=IN_BROWSER_CACHE,
    )


@uses((*UPLOADS, *PHOTOS), "s3:DeleteObject")
def delete(keys: Iterable[str]) -> None:
    """Delete these files; one that is not there is no fault. Raises `UnavailableError` if any is left."""
    for some in _in_parts(list(keys), MOST_DELETED):
        objects = [{"Key": key} for key in some]
        answer = client.call(
            "s3", "delete_objects", Bucket=bucket(), Delete={"Objects": objects, "Quiet": True}
        )
        if answer.get("Errors"):
            raise UnavailableError("Not all files could be deleted.", retry_after=RETRY_AFTER_SECONDS)


def bucket() -> str:
    """The bucket's name. Raises `SwitchedOffError` where the stage has none."""
    name = settings.get().photo_bucket
    if not name:
        raise SwitchedOffError("This stage has no place for photos.", feature="photos")
    return name


def _in_parts(keys: Sequence[str], most: int) -> Iterable[Sequence[str]]:
    return [keys[start : start + most] for start in range(0, len(keys), most)]
