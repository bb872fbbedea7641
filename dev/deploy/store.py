"""The parameters of one stage in Parameter Store. Values pass through here and are shown by nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from dev.deploy.parameters import Parameter

BATCH = 10  # the most names that one GetParameters takes


class Stored(NamedTuple):
    """A parameter as it is there."""

    value: str
    is_encrypted: bool
    version: int
    changed_at: datetime


def read(ssm: Any, parameters: Iterable[Parameter]) -> dict[str, Stored]:
    """What is there of `parameters`, by name, decrypted."""
    names = {parameter.path: parameter.name for parameter in parameters}
    paths, found = sorted(names), {}
    for start in range(0, len(paths), BATCH):
        answer = ssm.get_parameters(Names=paths[start : start + BATCH], WithDecryption=True)
        for one in answer["Parameters"]:
            found[names[one["Name"]]] = Stored(
                one["Value"], one["Type"] == "SecureString", one["Version"], one["LastModifiedDate"]
            )
    return found


def write(ssm: Any, parameters: Iterable[Parameter], values: Mapping[str, str]) -> list[str]:
    """Write `values` (by name) where they differ from what is there; the names that were written."""
    known = {parameter.name: parameter for parameter in parameters}
    there = read(ssm, [known[name] for name in values])
    written = []
    for name, value in sorted(values.items()):
        parameter, stored = known[name], there.get(name)
        if stored and (stored.value, stored.is_encrypted) == (value, parameter.is_secret):
            continue
        ssm.put_parameter(
            Name=parameter.path,
            Value=value,
            Type="SecureString" if parameter.is_secret else "String",
            Description=f"Tiza: {parameter.meaning or ', '.join(parameter.variables)}",
            Overwrite=True,
        )
        written.append(name)
    return written
