"""The one table of states of worksheets: what is in it happens, nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import ConflictError
from chalicelib.services import guide_states
from chalicelib.services.guide_states import FIRST, GUIDE, SUBMISSION, TABLE
from chalicelib.store.models import guides as models

MACHINES = (GUIDE, SUBMISSION)
ENDS = {GUIDE: {"refused"}, SUBMISSION: {"failed", "withdrawn"}}


def pairs(machine: str) -> list[tuple[str, str]]:
    """Every state with every event."""
    events = {each.event for each in TABLE if each.machine == machine}
    return [(state, event) for state in guide_states.states(machine) for event in sorted(events)]  # type: ignore[arg-type]


ALL = [(machine, *pair) for machine in MACHINES for pair in pairs(machine)]


@pytest.mark.parametrize(("machine", "state", "event"), ALL)
def test_an_event_leads_where_the_table_says_and_is_a_conflict_elsewhere(
    machine: guide_states.Machine, state: str, event: str
) -> None:
    there = [each.end for each in TABLE if each[:3] == (machine, state, event)]
    if there:
        assert [guide_states.after(machine, state, event)] == there
        return
    with pytest.raises(ConflictError) as refusal:
        guide_states.after(machine, state, event)
    to = next(each.end for each in TABLE if (each.machine, each.event) == (machine, event))
    assert refusal.value.details == {"reason": "state", "from": state, "to": to}


@given(st.sampled_from(MACHINES), st.data())
def test_whatever_happens_in_whatever_order_it_stays_in_the_table(
    machine: guide_states.Machine, data: st.DataObject
) -> None:
    """Published is reached through review alone, and what was handed in is graded once."""
    state = data.draw(st.sampled_from(FIRST[machine]))
    seen = [state]
    events = sorted({each.event for each in TABLE if each.machine == machine})
    for event in data.draw(st.lists(st.sampled_from(events), max_size=30)):
        try:
            state = guide_states.after(machine, state, event)
        except ConflictError:
            continue
        seen.append(state)
    assert set(seen) <= set(guide_states.states(machine))
    if "published" in seen:
        assert seen[seen.index("published") - 1] == "review"
    if "graded" in seen:
        assert set(seen[seen.index("graded") :]) == {"graded"}


@pytest.mark.parametrize("machine", MACHINES)
def test_each_state_is_reached_and_only_the_ends_are_ends(machine: guide_states.Machine) -> None:
    reached = set(FIRST[machine])
    while more := {e.end for e in TABLE if e.machine == machine and e.start in reached} - reached:
        reached |= more
    stored = models.GUIDE_STATES if machine == GUIDE else models.SUBMISSION_STATES
    assert reached == set(guide_states.states(machine)) == set(stored)
    assert reached - {e.start for e in TABLE if e.machine == machine} == ENDS[machine]


@pytest.mark.parametrize("machine", MACHINES)
def test_the_drawing_has_all_of_the_table(machine: guide_states.Machine) -> None:
    lines = list(guide_states.drawing(machine))
    assert lines[0] == "stateDiagram-v2"
    for each in TABLE:
        assert (f"    {each.start} --> {each.end}: {each.event} ({each.by})" in lines) == (
            each.machine == machine
        )


def test_an_unknown_event_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="no event"):
        guide_states.after(GUIDE, "review", "grade")
