"""Right work with ratios and percentages, a class for each kind of problem."""

from __future__ import annotations

from fractions import Fraction as Rational

from ...procedure import Register
from ..lines import Lines
from .task import Task, written

bug = Register("ratio")


class Work(Lines):
    """Work on ratios and percentages."""

    task: Task

    def result(self, place: str, number: Rational, key: str, **values: Rational) -> Rational:
        """Write down a number just worked out, told by the sentence `key` with these values."""
        noted = self.noted(number)
        self.write(place, written(noted), key, **{name: written(value) for name, value in values.items()})
        return noted

    def noted(self, number: Rational) -> Rational:
        """What is put down of a number just worked out."""
        return number


class Proportion(Work):
    """The rule of three: x is b times c, divided by a."""

    kinds = frozenset({"proportion"})

    def work(self) -> None:
        a, b, c = self.factors(*self.task.numbers)
        product = self.result("product", b * c, "multiplies", first=b, second=c)
        self.result("quotient", product / a, "divides", first=product, second=a)

    def factors(self, a: Rational, b: Rational, c: Rational) -> tuple[Rational, Rational, Rational]:
        """The divisor, and the two factors."""
        return a, b, c


class Part(Work):
    """p% of B: B times p, divided by 100."""

    kinds = frozenset({"part"})

    def work(self) -> None:
        rate, base = self.task.numbers
        product = self.result("product", rate * base, "multiplies", first=rate, second=base)
        self.result("quotient", product / 100, "divides", first=product, second=Rational(100))


class Base(Work):
    """p% of ? = P: P times 100, divided by p. For ?% of B = P, likewise, P times 100 divided by B."""

    kinds = frozenset({"whole"})

    def work(self) -> None:
        divisor, part = self.task.numbers
        product = self.result("product", part * 100, "multiplies", first=part, second=Rational(100))
        self.result("quotient", product / divisor, "divides", first=product, second=divisor)


class Rate(Base):
    """?% of B = P: P times 100, divided by B, in percent."""

    kinds = frozenset({"rate"})

    def work(self) -> None:
        super().work()
        self.lines[-1] = self.lines[-1]._replace(wrote=self.lines[-1].wrote + "%")


class Change(Work):
    """B plus or less p%: the percentage of what there is at the moment, added or taken away."""

    kinds = frozenset({"change"})

    def work(self) -> None:
        now, *rates = self.task.numbers
        for i, (sign, rate) in enumerate(zip(self.task.signs, rates, strict=True), 1):
            percentage = self.result(
                f"percentage {i}", now * rate / 100, "takes_percentage", rate=rate, base=now
            )
            key = "adds" if sign == "plus" else "subtracts"
            total = now + percentage if sign == "plus" else now - percentage
            now = self.result(f"change {i}", total, key, first=now, second=percentage)


Work.right = {kind: work for work in (Proportion, Part, Base, Rate, Change) for kind in work.kinds}
