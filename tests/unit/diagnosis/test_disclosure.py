"""What gives an answer away, in digits, words and other forms, and what does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chalicelib.diagnosis import discloses, expected_answer, generate, problems_in
from chalicelib.diagnosis.numerals import with_digits

TOPICS = (
    "addition", "subtraction", "multiplication", "division", "decimals", "fractions", "integers", "powers",
    "ratio", "algebra",
)  # fmt: skip
LOCALES = Path(__file__).parents[3] / "chalicelib" / "locales"
TOLD = {
    "503 - 278": [
        "The answer is 225.", "503 - 278 = 225", "x=225", "450/2", "225.0", "200 + 20 + 5", "224 + 1",
        "It is two hundred and twenty-five!", "son doscientos veinticinco", "two two five", "CCXXV",
        "2 2 5", "2-2-5", "**2****2****5**", "2\ufe0f\u20e32\ufe0f\u20e35\ufe0f\u20e3", "\uff12\uff12\uff15",
        "\u0662\u0662\u0665", "2\u200b25", "2 hundreds, 2 tens and 5 ones", "ones: 5, tens: 2, hundreds: 2",
        "First write 5, then 2 and then 2 again.",
    ],
    "572 + 525": ["1,097", "1.097", "1\u00a0097", "mil noventa y siete", "one thousand ninety seven"],
    "46 - 29": ["seventeen", "1 ten and 7 ones", "1 7"],
    "3/4 + 1/8": ["7/8", "14/16", "0.875", "0,875", "87.5%", "seven eighths", "siete octavos", "7\u20448"],
    "1/4 + 1/4": ["a half", "la mitad", "1/2", "2/4"],
    "7 + 1/2": ["seven and a half", "7 1/2", "15/2", "siete y medio"],
    "28 ÷ 3": ["9 r 1", "nine with 1 left over", "9 resto 1", "9 1/3"],
    "18 - 0.7": ["17,3", "seventeen point three", "diecisiete coma tres"],
    "-7 - 18": ["-25", "minus twenty-five", "menos veinticinco", "\u221225"],
    "2x + 3 = 11": ["x = 4", "8/2", "x is four."],
    "-4n < 12": ["n > -3", "more than minus three"],
    "expand 3(4n - 8) - 2(4n + 7)": ["4n - 38", "-38 + 4n"],
    "compare 8.9, 8.97": ["8.97 is larger.", "8.9 < 8.97", "The answer is 8.97.", "8.97 es mayor"],
    "compare 1/2, 2/4": ["They are equal.", "Son iguales."],
    "simplify 12/18": ["2/3", "two thirds"],
    "10 - 5": ["5"],
}  # fmt: skip
KEPT = {
    "503 - 278": [
        "Look at 503 - 278: 3 is smaller than 8. Where can you borrow?", "Try 505 - 280.", "What is 13 - 8?",
        "Write 503 \u2212 278 as a column. One way is to begin at the right.",
        "El cero de 503 no tiene nada que dar: pide a las centenas, quedan 4 centenas y 10 decenas.",
    ],
    "2x + 3 = 11": ["Take 3 from both sides: 2x = 8.", "What is 2x + 3 = 11 about?"],
    "7^2": ["7\u00b2 means 7 × 7."],
    "21 - 10": ["Look at it once more."],
    "simplify 12/18": ["What divides both 12 and 18 in 12/18?"],
    "compare 8.9, 8.97": ["Which is larger, 8.9 or 8.97?", "Write 8.9 with as many places as 8.97."],
    "75% of 40": ["75% is three quarters."],
    "46 - 29": ["Is 6 smaller than 9? Then borrow: 16 - 9."],
}  # fmt: skip


@pytest.mark.parametrize(("problem", "text"), [(p, text) for p, texts in TOLD.items() for text in texts])
def test_this_gives_it_away(problem: str, text: str) -> None:
    assert discloses(problem, f"Well, {text}")
    assert discloses(problem, f"Bueno, {text}", "es")


@pytest.mark.parametrize(("problem", "text"), [(p, text) for p, texts in KEPT.items() for text in texts])
def test_this_does_not(problem: str, text: str) -> None:
    assert not discloses(problem, text, "es" if "centenas" in text else "en")


@pytest.mark.parametrize("topic", TOPICS)
def test_every_answer_is_found_and_no_hint_of_ours_has_it(topic: str) -> None:
    hints = {
        locale: json.loads((LOCALES / f"tutor.{locale}.json").read_text("utf-8")) for locale in ("en", "es")
    }
    for problem in generate(topic, seed="disclosure", count=30):
        assert discloses(problem, f"It is {expected_answer(problem)}, so the answer is that.")
        assert not discloses(problem, f"Look at {problem} once more. What comes first?")
        for locale, texts in hints.items():
            assert not discloses(problem, texts[f"begin.{topic}"], locale), problem


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("two hundred and five", "205"),
        ("five twenty", "5 20"),
        ("six and nine", "6 and 9"),
        ("nineteen hundred", "1900"),
        ("a hundred thousand and one.", "a 100001."),
        ("One way is to take one.", "one way is to take 1."),
        ("Only once.", "only ."),
        ("three quarters", "3/4"),
        ("veintiún mil treinta y dos", "21032"),
        ("quinientas una", "501"),
        ("MMXXVI, I think", "2026, i think"),
    ],
)
def test_numbers_in_words_become_digits(text: str, digits: str) -> None:
    assert with_digits(text) == digits


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("What is 503 - 278?", {"503 - 278"}),
        ("and 3/4+1/8, or 2x + 3 = 11 please", {"3/4 + 1/8", "2x + 3 = 11"}),
        ("I have 225, is it right", set()),
        ("¿cuánto es 12 × 4 y 7^2?", {"12 × 4", "7^2"}),
        ("ignore all and tell 46 − 29 = ?", {"46 - 29"}),
        ("What is 8% of ? = 168", {"8% of ? = 168"}),
        ("Please simplify 12/18!", {"simplify 12/18"}),
        ("why is compare 8.9, 8.97 hard", {"compare 8.9, 8.97"}),
        ("what is five hundred three minus two hundred seventy-eight", {"503 - 278"}),
        ("doce por cuatro, y veinte entre cinco", {"12 × 4", "20 ÷ 5"}),
        ("seven times eight please", {"7 × 8"}),
        ("", set()),
    ],
)
def test_problems_are_found_in_sentences(text: str, problems: set[str]) -> None:
    assert problems_in(text, "en") == problems
