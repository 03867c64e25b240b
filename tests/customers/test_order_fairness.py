"""Whether the order is fair: chances over many keys, newcomers, and coming back in the middle of a cycle."""

from collections import Counter
from functools import cache
from itertools import combinations
from math import comb
from statistics import mean, variance

import pytest
from scipy.stats import chi2

import seeds
from care.customers.order import joining, moved_on, position_in
from company import Company, uids

N, SEATS = 40, 5
DRAWS, KEYS = 20_000, 2_000
UIDS = uids(N)

pytestmark = pytest.mark.slow


def key(number: int) -> bytes:
    return seeds.key("order", number)


@cache
def drawn() -> list[tuple[str, ...]]:
    """Whom the first draw takes of forty, under so many keys."""
    return [tuple(sorted(Company(key(number), UIDS).draw(SEATS))) for number in range(DRAWS)]


def test_everyone_has_the_same_chance() -> None:
    counted = Counter(uid for names in drawn() for uid in names)
    expected = DRAWS * SEATS / N
    # Drawing without replacement makes counts vary less than chi-square expects, by (N - n) / (N - 1).
    statistic = sum((counted[uid] - expected) ** 2 / expected for uid in UIDS) * (N - 1) / (N - SEATS)
    assert 0.0005 < chi2(N - 1).sf(statistic) < 0.9995


def test_pairs_come_up_together_as_often_as_chance_has_it() -> None:
    counted = Counter(pair for names in drawn() for pair in combinations(names, 2))
    together = [counted[pair] for pair in combinations(UIDS, 2)]
    assert len(together) == comb(N, 2) == 780
    assert sum(together) == DRAWS * comb(SEATS, 2)
    assert 0.8 < variance(together) / mean(together) < 1.2


def test_a_newcomer_waits_as_long_as_the_others() -> None:
    waits, others = [], []
    for number in range(KEYS):
        pointer = sorted(position_in(key(number), uid, 1) for uid in UIDS)[N // 2]
        new = joining(key(number), f"{10**9 + number:032x}", pointer)
        there = {uid: position_in(key(number), uid, 1) for uid in UIDS}
        ahead = [one if one > pointer else moved_on(key(number), uid, one, pointer) for uid, one in there.items()]
        waits.append(sum(position < new for position in ahead))
        others.append((N - 1) / 2)
    assert 0.93 < mean(waits) / mean(others) < 1.07


def next_week(number: int, *, pause: bool) -> bool:
    """Whether someone who was paused from the beginning is drawn on the Monday after coming back mid-cycle."""
    company, away = Company(key(number), UIDS), UIDS[0]
    if pause:
        company.pause(away)
    for _ in range(N // 2):
        for uid in company.draw(1):
            company.close(uid)
    if pause:
        company.back(away)
    return away in company.draw(SEATS)


def test_coming_back_in_the_middle_of_a_cycle_gives_no_priority() -> None:
    # Fair is one of those still to come: 5 seats among the 20 not yet drawn and those who come in.
    back = sum(next_week(number, pause=True) for number in range(400)) / 400
    fair = SEATS / N
    assert back <= 3 * fair
    # The same customer, never paused, and so placed like anyone else.
    assert back <= 2 * sum(next_week(number, pause=False) for number in range(400)) / 400 + 0.02


def test_no_pause_brings_anyone_up_twice_in_a_cycle() -> None:
    back = 0
    for number in range(400):
        company, luck = Company(key(number), UIDS), seeds.chance(f"pauses {number}")
        for turn in range(3 * N):
            for uid in luck.sample(UIDS, 3):
                if uid in company.paused:
                    company.back(uid)
                    back += 1
                elif luck.random() < 0.5 and len(company.paused) < N // 2:
                    company.pause(uid)
            for uid in company.draw(1 + turn % 3):
                company.close(uid)
        assert max(Counter(company.drawn).values()) == 1, number
    assert back > 10_000
