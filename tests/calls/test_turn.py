"""Who is in the order as a replay goes on, against walking everybody each time."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from care.customers.order import Position
from care.verify.turn import Stand, Turn

TODAY = date(2026, 11, 23)
STRATA = ("", "trade")

positions = st.builds(Position, st.integers(1, 3), st.integers(0, 2**63 - 1) | st.integers(0, 5))
days = st.none() | st.integers(-3, 3).map(lambda away: TODAY + timedelta(days=away))
stands = st.builds(Stand, st.booleans(), positions, days, st.integers(0, 2), st.sampled_from(STRATA))
steps = st.tuples(st.integers(1, 12), st.none() | stands) | st.dictionaries(st.sampled_from(STRATA), positions)


@given(st.lists(steps, max_size=60))
def test_it_says_what_walking_everybody_says(done: list[tuple[int, Stand | None] | dict[str, Position]]) -> None:
    turn, there = Turn(), dict[int, Stand]()
    for one in done:
        if isinstance(one, tuple):
            who, stand = one
            turn.change(who, there.pop(who, None), stand)
            if stand is not None:
                there[who] = stand
        else:
            due = {
                who: stand
                for who, stand in there.items()
                if stand.is_in and stand.stratum in one and stand.position <= one[stand.stratum]
            }
            assert turn.up_to(one, there) == due
        counts = turn.count(TODAY, there)
        for name in STRATA:
            mine = [stand for stand in there.values() if stand.stratum == name]
            could = sum(stand.could_be_drawn(TODAY) for stand in mine)
            assert counts.get(name, (0, 0)) == (sum(stand.is_in for stand in mine), could)
        assert turn.resting == {who for who, stand in there.items() if stand.free_on}
