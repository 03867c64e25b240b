"""Where the selection report meets the store."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from care.calls.frame import frame_of
from care.customers.order_queries import all_pointers
from care.customers.queries import standings
from care.db.settings import policy
from care.db.tables.call import attempts, calls
from care.db.tables.customer import customers
from care.db.tables.draw import draw_entries, draws
from care.db.tables.issue import raisers
from care.db.tables.journal import changes
from care.db.tables.ledger import ledger
from care.reports.rates import Cases, rates
from care.reports.selection_questions import (
    NONE_SAID,
    Counts,
    Question,
    answered,
    exit_question,
    spend_question,
    spread_question,
)
from care.reports.selection_records import Conduct, Record, Selection
from care.times.weeks import Week
from care.times.zones import local_date
from care.words import IN_THE_ORDER, CallKind, CallState, LedgerKind, Outcome, Stance, Standing, Strata

ASKED = ("segment", "country", "status")
"""What could be favoured, the same each time: whoever chose the question could bend the answer.

Nothing that is known of a customer only because they were drawn, such as their stance.
"""


HEARD_BY: dict[str, Callable[[Any], str | None]] = {
    "segment": lambda case: case.segment or NONE_SAID,
    "stance": lambda case: case.stance and ("critics" if case.stance is Stance.CRITIC else "fans and neutral"),
    "open issue": lambda case: "with an open issue" if case.raised else "without",
    "caller": lambda case: case.caller,
}
"""By what the heard are held against the drawn, each known before the call was made."""


NO_CHANCE = (Standing.NO_PHONE, Standing.DO_NOT_CALL, Standing.PROSPECT, Standing.ACTIVE, Standing.FORMER)
"""Who is drawn in no week, as they stand now."""


def selection(session: Session) -> Selection:
    """Whether the selection favours anybody, as far as it can be told from what is on record now.

    The tests repeat honest draws from the seal of the last one, so that anybody who asks gets the same figure.
    """
    settings, began, drawn = policy(session), begun(session), all_draws(session)
    frame = frame_of(standings(session))
    no_chance = {why: n for why, n in frame.excluded.items() if Standing(why) in NO_CHANCE}
    pointers = all_pointers(session)
    seal = drawn[-1].seal if drawn else ""
    cases = closed_cases(session)
    removals = removal_rows(session)
    answers = answered(
        _drawn_questions(session, pointers, seal, settings.strata),
        _heard_questions(cases, seal),
        exit_question(removals),
        sum(among_next for among_next, _, _ in removals),
    )
    ended, kinds = _ended(session), on_record(session)
    return Selection(
        verdict=answers.verdict if drawn else "nothing was drawn yet",
        begun_on=local_date(began.at, settings.timezone),
        key=began.facts["key"],
        draws=len(drawn),
        customers=frame.customers,
        eligible=frame.eligible,
        no_chance=no_chance,
        waiting=frame.customers - frame.eligible - sum(no_chance.values()),
        spend_no_chance=_spend_without_chance(session),
        strata=settings.strata.value,
        cycle=max((cycle for cycle, _ in pointers.values()), default=None),
        spreads=answers.drawn,
        heard=answers.heard,
        exits=answers.exits,
        cases=ended,
        rates=rates(ended),
        callers=_conduct(session),
        record=Record(
            policy_changes=kinds.get(LedgerKind.POLICY, 0),
            undone=kinds.get(LedgerKind.UNDO, 0),
            forgotten=kinds.get(LedgerKind.FORGET, 0),
            merged=kinds.get(LedgerKind.MERGE, 0) // 2,
            resized=sum(one.part == 1 and one.asked != one.policy_calls for one in drawn),
            hand_set=sum(one.explicit_clock for one in drawn),
            switched=kinds.get(LedgerKind.STRATUM, 0),
        ),
    )


def _drawn_questions(
    session: Session, pointers: Mapping[str, tuple[int, int]], seal: str, strata: Strata
) -> list[Question]:
    counts = [groups_in_cycle(session, ASKED, stratum, *here) for stratum, here in sorted(pointers.items())]
    found = []
    for what in ASKED:
        if what != strata.value:  # each stratum gets its share, whoever is drawn
            by_name = [{name or NONE_SAID: pair for name, pair in one[what].items()} for one in counts]
            found.append(spread_question(what, by_name, seal))
    spend = [spend_in_cycle(session, stratum, *here) for stratum, here in sorted(pointers.items())]
    found.append(spend_question(spend, seal))
    return [one for one in found if one is not None]


def _heard_questions(cases: Sequence[Any], seal: str) -> list[Question]:
    found = []
    for what, group in HEARD_BY.items():
        found.append(spread_question(what, [_heard_counts(cases, group)], f"{seal} heard"))
    return [one for one in found if one is not None]


def _heard_counts(cases: Iterable[Any], group: Callable[[Any], str | None]) -> Counts:
    of: Counter[str] = Counter()
    heard: Counter[str] = Counter()
    for closed in cases:
        name = group(closed)
        if name is not None:
            of[name] += 1
            heard[name] += closed.state is CallState.HELD
    return {name: (n, heard[name]) for name, n in of.items()}


def _spend_without_chance(session: Session) -> float | None:
    spend = spend_by_standing(session)
    whole = sum(spend.values())
    return sum(spend.get(one, 0.0) for one in NO_CHANCE) / whole if whole else None


def _ended(session: Session) -> Cases:
    counts = dict.fromkeys(("interviews", "refusals", "noncontacts", "unknown"), 0)
    for state, by_wrong_number, n in endings(session):
        if state is CallState.HELD:
            counts["interviews"] += n
        elif state is CallState.REFUSED:
            counts["refusals"] += n
        else:
            counts["unknown" if by_wrong_number else "noncontacts"] += n
    return Cases(**counts)


def _conduct(session: Session) -> tuple[Conduct, ...]:
    counts: dict[str, Counter[str]] = {}
    for caller, state, n in left_undone(session):
        counts.setdefault(caller, Counter())[state.value] += n
    zone = policy(session).timezone
    for row in moved_out(session):
        over = Week.parse(row.week).sunday
        # After a try in vain care itself proposes another day: only who was not tried in their week was put off.
        untried = row.tried_at is None or local_date(row.tried_at, zone) > over
        counts.setdefault(row.caller, Counter())["put off"] += untried and row.not_before > over
    return tuple(
        Conduct(caller, one[CallState.SKIPPED.value], one[CallState.LAPSED.value], one["put off"])
        for caller, one in sorted(counts.items())
    )


_ENDED = (CallState.HELD, CallState.REFUSED, CallState.UNREACHED)


_EARLIER = calls.alias("earlier")


def _belong(stratum: str, cycle: int, place: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Which customers a stratum drew in its cycle so far, and which are still to come in it.

    To a cycle belong those whose call it gave, and those in the order whose position is still to come in it.
    """
    same = (draw_entries.c.draw_id == calls.c.draw_id) & (draw_entries.c.customer_id == calls.c.customer_id)
    given = select(calls.c.customer_id).select_from(calls.join(draw_entries, same))
    mine = (draw_entries.c.cycle == cycle) & (draw_entries.c.stratum == stratum)
    drawn = customers.c.id.in_(given.where(calls.c.kind == CallKind.DRAWN, mine))
    to_come = and_(
        customers.c.standing.in_(IN_THE_ORDER), ~drawn, customers.c.stratum == stratum, customers.c.cycle == cycle,
        customers.c.place > place,
    )  # fmt: skip
    return drawn, to_come


