"""Whether the order is fair: chances over many keys, newcomers, and coming back in the middle of a cycle."""

from collections import Counter
from itertools import combinations
from math import comb, sqrt
from statistics import NormalDist, mean, variance

from care.customers.order import Position, entering, joining, moved_on, position_in

N, SEATS, KEYS = 40, 5, 2000
UIDS = [f"{number:032x}" for number in range(1, N + 1)]


def key(number: int) -> bytes:
    return number.to_bytes(32, "big")


def drawn_with(number: int, seats: int = SEATS) -> list[str]:
    return sorted(UIDS, key=lambda uid: joining(key(number), uid, None))[:seats]


def chi_square_p(statistic: float, freedom: int) -> float:
    """The chance of a larger value, by Wilson and Hilferty's cube root: good to a few parts in a thousand here."""
    cube = (statistic / freedom) ** (1 / 3)
    return 1 - NormalDist(1 - 2 / (9 * freedom), sqrt(2 / (9 * freedom))).cdf(cube)


def test_everyone_has_the_same_chance() -> None:
    counted = Counter(uid for number in range(KEYS) for uid in drawn_with(number))
    expected = KEYS * SEATS / N
    # Drawing without replacement makes counts vary less than chi-square expects, by (N - n) / (N - 1).
    statistic = sum((counted[uid] - expected) ** 2 / expected for uid in UIDS) * (N - 1) / (N - SEATS)
    assert 0.0005 < chi_square_p(statistic, N - 1) < 0.9995


def test_pairs_come_up_together_as_often_as_chance_has_it() -> None:
    counted = Counter(pair for number in range(KEYS) for pair in combinations(sorted(drawn_with(number)), 2))
    together = [counted[pair] for pair in combinations(UIDS, 2)]
    assert len(together) == comb(N, 2) == 780
    assert sum(together) == KEYS * comb(SEATS, 2)
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
    made = key(number)
    positions = {uid: joining(made, uid, None) for uid in UIDS}
    away = UIDS[0]
    pointer = Position(0, 0)
    for _ in range(N // 2):
        uid = min((one for one in UIDS if not (pause and one == away)), key=lambda one: positions[one])
        pointer = max(pointer, positions[uid])
        positions[uid] = moved_on(made, uid, positions[uid], pointer)
    if pause:
        positions[away] = entering(made, away, positions[away], pointer)
    return away in sorted(UIDS, key=lambda one: positions[one])[:SEATS]


def test_coming_back_in_the_middle_of_a_cycle_gives_no_priority() -> None:
    # Fair is one of those still to come: 5 seats among the 20 not yet drawn and those who come in.
    back = sum(next_week(number, pause=True) for number in range(400)) / 400
    fair = SEATS / N
    assert back <= 3 * fair
    # The same customer, never paused, and so placed like anyone else.
    assert back <= 2 * sum(next_week(number, pause=False) for number in range(400)) / 400 + 0.02


def test_no_pause_brings_anyone_up_twice_in_a_cycle() -> None:
    for number in range(60):
        made = key(number)
        positions = {uid: joining(made, uid, None) for uid in UIDS}
        paused: set[str] = set()
        pointer: Position | None = None
        drawn: Counter[tuple[int, str]] = Counter()
        for turn in range(3 * N):
            uid = UIDS[(7 * turn + number) % N]
            if uid in paused:
                paused.remove(uid)
                positions[uid] = entering(made, uid, positions[uid], pointer)
            elif turn % 3 == 0:
                paused.add(uid)
            one = min((uid for uid in UIDS if uid not in paused), key=lambda uid: positions[uid])
            pointer = max(pointer or positions[one], positions[one])
            drawn[pointer.cycle, one] += 1
            positions[one] = moved_on(made, one, positions[one], pointer)
        assert max(drawn.values()) == 1
