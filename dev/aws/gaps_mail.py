"""SES: configuration set, identity, and where bounces and complaints go."""

from __future__ import annotations

import functools
from typing import Any

from dev.aws.resolve import Place
from dev.aws.shape import Aspect, Shape, part, unless_absent

Json = dict[str, Any]


def _configuration_set(aws: Any, _: Place, properties: Json) -> Shape:
    ses = aws.client("sesv2")
    name = properties.pop("Name")
    options = {option: properties.pop(option) for option in list(properties)}
    wanted = {"ConfigurationSetName": name, **options}

    def read() -> Json:
        answer = unless_absent(functools.partial(ses.get_configuration_set, ConfigurationSetName=name))
        return part(answer, wanted)

    return [
        Aspect("ConfigurationSet", wanted, read, functools.partial(ses.create_configuration_set, **wanted))
    ]


def _identity(aws: Any, _: Place, properties: Json) -> Shape:
    ses = aws.client("sesv2")
    identity = properties.pop("EmailIdentity")
    wanted = properties.pop("ConfigurationSetAttributes")

    def read() -> Json:
        answer = unless_absent(functools.partial(ses.get_email_identity, EmailIdentity=identity))
        return part(answer, wanted)

    return [
        Aspect(
            "EmailIdentity",
            wanted,
            read,
            functools.partial(ses.create_email_identity, EmailIdentity=identity, **wanted),
        )
    ]


def _event_destination(aws: Any, _: Place, properties: Json) -> Shape:
    """Through SES v1, the only one in which moto has event destinations."""
    ses = aws.client("ses")
    name, wanted = properties.pop("ConfigurationSetName"), properties.pop("EventDestination")
    wanted = {**wanted, "SNSDestination": wanted["SnsDestination"]}
    del wanted["SnsDestination"]

    def read() -> Json:
        answer = ses.describe_configuration_set(
            ConfigurationSetName=name, ConfigurationSetAttributeNames=["eventDestinations"]
        )
        found = [one for one in answer.get("EventDestinations", []) if one]
        return part(found[0], wanted) if found else {}

    write = functools.partial(
        ses.create_configuration_set_event_destination, ConfigurationSetName=name, EventDestination=wanted
    )
    return [Aspect("EventDestination", wanted, read, write)]


KINDS = {
    "AWS::SES::ConfigurationSet": _configuration_set,
    "AWS::SES::EmailIdentity": _identity,
    "AWS::SES::ConfigurationSetEventDestination": _event_destination,
}
