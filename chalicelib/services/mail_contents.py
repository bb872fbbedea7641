"""What stands in each mail, and who may get it: read from the database when the mail is made."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from chalicelib import settings
from chalicelib.errors import SwitchedOffError
from chalicelib.message import Message
from chalicelib.services import (
    digest_rules,
    family_summary,
    mail_suppressions,
    mail_texts,
    one_time,
    switches,
)
from chalicelib.services.mail_texts import Section
from chalicelib.store.models.base import now
from chalicelib.store.models.mails import MailDelivery, MailPreference
from chalicelib.store.models.people import FamilyLink, School, User

if TYPE_CHECKING:
    from chalicelib.schemas.families import ChildSummary

MAILS_PER_HOUR = 5  # with a token, to one person, whoever asks
UNSUBSCRIBE_PAGE = "unsubscribe"
UNSUBSCRIBE_PATH = "/v1/notifications/unsubscribe"
RETRY_SECONDS = 60
SWITCH = "mail"
MOST_BUGS = 3  # of a child, in one mail: those that showed most


class Template(NamedTuple):
    """A kind of mail.

    `page` is where it leads, on the frontend; `purpose` that of the one-time token it carries; `kind` that of
    the notifications it belongs to, for a mail that goes to subscribers only.
    """

    page: str
    purpose: str | None = None
    kind: str | None = None


TEMPLATES = {
    "verify_email": Template("verify-email", purpose="verify_email"),
    "address_taken": Template("reset-password", purpose="reset_password"),
    "reset_password": Template("reset-password", purpose="reset_password"),
    "set_password": Template("set-password", purpose="set_password"),
    "practice_reminder": Template("practice", kind="practice_reminder"),
    "weekly_summary": Template("children", kind="weekly_summary"),
}
WITH_TOKEN = tuple(name for name, template in TEMPLATES.items() if template.purpose)


class Letter(NamedTuple):
    """A mail that is ready to leave. `token` is the one that its link carries, if any."""

    to: str
    words: mail_texts.Written
    headers: dict[str, str]
    link: str
    token: str | None


class UnwantedError(Exception):
    """This mail shall not be sent; the message is the reason, a stable name."""


def letter(message: Message, user: User) -> Letter:
    """The mail that `message` asks for. In a transaction that has entered as `user`, whose row it holds.

    Raises `UnwantedError`, and `SwitchedOffError`.
    """
    name = str(message.payload["template"])
    template = TEMPLATES[name]
    if user.status != "active" or user.email is None:
        raise UnwantedError("no_address")
    if mail_suppressions.holds(user.email):
        raise UnwantedError("suppressed")
    if not switches.is_on(SWITCH, user.school_id):
        raise SwitchedOffError(retry_after=RETRY_SECONDS, feature=SWITCH)
    if template.kind:
        return _for_subscriber(message, user, name, template)
    return _with_token(message, user, name, template)


def _with_token(message: Message, user: User, name: str, template: Template) -> Letter:
    """A mail whose link carries a new one-time token."""
    if template.purpose == "verify_email" and user.email_verified_at is not None:
        raise UnwantedError("nothing_to_verify")
    lately = MailDelivery.select().where(
        MailDelivery.user == user.id,
        MailDelivery.template.in_(WITH_TOKEN),
        MailDelivery.status != "dropped",
        MailDelivery.created_at > now() - timedelta(hours=1),
        MailDelivery.message_id != message.id,
    )
    if lately.count() >= MAILS_PER_HOUR:
        raise UnwantedError("too_many")
    token = one_time.mint(str(template.purpose), user)
    link = f"{_page(template)}#token={token}"  # behind `#`: no server logs it
    return Letter(
        str(user.email), mail_texts.written(name, user.locale, link=link, name=user.name), {}, link, token
    )


def _for_subscriber(message: Message, user: User, name: str, template: Template) -> Letter:
    """A mail that one has asked for, and can end by one click (RFC 8058)."""
    preference = MailPreference.get_or_none(
        MailPreference.user == user.id, MailPreference.kind == template.kind, MailPreference.is_subscribed
    )
    if preference is None:
        raise UnwantedError("not_subscribed")
    if user.email_verified_at is None:
        raise UnwantedError("not_verified")
    sections, values = TOLD[name](message, user)
    if not sections:
        raise UnwantedError("nothing_to_tell")
    token, link, api_url = preference.unsubscribe_token, _page(template), settings.get().api_url
    words = mail_texts.written(
        name,
        user.locale,
        link=link,
        sections=sections,
        unsubscribe_link=f"{settings.get().web_url}/{UNSUBSCRIBE_PAGE}#token={token}",
        name=user.name,
        **values,
    )
    headers = {}
    if api_url:
        headers["List-Unsubscribe"] = f"<{api_url}{UNSUBSCRIBE_PATH}?token={quote(token)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return Letter(str(user.email), words, headers, link, None)


def _reminder(message: Message, user: User) -> tuple[list[Section], dict[str, str]]:
    """Who of the user and their children has not practised lately, as of the day of the message."""
    day = date.fromisoformat(message.payload["day"])
    idle = digest_rules.idle_students(user.id, day, _school(user).time_zone)
    sections = []
    for name, last_on in idle:
        line = mail_texts.word(user.locale, "never")
        if last_on is not None:
            line = mail_texts.word(user.locale, "idle", day=mail_texts.date_in(user.locale, last_on))
        sections.append(Section(name, [line]))
    return sections, {}


def _summary(message: Message, user: User) -> tuple[list[Section], dict[str, str]]:
    """What the user's confirmed children did in the week that begins on the day of the message."""
    monday, time_zone, locale = (
        date.fromisoformat(message.payload["week"]),
        _school(user).time_zone,
        user.locale,
    )
    since, until = (digest_rules.start_of(monday + timedelta(days=n), time_zone) for n in (0, 7))
    children = (
        User.select(User.id, User.name)
        .join(FamilyLink, on=(FamilyLink.student_id == User.id))
        .where(
            FamilyLink.parent_id == user.id, FamilyLink.confirmed_at.is_null(False), User.status == "active"
        )
        .order_by(User.name, User.id)
    )
    sections = [
        Section(child.name, _week_of(family_summary.of(child.id, since, until, locale), locale))
        for child in children
    ]
    last_day = monday + timedelta(days=6)
    days = {"since": mail_texts.date_in(locale, monday), "until": mail_texts.date_in(locale, last_day)}
    return sections, days


def _week_of(summary: ChildSummary, locale: str) -> list[str]:
    """A child's week in lines: how many answers, skills that changed their level, bugs that showed."""
    if not summary.answers:
        return [mail_texts.word(locale, "none")]
    lines = [mail_texts.word(locale, "answers", attempts=summary.answers, right=summary.right)]
    changed = [skill for skill in summary.skills if skill.level != skill.level_before]
    for name, is_better in (("risen", True), ("fallen", False)):
        skills = [skill.name for skill in changed if (skill.p_known > skill.p_known_before) == is_better]
        if skills:
            lines.append(mail_texts.word(locale, name, skills=", ".join(skills)))
    for bug in summary.bugs[:MOST_BUGS]:
        lines.append(mail_texts.word(locale, "bug", name=bug.name, explanation=bug.explanation))
    return lines


def _school(user: User) -> School:
    school: School = School.get_by_id(user.school_id)
    return school


def _page(template: Template) -> str:
    return f"{settings.get().web_url}/{template.page}"


# What there is to tell in the mails to subscribers: sections, and values for the paragraphs.
TOLD = {"practice_reminder": _reminder, "weekly_summary": _summary}
