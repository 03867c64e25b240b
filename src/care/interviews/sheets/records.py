"""What stands on a sheet before anything is written on it, and what became of one that was read."""

from dataclasses import dataclass
from datetime import date

from care.customers.records import Person
from care.interviews.notes import CallNotes
from care.interviews.records import CallQuestion, CustomerIssue, Talk
from care.owed.records import PromiseRecord


@dataclass(frozen=True, slots=True)
class CallForm:
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


@dataclass(frozen=True, slots=True)
class Difference:
    """What a record says of one thing and what a sheet says of it; None where one of them says nothing."""

    what: str
    recorded: str | None
    sheet: str | None


@dataclass(frozen=True, slots=True)
class SheetRead:
    """What became of one sheet: ``logged``, ``amended``, ``already``, ``changed`` or ``blank``.

    ``differences`` where the record was changed in between; nothing was written then.
    """

    file: str
    result: str
    call: int | None
    customer: Person | None
    talk: Talk | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRefused:
    """A sheet that was not taken, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class SheetsRead:
    """What became of all the sheets of one command."""

    sheets: tuple[SheetRead, ...]
    refused: tuple[SheetRefused, ...]
