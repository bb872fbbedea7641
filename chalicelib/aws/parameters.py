"""AWS Systems Manager Parameter Store."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.aws.uses import PARAMETERS, uses

BATCH = 10  # the most names that one GetParameters call takes


@uses(PARAMETERS, "ssm:GetParameters")
def fetch(paths: Sequence[str]) -> dict[str, str]:
    """The decrypted value of each parameter of `paths` that exists, by its path.

    One call for each ten paths. Raises botocore's errors when the store is away.
    """
    import boto3  # 100 ms: only for a stage whose settings refer to it

    client = boto3.client("ssm")
    found: dict[str, str] = {}
    for start in range(0, len(paths), BATCH):
        answer = client.get_parameters(Names=list(paths[start : start + BATCH]), WithDecryption=True)
        found.update({p["Name"]: p["Value"] for p in answer["Parameters"]})
    return found
