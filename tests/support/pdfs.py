"""PDFs made by hand (ISO 32000-1): pages of text, scanned pages, and files that are not fit."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

A4 = (595, 842)


def text_pdf(*pages: str) -> bytes:
    """A PDF whose pages have these lines as text."""
    return _pdf([_text_page(page) for page in pages])


def scanned_pdf(*pages: str) -> bytes:
    """A PDF whose pages are pictures of these lines, without text."""
    return _pdf([_scanned_page(page) for page in pages])


def bomb_pdf() -> bytes:
    """A PDF with a page whose content is small and unpacks to 2 GB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(2048)) + packer.flush()
    return _pdf([(_stream(packed, b"/Filter /FlateDecode"), b"", [])])


def encrypted_pdf() -> bytes:
    """A PDF that needs a password."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=BytesIO(text_pdf("1. 503 - 278 =")))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


Page = tuple[bytes, bytes, Sequence[bytes]]  # content, resources, further objects


def _text_page(text: str) -> Page:
    rows = []
    for number, line in enumerate(text.splitlines()):
        escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        encoded = escaped.encode("cp1252", "replace")
        rows.append(b"BT /F1 12 Tf 60 %d Td (%s) Tj ET" % (780 - 20 * number, encoded))
    font = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >> >>"
    return _stream(b"\n".join(rows)), font, []


def _scanned_page(text: str) -> Page:
    picture = Image.new("L", A4, 255)
    ImageDraw.Draw(picture).multiline_text((60, 60), text, fill=0, font_size=24)
    out = BytesIO()
    picture.save(out, "JPEG")
    about = b"/Type /XObject /Subtype /Image /Width %d /Height %d" % A4
    about += b" /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode"
    content = _stream(b"q 595 0 0 842 0 0 cm /Im1 Do Q")
    return content, b"/XObject << /Im1 %REF% >>", [_stream(out.getvalue(), about)]


def _stream(content: bytes, about: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), about, content)


def _pdf(pages: Sequence[Page]) -> bytes:
    """The file: catalogue, tree of pages, then each page with what it needs; and the table of places."""
    objects: list[bytes] = [b"", b""]
    kids = []
    for content, resources, further in pages:
        first = len(objects) + 1
        page, body = first, first + 1
        named = resources.replace(b"%REF%", b"%d 0 R" % (first + 2))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << %s >> >>"
            % (body, named)
        )
        objects += [content, *further]
        kids.append(b"%d 0 R" % page)
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