def groups_in_cycle(
    session: Session, columns: Sequence[str], stratum: str, cycle: int, place: int
) -> dict[str, dict[Any, tuple[int, int]]]:
    """For each column, by its values: how many customers belong to a stratum's cycle, and how many of them it drew.

    One walk over the customers, whatever the number of columns.
    """
    drawn, to_come = _belong(stratum, cycle, place)
    kinds: list[Column[Any]] = [customers.c[name] for name in columns]
    number = func.sum(case((drawn, 1), else_=0))
    counted = select(*kinds, func.count(), number).where(drawn | to_come).group_by(*kinds)
    found: dict[str, dict[Any, tuple[int, int]]] = {name: {} for name in columns}
    for *values, n, some in session.execute(counted):
        for name, value in zip(columns, values, strict=True):
            of, before = found[name].get(value, (0, 0))
            found[name][value] = (of + int(n), before + int(some))
    return found


def spend_in_cycle(session: Session, stratum: str, cycle: int, place: int) -> tuple[list[float], list[float]]:
    """What the customers of a stratum's cycle spent of whom it is known: those drawn so far, and the others."""
    drawn, to_come = _belong(stratum, cycle, place)
    known = customers.c.spend.is_not(None)
    chosen = select(customers.c.spend, case((drawn, 1), else_=0)).where(drawn | to_come, known).order_by(customers.c.id)
    found: tuple[list[float], list[float]] = ([], [])
    for spend, was_drawn in session.execute(chosen):
        found[1 - was_drawn].append(float(spend))
    return found


