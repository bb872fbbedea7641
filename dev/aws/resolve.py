"""A template's references and functions, worked out as CloudFormation does, as far as ours uses them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

NAMED_BY = {
    "AWS::SQS::Queue": "QueueName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SES::ConfigurationSet": "Name",
    "AWS::SSM::Parameter": "Name",
    "AWS::CloudFront::Function": "Name",
}
BY_AWS = "AWS::CloudFront::"  # what AWS itself gives ids


class Place(NamedTuple):
    """Where a stack stands."""

    partition: str
    region: str
    account: str

    def arn(self, service: str, name: str) -> str:
        """The ARN of something of `service` in this account and region."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{name}"


class Resource(NamedTuple):
    """A resource with all its properties worked out."""

    logical_id: str
    type: str
    properties: dict[str, Any]


class Resolver:
    """Works out `template` for one `place` and its `parameters` (lists as text with commas).

    `ids`: what AWS itself has named, by logical id. Without, the logical id stands for it.
    """

    def __init__(
        self,
        template: Mapping[str, Any],
        place: Place,
        parameters: Mapping[str, str],
        ids: Mapping[str, str] | None = None,
    ) -> None:
        self._template = template
        self._place = place
        self._ids = ids or {}
        self._parameters: dict[str, Any] = {}
        for name, parameter in template["Parameters"].items():
            value = parameters.get(name, parameter.get("Default"))
            if value is None:
                raise ValueError(f"the stack's parameter {name} is missing")
            is_list = parameter["Type"] == "CommaDelimitedList"
            self._parameters[name] = value.split(",") if is_list else value

    def resources(self) -> Iterator[Resource]:
        """All resources whose condition holds."""
        for logical_id, resource in self._template["Resources"].items():
            if "Condition" not in resource or self._holds(resource["Condition"]):
                yield Resource(logical_id, resource["Type"], self.value(resource["Properties"]))

    def value(self, tree: Any) -> Any:
        """`tree` with every reference and function in it replaced by what it stands for."""
        if isinstance(tree, list):
            return [self.value(one) for one in tree]
        if not isinstance(tree, dict):
            return tree
        if len(tree) == 1:
            [(name, argument)] = tree.items()
            if name == "Ref":
                return self._reference(argument)
            if name.startswith("Fn::"):
                return self._function(name, argument)
        return {name: self.value(one) for name, one in tree.items()}

    def _holds(self, condition: str) -> bool:
        return bool(self.value(self._template["Conditions"][condition]))

    def _function(self, name: str, argument: Any) -> Any:
        if name == "Fn::Sub":
            return re.sub(r"\$\{([\w:]+)\}", lambda match: str(self._reference(match[1])), argument)
        if name == "Fn::GetAtt":
            return self._attribute(*argument)
        if name == "Fn::If":
            return self.value(argument[1] if self._holds(argument[0]) else argument[2])
        values = self.value(argument)
        if name == "Fn::Join":
            return values[0].join(values[1])
        if name == "Fn::Equals":
            return values[0] == values[1]
        if name == "Fn::Not":
            return not values[0]
        if name == "Fn::And":
            return all(values)
        raise ValueError(f"{name} is not known here: teach it to dev/aws/resolve.py")

    def _reference(self, name: str) -> Any:
        known = {
            "AWS::Partition": self._place.partition,
            "AWS::Region": self._place.region,
            "AWS::AccountId": self._place.account,
            "AWS::NoValue": None,
            **self._parameters,
        }
        if name in known:
            return known[name]
        type_ = self._template["Resources"][name]["Type"]
        physical = self._name(name)
        return self._place.arn("sns", physical) if type_ == "AWS::SNS::Topic" else physical

    def _attribute(self, logical_id: str, attribute: str) -> str:
        type_ = self._template["Resources"][logical_id]["Type"]
        physical = self._name(logical_id)
        if attribute in ("QueueName", "TopicName"):
            return physical
        if (type_, attribute) == ("AWS::SQS::Queue", "Arn"):
            return self._place.arn("sqs", physical)
        if (type_, attribute) == ("AWS::S3::Bucket", "Arn"):
            return f"arn:{self._place.partition}:s3:::{physical}"
        if (type_, attribute) == ("AWS::S3::Bucket", "RegionalDomainName"):
            return f"{physical}.s3.{self._place.region}.amazonaws.com"
        if (type_, attribute) == ("AWS::CloudFront::OriginAccessControl", "Id"):
            return physical
        if (type_, attribute) == ("AWS::CloudFront::Function", "FunctionARN"):
            return f"arn:{self._place.partition}:cloudfront::{self._place.account}:function/{physical}"
        raise ValueError(f"{type_}.{attribute} is not known here: teach it to dev/aws/resolve.py")

    def _name(self, logical_id: str) -> str:
        resource = self._template["Resources"][logical_id]
        if resource["Type"] not in NAMED_BY and resource["Type"].startswith(BY_AWS):
            return self._ids.get(logical_id, logical_id)
        return str(self.value(resource["Properties"][NAMED_BY[resource["Type"]]]))


def same(one: Any, other: Any) -> bool:
    """Whether two values mean the same to AWS, which gives back numbers and policies as text."""
    return _plain(one) == _plain(other)


def _plain(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("{", "["):
        return _plain(json.loads(value))
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
