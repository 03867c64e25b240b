"""What a person says about a customer file beside its name, and the form of ``--map``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from care.errors import WrongUsage
from care.exchange.csv.fields import KEEP, Field
from care.exchange.csv.layouts import field_of
from care.text import tidy
from care.words import Status

Remembered = tuple[Mapping[str, str], Mapping[tuple[str, str], str]]
"""The field of each column, and what each (column, value) means."""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How to read a customer file.

    ``country`` (ISO 3166-1 alpha-2) reads phone numbers without a calling code where the row names no country.
    ``encoding`` is for a file that is not UTF-8. ``columns`` gives headers their field, ``-`` for none, and ``values``
    gives a value of a column another meaning. ``status`` is for every row that says none. ``day_first`` decides days
    such as 01/02/1980. ``remembered`` is what was said of columns and values of each layout before, by what its
    external ids are counted by; what is said now counts more.
    """

    country: str | None = None
    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    status: Status | None = None
    day_first: bool | None = None
    remembered: Mapping[str, Remembered] = field(default_factory=dict)


def parse_map(entries: Sequence[str]) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """The columns and the values that ``--map`` entries give a meaning, for ``ReadingOptions``.

    ``COLUMN=FIELD`` and ``COLUMN:VALUE=FIELD-VALUE``; the column may hold ``=`` and ``:`` itself. Raises WrongUsage.
    """
    columns: dict[str, str] = {}
    values: dict[tuple[str, str], str] = {}
    for entry in entries:
        left, equals, right = (part.strip() for part in entry.rpartition("="))
        column, colon, value = (part.strip() for part in left.rpartition(":"))
        named = field_named(right)
        if not equals or not left or not right:
            raise _not_a_map(entry, "it has no column, or nothing after the “=”" if equals else "there is no “=” in it")
        if named is not None:
            columns[tidy(left)] = named
        elif colon and column and value:
            values[tidy(column), tidy(value)] = right
        else:
            raise _not_a_map(entry, f"“{right}” is no field")
    return columns, values


def field_named(words: str) -> str | None:
    """The field a person means, ``-`` for none; in care's own word or as it might head a column. None if unknown."""
    plain = words.strip().lower()
    if plain in KEEP:
        return KEEP[0]
    known = plain.replace(" ", "_").replace("-", "_")
    field = Field(known) if known in set(Field) else field_of(words)
    return field.value if field else None


def _not_a_map(entry: str, reason: str) -> WrongUsage:
    return WrongUsage(
        f'--map “{entry}” cannot be read: {reason}. Write it like "COLUMN=FIELD", where FIELD is one of '
        f'{", ".join(Field)} or - to keep the column as it is; or like "COLUMN:VALUE=FIELD-VALUE".'
    )