def spend_by_standing(session: Session) -> dict[Standing, float]:
    """What the customers of each standing spent together, as far as it is known and more than nothing."""
    summed = select(customers.c.standing, func.sum(customers.c.spend)).where(customers.c.spend > 0)
    return {Standing(one): float(n) for one, n in session.execute(summed.group_by(customers.c.standing))}


def closed_cases(session: Session) -> Sequence[Any]:
    """The last closed drawn call of each customer: how it ended, by whom, and what was known of the customer before.

    ``stance`` is that of the last talk before it was drawn, ``raised`` whether an issue of theirs was open then.
    """
    closed = (calls.c.kind == CallKind.DRAWN) & calls.c.state.in_(_ENDED)
    last = select(func.max(calls.c.id)).where(closed).group_by(calls.c.customer_id)
    same = (calls.c.customer_id == _EARLIER.c.customer_id) & (_EARLIER.c.held_at < draws.c.drawn_at)
    stance = select(_EARLIER.c.stance).where(same, _EARLIER.c.stance.is_not(None))
    raised = select(raisers.c.id).where(
        raisers.c.customer_id == calls.c.customer_id, raisers.c.raised_at < draws.c.drawn_at,
        or_(raisers.c.told_at.is_(None), raisers.c.told_at >= draws.c.drawn_at),
    )  # fmt: skip
    chosen = select(
        calls.c.state, calls.c.caller, customers.c.segment, customers.c.country, customers.c.status,
        stance.order_by(_EARLIER.c.held_at.desc()).limit(1).scalar_subquery().label("stance"),
        raised.exists().label("raised"),
    ).select_from(
        calls.join(customers, customers.c.id == calls.c.customer_id).join(draws, draws.c.id == calls.c.draw_id)
    )  # fmt: skip
    return session.execute(chosen.where(calls.c.id.in_(last)).order_by(calls.c.id)).all()


def removal_rows(session: Session) -> list[tuple[bool, int, int]]:
    """Who was taken out of the draw by hand, and not brought back by undo: among the next, places, still to come."""
    undone = select(changes.c.undoes).where(changes.c.undoes.is_not(None))
    by_hand = ledger.c.facts["places"].is_not(None) & ledger.c.kind.in_((LedgerKind.OUT, LedgerKind.FORGET))
    chosen = select(ledger.c.facts).where(by_hand, ledger.c.change_id.not_in(undone)).order_by(ledger.c.id)
    facts = [one for one in session.execute(chosen).scalars() if "places" in one]
    return [(one["among_next"], one["places"], one["still_to_come"]) for one in facts]


def moved_out(session: Session) -> Sequence[Any]:
    """Drawn calls put off to a day: caller, week, ``not_before``, and when they were first tried, None where never."""
    put_off = (calls.c.kind == CallKind.DRAWN) & calls.c.not_before.is_not(None)
    first = select(func.min(attempts.c.at)).where(attempts.c.call_id == calls.c.id).scalar_subquery()
    chosen = select(calls.c.caller, calls.c.week, calls.c.not_before, first.label("tried_at")).where(put_off)
    return session.execute(chosen.order_by(calls.c.id)).all()


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
