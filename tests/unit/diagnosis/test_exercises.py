"""`generate` and `next_probe`: reproducible, of the asked kind, and telling."""

from __future__ import annotations

import pytest

from chalicelib.diagnosis import (
    UnknownBugError,
    UnknownTopicError,
    bugs,
    diagnose,
    expected_answer,
    generate,
    next_probe,
    parse_problem,
    simulate,
)

TOPICS = ("addition", "subtraction", "multiplication", "division")


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("difficulty", [1, 2, 3, 4, 5, None])
def test_exercises_are_of_the_topic_different_and_reproducible(topic: str, difficulty: int | None) -> None:
    made = generate(topic, seed=7, difficulty=difficulty, count=20)
    assert made == generate(topic, seed=7, difficulty=difficulty, count=20)
    assert made != generate(topic, seed=8, difficulty=difficulty, count=20)
    assert len(set(made)) == 20
    for problem in made:
        assert topic in parse_problem(problem).topics
        assert str(parse_problem(problem)) == problem


def test_easy_subtractions_need_no_borrow_and_harder_ones_do() -> None:
    for problem in generate("subtraction", seed=1, difficulty=1, count=20):
        assert simulate("subtraction.borrow_no_decrement", problem) == expected_answer(problem)
    for problem in generate("subtraction", seed=1, difficulty=4, count=20):
        assert simulate("subtraction.smaller_from_larger", problem) != expected_answer(problem)


@pytest.mark.parametrize("bug", [bug for topic in TOPICS for bug in bugs(topic)], ids=lambda bug: bug.id)
def test_every_bug_can_be_provoked(bug) -> None:
    made = generate(bug.topic, seed=3, count=2, provoke=[bug.id])
    assert made
    for problem in made:
        assert simulate(bug.id, problem) not in {None, expected_answer(problem)}


def test_bugs_to_provoke_take_turns() -> None:
    wanted = ["subtraction.borrow_from_zero", "subtraction.diff_n_0_0"]
    made = generate("subtraction", seed=3, count=10, provoke=wanted)
    for bug in wanted:
        assert sum(simulate(bug, problem) != expected_answer(problem) for problem in made) >= 3


def test_exercises_that_tell_bugs_apart() -> None:
    apart = [
        "subtraction.borrow_from_zero",
        "subtraction.stops_borrow_at_zero",
        "subtraction.borrow_across_zero",
    ]
    for problem in generate("subtraction", seed=3, count=5, separate=apart):
        assert len({simulate(bug, problem) for bug in apart}) == 3


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"topic": "nonsense"}, UnknownTopicError),
        ({"topic": "addition", "count": 0}, ValueError),
        ({"topic": "addition", "difficulty": 6}, ValueError),
        ({"topic": "addition", "provoke": ["addition.nonsense"]}, UnknownBugError),
        ({"topic": "addition", "provoke": ["subtraction.diff_n_0_0"]}, ValueError),
    ],
)
def test_wrong_arguments_are_refused(arguments: dict, error: type[Exception]) -> None:
    with pytest.raises(error):
        generate(**{"seed": 1, **arguments})


def test_probe_tells_the_candidates_apart_and_is_reproducible() -> None:
    candidates = diagnose("4005 - 1678", "2427").candidates
    assert len(candidates) > 1
    for seed in range(5):
        probe = next_probe(candidates, topic="subtraction", seed=seed)
        assert probe == next_probe(candidates, topic="subtraction", seed=seed)
        assert len({simulate(candidate.bug, probe) for candidate in candidates}) > 1


def test_probe_for_one_bug_brings_it_out() -> None:
    probe = next_probe(["subtraction.one_one_1_after_borrow"], topic="subtraction", seed=2)
    assert simulate("subtraction.one_one_1_after_borrow", probe) != expected_answer(probe)


def test_probe_without_candidates_follows_the_history_and_does_not_repeat_it() -> None:
    history = [("503 - 278", "325"), ("62 - 18", "44")]
    probe = next_probe((), topic="subtraction", seed=1, history=history)
    likely = [bug.id for bug in bugs("subtraction") if simulate(bug.id, "503 - 278") == "325"]
    assert len({simulate(bug, probe) for bug in likely}) > 1
    again = next_probe((), topic="subtraction", seed=1, history=[*history, (probe, expected_answer(probe))])
    assert again != probe


def test_probe_takes_slips_and_pairs_among_the_candidates() -> None:
    candidates = diagnose("615 ÷ 6", "12").candidates
    assert parse_problem(next_probe(candidates, topic="division", seed=1)).topic == "division"
    assert next_probe(["slip.fact"], topic="addition", seed=1)


def test_slips_among_the_candidates_tell_nothing_about_bugs() -> None:
    slip = diagnose("9143 - 6288", "2856").candidates
    assert [candidate.bug for candidate in slip] == ["slip.fact"]
    history = [("62 - 18", "44")]
    for told in ((), history):
        probe = next_probe(slip, topic="subtraction", seed=1, history=told)
        assert probe == next_probe((), topic="subtraction", seed=1, history=told)


def test_probe_with_a_history_looks_beyond_faint_candidates() -> None:
    answered = diagnose("-2 + (-3)", "5").candidates
    faint = [candidate._replace(probability=0.01) for candidate in answered]
    history = [("-2 + (-3)", "-5"), ("7 - 9", "-2"), ("-6 + 2", "-4"), ("8 - 3 + 2", "7")]
    possible = [
        bug.id
        for bug in bugs("integers")
        if all(simulate(bug.id, problem) in {None, answer} for problem, answer in history)
    ]
    assert not {candidate.bug for candidate in faint} & set(possible)
    for seed in range(4):
        probe = next_probe(faint, topic="integers", seed=seed, history=history)
        assert any(simulate(bug, probe) not in {None, expected_answer(probe)} for bug in possible), probe


def test_probes_without_anything_known_bring_out_many_bugs() -> None:
    probes = [next_probe((), topic="subtraction", seed=seed) for seed in range(4)]
    shown = {
        bug.id
        for bug in bugs("subtraction")
        for probe in probes
        if simulate(bug.id, probe) not in {None, expected_answer(probe)}
    }
    assert len(shown) >= 0.8 * len(bugs("subtraction"))


def test_probe_refuses_unknown_bugs_and_topics() -> None:
    with pytest.raises(UnknownBugError):
        next_probe(["subtraction.nonsense"], topic="subtraction", seed=1)
    with pytest.raises(UnknownTopicError):
        next_probe((), topic="nonsense", seed=1)
