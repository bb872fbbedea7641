"""The mails, in every language, as text and as HTML."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from chalicelib.services import mail_texts
from chalicelib.services.mail_contents import TEMPLATES
from chalicelib.services.mail_texts import Section, Written
from chalicelib.store.models.people import LOCALES

LINK = "https://app.tiza.example/page#token=a-token"
UNSUBSCRIBE = "https://app.tiza.example/unsubscribe#token=another"
NAME = "Ada {link} <b>López</b> & Co"
SECTIONS = [Section("Leo <i>", ["5 < 7", "ok"]), Section("Eva", ["one"])]


class Reader(HTMLParser):
    """What a mail program makes of a page: its words, links, attributes and elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words = ""
        self.links: list[str] = []
        self.open: list[str] = []
        self.elements: dict[str, dict[str, str | None]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] = dict(attrs)
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data + " "


def made(template: str, locale: str, **more: Any) -> Written:
    values = {"name": NAME, "since": "A", "until": "B", **more}
    return mail_texts.written(template, locale, link=LINK, sections=SECTIONS, **values)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_mail_exists_and_holds_name_and_link(locale: str, template: str) -> None:
    mail = made(template, locale)
    page = Reader(mail.html)
    assert mail.subject
    assert "\n" not in mail.subject
    assert page.open == []
    assert page.elements["html"] == {"lang": locale}
    for words in (mail.text, page.words):
        assert NAME in words
        assert LINK in words
    assert page.links == [LINK]
    assert not re.search(r"{\w+}", (mail.subject + mail.text).replace(NAME, ""))


def test_text_and_html_say_the_same() -> None:
    mail = made("weekly_summary", "en", unsubscribe_link=UNSUBSCRIBE)
    page = Reader(mail.html)

    def words_of(text: str) -> set[str]:
        return set(text.replace("- ", " ").split())

    assert words_of(mail.text) - {UNSUBSCRIBE} <= words_of(page.words)


def test_sections_stand_under_their_headings_and_are_text() -> None:
    mail = made("weekly_summary", "es")
    assert "Leo <i>\n- 5 < 7\n- ok\n\nEva\n- one\n" in mail.text
    assert "<i>" not in mail.html
    assert "<li>5 &lt; 7</li><li>ok</li>" in mail.html


def test_a_subscription_can_be_ended_from_its_mails() -> None:
    mail = made("practice_reminder", "en", unsubscribe_link=UNSUBSCRIBE)
    assert UNSUBSCRIBE in mail.text
    assert Reader(mail.html).links == [LINK, UNSUBSCRIBE]
    assert UNSUBSCRIBE not in made("practice_reminder", "en").text


def test_it_is_readable_on_a_dark_ground() -> None:
    page = made("reset_password", "en").html
    assert '<meta name="color-scheme" content="light dark">' in page
    coloured = [tag for tag in re.findall(r"<[^>]+>", page) if re.search(r"(?<!-)color:|background", tag)]
    assert len(coloured) == 1  # the button, which sets both
    assert re.search(r"background:#\w{6};color:#\w{6}", coloured[0])


def test_no_language_has_mails_or_phrases_that_another_lacks() -> None:
    found = {path.name.split(".")[1] for path in mail_texts.TEXTS.glob("mail.*.json")}
    assert found == set(LOCALES)
    shapes = [{name: sorted(words) for name, words in mail_texts.texts(locale).items()} for locale in LOCALES]
    assert all(shape == shapes[0] for shape in shapes)
    assert set(shapes[0]) == {*TEMPLATES, "words"}


def test_days_are_written_as_each_language_has_them() -> None:
    assert mail_texts.date_in("en", date(2026, 3, 9)) == "9 March"
    assert mail_texts.date_in("es", date(2026, 12, 24)) == "24 de diciembre"
