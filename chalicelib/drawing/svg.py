"""The elements of SVG as text, and how wide words come out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import escape

FONT = "Arial, Helvetica, sans-serif"
GROUND, INK, FAINT, RULE = "#ffffff", "#1a1a1a", "#595959", "#c4c4c4"
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
ELLIPSIS = "…"
# Widths in the font's size, as Arial and Helvetica have them, rounded up.
NARROW, USUAL, BROAD, FULL = 0.34, 0.58, 0.88, 1.0
NARROW_LETTERS, BROAD_LETTERS = frozenset("fijlrtI.,:;'|!()[]- "), frozenset("mwMW@%…")
CAPITAL = 0.74


def element(tag: str, *content: str, **attributes: object) -> str:
    """One element; `content` is markup, attributes are text. An underscore in a name stands for a hyphen."""
    said = "".join(
        f' {name.strip("_").replace("_", "-")}="{_quoted(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{said}>{''.join(content)}</{tag}>" if content else f"<{tag}{said}/>"


def words(x: float, y: float, said: str, *, size: float = 12, fill: str = INK, **attributes: object) -> str:
    """A line of text whose baseline begins, ends or is centred at (x, y), as `text_anchor` has it."""
    return element("text", text(said), x=x, y=y, font_size=size, fill=fill, **attributes)


def text(said: str) -> str:
    """Text as markup."""
    return escape(NOT_IN_XML.sub("", said))


def titled(said: str, *content: str) -> str:
    """`content` with words that are shown when one points at it."""
    return element("g", element("title", text(said)), *content)


def document(
    width: float, height: float, content: Iterable[str], *, title: str, about: str, key: str, locale: str
) -> str:
    """A whole picture. `title` and `about` are read out; `key` tells its ids from those of other pictures."""
    names = (f"{key}-title", f"{key}-about")
    return element(
        "svg",
        element("title", text(title), id=names[0]),
        element("desc", text(about), id=names[1]),
        element("rect", width="100%", height="100%", fill=GROUND),
        *content,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {_short(width)} {_short(height)}",
        role="img",
        aria_labelledby=" ".join(names),
        xml_lang_=locale,
        lang=locale,
        font_family=FONT,
    ).replace(" xml-lang=", " xml:lang=", 1)


def width_of(said: str, size: float) -> float:
    """How wide `said` comes out at most, roughly; combining marks and the like take no room."""
    return size * sum(map(_width, said))


def fitted(said: str, width: float, size: float) -> str:
    """`said`, shortened by an ellipsis where it would be wider than `width`."""
    if width_of(said, size) <= width:
        return said
    room = width - width_of(ELLIPSIS, size)
    kept = ""
    for letter in said:
        room -= size * _width(letter)
        if room < 0:
            break
        kept += letter
    return kept.rstrip() + ELLIPSIS


def wrapped(said: str, width: float, size: float) -> list[str]:
    """`said` in lines no wider than `width`; a single word that is gets an ellipsis."""
    lines: list[str] = []
    for word in said.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(fitted(word, width, size))
    return lines


def _width(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return FULL
    if letter in NARROW_LETTERS:
        return NARROW
    if letter in BROAD_LETTERS:
        return BROAD
    return CAPITAL if letter.isupper() else USUAL


def _quoted(value: object) -> str:
    return _short(value) if isinstance(value, float) else text(str(value))


def _short(value: float) -> str:
    """A length in at most one decimal: what lies beyond is not seen."""
    return f"{value:.1f}".removesuffix(".0")
