"""A problem: its canonical text, its tree, and the topics whose domain it is in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .errors import ProblemSyntaxError
from .grammar import Tree, parse_answer_tree, parse_problem_tree, show
from .grammar.tree import Binary, Command, Power, Relation, Root
from .topics import topic_named, topics


class Problem:
    """One problem of one topic or several; equal to another with the same canonical text."""

    __slots__ = ("_text", "tasks", "tree")

    def __init__(self, tree: Tree, tasks: Mapping[str, Any]) -> None:
        self._text = show(tree)
        self.tree = tree
        self.tasks = tasks
        """What each topic's procedures work on, by the topic's name, the primary topic first."""

    @property
    def topic(self) -> str:
        """The topic that the problem mainly belongs to."""
        return next(iter(self.tasks))

    @property
    def topics(self) -> tuple[str, ...]:
        """All topics whose domain the problem is in, the primary one first."""
        return tuple(self.tasks)

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Problem({self._text!r}, topics={self.topics!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Problem) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


def parse_problem(text: str, locale: str = "en") -> Problem:
    """The problem that `text` states. Raises ProblemSyntaxError with the place and what was expected.

    A comma before exactly three digits groups in English, and in every locale where the problem is then
    one of whole numbers; else it is a decimal point.
    """
    return _parse(text, _english(locale))


@lru_cache(maxsize=1024)
def _parse(text: str, english: bool) -> Problem:
    tree = parse_problem_tree(text)
    tasks = _claims(tree)
    if not english and "," in text and not _of_whole_numbers(tasks):
        tree = parse_problem_tree(text, commas_group=False)
        tasks = _claims(tree)
    if tasks:
        return Problem(tree, tasks)
    if isinstance(tree, Binary | Command | Power | Relation | Root):
        raise ProblemSyntaxError(text, 0, "a problem of a known topic")
    raise ProblemSyntaxError(text, len(text), "an operator and another number")


def forget() -> None:
    """Empty the cache of parsed problems."""
    _parse.cache_clear()


def _claims(tree: Tree) -> dict[str, Any]:
    found = []
    for topic in topics():
        task = topic.claim(tree)
        if task is not None:
            found.append((not topic.at_home(task), topic.order, topic.name, task))
    return {name: task for _, _, name, task in sorted(found, key=lambda claim: claim[:3])}


def read_answer(problem: Problem, text: str, locale: str = "en") -> Tree | None:
    """The tree of an answer to `problem`; None where it is not in the grammar.

    In a whole-number topic a comma before exactly three digits groups in every locale.
    """
    grouping = _english(locale) or _of_whole_numbers(problem.tasks)
    try:
        return parse_answer_tree(text, commas_group=grouping)
    except ProblemSyntaxError:
        return None


def canonical_answer(problem: Problem | str, text: str, locale: str = "en") -> str | None:
    """The answer `text` as the grammar writes it in every language; None where it is not in the grammar.

    Raises ProblemSyntaxError for a problem outside the grammar.
    """
    asked = parse_problem(problem, locale) if isinstance(problem, str) else problem
    given = read_answer(asked, text, locale)
    return None if given is None else show(given)


def _of_whole_numbers(tasks: Mapping[str, Any]) -> bool:
    return any(topic.whole_numbers for topic in topics() if topic.name in tasks)


def _english(locale: str) -> bool:
    return locale.partition("-")[0].partition("_")[0].lower() == "en"


def expected_answer(problem: Problem | str, locale: str = "en") -> str:
    """The right answer in its usual form. Raises ProblemSyntaxError for a text outside the grammar."""
    asked = parse_problem(problem, locale) if isinstance(problem, str) else problem
    answer: str = topic_named(asked.topic).expected(asked.tasks[asked.topic])
    return answer
