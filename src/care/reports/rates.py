"""How the closed calls ended, as the AAPOR defines it, so that the rates can be held against anybody's survey."""

from typing import NamedTuple


class Cases(NamedTuple):
    """Closed drawn cases, one per customer; open calls, skips and lapses are none.

    ``interviews`` were held and ``refusals`` refused; ``noncontacts`` were never reached; ``others`` were reached and
    did not refuse, yet no talk came about; of the ``unknown`` nobody knows whether they are customers at all, as with
    a wrong number. (I, R, NC, O and U of the AAPOR's Standard Definitions.)
    """

    interviews: int = 0
    refusals: int = 0
    noncontacts: int = 0
    others: int = 0
    unknown: int = 0


class Rates(NamedTuple):
    """RR1, REF1, CON1 and COOP1, each from 0 to 1 or None where nobody is in its denominator.

    ``response`` is the part of ``cases`` heard, ``refusal`` that refused, ``contact`` that reached at all, and
    ``cooperation`` the part of the ``contacts`` that talked with us.
    """

    cases: int
    contacts: int
    response: float | None
    refusal: float | None
    contact: float | None
    cooperation: float | None


def rates(cases: Cases) -> Rates:
    """The rates of the cases. Raises ValueError if a count is negative."""
    counts = (cases.interviews, cases.refusals, cases.noncontacts, cases.others, cases.unknown)
    if min(counts) < 0:
        raise ValueError(f"{cases} counts less than nobody")
    contacts = cases.interviews + cases.refusals + cases.others
    return Rates(
        cases=sum(counts),
        contacts=contacts,
        response=_part(cases.interviews, sum(counts)),
        refusal=_part(cases.refusals, sum(counts)),
        contact=_part(contacts, sum(counts)),
        cooperation=_part(cases.interviews, contacts),
    )


def _part(some: int, of: int) -> float | None:
    return some / of if of else None
