"""Amazon S3: the worksheets, in the bucket of the photos; who may do what to them is said apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from chalicelib.aws import files
from chalicelib.aws.files import Form
from chalicelib.aws.uses import BUCKET, GUIDE_UPLOADS, GUIDES, uses

PDF = "application/pdf"


@uses(GUIDE_UPLOADS, "s3:PutObject")
def upload_form(key: str, most_bytes: int, *, present: datetime, seconds: int) -> Form:
    """A form that stores one PDF under exactly `key`; see `files.upload_form`."""
    return files.upload_form(key, PDF, most_bytes, present=present, seconds=seconds)


@uses(GUIDES, "s3:GetObject")
def address(key: str, seconds: int) -> str:
    """An address from which anybody who has it can read that file for `seconds`."""
    return files.address(key, seconds)


@uses(GUIDE_UPLOADS, "s3:GetObject")
@uses(BUCKET, "s3:ListBucket")
def fetch_upload(key: str, most_bytes: int) -> bytes | None:
    """The content of an upload; None where there is none. Raises `TooLargeError` and `UnavailableError`."""
    return files.fetch(key, most_bytes)


@uses(GUIDES, "s3:GetObject")
@uses(BUCKET, "s3:ListBucket")
def fetch(key: str, most_bytes: int) -> bytes | None:
    """The content of a worksheet; None where there is none. Raises as `fetch_upload`."""
    return files.fetch(key, most_bytes)


@uses(GUIDES, "s3:PutObject")
def store(key: str, content: bytes) -> None:
    """Write a worksheet, over any of the same name. Raises `UnavailableError`."""
    files.store(key, content, PDF)


@uses((*GUIDE_UPLOADS, *GUIDES), "s3:DeleteObject")
def delete(keys: Iterable[str]) -> None:
    """Delete these files; one that is not there is no fault. Raises `UnavailableError` if any is left."""
    files.delete(keys)
