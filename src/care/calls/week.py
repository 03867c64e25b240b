"""A week's plan as it stands."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from care.calls.frame import whole_frame
from care.calls.outcomes import NOBODY_ANSWERED
from care.calls.queries import attempts_of, calls_of_week, drawn_after, draws_of, entries_of, has_plan, off_weeks
from care.calls.records import AttemptRecord, CallRecord, CallRow, Chance, NoTime, Plan, Reserve
from care.calls.slots.clocks import part_left
from care.calls.slots.propose import clock_of
from care.customers.records import Person
from care.db.settings import policy
from care.db.tables.draw import Draw, DrawEntry
from care.settings import Policy
from care.times.weeks import Week, week_ahead
from care.times.zones import local_date, local_time
from care.words import CallState, Part, Role


def week_to_plan(session: Session, now: datetime) -> Week:
    """The week a bare ``care plan`` means: this one, or the coming one from Saturday on."""
    return week_ahead(local_date(now, policy(session).timezone))


def is_to_draw(session: Session, week: Week) -> bool:
    """Whether a week has neither a draw nor a reason to have none."""
    return not has_plan(session, week) and str(week) not in off_weeks(session)


def show_plan(session: Session, week: Week, *, new: bool = False, no_time: tuple[NoTime, ...] = ()) -> Plan:
    """The plan of a week as it stands, drawn or not; what else is known of its customers is added in ``reports``."""
    parts, rows = _parts_and_calls(session, week)
    entries = entries_of(session, parts) if parts else ()
    records = call_records(session, rows, week)
    frame = whole_frame(parts[0].strata) if parts else None
    wanted, bounded = _wanted(week, parts, rows, policy(session).calls_per_week)
    return Plan(
        week=str(week),
        monday=week.monday,
        sunday=week.sunday,
        drawn_at=parts[0].drawn_at if parts else None,
        seal=parts[-1].seal if parts else None,
        frame=frame,
        calls=records,
        reserves=_still_in_reserve(entries, rows),
        held=sum(call.state is CallState.HELD for call in records),
        wanted=wanted,
        carried=sum(call.carried_from is not None or call.week < str(week) for call in records),
        off=off_weeks(session).get(str(week)),
        bounded=bounded if frame and bounded is not None and frame.eligible > bounded else None,
        new=new,
        no_time=no_time,
    )


def count_talks(session: Session, week: Week) -> tuple[int, int]:
    """How many talks of a week were held, and how many are wanted."""
    parts, rows = _parts_and_calls(session, week)
    held = sum(call.state is CallState.HELD for call in rows)
    return held, _wanted(week, parts, rows, policy(session).calls_per_week)[0]


def _parts_and_calls(session: Session, week: Week) -> tuple[list[Draw], list[CallRow]]:
    parts = draws_of(session, str(week))
    since = parts[0].drawn_at if parts else None
    return parts, calls_of_week(session, str(week), since, drawn_after(session, str(week)))


def _wanted(week: Week, parts: Sequence[Draw], rows: Sequence[CallRow], by_policy: int) -> tuple[int, int | None]:
    """How many talks are wanted in a week, and the number of its seats where these are fewer."""
    if not parts:
        return by_policy, None
    seats = sum(call.beside is None and call.draw_id is not None and call.week == str(week) for call in rows)
    wanted = max(seats, *(part.asked for part in parts))
    return wanted, seats if seats < wanted else None


def _still_in_reserve(entries: Sequence[DrawEntry], rows: Sequence[CallRow]) -> tuple[Reserve, ...]:
    had = {call.customer_id for call in rows}
    return tuple(
        Reserve(entry.rank) for entry in entries if entry.role is Role.RESERVE and entry.customer_id not in had
    )


def call_records(session: Session, rows: Sequence[CallRow], shown: Week) -> tuple[CallRecord, ...]:
    """Calls as records, with their tries and what the plan of the week shown says of each."""
    tries: dict[int, list[AttemptRecord]] = {}
    for attempt in attempts_of(session, [row.id for row in rows]):
        tries.setdefault(attempt.call_id, []).append(AttemptRecord(attempt.at, attempt.outcome, attempt.caller))
    settings = policy(session)
    return tuple(_record(row, tuple(tries.get(row.id, ())), shown, settings) for row in rows)


def _record(row: CallRow, tries: tuple[AttemptRecord, ...], shown: Week, settings: Policy) -> CallRecord:
    notes = []
    if row.carried_from or (row.week < str(shown) and row.state is CallState.PLANNED):
        notes.append(f"from week {Week.parse(row.carried_from or row.week).number}")
    if row.beside:
        notes.append(f"beside c{row.beside}")
    return CallRecord(
        id=row.id,
        kind=row.kind,
        state=row.state,
        customer=Person(row.customer_id, row.name, row.company, row.phone, row.customer_zone),
        caller=row.caller,
        week=row.week,
        not_before=row.not_before,
        starts_at=_local(row.starts_at, row.zone),
        ends_at=_local(row.ends_at, row.zone),
        drawn_in=row.week if row.draw_id else None,
        chance=Chance(row.seats, row.seats_of) if row.seats and row.seats_of else None,
        attempts=tries,
        carried_from=row.carried_from,
        beside=row.beside,
        skip_reason=row.skip_reason,
        notes=tuple(notes),
        part=_part_left(row, tries, settings),
    )


def _part_left(row: CallRow, tries: tuple[AttemptRecord, ...], settings: Policy) -> Part | None:
    missed = [attempt.at for attempt in tries if attempt.outcome in NOBODY_ANSWERED]
    if row.state is not CallState.PLANNED or row.starts_at is not None or not missed:
        return None
    return part_left(missed, clock_of(row, settings))


def _local(instant: datetime | None, zone: str | None) -> datetime | None:
    return local_time(instant, zone) if instant and zone else instant
