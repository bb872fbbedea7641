"""The grammar: what is read, what is printed, and what is refused at which place."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chalicelib.diagnosis import ProblemSyntaxError, parse_problem
from chalicelib.diagnosis.grammar import parse_answer_tree, parse_problem_tree, show, tree
from chalicelib.diagnosis.grammar.parser import MAX_DEPTH
from chalicelib.diagnosis.grammar.scanner import MAX_LENGTH, MAX_PROBLEM_DIGITS

# The problems and answers of the contract's table, all topics: they print as they are written there.
TABLE = """
503 - 278; 28 + 19 + 36; 24 × 13; 17 ÷ 5; 612 ÷ 6; 4/5 + 2/3; 6 - 1 1/4; 2/3 × 3; 2/3 ÷ 3/8; 1/3 of 2/3
simplify 4/8; improper 2 3/4; 2/3 = ?/6; compare 4/5, 11/12; 2.5 + 0.35; 0.4 × 0.6; 7.3 ÷ 5
round 3.87 to tenths; decimal 1/2; compare 0.45, 0.5; -4 + (-3); 5 - (-3); (-4) × (-6); 8 - 3 + 2; -3^2
compare -7, -2; 2^3; 2^3 × 2^2; (2^3)^2; 2^6 ÷ 2^3; 5^0; 5^-2; 2^3 + 2^2; (3 + 4)^2; sqrt(9 + 16)
2:3 = 4:x; 25% of 80; 15% of ? = 240; ?% of 40 = 28; 80 less 20%; 100 plus 50% less 50%; 2x + 3 = 11
3(x + 2) = 12; 5x = 2x + 9; x/4 = 12; -2x > 6; expand 3(6x - 4) + 2(3x - 3); expand (z - 4)^2; 5 + 6 × 10
"""
ANSWERS = "225; 3 r 2; 3.4; 17/5; 1 7/15; equal; -7; 1/25; 70%; x = 4; x < -3; 24x - 18; 2.50"


def listed(text: str) -> list[str]:
    return [item for line in text.strip().splitlines() for item in line.split("; ")]


@pytest.mark.parametrize("text", listed(TABLE))
def test_problem_of_the_table_prints_as_it_is_written(text: str) -> None:
    assert show(parse_problem_tree(text)) == text


@pytest.mark.parametrize("text", listed(ANSWERS))
def test_answer_of_the_table_prints_as_it_is_written(text: str) -> None:
    assert show(parse_answer_tree(text)) == text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("  503-278 ", "503 - 278"),
        ("503 − 278", "503 - 278"),
        ("503\u00a0-\u00a0278", "503 - 278"),
        ("24x13", "24 × 13"),
        ("24 X 13", "24 × 13"),
        ("24 * 13", "24 × 13"),
        ("24·13", "24 × 13"),
        ("17 : 5", "17 ÷ 5"),
        ("17 / 5", "17 ÷ 5"),
        ("1,234 + 5,678,901", "1234 + 5678901"),
        ("007 + 5", "7 + 5"),
        ("(3 + 4) + 5", "3 + 4 + 5"),
    ],
)
def test_spellings_of_one_problem(text: str, canonical: str) -> None:
    assert str(parse_problem(text)) == canonical
    assert parse_problem(text) == parse_problem(canonical)


@pytest.mark.parametrize(
    ("text", "locale", "number"),
    [
        ("1,234", "en", tree.Whole(1234)),
        ("1,234,567", "es", tree.Whole(1234567)),
        ("1,234", "es", tree.Decimal("1", "234")),
        ("1,5", "en", tree.Decimal("1", "5")),
        ("0,125", "en", tree.Decimal("0", "125")),
        ("1,234.5", "es", tree.Decimal("1234", "5")),
        (".5", "en", tree.Decimal("0", "5")),
        ("3.50", "en", tree.Decimal("3", "50")),
    ],
)
def test_commas_in_numbers(text: str, locale: str, number: tree.Tree) -> None:
    assert parse_answer_tree(text, commas_group=locale == "en") == number


def test_comma_groups_in_a_whole_number_topic_in_every_locale() -> None:
    assert str(parse_problem("1,234 + 1,111", "es")) == "1234 + 1111"


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("", 0, "a number"),
        ("503 -", 5, "a number"),
        ("503 278", 4, "operator"),
        ("503", 3, "an operator and another number"),
        ("503 - 278)", 9, "the end of the problem"),
        ("(503 - 278", 10, "')'"),
        ("503 $ 278", 4, "a number, an operator"),
        ("503 - \x00", 6, "a number, an operator"),
        ("12 ÷ 0", 5, "a divisor other than 0"),
        ("1/0 + 2", 2, "a denominator other than 0"),
        ("1.2.3 + 4", 3, "digits only"),
        ("12,34,5 + 1", 2, "groups of three digits"),
        ("hello + 1", 0, "a known word"),
        ("round 3.87 to here", 14, "a known word"),
        ("compare 3", 9, "','"),
        ("٣ + ٤", 0, "a number, an operator"),
        ("1" * (MAX_PROBLEM_DIGITS + 1) + " + 1", 0, "digits"),
        ("1 + " * 100 + "1", MAX_LENGTH, "characters"),
        ("(" * 50 + "1", 13, "levels of nesting"),
        ("-" * 50 + "1", 13, "levels of nesting"),
    ],
)
def test_error_says_where_and_what_was_expected(text: str, position: int, expected: str) -> None:
    with pytest.raises(ProblemSyntaxError) as caught:
        parse_problem(text)
    assert (caught.value.position, expected in caught.value.expected) == (position, True)


@given(st.text(max_size=60) | st.text("0123456789 +-×÷:/xr=.,()^%?", max_size=60))
@settings(max_examples=300)
def test_arbitrary_text_raises_nothing_but_a_syntax_error(text: str) -> None:
    for locale in ("en", "es"):
        try:
            problem = parse_problem(text, locale)
        except ProblemSyntaxError as error:
            assert 0 <= error.position <= len(text)  # noqa: PT017 (not raised by every text)
        else:
            assert parse_problem(str(problem), locale) == problem


def test_nodes_of_different_kinds_are_not_equal() -> None:
    four = tree.Whole(4)
    alike = [tree.Negative(four), tree.Percent(four), tree.Root(four), tree.Negative(tree.Whole(4))]
    assert [alike[0] == other for other in alike] == [True, False, False, True]
    assert [alike[0] != other for other in alike] == [False, True, True, False]
    assert tree.Fraction(3, 2) != tree.Remainder(3, 2)
    assert tree.Power(four, tree.Negative(four)) != tree.Power(four, tree.Root(four))
    assert len(set(alike)) == 3
    assert parse_problem("sqrt(4) + 2^1") != parse_problem("-4 + 2^1")


WHOLES = st.integers(0, 999).map(tree.Whole)
FRACTIONS = st.builds(tree.Fraction, st.integers(0, 99), st.integers(1, 99))
MIXED = st.builds(tree.Mixed, st.integers(0, 9), st.integers(1, 9), st.integers(1, 9))
DECIMALS = st.builds(tree.Decimal, st.integers(0, 99).map(str), st.text("0123456789", min_size=1, max_size=3))
PERCENTS = st.builds(tree.Percent, WHOLES | DECIMALS | st.just(tree.Unknown()))
LEAVES = (
    WHOLES | FRACTIONS | MIXED | DECIMALS | PERCENTS | st.sampled_from([tree.Variable("x"), tree.Unknown()])
)


def _compound(children: st.SearchStrategy[tree.Tree]) -> st.SearchStrategy[tree.Tree]:
    operators = st.sampled_from(["+", "-", "plus", "less", "×", "÷", "of", "/", ""])
    return (
        st.builds(tree.Binary, operators, children, children).filter(_is_canonical)
        | st.builds(tree.Negative, children)
        | st.builds(tree.Power, children, children)
        | st.builds(tree.Root, children)
    )


def _is_canonical(node: tree.Binary) -> bool:
    """Neither a division by a plain 0 nor a quotient of whole numbers, which is a `Fraction`."""
    zero = node.right == tree.Whole(0)
    plain = isinstance(node.left, tree.Whole) and isinstance(node.right, tree.Whole)
    return not (node.operator in {"÷", "/"} and zero) and not (node.operator == "/" and plain)


@given(st.recursive(LEAVES, _compound, max_leaves=6))
@settings(max_examples=300)
def test_what_is_printed_parses_back_to_the_same(node: tree.Tree) -> None:
    text = show(node)
    assume(len(text) <= MAX_LENGTH and sum(map(text.count, "(-^")) <= MAX_DEPTH)
    assert repr(parse_problem_tree(text)) == repr(node)
