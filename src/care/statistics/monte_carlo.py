"""Honest draws, repeated: how often they would differ from the frame as much as the draw that is tested.

Within a block the drawn are a simple random sample without replacement. The chances are simulated from that and from no
approximation.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from fractions import Fraction
from hashlib import blake2b
from itertools import accumulate
from math import fsum, lcm
from struct import Struct
from typing import NamedTuple

from care import chain
from care.statistics.exact import Compared

ROUNDS = 9_999
"""Honest draws simulated; with the one that is tested they are ten thousand."""


class GroupCounts(NamedTuple):
    """A block by its groups: how many there were to draw from, and how many of them were drawn."""

    frame: Sequence[int]
    drawn: Sequence[int]


class Values(NamedTuple):
    """A block by its numbers: that of each who was drawn, and of each who was not."""

    drawn: Sequence[float]
    others: Sequence[float]


def groups_test(blocks: Sequence[GroupCounts], seal: str, question: str, rounds: int = ROUNDS) -> Compared:
    """Tests by Σ(O - E)² / E over the groups whether the drawn are spread over them as honest draws would be.

    The number of honest draws that are at least as far off is counted, not looked up, and the tested one is one of
    them: p = (1 + #) / (rounds + 1). Equal statistics are equal, as they are compared in whole numbers. Raises
    ValueError if more were drawn of a group than there were.
    """
    for frame, drawn in blocks:
        if len(frame) != len(drawn) or any(not 0 <= some <= of for some, of in zip(drawn, frame, strict=True)):
            raise ValueError(f"{list(drawn)} cannot be drawn from {list(frame)}")
    if not blocks:
        return Compared(1.0, 1.0)
    sizes = [sum(drawn) for _, drawn in blocks]
    shares = [
        [Fraction(size * of, sum(frame) or 1) for of in frame] for size, (frame, _) in zip(sizes, blocks, strict=True)
    ]
    expected = [sum(group, Fraction()) for group in zip(*shares, strict=True)]
    common = lcm(*(mean.denominator for mean in expected))
    wholes = [int(mean * common) for mean in expected]
    scale = lcm(*(whole for whole in wholes if whole))
    # Σ(O - E)² / E times a constant: a group of which nobody could be drawn adds nothing.
    weights = [scale // whole if whole else 0 for whole in wholes]

    def far_off(drawn: Sequence[int]) -> int:
        return sum(
            weight * (common * some - whole) ** 2 for some, whole, weight in zip(drawn, wholes, weights, strict=True)
        )

    stream, tables = Stream(seal, question), _Tables()
    own = far_off([sum(group) for group in zip(*(block.drawn for block in blocks), strict=True)])
    honest = []
    for _ in range(rounds):
        total = [0] * len(expected)
        for size, block in zip(sizes, blocks, strict=True):
            for group, some in enumerate(_spread(block.frame, size, stream, tables)):
                total[group] += some
        honest.append(far_off(total))
    return _tested(own, honest)


def ranks_test(blocks: Sequence[Values], seal: str, question: str, rounds: int = ROUNDS) -> Compared:
    """Tests whether the drawn have larger or smaller numbers than honest draws would bring, by the sum of their ranks.

    Ranks are taken within each block, equal numbers sharing theirs, and p is as in ``groups_test``, two-sided.
    """
    stream = Stream(seal, question)
    ranked = [(_ranks([*drawn, *others]), len(drawn)) for drawn, others in blocks]
    own = abs(sum(sum(ranks[:size]) for ranks, size in ranked))
    honest = []
    for _ in range(rounds):
        # Each rank is held against the mean rank, so the sum of the drawn is nought but for chance.
        sums = (sum(map(ranks.__getitem__, stream.sample(size, len(ranks)))) for ranks, size in ranked)
        honest.append(abs(sum(sums)))
    return _tested(own, honest)


def _ranks(values: Sequence[float]) -> list[int]:
    """Twice the rank of each value less twice the mean rank, equal ones sharing theirs: whole numbers around nought."""
    ordered = sorted(values)
    places: dict[float, list[int]] = {}
    for place, value in enumerate(ordered, 1):
        places.setdefault(value, [place, place])[1] = place
    return [sum(places[value]) - len(values) - 1 for value in values]


def _tested(own: int, honest: Sequence[int]) -> Compared:
    most = max(own, *honest)
    as_far, farthest = (sum(distance >= bar for distance in honest) for bar in (own, most))
    return Compared((1 + as_far) / (len(honest) + 1), (1 + farthest) / (len(honest) + 1))


class Stream:
    """Endless numbers that follow from a seal and the question they are for, and from nothing else."""

    def __init__(self, seal: str, question: str) -> None:
        key = bytes.fromhex(chain.digest(seal, question))
        self._keyed = blake2b(key=key, digest_size=64)
        self._words = self._flow()

    def _flow(self) -> Iterator[int]:
        counter = 0
        while True:
            block = self._keyed.copy()
            block.update(counter.to_bytes(8, "little"))
            yield from _WORDS.unpack(block.digest())
            counter += 1

    def word(self) -> int:
        """The next number of 64 bits, each as likely as any other."""
        return next(self._words)

    def part(self) -> float:
        """The next number from 0 up to but not including 1, a multiple of 2⁻⁵³."""
        return (next(self._words) >> 11) * _HALVES

    def sample(self, size: int, of: int) -> set[int]:
        """So many different numbers below ``of``, every such set equally likely (to one part in 2⁶⁴ / of)."""
        if 2 * size > of:
            return set(range(of)) - self.sample(of - size, of)
        taken: set[int] = set()
        words = self._words
        while len(taken) < size:
            taken.add(next(words) * of >> 64)
        return taken


def _spread(frame: Sequence[int], size: int, stream: Stream, tables: "_Tables") -> Iterator[int]:
    """How many of each group an honest draw takes: group after group, of the seats and the people still left."""
    left = sum(frame)
    for of in frame:
        lowest, chances = tables.of(left, of, size)
        some = lowest + bisect(chances, stream.part()) if chances else lowest
        yield some
        left, size = left - of, size - some


class _Tables:
    """The hypergeometric distributions that have come up, each as its lowest count and the chances up to each next."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int, int], tuple[int, list[float]]] = {}

    def of(self, left: int, of: int, size: int) -> tuple[int, list[float]]:
        """How many of ``of`` among ``left`` are in a sample of ``size``; chances below 10⁻²⁰ are left out."""
        key = (left, of, size)
        if key not in self._known:
            self._known[key] = _hypergeometric(left, of, size)
        return self._known[key]


def _hypergeometric(left: int, of: int, size: int) -> tuple[int, list[float]]:
    lowest, highest = max(0, size - (left - of)), min(of, size)
    likeliest = min(highest, max(lowest, (size + 1) * (of + 1) // (left + 2)))

    # Outwards from the likeliest, each from its neighbour: only + - * /, which are the same on every machine.
    def ratio(some: int) -> float:
        return (of - some) * (size - some) / ((some + 1) * (left - of - size + some + 1))

    up, down = [1.0], [1.0]
    while likeliest + len(up) <= highest and up[-1] > 1e-20:
        up.append(up[-1] * ratio(likeliest + len(up) - 1))
    while likeliest - len(down) >= lowest and down[-1] > 1e-20:
        down.append(down[-1] / ratio(likeliest - len(down)))
    weights = [*reversed(down[1:]), *up]
    total = fsum(weights)
    return likeliest - len(down) + 1, [weight / total for weight in accumulate(weights[:-1])]


_WORDS = Struct("<8Q")

_HALVES = 2.0**-53
