"""Whether a text gives the answer to a problem away: in any form in which it can be written.

Rather too strict than too lax: a number that is the right answer counts wherever it stands, other than in the
problem itself. What is not found is an answer in a language that is not known here, or one that is described
(`one more than 224`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from .errors import ProblemSyntaxError
from .evidence import verdict_on
from .grammar import Tree, parse_answer_tree, show
from .grammar.tree import (
    Binary,
    Command,
    Decimal,
    Fraction,
    Mixed,
    Negative,
    Percent,
    Relation,
    Remainder,
    Variable,
    Whole,
)
from .grammar.values import NoValueError, value
from .numerals import with_digits
from .problem import Problem, expected_answer, parse_problem

MOST_TOKENS: Final = 11  # of one answer, such as 2x^2 + 5x - 3
NUMBERS: Final = (Whole, Decimal, Fraction, Mixed, Percent)
ELSEWHERE: Final = "\u00a7"  # in place of what is left out: it belongs to no number

_SUPERSCRIPT: Final = re.compile("[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+")
_FORMAT: Final = re.compile("[\u200b-\u200f\u2060\ufe0f\u20e3*_`~|\\\\$]")  # unseen, or marks of layout
_SPELLINGS: Final = {"-": "[-\u2212\u2013]", "×": "[×x*·]", "÷": "[÷/:]"}
_GROUPED: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:[ .,'\u2019]\d{3})+(?![\d])")
_DIGITS_APART: Final = re.compile(r"(?<!\d)\d(?:[^\w§]{1,3}\d)+(?!\d)")
_NUMBERS_APART: Final = re.compile(r"\d+(?: \d+)+")
_PLACES: Final = re.compile(
    r"\b(?:ones|tens|hundreds|thousands|units|unidades|decenas|centenas|millares|unidad|decena|centena)\b"
)
_PLACED: Final = re.compile(
    r"(\d+) ?(?:(ones?|units?|unidad(?:es)?)|(tens?|10|decenas?)|(hundreds?|100|centenas?)"
    r"|(thousands?|1000|millar(?:es)?))\b"
)
_COMPARED: Final = re.compile(
    r"[<>=]|\b(?:larger|largest|greater|greatest|bigger|biggest|higher|highest|smaller|smallest|lower|lowest"
    r"|(?:more|less) than|answer|right|correct|mayor|menor|mas grande|mas pequeno|mas pequena"
    r"|(?:mas|menos) que|respuesta|correcta|correcto)\b"
)
_EQUAL: Final = re.compile(r"=|\b(?:equal|same|igual|iguales|misma|mismo)\b")


def discloses(problem: str, text: str, locale: str = "en") -> bool:
    """Whether `text`, in the language of `locale`, gives away the answer to a canonical `problem`.

    Raises ProblemSyntaxError.
    """
    asked = parse_problem(problem)
    said = with_digits(_own_words(asked, _plain(text)), locale)
    if isinstance(asked.tree, Command) and asked.tree.name == "compare":
        return _tells_the_larger(asked.tree, said)
    return any(_is_answer(asked, tree) for tree in _trees(asked, said)) or _digit_by_digit(asked, said)


def _plain(text: str) -> str:
    """`text` in plain characters: no marks of layout, other scripts' digits as ours, `5²` as `5^2`."""
    raised = _SUPERSCRIPT.sub(lambda found: "^" + unicodedata.normalize("NFKC", found[0]), text)
    plain = _FORMAT.sub("", unicodedata.normalize("NFKC", raised.replace("*", "×")).replace("\u2044", "/"))
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else "-" if char == "\u2212" else char
        for char in plain.replace("\u00a0", " ").replace("\u202f", " ")
    )


def _own_words(asked: Problem, text: str) -> str:
    """`text` without the problem itself, which may be repeated."""
    tokens = re.findall(r"\d+(?:\.\d+)?|\w+|\S", str(asked))
    spelt = r"\s*".join(_SPELLINGS.get(token, re.escape(token)) for token in tokens)
    return re.sub(rf"(?<![\d.,]){spelt}(?![\d]|[.,]\d)", ELSEWHERE, text, flags=re.IGNORECASE)


def _trees(asked: Problem, text: str) -> Iterator[Tree]:
    """Everything in `text` that can be read as an answer, once."""
    letters = "".join(sorted({node.name for node in _nodes(asked.tree) if isinstance(node, Variable)}))
    variable = rf"|(?<![^\W\d_])[{letters}](?![^\W\d_])" if letters else ""
    token = re.compile(rf"\d+(?:[.,]\d+)*|sqrt|\br\b|[-+/:=<>()^%×·÷≤≥]|(?<=\d)%{variable}")
    tokens = list(token.finditer(text))
    pieces = {re.sub(r"\D", "", found) for found in _GROUPED.findall(text)}
    for first in range(len(tokens)):
        for last in range(first, min(first + MOST_TOKENS, len(tokens))):
            if last > first and text[tokens[last - 1].end() : tokens[last].start()].strip():
                break
            pieces.add(text[tokens[first].start() : tokens[last].end()])
    for piece in pieces:
        for commas_group in (True, False) if "," in piece else (True,):
            try:
                yield parse_answer_tree(piece, commas_group=commas_group)
            except ProblemSyntaxError:
                continue


