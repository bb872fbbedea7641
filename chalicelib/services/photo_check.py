"""Whether an uploaded file is the photo that it was said to be, found by decoding it; and a clean copy of it.

The copy is encoded anew from the pixels alone: no place, no camera, no thumbnail of before the crop and
nothing that a second reader of the file might take for something else gets any further. Pillow decodes; it
is imported by the worker that needs it and by nobody else (60 ms).
"""

from __future__ import annotations

import functools
import warnings
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_BYTES: Final = 10_000_000
MOST_PIXELS: Final = 40_000_000  # some 650 MB while the worst, a WebP, is decoded
LONGEST_SIDE: Final = 4096  # of the copy; a page of A4 then has 350 dots an inch
THUMBNAIL_SIDE: Final = 320

DAMAGED: Final = "damaged"
WRONG_TYPE: Final = "wrong_type"
TOO_LARGE: Final = "too_large"
TOO_MANY_PIXELS: Final = "too_many_pixels"
ANIMATED: Final = "animated"

# By content type: Pillow's name of the format and how the copy is encoded. WebP's slower methods take 15 s
# for a large photo and save a tenth.
FORMATS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "image/jpeg": ("JPEG", {"quality": 90}),
    "image/png": ("PNG", {"compress_level": 6}),
    "image/webp": ("WEBP", {"quality": 90, "method": 2}),
}
PLUGINS = ("Jpeg", "Mpo", "Png", "WebP")  # MPO: a JPEG of several pictures, as many telephones make
SMOOTH = ("L", "LA", "RGB", "RGBA")  # Pillow's modes whose numbers can be averaged
THUMBNAIL_TYPE: Final = "image/jpeg"
THUMBNAIL_QUALITY: Final = 80
ORIENTATION = 0x0112  # Exif 2.32, 4.6.4: how the camera was held
WEBP_ANIMATION = 0x02  # RFC 9649, 2.7: the flag in a VP8X chunk


class RefusedError(Exception):
    """The file is not taken; `reason` is one of the constants above."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Clean(NamedTuple):
    """The clean copy in the declared type, its size in pixels, and a small JPEG of it."""

    image: bytes
    thumbnail: bytes
    width: int
    height: int


def check(data: bytes, content_type: str) -> Clean:
    """A clean copy of the photo in `data`, which is said to be a `content_type`. Raises `RefusedError`."""
    if len(data) > LARGEST_BYTES:
        raise RefusedError(TOO_LARGE)
    if type_of(data) != content_type:
        raise RefusedError(WRONG_TYPE)
    try:
        with warnings.catch_warnings(action="ignore"):  # Pillow's quote the file, and go past the log
            if content_type == "image/webp":
                _check_webp_header(data)
            return _copied(_upright(_decoded(data, FORMATS[content_type][0])), content_type)
    except (RefusedError, MemoryError):
        raise
    except Exception as error:  # a decoder that is fed a hostile file may raise anything
        raise RefusedError(DAMAGED) from error


def smaller(data: bytes, content_type: str, longest_side: int, most_bytes: int) -> tuple[str, bytes]:
    """A clean copy of at most that size, for who takes no larger one: its content type and its bytes.

    One that is small enough is given back as it is; another becomes a JPEG, and always the same one.
    """
    image = _pillow().open(BytesIO(data), formats=[FORMATS[content_type][0]])
    if max(image.size) <= longest_side and len(data) <= most_bytes:
        return content_type, data
    image.draft("RGB", (longest_side, longest_side))  # a JPEG is decoded at half the size, or less
    image.thumbnail((longest_side, longest_side))
    return THUMBNAIL_TYPE, _encoded(_opaque(image), "JPEG", FORMATS[THUMBNAIL_TYPE][1])


def type_of(data: bytes) -> str | None:
    """The content type that a file's first bytes tell, of those that are taken."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    return None


def _check_webp_header(data: bytes) -> None:
    """Refuse by the header what Pillow would make room for when it opens the file (RFC 9649, 2.5 to 2.7)."""
    chunk = data[12:16]
    if chunk == b"VP8X" and data[20] & WEBP_ANIMATION:
        raise RefusedError(ANIMATED)
    if chunk == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    elif chunk == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (int.from_bytes(data[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    _check_pixels(width, height)


def _check_pixels(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise RefusedError(TOO_MANY_PIXELS)


@functools.cache
def _pillow() -> Any:
    """Pillow's main module, with the formats that are taken and no other."""
    from PIL import Image

    for name in PLUGINS:
        import_module(f"PIL.{name}ImagePlugin")
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # beyond twice as many Pillow raises, by itself
    return Image


def _decoded(data: bytes, name: str) -> Image:
    """All pixels of the file, once its header was found fit. Raises `RefusedError`, or what Pillow raises."""
    pillow = _pillow()
    try:
        image: Image = pillow.open(BytesIO(data), formats=[name])
    except pillow.DecompressionBombError as error:
        raise RefusedError(TOO_MANY_PIXELS) from error
    _check_pixels(*image.size)
    # A JPEG may hold more pictures (a depth map, a second exposure): the first is the photo.
    if name != "JPEG" and getattr(image, "is_animated", False):
        raise RefusedError(ANIMATED)
    if name == "PNG":
        image.verify()  # the checksums of all parts, up to the end mark; it uses the file up
        image = pillow.open(BytesIO(data), formats=[name])
    image.load()
    return image


def _upright(image: Image) -> Image:
    """The picture as it was seen, in sRGB or grey, without transparency."""
    transpose = _pillow().Transpose
    turns = {
        2: transpose.FLIP_LEFT_RIGHT,
        3: transpose.ROTATE_180,
        4: transpose.FLIP_TOP_BOTTOM,
        5: transpose.TRANSPOSE,
        6: transpose.ROTATE_270,
        7: transpose.TRANSVERSE,
        8: transpose.ROTATE_90,
    }
    orientation = _orientation(image)
    image = _in_srgb(image)
    if image.mode in SMOOTH:  # before it is copied: that halves the memory
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    image = _opaque(image)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return image.transpose(turns[orientation]) if orientation in turns else image


def _orientation(image: Image) -> int | None:
    """What the camera noted; nothing where its notes cannot be read, which is no fault of the picture."""
    try:
        return image.getexif().get(ORIENTATION)
    except Exception:
        return None


def _in_srgb(image: Image) -> Image:
    """The picture with the colours of its profile put into sRGB; as it is where there is no fit profile."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK"):
        return image
    from PIL import ImageCms

    try:
        srgb = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, BytesIO(profile), srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted or image


def _opaque(image: Image) -> Image:
    """The picture in RGB or in eight bits of grey; what was transparent is white."""
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        paper: Image = _pillow().new("RGB", image.size, "white")
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    if image.mode.startswith("I"):  # sixteen bits of grey
        return image.convert("I").point([value >> 8 for value in range(65_536)], "L")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _copied(image: Image, content_type: str) -> Clean:
    image.info.clear()  # some formats write what stands there: comments, profiles
    name, options = FORMATS[content_type]
    width, height = image.size
    encoded = _encoded(image, name, options)
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Clean(encoded, _encoded(image, "JPEG", {"quality": THUMBNAIL_QUALITY}), width, height)


def _encoded(image: Image, name: str, options: dict[str, Any]) -> bytes:
    out = BytesIO()
    image.save(out, name, **options)
    return out.getvalue()
