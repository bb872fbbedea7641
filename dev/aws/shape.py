"""What the parts of `gaps` share: the aspects of a resource, each to be read and written by a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Aspect(NamedTuple):
    """One thing that a service can be asked for and told. `wanted` has the shape that `read` gives back."""

    name: str
    wanted: Any
    read: Callable[[], Any]
    write: Callable[[], Any] | None


Shape = list[Aspect]
ABSENT = ("NotFound", "NoSuch")  # in the error codes of every service that `gaps` asks


def unless_absent(read: Callable[[], Any]) -> Any:
    """What `read` says, or None where the service says that there is none."""
    from botocore.exceptions import ClientError

    try:
        return read()
    except ClientError as error:
        if any(word in error.response["Error"]["Code"] for word in ABSENT):
            return None
        raise


def part(answer: Mapping[str, Any] | None, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Of `answer` what `wanted` speaks of: services add defaults of their own."""
    return {name: value for name, value in (answer or {}).items() if name in wanted}


def includes(found: Any, wanted: Any) -> bool:
    """Whether all of `wanted` is in `found`, at every depth; what `found` has beside it does not count."""
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(
            name in found and includes(found[name], value) for name, value in wanted.items()
        )
    if isinstance(wanted, list):
        same = isinstance(found, list) and len(found) == len(wanted)
        return same and all(includes(*pair) for pair in zip(found, wanted, strict=True))
    return bool(found == wanted)
