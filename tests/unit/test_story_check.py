"""What a story around a problem may be like: its numbers, its words, and what is read out of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.diagnosis import expected_answer, generate, is_same_operation, operation_of
from chalicelib.services import private_words, story_check

GOOD = {
    "en": "A baker has 503 rolls and later sells 278 of them. How many are left for each one who comes?",
    "es": "Una panadera tiene 503 panes y vende 278. \u00bfCu\u00e1ntos panes le quedan para cada uno?",
}
NAMES = private_words.parts_of(["Ada L\u00f3pez", "Panes Flores", "rosa.m"])


def fault(story: str, *numbers: str, locale: str = "en") -> str:
    return story_check.fault(story, numbers or ("503", "278"), locale, NAMES) or "none"


@pytest.mark.parametrize("locale", ["en", "es"])
def test_a_plain_story_is_sound(locale: str) -> None:
    assert fault(GOOD[locale], locale=locale) == "none"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("278", "287", "numbers"),
        ("278", "some", "numbers"),
        ("278", "278.0", "numbers"),
        ("503", "503 or 503", "numbers"),
        ("later", "225 days later", "numbers"),  # the answer
        ("later", "1/2 an hour later", "numbers"),
        ("503", "5 03", "numbers"),
        ("later", "\u0663 days later", "character"),
        ("later", "\u00bd an hour later", "character"),
        ("503", "500 + 3", "character"),
        ("left", "= left", "character"),
        ("rolls", "<b>rolls", "character"),
        ("rolls", "rolls\n", "character"),
        ("A baker", "Two bakers", '"Two"'),
        ("them", "twenty-eight of them", '"twenty"'),
        ("them", "half of them", '"half"'),
        ("them", "them twice", '"twice"'),
        ("for each one", "for one more", '"one"'),
        ("them.", "them?", "question"),
        ("comes?", "comes.", "question"),
        ("How", "\u00bfHow", "question"),
        ("A baker", "Rosa", "name"),
        ("A baker", "Ms Ada-Mar\u00eda", "name"),
        ("left", "left at ada@school.example", "character"),
        ("left", "left at www.bakery.example", "name"),
        ("rolls", "rolls " + "and rolls " * 40, "characters"),
    ],
)
def test_whatever_is_wrong_is_said(old: str, new: str, why: str) -> None:
    assert old in GOOD["en"]
    assert why in fault(GOOD["en"].replace(old, new, 1))


@pytest.mark.parametrize(
    "words",
    ["veintitr\u00e9s", "Dieci\u00e9is y dos", "la mitad", "la cuarta parte", "una docena", "el doble"],
)
def test_number_words_of_another_language(words: str) -> None:
    assert "in words" in fault(GOOD["es"].replace("panes", f"panes y {words}", 1), locale="es")
    assert fault("Flores y panes: 503 y 278. \u00bfCu\u00e1ntos hay?", locale="es").startswith(
        "the story has a name"
    )
    assert fault("Hay 503 flores y 278 panes. \u00bfCu\u00e1ntas cosas hay?", locale="es") == "none"


@pytest.mark.parametrize(
    ("story", "numbers"),
    [
        ("A rope is 2 1/2 m long, another one 3/4 m longer. How long is it?", ("2 1/2", "3/4")),
        ("A cook pours 0.75 litres of milk to 2.50 litres, in all. How much is it?", ("0.75", "2.50")),
        ("There are 7 boxes of 7 pens, so 7 times 7. How many is that?", ("7", "7", "7", "7")),
    ],
)
def test_numbers_are_read_as_the_grammar_writes_them(story: str, numbers: tuple[str, ...]) -> None:
    assert fault(story.replace("another one", "another"), *numbers) == "none"
    assert "numbers" in fault(story.replace("another one", "another"), *numbers[1:])


@pytest.mark.parametrize(
    ("problem", "is_fit"),
    [
        ("503 - 278", True), ("21 + 9 + 6604", True), ("24 × 13", True), ("17 ÷ 5", True),
        ("3/4 of 20", True), ("2 1/2 + 3/4", True), ("3/4 × 1/2", True), ("2.50 × 3", True),
        ("1 + 2 + 3 + 4 + 5", False), ("3/4 ÷ 1/2", False), ("simplify 4/8", False), ("-4 + 9", False),
        ("compare 0.45, 0.5", False), ("5 + 6 × 10", False), ("2x + 3 = 11", False), ("25% of 80", False),
        ("2^3", False), ("3 - 5", False), ("2/3 = ?/6", False), ("round 3.87 to tenths", False),
    ],
)  # fmt: skip
def test_of_what_a_story_can_be_told(problem: str, is_fit: bool) -> None:
    assert (story_check.operation(problem) is not None) == is_fit


@pytest.mark.parametrize(
    ("expression", "problem", "is_same"),
    [
        ("503 - 278", "503 - 278", True), ("278 - 503", "503 - 278", False), ("225", "503 - 278", False),
        ("503 + 278", "503 - 278", False), ("13 x 24", "24 × 13", True), ("5 ÷ 17", "17 ÷ 5", False),
        ("20 × 3/4", "3/4 of 20", True), ("9 + 6604 + 21", "21 + 9 + 6604", True),
        ("2.5 × 3", "2.50 × 3", True), ("9 - 2 - 4", "9 - 4 - 2", False), ("", "503 - 278", False),
        ("503 - 278 - 0", "503 - 278", False), ("x = 503 - 278", "503 - 278", False),
        ("\x00 __import__('os')", "503 - 278", False), ("(" * 200, "503 - 278", False),
    ],
)  # fmt: skip
def test_what_is_read_out_of_a_story_must_be_the_problem(
    expression: str, problem: str, is_same: bool
) -> None:
    assert story_check.agrees(expression, problem) == is_same


@given(st.sampled_from(sorted(story_check.SIGNS)), st.integers(0, 9999))
def test_a_problem_is_the_same_as_itself_and_its_numbers_are_in_it(topic: str, seed: int) -> None:
    for problem in generate(topic, seed=seed, count=3):
        operation = operation_of(problem)
        if operation is not None:
            assert is_same_operation(problem, problem)
            joined = f" {operation.sign} ".join(operation.numbers)
            assert expected_answer(joined) == expected_answer(problem)
