"""``care customers import``: a file of customers into the store."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from care.cli.run import Run, command
from care.errors import WrongUsage
from care.words import Status

if TYPE_CHECKING:
    from care.customers.customer_input import CustomerInput, Rejection
    from care.customers.imports.records import ImportSummary
    from care.customers.imports.take import Imported
    from care.exchange.csv.customers import CustomersFile
    from care.exchange.csv.reading_options import ReadingOptions
    from care.exchange.vcards.files import VCardsFile


LONG_FILE = 2_000_000
"""Bytes from which a progress bar is worth its line."""


class Kind(StrEnum):
    """What a file holds."""

    CUSTOMERS = "customers"


class ImportFormat(StrEnum):
    """How a file is written."""

    CSV = "csv"
    VCARD = "vcard"


class Dates(StrEnum):
    """How a date like 01/02/1980 is meant."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


def register(app: typer.Typer) -> None:
    """Adds the command to the group of customers."""
    command(app, "import")(import_file)


def import_file(
    run: Run,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A CSV export, or vCards; the file taken last without.")
    ] = None,
    kind: Annotated[Kind, typer.Option("--as", help="What the file holds.")] = Kind.CUSTOMERS,
    written: Annotated[
        ImportFormat | None, typer.Option("--format", help="How it is written, if that cannot be seen.")
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=FIELD", help="What a column or a value is (repeatable)."),
    ] = None,
    status: Annotated[Status | None, typer.Option("--status", help="For rows that say none.")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", metavar="NAME", help="Like cp1250 or latin-1.")] = None,
    dates: Annotated[Dates | None, typer.Option("--dates", help="What 01/02/1980 means.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change; change nothing.")] = False,
) -> None:
    """Brings customers in from a file: all of it or nothing, and nobody twice."""
    from care.customers.imports.last_import import ColumnMeanings, known_meanings, remember_file, remember_meanings
    from care.customers.imports.rows import numbered_by
    from care.customers.imports.take import import_customers
    from care.exchange.csv.layouts import PLAIN
    from care.exchange.csv.reading_options import ReadingOptions, parse_map
    from care.views.imports import show_import

    said = ColumnMeanings(*parse_map(mapped or []))
    file, given = _file_and_options(run, file, written, status, encoding, dates)
    with run.changing(keep=not dry_run) as session:
        options = ReadingOptions(
            run.policy(session).country, given.encoding, *said, given.status, given.day_first, known_meanings(session)
        )
        source = _opened(file, options, given.written)
        counted_by = numbered_by(source.layout, PLAIN.name, (column.header for column in source.columns))
        customers = _watched(run, source)
        imported = import_customers(session, customers, file.name, source.layout, counted_by, run.now)
        remember_meanings(session, counted_by, said)
        remember_file(session, imported.batch_id, str(file.absolute()), given.words())
        has_country = run.policy(session).country is not None
    summary = _summary(source, imported, file.name, dry_run)
    run.show(summary, show_import)
    if summary.unchecked and not has_country:
        run.hint("Say which country numbers without a code are from: care config set country NO, and import again.")
    if dry_run:
        run.hint("Nothing was changed. The same without --dry-run takes it.")
    elif summary.callable:
        run.hint("Next: care plan")


class _Given(NamedTuple):
    """The options of one import, as they were given or are taken over from the last."""

    written: ImportFormat | None
    status: Status | None
    encoding: str | None
    dates: Dates | None

    @property
    def day_first(self) -> bool | None:
        return None if self.dates is None else self.dates is Dates.DAY_FIRST

    def words(self) -> dict[str, str]:
        """What was given, by name."""
        return {name: str(value) for name, value in self._asdict().items() if value is not None}


def _file_and_options(
    run: Run,
    file: Path | None,
    written: ImportFormat | None,
    status: Status | None,
    encoding: str | None,
    dates: Dates | None,
) -> tuple[Path, _Given]:
    """The file meant and how it is read: without one, the file taken last, as it was read then but for what is said."""
    from care.customers.imports.last_import import last_file

    if file is not None:
        return file.expanduser(), _Given(written, status, encoding, dates)
    with run.reading() as session:
        last = last_file(session)
    kept = last.said
    return Path(last.path), _Given(
        written or (ImportFormat(kept["written"]) if "written" in kept else None),
        status or (Status(kept["status"]) if "status" in kept else None),
        encoding or kept.get("encoding"),
        dates or (Dates(kept["dates"]) if "dates" in kept else None),
    )


def _opened(file: Path, options: "ReadingOptions", written: ImportFormat | None) -> "CustomersFile | VCardsFile":
    from care.exchange.customer_files import open_customers

    if file.name == "-":
        raise WrongUsage("an import needs a file that can be read twice. Save it first and name it.")
    return open_customers(file, options, None if written is None else written is ImportFormat.VCARD)


def _watched(run: Run, source: "CustomersFile | VCardsFile") -> Iterator["CustomerInput | Rejection"]:
    """The customers, with a progress bar on stderr where the file is long and someone looks."""
    if not run.talk.is_terminal or source.size < LONG_FILE:
        yield from source.customers()
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Reading"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeRemainingColumn())
    with Progress(*columns, console=run.talk.console, transient=True) as progress:
        task = progress.add_task("", total=source.size)
        for number, draft in enumerate(source.customers()):
            if number % 1000 == 0:
                progress.update(task, completed=source.position)
            yield draft


def _summary(source: "CustomersFile | VCardsFile", imported: "Imported", name: str, dry_run: bool) -> "ImportSummary":
    from care.customers.imports.records import ColumnRead, ImportSummary
    from care.words import Eligibility

    standings = imported.standings
    return ImportSummary(
        batch=None if dry_run else f"b{imported.batch_id}",
        file=name,
        layout=source.layout,
        encoding=source.encoding,
        delimiter=source.delimiter,
        **imported.counts,
        rejections=imported.rejections,
        columns=tuple(ColumnRead(column.header, column.field) for column in source.columns),
        callable=standings.get(Eligibility.CALLABLE, 0),
        excluded={kind.value: n for kind, n in standings.items() if kind is not Eligibility.CALLABLE},
        unchecked=imported.unchecked,
        unreadable=dict(source.unreadable),
        unknown_statuses=dict(source.unknown_statuses),
        notices=tuple(source.notices),
        sample=imported.sample,
        duplicates=imported.duplicates,
        updated_sample=imported.updated_sample,
        dry_run=dry_run,
    )
