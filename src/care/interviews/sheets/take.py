"""Taking what was written on a form into the record, once it is judged what that would do."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from care.calls.queries import attempts_of, call_row, planned_call
from care.calls.records import CallRow
from care.customers.find import find_customer, person
from care.customers.queries import customer_row
from care.customers.records import CustomerRow, Person
from care.db.settings import policy
from care.errors import BadFile
from care.interviews.amend import amend, recorded
from care.interviews.notes import CallNotes
from care.interviews.queries import held_with
from care.interviews.record import record
from care.interviews.sheets.differences import differences
from care.interviews.sheets.filled import BadLine, FilledForm
from care.interviews.sheets.forms import store_mark
from care.interviews.sheets.notes import FormContext, notes_of
from care.interviews.sheets.records import Difference, SheetRead
from care.text import fold
from care.times.zones import local_date
from care.words import CallState, Outcome


class Whose(NamedTuple):
    """The customer a form is about, and the call, where it names one that is there."""

    customer: CustomerRow
    call: CallRow | None


class Judged(NamedTuple):
    """What is to be done with a sheet: ``read`` where nothing is to be written, else the notes and where they go.

    ``call`` is the call to record or, where ``held``, to change; None for one yet to be made.
    """

    customer: Person
    read: SheetRead | None = None
    notes: CallNotes | None = None
    call: int | None = None
    held: bool = False


def judge_sheet(session: Session, filled: FilledForm, caller: str, now: datetime, who: int | None = None) -> Judged:
    """What a sheet would do. Nothing is written.

    A call that is open is to be recorded. One that was held is to be changed where the sheet was printed from the
    record as it is now; it is ``already`` logged where it says the same, and else ``changed`` in between. Raises
    BadFile.
    """
    whose = _whose(session, filled, who)
    customer, call = person(whose.customer), whose.call
    number = None if call is None else call.id

    def read(result: str, call_id: int | None, found: tuple[Difference, ...] = ()) -> Judged:
        return Judged(customer, SheetRead(filled.name, result, call_id, customer, differences=found))

    if filled.is_blank:
        return read("blank", number)
    notes = notes_of(filled, _context(session, call, caller, now))
    if call is not None and call.state is CallState.HELD:
        if call.version == filled.header.version:
            return Judged(customer, None, notes, number, held=True)
        found = differences(recorded(session, call.id), notes)
        return read("changed" if found else "already", number, found)
    if call is None or call.state is not CallState.PLANNED:
        again = _same_talk(session, customer.id, notes)
        if again is not None:
            return read("already", again)
        return Judged(customer, None, notes, None if call is None else planned_call(session, customer.id))
    if notes.outcome is not Outcome.REACHED and _same_try(session, call.id, notes):
        return read("already", number)
    return Judged(customer, None, notes, number)


def take_sheet(
    session: Session,
    filled: FilledForm,
    caller: str,
    now: datetime,
    *,
    who: int | None = None,
    explicit_clock: bool = False,
) -> SheetRead:
    """Takes what was written on a sheet into the record, as ``judge_sheet`` says. Raises what recording raises."""
    judged = judge_sheet(session, filled, caller, now, who)
    if judged.read is not None or judged.notes is None:
        return judged.read or SheetRead(filled.name, "blank", judged.call, judged.customer)
    if judged.held and judged.call is not None:
        talk = amend(session, judged.call, judged.notes, now)
        return SheetRead(filled.name, "amended", judged.call, judged.customer, talk)
    talk = record(session, judged.customer.id, judged.notes, now, explicit_clock=explicit_clock, call_id=judged.call)
    return SheetRead(filled.name, "logged", talk.call.id, judged.customer, talk)


def _whose(session: Session, filled: FilledForm, who: int | None) -> Whose:
    name, header = filled.name, filled.header
    mark = store_mark(session)
    if header.store is not None and header.store != mark:
        raise BadFile(f"{name} is a sheet of another store, {header.store}, and this one is {mark}. Name it: --store.")
    call = None
    if header.call is not None:
        call = call_row(session, header.call)
        if call is None:
            raise BadFile(f"{name} is the sheet of c{header.call}, and there is no such call any more: it was undone.")
    named = None if header.who is None else _named(session, name, header.who.number, header.who.text)
    known = {call.customer_id} if call is not None else {one for one in (header.customer, named) if one is not None}
    if who is not None:
        known.add(who)
    if not known:
        raise BadFile(f"{name} does not say whose it is. Write a line “Customer: NAME”, or: care log WHO --from {name}")
    rows = [customer_row(session, one) for one in sorted(known)]
    if len(rows) > 1 or rows[0] is None or rows[0].merged_into is not None:
        names = " or ".join(row.name for row in rows if row is not None and row.merged_into != row.id)
        raise BadFile(
            f"{name} is not clear: is it of {names}?" if len(rows) > 1 else f"{name} is of nobody who is here."
        )
    return Whose(rows[0], call)


def _named(session: Session, name: str, line: int, said: str) -> int:
    from care.errors import CareError

    try:
        return find_customer(session, said).id
    except CareError as error:
        raise BadLine(name, line, error.sentence) from None


def _context(session: Session, call: CallRow | None, caller: str, now: datetime) -> FormContext:
    settings = policy(session)
    names = {fold(name): name for name in (*settings.callers, *settings.team)}
    at = now if call is None else call.held_at or call.starts_at or now
    return FormContext(now, settings.timezone, names, caller if call is None else call.caller, min(at, now))


def _same_talk(session: Session, customer_id: int, notes: CallNotes) -> int | None:
    """The id of a talk of that day that says what the notes say."""
    zone = policy(session).timezone
    day = local_date(notes.at, zone)
    that_day = [talk for talk in held_with(session, customer_id) if local_date(talk.held_at, zone) == day]
    return next((talk.id for talk in that_day if not differences(recorded(session, talk.id), notes)), None)


def _same_try(session: Session, call_id: int, notes: CallNotes) -> bool:
    zone = policy(session).timezone
    return any(
        attempt.outcome is notes.outcome and local_date(attempt.at, zone) == local_date(notes.at, zone)
        for attempt in attempts_of(session, [call_id])
    )
