"""Reading a sheet that somebody filled in: whose it is, and all that was written on it."""

import re
from collections.abc import Sequence

from care.exchange.sheets import words
from care.exchange.sheets.headings import SheetQuestion
from care.exchange.sheets.lines import field_in, lines_of
from care.exchange.sheets.reader import Reader
from care.interviews.sheets.filled import Filled, Header, Line
from care.text import fold

_STORE = re.compile(r"\bstore[\s:]*([0-9a-f]{4})[\s\-–]*([0-9a-f]{4})[\s\-–]*([0-9a-f]{4})", re.IGNORECASE)


_CALL = re.compile(r"\bcall[\s:]*c?([0-9]{1,15})", re.IGNORECASE)


_CUSTOMER = re.compile(r"\bcustomer[\s:]*([0-9]{1,15})", re.IGNORECASE)


_VERSION = re.compile(r"\bversion[\s:]*([0-9]{1,9})", re.IGNORECASE)


def header_of(text: str) -> Header:
    """Whose sheet it is, as far as it says so."""
    lines = lines_of(text)
    identity = next((line for line in lines if words.STORE in fold(line)), "")
    store = _STORE.search(identity)
    call, customer, version = (
        int(found[1]) if (found := pattern.search(identity)) else None for pattern in (_CALL, _CUSTOMER, _VERSION)
    )
    who = None
    for number, line in enumerate(lines, 1):
        field = field_in(line)
        if field and field[0] == "customer" and field[1]:
            who = Line(number, field[1])
            break
    return Header(" ".join(store.groups()).lower() if store else None, call, customer, version, who)


def read_sheet(name: str, text: str, questions: Sequence[SheetQuestion]) -> Filled:
    """All that was written on it. Raises BadLine for a line that cannot be placed or says two things at once."""
    reader = Reader(name, questions)
    for number, line in enumerate(lines_of(text), 1):
        reader.take(Line(number, line))
    reader.fields.pop("customer", None)
    return Filled(
        name,
        header_of(text),
        reader.fields,
        {key: tuple(lines) for key, lines in reader.answers.items()},
        reader.readings,
        tuple(reader.marked),
        tuple(reader.told),
    )
