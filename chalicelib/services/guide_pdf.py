"""What is on the pages of a PDF: its text or, where a page has none, its picture.

A PDF may be a bomb, or lead its reader astray. So it is read in a process of its own, which has little
memory, little time and nothing of our environment; what comes back is text and clean JPEGs. That process runs
this very module. pypdf (BSD) reads; nobody else imports it.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import subprocess
import sys
from io import BytesIO
from typing import Any, Final, NamedTuple

LARGEST_BYTES: Final = 10_000_000
MOST_PAGES: Final = 20
LONGEST_PAGE: Final = 20_000  # characters; a page of a book has 3,000
LITTLE_TEXT: Final = 40  # characters; a page with a picture and no more than these was scanned
SECONDS: Final = 60
MEMORY_BYTES: Final = 768 * 2**20
MOST_PIXELS: Final = 40_000_000
LONGEST_SIDE: Final = 1600  # of the picture of a page
QUALITY: Final = 80
MAGIC: Final = b"%PDF-"
MAGIC_WITHIN: Final = 1024  # bytes from the start, as readers have it (ISO 32000-1, annex H.3)

DAMAGED: Final = "damaged"
WRONG_TYPE: Final = "wrong_type"
TOO_LARGE: Final = "too_large"
ENCRYPTED: Final = "encrypted"
TOO_MANY_PAGES: Final = "too_many_pages"
TOO_COMPLEX: Final = "too_complex"
NO_PAGES: Final = "no_pages"


class RefusedError(Exception):
    """The file is not taken; `reason` is one of the constants above."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Page(NamedTuple):
    """A page: its text, empty where it has none; then its picture as a JPEG, if it has one."""

    text: str
    picture: bytes | None


def is_pdf(content: bytes) -> bool:
    """Whether the first bytes are those of a PDF."""
    return MAGIC in content[:MAGIC_WITHIN]


def read(content: bytes) -> list[Page]:
    """The pages of a PDF. Raises `RefusedError`."""
    if not is_pdf(content):
        raise RefusedError(WRONG_TYPE)
    if len(content) > LARGEST_BYTES:
        raise RefusedError(TOO_LARGE)
    command = [sys.executable, "-I", "-c", _PROGRAM, json.dumps(sys.path)]
    try:
        done = subprocess.run(  # noqa: S603 (this module, by this interpreter)
            command, input=content, capture_output=True, timeout=SECONDS, env=_environment(), check=False
        )
    except subprocess.TimeoutExpired:
        raise RefusedError(TOO_COMPLEX) from None
    try:
        said = json.loads(done.stdout)
    except ValueError:  # it was stopped, by its limits or by the system
        raise RefusedError(TOO_COMPLEX) from None
    if "reason" in said:
        raise RefusedError(said["reason"])
    return [Page(text, base64.b64decode(picture) if picture else None) for text, picture in said["pages"]]


def _environment() -> dict[str, str]:
    """What the interpreter needs to find its own library on Lambda, and nothing else."""
    return {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "PATH") if name in os.environ}


_PROGRAM: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from chalicelib.services import guide_pdf; guide_pdf.serve()"
)


def serve() -> None:
    """In the other process: read the PDF from the standard input, and say as JSON what is in it."""
    _limit()
    logging.disable()  # pypdf's warnings quote the file
    try:
        said: dict[str, Any] = {"pages": [_told(page) for page in _pages(sys.stdin.buffer.read())]}
    except RefusedError as refusal:
        said = {"reason": refusal.reason}
    except (MemoryError, RecursionError):
        said = {"reason": TOO_COMPLEX}
    except Exception:  # a reader that is fed a hostile file may raise anything
        said = {"reason": DAMAGED}
    sys.stdout.write(json.dumps(said))


def _limit() -> None:
    """Give this process little time and, where the system can, little memory."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    os.nice(5)


def _pages(content: bytes) -> list[Page]:
    """The pages of a PDF. Raises `RefusedError`, and whatever pypdf does."""
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError

    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise RefusedError(ENCRYPTED)
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise RefusedError(TOO_MANY_PAGES)
    if count == 0:
        raise RefusedError(NO_PAGES)
    try:
        return [_page(page) for page in reader.pages]
    except LimitReachedError as error:  # what unpacks to many times its size
        raise RefusedError(TOO_COMPLEX) from error


def _page(page: Any) -> Page:
    text = page.extract_text(extraction_mode="layout")[:LONGEST_PAGE]
    is_little = len("".join(text.split())) < LITTLE_TEXT
    picture = _picture(page) if is_little else None
    return Page(text, None) if picture is None else Page("", picture)


def _picture(page: Any) -> bytes | None:
    """The largest picture on a page, in grey as a JPEG; a page that was scanned is one."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    pictures = [each.image for each in page.images if each.image is not None]
    if not pictures:
        return None
    largest = max(pictures, key=lambda picture: picture.size[0] * picture.size[1]).convert("L")
    largest.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = BytesIO()
    largest.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _told(page: Page) -> tuple[str, str | None]:
    return page.text, base64.b64encode(page.picture).decode() if page.picture else None
