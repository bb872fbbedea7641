"""The files of a photo and their names, which all follow from its id, its file key and its type.

    incoming/{id}/{file key}                  as the client uploads it; deleted when it was checked
    photos/{id}/{file key}.jpg|png|webp       the clean copy
    photos/{id}/{file key}-thumbnail.jpg

As nothing needs to be noted to know a name, work that is done again writes the same files, and whoever knows
one name can delete them all. What may be left over is an upload that nobody was told of, which the bucket's
lifecycle removes after a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from chalicelib.aws import files
from chalicelib.store.models.photos import Photo

EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
UPLOAD = re.compile(r"incoming/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([A-Za-z0-9_-]{43})")


class Names(NamedTuple):
    """What names a photo's files."""

    id: UUID
    file_key: str

    @property
    def upload(self) -> str:
        """The file as it is uploaded."""
        return f"incoming/{self.id}/{self.file_key}"

    def image(self, content_type: str) -> str:
        """The clean copy."""
        return f"photos/{self.id}/{self.file_key}.{EXTENSIONS[content_type]}"

    @property
    def thumbnail(self) -> str:
        """The small JPEG."""
        return f"photos/{self.id}/{self.file_key}-thumbnail.jpg"

    def all(self) -> list[str]:
        """Every file that there can be."""
        return [self.upload, self.thumbnail, *(self.image(content_type) for content_type in EXTENSIONS)]


def of(photo: Photo) -> Names:
    """The names of the files of `photo`."""
    return Names(photo.id, photo.file_key)


def of_upload(key: str) -> Names | None:
    """The names of the photo to which the upload `key` belongs; None for a key that is no upload of ours."""
    found = UPLOAD.fullmatch(key)
    return Names(UUID(found[1]), found[2]) if found else None


def discard(photos: Iterable[Names]) -> None:
    """Delete every file of these photos. Raises `UnavailableError`."""
    keys = [key for names in photos for key in names.all()]
    if keys:
        files.delete(keys)
