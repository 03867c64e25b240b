"""What is said of a test of the selection: whether there is a sign of favour, or too few to tell."""

from care.statistics.exact import Compared

FEWEST = 12
"""Customers below which nothing is said."""

LEVEL = 0.05
"""In so many reports of honest stores may a sign of favour stand."""


def too_few(of: int, tested: Compared) -> bool:
    """Whether nothing can be said: so few customers are judged, or even the most lop-sided result would be common."""
    return of < FEWEST or tested.least > LEVEL


HONEST_DRAWS = "honest draws"

PURE_CHANCE = "rounds of pure chance"


def said(of: int, tested: Compared, adjusted: float | None = None, rounds: str = HONEST_DRAWS) -> str:
    """What the report says of a test of so many customers; ``adjusted`` is its p among all tests printed.

    ``rounds`` says what chance is imagined to have done again and again.
    """
    if too_few(of, tested):
        return "too few to tell"
    among_all = tested.p if adjusted is None else adjusted
    verdict = "a sign of favour" if among_all <= LEVEL else "no sign of favour"
    words = f"{verdict}: differences this large come up in {often(tested.p)} {rounds}"
    if tested.p <= LEVEL < among_all:
        words += f", but with so many questions asked, one of them in {often(among_all)}"
    return words


def often(p: float) -> str:
    """A chance as whole draws of 10, 100, 1,000 or 10,000, never rounded to none or to all."""
    if p >= 0.95:
        return "more than 9 of 10"
    for of in (10, 100, 1_000):
        if p >= 0.95 / of:
            return f"{round(p * of)} of {of:,}"
    return f"{max(1, round(p * 10_000))} of 10,000"
