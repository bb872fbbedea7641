"""The table of costs: what grows with the students, and what does not."""

from __future__ import annotations

import pytest

from dev.deploy import costs

FIXED = {"CloudWatch: metrics and alarms"}


def test_what_grows_with_students_grows_and_the_rest_stays() -> None:
    few, many = (dict(costs.lines(students)) for students in costs.STUDENTS)
    assert {name for name in few if few[name] == many[name]} == FIXED
    assert all(many[name] > few[name] > 0 for name in few.keys() - FIXED)
    assert many["Mail"] == pytest.approx(few["Mail"] * costs.STUDENTS[1] / costs.STUDENTS[0])


def test_the_sum_of_the_table_is_that_of_its_lines() -> None:
    rows = [[cell.strip(" *") for cell in row.split("|")[1:-1]] for row in costs.table()]
    for column in (1, 2):
        parts = [float(row[column].replace(",", "")) for row in rows[2:-2]]
        assert float(rows[-2][column].replace(",", "")) == pytest.approx(sum(parts), abs=0.1)


def test_every_price_is_of_use(monkeypatch: pytest.MonkeyPatch) -> None:
    before = sum(dict(costs.lines(1_000)).values())
    for name, price in costs.PRICES.items():
        with monkeypatch.context() as patch:
            patch.setitem(costs.PRICES, name, price._replace(usd=price.usd * 2))
            assert sum(dict(costs.lines(1_000)).values()) > before, name
