"""The topics. Each package here that offers `TOPIC` is one; adding a topic changes no file here."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from os import scandir
from typing import Any

from ..errors import UnknownTopicError
from .base import Topic


@cache
def topics() -> tuple[Topic[Any], ...]:
    """All topics, in the order in which they come first for a problem of several."""
    names = [entry.name for entry in scandir(__path__[0]) if entry.is_dir() and entry.name[0] not in "._"]
    offered = [getattr(import_module(f"{__name__}.{name}"), "TOPIC", None) for name in names]
    found = [topic for topic in offered if topic is not None]
    return tuple(sorted(found, key=lambda topic: (topic.order, topic.name)))


def topic_named(name: str) -> Topic[Any]:
    """The topic `name`. Raises UnknownTopicError."""
    for topic in topics():
        if topic.name == name:
            return topic
    raise UnknownTopicError(name)
