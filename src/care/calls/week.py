"""Where the plan meets the store: showing it, and finding a call in it. Changing it is in ``planning``."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import column, func, select, table
from sqlalchemy.orm import Session

from care.calls import errors
from care.calls.frame import whole_frame
from care.calls.queries import attempts_of, call_row, calls_of_week, off_weeks, open_calls
from care.calls.records import AttemptRecord, CallRecord, Chance, NoTime, Plan, Reserve, Suggested
from care.calls.slots.clocks import customer_clock, part_left
from care.calls.slots.parts_of_day import NOBODY_ANSWERED
from care.calls.waiting import WAITS, raised
from care.customers.order_queries import drawn_after, draws_of, entries_of
from care.customers.records import Person
from care.db.settings import policy
from care.db.tables.call import attempts
from care.db.tables.columns import inline
from care.db.tables.customer import customers
from care.db.tables.issue import IS_SETTLED, issues, raisers
from care.settings import Policy
from care.times.weeks import Week, week_ahead
from care.times.zones import local_date, local_time
from care.words import CallState, DuplicateState, IssueState, Outcome, Part, Role, Standing

SUGGESTED = 5
"""So many calls are suggested at most beside the draw."""


def week_to_plan(session: Session, now: datetime) -> Week:
    """The week a bare ``care plan`` means: this one, or the coming one from Saturday on."""
    return week_ahead(local_date(now, policy(session).timezone))


def has_plan(session: Session, week: Week) -> bool:
    """Whether the week was drawn."""
    return bool(draws_of(session, str(week)))


def is_to_draw(session: Session, week: Week) -> bool:
    """Whether a week has neither a draw nor a reason to have none."""
    return not has_plan(session, week) and str(week) not in off_weeks(session)


def show_plan(
    session: Session, week: Week, now: datetime, *, new: bool = False, no_time: tuple[NoTime, ...] = ()
) -> Plan:
    """The plan of a week as it stands, drawn or not."""
    settings = policy(session)
    parts = draws_of(session, str(week))
    since = parts[0].drawn_at if parts else None
    rows = calls_of_week(session, str(week), since, drawn_after(session, str(week)))
    records = call_records(session, rows, week)
    frame, wanted, bounded = None, settings.calls_per_week, None
    reserves: tuple[Reserve, ...] = ()
    if parts:
        frame = whole_frame(parts[0].strata)
        had = {row.customer_id for row in rows}
        entries = [one for one in entries_of(session, [part.id for part in parts]) if one.role is Role.RESERVE]
        reserves = tuple(Reserve(entry.rank) for entry in entries if entry.customer_id not in had)
        seats = sum(call.beside is None and call.draw_id is not None and call.week == str(week) for call in rows)
        wanted = max(seats, *(part.asked for part in parts))
        bounded = seats if seats < wanted and frame.eligible > seats else None
    return Plan(
        week=str(week),
        monday=week.monday,
        sunday=week.sunday,
        drawn_at=parts[0].drawn_at if parts else None,
        seal=parts[-1].seal if parts else None,
        frame=frame,
        calls=records,
        reserves=reserves,
        held=sum(call.state is CallState.HELD for call in records),
        wanted=wanted,
        carried=sum(call.carried_from is not None or call.week < str(week) for call in records),
        off=off_weeks(session).get(str(week)),
        bounded=bounded,
        new=new,
        doubles=count_doubles(session),
        no_time=no_time,
        suggested=_suggested(session, week, now),
    )


def _suggested(session: Session, week: Week, now: datetime) -> tuple[Suggested, ...]:
    """Whom to call beside the draw of a week that is not over, because they wait to be told: the longest first."""
    zone = policy(session).timezone
    today = local_date(now, zone)
    if week < Week.of(today):
        return ()
    waiting: dict[int, list[Any]] = {}
    for row in to_call(session, SUGGESTED * 20):
        waiting.setdefault(row.customer_id, []).append(row)
    return tuple(
        Suggested(
            Person(one[0].customer_id, one[0].name, one[0].company, one[0].phone, one[0].zone),
            tuple(f"i{row.id} {row.state.value}" for row in one),
            (today - local_date(one[0].settled_at, zone)).days,
        )
        for one in list(waiting.values())[:SUGGESTED]
    )


def call_records(session: Session, rows: Sequence[Any], shown: Week) -> tuple[CallRecord, ...]:
    """Calls as records, with their tries and what the plan of the week shown says of each."""
    tries: dict[int, list[AttemptRecord]] = {}
    for one in attempts_of(session, [row.id for row in rows]):
        tries.setdefault(one.call_id, []).append(AttemptRecord(one.at, one.outcome, one.caller))
    untold, settings = untold_by_customer(session, [row.customer_id for row in rows]), policy(session)
    return tuple(_record(row, tuple(tries.get(row.id, ())), untold, shown, settings) for row in rows)


def _record(
    row: Any, tries: tuple[AttemptRecord, ...], untold: Mapping[int, Sequence[Any]], shown: Week, settings: Policy
) -> CallRecord:
    notes = [f"tell: i{issue.id} {issue.state.value}" for issue in untold.get(row.customer_id, ())]
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


def _part_left(row: Any, tries: tuple[AttemptRecord, ...], settings: Policy) -> Part | None:
    missed = [one.at for one in tries if one.outcome in NOBODY_ANSWERED]
    if row.state is not CallState.PLANNED or row.starts_at is not None or not missed:
        return None
    clock = customer_clock(row.customer_hours, row.customer_zone, row.customer_country, row.phone, settings)
    return part_left(missed, clock)


def _local(instant: datetime | None, zone: str | None) -> datetime | None:
    return local_time(instant, zone) if instant and zone else instant


def one_call(session: Session, call_id: int, now: datetime) -> CallRecord:
    """One call. Raises NoSuchCall."""
    row = call_row(session, call_id)
    if row is None:
        raise errors.NoSuchCall(f"c{call_id}")
    return call_records(session, [row], Week.of(local_date(now, policy(session).timezone)))[0]


def next_call(session: Session, now: datetime) -> CallRecord | None:
    """The call to make next: planned, not tried today, in the order of the plan; None when all are made."""
    settings = policy(session)
    today = local_date(now, settings.timezone)
    rows = [row for row in open_calls(session) if row.week <= str(Week.of(today).next())]
    rows = [row for row in rows if row.not_before is None or row.not_before <= today]
    records = call_records(session, rows, Week.of(today))
    fresh = [one for one in records if not any(local_date(t.at, settings.timezone) == today for t in one.attempts)]
    return min(
        fresh, key=lambda one: (one.starts_at is None, one.starts_at or now, len(one.attempts), one.id), default=None
    )


def planned_call(session: Session, customer_id: int) -> int | None:
    """The id of the customer's open call, the earliest if there are several, or None."""
    rows = open_calls(session, customer_id)
    return rows[0].id if rows else None


