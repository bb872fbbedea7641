"""`diagnose` and `simulate`: run every known procedure, keep those that give the student's answer, rank."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from .errors import UnknownBugError
from .evidence import read_history, verdict_on
from .explanations import explanations
from .problem import Problem, expected_answer, parse_problem, read_answer
from .procedure import Procedure, compatible, outcome, together
from .results import Candidate, Diagnosis, TraceLine
from .texts import bug_text
from .topics import topic_named
from .topics.base import Topic
from .tracing import trace_of


def diagnose(
    problem: str,
    answer: str,
    *,
    steps: Sequence[str] = (),
    history: Sequence[tuple[str, str]] = (),
    without: Collection[str] = (),
    locale: str = "en",
) -> Diagnosis:
    """What is to be said of a student's `answer` to `problem`.

    `steps` are the lines of the student's work; `history` the same student's earlier (problem, answer)
    pairs, oldest first. An entry of the history that is not in the grammar is left out, as are lines.
    `without` are ids of bugs that nobody is to be suspected of.
    Raises ProblemSyntaxError where `problem` is not in the grammar, and nothing else for any text.
    """
    asked = parse_problem(problem, locale)
    given = read_answer(asked, answer, locale)
    expected = expected_answer(asked)
    verdict = verdict_on(asked, given)
    wrong = None
    if steps and verdict != "unreadable":
        from .steps import first_wrong

        wrong = first_wrong(asked, steps, locale, right_in_the_end=verdict != "incorrect")
    if verdict != "incorrect" or given is None:
        return Diagnosis(verdict, expected, wrong_step=wrong.step if wrong else None)
    if wrong and wrong.problem:
        there = diagnose(wrong.problem, wrong.answer, history=history, without=without, locale=locale)
        if there.candidates:
            return there._replace(verdict=verdict, expected=expected, wrong_step=wrong.step)
    found, unexplained = explanations(asked, given, read_history(history, locale), without)
    candidates = tuple(
        Candidate(
            each.bug,
            probability,
            *bug_text(each.bug, locale),
            trace_of(each.topic, each.procedure, asked.tasks[each.topic.name], locale),
        )
        for each, probability in found
    )
    return Diagnosis(verdict, expected, candidates, unexplained, wrong.step if wrong else None)


def simulate(bug: str, problem: Problem | str, locale: str = "en") -> str | None:
    """The answer that a student with `bug` (an id, or two joined by `+`) gives to `problem`.

    None where the procedure does not apply, ends without an answer, or two bugs cannot be held together.
    Raises UnknownBugError and ProblemSyntaxError.
    """
    asked = parse_problem(problem, locale) if isinstance(problem, str) else problem
    topic, procedure = procedure_of(bug)
    if procedure is None or topic.name not in asked.tasks:
        return None
    return outcome(procedure, asked.tasks[topic.name])


def leads_to(bug: str, problem: Problem | str, answer: str, locale: str = "en") -> bool | None:
    """Whether a student with `bug` gives `answer` to `problem`, whatever form it is written in.

    None where `simulate` gives no answer. Raises as it does.
    """
    asked = parse_problem(problem, locale) if isinstance(problem, str) else problem
    topic, procedure = procedure_of(bug)
    if procedure is None or topic.name not in asked.tasks:
        return None
    predicted = topic.predicts(procedure, asked.tasks[topic.name])
    if predicted is None:
        return None
    given = read_answer(asked, answer, locale)
    return given is not None and topic.key(given) == predicted


def trace(bug: str, problem: Problem | str, locale: str = "en") -> tuple[TraceLine, ...]:
    """The work of a student with `bug` on `problem`, line by line; empty where there is no answer.

    Raises UnknownBugError and ProblemSyntaxError.
    """
    asked = parse_problem(problem, locale) if isinstance(problem, str) else problem
    topic, procedure = procedure_of(bug)
    if procedure is None or topic.name not in asked.tasks:
        return ()
    return trace_of(topic, procedure, asked.tasks[topic.name], locale)


def procedure_of(bug: str) -> tuple[Topic[Any], type[Procedure] | None]:
    """The topic and procedure of a bug, or of two joined by `+` in either order (None if incompatible)."""
    from .catalogue import bug_named

    names = sorted(bug.split("+"))
    topic = topic_named(bug_named(names[0]).topic)
    procedures = [topic.procedures().get(bug_named(name).id) for name in names]
    first = procedures[0]
    if first is None or len(procedures) > 2:
        raise UnknownBugError(bug)
    if len(procedures) == 1:
        return topic, first
    second = procedures[1]
    if second is None or not compatible(first, second):
        return topic, None
    return topic, together(first, second)
