"""What an upload is found to be, by decoding it; and what the clean copy no longer holds."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import get_args

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from chalicelib.schemas import photos as schemas
from chalicelib.services import photo_check, photo_lines, transcribe
from chalicelib.services.photo_check import FORMATS, RefusedError, check
from chalicelib.store.models.people import LOCALES
from chalicelib.store.models.photos import CONTENT_TYPES
from tests.support import pictures
from tests.support.pictures import SECRET, decoded, drawn, encoded, photo

REASONS = ("damaged", "wrong_type", "too_large", "too_many_pixels", "animated")
JPEG, PNG, WEBP = CONTENT_TYPES
# By orientation: where the black quarter of `pictures.drawn` is seen, as (right, below).
SEEN = {
    1: (False, False),
    2: (True, False),
    3: (True, True),
    4: (False, True),
    5: (False, False),
    6: (True, False),
    7: (True, True),
    8: (False, True),
}


def refused(data: bytes, content_type: str) -> str:
    with pytest.raises(RefusedError) as caught:
        check(data, content_type)
    return caught.value.reason


def black_quarter(image: Image.Image) -> set[tuple[bool, bool]]:
    """Which quarters of the picture are black, as (right, below)."""
    grey = image.convert("L")
    quarters = [(right, below) for right in (False, True) for below in (False, True)]
    return {
        (right, below)
        for right, below in quarters
        if grey.getpixel((grey.width * (1 + 2 * right) // 4, grey.height * (1 + 2 * below) // 4)) < 60
    }


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
def test_a_photo_is_copied_with_a_thumbnail(content_type: str) -> None:
    clean = check(photo(content_type, 900, 600), content_type)
    assert photo_check.type_of(clean.image) == content_type
    assert (clean.width, clean.height) == decoded(clean.image).size == (900, 600)
    assert black_quarter(decoded(clean.image)) == {(False, False)}
    small = decoded(clean.thumbnail)
    assert (small.format, small.size) == ("JPEG", (320, 213))
    assert black_quarter(small) == {(False, False)}


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
def test_neither_place_nor_camera_nor_anything_else_is_copied(content_type: str) -> None:
    data = pictures.with_exif(content_type)
    assert SECRET.encode()[:9] in data
    clean = check(data, content_type)
    for copy in (clean.image, clean.thumbnail):
        assert SECRET.encode()[:9] not in copy
        assert dict(decoded(copy).getexif()) == {}
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(decoded(copy).info)


def test_comments_are_not_copied() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET)
    for data, content_type in (
        (encoded(drawn(), JPEG, comment=SECRET.encode()), JPEG),
        (encoded(drawn(), PNG, pnginfo=text), PNG),
        (encoded(drawn(), WEBP, xmp=SECRET.encode()), WEBP),
    ):
        assert b"Telephone" in data
        assert b"Telephone" not in check(data, content_type).image


def test_what_is_hidden_behind_the_picture_is_not_copied() -> None:
    for content_type in CONTENT_TYPES:
        polyglot = photo(content_type) + b"PK\x03\x04<script>alert(1)</script>"
        clean = check(polyglot, content_type)
        assert b"<script>" not in clean.image


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
@pytest.mark.parametrize("orientation", SEEN)
def test_a_photo_is_turned_as_it_was_seen(orientation: int, content_type: str) -> None:
    clean = check(pictures.with_exif(content_type, orientation), content_type)
    assert decoded(clean.image).size == ((60, 40) if orientation < 5 else (40, 60))
    assert black_quarter(decoded(clean.image)) == {SEEN[orientation]}
    assert black_quarter(decoded(clean.thumbnail)) == {SEEN[orientation]}


def test_notes_of_the_camera_that_cannot_be_read_are_no_fault_of_the_photo() -> None:
    data = encoded(drawn(), JPEG, exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xffgarbage")
    assert check(data, JPEG).width == 60


def test_a_large_photo_is_made_smaller() -> None:
    clean = check(encoded(drawn(6000, 3000, "L"), JPEG), JPEG)
    assert (clean.width, clean.height) == decoded(clean.image).size == (4096, 2048)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16"])
def test_a_png_of_any_kind_looks_the_same(mode: str) -> None:
    if mode == "I;16":
        image = Image.new(mode, (60, 40), 0xFFFF)
        image.paste(0, (0, 0, 30, 20))
    else:
        image = drawn().convert(mode)
    clean = check(encoded(image, PNG), PNG)
    assert black_quarter(decoded(clean.image)) == {(False, False)}


def test_what_is_transparent_is_white() -> None:
    image = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 30, 20))
    for content_type in (PNG, WEBP):
        clean = check(encoded(image, content_type), content_type)
        assert decoded(clean.image).mode == "RGB"
        assert black_quarter(decoded(clean.image)) == {(False, False)}


def test_sixteen_bits_of_grey_keep_their_shades() -> None:
    clean = check(encoded(Image.new("I;16", (8, 8), 0x8000), PNG), PNG)
    assert decoded(clean.image).getpixel((4, 4)) == 0x80


def test_colours_are_put_into_srgb() -> None:
    """A profile in which red and green change places shows whether it is followed."""
    srgb = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = srgb.index(b"rXYZ"), srgb.index(b"gXYZ")
    srgb[red : red + 4], srgb[green : green + 4] = b"gXYZ", b"rXYZ"
    image = Image.new("RGB", (8, 8), (255, 0, 0))
    clean = check(encoded(image, PNG, icc_profile=bytes(srgb)), PNG)
    assert decoded(clean.image).getpixel((4, 4)) == (0, 255, 0)


def test_a_profile_that_is_none_is_left_aside() -> None:
    clean = check(encoded(drawn(), PNG, icc_profile=b"no profile"), PNG)
    assert black_quarter(decoded(clean.image)) == {(False, False)}


def test_a_jpeg_with_more_pictures_in_it_is_the_first_of_them() -> None:
    """As telephones make it, with a depth map behind the photo."""
    data = encoded(drawn(), "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40), "red")])
    assert decoded(data).format == "MPO"
    assert black_quarter(decoded(check(data, JPEG).image)) == {(False, False)}


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
def test_a_photo_that_ends_too_early_is_damaged(content_type: str) -> None:
    noise = Image.effect_noise((300, 200), 60).convert("RGB")
    data = encoded(noise, content_type)
    for kept in (len(data) - 30, len(data) // 2, 40, 16, 13, 12):
        assert refused(data[:kept], content_type) == "damaged"


def test_a_photo_with_a_wrong_checksum_is_damaged() -> None:
    data = bytearray(photo(PNG))
    data[data.index(b"IDAT") + 6] ^= 0xFF
    assert refused(bytes(data), PNG) == "damaged"


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
def test_a_file_of_another_type_is_refused_whatever_it_is_called(content_type: str) -> None:
    others = [photo(other) for other in CONTENT_TYPES if other != content_type]
    others += [encoded(drawn(), kind) for kind in ("GIF", "BMP", "TIFF", "PDF")]
    others += [
        b"",
        b"\x00" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ\x90\x00",
        b"RIFF1234WAVE",
    ]
    assert {refused(data, content_type) for data in others} == {"wrong_type"}


def test_a_gif_behind_the_first_bytes_of_a_jpeg_is_damaged() -> None:
    assert refused(b"\xff\xd8\xff" + encoded(drawn(), "GIF"), JPEG) == "damaged"


@pytest.mark.parametrize("content_type", [PNG, WEBP])
def test_a_picture_that_moves_is_refused(content_type: str) -> None:
    assert refused(pictures.animated(content_type), content_type) == "animated"


@pytest.mark.parametrize("size", [(6325, 6325), (65_535, 65_535), (2**31 - 1, 2**31 - 1)])
def test_a_png_that_says_to_be_huge_is_never_decoded(size: tuple[int, int]) -> None:
    assert refused(pictures.png_of(*size), PNG) == "too_many_pixels"


@pytest.mark.parametrize("size", [(6325, 6325), (65_500, 65_500)])
def test_a_jpeg_that_says_to_be_huge_is_never_decoded(size: tuple[int, int]) -> None:
    assert refused(pictures.jpeg_of(*size), JPEG) == "too_many_pixels"


@pytest.mark.parametrize(
    ("kind", "size"),
    [
        (b"VP8X", (6325, 6325)),
        (b"VP8X", (2**24, 255)),
        (b"VP8L", (16_384, 16_384)),
        (b"VP8 ", (16_383, 16_383)),
    ],
)
def test_a_webp_that_says_to_be_huge_is_never_opened(kind: bytes, size: tuple[int, int]) -> None:
    assert refused(pictures.webp_of(*size, kind), WEBP) == "too_many_pixels"


def test_a_bomb_of_many_pixels_in_few_bytes_is_refused() -> None:
    rows = b"\x00" * (8001 * 8000)
    bomb = pictures.png_of(8000, 8000, rows)
    assert len(bomb) < 100_000
    assert refused(bomb, PNG) == "too_many_pixels"


def test_more_pixels_in_the_data_than_in_the_header_are_not_read() -> None:
    assert check(pictures.png_of(10, 10, b"\x00" * 50_000_000), PNG).width == 10


def test_a_bomb_of_text_is_refused() -> None:
    text = pictures.chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"a" * 50_000_000, 9))
    data = photo(PNG)
    end = data.index(b"IDAT") - 4
    assert refused(data[:end] + text + data[end:], PNG) == "damaged"


def test_a_file_of_more_than_ten_million_bytes_is_refused() -> None:
    data = photo(JPEG)
    assert check(data + b"\x00" * (10_000_000 - len(data)), JPEG).width == 60
    assert refused(data + b"\x00" * (10_000_001 - len(data)), JPEG) == "too_large"


def test_what_the_check_can_say_is_what_clients_are_told_of() -> None:
    assert set(FORMATS) == set(CONTENT_TYPES)
    assert photo_check.LARGEST_BYTES == schemas.LARGEST_BYTES
    told = (schemas.Reason, schemas.ReadingReason, schemas.LineReason)
    refused, waits, kept = (set(get_args(get_args(kind)[0])) for kind in told)
    assert refused == set(REASONS)
    assert waits == set(transcribe.REASONS)
    for locale in LOCALES:
        assert photo_lines._texts(locale).keys() == refused | waits | kept


def test_a_copy_can_be_checked_again() -> None:
    for content_type in CONTENT_TYPES:
        once = check(photo(content_type), content_type)
        assert check(once.image, content_type).width == once.width
        assert BytesIO(once.image).read(4) == photo(content_type)[:4]
