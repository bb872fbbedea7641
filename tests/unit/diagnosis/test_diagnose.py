"""`diagnose`: verdicts, explanations and their probabilities, history, steps, languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.diagnosis import (
    Diagnosis,
    ProblemSyntaxError,
    bugs,
    diagnose,
    expected_answer,
    simulate,
    trace,
)

WHOLE_NUMBER_TOPICS = ("addition", "subtraction", "multiplication", "division")
WHOLE_NUMBER_BUGS = [bug.id for topic in WHOLE_NUMBER_TOPICS for bug in bugs(topic)]


def named(diagnosis: Diagnosis) -> list[str]:
    return [candidate.bug for candidate in diagnosis.candidates]


# Verdicts


@pytest.mark.parametrize(
    ("problem", "answers"),
    [
        ("503 - 278", ["225", " 225 ", "+225", "0225", "225.0", "450/2", "225 0/5", "(225)"]),
        ("700 + 534", ["1234", "1,234", "1234.00"]),
        ("17 ÷ 5", ["3 r 2", "3r2", "3 R 2", "3.4", "17/5", "34/10", "3 2/5", "3,4", "3.40"]),
        ("612 ÷ 6", ["102", "102 r 0", "102.0"]),
        ("5 ÷ 15", ["1/3", "5/15", "0 r 5"]),
        ("3 ÷ 4", ["3/4", "0.75", ".75", "0,75"]),
        ("3 - 5", ["-2", "−2", "- 2", "-2.0"]),
        ("0 ÷ 7", ["0", "-0"]),
    ],
)
def test_right_answer_in_any_form_is_correct(problem: str, answers: list[str]) -> None:
    for answer in answers:
        found = diagnose(problem, answer)
        assert (found.verdict, found.candidates, found.unexplained) == ("correct", (), 0), answer


@pytest.mark.parametrize(
    "answer",
    ["", "  ", "\x00", "abc", "22 5", "2+", "five", "equal", "200 + 25", "x = 225", "9" * 5000, "٢٢٥"],
)
def test_answer_outside_the_grammar_is_unreadable_not_wrong(answer: str) -> None:
    found = diagnose("503 - 278", answer)
    assert (found.verdict, found.expected, found.candidates, found.unexplained) == (
        "unreadable",
        "225",
        (),
        0,
    )


def test_malformed_problem_raises_with_its_place() -> None:
    with pytest.raises(ProblemSyntaxError) as caught:
        diagnose("503 - ", "225")
    assert (caught.value.position, caught.value.expected) == (6, "a number")


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        ("17 ÷ 5", "3 r 2"),
        ("612 ÷ 6", "102"),
        ("5 ÷ 15", "1/3"),
        ("0 ÷ 5", "0"),
        ("3 - 5", "-2"),
        ("1 + 2 + 3", "6"),
    ],
)
def test_expected_answer_in_its_usual_form(problem: str, expected: str) -> None:
    assert expected_answer(problem) == diagnose(problem, "9999").expected == expected


# Explanations


NUMBER = st.integers(0, 99999)
BY_TOPIC = {
    "subtraction": st.builds("{} - {}".format, NUMBER, NUMBER),
    "addition": st.builds("{} + {}".format, NUMBER, NUMBER),
    "multiplication": st.builds("{} × {}".format, NUMBER, st.integers(0, 999)),
    "division": st.builds("{} ÷ {}".format, NUMBER, st.integers(1, 99)),
}
PROBLEMS = st.one_of(*BY_TOPIC.values())
BUG_AND_PROBLEM = st.sampled_from(WHOLE_NUMBER_BUGS).flatmap(
    lambda bug: st.tuples(st.just(bug), BY_TOPIC[bug.partition(".")[0]])
)


@given(PROBLEMS, st.integers(0, 200000).map(str))
@settings(max_examples=300)
def test_probabilities_sum_to_one_and_candidates_give_exactly_the_answer(problem: str, answer: str) -> None:
    found = diagnose(problem, answer)
    if found.verdict != "incorrect":
        assert (found.candidates, found.unexplained) == ((), 0)
        return
    total = found.unexplained + sum(candidate.probability for candidate in found.candidates)
    assert total == pytest.approx(1, abs=1e-12)
    for candidate in found.candidates:
        if "slip." not in candidate.bug:
            assert simulate(candidate.bug, problem) == answer


@given(BUG_AND_PROBLEM)
@settings(max_examples=600)
def test_whatever_a_bug_answers_is_recognised_unless_it_is_right(case: tuple[str, str]) -> None:
    bug, problem = case
    answer = simulate(bug, problem)
    if answer is None:
        return
    found = diagnose(problem, answer)
    if found.verdict == "incorrect":
        assert bug in named(found)
    else:
        assert found.verdict == "correct"


def test_common_bug_comes_before_rare_ones_that_fit_as_well() -> None:
    found = diagnose("71 - 38", "47")
    assert found.candidates[0].bug == "subtraction.smaller_from_larger"
    assert found.candidates[0].probability > 0.5
    assert [c.probability for c in found.candidates] == sorted(
        (c.probability for c in found.candidates), reverse=True
    )


def test_simple_bug_comes_before_compound_ones_that_are_as_probable() -> None:
    found = diagnose("703 - 241", "542").candidates
    simple = next(each for each in found if each.bug == "subtraction.zero_n_n_except_after_borrow")
    alike = [each.bug for each in found if each.probability == pytest.approx(simple.probability)]
    assert alike == [
        "subtraction.zero_n_n_except_after_borrow",
        "subtraction.diff_0_n_n_and_move_over_zero",
        "subtraction.diff_0_n_n_and_stops_at_zero",
    ]


def test_problem_in_the_domain_of_several_topics_is_still_a_subtraction() -> None:
    assert simulate("subtraction.smaller_from_larger", "3 - 5") == "2"
    assert "subtraction.smaller_from_larger" in named(diagnose("3 - 5", "2"))


@pytest.mark.parametrize(
    ("problem", "pair"),
    [
        # 0 - 7 is answered 7 and 4 - 8 is answered 4: both bugs show, and neither does both.
        ("904 - 478", "subtraction.diff_0_n_n+subtraction.smaller_from_larger"),
        # 12 instead of 102, and the remainder 3 is missing.
        ("615 ÷ 6", "division.quotient_zero_omitted+division.remainder_dropped"),
    ],
)
def test_two_bugs_together_where_no_single_one_fits(problem: str, pair: str) -> None:
    answer = simulate(pair, problem)
    assert answer is not None
    assert simulate("+".join(reversed(pair.split("+"))), problem) == answer
    found = diagnose(problem, answer)
    assert set(named(found)) & {pair, *pair.split("+")}
    assert found.unexplained > 0


def test_pair_is_found_and_explained() -> None:
    found = diagnose("615 ÷ 6", "12")
    assert named(found)[0] == "division.quotient_zero_omitted+division.remainder_dropped"
    assert "Also:" in found.candidates[0].explanation
    assert found.candidates[0].trace[-1].wrote == "12"


def test_bugs_that_cannot_be_held_together_have_no_answer() -> None:
    assert simulate("subtraction.smaller_from_larger+subtraction.zero_instead_of_borrow", "503 - 278") is None
    assert simulate("subtraction.add_instead_of_sub+subtraction.diff_0_n_n", "503 - 278") is None


@pytest.mark.parametrize(
    ("problem", "answer", "slip"),
    [
        ("9143 - 6288", "2856", "slip.fact"),  # 13 - 8 = 6
        ("9143 - 6288", "2865", "slip.borrow"),  # the tens not reduced
        ("9143 - 6288", "2585", "slip.swap"),
        ("4678 + 2857", "7545", "slip.fact"),  # 7 + 5 + 1 = 14
        ("4678 + 2857", "7435", "slip.carry"),  # the carry into the hundreds
        ("347 × 6", "2088", "slip.fact"),  # 7 × 6 = 48
        ("347 × 6", "2042", "slip.carry"),  # 4 × 6 without the 4
        ("971 ÷ 3", "333 r 2", "slip.fact"),
    ],
)
def test_single_slip_where_no_bug_fits(problem: str, answer: str, slip: str) -> None:
    found = diagnose(problem, answer)
    assert slip in named(found)
    candidate = found.candidates[named(found).index(slip)]
    assert any(line.first_departure for line in candidate.trace)


def test_answer_that_nothing_explains_is_left_unexplained() -> None:
    assert diagnose("503 - 278", "91") == Diagnosis("incorrect", "225", (), 1.0)


# History


def test_bug_that_would_have_changed_an_earlier_right_answer_is_ruled_down() -> None:
    alone = diagnose("83 - 29", "66")
    told = diagnose("83 - 29", "66", history=[("72 - 38", "34"), ("61 - 45", "16")])
    assert alone.candidates[0].bug == "subtraction.smaller_from_larger"
    assert alone.unexplained < 0.05
    assert told.unexplained > 0.5


def test_history_tells_bugs_apart_that_give_the_same_answer() -> None:
    # 4005 - 1678 = 2427 fits borrowing from zero and stopping at the second zero alike; 503 - 278 does not.
    zero, second = "subtraction.borrow_from_zero", "subtraction.stops_borrow_at_second_zero"
    assert {zero, second} <= set(named(diagnose("4005 - 1678", "2427")))
    assert named(diagnose("4005 - 1678", "2427"))[0] == zero
    right_before = diagnose("4005 - 1678", "2427", history=[("503 - 278", "225"), ("604 - 139", "465")])
    assert named(right_before)[0] == second


def test_repeated_answers_of_one_bug_make_it_all_but_certain() -> None:
    history = [("62 - 44", "22"), ("503 - 278", "375"), ("71 - 6", "75")]
    (candidate, *_) = diagnose("83 - 29", "66", history=history).candidates
    assert candidate.bug == "subtraction.smaller_from_larger"
    assert candidate.probability > 0.99


def test_slip_on_top_of_the_bug_that_the_history_shows() -> None:
    history = [("62 - 44", "22"), ("503 - 278", "375"), ("71 - 16", "65"), ("835 - 168", "733")]
    found = diagnose("9143 - 6288", "3146", history=history)  # 3145, with one fact off
    assert named(found)[0] == "subtraction.smaller_from_larger+slip.fact"


def test_history_that_cannot_be_read_is_left_out() -> None:
    history = [("nonsense", "3"), ("3 +", "3"), ("5 - 3", "??"), ("2 + 2", "5")]
    assert diagnose("83 - 29", "66", history=history) == diagnose("83 - 29", "66")


def test_long_history_does_not_underflow() -> None:
    found = diagnose("83 - 29", "66", history=[("72 - 38", "34")] * 2000)
    assert sum(each.probability for each in found.candidates) + found.unexplained == pytest.approx(1)


def test_student_who_takes_up_another_bug_is_followed() -> None:
    history = [
        ("62 - 44", "22"),
        ("81 - 38", "57"),
        ("71 - 46", "35"),
        ("503 - 278", "375"),
        ("92 - 15", "83"),
    ]
    found = diagnose("503 - 278", "335", history=history)
    assert named(found)[0] == "subtraction.borrow_no_decrement"
    assert found.candidates[0].probability > 0.4


# Traces


def test_trace_goes_column_by_column_and_marks_the_first_departure() -> None:
    (candidate, *_) = diagnose("5341 - 1728", "4427").candidates
    assert candidate.bug == "subtraction.smaller_from_larger"
    assert [(line.place, line.wrote, line.right, line.first_departure) for line in candidate.trace] == [
        ("ones", "7", "3", True),
        ("tens", "2", "1", False),
        ("hundreds", "4", "6", False),
        ("thousands", "4", "3", False),
    ]
    assert candidate.trace[0].text == "8 - 1 = 7: the top digit is taken from the bottom one."


def test_trace_marks_the_missing_line_where_work_stops_early() -> None:
    lines = trace("subtraction.quit_when_bottom_blank", "634 - 18")
    assert [line.first_departure for line in lines] == [False, False, True]
    assert (lines[2].place, lines[2].wrote, lines[2].right) == ("hundreds", "", "6")


@pytest.mark.parametrize("bug", bugs(), ids=lambda bug: bug.id)
def test_trace_of_every_worked_example_has_one_first_departure_in_both_languages(bug) -> None:
    for locale in ("en", "es"):
        lines = trace(bug.id, bug.problem, locale)
        assert sum(line.first_departure for line in lines) == 1
        assert all(line.text and "{" not in line.text for line in lines)


@given(BUG_AND_PROBLEM, st.sampled_from(["en", "es"]))
@settings(max_examples=400)
def test_trace_exists_exactly_where_there_is_an_answer(case: tuple[str, str], locale: str) -> None:
    bug, problem = case
    assert bool(trace(bug, problem, locale)) == (simulate(bug, problem) is not None)


def test_diagnosis_in_spanish_and_in_an_unknown_language() -> None:
    spanish = diagnose("83 - 29", "66", locale="es-MX").candidates[0]
    assert (spanish.name, spanish.trace[0].place) == ("La cifra menor de la mayor", "unidades")
    assert diagnose("83 - 29", "66", locale="xx") == diagnose("83 - 29", "66")


def test_diagnosis_serialises_to_plain_dicts() -> None:
    found = diagnose("83 - 29", "66").as_dict()
    assert found["candidates"][0]["trace"][0]["place"] == "ones"
    assert found["wrong_step"] is None
