"""Whether a bug leads to an answer, as a student wrote it; and the answer as the grammar writes it."""

from __future__ import annotations

import pytest

from chalicelib import diagnosis
from chalicelib.diagnosis import UnknownBugError, canonical_answer, leads_to


@pytest.mark.parametrize("bug", diagnosis.bugs(), ids=lambda bug: bug.id)
def test_a_bug_leads_to_its_example_and_not_to_the_right_answer(bug: diagnosis.Bug) -> None:
    assert leads_to(bug.id, bug.problem, bug.wrong) is True
    assert leads_to(bug.id, bug.problem, diagnosis.expected_answer(bug.problem)) is False


def test_the_form_of_an_answer_does_not_matter() -> None:
    bug = "subtraction.smaller_from_larger"
    for answer, locale in ((" 4,375 ", "en"), ("4375", "es"), ("04375", "en")):
        assert leads_to(bug, "5503 - 1278", answer, locale) is True
    assert leads_to(bug, "5503 - 1278", "no number") is False


def test_two_bugs_lead_where_they_do_together() -> None:
    pair = "subtraction.borrow_decrementing_to_by_extras+subtraction.borrow_from_zero"
    assert leads_to(pair, "700 - 1", "798") is True
    assert leads_to("+".join(reversed(pair.split("+"))), "700 - 1", "798") is True
    assert [leads_to(bug, "700 - 1", "798") for bug in pair.split("+")] == [False, False]


def test_what_cannot_be_simulated_leads_nowhere_that_is_known() -> None:
    assert leads_to("fractions.add_tops_and_bottoms", "503 - 278", "375") is None
    rivals = "subtraction.smaller_from_larger+subtraction.zero_instead_of_borrow"
    assert leads_to(rivals, "503 - 278", "375") is None
    with pytest.raises(UnknownBugError):
        leads_to("subtraction.no_such_bug", "503 - 278", "375")


def test_an_answer_is_the_same_in_every_language() -> None:
    assert canonical_answer("0.5 + 1", " 1,50 ", "es") == canonical_answer("0.5 + 1", "1.50", "en")
    assert canonical_answer("503 - 278", " 1,225", "en") == "1225"
    assert canonical_answer("503 - 278", "Ana says 3") is None
