"""Every known bug: one JSON file per topic, in the topic's own package."""

from __future__ import annotations

import json
from functools import cache
from os import path

from .errors import UnknownBugError
from .results import Bug
from .topics import topic_named, topics

TOPICS = path.join(path.dirname(__file__), "topics")


def bugs(topic: str | None = None) -> tuple[Bug, ...]:
    """All bugs, or those of one topic, by id. Raises UnknownTopicError."""
    names = [each.name for each in topics()] if topic is None else [topic_named(topic).name]
    return tuple(bug for name in names for bug in _load(name).values())


def bug_named(bug: str) -> Bug:
    """The catalogue's entry of `bug`. Raises UnknownBugError."""
    topic = bug.partition(".")[0]
    if any(each.name == topic for each in topics()):
        entry = _load(topic).get(bug)
        if entry is not None:
            return entry
    raise UnknownBugError(bug)


@cache
def _load(topic: str) -> dict[str, Bug]:
    with open(path.join(TOPICS, topic, "catalogue.json"), encoding="utf-8") as file:
        entries = json.load(file)
    found = [Bug(topic=topic, **entry) for entry in entries]
    return {bug.id: bug for bug in sorted(found)}
