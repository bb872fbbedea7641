"""CloudFront's resources in moto's CloudFormation, which knows none of them.

The distribution is one of moto's CloudFront, whose invalidations can be read back. Of the rest there is no
more than an id: what they are like, `tests/unit/test_web_template.py` reads from the template itself.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

ATTRIBUTES = {  # by the kind of resource, what a template may ask of it
    "OriginAccessControl": ("Id",),
    "Function": ("FunctionARN",),
    "ResponseHeadersPolicy": (),
    "Distribution": ("DomainName",),
}
DISTRIBUTION = "Distribution"
PARTITION = "aws"

_kinds: list[type] = []  # moto looks for the classes that there are


def know_cloudfront() -> None:
    """Teach moto's CloudFormation the kinds of resources that the template has."""
    _kinds.extend(_kind(kind, attributes) for kind, attributes in ATTRIBUTES.items())


def _kind(kind: str, attributes: tuple[str, ...]) -> type:
    """The class of one kind. Its resources have a made up id, which is what an attribute of theirs is too."""
    from moto.core.common_models import CloudFormationModel

    def create(cls: Any, _: str, resource: dict[str, Any], account_id: str, *__: Any, **___: Any) -> Any:
        made = cls()
        made.physical_resource_id = uuid4().hex
        if kind == DISTRIBUTION:
            made.distribution = _distribute(account_id, resource["Properties"])
            made.physical_resource_id = made.distribution.distribution_id
        return made

    def delete(_: Any, resource_name: str, __: Any, account_id: str, ___: str) -> None:
        if kind == DISTRIBUTION:
            from moto.cloudfront.models import cloudfront_backends

            del cloudfront_backends[account_id][PARTITION].distributions[resource_name]

    members = {
        "cloudformation_name_type": staticmethod(lambda: ""),
        "cloudformation_type": staticmethod(lambda: f"AWS::CloudFront::{kind}"),
        "has_cfn_attr": classmethod(lambda _, name: name in attributes),
        "get_cfn_attribute": lambda self, name: (
            self.distribution.domain_name if name == "DomainName" else self.physical_resource_id
        ),
        "create_from_cloudformation_json": classmethod(create),
        "update_from_cloudformation_json": classmethod(lambda _, original_resource, **__: original_resource),
        "delete_from_cloudformation_json": classmethod(delete),
        "is_created": lambda _: True,
    }
    return type(kind, (CloudFormationModel,), members)


def _distribute(account_id: str, properties: dict[str, Any]) -> Any:
    """Make a distribution of moto's, with as much of it as moto looks at."""
    from moto.cloudfront.models import cloudfront_backends

    config = properties["DistributionConfig"]
    behaviour = config["DefaultCacheBehavior"]
    names = ("TargetOriginId", "ViewerProtocolPolicy", "CachePolicyId", "ResponseHeadersPolicyId")
    kept = {
        "CallerReference": uuid4().hex,
        "Comment": config["Comment"],
        "Enabled": config["Enabled"],
        "Origins": {"Items": config["Origins"]},
        "DefaultCacheBehavior": {name: behaviour[name] for name in names},
    }
    made, *_ = cloudfront_backends[account_id][PARTITION].create_distribution(kept, [])
    return made
