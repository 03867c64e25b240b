"""Chance from a seal: the same everywhere, another for every question, and even."""

from collections import Counter
from hashlib import blake2b
from itertools import combinations

import pytest
from scipy.stats import chisquare, kstest

from care.statistics.monte_carlo import Stream

SEAL = "5e" * 32


def test_the_numbers_are_those_anybody_can_work_out_again() -> None:
    # The key: BLAKE2b-256 over seal and question, each after its length; then one block per counter.
    parts = b"".join(len(part).to_bytes(8, "big") + part for part in (SEAL.encode(), b"segment"))
    key = blake2b(parts, digest_size=32).digest()
    blocks = b"".join(blake2b(n.to_bytes(8, "little"), key=key).digest() for n in range(3))
    expected = [int.from_bytes(blocks[at : at + 8], "little") for at in range(0, len(blocks), 8)]
    stream = Stream(SEAL, "segment")
    assert [stream.word() for _ in range(24)] == expected


def test_the_numbers_never_change() -> None:
    stream = Stream(SEAL, "segment")
    assert [stream.word() for _ in range(2)] == [8_358_826_261_859_090_458, 17_383_991_737_456_971_551]
    assert Stream(SEAL, "segment").part() == (8_358_826_261_859_090_458 >> 11) / 2**53


def test_another_seal_and_another_question_have_other_numbers() -> None:
    firsts = {Stream(seal, question).word() for seal in (SEAL, "5f" * 32) for question in ("segment", "spend")}
    assert len(firsts) == 4


def test_parts_are_even() -> None:
    stream = Stream(SEAL, "even")
    assert kstest([stream.part() for _ in range(20_000)], "uniform").pvalue > 0.001


@pytest.mark.parametrize(("size", "of"), [(2, 6), (3, 6), (4, 6), (1, 15), (15, 16)])
def test_every_sample_is_as_likely_as_any_other(size: int, of: int) -> None:
    stream = Stream(SEAL, f"{size} of {of}")
    found = Counter(tuple(sorted(stream.sample(size, of))) for _ in range(12_000))
    ways = list(combinations(range(of), size))
    assert set(found) <= set(ways)
    assert chisquare([found[way] for way in ways]).pvalue > 0.001


@pytest.mark.parametrize(("size", "of"), [(0, 0), (0, 5), (5, 5), (1, 1)])
def test_the_ends_of_a_sample(size: int, of: int) -> None:
    assert Stream(SEAL, "ends").sample(size, of) == set(range(size))
