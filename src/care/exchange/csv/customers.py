"""Customers out of a CSV file, as the tools people leave write them."""

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, NamedTuple

from care.customers.customer_input import CustomerInput, Rejection
from care.errors import BadFile
from care.exchange.csv.care_rows import CareRows
from care.exchange.csv.column_plan import ColumnPlan, count_known, plan_columns, with_remembered
from care.exchange.csv.customer_rows import CustomerRows
from care.exchange.csv.delimited import Dialect, dialect_of, records
from care.exchange.csv.fields import Field
from care.exchange.csv.layouts import OWN
from care.exchange.csv.reading_options import ReadingOptions
from care.exchange.sources import Source, encoding_of
from care.text import listing, plural

_DAYS = {Field.BIRTHDAY: ("birthday", "birthdays"), Field.JOINED_ON: ("day of joining", "days of joining")}


class ColumnUse(NamedTuple):
    """What becomes of a column: the field it holds, or None where it is kept with the customer as it is."""

    header: str
    field: str | None


class CustomersFile:
    """A customer file whose encoding, delimiter and columns are settled, ready to be read.

    ``size`` is in bytes. ``notices``, ``unknown_statuses`` (words by what was written) and ``unreadable`` (values by
    field, which are kept in ``extra`` under their header) are complete once ``customers()`` has come to its end.
    """

    def __init__(
        self, source: Source, dialect: Dialect, plan: ColumnPlan, options: ReadingOptions, notices: list[str]
    ) -> None:
        self.layout = plan.layout.name
        self.encoding = dialect.encoding.removesuffix("-sig")
        self.delimiter = dialect.delimiter
        self.columns = tuple(
            ColumnUse(header, field and field.value) for header, field in zip(plan.headers, plan.fields, strict=True)
        )
        self.size = source.size
        self.notices = list(notices)
        self.unknown_statuses: Counter[str] = Counter()
        self.unreadable: Counter[str] = Counter()
        self._source = source
        self._dialect = dialect
        self._plan = plan
        self._options = options
        self._file: BinaryIO | None = None
        self._position = 0
        self._first_notices = tuple(self.notices)

    @property
    def position(self) -> int:
        """About how many bytes are behind us, never more than ``size``."""
        return self._position if self._file is None or self._file.closed else self._file.tell()

    def customers(self) -> Iterator[CustomerInput | Rejection]:
        """Every customer and every rejection in the order of the file; each call begins anew.

        Rows with nothing in them are not there. Raises BadFile where a record is none.
        """
        rows = (CareRows if self._plan.layout is OWN else CustomerRows)(self._plan, self._options)
        self.unknown_statuses, self.unreadable = rows.unknown_statuses, rows.unreadable
        self.notices = list(self._first_notices)
        with self._source.open() as self._file, closing(self._records(self._file)) as lines:
            _header(lines)
            read = rows.read
            for line, row in lines:
                draft = read(line, row)
                if draft is not None:
                    yield draft
            self.notices += [two_ways(field, count, example) for field, (count, example) in rows.two_ways.items()]
        self._file, self._position = None, self.size

    def _records(self, file: BinaryIO) -> Generator[tuple[int, list[str]], None, None]:
        return records(file, self._source.name, self._dialect)


def read_customers(path: Path, options: ReadingOptions) -> CustomersFile:
    """The customer file at the path, with its columns settled; its customers are read by ``customers()``.

    Raises BadFile for a file that cannot be taken, WrongUsage or BadSetting for options that do not fit it.
    """
    return read_source(Source(path), options)


def read_source(source: Source, options: ReadingOptions) -> CustomersFile:
    """As ``read_customers``, for a file or a pipe that is open already."""
    if source.size == 0:
        raise BadFile(f"{source.name} is empty. Export it again.")
    encoding = encoding_of(source, options.encoding)
    with source.open() as file:
        dialect = dialect_of(file, encoding.name, lambda header: count_known(header, options))
    with source.open() as file, closing(records(file, source.name, dialect)) as lines:
        header = _header(lines)
        if not header:
            raise BadFile(f"{source.name} is empty. Export it again.")
        options, before = with_remembered(header, options)
        plan = plan_columns(header, options, source.name)
        if not any(cell.strip() for _, row in lines for cell in row):
            raise BadFile(f"{source.name} has a header and no customers. Export it again.")
    again = f"{listing(before)} read as you said before; another --map changes that." if before else None
    return CustomersFile(source, dialect, plan, options, [one for one in (encoding.notice, again) if one])


def _header(lines: Iterator[tuple[int, list[str]]]) -> list[str]:
    """The first record with anything in it; empty when there is none."""
    return next((row for _, row in lines if any(cell.strip() for cell in row)), [])


def two_ways(field: Field, count: int, example: str) -> str:
    """What to tell of so many days that can be read in two ways."""
    return (
        f"{plural(count, *_DAYS[field])} like {example} can be read in two ways. Say --dates day-first or month-first."
    )
