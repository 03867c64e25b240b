"""Long made-up histories of a team, undone and clocks set back among them: the record fits together all the way."""

import pytest
from histories import ACTS, act

import seeds
from care.verify.check import verify
from stores import in_segments, new_store

pytestmark = pytest.mark.slow

OFTEN = {"plan": 4.0, "held": 4.0, "missed": 3.0, "undo": 2.0, "strata": 0.5, "forget": 0.7}
PAUSES = (0, 0, 0, 1, 2, 7, 20)


@pytest.mark.parametrize("number", range(10))
def test_whatever_a_team_does_for_half_a_year_it_is_clean(number: int, tmp_path) -> None:
    luck = seeds.chance(f"life {number}")
    store = new_store(tmp_path / "life.db")
    store.take(in_segments(18, "retail", "trade", None))
    act(store, "plan", 0, 0)  # who was drawn from cannot be taken back, so there is always somebody
    done, days = [], 0
    for step in range(50):
        name = luck.choices(ACTS, [OFTEN.get(one, 1.0) for one in ACTS])[0]
        days += luck.choice(PAUSES) if luck.random() < 0.97 else -3  # now and then the clock is set back
        done.append((name, luck.randrange(10_000), days))
        act(store, *done[-1])
        if step % 10 == 9:
            with store.reading() as session:
                assert verify(session, None).problems == (), done
    store.close()
    assert store.one("SELECT count(*) FROM draw") >= 3
