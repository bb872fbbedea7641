"""Pictures to upload: good ones, and files that are not what they say."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
PNG_START = b"\x89PNG\r\n\x1a\n"
GPS = 0x8825  # Exif 2.32: the pointer to where the camera was
ORIENTATION = 0x0112
CAMERA = 0x0110
SECRET = "Telephone of Ada López"
SAMPLE = Path(__file__).parents[2] / "dev" / "demo" / "work.png"
SAMPLE_LINES = (
    "503 - 278 = 375",
    "61 + 28 = 89",
    "1/2 + 1/3 = 2/5",
    "12 x 13 = 156",
    "84 : 7 = 12",
    "1.5 + 2.25 = 3.75",
)


def drawn(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """White paper with a black upper left quarter, so that it shows how it was turned."""
    image = Image.new(mode, (width, height), "white")
    image.paste(Image.new(mode, (width // 2, height // 2), "black"), (0, 0))
    return image


def encoded(image: Image.Image, content_type: str = "image/jpeg", **options: Any) -> bytes:
    """`image` as a file of that type."""
    out = BytesIO()
    image.save(out, FORMATS.get(content_type, content_type), **options)
    return out.getvalue()


def decoded(data: bytes) -> Image.Image:
    """The picture in a file."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def photo(content_type: str = "image/jpeg", width: int = 60, height: int = 40) -> bytes:
    """A good photo."""
    return encoded(drawn(width, height), content_type)


def printed(lines: Sequence[str], content_type: str = "image/png", height: int = 44) -> bytes:
    """White paper with these lines of print, each so many pixels high."""
    paper = Image.new("L", (900, 60 + 2 * height * len(lines)), "white")
    pen, font = ImageDraw.Draw(paper), ImageFont.load_default(height)
    for number, line in enumerate(lines):
        pen.text((60, 40 + 2 * height * number), line, font=font, fill="black")
    return encoded(paper.quantize(8) if content_type == "image/png" else paper, content_type)


def sample() -> bytes:
    """The photo of printed work that the README hands in."""
    return printed(SAMPLE_LINES)


def with_exif(content_type: str, orientation: int = 1) -> bytes:
    """A photo in which the camera has noted itself, how it was held and where it was."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[CAMERA] = SECRET
    exif.get_ifd(GPS).update({1: "N", 2: (40.0, 24.0, 59.0), 3: "W", 4: (3.0, 42.0, 9.0)})
    return encoded(drawn(), content_type, exif=exif)


def animated(content_type: str) -> bytes:
    """Two pictures that take turns."""
    more = [Image.new("RGB", (60, 40), "red")]
    return encoded(drawn(), content_type, save_all=True, append_images=more, duration=100)


def chunk(kind: bytes, data: bytes) -> bytes:
    """One part of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int, rows: bytes = b"") -> bytes:
    """A PNG in eight bits of grey that says to be of that size, with `rows` of pixels in it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows, 9)), chunk(b"IEND", b""))
    return PNG_START + b"".join(parts)


def webp_of(width: int, height: int, kind: bytes) -> bytes:
    """A WebP whose header says that size, and hardly anything after it."""
    if kind == b"VP8X":
        size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        body = b"\x00\x00\x00\x00" + size
    elif kind == b"VP8L":
        body = b"\x2f" + ((width - 1) | (height - 1) << 14).to_bytes(4, "little") + b"\x00" * 5
    else:
        body = b"\x10\x00\x00\x9d\x01\x2a" + struct.pack("<HH", width, height) + b"\x00" * 6
    data = b"WEBP" + kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(data)) + data


def jpeg_of(width: int, height: int) -> bytes:
    """A small JPEG whose header says another size."""
    data = photo()
    at = data.index(b"\xff\xc0")
    return data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]


if __name__ == "__main__":
    SAMPLE.write_bytes(sample())
