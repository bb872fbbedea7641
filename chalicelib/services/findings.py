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
    candidates = said.candidates
    if candidates and said.locale != locale:
        named = {bug for old in candidates for bug in old["bug"].split("+")}
        without = retirement.retired() - named
        again = _diagnosed(attempt.problem, attempt.answer, attempt.steps, (), without, locale)
        by_bug = {candidate["bug"]: candidate for candidate in again.as_dict()["candidates"]}
        candidates = [
            {**by_bug.get(old["bug"], old), "probability": old["probability"]} for old in candidates
        ]
    return _shown(said.source, candidates, said.unexplained, said.wrong_step)


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
) -> schemas.Diagnosis:
    return schemas.Diagnosis(
        source=source,
        candidates=[_candidate(candidate) for candidate in candidates],
        unexplained=unexplained,
        wrong_step=schemas.WrongStep(**wrong_step) if wrong_step else None,
    )


def _candidate(said: dict[str, Any]) -> schemas.Candidate:
    lines = [schemas.TraceLine(**line) for line in said["trace"]]
    return schemas.Candidate(**{**said, "trace": lines})


def bug_text(bug: str, locale: str) -> tuple[str, str]:
    """A bug's name and explanation in the language of `locale`."""
    from chalicelib import diagnosis

    return diagnosis.bug_text(bug, locale)
