"""What is said of the tests: too few to tell, and the words."""

import pytest

from care.reports.verdict import often, said, too_few
from care.statistics.exact import Compared, fisher
from care.statistics.monte_carlo import GroupCounts, groups_test

SEAL = "5e" * 32


def test_too_few_to_tell() -> None:
    telling = Compared(0.4, 0.001)
    assert too_few(11, telling)
    assert not too_few(12, telling)
    assert too_few(400, Compared(0.4, 0.0501))
    assert not too_few(400, Compared(0.4, 0.05))
    # One customer of a segment of one: even drawing them comes up in a third of all draws.
    assert too_few(12, groups_test([GroupCounts([35, 1], [11, 1])], SEAL, "segment"))
    assert not too_few(12, groups_test([GroupCounts([30, 6], [11, 1])], SEAL, "segment"))
    assert too_few(19, fisher(0, 18, 1, 1))  # one of nineteen, and just that one: p = 1/19
    assert not too_few(20, fisher(0, 19, 1, 1))


def test_the_words() -> None:
    assert said(15, Compared(0.43, 0.001)) == (
        "no sign of favour: differences this large come up in 4 of 10 honest draws"
    )
    assert said(11, Compared(0.43, 0.001)) == "too few to tell"
    assert said(15, Compared(0.43, 0.06)) == "too few to tell"
    assert said(40, Compared(0.003, 0.0001), 0.012) == (
        "a sign of favour: differences this large come up in 3 of 1,000 honest draws"
    )
    assert said(40, Compared(0.03, 0.0001), 0.09) == (
        "no sign of favour: differences this large come up in 3 of 100 honest draws, "
        "but with so many questions asked, one of them in 9 of 100"
    )


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (1.0, "more than 9 of 10"),
        (0.95, "more than 9 of 10"),
        (0.94, "9 of 10"),
        (0.43, "4 of 10"),
        (0.1, "1 of 10"),
        (0.094, "9 of 100"),
        (0.05, "5 of 100"),
        (0.0096, "1 of 100"),
        (0.009, "9 of 1,000"),
        (0.0001, "1 of 10,000"),
        (1e-30, "1 of 10,000"),
    ],
)
def test_a_chance_in_whole_draws(p: float, words: str) -> None:
    assert often(p) == words
