"""How a mail is written: text and HTML from the same words, in English and Spanish.

A template is a subject, a button's label and paragraphs. The paragraph `{link}` becomes the button,
`{sections}` what there is to tell, each with a heading. HTML is made of elements that every mail program
shows; it sets no colours but the button's, so that it is as readable on a dark ground.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

TEXTS = Path(__file__).parent.parent / "locales"
LINK, SECTIONS = "{link}", "{sections}"
PAGE = (
    '<!doctype html>\n<html lang="{locale}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width">\n'
    '<meta name="color-scheme" content="light dark">\n'
    "<title>{subject}</title>\n</head>\n"
    '<body style="font:16px/1.5 sans-serif;max-width:36em;margin:0 auto;padding:1em">\n'
    "{body}\n</body>\n</html>\n"
)
BUTTON = (
    '<p><a href="{link}" style="display:inline-block;padding:.6em 1.2em;border-radius:6px;'
    'background:#1d4ed8;color:#ffffff;text-decoration:none">{label}</a></p>\n'
    '<p style="font-size:13px;word-break:break-all">{link}</p>'
)
SMALL = '<p style="font-size:13px">{said} <a href="{link}">{label}</a></p>'


class Section(NamedTuple):
    """Something to tell: a heading, and a line for each point."""

    heading: str
    lines: Sequence[str]


class Written(NamedTuple):
    """A mail's words."""

    subject: str
    text: str
    html: str


def written(
    template: str,
    locale: str,
    *,
    link: str,
    sections: Sequence[Section] = (),
    unsubscribe_link: str | None = None,
    **values: str,
) -> Written:
    """The mail of `template` in the language `locale`.

    `values` fill its paragraphs; what they hold is text, in the HTML as well.
    """
    words = texts(locale)[template]
    subject = words["subject"].format(**values)
    plain, marked_up = [], []
    for paragraph in words["text"].strip().split("\n\n"):
        if paragraph == LINK:
            plain.append(link)
            marked_up.append(BUTTON.format(link=escape(link), label=escape(words["button"])))
        elif paragraph == SECTIONS:
            plain += ["\n".join((each.heading, *(f"- {line}" for line in each.lines))) for each in sections]
            marked_up += [_marked_up(each) for each in sections]
        else:
            said = paragraph.format(**values)
            plain.append(said)
            marked_up.append(f"<p>{escape(said)}</p>")
    if unsubscribe_link is not None:
        said, label = word(locale, "unsubscribe"), word(locale, "unsubscribe_label")
        plain.append(f"{said} {unsubscribe_link}")
        marked_up.append(SMALL.format(said=escape(said), link=escape(unsubscribe_link), label=escape(label)))
    body = "\n".join(marked_up)
    html = PAGE.format(locale=locale, subject=escape(subject), body=body)
    return Written(subject, "\n\n".join(plain) + "\n", html)


def word(locale: str, phrase: str, /, **values: Any) -> str:
    """The phrase of that name in the language `locale`, filled with `values`."""
    return str(texts(locale)["words"][phrase].format(**values))


def date_in(locale: str, day: date) -> str:
    """`day` as one writes it, without the year."""
    words = texts(locale)["words"]
    return str(words["date"].format(day=day.day, month=words["months"][day.month - 1]))


@functools.cache
def texts(locale: str) -> dict[str, Any]:
    """The templates of a language by name; under `words`, phrases that several of them share."""
    found: dict[str, Any] = json.loads((TEXTS / f"mail.{locale}.json").read_text("utf-8"))
    return found


def _marked_up(section: Section) -> str:
    lines = "".join(f"<li>{escape(line)}</li>" for line in section.lines)
    return f'<h2 style="font-size:18px">{escape(section.heading)}</h2>\n<ul>{lines}</ul>'
