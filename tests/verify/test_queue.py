"""Everybody in the order as a replay goes on, against walking everybody each time."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from care.verify.order import Turn
from care.verify.queue import Queue, ReplayState, StratumCount

TODAY = date(2026, 11, 23)
STRATA = ("", "trade")

turns = st.builds(Turn, st.integers(1, 3), st.integers(0, 2**63 - 1) | st.integers(0, 5))
days = st.none() | st.integers(-3, 3).map(lambda away: TODAY + timedelta(days=away))
states = st.builds(
    ReplayState, st.booleans(), turns, days, st.integers(0, 2), st.sampled_from(STRATA), st.none() | st.just(1)
)
steps = st.tuples(st.integers(1, 12), st.none() | states) | st.dictionaries(st.sampled_from(STRATA), turns)


@given(st.lists(steps, max_size=60))
def test_it_says_what_walking_everybody_says(done: list[tuple[int, ReplayState | None] | dict[str, Turn]]) -> None:
    queue, present = Queue(), dict[int, ReplayState]()
    for step in done:
        if isinstance(step, tuple):
            customer_id, state = step
            queue.change(customer_id, present.pop(customer_id, None), state)
            if state is not None:
                present[customer_id] = state
        else:
            due = {
                customer_id: state
                for customer_id, state in present.items()
                if state.is_in and state.stratum in step and state.turn <= step[state.stratum]
            }
            assert queue.up_to(step, present) == due
        counts = queue.count(TODAY, present)
        for stratum in STRATA:
            assert counts.get(stratum, StratumCount(0, 0, 0, 0, {})) == walked(present, stratum)
        assert queue.resting == {customer_id for customer_id, state in present.items() if state.free_on}


def walked(present: dict[int, ReplayState], stratum: str) -> StratumCount:
    """The count of a stratum, by looking at everybody."""
    of_stratum = [state for state in present.values() if state.stratum == stratum]
    in_order = [state for state in of_stratum if state.is_in]
    return StratumCount(
        people=sum(state.merged_into is None for state in of_stratum),
        in_order=len(in_order),
        planned=sum(state.planned > 0 for state in in_order),
        resting=sum(not state.planned and state.rests(TODAY) for state in in_order),
        free=Counter(state.turn.cycle for state in in_order if state.could_be_drawn(TODAY)),
    )
