"""What Tiza does at AWS, in the words of IAM: declared at the function that does it.

    @uses(UPLOADS, "s3:GetObject")
    def fetch(key, ...): ...

Each handler of `app.py` names the functions that it reaches; `dev/deploy/policies.py` makes one policy for
each Lambda function from both. At run time nothing of this is asked.

A resource is the end of an ARN, from the service on. `{stage}` and `{queue}` (each queue that the handler
sends to) are known when the policies are made, `${Account}` and `${MailFrom}` when they are deployed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from chalicelib import queues

Function = TypeVar("Function", bound=Callable[..., Any])

STAGE = "{stage}"
SENT_TO = ("sqs:{queue}",)
QUEUES = tuple(f"sqs:{queue.name(STAGE)}" for queue in queues.ALL)
DEAD_LETTERS = tuple(f"sqs:{queue.dead_letter_name(STAGE)}" for queue in queues.ALL)
BUCKET = ("s3:tiza-{stage}-photos-${Account}",)
UPLOADS = (f"{BUCKET[0]}/incoming/*",)
PHOTOS = (f"{BUCKET[0]}/photos/*",)
GUIDE_UPLOADS = (f"{BUCKET[0]}/guides/incoming/*",)
GUIDES = (f"{BUCKET[0]}/guides/kept/*",)
# SES asks for every identity that a mail touches, a receiver's too where that is one: what is kept in
# bounds is the sender.
MAIL = ("ses:identity/*", "ses:configuration-set/tiza-{stage}")
FROM_US = {"ses:FromAddress": "${MailFrom}"}
MODELS = ("bedrock:{model}",)  # each that the settings name for a task that is answered in words
EMBEDDERS = ("bedrock:{embedder}",)  # and for embeddings
PARAMETERS = ("ssm:parameter{parameter}",)  # each that the settings refer to


class Use(NamedTuple):
    """Actions on resources, all of the same conditions (IAM's `StringEquals`)."""

    resources: tuple[str, ...]
    actions: tuple[str, ...]
    conditions: Mapping[str, str]


DECLARED: dict[str, tuple[Use, ...]] = {}  # by function: "files.fetch"


def uses(
    resources: tuple[str, ...], *actions: str, only: Mapping[str, str] | None = None
) -> Callable[[Function], Function]:
    """Declare that a function does `actions` to `resources`, `only` under conditions. Leaves it as it is."""

    def declare(function: Function) -> Function:
        name = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
        DECLARED[name] = (Use(resources, actions, only or {}), *DECLARED.get(name, ()))
        return function

    return declare
