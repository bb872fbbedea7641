"""Tokens to a tree, by recursive descent: each token is read once, with a look-ahead of at most three.

problem  := command | relation
relation := sum [("=" | "<" | ">" | "<=" | ">=") sum]
sum      := product (("+" | "-" | "plus" | "less") product)*
product  := signed (("×" | "÷" | ":" | " / " | "of") signed)*
signed   := "-" signed | "+" signed | tight
tight    := power (["/"] power)*              without spaces round the "/", or side by side
power    := atom ["^" ["-"] power]
atom     := number ["%"] | letter | "?" ["%"] | "(" sum ")" | "sqrt" "(" sum ")"
"""

from __future__ import annotations

from ..errors import ProblemSyntaxError
from .scanner import MAX_ANSWER_DIGITS, MAX_PROBLEM_DIGITS, PLACES, Token, scan
from .tree import (
    Binary,
    Command,
    Decimal,
    Fraction,
    Mixed,
    Negative,
    Percent,
    Power,
    Relation,
    Remainder,
    Root,
    Tree,
    Unknown,
    Variable,
    Whole,
    Word,
)

MAX_DEPTH = 12
RELATIONS = frozenset({"=", "<", ">", "<=", ">="})
_SUMS = {"+": "+", "-": "-", "plus": "plus", "less": "less"}
_UNARY_COMMANDS = frozenset({"simplify", "improper", "decimal", "expand"})


def parse_problem_tree(text: str, *, commas_group: bool = True) -> Tree:
    """The tree of a problem. Raises ProblemSyntaxError, with the place and what was expected there."""
    parser = _Parser(text, commas_group=commas_group, max_digits=MAX_PROBLEM_DIGITS)
    tree = parser.command() or parser.relation()
    parser.finish("an operator or the end of the problem")
    return tree


def parse_answer_tree(text: str, *, commas_group: bool = True) -> Tree:
    """The tree of an answer. Raises ProblemSyntaxError where the text is not in the grammar of answers."""
    parser = _Parser(text, commas_group=commas_group, max_digits=MAX_ANSWER_DIGITS)
    tree = parser.word_answer() or parser.remainder() or parser.relation(remainders=True)
    parser.finish("the end of the answer")
    return tree


