"""How closed calls ended, by the AAPOR's formulas worked out by hand."""

import pytest

from care.reports.rates import Cases, Rates, rates


def test_rates_worked_out_by_hand() -> None:
    # RR1 = 18/40, REF1 = 4/40, CON1 = (18 + 4 + 2)/40, COOP1 = 18/(18 + 4 + 2)
    assert rates(Cases(interviews=18, refusals=4, noncontacts=13, others=2, unknown=3)) == Rates(
        cases=40, contacts=24, response=0.45, refusal=0.1, contact=0.6, cooperation=0.75
    )


def test_unknown_cases_count_against_us_wherever_the_whole_is_asked_for() -> None:
    with_unknown = rates(Cases(interviews=6, noncontacts=4, unknown=10))
    assert (with_unknown.response, with_unknown.contact, with_unknown.cooperation) == (0.3, 0.3, 1)


def test_nobody_has_no_rate() -> None:
    assert rates(Cases()) == Rates(0, 0, None, None, None, None)
    assert rates(Cases(noncontacts=3)) == Rates(3, 0, 0, 0, 0, None)


def test_less_than_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="less than nobody"):
        rates(Cases(interviews=3, refusals=-1))
