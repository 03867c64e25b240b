"""What stands on a sheet before anything is written on it, and what became of one that was read."""

from datetime import date
from typing import NamedTuple

from care.customers.records import Person
from care.interviews.notes import CallNotes
from care.interviews.records import CallQuestion, CustomerIssue, Talk
from care.owed.records import PromiseRecord


class CallForm(NamedTuple):
    """A sheet as it is printed: of one call, of one customer without a call, or blank, where ``customer`` is None.

    ``store`` says nothing of the store but which it is. ``notes`` is what is on record of a talk that was held already,
    and ``written`` when that was, as the team's clock shows it. ``deeper`` are the keys of the questions not on it.
    """

    store: str
    customer: Person | None
    call: int | None
    version: int
    caller: str | None
    questions: tuple[CallQuestion, ...]
    deeper: tuple[str, ...] = ()
    remember: str | None = None
    tell: tuple[CustomerIssue, ...] = ()
    issues: tuple[CustomerIssue, ...] = ()
    promises: tuple[PromiseRecord, ...] = ()
    only_sold: int = 0
    opening: str | None = None
    today: date | None = None
    notes: CallNotes | None = None
    written: str | None = None


class Difference(NamedTuple):
    """What a record says of one thing and what a sheet says of it; None where one of them says nothing."""

    what: str
    recorded: str | None
    sheet: str | None


class SheetRead(NamedTuple):
    """What became of one sheet: ``logged``, ``amended``, ``already``, ``changed`` or ``blank``.

    ``differences`` where the record was changed in between; nothing was written then.
    """

    file: str
    result: str
    call: int | None
    customer: Person | None
    talk: Talk | None = None
    differences: tuple[Difference, ...] = ()


class SheetRefused(NamedTuple):
    """A sheet that was not taken, and why."""

    file: str
    reason: str


class SheetsRead(NamedTuple):
    """What became of all the sheets of one command."""

    sheets: tuple[SheetRead, ...]
    refused: tuple[SheetRefused, ...]