class _Parser:
    def __init__(self, text: str, *, commas_group: bool, max_digits: int) -> None:
        self.text = text
        self.tokens = scan(text, commas_group=commas_group, max_digits=max_digits)
        self.next = 0
        self.depth = 0
        # In an equation a colon stays a ratio; anywhere else it divides.
        self.colon = ":" if any(token.text in RELATIONS for token in self.tokens) else "÷"

    # tokens

    def token(self, ahead: int = 0) -> Token:
        return self.tokens[min(self.next + ahead, len(self.tokens) - 1)]

    def take(self, *texts: str) -> bool:
        """Read the next token if it is one of `texts`."""
        if self.token().kind in {"symbol", "word"} and self.token().text in texts:
            self.next += 1
            return True
        return False

    def need(self, text: str) -> None:
        if not self.take(text):
            raise self.error(f"'{text}'")

    def finish(self, expected: str) -> None:
        if self.token().kind != "end":
            raise self.error(expected)

    def error(self, expected: str) -> ProblemSyntaxError:
        return ProblemSyntaxError(self.text, self.token().start, expected)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(f"at most {MAX_DEPTH} levels of nesting")

    # problems and answers

    def command(self) -> Tree | None:
        name = self.token().text
        if name in _UNARY_COMMANDS:
            self.next += 1
            return Command(name, (self.sum(),))
        if self.take("compare"):
            operands = [self.sum()]
            self.need(",")
            operands.append(self.sum())
            while self.take(","):
                operands.append(self.sum())
            return Command("compare", tuple(operands))
        if self.take("round"):
            number = self.sum()
            self.need("to")
            if self.token().text not in PLACES:
                raise self.error("a place such as tenths")
            self.next += 1
            return Command("round", (number,), self.token(-1).text)
        return None

    def word_answer(self) -> Tree | None:
        return Word("equal") if self.take("equal") else None

    def remainder(self) -> Tree | None:
        first, r, second = (self.token(ahead) for ahead in range(3))
        if first.kind == second.kind == "number" and r.text == "r":
            quotient = self.whole_number("a whole quotient")
            self.next += 1
            return Remainder(quotient, self.whole_number("a whole remainder"))
        return None

    def relation(self, *, remainders: bool = False) -> Tree:
        """A sum, or two with a sign between them; where `remainders`, the second may be `q r r`."""
        left = self.sum()
        if self.token().kind == "symbol" and self.token().text in RELATIONS:
            self.next += 1
            sign = self.token(-1).text
            return Relation(sign, left, (remainders and self.remainder()) or self.sum())
        return left

    # expressions

    def sum(self) -> Tree:
        tree = self.product()
        while self.take(*_SUMS):
            tree = Binary(self.token(-1).text, tree, self.product())
        return tree

    def product(self) -> Tree:
        tree = self.signed()
        while self.take("×", "÷", ":", "/", "of"):
            sign = self.token(-1).text
            operator = {"/": "÷", ":": self.colon}.get(sign, sign)
            divisor_at = self.token().start
            right = self.signed()
            if operator == "÷" and right == Whole(0):
                raise ProblemSyntaxError(self.text, divisor_at, "a divisor other than 0")
            tree = Binary(operator, tree, right)
        return tree

    def signed(self) -> Tree:
        if not self.take("-", "+"):
            return self.tight()
        negative = self.token(-1).text == "-"
        self.deeper()
        operand = self.signed()
        self.depth -= 1
        return Negative(operand) if negative else operand

    def tight(self) -> Tree:
        tree = self.power(self.literal() if self.token().kind == "number" else self.atom())
        while True:
            if self.tight_slash():
                self.next += 1
                tree = self.divided(tree)
            elif self.side_by_side():
                tree = Binary("", tree, self.power(self.atom()))
            else:
                return tree

    def divided(self, numerator: Tree) -> Tree:
        denominator_at = self.token().start
        denominator = self.power(self.atom())
        if denominator == Whole(0):
            raise ProblemSyntaxError(self.text, denominator_at, "a denominator other than 0")
        if isinstance(numerator, Whole) and isinstance(denominator, Whole):
            return Fraction(numerator.value, denominator.value)
        return Binary("/", numerator, denominator)

    def side_by_side(self) -> bool:
        token = self.token()
        return token.text in {"(", "sqrt"} or (token.kind == "word" and len(token.text) == 1)

    def power(self, base: Tree) -> Tree:
        if not self.take("^"):
            return base
        negative = self.take("-")
        self.deeper()
        exponent = self.power(self.atom())
        self.depth -= 1
        return Power(base, Negative(exponent) if negative else exponent)

    def atom(self) -> Tree:
        token = self.token()
        if token.kind == "number":
            return self.percent(self.plain_number())
        if self.take("?"):
            return self.percent(Unknown())
        if token.kind == "word" and len(token.text) == 1:
            self.next += 1
            return Variable(token.text)
        if self.take("sqrt"):
            self.need("(")
            return Root(self.inside())
        if self.take("("):
            return self.inside()
        raise self.error("a number")

    def inside(self) -> Tree:
        self.deeper()
        tree = self.sum()
        self.need(")")
        self.depth -= 1
        return tree

    # numbers

    def literal(self) -> Tree:
        """A number, a fraction `a/b`, or a mixed number `w a/b`, each perhaps with a percent sign."""
        if self.fraction_ahead(0):
            return self.percent(self.fraction())
        if self.token(1).kind == "number" and self.fraction_ahead(1):
            whole = self.whole_number("a whole number before the fraction")
            return self.percent(Mixed(whole, *self.fraction()))
        return self.percent(self.plain_number())

    def fraction_ahead(self, ahead: int) -> bool:
        top, bottom = self.token(ahead), self.token(ahead + 2)
        plain = top.kind == bottom.kind == "number" and "." not in top.text + bottom.text
        return plain and self.tight_slash(ahead + 1) and self.token(ahead + 3).text != "^"

    def tight_slash(self, ahead: int = 0) -> bool:
        """Whether the token there is a `/` with no space on either side."""
        before, slash, after = (self.token(ahead + i) for i in (-1, 0, 1))
        return slash.text == "/" and before.end == slash.start and slash.end == after.start

    def fraction(self) -> Fraction:
        numerator = self.whole_number("a whole numerator")
        self.next += 1
        if int(self.token().text) == 0:
            raise self.error("a denominator other than 0")
        return Fraction(numerator, self.whole_number("a whole denominator"))

    def whole_number(self, expected: str) -> int:
        token = self.token()
        if "." in token.text:
            raise self.error(expected)
        self.next += 1
        return int(token.text)

    def plain_number(self) -> Tree:
        text = self.token().text
        self.next += 1
        if self.token().kind == "number":
            raise self.error("an operator between the numbers")
        if "." not in text:
            return Whole(int(text))
        digits, _, places = text.partition(".")
        return Decimal(digits.lstrip("0") or "0", places)

    def percent(self, number: Tree) -> Tree:
        return Percent(number) if self.take("%") else number
