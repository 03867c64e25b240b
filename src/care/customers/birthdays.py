"""Days as people write them: birthdays, with or without a year, and the day a customer joined.

01/02/1980 is 1 February here and 2 January there. It is never guessed which.
"""

import re
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from care.text import fold


class Day(NamedTuple):
    """A day of the calendar; ``year`` is None where none was said."""

    day: int
    month: int
    year: int | None

    @property
    def as_date(self) -> date | None:
        """The date, None without a year."""
        return None if self.year is None else date(self.year, self.month, self.day)


class NoDay(Enum):
    """Why a text is no day."""

    BLANK = "blank"
    TWO_WAYS = "can be read in two ways"
    UNREADABLE = "cannot be read"


# 1604 is what address books of Apple write for "no year", 0000 what others do.
_NO_YEARS = (0, 1604)

_LEAP_YEAR = 2000

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?").fullmatch

_ISO_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T\d.*)?").fullmatch

_WITHOUT_YEAR = re.compile(r"--(\d\d)-?(\d\d)").fullmatch

_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4})|\2)?(?:,? \d{1,2}[:.]\d\d.*)?").fullmatch

_TIME_OF_DAY = re.compile(r",?(?:\s+at)?\s+\d{1,2}:\d\d.*$")

_WORDS = re.compile(r"[\s,./-]+")

_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|ª|o|a|e)?").fullmatch

_FILLERS = frozenset(["de", "del", "of", "the", "den", "le", "el"])

_NOTHING = frozenset(
    ["", "-", "--", "n/a", "null", "none", "0/0/00", "0/0/0000", "00/00/0000", "00/00/00", "0000-00-00"]
)

# English, German, French, Spanish, Italian, Portuguese, Dutch, Norwegian, Danish, Swedish; folded.
_MONTHS = {
    word: number
    for number, words in enumerate(
        [
            "january jan januar janvier janv enero ene gennaio gen janeiro januari",
            "february feb februar fevrier fevr febrero febbraio fevereiro fev februari",
            "march mar marz maerz mars marzo marco maart mrt mrz",
            "april apr avril avr abril abr aprile",
            "may mai mayo maggio mag maio mei maj",
            "june jun juni juin junio giugno giu junho",
            "july jul juli juillet juil julio luglio lug julho",
            "august aug aout agosto ago augustus augusti",
            "september sep sept septembre septiembre settembre set setembro",
            "october oct oktober okt octobre octubre ottobre ott outubro out",
            "november nov novembre noviembre novembro",
            "december dec dezember dez decembre diciembre dic dicembre dezembro desember des",
        ],
        start=1,
    )
    for word in words.split()
}


@lru_cache(maxsize=8192)
def read_day(written: str, day_first: bool | None) -> Day | NoDay:
    """The day a text names, or why it names none.

    ``day_first`` decides texts such as 01/02/1980; when it is None they are ``TWO_WAYS``, unless only one reading
    exists or both are the same day. A year of two digits is not read: it does not say which century.
    """
    text = written.strip()
    if text.lower() in _NOTHING:
        return NoDay.BLANK
    found = _ISO(text) or _ISO_BASIC(text)
    if found:
        return _day(int(found[3]), int(found[2]), int(found[1]))
    found = _WITHOUT_YEAR(text)
    if found:
        return _day(int(found[2]), int(found[1]), None)
    found = _NUMBERS(text)
    if found:
        return _either(int(found[1]), int(found[3]), int(found[4]) if found[4] else None, day_first)
    return _spelled(text)


def iso_birthday(day: int | None, month: int | None, year: int | None) -> str | None:
    """A birthday as ISO 8601 writes it, ``--11-26`` where the year is not known; None without day and month."""
    if not day or not month:
        return None
    return f"{f'{year:04}' if year else '-'}-{month:02}-{day:02}"


def _day(day: int, month: int, year: int | None) -> Day | NoDay:
    known = None if year in _NO_YEARS else year
    try:
        date(_LEAP_YEAR if known is None else known, month, day)
    except ValueError:
        return NoDay.UNREADABLE
    return Day(day, month, known)


def _either(first: int, second: int, year: int | None, day_first: bool | None) -> Day | NoDay:
    as_day_first, as_month_first = _day(first, second, year), _day(second, first, year)
    if isinstance(as_day_first, NoDay) or as_day_first == as_month_first:
        return as_month_first
    if isinstance(as_month_first, NoDay):
        return as_day_first
    if day_first is None:
        return NoDay.TWO_WAYS
    return as_day_first if day_first else as_month_first


def _spelled(text: str) -> Day | NoDay:
    """``3 Feb``, ``Feb 3, 1980``, ``15-Jan-2024``, ``3 de febrero de 1980``; any order, the month in words."""
    day = month = year = None
    for word in _WORDS.split(fold(_TIME_OF_DAY.sub("", text))):
        ordinal = _ORDINAL(word)
        if word in _MONTHS and month is None:
            month = _MONTHS[word]
        elif ordinal and day is None:
            day = int(ordinal[1])
        elif len(word) == 4 and word.isascii() and word.isdigit() and year is None:
            year = int(word)
        elif word and word not in _FILLERS:
            return NoDay.UNREADABLE
    if day is None or month is None:
        return NoDay.UNREADABLE
    return _day(day, month, year)
