"""Between the engine and the rest: problems read, answers diagnosed, and diagnoses as they are shown.

A diagnosis is stored as it was said, in the language of who answered; to a reader of another language the
engine says it again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from chalicelib.errors import ProblemError
from chalicelib.schemas import attempts as schemas
from chalicelib.services import retirement
from chalicelib.services.had_bugs import SLIP

if TYPE_CHECKING:
    from chalicelib.diagnosis import Diagnosis, Problem


def read_problem(text: str, locale: str) -> Problem:
    """The problem that `text` states. Raises `ProblemError` with the place and what was expected there."""
    from chalicelib.diagnosis import ProblemSyntaxError, parse_problem

    try:
        return parse_problem(text, locale)
    except ProblemSyntaxError as error:
        raise ProblemError(
            f"The problem cannot be read {error}.", position=error.position, expected=error.expected
        ) from error


def expected(problem: Problem | str) -> str:
    """The right answer in its usual form; a text is a canonical problem."""
    from chalicelib.diagnosis import expected_answer

    return expected_answer(problem)


def diagnose(
    problem: str, answer: str, steps: Sequence[str], history: Sequence[tuple[str, str]], locale: str
) -> Diagnosis:
    """What the engine says; `history` holds earlier problems and answers, oldest first.

    Retired bugs are not proposed.
    """
    return _diagnosed(problem, answer, steps, history, retirement.retired(), locale)


def stored(found: Diagnosis, locale: str) -> dict[str, Any]:
    """The columns of a `diagnoses` row that hold what the engine said."""
    said = found.as_dict()
    best = found.candidates[0] if found.candidates else None
    return {
        "source": "rule",
        "locale": locale,
        "bug": best.bug if best else None,
        "probability": best.probability if best else None,
        **said,
    }


def shown(said: Any, attempt: Any, locale: str) -> schemas.Diagnosis:
    """The stored diagnosis `said` of the stored `attempt`, in the language of `locale`."""
    listed = said.candidates
    if listed and said.locale != locale:
        anew = _explained([old["bug"] for old in listed], attempt, locale)
        listed = [{**_retold(old, anew, locale), "probability": old["probability"]} for old in listed]
    return _shown(said.source, listed, said.unexplained, said.wrong_step, said.comment)


def candidates(bugs: Sequence[tuple[str, float]], attempt: Any, locale: str) -> list[dict[str, Any]]:
    """Bugs, each with its probability, as explanations of the answer of the stored `attempt`.

    The trace of one that leads to another answer is empty.
    """
    anew = _explained([bug for bug, _ in bugs], attempt, locale)
    return [
        {**(anew.get(bug) or _named(bug, locale)), "probability": probability} for bug, probability in bugs
    ]


def topics(problem: str) -> Collection[str]:
    """The topics that a canonical problem is in; its own comes first."""
    from chalicelib.diagnosis import parse_problem

    return parse_problem(problem).topics


def told(found: Diagnosis) -> schemas.Diagnosis:
    """What the engine said, as it is answered."""
    said = found.as_dict()
    return _shown("rule", said["candidates"], said["unexplained"], said["wrong_step"])


def _diagnosed(
    problem: str,
    answer: str,
    steps: Sequence[str],
    history: Sequence[tuple[str, str]],
    without: Collection[str],
    locale: str,
) -> Diagnosis:
    from chalicelib import diagnosis

    return diagnosis.diagnose(problem, answer, steps=steps, history=history, without=without, locale=locale)


def _shown(
    source: Literal["rule", "llm", "human"],
    candidates: Sequence[dict[str, Any]],
    unexplained: float,
    wrong_step: Mapping[str, Any] | None,
    comment: str | None = None,
) -> schemas.Diagnosis:
    return schemas.Diagnosis(
        source=source,
        candidates=[_candidate(candidate) for candidate in candidates],
        unexplained=unexplained,
        wrong_step=schemas.WrongStep(**wrong_step) if wrong_step else None,
        comment=comment,
    )


def _explained(bugs: Sequence[str], attempt: Any, locale: str) -> dict[str, dict[str, Any]]:
    """Those of `bugs`, retired or not, that lead to the answer of `attempt`: by id, as the engine says it."""
    without = retirement.retired() - {single for bug in bugs for single in bug.split("+")}
    found = _diagnosed(attempt.problem, attempt.answer, attempt.steps, (), without, locale)
    listed = {each["bug"]: each for each in found.as_dict()["candidates"]}
    others = {bug: _worked(bug, attempt, locale) for bug in bugs if bug not in listed and SLIP not in bug}
    return {**listed, **{bug: work for bug, work in others.items() if work["trace"]}}


def _retold(old: dict[str, Any], anew: Mapping[str, dict[str, Any]], locale: str) -> dict[str, Any]:
    """`old` in another language; work that the engine no longer has a say on stays as it was told."""
    return anew.get(old["bug"]) or (old if old["trace"] else _named(old["bug"], locale))


def _worked(bug: str, attempt: Any, locale: str) -> dict[str, Any]:
    """A bug with the work by which it leads to the answer, if it does.

    The engine itself lists no two rare bugs together: so many pairs lead to some answer. They may be named.
    """
    from chalicelib import diagnosis

    named = _named(bug, locale)
    if not diagnosis.leads_to(bug, attempt.problem, attempt.answer, locale):
        return named
    lines = diagnosis.trace(bug, attempt.problem, locale)
    return {**named, "trace": [line._asdict() for line in lines]}


def _named(bug: str, locale: str) -> dict[str, Any]:
    """A bug that does not lead to the answer: what it is, without the work."""
    name, explanation = bug_text(bug, locale)
    return {"bug": bug, "name": name, "explanation": explanation, "trace": []}


def _candidate(said: dict[str, Any]) -> schemas.Candidate:
    lines = [schemas.TraceLine(**line) for line in said["trace"]]
    return schemas.Candidate(**{**said, "trace": lines})


def bug_text(bug: str, locale: str) -> tuple[str, str]:
    """A bug's name and explanation in the language of `locale`."""
    from chalicelib import diagnosis

    return diagnosis.bug_text(bug, locale)
