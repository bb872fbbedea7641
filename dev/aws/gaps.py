"""Applies what moto's CloudFormation leaves out, through each service's own calls, and reads everything back.

moto reports success for a stack and yet makes no queue policy, subscription, alarm or mail resource, and of
a bucket hardly more than the name. So each resource of the template is read through its service, set where
it is not as the template says, and read again. A resource type or a property that nobody taught this module
is an error, so that nothing is left out in silence. Without a difference nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from dev.aws import gaps_mail, gaps_queues, gaps_s3, gaps_web
from dev.aws.resolve import Place, Resolver, Resource, same
from dev.aws.shape import Shape
from dev.aws.stack import StackError

KINDS: dict[str, Callable[[Any, Place, dict[str, Any]], Shape]] = {
    **gaps_queues.KINDS,
    **gaps_s3.KINDS,
    **gaps_mail.KINDS,
    **gaps_web.KINDS,
}
LAST = (
    "AWS::S3::Bucket",
    "AWS::SES::ConfigurationSetEventDestination",
)  # they name others that must be there


class GapError(StackError):
    """The local AWS is not as the template says, and cannot be brought to it; the message says where."""


class Difference(NamedTuple):
    """A property that is not as the template has it."""

    resource: str
    aspect: str
    wanted: Any
    found: Any


def mend(aws: Any, place: Place, resolver: Resolver) -> list[str]:
    """Bring all resources to what the template says; `LogicalId.aspect` of each that was not.

    `aws` has `client(service)`. Raises `GapError`.
    """
    mended = []
    for resource in _in_order(resolver):
        for aspect in _shape(aws, place, resource):
            if same(aspect.wanted, aspect.read()):
                continue
            if aspect.write is not None:
                aspect.write()
                mended.append(f"{resource.logical_id}.{aspect.name}")
            if not same(aspect.wanted, found := aspect.read()):
                raise GapError(f"{resource.logical_id}.{aspect.name}: {aspect.wanted!r} != {found!r}")
    return mended


def differences(aws: Any, place: Place, resolver: Resolver) -> list[Difference]:
    """What is not as the template says. Changes nothing."""
    return [
        Difference(resource.logical_id, aspect.name, aspect.wanted, found)
        for resource in _in_order(resolver)
        for aspect in _shape(aws, place, resource)
        if not same(aspect.wanted, found := aspect.read())
    ]


def _in_order(resolver: Resolver) -> list[Resource]:
    return sorted(resolver.resources(), key=lambda resource: resource.type in LAST)


def _shape(aws: Any, place: Place, resource: Resource) -> Shape:
    """The resource's aspects. Raises `GapError` where the type or one of the properties is unknown."""
    kind = KINDS.get(resource.type)
    if kind is None:
        raise GapError(f"{resource.logical_id}: nobody taught dev/aws/gaps.py what {resource.type} is.")
    left = dict(resource.properties)
    shape = kind(aws, place, left)
    if left:
        raise GapError(f"{resource.logical_id}: nobody reads back {', '.join(sorted(left))}.")
    return shape
