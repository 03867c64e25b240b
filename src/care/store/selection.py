"""What the selection report asks of the store: who was drawn in this cycle, how calls ended, and what is on record."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, and_, case, func, select
from sqlalchemy.orm import Session

from care.model.call import attempts, calls
from care.model.customer import customers
from care.model.draw import draw_entries, draws
from care.model.ledger import ledger
from care.words import CallKind, CallState, LedgerKind, Outcome, Standing

_ENDED = (CallState.HELD, CallState.REFUSED, CallState.UNREACHED)
_IN_ORDER = (Standing.CALLABLE, Standing.PLANNED, Standing.RESTING)


def groups_in_cycle(session: Session, column: str, cycle: int, place: int) -> list[tuple[str | None, int, int]]:
    """By the value of a column: how many customers belong to the cycle, and how many of them were drawn in it so far.

    To it belong those whose call it gave, and those in the order whose position is still to come in it.
    """
    group: Column[Any] = customers.c[column]
    same = (draw_entries.c.draw_id == calls.c.draw_id) & (draw_entries.c.customer_id == calls.c.customer_id)
    given = select(calls.c.customer_id).select_from(calls.join(draw_entries, same))
    given = given.where(calls.c.kind == CallKind.DRAWN, draw_entries.c.cycle == cycle)
    drawn = customers.c.id.in_(given)
    to_come = and_(customers.c.standing.in_(_IN_ORDER), ~drawn, customers.c.cycle == cycle, customers.c.place > place)
    number = func.sum(case((drawn, 1), else_=0))
    counted = select(group, func.count(), number).where(drawn | to_come).group_by(group).order_by(group)
    return [(row[0], int(row[1]), int(row[2])) for row in session.execute(counted)]


def endings(session: Session) -> list[tuple[CallState, bool, int]]:
    """How the last closed drawn call of each customer ended, whether by a wrong number, and how many ended so."""
    closed = (calls.c.kind == CallKind.DRAWN) & calls.c.state.in_(_ENDED)
    last = select(func.max(calls.c.id)).where(closed).group_by(calls.c.customer_id)
    wrong = (
        select(attempts.c.id)
        .where(attempts.c.call_id == calls.c.id, attempts.c.outcome == Outcome.WRONG_NUMBER)
        .exists()
    )
    counted = select(calls.c.state, wrong.label("wrong"), func.count()).where(calls.c.id.in_(last))
    return [(row[0], bool(row[1]), int(row[2])) for row in session.execute(counted.group_by(calls.c.state, "wrong"))]


def left_undone(session: Session) -> list[tuple[str, CallState, int]]:
    """How many drawn calls each caller skipped or let lapse."""
    mine = (calls.c.kind == CallKind.DRAWN) & calls.c.state.in_((CallState.SKIPPED, CallState.LAPSED))
    counted = select(calls.c.caller, calls.c.state, func.count()).where(mine).group_by(calls.c.caller, calls.c.state)
    return [(row[0], row[1], int(row[2])) for row in session.execute(counted.order_by(calls.c.caller))]


def on_record(session: Session) -> dict[LedgerKind, int]:
    """How many rows of each kind the ledger has."""
    counted = select(ledger.c.kind, func.count()).group_by(ledger.c.kind)
    return {kind: int(n) for kind, n in session.execute(counted)}


def begun(session: Session) -> Any:
    """The first row of the ledger: when the store was begun, and its key's fingerprint."""
    return session.execute(select(ledger.c.at, ledger.c.facts).order_by(ledger.c.id).limit(1)).one()


def all_draws(session: Session) -> Sequence[Any]:
    """What each draw was asked for, and by what clock."""
    columns = (draws.c.week, draws.c.part, draws.c.asked, draws.c.policy_calls, draws.c.explicit_clock, draws.c.seal)
    return session.execute(select(*columns).order_by(draws.c.id)).all()
