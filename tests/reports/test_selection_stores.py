"""The tests of the selection over whole stores under a thousand keys: honest ones seldom suspected, bent ones found.

Each store is half a year of draws by the order itself, with talks, people who cannot be reached, pauses and returns.
"""

from collections import Counter
from functools import cache
from random import Random
from typing import NamedTuple

import pytest

import seeds
from care.reports.verdict import LEVEL
from care.statistics.exact import fisher, next_in_turn, removals_test
from care.statistics.monte_carlo import GroupCounts, Values, groups_test, ranks_test
from company import Company, uids

pytestmark = pytest.mark.slow

STORES, BENT = 1_000, 200
WEEKS, SEATS, RESERVES, RESTED_WEEKS = 22, 5, 10, 13
STANCES, PARTS = ("fan", "neutral", "critic"), (4, 4, 2)
REACHED = 0.75
MOST = 0.065


class Store(NamedTuple):
    """What is on record of a store at the end of its half year."""

    frame: dict[str, str]
    drawn: set[str]
    heard: set[str]
    spend: dict[str, float]
    stance: dict[str, str]
    removals: list[tuple[bool, float]]


class Bend(NamedTuple):
    """What a founder does behind the draw: pauses critics who are about to come, says critics were unreached."""

    pauses: bool = False
    unreached: bool = False


def lived(name: str, number: int, bend: Bend) -> Store:
    """Half a year of one store. Nothing in it but the order decides who is drawn, and nothing but ``bend`` favours."""
    luck = seeds.chance(f"{name} {number}")
    people = uids(luck.randrange(150, 260))
    segment = {uid: luck.choices("abc", (5, 3, 2))[0] for uid in people}
    stance = {uid: luck.choices(STANCES, PARTS)[0] for uid in people}
    spend = {uid: luck.lognormvariate(5, 1) for uid in people}
    company, removals, heard = Company(seeds.key(name, number), people), [], set()
    drawn: set[str] = set()
    for week in range(WEEKS):
        calls = company.draw(SEATS, week)
        if company.cycle > 1:  # the tests are of the present cycle
            break
        drawn.update(calls)
        for uid in calls:
            if luck.random() < REACHED and not (bend.unreached and stance[uid] == "critic" and luck.random() < 0.75):
                heard.add(uid)
            company.close(uid, week + RESTED_WEEKS)
        for uid in to_pause(company, week, stance, bend, luck):
            window, ahead = 2 * (SEATS + RESERVES), company.still_to_come(week)
            if uid in ahead:  # whoever was drawn in this cycle cannot be next
                removals.append((ahead.index(uid) < window, next_in_turn(window, len(ahead))))
            company.pause(uid)
        for uid in sorted(company.paused):
            if luck.random() < 0.1:
                company.back(uid)
    # To the cycle belong those it gave, and those whose turn is still to come in it.
    frame = {uid: segment[uid] for uid in {*drawn, *company.still_to_come(WEEKS + RESTED_WEEKS)}}
    return Store(frame, drawn, heard, spend, stance, removals)


def to_pause(company: Company, week: int, stance: dict[str, str], bend: Bend, luck: Random) -> list[str]:
    """Those paused this week: now and then anybody; in a bent store also half the critics among the next ten."""
    anybody = [uid for uid in sorted(company.positions) if uid not in company.paused and luck.random() < 0.004]
    if not bend.pauses:
        return anybody
    critics = [uid for uid in company.in_turn(week)[:10] if stance[uid] == "critic" and uid not in anybody]
    return anybody + [uid for uid in critics if luck.random() < 0.5]


@cache
def honest() -> list[Store]:
    return [lived("honest", number, Bend()) for number in range(STORES)]


def by_group(store: Store, of: dict[str, str], some: set[str], among: set[str]) -> GroupCounts:
    names = sorted({of[uid] for uid in among})
    whole, part = Counter(of[uid] for uid in among), Counter(of[uid] for uid in some)
    return GroupCounts([whole[name] for name in names], [part[name] for name in names])


def segments(store: Store, number: int) -> float:
    block = by_group(store, store.frame, store.drawn, set(store.frame))
    return groups_test([block], f"{number:064x}", "segment", rounds=199).p


def spending(store: Store, number: int) -> float:
    others = [store.spend[uid] for uid in sorted(set(store.frame) - store.drawn)]
    values = Values([store.spend[uid] for uid in sorted(store.drawn)], others)
    return ranks_test([values], f"{number:064x}", "spend", rounds=199).p


def stances(store: Store, number: int) -> float:
    """Heard against drawn, critics beside all others."""
    critics = {uid for uid in store.drawn if store.stance[uid] == "critic"}
    rest = store.drawn - critics
    return fisher(len(critics & store.heard), len(critics), len(rest & store.heard), len(rest)).p


def every_stance(store: Store, number: int) -> float:
    """Heard against drawn, stance by stance, by the mechanism of the draw."""
    block = by_group(store, store.stance, store.heard, store.drawn)
    return groups_test([block], f"{number:064x}", "stance", rounds=199).p


def removed(store: Store, number: int) -> float:
    return removals_test(sum(was for was, _ in store.removals), [one for _, one in store.removals]).p


TESTS = (segments, spending, stances, every_stance, removed)


@pytest.mark.parametrize("test", TESTS, ids=lambda test: test.__name__)
def test_honest_stores_are_seldom_suspected(test) -> None:
    found = sum(test(store, number) <= LEVEL for number, store in enumerate(honest()))
    assert found <= MOST * STORES
    assert found > 0  # a test that never speaks would be honest too


def test_a_thousand_honest_stores_differ_and_are_large_enough() -> None:
    assert len({tuple(sorted(store.drawn)) for store in honest()}) == STORES
    assert min(len(store.drawn) for store in honest()) >= 12
    assert sum(len(store.removals) for store in honest()) / STORES > 8


def share_found(test, bend: Bend) -> float:
    stores = [lived(f"bent {test.__name__}", number, bend) for number in range(BENT)]
    return sum(test(store, number) <= LEVEL for number, store in enumerate(stores)) / BENT


def test_pauses_of_critics_who_come_next_are_found() -> None:
    assert share_found(removed, Bend(pauses=True)) >= 0.95


@pytest.mark.parametrize("test", [stances, every_stance])
def test_critics_said_to_be_unreached_are_found(test) -> None:
    assert share_found(test, Bend(unreached=True)) >= 0.95
