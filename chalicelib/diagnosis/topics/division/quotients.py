"""Bugs in the quotient digits and in what is made of the remainder."""

from __future__ import annotations

from ...procedure import NoAnswerError
from .long import LongDivision, QuotientDigit, bug


@bug("bring_down_omitted", cases=("quotient", "form"))
class BringDownOmitted(LongDivision):
    """Stops after the first (leftmost) quotient digit; what is left over is not written.

    A dividend smaller than its divisor has no quotient digit: no answer, except that 0 gives 0.
    """

    def fraction(self) -> str:
        if self.dividend:
            raise NoAnswerError
        return super().fraction()

    def rounds(self) -> list[QuotientDigit]:
        return super().rounds()[:1]

    def form(self, quotient: str, remainder: int) -> str:  # noqa: ARG002 (no remainder is written)
        return quotient


@bug("final_zero_omitted")
class FinalZeroOmitted(LongDivision):
    """Leaves out one zero at the end of the quotient; the remainder is right."""

    def quotient(self, digits: str) -> str:
        return super().quotient(digits).removesuffix("0")


@bug("quotient_zero_omitted")
class QuotientZeroOmitted(LongDivision):
    """Leaves out the zeros inside the quotient; zeros at its end stay; the remainder is right."""

    def quotient(self, digits: str) -> str:
        inside = digits.rstrip("0")
        return super().quotient(inside.replace("0", "") + digits[len(inside) :])


@bug("reverses_quotient", cases=("reverses",))
class ReversesQuotient(LongDivision):
    """Writes the quotient digits from right to left (leading zeros not kept); the remainder is right."""

    def quotient(self, digits: str) -> str:
        return super().quotient(digits)[::-1]


@bug("remainder_ge_divisor")
class RemainderGeDivisor(LongDivision):
    """Takes the last quotient digit one too small and leaves the remainder larger by the divisor.

    Only for a quotient of 2 or more that does not end in 0; else no answer.
    """

    def fraction(self) -> str:
        raise NoAnswerError

    def rounds(self) -> list[QuotientDigit]:
        *rounds, last = super().rounds()
        if last.digit == 0 or (last.digit == 1 and not rounds):
            raise NoAnswerError
        return [*rounds, last._replace(digit=last.digit - 1, left=last.left + self.divisor)]


@bug("remainder_dropped")
class RemainderDropped(LongDivision):
    """Gives the whole quotient and no remainder; that is 0 for a dividend smaller than its divisor."""

    def fraction(self) -> str:
        return "0"

    def form(self, quotient: str, remainder: int) -> str:  # noqa: ARG002 (whatever remains)
        return quotient


@bug("remainder_as_decimal", cases=("form",))
class RemainderAsDecimal(LongDivision):
    """Writes the remainder after a decimal point behind the whole quotient (no remainder: right).

    A dividend smaller than its divisor has the quotient 0 and is itself the remainder.
    """

    def fraction(self) -> str:
        return self.form("0", self.dividend)

    def form(self, quotient: str, remainder: int) -> str:
        return f"{quotient}.{remainder}" if remainder else quotient
