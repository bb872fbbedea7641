"""Numbers written in words, in English and Spanish, and in Roman numerals: as digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from .texts import language

_UNITS: Final = "zero one two three four five six seven eight nine"
_TEENS: Final = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNIDADES: Final = "cero uno dos tres cuatro cinco seis siete ocho nueve"
_DECENAS: Final = "diez veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_CIENTOS: Final = (
    "cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
_HASTA_29: Final = (
    "once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve",
    "veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve",
)


def _counted(words: str, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + step * place for place, word in enumerate(words.split())}


_NUMBERS: Final[Mapping[str, int]] = {
    **_counted(_UNITS, 0),
    **_counted(_TEENS, 10),
    **_counted(_TENS, 20, 10),
    **_counted(_UNIDADES, 0),
    **_counted(_DECENAS, 10, 10),
    **_counted(_CIENTOS, 100, 100),
    **_counted(_HASTA_29[0], 11),
    **_counted(_HASTA_29[1], 21),
    **{"un": 1, "una": 1, "veintiun": 21, "veintiuna": 21, "ciento": 100},
    **{word.replace("os", "as"): number for word, number in _counted(_CIENTOS, 100, 100).items()},
}
_FACTORS: Final[Mapping[str, int]] = {
    "hundred": 100, "thousand": 1000, "mil": 1000, "million": 10**6, "millon": 10**6, "millones": 10**6,
}  # fmt: skip
_PARTS: Final[Mapping[str, int]] = {
    **{"half": 2, "halves": 2, "medio": 2, "media": 2, "medios": 2, "mitad": 2},
    **{"quarter": 4, "quarters": 4, "tercio": 3, "tercios": 3},
    **_counted("third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", 3),
    **_counted("thirds fourths fifths sixths sevenths eighths ninths tenths elevenths twelfths", 3),
    **_counted("cuarto quinto sexto septimo octavo noveno decimo onceavo doceavo", 4),
    **_counted("cuartos quintos sextos septimos octavos novenos decimos onceavos doceavos", 4),
}
_HALF: Final = frozenset({"half", "medio", "media", "mitad"})  # said without a number before it, too
_ONE: Final = frozenset({"one", "un", "una", "uno"})  # words of every sentence
_OTHERWISE: Final = {"en": frozenset({"once", "media"})}  # number words of another language
_AND: Final = frozenset({"and", "y"})
_SIGNS: Final[Mapping[str, str]] = {
    "minus": "-", "negative": "-", "menos": "-", "over": "/", "sobre": "/", "remainder": "r", "resto": "r",
}  # fmt: skip
_POINTS: Final = re.compile(r"(?<=\d) (?:point|coma|punto) (?=\d)")
_MIXED: Final = re.compile(r"(?<=\d) (?:and|y)(?: an?)? (?=\d+/\d)")
_PIECE: Final = re.compile(r"[^\W\d_]+|\d+|\s+|.", re.DOTALL)
_ROMAN: Final = re.compile(r"\bM{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b")
_LETTERS: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def with_digits(text: str, locale: str = "en") -> str:
    """`text` in small letters and without accents, its numbers in digits: `two hundred and five` is `205`.

    So are fractions (`three quarters` is `3/4`), minus signs and decimal points in words. `one` and its like
    are a number only where they end a clause or belong to a number; a numeral that is said digit by digit
    (`two, two, five`) stays one digit after the other. What is a number only in another language (`once`) is
    left out.
    """
    roman = _ROMAN.sub(lambda found: _from_roman(found[0]), text)
    others = _OTHERWISE.get(language(locale), frozenset())
    pieces = ["" if piece in others else piece for piece in _PIECE.findall(_folded(roman))]
    return _MIXED.sub(" ", _POINTS.sub(".", "".join(_replaced(pieces))))


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _from_roman(numeral: str) -> str:
    if len(numeral) < 2:  # "I" and "C" are other words, or letters
        return numeral
    values = [_LETTERS[letter] for letter in numeral]
    nexts = [*values[1:], 0]
    return str(sum(-each if each < after else each for each, after in zip(values, nexts, strict=True)))


def _replaced(pieces: Sequence[str]) -> Iterator[str]:
    place = 0
    while place < len(pieces):
        number, end = _number(pieces, place)
        if number is None:
            word = pieces[place]
            yield "1/2" if word in _HALF else _SIGNS.get(word, word)
            place += 1
            continue
        parts = _next_word(pieces, end)
        if parts is not None and pieces[parts] in _PARTS:
            yield f"{number}/{_PARTS[pieces[parts]]}"
            place = parts + 1
        elif pieces[place] in _ONE and end == place + 1 and _goes_on(pieces, end):
            yield pieces[place]
            place = end
        else:
            yield str(number)
            place = end


def _number(pieces: Sequence[str], place: int) -> tuple[int | None, int]:
    """The number whose first word is at `place`, None if none is, and where it ends."""
    total, current, end, is_there = 0, 0, place, False
    at: int | None = place
    while at is not None:
        word = pieces[at]
        if word in _NUMBERS and _fits(current, _NUMBERS[word], is_first=not is_there):
            current += _NUMBERS[word]
        elif word in _FACTORS and (is_there or word not in ("million", "millon")):
            factor = _FACTORS[word]
            if factor == 100:
                current = 100 * (current or 1)
            else:
                total, current = total + factor * (current or 1), 0
        elif word in _AND and is_there and _joins(pieces, at, current):
            at = _next_word(pieces, at + 1)
            continue
        else:
            break
        is_there, end = True, at + 1
        at = _next_word(pieces, end)
    return (total + current if is_there else None), end


def _fits(current: int, number: int, *, is_first: bool) -> bool:
    """Whether `number` may come after `current` in one number: 25 is `20` and `5`, not `5` and `20`."""
    if is_first or current == 0:
        return is_first or number > 0
    if number < 10:
        return current % 10 == 0 and current % 100 != 10
    return number < 100 and current % 100 == 0


def _joins(pieces: Sequence[str], place: int, current: int) -> bool:
    """Whether the `and` at `place` is inside a number: `two hundred and five`, `treinta y uno`."""
    after = _next_word(pieces, place + 1)
    if after is None or pieces[after] not in _NUMBERS:
        return False
    return _fits(current, _NUMBERS[pieces[after]], is_first=False)


def _next_word(pieces: Sequence[str], place: int) -> int | None:
    """Where the next word is, if nothing but a space or a hyphen comes before it."""
    if place < len(pieces) and (pieces[place].isspace() or pieces[place] == "-"):
        place += 1
    return place if place < len(pieces) and pieces[place].isalpha() else None


def _goes_on(pieces: Sequence[str], place: int) -> bool:
    """Whether a word follows in the same clause."""
    return _next_word(pieces, place) is not None
