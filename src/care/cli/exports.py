"""``care customers export``: everything back out, into a file or to another program."""

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, TypeVar

import typer

from care.cli.run import Run, command
from care.errors import WrongUsage
from care.words import Eligibility

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from care.person.export import ExportedCustomer
    from care.person.export_rows import HeldCustomer


if TYPE_CHECKING:
    _Customer = TypeVar("_Customer", ExportedCustomer, HeldCustomer)


MARK = "\ufeff"
"""What tells a spreadsheet that a file is UTF-8."""

_NOT_IN_CSV = {Eligibility.DO_NOT_CALL: "do-not-call", Eligibility.PAUSED: "paused"}


class ExportFormat(StrEnum):
    """How an export is written."""

    CSV = "csv"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Adds the command to the group of customers."""
    command(app, "export")(export)


def export(
    run: Run,
    who: Annotated[
        str | None, typer.Option("--who", metavar="WHO", help="One customer: all that is held on them.")
    ] = None,
    written: Annotated[
        ExportFormat | None,
        typer.Option("--format", help="csv, which import takes back; json, everything. Else by FILE; json for --who."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write it there, for you only.")
    ] = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="CSV for programs: no apostrophe before what a spreadsheet would calculate.")
    ] = False,
) -> None:
    """Writes all customers out: as a CSV that import takes back unchanged, or everything as JSON."""
    from care.cli.input.refs import person_said

    form = _form(run, written, output, of_one=who is not None)
    if raw and form is not ExportFormat.CSV:
        raise WrongUsage("--raw is about the cells of a CSV. Leave it out, or say --format csv.")
    person = None if who is None else person_said(run, who)
    seen: Counter[Eligibility] = Counter()
    with tempfile.TemporaryFile() as spool:
        with run.reading() as session:
            pieces = (
                _csv(session, person, seen, raw=raw) if form is ExportFormat.CSV else _json(run, session, person, seen)
            )
            if output is not None:
                _to_file(run, output, pieces, marked=form is ExportFormat.CSV and not raw)
            else:
                _spool(run, spool, pieces)
        # The store is let go of before anybody reads: whoever does so slowly keeps no one waiting.
        spool.seek(0)
        shutil.copyfileobj(spool, sys.stdout.buffer)
    _say(run, form, output, seen)


def _form(run: Run, written: ExportFormat | None, output: Path | None, *, of_one: bool) -> ExportFormat:
    if run.json and output is None:
        if written is ExportFormat.CSV:
            raise WrongUsage("--json gives JSON on stdout. Leave it out, or write the CSV to a file with --output.")
        return ExportFormat.JSON
    if written is not None:
        return written
    ending = output.suffix.lower() if output else ""
    if ending in (".csv", ".json"):
        return ExportFormat(ending[1:])
    return ExportFormat.JSON if of_one else ExportFormat.CSV


def _csv(session: "Session", person: int | None, seen: Counter[Eligibility], *, raw: bool) -> Iterator[str]:
    from care.exchange.csv.export import csv_pieces
    from care.person.export import export_shape, exported_customers

    customers = _counted(exported_customers(session, person), seen)
    return csv_pieces(export_shape(session, person), customers, raw=raw)


def _json(run: Run, session: "Session", person: int | None, seen: Counter[Eligibility]) -> Iterator[str]:
    from care.person.export_everything import export_head, held_customers
    from care.views.as_json import json_pieces

    customers = _counted(held_customers(session, person), seen)
    return json_pieces(export_head(session, run.now), "customers", customers)


def _counted(customers: "Iterable[_Customer]", seen: Counter[Eligibility]) -> "Iterator[_Customer]":
    for customer in customers:
        seen[customer.standing] += 1
        yield customer


def _to_file(run: Run, output: Path, pieces: Iterable[str], *, marked: bool) -> None:
    from care.exchange.files import write_pieces

    path = output.expanduser()
    if path.resolve() == run.store_path.resolve():
        raise WrongUsage(f"{output} is the store itself. Name another file with --output.")
    write_pieces(path, chain([MARK] if marked else [], pieces))


def _spool(run: Run, spool: IO[bytes], pieces: Iterable[str]) -> None:
    from care.views.safe import safe_data

    for piece in pieces:
        spool.write((safe_data(piece) if run.screen.is_terminal else piece).encode())


def _say(run: Run, form: ExportFormat, output: Path | None, seen: Counter[Eligibility]) -> None:
    """How many went where, and what whoever keeps the file has to know."""
    from care.person.export import ExportSummary
    from care.text import plural

    count = sum(n for standing, n in seen.items() if standing is not Eligibility.MERGED)
    if output is not None:
        if run.json:
            from care.views.as_json import write_json

            write_json(run.screen.stream, ExportSummary(str(output), form.value, count))
        else:
            merged = f", and {seen[Eligibility.MERGED]:,} merged into them" if seen[Eligibility.MERGED] else ""
            run.hint(f"{plural(count, 'customer')}{merged} written to {output}.")
    if form is ExportFormat.JSON:
        run.notice("It holds private words, such as what they said of their life. Keep it where only you can read it.")
    elif seen[Eligibility.DO_NOT_CALL] or seen[Eligibility.PAUSED]:
        left_out = [f"{seen[standing]:,} {words}" for standing, words in _NOT_IN_CSV.items() if seen[standing]]
        run.notice(f"A CSV does not say who is not to be called ({', '.join(left_out)}). --format json does.")
