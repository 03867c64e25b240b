"""What is on record of the draws and of the calls they gave, as the selection report asks it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Column, ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from care.db.fetch import fetch
from care.db.tables.call import attempts, calls
from care.db.tables.customer import customers
from care.db.tables.draw import draw_entries, draws
from care.db.tables.issue import raisers
from care.db.tables.journal import changes
from care.db.tables.ledger import ledger
from care.reports.selection_questions import Removal
from care.words import IN_THE_ORDER, CallKind, CallState, Eligibility, LedgerKind, Outcome, Stance


class ClosedCase(NamedTuple):
    """The last closed drawn call of a customer: how it ended, by whom, and what was known of the customer before.

    ``stance`` is that of the last talk before it was drawn, ``raised`` whether an issue of theirs was open then.
    """

    state: CallState
    caller: str
    segment: str | None
    stance: Stance | None
    raised: bool


class Ending(NamedTuple):
    """How ``n`` cases ended, and whether by a wrong number."""

    state: CallState
    wrong: bool
    n: int


class LeftUndone(NamedTuple):
    """How many drawn calls a caller skipped or let lapse, as the state says."""

    caller: str
    state: CallState
    n: int


class PutOff(NamedTuple):
    """A drawn call put off to the day ``not_before``, and when it was first tried."""

    caller: str
    week: str
    not_before: date
    tried_at: datetime | None


class DrawRow(NamedTuple):
    """What a draw was asked for, and by what clock."""

    week: str
    part: int
    asked: int
    policy_calls: int
    explicit_clock: bool
    seal: str


class StoreBegun(NamedTuple):
    """When the store was begun, and the fingerprint of its key."""

    at: datetime
    key: str


_ENDED = (CallState.HELD, CallState.REFUSED, CallState.UNREACHED)

_EARLIER = calls.alias("earlier")


def _belong(stratum: str, cycle: int, place: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Which customers a stratum drew in its cycle so far, and which are still to come in it.

    To a cycle belong those whose call it gave, and those in the order whose position is still to come in it.
    """
    same = (draw_entries.c.draw_id == calls.c.draw_id) & (draw_entries.c.customer_id == calls.c.customer_id)
    given = select(calls.c.customer_id).select_from(calls.join(draw_entries, same))
    in_cycle = (draw_entries.c.cycle == cycle) & (draw_entries.c.stratum == stratum)
    drawn = customers.c.id.in_(given.where(calls.c.kind == CallKind.DRAWN, in_cycle))
    to_come = and_(
        customers.c.standing.in_(IN_THE_ORDER), ~drawn, customers.c.stratum == stratum, customers.c.cycle == cycle,
        customers.c.place > place,
    )  # fmt: skip
    return drawn, to_come


def groups_in_cycle(
    session: Session, columns: Sequence[str], stratum: str, cycle: int, place: int
) -> dict[str, dict[str | None, tuple[int, int]]]:
    """For each column, by its values: how many customers belong to a stratum's cycle, and how many of them it drew.

    One walk over the customers, whatever the number of columns.
    """
    drawn, to_come = _belong(stratum, cycle, place)
    kinds: list[Column[str | None]] = [customers.c[name] for name in columns]
    number = func.sum(case((drawn, 1), else_=0))
    counted = select(*kinds, func.count(), number).where(drawn | to_come).group_by(*kinds)
    groups: dict[str, dict[str | None, tuple[int, int]]] = {name: {} for name in columns}
    for *values, n, some in session.execute(counted):
        for name, value in zip(columns, values, strict=True):
            of, before = groups[name].get(value, (0, 0))
            groups[name][value] = (of + int(n), before + int(some))
    return groups


def spend_in_cycle(session: Session, stratum: str, cycle: int, place: int) -> tuple[list[float], list[float]]:
    """What the customers of a stratum's cycle spent of whom it is known: those drawn so far, and the others."""
    drawn, to_come = _belong(stratum, cycle, place)
    known = customers.c.spend.is_not(None)
    chosen = select(customers.c.spend, case((drawn, 1), else_=0)).where(drawn | to_come, known).order_by(customers.c.id)
    spends: tuple[list[float], list[float]] = ([], [])
    for spend, was_drawn in session.execute(chosen):
        spends[1 - was_drawn].append(float(spend))
    return spends


def spend_by_standing(session: Session) -> dict[Eligibility, float]:
    """What the customers of each standing spent together, as far as it is known and more than nothing."""
    summed = select(customers.c.standing, func.sum(customers.c.spend)).where(customers.c.spend > 0)
    return {Eligibility(standing): float(n) for standing, n in session.execute(summed.group_by(customers.c.standing))}


