"""Draws in real stores under many keys, week after week, against the rules of the order played in memory."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy.orm import Session

import seeds
from care.calls.add import add_chosen
from care.calls.plan import plan_week
from care.calls.records import CallRecord
from care.calls.skip import skip_call
from care.calls.tries import Try, record_try
from care.customers.imports.take import import_customers
from care.customers.policy import begin_store
from care.customers.queries import customer_of
from care.db.engine import make_store
from care.person.leave import bring_back, pause_customer
from care.words import Outcome
from company import Company
from stores import MONDAY, SETTINGS, WEEK, Store, later, people

pytestmark = pytest.mark.slow

N, SEATS, RESTED_WEEKS = 40, 5, 6


@pytest.fixture
def blank(tmp_path: Path) -> Iterator[Store]:
    """A store that nobody has begun: each key begins it anew, in a change that is not kept."""
    make_store(tmp_path / "blank.db")
    store = Store(tmp_path / "blank.db")
    yield store
    store.close()


def founded(session: Session, key: bytes) -> dict[str, int]:
    """Begins a store with that key and forty customers; the id of each by uid."""
    begin_store(session, SETTINGS | {"rest_days": 7 * RESTED_WEEKS, "pace": "asked"}, MONDAY, key)
    import_customers(session, people(N), "people.csv", "plain", "crm", MONDAY)
    return {customer_of(session, one).uid: one for one in range(1, N + 1)}


def planned(session: Session, week: int) -> list[CallRecord]:
    """The calls drawn for that week."""
    plan = plan_week(session, WEEK.plus(week), later(weeks=week), wanted=SEATS, callers=("Ann",), explicit_clock=True)
    return [call for call in plan.calls if call.drawn_in == str(WEEK.plus(week))]


def talk(session: Session, call: int, at: datetime) -> None:
    record_try(session, call, Try(at, "Ann", Outcome.REACHED, explicit_clock=True), at)


def test_the_store_draws_whom_the_order_in_memory_draws(blank: Store) -> None:
    counted: Counter[int] = Counter()
    for number in range(200):
        key = seeds.key("store", number)
        with blank.changing(keep=False) as session:
            ids = founded(session, key)
            names = [call.customer.id for call in planned(session, 0)]
        assert names == [ids[uid] for uid in Company(key, ids).draw(SEATS)], number
        counted.update(names)
    assert len(counted) == N  # in 200 draws of 5 of 40 hardly anybody (1 in 10¹⁰) would never come up


class History:
    """The same weeks in a store and in memory: talks, skips, chosen calls, rests, pauses and returns."""

    def __init__(self, session: Session, key: bytes, luck: Random) -> None:
        self.session, self.luck = session, luck
        self.ids = founded(session, key)
        self.company = Company(key, self.ids)
        self.deferred = 0

    def live(self, week: int) -> tuple[list[int], list[int]]:
        """Lives one week; the ids the store draws, and those the order in memory draws."""
        now, session, company = later(weeks=week), self.session, self.company
        chosen = {uid: add_chosen(session, self.ids[uid], None, "Ann", now) for uid in self.to_be_chosen(week)}
        self.deferred += len(set(chosen) & set(company.in_turn(week)[:SEATS]))
        company.busy = set(chosen)
        calls, turn = planned(session, week), company.draw(SEATS, week)
        for call, uid in zip(calls, turn, strict=False):
            if self.luck.random() < 0.2:
                skip_call(session, call.id, "busy", now + timedelta(hours=1))
            else:
                talk(session, call.id, now + timedelta(hours=1))
                company.close(uid, week + RESTED_WEEKS)
        for uid, number in chosen.items():
            talk(session, number, now + timedelta(hours=2))
            company.rests_until[uid] = week + RESTED_WEEKS  # and keeps the place
        for uid in self.luck.sample(sorted(self.ids), 3):
            if uid in company.paused:
                bring_back(session, self.ids[uid], now + timedelta(hours=3))
                company.back(uid)
            elif len(company.paused) < 5:
                pause_customer(session, self.ids[uid], later(weeks=99).date(), None, now + timedelta(hours=3))
                company.pause(uid)
        return [call.customer.id for call in calls], [self.ids[uid] for uid in turn]

    def to_be_chosen(self, week: int) -> list[str]:
        """Now and then somebody anywhere in the order, and now and then one of those whose turn it is."""
        could = self.company.in_turn(week)
        return self.luck.sample(could, 1) + (self.luck.sample(could[:SEATS], 1) if self.luck.random() < 0.2 else [])


def test_whole_histories_agree_with_the_order_in_memory(blank: Store) -> None:
    deferred = 0
    for number in range(20):
        with blank.changing(keep=False) as session:
            history = History(session, seeds.key("history", number), seeds.chance(f"history {number}"))
            for week in range(14):
                drawn, turn = history.live(week)
                assert drawn == turn, (number, week)
            assert history.company.cycle >= 2
            deferred += history.deferred
    assert deferred > 20


def test_chosen_calls_leave_the_drawn_names_unchanged(blank: Store) -> None:
    for number in range(10):
        names: list[list[list[int]]] = []
        for favoured in (0, 8):
            with blank.changing(keep=False) as session:
                ids = founded(session, seeds.key("chosen", number))
                # Those whose turn comes in more weeks than they rest: else a talk beside the draw lets them come later.
                behind = [ids[uid] for uid in Company(seeds.key("chosen", number), ids).in_turn()[7 * SEATS :]]
                for one in seeds.chance(f"chosen {number}").sample(behind, min(favoured, len(behind))):
                    talk(session, add_chosen(session, one, None, "Ann", MONDAY), MONDAY)
                drawn = []
                for week in range(8):
                    calls = planned(session, week)
                    drawn.append([call.customer.id for call in calls])
                    for call in calls:
                        talk(session, call.id, later(weeks=week, hours=1))
                names.append(drawn)
        assert names[0] == names[1], number
        assert sorted(one for week in names[0] for one in week) == list(range(1, N + 1))
