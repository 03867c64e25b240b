"""Turning what a person types for a call, a moment or a reference into what it means."""

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from care.cli.run import Run
from care.errors import BadWhen, WrongUsage

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


_REF = re.compile(r"([cipgnb])?([0-9]{1,15})", re.IGNORECASE)

CALL = re.compile(r"c([0-9]{1,15})", re.IGNORECASE)
"""A call as one types it where a bare number would be a customer."""


def reference(said: str, kinds: str) -> tuple[str, int]:
    """The letter and the number of a reference like ``p3``; a bare number is of the first of the kinds.

    Raises WrongUsage.
    """
    found = _REF.fullmatch(said.strip())
    letter = (found[1] or kinds[0]).lower() if found else ""
    if found is None or letter not in kinds:
        raise WrongUsage(f"“{said}” is not a reference; write it like {kinds[0]}3.")
    return letter, int(found[2])


def call_id(run: Run, said: str) -> int:
    """The id of the call that ``c41``, ``41`` or part of the name of someone with a planned call means.

    Raises NoSuchCall, NoSuchCustomer or WhichCustomer.
    """
    if _REF.fullmatch(said.strip()):
        return reference(said, "c")[1]
    from care.calls.errors import NoSuchCall
    from care.calls.queries import planned_call
    from care.cli.input.asking import customer_id

    person = customer_id(run, said)
    with run.reading() as session:
        found = planned_call(session, person)
    if found is None:
        raise NoSuchCall(said)
    return found


def person_said(run: Run, said: str) -> int:
    """The customer meant; ``c41`` means the customer of that call. Raises NotFound."""
    from care.cli.input.asking import customer_id

    if re.fullmatch(r"[cC][0-9]{1,15}", said.strip()):
        from care.issues.tell_notes import one_call

        with run.reading() as session:
            return one_call(session, int(said.strip()[1:]), run.now).customer.id
    return customer_id(run, said)


def moment(
    run: Run, session: "Session", said: str | None, *, to_come: bool = False, quiet: bool = False
) -> tuple[date | None, datetime | None]:
    """The day that WHEN means in the team's zone, and the instant where a time was said; echoed on stderr.

    Raises BadWhen, also for what is over where it has ``to_come``.
    """
    if said is None:
        return None, None
    from care.times.when import parse_when, say_day
    from care.times.zones import local_date

    zone = run.policy(session).timezone
    when = parse_when(said, run.now, zone)
    if to_come and (when.day < local_date(run.now, zone) or (when.instant is not None and when.instant < run.now)):
        raise BadWhen(said, "is over; say a time to come")
    echoed = say_day(when.day, local_date(run.now, zone))
    if when.time is not None:
        echoed += f" {when.time:%H:%M}"
    if not run.json and not quiet:
        run.talk.hint(f"{said}: {echoed}." + (f" {when.note}" if when.note else ""))
    return when.day, when.instant


def past_instant(run: Run, session: "Session", said: str | None) -> datetime:
    """The instant in the past that ``--at`` means; a day without a time is its noon, today is now."""
    if said is None:
        return run.now
    from datetime import time

    from care.times.when import parse_past
    from care.times.zones import as_instant, local_date

    zone = run.policy(session).timezone
    when = parse_past(said, run.now, zone)
    if when.instant is not None:
        return when.instant
    if when.day == local_date(run.now, zone):
        return run.now
    return as_instant(when.day, time(12), zone).instant