def closed_cases(session: Session) -> list[ClosedCase]:
    """The last closed drawn call of each customer."""
    closed = (calls.c.kind == CallKind.DRAWN) & calls.c.state.in_(_ENDED)
    last = select(func.max(calls.c.id)).where(closed).group_by(calls.c.customer_id)
    same = (calls.c.customer_id == _EARLIER.c.customer_id) & (_EARLIER.c.held_at < draws.c.drawn_at)
    stance = select(_EARLIER.c.stance).where(same, _EARLIER.c.stance.is_not(None))
    raised = select(raisers.c.id).where(
        raisers.c.customer_id == calls.c.customer_id, raisers.c.raised_at < draws.c.drawn_at,
        or_(raisers.c.told_at.is_(None), raisers.c.told_at >= draws.c.drawn_at),
    )  # fmt: skip
    chosen = select(
        calls.c.state, calls.c.caller, customers.c.segment,
        stance.order_by(_EARLIER.c.held_at.desc()).limit(1).scalar_subquery().label("stance"),
        raised.exists().label("raised"),
    ).select_from(
        calls.join(customers, customers.c.id == calls.c.customer_id).join(draws, draws.c.id == calls.c.draw_id)
    )  # fmt: skip
    return fetch(session, ClosedCase, chosen.where(calls.c.id.in_(last)).order_by(calls.c.id))


def removals_by_hand(session: Session) -> list[Removal]:
    """Who was taken out of the draw by hand, and not brought back by undo."""
    undone = select(changes.c.undoes).where(changes.c.undoes.is_not(None))
    by_hand = ledger.c.facts["places"].is_not(None) & ledger.c.kind.in_((LedgerKind.OUT, LedgerKind.FORGET))
    chosen = select(ledger.c.facts).where(by_hand, ledger.c.change_id.not_in(undone)).order_by(ledger.c.id)
    return [
        Removal(facts["among_next"], facts["places"], facts["still_to_come"])
        for facts in session.execute(chosen).scalars()
        if "places" in facts
    ]


def moved_out(session: Session) -> list[PutOff]:
    """Drawn calls put off to a day."""
    put_off = (calls.c.kind == CallKind.DRAWN) & calls.c.not_before.is_not(None)
    first = select(func.min(attempts.c.at)).where(attempts.c.call_id == calls.c.id).scalar_subquery()
    chosen = select(calls.c.caller, calls.c.week, calls.c.not_before, first.label("tried_at")).where(put_off)
    return fetch(session, PutOff, chosen.order_by(calls.c.id))


def endings(session: Session) -> list[Ending]:
    """How the last closed drawn call of each customer ended, whether by a wrong number, and how many ended so."""
    closed = (calls.c.kind == CallKind.DRAWN) & calls.c.state.in_(_ENDED)
    last = select(func.max(calls.c.id)).where(closed).group_by(calls.c.customer_id)
    wrong = (
        select(attempts.c.id)
        .where(attempts.c.call_id == calls.c.id, attempts.c.outcome == Outcome.WRONG_NUMBER)
        .exists()
    )
    counted = select(calls.c.state, wrong.label("wrong"), func.count().label("n")).where(calls.c.id.in_(last))
    return fetch(session, Ending, counted.group_by(calls.c.state, "wrong"))


def left_undone(session: Session) -> list[LeftUndone]:
    """How many drawn calls each caller skipped or let lapse."""
    undone = (calls.c.kind == CallKind.DRAWN) & calls.c.state.in_((CallState.SKIPPED, CallState.LAPSED))
    counted = select(calls.c.caller, calls.c.state, func.count().label("n")).where(undone)
    return fetch(session, LeftUndone, counted.group_by(calls.c.caller, calls.c.state).order_by(calls.c.caller))


def on_record(session: Session) -> dict[LedgerKind, int]:
    """How many rows of each kind the ledger has."""
    counted = select(ledger.c.kind, func.count()).group_by(ledger.c.kind)
    return {kind: int(n) for kind, n in session.execute(counted)}


def begun(session: Session) -> StoreBegun:
    """The first row of the ledger."""
    at, facts = session.execute(select(ledger.c.at, ledger.c.facts).order_by(ledger.c.id).limit(1)).one()
    return StoreBegun(at, facts["key"])


def all_draws(session: Session) -> list[DrawRow]:
    """Every draw, the first one first."""
    columns = (draws.c.week, draws.c.part, draws.c.asked, draws.c.policy_calls, draws.c.explicit_clock, draws.c.seal)
    return fetch(session, DrawRow, select(*columns).order_by(draws.c.id))