def latest_try(session: Session) -> int:
    """The number of the latest try there is."""
    return latest_attempt(session)


def was_reached(session: Session, customer_id: int, at: datetime, since: int) -> bool:
    """Whether a talk with the customer at that very instant was recorded after the try of that number."""
    return reached_at(session, customer_id, at, since)


def latest_attempt(session: Session) -> int:
    """The highest number a try has, 0 where there is none."""
    return int(session.execute(select(func.max(attempts.c.id))).scalar_one() or 0)


def reached_at(session: Session, customer_id: int, at: datetime, since: int) -> bool:
    """Whether a try later than that number reached the customer at that very instant."""
    mine = (attempts.c.customer_id == customer_id) & (attempts.c.at == at) & (attempts.c.id > since)
    return session.execute(select(attempts.c.id).where(mine, attempts.c.outcome == Outcome.REACHED)).first() is not None


def count_doubles(session: Session) -> int:
    """How many pairs of customers may be one person: counted without their own table's module, for every plan asks."""
    pairs = table("duplicate", column("state"))
    return int(session.execute(select(func.count()).where(pairs.c.state == inline(DuplicateState.OPEN))).scalar_one())


def untold_by_customer(session: Session, customer_ids: Sequence[int]) -> dict[int, list[Any]]:
    """For each of these customers the settled issues they have to be told of."""
    joined = select(issues, raisers.c.customer_id).join(raisers, raisers.c.issue_id == issues.c.id)
    theirs = raisers.c.customer_id.in_(customer_ids) & raisers.c.told_at.is_(None)
    settled = issues.c.state.in_((IssueState.FIXED, IssueState.DECLINED)) & issues.c.merged_into.is_(None)
    found: dict[int, list[Any]] = {}
    for row in session.execute(joined.where(theirs, settled).order_by(issues.c.settled_at)):
        found.setdefault(row.customer_id, []).append(row)
    return found


UNCALLED = frozenset({Standing.MERGED, Standing.DO_NOT_CALL, Standing.PAUSED})


def to_call(session: Session, limit: int) -> Sequence[Any]:
    """Raisers of settled issues who were not told, can be called and have no call planned: longest settled first.

    They are looked for among the first so many who wait.
    """
    found = raised(IS_SETTLED, WAITS).add_columns(customers.c.planned, customers.c.standing)
    first = found.order_by(issues.c.settled_at, issues.c.id, raisers.c.id).limit(limit)
    return [row for row in session.execute(first) if row.phone and not row.planned and row.standing not in UNCALLED]
