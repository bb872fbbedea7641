"""CloudFront's resources: moto keeps hardly more of them than ids (`moto_web`), and nothing is read back."""

from __future__ import annotations

from typing import Any

from dev.aws.resolve import Place
from dev.aws.shape import Shape


def _untold(_: Any, __: Place, properties: dict[str, Any]) -> Shape:
    """Nothing to ask for. cfn-lint and `tests/unit/test_web_template.py` look at the template instead."""
    properties.clear()
    return []


KINDS = {
    f"AWS::CloudFront::{kind}": _untold
    for kind in ("OriginAccessControl", "Function", "ResponseHeadersPolicy", "Distribution")
}
