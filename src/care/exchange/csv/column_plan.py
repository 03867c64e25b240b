"""Which column of a customer file goes where, settled once before its rows are read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from care.customers.emails import read_emails
from care.customers.imports.rows import numbered_by
from care.errors import BadFile, WrongUsage
from care.exchange.csv.delimited import MOST_COLUMNS
from care.exchange.csv.fields import EMAILS, KEEP, NAMES, PHONES, Field, kind_of
from care.exchange.csv.layouts import PLAIN, Layout, compact, layout_of, recognise
from care.exchange.csv.reading_options import ReadingOptions
from care.text import fold, listing, tidy, without_apostrophe
from care.words import Status

_MOST_NAMED = 12  # headers, in a sentence

_NUMBERED_VALUE = re.compile(r"(phone|email)(\d+)value").fullmatch


class ColumnPlan(NamedTuple):
    """The columns of a file: their headers, each of its own, and the field each holds, None where care has none.

    ``meanings`` gives, by column, what a folded value stands for. ``labels`` gives, by column of phones or e-mails, the
    column that says row by row what kind it is, as Google writes them.
    """

    layout: Layout
    headers: tuple[str, ...]
    fields: tuple[Field | None, ...]
    meanings: dict[int, dict[str, str]]
    labels: dict[int, int]

    def columns_of(self, *wanted: Field) -> list[int]:
        """The columns that hold one of the fields, in the order of the fields, then of the file."""
        return [index for field in wanted for index, held in enumerate(self.fields) if held is field]


def count_known(header: Sequence[str], options: ReadingOptions) -> int:
    """How many columns of a header are recognised or given a meaning by the options."""
    named = {compact(column) for column in (*options.columns, *(column for column, _ in options.values))}
    fields = recognise(header[:MOST_COLUMNS])
    return sum(
        field is not None or compact(cell) in named for cell, field in zip(header[:MOST_COLUMNS], fields, strict=True)
    )


def with_remembered(header: Sequence[str], options: ReadingOptions) -> tuple[ReadingOptions, list[str]]:
    """The options together with what was said of this layout before, and the columns that is about.

    What was said of columns the file does not have is left out: an export changes its columns now and then.
    """
    headers = unique_headers(header)
    layout = layout_of([tidy(cell) for cell in header])
    columns, values = options.remembered.get(numbered_by(layout.name, PLAIN.name, headers), ({}, {}))
    there = {compact(one) for one in headers} | {*headers}
    said = {compact(one) for one in options.columns}
    columns = {one: field for one, field in columns.items() if one in there or compact(one) in there}
    columns = {one: field for one, field in columns.items() if compact(one) not in said}
    values = {pair: meaning for pair, meaning in values.items() if pair[0] in there or compact(pair[0]) in there}
    both = replace(options, columns={**columns, **options.columns}, values={**values, **options.values})
    return both, sorted({*columns, *(column for column, _ in values)})


def plan_columns(header: Sequence[str], options: ReadingOptions, name: str) -> ColumnPlan:
    """The plan for a file of that name with that header.

    Raises BadFile when no column is a name, a phone or an e-mail, WrongUsage when the options name what is not there.
    """
    if len(header) > MOST_COLUMNS:
        raise BadFile(f"{name} has {len(header):,} columns; care takes {MOST_COLUMNS:,} at most. Export fewer.")
    header = [without_apostrophe(cell) for cell in header]
    headers = unique_headers(header)
    written = [tidy(cell) for cell in header]
    fields = recognise(written)
    _take_maps(fields, headers, written, options, name)
    meanings = _meanings(fields, headers, written, options, name)
    if Field.SEGMENT in fields:
        fields = [None if field is Field.TAGS else field for field in fields]
    if not set(fields).intersection((*NAMES, *PHONES, *EMAILS)):
        raise _nothing_recognised(name, headers, written)
    return ColumnPlan(layout_of(written), tuple(headers), tuple(fields), meanings, _labels(written, fields))


def unique_headers(header: Sequence[str]) -> list[str]:
    """The headers tidied, an empty one called by its place and a repeated one numbered: ``column 7``, ``Name (2)``."""
    taken: set[str] = set()
    counts: dict[str, int] = {}
    unique = []
    for place, cell in enumerate(header, start=1):
        plain = tidy(cell) or f"column {place}"
        name = plain
        while name in taken:
            counts[plain] = counts.get(plain, 1) + 1
            name = f"{plain} ({counts[plain]})"
        taken.add(name)
        unique.append(name)
    return unique


def _take_maps(
    fields: list[Field | None], headers: Sequence[str], written: Sequence[str], options: ReadingOptions, name: str
) -> None:
    for column, said in options.columns.items():
        index = _column(column, headers, written, name)
        field = None if said in KEEP else Field(said)
        if field and kind_of(field) is None:
            # What a person says takes the field from the column that had it.
            for other, held in enumerate(fields):
                if held is field:
                    fields[other] = None
        fields[index] = field


def _meanings(
    fields: list[Field | None], headers: Sequence[str], written: Sequence[str], options: ReadingOptions, name: str
) -> dict[int, dict[str, str]]:
    meanings: dict[int, dict[str, str]] = {}
    for (column, value), meaning in options.values.items():
        index = _column(column, headers, written, name)
        is_status = meaning.lower() in set(Status)
        if fields[index] is None and is_status:
            # Whoever says what its values mean says that this is the column to look at.
            for other, held in enumerate(fields):
                if held is Field.STATUS:
                    fields[other] = None
            fields[index] = Field.STATUS
        if fields[index] is Field.STATUS and not is_status:
            raise WrongUsage(
                f"--map “{column}:{value}={meaning}”: there is no such status. It is {listing(list(Status), 'or')}."
            )
        if fields[index] is None:
            raise WrongUsage(
                f'--map “{column}:{value}={meaning}”: {column} is no field. Say which, with --map "{column}=FIELD".'
            )
        meanings.setdefault(index, {})[fold(value)] = meaning.lower() if is_status else meaning
    return meanings


def _column(said: str, headers: Sequence[str], written: Sequence[str], name: str) -> int:
    """The column a person means: by its exact header, else whatever its case, spaces and signs."""
    for names in (headers, written):
        if said in names:
            return names.index(said)
    key = compact(said)
    for index, header in enumerate(headers):
        if key and compact(header) == key:
            return index
    raise WrongUsage(f"--map: {name} has no column “{said}”. It has {_some(headers)}.")


def _labels(written: Sequence[str], fields: Sequence[Field | None]) -> dict[int, int]:
    keys = [compact(header) for header in written]
    labels = {}
    for index, key in enumerate(keys):
        value = _NUMBERED_VALUE(key)
        if value and fields[index] is not None:
            for word in ("label", "type"):
                if f"{value[1]}{value[2]}{word}" in keys:
                    labels[index] = keys.index(f"{value[1]}{value[2]}{word}")
    return labels


def _nothing_recognised(name: str, headers: Sequence[str], written: Sequence[str]) -> BadFile:
    if any(read_emails(cell) for cell in written):
        return BadFile(
            f"{name} has no header: its first line is a customer. Put a line such as name,email,phone above it."
        )
    return BadFile(
        f"no column of {name} is recognised as a name, e-mail or phone: {_some(headers)}. "
        f'Say which with --map "{_shortened(headers[0])}=name".'
    )


def _some(headers: Sequence[str]) -> str:
    shown: Iterable[str] = (_shortened(header) for header in headers[:_MOST_NAMED])
    more = f" and {len(headers) - _MOST_NAMED:,} more" if len(headers) > _MOST_NAMED else ""
    return ", ".join(shown) + more


def _shortened(header: str) -> str:
    return header if len(header) <= 40 else header[:39] + "…"
