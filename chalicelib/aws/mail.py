"""Amazon Simple Email Service, version 2 of its API: one mail out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from chalicelib import settings
from chalicelib.aws import client
from chalicelib.aws.uses import FROM_US, MAIL, uses

UTF8 = "UTF-8"
# SES says so of an address, or of what stands in the mail: to ask again changes nothing. The second is the
# name that version 1 of the API has for it.
REFUSALS = frozenset({"BadRequestException", "InvalidParameterValue"})


class Mail(NamedTuple):
    """A mail as it leaves: to one address, as text and as HTML. `headers` are beside those that SES sets."""

    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str]


class RefusedError(Exception):
    """The mail cannot be sent to this address, now or later; `code` is SES's name for the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@uses(MAIL, "ses:SendEmail", only=FROM_US)
def send(mail: Mail, message_id: str) -> str:
    """Send one mail; SES's id of it. `message_id` comes back in the tags of its bounces and complaints.

    Raises `RefusedError`, `UnavailableError` where SES is away or sends no more for now, and
    `client.Refused` where it refuses us rather than the mail (an identity that is not verified, a paused
    account).
    """
    current = settings.get()
    arguments = {
        "FromEmailAddress": current.mail_from,
        "Destination": {"ToAddresses": [mail.to]},
        "Content": {
            "Simple": {
                "Subject": _text(mail.subject),
                "Body": {"Text": _text(mail.text), "Html": _text(mail.html)},
                "Headers": [{"Name": name, "Value": value} for name, value in mail.headers.items()],
            }
        },
        "EmailTags": [{"Name": "message_id", "Value": message_id}],
    }
    if current.mail_configuration_set:
        arguments["ConfigurationSetName"] = current.mail_configuration_set
    try:
        return str(client.call("sesv2", "send_email", **arguments)["MessageId"])
    except client.Refused as refusal:
        if refusal.code in REFUSALS:
            raise RefusedError(refusal.code) from refusal
        raise


def _text(data: str) -> dict[str, str]:
    return {"Data": data, "Charset": UTF8}
