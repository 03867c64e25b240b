"""Public holidays, from the library of that name."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache


def public_holidays(country: str | None, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of a country (ISO 3166-1 alpha-2) in these years; none for a country nobody knows."""
    if country is None:
        return frozenset()
    return frozenset().union(*(_of_year(country, year) for year in years))


@lru_cache(maxsize=256)
def _of_year(country: str, year: int) -> frozenset[date]:
    import holidays  # every holiday of every country: only for who looks for a day

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:  # so the library says of a country it does not know: then none is kept free
        return frozenset()
