"""The mails, in every language."""

from __future__ import annotations

import pytest

from chalicelib import settings
from chalicelib.services import mail
from chalicelib.store.models.people import LOCALES, User


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("template", mail.PAGES)
def test_every_mail_exists_and_holds_name_and_link(locale: str, template: str) -> None:
    user = User(name="Ada {link} López", email="ada@school.example", locale=locale)
    made = mail.compose(template, user, "a-token")
    assert made.to == "ada@school.example"
    assert made.link == f"{settings.get().web_url}/{mail.PAGES[template]}#token=a-token"
    assert made.link in made.text
    assert "Ada {link} López" in made.text
    assert made.subject
    assert "\n" not in made.subject


def test_no_language_has_mails_that_another_lacks() -> None:
    for path in mail.TEXTS.glob("mail.*.json"):
        locale = path.name.split(".")[1]
        assert locale in LOCALES
        assert mail._texts(locale).keys() == mail.PAGES.keys()