def _is_answer(asked: Problem, tree: Tree) -> bool:
    """Whether `tree` is the right answer, in whatever form, and not just a number of the problem."""
    usual = expected_answer(asked)
    if show(tree) == usual:
        return True
    if tree in _nodes(asked.tree):
        return False
    verdict = verdict_on(asked, tree)
    is_plain = _is_number(tree) or _needs_no_work(tree)  # not a step on the way: 7 × 7, 2x = 8
    if verdict == "correct" or (verdict == "not_simplified" and is_plain):
        return True
    right = _number_of(parse_answer_tree(usual))
    if right is None or not is_plain:
        return False
    try:
        return value(tree) == value(right)
    except NoValueError:
        return False


def _number_of(answer: Tree) -> Tree | None:
    """The number that tells an answer: of `n > -3` the -3, of `9 r 3` the 9; None of an expression."""
    if isinstance(answer, Relation):
        return _number_of(answer.right)
    if isinstance(answer, Remainder):
        return Whole(answer.quotient)
    return answer if _is_number(answer) else None


def _is_number(tree: Tree) -> bool:
    return isinstance(tree.operand if isinstance(tree, Negative) else tree, NUMBERS)


def _needs_no_work(tree: Tree) -> bool:
    """Whether it takes no reckoning to see what a sum comes to: `200 + 20 + 5`, `224 + 1`."""
    terms: list[int] = []
    while isinstance(tree, Binary) and tree.operator in ("+", "-") and isinstance(tree.right, Whole):
        terms.append(tree.right.value)
        tree = tree.left
    if not (terms and isinstance(tree, Whole)):
        return False
    terms.append(tree.value)
    places = [len(str(term)) for term in terms]
    is_expanded = len(set(places)) == len(places) and all(not str(term)[1:].strip("0") for term in terms)
    return is_expanded or (len(terms) == 2 and min(terms) < 10 <= max(terms))


def _digit_by_digit(asked: Problem, text: str) -> bool:
    """Whether the answer is said digit by digit, place by place, or in pieces."""
    number = _number_of(parse_answer_tree(expected_answer(asked)))
    right = show(number).lstrip("-").replace(".", "") if number is not None else ""
    if not (right.isdecimal() and len(right) > 1):
        return False
    apart = ELSEWHERE.join(re.sub(r"\D", "", found) for found in _DIGITS_APART.findall(text))
    pieces = (found.split() for found in _NUMBERS_APART.findall(text))
    joined = {
        "".join(each[first:last])
        for each in pieces
        for first in range(len(each))
        for last in range(first + 2, len(each) + 1)
    }
    return right in apart or right in joined or _place_by_place(right, text)


def _place_by_place(right: str, text: str) -> bool:
    if sum(_placed(found) for found in set(_PLACED.findall(text))) == int(right):
        return True
    if len(right) == 2 and not _PLACES.search(text):  # two digits next to each other are often chance
        return False
    single = "".join(re.findall(r"(?<![\d.,])\d(?![\d]|[.,]\d)", text))
    return right in single or right[::-1] in single


def _placed(found: tuple[str, ...]) -> int:
    number, *places = found
    power = next(power for power, place in enumerate(places) if place)
    return int(number + "0" * power)


def _tells_the_larger(asked: Command, text: str) -> bool:
    """Whether a sentence that is no question says of numbers that are compared how they compare."""
    operands = "|".join(re.escape(show(operand)) for operand in asked.operands)
    named = re.compile(rf"{ELSEWHERE}|(?<![\d.,/])(?:{operands})(?![\d/]|[.,]\d)")
    for sentence in re.findall(r"(?:[^.!?]|[.](?=\d))+[.!?]?", text):
        if sentence.endswith("?"):
            continue
        if _EQUAL.search(sentence) or (_COMPARED.search(sentence) and named.search(sentence)):
            return True
    return re.search(rf"(?:{operands})\s*[<>=]", text) is not None


def _nodes(tree: object) -> set[Tree]:
    """All parts of a tree, and itself."""
    found: set[Tree] = set()
    if isinstance(tree, tuple):
        if hasattr(tree, "_fields"):
            found.add(tree)  # type: ignore[arg-type]
        for part in tree:
            found |= _nodes(part)
    return found
